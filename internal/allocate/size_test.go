package allocate

import (
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// wide has room for whatever a platform takes.
func wide() Request {
	return request(supernets("10.0.0.0/8"), services("172.16.0.0/12"))
}

func TestNeedsBecomeRanges(t *testing.T) {
	tests := map[string]struct {
		profile string
		need    profile.Need
		want    string
	}{
		"ACK, blocks of addresses": {
			"ack-flannel",
			profile.Need{MaxNodes: 100, PodsPerNode: 64, MaxServices: 1000},
			"10.0.0.0/19 172.16.0.0/22 /26",
		},
		"ACK, one Pod more doubles the block": {
			"ack-flannel",
			profile.Need{MaxNodes: 100, PodsPerNode: 65, MaxServices: 1000},
			"10.0.0.0/18 172.16.0.0/22 /25",
		},
		"ACK, one node more doubles the range": {
			"ack-flannel",
			profile.Need{MaxNodes: 129, PodsPerNode: 64, MaxServices: 1000},
			"10.0.0.0/18 172.16.0.0/22 /26",
		},
		"ACK, nothing but nodes": {"ack-flannel", profile.Need{MaxNodes: 2}, "10.0.0.0/25 172.16.0.0/22 /26"},
		"ACK, the longest mask": {
			"ack-flannel",
			profile.Need{MaxNodes: 2, PodsPerNode: 1},
			"10.0.0.0/27 172.16.0.0/22 /28",
		},
		"ACK, one node of one Pod": {
			"ack-flannel",
			profile.Need{MaxNodes: 1, PodsPerNode: 1},
			"10.0.0.0/28 172.16.0.0/22 /28",
		},
		"ACK, Services are never smaller than /24": {
			"ack-flannel",
			profile.Need{MaxNodes: 1, PodsPerNode: 1, MaxServices: 1},
			"10.0.0.0/28 172.16.0.0/24 /28",
		},
		"ACK, as many Services as a /24 holds": {
			"ack-flannel",
			profile.Need{MaxNodes: 2, MaxServices: 254},
			"10.0.0.0/25 172.16.0.0/24 /26",
		},
		"ACK, one Service more": {
			"ack-flannel",
			profile.Need{MaxNodes: 2, MaxServices: 255},
			"10.0.0.0/25 172.16.0.0/23 /26",
		},
		"ACK, lengths as they are given": {"ack-flannel", lengths(20, 23, 25), "10.0.0.0/20 172.16.0.0/23 /25"},
		"CCE, usable Pods of blocks that lose three": {
			"cce-vpc-router",
			profile.Need{MaxNodes: 100, PodsPerNode: 125},
			"10.0.0.0/18 172.16.0.0/22 /25",
		},
		"CCE, a small need becomes the advised /19": {
			"cce-vpc-router",
			profile.Need{MaxNodes: 2, PodsPerNode: 10},
			"10.0.0.0/19 172.16.0.0/22 /28",
		},
		"CCE, a length of its own against advice": {"cce-vpc-router", lengths(21, 0, 25), "10.0.0.0/21 172.16.0.0/22 /25"},
		"CCE, Services are never smaller than /24": {
			"cce-vpc-router",
			profile.Need{MaxNodes: 2, MaxServices: 1},
			"10.0.0.0/19 172.16.0.0/24 /25",
		},
		"CCE, but smaller as they are given": {
			"cce-vpc-router",
			profile.Need{MaxNodes: 2, ServiceLength: 27},
			"10.0.0.0/19 172.16.0.0/27 /25",
		},
		"Kubernetes, nothing but nodes": {
			"kubernetes-overlay",
			profile.Need{MaxNodes: 2},
			"10.0.0.0/24 172.16.0.0/22 /25",
		},
		"Kubernetes, Services are never smaller than 28": {
			"kubernetes-overlay",
			profile.Need{MaxNodes: 2, MaxServices: 1},
			"10.0.0.0/24 172.16.0.0/28 /25",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := planned(t, edited(wide(), cluster("a", test.profile, test.need)))
			wantRanges(t, result, map[string]string{"a": test.want})
			wantFaults(t, result.Faults)
		})
	}
}

func TestAllocationsComeWithAllNumbers(t *testing.T) {
	tests := map[string]struct {
		profile string
		want    Allocation
	}{
		"ACK": {"ack-flannel", Allocation{
			Ranges: profile.Ranges{Pods: prefixes("10.0.0.0/20"), Service: prefix("172.16.0.0/22"), NodeMask: 26},
			Usable: profile.Usable{Nodes: 64, PodsPerNode: 63, Services: 1022}, Output: "ack",
			Values: map[string]string{"pod_cidr": "10.0.0.0/20", "service_cidr": "172.16.0.0/22", "node_cidr_mask": "26"},
		}},
		"CCE": {"cce-vpc-router", Allocation{
			Ranges: profile.Ranges{Pods: prefixes("10.0.0.0/19"), Service: prefix("172.16.0.0/22"), NodeMask: 25},
			Usable: profile.Usable{Nodes: 64, PodsPerNode: 125, Services: 1022}, Output: "cce",
			Values: map[string]string{
				"container_network_cidr": "10.0.0.0/19",
				"service_network_cidr":   "172.16.0.0/22",
				"fix_pool_mask":          "25",
				"container_network_type": "vpc-router",
			},
		}},
		"Kubernetes": {"kubernetes-routed", Allocation{
			Ranges: profile.Ranges{Pods: prefixes("10.0.0.0/19"), Service: prefix("172.16.0.0/22"), NodeMask: 25},
			Usable: profile.Usable{Nodes: 64, PodsPerNode: 125, Services: 1022}, Output: "kubernetes",
			Values: map[string]string{
				"pod_subnet": "10.0.0.0/19", "service_subnet": "172.16.0.0/22",
				"node_cidr_mask_size": "25", "node_cidr_mask_size_ipv4": "25",
				"kubernetes_service_ip": "172.16.0.1", "cluster_dns": "172.16.0.10",
			},
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := planned(t, edited(wide(), cluster("a", test.profile, profile.Need{MaxNodes: 50})))
			if got := result.Allocations["a"]; !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// A fictitious platform needs nothing but data: its rules, its sizes and its outputs.
func TestFictitiousPlatformNeedsOnlyData(t *testing.T) {
	r := request(
		cluster("a", "toy-routed", profile.Need{MaxNodes: 3, PodsPerNode: 2, MaxServices: 5}),
		cluster("b", "toy-low", profile.Need{MaxNodes: 2}), supernets("10.0.0.0/30", "10.0.0.64/26"), onlyOwn,
	)
	result := Plan(r, made(t))
	wantFaults(t, result.Faults)
	wantFindings(t, result)
	wantRanges(t, result, map[string]string{"a": "10.0.0.64/29 172.20.0.0/29 /31", "b": "10.0.0.2/31 172.20.0.8/32 /32"})
	want := map[string]string{"pods": "10.0.0.2/31", "services": "172.20.0.8/32", "mask": "32"}
	if got := result.Allocations["b"]; got.Output != "toy" || !reflect.DeepEqual(got.Values, want) {
		t.Errorf("got %s %v, want toy %v", got.Output, got.Values, want)
	}
}

// No profile has room for all addresses, though its windows may name them.
func TestAllAddressesAreTooMany(t *testing.T) {
	result := Plan(
		request(onlyOwn, supernets("0.0.0.0/0"), services("172.20.0.0/16"), cluster("a", "toy-routed", profile.Need{MaxNodes: 1 << 32})),
		made(t),
	)
	if len(result.Faults) != 2 || !result.Failed() {
		t.Fatalf("faults %v, want one beside the warning of the supernet", result.Faults)
	}
	if n, ok := result.Faults[0].Problem.(NoRoom); !ok || n.Cluster != "a" || n.Kind != conflict.Pod || n.Length != 1 {
		t.Errorf("got %v, want no room for the Pods of a", result.Faults[0])
	}
	if public, ok := result.Faults[1].Problem.(PublicSupernet); !ok || !result.Faults[1].Warn || public.Range != prefix("0.0.0.0/0") {
		t.Errorf("got %v, want a warning of the supernet", result.Faults[1])
	}
}

func TestBlocksDoubledByLoss(t *testing.T) {
	tests := map[string]struct {
		profile string
		need    profile.Need
		want    *DoubledNodeBlock
	}{
		"the last that fits": {profile: "cce-vpc-router", need: profile.Need{MaxNodes: 2, PodsPerNode: 125}},
		"one more": {
			"cce-vpc-router",
			profile.Need{MaxNodes: 2, PodsPerNode: 126},
			&DoubledNodeBlock{PodsPerNode: 126, Lost: 3, Fitting: 125, Mask: 24},
		},
		"a round number": {
			"cce-vpc-router",
			profile.Need{MaxNodes: 2, PodsPerNode: 64},
			&DoubledNodeBlock{PodsPerNode: 64, Lost: 3, Fitting: 61, Mask: 25},
		},
		"the first that needs them all": {profile: "cce-vpc-router", need: profile.Need{MaxNodes: 2, PodsPerNode: 129}},
		"Kubernetes": {
			"kubernetes-overlay",
			profile.Need{MaxNodes: 2, PodsPerNode: 30},
			&DoubledNodeBlock{PodsPerNode: 30, Lost: 3, Fitting: 29, Mask: 26},
		},
		"ACK, which counts what is lost":    {profile: "ack-flannel", need: profile.Need{MaxNodes: 2, PodsPerNode: 64}},
		"the default, chosen with the loss": {profile: "cce-vpc-router", need: profile.Need{MaxNodes: 2}},
		"a mask that is given":              {profile: "cce-vpc-router", need: profile.Need{MaxNodes: 2, PodsPerNode: 64, NodeMask: 25}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := planned(t, edited(wide(), cluster("a", test.profile, test.need)))
			if test.want == nil {
				wantFaults(t, result.Faults)
				return
			}
			test.want.Cluster, test.want.Profile = "a", shipped(t, test.profile)
			wantFaults(t, result.Faults, problem{At: `clusters["a"].pods_per_node`, Problem: *test.want, Warn: true})
		})
	}
}

func TestPodRangesThatAreToBeChosenNeedASize(t *testing.T) {
	missing := []problem{
		{
			At:      `clusters["shop"].max_nodes`,
			Problem: topology.Missing{Reason: PodRangeSizeNeeded{}},
		},
	}
	none := func(kind string, edits ...func(*topology.Cluster)) Request {
		return request(cluster("shop", kind, profile.Need{}, edits...))
	}
	unknown := func(attributes ...string) func(*topology.Cluster) {
		return func(cl *topology.Cluster) { cl.Unknown = attributes }
	}
	held := applied(t, request(shop(pins("172.20.0.0/22", "10.0.0.0/19"))))
	noNeed := shop(func(cl *topology.Cluster) { cl.Need = profile.Need{} })
	tests := map[string]struct {
		r    Request
		want []problem
	}{
		"none is given":                    {none("ack-flannel"), missing},
		"none for Pods that share a range": {none("tke-global-router"), missing},
		"other numbers are no size": {
			none("ack-flannel", func(cl *topology.Cluster) { cl.Need = profile.Need{PodsPerNode: 64, MaxServices: 10, NodeMask: 26} }),
			missing,
		},
		"a number of nodes is one":        {none("ack-flannel", func(cl *topology.Cluster) { cl.Need.MaxNodes = 1 }), nil},
		"a prefix length is one":          {none("ack-flannel", func(cl *topology.Cluster) { cl.Need.PodLength = 19 }), nil},
		"a range is one":                  {none("ack-flannel", pins("172.20.0.0/22", "10.0.0.0/19")), nil},
		"a number that is to come":        {none("ack-flannel", unknown("max_nodes")), nil},
		"a prefix length that is to come": {none("ack-flannel", unknown("pod_prefix_length")), nil},
		"ranges that are to come":         {none("ack-flannel", unknown("pod_cidrs")), nil},
		"a profile that is to come":       {none("", unknown("profile")), nil},
		"Pods in subnets": {
			none("ack-terway", func(cl *topology.Cluster) { cl.VPC = "ali" }, unknown("pod_subnets")),
			nil,
		},
		"what existing gives needs none": {
			edited(
				none("ack-flannel"),
				existing("shop", Existing{PodCIDRs: prefixes("10.7.0.0/19"), ServiceCIDR: prefix("172.20.9.0/24"), NodeMask: 26}),
			),
			nil,
		},
		"existing without Pods does": {
			edited(none("ack-flannel"), existing("shop", Existing{ServiceCIDR: prefix("172.20.9.0/24")})),
			missing,
		},
		"what is held needs none":              {edited(held, noNeed), nil},
		"what comes back needs none":           {edited(applied(t, held, withoutClusters("shop")), noNeed), nil},
		"one that is renumbered does":          {edited(held, noNeed, renumber("shop", "now")), missing},
		"a new cluster beside those that hold": {edited(held, cluster("web", "ack-flannel", profile.Need{MaxNodes: 1})), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(test.r, profile.Default())
			faults := slices.DeleteFunc(result.Faults, func(f topology.Fault) bool { return f.Warn })
			wantFaults(t, faults, test.want...)
			if test.r.Prior != nil && test.want == nil && result.Allocations["shop"].Pods[0] != prefix("10.0.0.0/19") {
				t.Errorf("got %v", result.Allocations["shop"].Pods)
			}
		})
	}
}
