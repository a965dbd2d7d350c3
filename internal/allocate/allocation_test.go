package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWhenFurtherPodRangesMayTurnUp(t *testing.T) {
	unknown := func(argument string) topology.Unknown { return topology.Unknown{argument} }
	pinned := topology.Cluster{Unknown: unknown("max_nodes"), PodCIDRs: prefixes("10.0.0.0/24")}
	for name, test := range map[string]struct {
		profile string
		cluster topology.Cluster
		want    bool
	}{
		"everything is known":                     {"cce-vpc-router", topology.Cluster{}, false},
		"its Pod ranges are not":                  {"cce-vpc-router", topology.Cluster{Unknown: unknown("pod_cidrs")}, true},
		"the cluster whose ranges it has is not":  {"cce-vpc-router", topology.Cluster{Unknown: unknown("same_as")}, true},
		"the number of its nodes is not":          {"cce-vpc-router", topology.Cluster{Unknown: unknown("max_nodes")}, true},
		"nor that of a cluster with pinned Pods":  {"cce-vpc-router", pinned, false},
		"the platform appends no range to others": {"ack-flannel", topology.Cluster{Unknown: unknown("pod_cidrs")}, false},
	} {
		if got := podRangesUnknown(test.cluster, shipped(t, test.profile)); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}

func TestWhenALargerPodRangeMayTurnUp(t *testing.T) {
	held, dual := profile.Ranges{Pods: prefixes("10.0.0.0/21")}, profile.Ranges{Pods: prefixes("10.0.0.0/21"), PodIPv6: prefix("fd00::/64")}
	of := func(argument string) topology.Cluster { return topology.Cluster{Unknown: topology.Unknown{argument}} }
	pinned := of("max_nodes")
	pinned.PodCIDRs = held.Pods
	for name, test := range map[string]struct {
		profile string
		held    profile.Ranges
		cluster topology.Cluster
		want    bool
	}{
		"everything is known":                           {"aks-overlay", held, topology.Cluster{}, false},
		"the number of its nodes is not":                {"aks-overlay", held, of("max_nodes"), true},
		"those of an upgrade are not":                   {"openshift-ovn", held, of("surge_nodes"), true},
		"the length of its range is not":                {"aks-overlay", held, of("pod_prefix_length"), true},
		"its range is not":                              {"aks-overlay", held, of("pod_cidrs"), true},
		"the cluster whose range it has is not":         {"aks-overlay", held, of("same_as"), true},
		"the nodes of a range that is pinned":           {"aks-overlay", held, pinned, false},
		"another argument":                              {"aks-overlay", held, of("max_services"), false},
		"the platform extends no range of two families": {"aks-overlay", dual, of("max_nodes"), false},
		"the platform extends none":                     {"cce-vpc-router", held, of("max_nodes"), false},
	} {
		if got := extensionUnknown(test.held, test.cluster, shipped(t, test.profile)); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}

// What is not known of the masks of held ranges comes from the profile.
func TestRestoreFillsInMasks(t *testing.T) {
	p := *shipped(t, "kubernetes-overlay")
	p.IPv6.NodeMask = 80
	node, _ := p.NodeSize(profile.Need{})
	pods, pods6 := prefixes("10.0.0.0/16"), prefix("fd00::/56")
	for name, test := range map[string]struct {
		held  profile.Ranges
		nodes int64
		mask6 int
	}{
		"no mask":                   {profile.Ranges{Pods: pods, PodIPv6: pods6}, 65536 / node.Addresses, 80},
		"both masks":                {profile.Ranges{Pods: pods, PodIPv6: pods6, NodeMask: 28, NodeIPv6Mask: 96}, 4096, 96},
		"no mask and no IPv6 range": {profile.Ranges{Pods: pods}, 65536 / node.Addresses, 0},
	} {
		got := Restore(&p, profile.Default(), test.held)
		if got.Usable.Nodes != test.nodes || got.NodeIPv6Mask != test.mask6 {
			t.Errorf(
				"%s: got %d nodes and the IPv6 mask /%d, want %d and /%d",
				name,
				got.Usable.Nodes,
				got.NodeIPv6Mask,
				test.nodes,
				test.mask6,
			)
		}
	}
}

func TestWhenAClusterHasAllItsRanges(t *testing.T) {
	both := func(cl *topology.Cluster) { cl.IPFamilies = []string{"ipv4", "ipv6"} }
	one := func(*topology.Cluster) {}
	pods, services := prefixes("10.0.0.0/16"), prefix("172.20.0.0/20")
	pods6, services6 := prefix("fd00::/56"), prefix("fd01::/112")
	for name, test := range map[string]struct {
		profile  string
		families func(*topology.Cluster)
		has      profile.Ranges
		want     bool
	}{
		"Pods and Services":         {"ack-flannel", one, profile.Ranges{Pods: pods, Service: services}, true},
		"no Pods":                   {"ack-flannel", one, profile.Ranges{Service: services}, false},
		"no Services":               {"ack-flannel", one, profile.Ranges{Pods: pods}, false},
		"Services in the Pod range": {"tke-global-router", one, profile.Ranges{Pods: pods}, true},
		"Pods in subnets":           {"ack-terway", one, profile.Ranges{Service: services}, true},
		"both families": {
			"kubernetes-routed",
			both,
			profile.Ranges{Pods: pods, Service: services, PodIPv6: pods6, ServiceIPv6: services6},
			true,
		},
		"no IPv6 Pods": {
			"kubernetes-routed",
			both,
			profile.Ranges{Pods: pods, Service: services, ServiceIPv6: services6},
			false,
		},
		"no IPv6 Services": {
			"kubernetes-routed",
			both,
			profile.Ranges{Pods: pods, Service: services, PodIPv6: pods6},
			false,
		},
		"no IPv6 in a cluster of one family":    {"kubernetes-routed", one, profile.Ranges{Pods: pods, Service: services}, true},
		"IPv6 ranges that the platform chooses": {"ack-terway", both, profile.Ranges{Service: services}, true},
	} {
		var cl topology.Cluster
		test.families(&cl)
		if got := whole(test.has, cl, shipped(t, test.profile)); got != test.want {
			t.Errorf("%s: got %t, want %t", name, got, test.want)
		}
	}
}
