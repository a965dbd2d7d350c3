package manifests

import (
	"fmt"
	"strconv"
	"strings"
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
	"cilium-podippools": func(d []map[string]any) configured {
		s := configured{}
		for _, family := range []string{"ipv4", "ipv6"} {
			if ranges := list(at(d[0], "spec|"+family+"|cidrs")); ranges != nil {
				s.pods, s.masks = append(s.pods, ranges...), append(s.masks, number(at(d[0], "spec|"+family+"|maskSize")))
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
	"kube-ovn-subnets": func(d []map[string]any) configured {
		s := configured{}
		for i := range 2 {
			for _, subnet := range d {
				if ranges := split(at(subnet, "spec|cidrBlock")); i < len(ranges) {
					s.pods = append(s.pods, ranges[i])
				}
			}
		}
		return s
	},
	"servicecidr":   func(d []map[string]any) configured { return configured{services: planned(d)} },
	"calico-policy": ofPodPolicy, "cilium-policy": ofPodPolicy, "kube-ovn-policy": ofPodPolicy,
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

// planned are the ranges that a policy allows.
func planned(d []map[string]any) []string {
	variables, _ := at(d[0], "spec|variables").([]any)
	list := strings.Trim(fmt.Sprint(at(variables[0], "expression")), "[]")
	return split(strings.NewReplacer("'", "", " ", "").Replace(list))
}

func ofPodPolicy(d []map[string]any) configured { return configured{pods: planned(d)} }

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
