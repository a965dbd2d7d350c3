package manifests

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// heldBy is what an allocation of the planner holds.
func heldBy(a Allocation) profile.Filled {
	held := profile.Ranges{
		Pods: a.IPv4.Pods, Service: a.IPv4.Services, NodeMask: a.IPv4.NodeMask,
		ServiceIPv6: a.IPv6.Services, NodeIPv6Mask: a.IPv6.NodeMask,
	}
	if len(a.IPv6.Pods) > 0 {
		held.PodIPv6 = a.IPv6.Pods[0]
	}
	return profile.Filled{Ranges: held, BothFamilies: a.dual()}
}

// arguments are what the texts of distributions say in the words of their outputs. Arguments that a text does not have are absent.
var arguments = map[string]func(map[string]any) map[string]any{
	"openshift": func(d map[string]any) map[string]any {
		out := map[string]any{}
		networks, _ := at(d, "networking|clusterNetwork").([]any)
		services, _ := at(d, "networking|serviceNetwork").([]any)
		for i, suffix := range []string{"", "_ipv6"} {
			if i < len(networks) {
				out["cluster_network"+suffix+"_cidr"], out["host_prefix"+suffix] = at(networks[i], "cidr"), at(networks[i], "hostPrefix")
				out["service_network"+suffix] = services[i]
			}
		}
		return out
	},
	"rke2": serverArguments, "k3s": serverArguments,
	"kops": func(d map[string]any) map[string]any {
		return map[string]any{
			"pod_cidr": at(d, "spec|podCIDR"), "non_masquerade_cidr": at(d, "spec|nonMasqueradeCIDR"),
			"service_cluster_ip_range": at(d, "spec|serviceClusterIPRange"),
			"node_cidr_mask_size":      at(d, "spec|kubeControllerManager|nodeCIDRMaskSize"),
		}
	},
	"kubespray": func(d map[string]any) map[string]any {
		out := maps.Clone(d)
		delete(out, "kubelet_max_pods") // follows from the node block, and no output has it
		delete(out, "ipv4_stack")       // always true for clusters that have a profile
		if out["ipv6_stack"] == false {
			delete(out, "ipv6_stack")
		}
		return out
	},
	"talos": func(d map[string]any) map[string]any {
		out := flagArguments(at(d, "cluster|controllerManager|extraArgs"))
		out["pod_subnets"] = strings.Join(list(at(d, "cluster|network|podSubnets")), ",")
		out["service_subnets"] = strings.Join(list(at(d, "cluster|network|serviceSubnets")), ",")
		return out
	},
}

func serverArguments(d map[string]any) map[string]any {
	flags := map[string]any{}
	for name, value := range flagsOf(list(d["kube-controller-manager-arg"])) {
		flags[name] = value
	}
	out := flagArguments(flags)
	for _, key := range []string{"cluster-cidr", "service-cidr", "cluster-dns"} {
		out[strings.ReplaceAll(key, "-", "_")] = d[key]
	}
	return out
}

// flagArguments are flags in the words of outputs.
func flagArguments(flags any) map[string]any {
	out, all := map[string]any{}, flags.(map[string]any)
	for name, value := range all {
		out[strings.ReplaceAll(name, "-", "_")] = value
	}
	return out
}

// The object of a distribution in an allocation, and the text of the format with its name, say the same.
func TestOutputsOfDistributionsAgreeWithTheFormats(t *testing.T) {
	catalog := profile.Default()
	var outputs []string
	for _, name := range catalog.Names() {
		if p, _ := catalog.Profile(name); slices.Contains(catalog.Distributions(), p.Platform) {
			outputs = append(outputs, name)
		}
	}
	if len(outputs) < 6 {
		t.Fatalf("only %v are distributions", outputs)
	}
	rapid.Check(t, func(t *rapid.T) {
		drawn := anyAllocation(t)
		if len(drawn.IPv4.Pods) == 0 {
			drawn.IPv4 = ipv4Only.IPv4 // clusters of IPv6 alone have no profile
		}
		if len(drawn.IPv6.Pods) > 0 {
			drawn.IPv6.Pods, drawn.IPv6.NodeMask = dualStack.IPv6.Pods, 64 // the only mask of OpenShift
		}
		for _, name := range outputs {
			p, _ := catalog.Profile(name)
			a := expressible(p.Output, drawn)
			text, problem := Write(p.Output, a, Options{})
			if problem != nil {
				t.Fatalf("%s refuses %+v: %#v", p.Output, a, problem)
			}
			want := map[string]string{}
			for argument, value := range arguments[p.Output](parsed(t, text)[0]) {
				want[argument] = fmt.Sprint(value)
			}
			if got := catalog.Output(p).Values(p, heldBy(a)); !maps.Equal(got, want) {
				t.Fatalf("%s has %v, and the text says %v:\n%s", p.Output, got, want, text)
			}
		}
	})
}
