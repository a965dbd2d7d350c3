package topology_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestCheckCluster(t *testing.T) {
	type cluster = topology.Cluster
	long := strings.Repeat("x", 10_000)
	undeclared := func(name string) topology.Undeclared {
		return topology.Undeclared{Kind: topology.ProfileName, Name: name, Known: profile.Default().Names()}
	}
	manyRanges := func(n int) (ranges []netip.Prefix) {
		for i := range n {
			ranges = append(ranges, netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(i), 0, 0}), 16))
		}
		return ranges
	}
	tests := map[string]struct {
		change func(*cluster)
		want   []found
	}{
		"a cluster":                   {func(c *cluster) {}, nil},
		"no name":                     {func(c *cluster) { c.Name = "" }, one("it.name", topology.Missing{})},
		"a name of 10,000 characters": {func(c *cluster) { c.Name = long }, one("it.name", topology.BadName{Name: long})},
		"no VPC":                      {func(c *cluster) { c.VPC = "" }, one("it.vpc", topology.Missing{})},
		"a VPC that is to come":       {func(c *cluster) { c.VPC, c.Unknown = "", topology.Unknown{"vpc"} }, nil},
		"no profile":                  {func(c *cluster) { c.Profile = "" }, one("it.profile", topology.Missing{})},
		"a profile that is to come":   {func(c *cluster) { c.Profile, c.Unknown = "", topology.Unknown{"profile"} }, nil},
		"a profile that there is not": {
			func(c *cluster) { c.Profile = "ack-flanel" },
			one("it.profile", undeclared("ack-flanel")),
		},
		"no size, since it may hold ranges": {func(c *cluster) { c.Need.MaxNodes = 0 }, nil},
		"a prefix length is a size":         {func(c *cluster) { c.Need = profile.Need{PodLength: 16} }, nil},
		"a pinned range is a size": {
			func(c *cluster) { c.Need, c.PodCIDRs = profile.Need{}, prefixes("10.1.0.0/16") },
			nil,
		},
		"a pinned range that could not be read": {
			func(c *cluster) { c.Need, c.PodCIDRs = profile.Need{}, []netip.Prefix{{}} },
			nil,
		},
		"nodes for an upgrade beside a number of nodes": {func(c *cluster) { c.Need.SurgeNodes = 3 }, nil},
		"nodes for an upgrade alone": {
			func(c *cluster) { c.Need.MaxNodes, c.Need.SurgeNodes = 0, 3 },
			one("it.surge_nodes", topology.NotAccepted{Value: "3", Reason: topology.SurgeWithoutNodes{}}),
		},
		"nodes for an upgrade while their number is to come": {
			func(c *cluster) { c.Need.MaxNodes, c.Need.SurgeNodes, c.Unknown = 0, 3, topology.Unknown{"max_nodes"} }, nil,
		},
		"a mesh twice": {
			func(c *cluster) { c.Meshes = []string{"m", "n", "m"} },
			one("it.meshes[2]", topology.Repeated{Value: "m"}),
		},
		"a mesh that is no name": {
			func(c *cluster) { c.Meshes = []string{"m m"} },
			one("it.meshes[0]", topology.BadName{Name: "m m", Bad: " ", Position: 2}),
		},
		"ranges to append twice": {
			func(c *cluster) {
				c.Profile, c.AppendRanges = "kubernetes-overlay", []string{"pods", "services", "", "", "pods"}
			},
			one("it.append_ranges[4]", topology.Repeated{Value: "pods"}),
		},
		"further Service ranges that are repeated, or the first one": {
			func(c *cluster) {
				c.Profile, c.AppendRanges, c.ServiceCIDR = "kubernetes-overlay", []string{"services"}, prefix("172.20.0.0/24")
				c.Further.Services = prefixes("172.21.0.0/24", "172.20.0.0/24", "172.21.0.0/24", "172.20.0.0/25")
			},
			[]found{
				{at: "it.further_service_cidrs[1]", problem: topology.FirstListed{Value: "172.20.0.0/24", First: "service_cidr"}},
				{at: "it.further_service_cidrs[2]", problem: topology.Repeated{Value: "172.21.0.0/24"}},
			},
		},
		"two Pod ranges":    {func(c *cluster) { c.PodCIDRs = manyRanges(2) }, nil},
		"twenty Pod ranges": {func(c *cluster) { c.PodCIDRs = manyRanges(20) }, nil},
		"one more": {
			func(c *cluster) { c.PodCIDRs = manyRanges(21) },
			one(
				"it.pod_cidrs",
				topology.TooMany{Of: topology.ListedRanges, Count: 21, Max: 20, Limit: topology.Limit{Profile: "CCE with the VPC network"}},
			),
		},
		"one Pod range on ACK": {func(c *cluster) { c.Profile, c.PodCIDRs = "ack-flannel", manyRanges(1) }, nil},
		"two Pod ranges on ACK": {
			func(c *cluster) { c.Profile, c.PodCIDRs = "ack-flannel", manyRanges(2) },
			one(
				"it.pod_cidrs",
				topology.TooMany{Of: topology.ListedRanges, Count: 2, Max: 1, Limit: topology.Limit{Profile: "ACK with Flannel"}},
			),
		},
		"overlapping Pod ranges": {
			func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16", "10.0.0.0/8") },
			one("it.pod_cidrs[1]", topology.RangesOverlap{A: prefix("10.0.0.0/8"), B: prefix("10.1.0.0/16")}),
		},
		"an IPv6 Pod range": {
			func(c *cluster) { c.PodCIDRs = prefixes("fd00::/56") },
			one("it.pod_cidrs[0]", topology.WrongFamily{Range: prefix("fd00::/56"), Want: "IPv4"}),
		},
		"an IPv4 Service range": {func(c *cluster) { c.ServiceCIDR = prefix("10.247.0.0/16") }, nil},
		"an IPv6 Service range": {
			func(c *cluster) { c.ServiceCIDR = prefix("fd00::/112") },
			one("it.service_cidr", topology.WrongFamily{Range: prefix("fd00::/112"), Want: "IPv4"}),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := cluster{Name: "shop", VPC: "prod", Profile: "cce-vpc-router", Need: profile.Need{MaxNodes: 10}}
			test.change(&c)
			wantFaults(t, topology.CheckCluster(here, c, profile.Default()), test.want)
		})
	}
}

func TestCheckClusterNumbersAtTheBoundaries(t *testing.T) {
	const all = 1 << 32
	tests := map[string]struct {
		most int64
		set  func(*profile.Need, int64)
	}{
		"max_nodes":             {all, func(n *profile.Need, v int64) { n.MaxNodes = v }},
		"pods_per_node":         {all, func(n *profile.Need, v int64) { n.PodsPerNode = v }},
		"max_services":          {all, func(n *profile.Need, v int64) { n.MaxServices = v }},
		"pod_prefix_length":     {32, func(n *profile.Need, v int64) { n.PodLength = int(v) }},
		"service_prefix_length": {32, func(n *profile.Need, v int64) { n.ServiceLength = int(v) }},
		"node_cidr_mask":        {32, func(n *profile.Need, v int64) { n.NodeMask = int(v) }},
	}
	for argument, test := range tests {
		t.Run(argument, func(t *testing.T) {
			for value, sound := range map[int64]bool{
				1: true, test.most: true, 0: true, test.most + 1: false, -1: false, 1<<63 - 1: false, -1 << 63: false,
			} {
				c := topology.Cluster{Name: "shop", VPC: "prod", Profile: "ack-flannel", PodCIDRs: prefixes("10.1.0.0/16")}
				test.set(&c.Need, value)
				var want []found
				if !sound {
					want = one("it."+argument, topology.OutOfRange{Value: value, Min: 1, Max: test.most})
				}
				wantFaults(t, topology.CheckCluster(here, c, profile.Default()), want)
			}
		})
	}
}
