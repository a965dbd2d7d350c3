package manifests

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// configured is what a text says about the ranges of a cluster. A list that a format does not have is nil.
type configured struct {
	pods, services []string
	// masks are the node masks in the order of the families.
	masks []int
	dns   []string
}

// split are the parts of a text between commas.
func split(v any) []string { return strings.Split(fmt.Sprint(v), ",") }

func list(v any) []string {
	var out []string
	all, _ := v.([]any)
	for _, e := range all {
		out = append(out, fmt.Sprint(e))
	}
	return out
}

func number(v any) int {
	n, err := strconv.Atoi(fmt.Sprint(v))
	if err != nil {
		return -1
	}
	return n
}

// flagsOf are the flags of a list as a map.
func flagsOf(all []string) map[string]string {
	out := map[string]string{}
	for _, f := range all {
		name, value, _ := strings.Cut(strings.TrimPrefix(f, "--"), "=")
		out[name] = value
	}
	return out
}

// maskFlags are the node masks of flags of kube-controller-manager.
func maskFlags(all map[string]string) []int {
	var out []int
	for _, name := range []string{"node-cidr-mask-size-ipv4", "node-cidr-mask-size-ipv6"} {
		if value, has := all[name]; has {
			out = append(out, number(value))
		}
	}
	return out
}

// readers read each format again, without the types that wrote it.
var readers = map[string]func(documents []map[string]any) configured{
	"kubeadm": func(d []map[string]any) configured {
		all := map[string]string{}
		arguments, _ := at(d[0], "controllerManager|extraArgs").([]any)
		for _, a := range arguments {
			all[fmt.Sprint(at(a, "name"))] = fmt.Sprint(at(a, "value"))
		}
		if at(d[2], "clusterCIDR") != at(d[0], "networking|podSubnet") {
			return configured{}
		}
		networking := at(d[0], "networking")
		return configured{
			split(at(networking, "podSubnet")), split(at(networking, "serviceSubnet")), maskFlags(all), list(at(d[1], "clusterDNS")),
		}
	},
	"flags": func(d []map[string]any) configured {
		manager := flagsOf(list(d[0]["kube-controller-manager"]))
		server, proxy := flagsOf(list(d[0]["kube-apiserver"])), flagsOf(list(d[0]["kube-proxy"]))
		kubelet := flagsOf(list(d[0]["kubelet"]))
		if manager["service-cluster-ip-range"] != server["service-cluster-ip-range"] || manager["cluster-cidr"] != proxy["cluster-cidr"] {
			return configured{}
		}
		return configured{
			split(manager["cluster-cidr"]), split(server["service-cluster-ip-range"]), maskFlags(manager), split(kubelet["cluster-dns"]),
		}
	},
	"calico": func(d []map[string]any) configured {
		return configured{pods: cidrsOf(at(d[0], "spec|calicoNetwork|ipPools"))}
	},
	"calico-ippools": func(d []map[string]any) configured {
		s := configured{}
		for _, pool := range d {
			s.pods = append(s.pods, fmt.Sprint(at(pool, "spec|cidr")))
		}
		return s
	},
	"cilium": func(d []map[string]any) configured {
		s, operator := configured{}, at(d[0], "ipam|operator")
		for _, family := range []string{"IPv4", "IPv6"} {
			if ranges := list(at(operator, "clusterPool"+family+"PodCIDRList")); ranges != nil {
				s.pods, s.masks = append(s.pods, ranges...), append(s.masks, number(at(operator, "clusterPool"+family+"MaskSize")))
			}
		}
		return s
	},
	"cilium-multi-pool": func(d []map[string]any) configured {
		s := configured{}
		for _, family := range []string{"ipv4", "ipv6"} {
			pool := at(d[0], "ipam|operator|autoCreateCiliumPodIPPools|default|"+family)
			if ranges := list(at(pool, "cidrs")); ranges != nil {
				s.pods, s.masks = append(s.pods, ranges...), append(s.masks, number(at(pool, "maskSize")))
			}
		}
		return s
	},
	"flannel": func(d []map[string]any) configured {
		s := configured{}
		for _, family := range []string{"", "IPv6"} {
			if network := d[0][family+"Network"]; network != nil {
				s.pods, s.masks = append(s.pods, fmt.Sprint(network)), append(s.masks, number(d[0][family+"SubnetLen"]))
			}
		}
		return s
	},
	"kube-ovn": func(d []map[string]any) configured {
		stack := at(d[0], fmt.Sprint(at(d[0], "networking|NET_STACK")))
		return configured{pods: split(at(stack, "POD_CIDR")), services: split(at(stack, "SVC_CIDR"))}
	},
	"servicecidr": func(d []map[string]any) configured {
		variables, _ := at(d[0], "spec|variables").([]any)
		planned := strings.Trim(fmt.Sprint(at(variables[0], "expression")), "[]")
		return configured{services: split(strings.NewReplacer("'", "", " ", "").Replace(planned))}
	},
	"openshift": func(d []map[string]any) configured {
		s := configured{pods: cidrsOf(at(d[0], "networking|clusterNetwork")), services: list(at(d[0], "networking|serviceNetwork"))}
		networks, _ := at(d[0], "networking|clusterNetwork").([]any)
		for _, n := range networks {
			s.masks = append(s.masks, number(at(n, "hostPrefix")))
		}
		return s
	},
	"rke2": ofServer, "k3s": ofServer,
	"kops": func(d []map[string]any) configured {
		if at(d[0], "spec|nonMasqueradeCIDR") != at(d[0], "spec|podCIDR") {
			return configured{}
		}
		spec := at(d[0], "spec")
		return configured{
			pods: split(at(spec, "podCIDR")), services: split(at(spec, "serviceClusterIPRange")),
			masks: []int{number(at(spec, "kubeControllerManager|nodeCIDRMaskSize"))},
		}
	},
	"kubespray": func(d []map[string]any) configured {
		s := configured{dns: split(d[0]["skydns_server"])}
		for family, stack := range map[string]string{"": "ipv4_stack", "_ipv6": "ipv6_stack"} {
			if d[0][stack] != (d[0]["kube_pods_subnet"+family] != nil) {
				return configured{}
			}
		}
		for _, family := range []string{"", "_ipv6"} {
			if pods := d[0]["kube_pods_subnet"+family]; pods != nil {
				s.pods, s.services = append(s.pods, fmt.Sprint(pods)), append(s.services, fmt.Sprint(d[0]["kube_service_addresses"+family]))
				s.masks = append(s.masks, number(d[0]["kube_network_node_prefix"+family]))
			}
		}
		return s
	},
	"talos": func(d []map[string]any) configured {
		all := map[string]string{}
		arguments, _ := at(d[0], "cluster|controllerManager|extraArgs").(map[string]any)
		for name, value := range arguments {
			all[name] = fmt.Sprint(value)
		}
		network := at(d[0], "cluster|network")
		return configured{pods: list(at(network, "podSubnets")), services: list(at(network, "serviceSubnets")), masks: maskFlags(all)}
	},
}

func ofServer(d []map[string]any) configured {
	return configured{
		split(d[0]["cluster-cidr"]), split(d[0]["service-cidr"]), maskFlags(flagsOf(list(d[0]["kube-controller-manager-arg"]))),
		split(d[0]["cluster-dns"]),
	}
}

// cidrsOf are the values of cidr in a list of objects.
func cidrsOf(v any) []string {
	var out []string
	all, _ := v.([]any)
	for _, e := range all {
		out = append(out, fmt.Sprint(at(e, "cidr")))
	}
	return out
}

// tenth is the address ten above the first of a range, counted one at a time.
func tenth(p netip.Prefix) string {
	address := p.Addr()
	for range 10 {
		address = address.Next()
	}
	return address.String()
}

// All formats of one allocation say the same, and what the allocation says.
func TestAllFormatsAgreeWithTheAllocation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAllocation(t)
		want, texts := configured{}, 0
		for _, f := range []Family{a.IPv4, a.IPv6} {
			if len(f.Pods) > 0 {
				want.pods, want.services = append(want.pods, f.Pods[0].String()), append(want.services, f.Services.String())
				want.masks = append(want.masks, f.NodeMask)
			}
			if len(want.dns) == 0 && f.Services.IsValid() {
				want.dns = []string{tenth(f.Services)}
			}
		}
		for _, name := range Formats() {
			text, problem := Write(name, a, Options{})
			if _, is := problem.(NodeMaskRefused); is && name == "openshift" && len(a.IPv6.Pods) > 0 && a.IPv6.NodeMask != 64 {
				continue
			}
			if _, is := problem.(FamilyRefused); is && name == "kops" && len(a.IPv6.Pods) > 0 {
				continue
			}
			if problem != nil {
				t.Fatalf("%s refuses %+v: %#v", name, a, problem)
			}
			texts++
			got := readers[name](parsed(t, text))
			for part, both := range map[string][2]any{
				"Pods": {got.pods, want.pods}, "Services": {got.services, want.services}, "node masks": {got.masks, want.masks},
				"DNS": {got.dns, want.dns},
			} {
				if fmt.Sprint(both[0]) != fmt.Sprint(both[1]) && !isNone(both[0]) {
					t.Fatalf("%s of %s: %v, want %v\n%s", part, name, both[0], both[1], text)
				}
			}
			if name != "servicecidr" && got.pods == nil {
				t.Fatalf("%s has no Pod ranges, or its documents differ from each other:\n%s", name, text)
			}
		}
		if texts < len(Formats())-2 {
			t.Fatalf("%d of %d formats were compared", texts, len(Formats()))
		}
	})
}

// isNone says that a format has no such list.
func isNone(v any) bool {
	switch list := v.(type) {
	case []string:
		return list == nil
	case []int:
		return list == nil
	}
	return false
}

// Each format says all that it can: a reader that finds nothing would agree with everything.
func TestEachFormatHasItsValues(t *testing.T) {
	has := map[string]string{
		"kubeadm": "pods services masks dns", "flags": "pods services masks dns", "rke2": "pods services masks dns",
		"k3s": "pods services masks dns", "talos": "pods services masks", "openshift": "pods services masks", "calico": "pods",
		"calico-ippools": "pods", "cilium": "pods masks", "cilium-multi-pool": "pods masks", "flannel": "pods masks",
		"kube-ovn": "pods services", "servicecidr": "services", "kops": "pods services masks", "kubespray": "pods services masks dns",
	}
	for _, name := range Formats() {
		got := readers[name](parsed(t, written(t, name, expressible(name, dualStack), Options{})))
		var parts []string
		for _, part := range []struct {
			name  string
			count int
		}{{"pods", len(got.pods)}, {"services", len(got.services)}, {"masks", len(got.masks)}, {"dns", len(got.dns)}} {
			if part.count > 0 {
				parts = append(parts, part.name)
			}
		}
		if !slices.Equal(parts, strings.Fields(has[name])) {
			t.Errorf("%s has %v, want %s", name, parts, has[name])
		}
	}
}
