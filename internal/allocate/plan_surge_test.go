package allocate

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Nodes that an upgrade adds need addresses as others do, in subnets and in Pod ranges.
func TestNodesOfAnUpgradeNeedAddresses(t *testing.T) {
	inSubnet := func(nodes, surge int64) func(*Request) {
		return turns(
			vpc("own", func(v *topology.VPC) { v.Subnets = prefixMap("nodes", "192.168.2.0/24") }),
			ofSizes("beside", profile.Need{MaxNodes: nodes, SurgeNodes: surge}, func(cl *topology.Cluster) {
				cl.NodeSubnets = []string{"nodes"}
			}),
		)
	}
	for name, test := range map[string]struct {
		edit func(*Request)
		want []string
	}{
		"8 nodes of 31 addresses in 256":   {inSubnet(8, 0), nil},
		"7 nodes and one of an upgrade":    {inSubnet(7, 1), nil},
		"8 nodes and one of an upgrade":    {inSubnet(8, 1), []string{"pod_subnets_too_small 279 of 256 node_subnets at most 7"}},
		"9 nodes":                          {inSubnet(9, 0), []string{"pod_subnets_too_small 279 of 256 node_subnets at most 8"}},
		"one node and many of an upgrade":  {inSubnet(1, 9), []string{"pod_subnets_too_small 310 of 256 node_subnets"}},
		"no number of nodes is no warning": {inSubnet(0, 0), nil},
	} {
		t.Run(name, func(t *testing.T) {
			result := Plan(request(test.edit), sizesCatalog(t))
			var got []string
			for _, f := range result.Findings {
				text := fmt.Sprintf("%s %d of %d %s", f.Code, f.Number.Value, f.Limit.Value, f.A.At[len(f.A.At)-1].Attr)
				for _, o := range f.ExtraOptions {
					text += fmt.Sprintf(" at most %v", o.Edits[0].Do.(topology.Setting).Value)
				}
				got = append(got, text)
				if len(f.Terms) != 2 || f.Terms[0].Value+f.Terms[1].Value != f.Number.Value {
					t.Errorf("terms %+v", f.Terms)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(test.want) || result.Failed() {
				t.Errorf("got %q, want %q\n%s", got, test.want, allReports(result))
			}
		})
	}
}

func TestPodRangesHaveRoomForAnUpgrade(t *testing.T) {
	sized := func(nodes, surge int64, edits ...func(*topology.Cluster)) func(*Request) {
		return ofSizes("constant", profile.Need{MaxNodes: nodes, SurgeNodes: surge, MaxServices: 200}, edits...)
	}
	for name, test := range map[string]struct {
		start, edit func(*Request)
		want        string
		fault       string
	}{
		"16 nodes fill a /20":                 {sized(16, 0), nil, "10.0.0.0/20", ""},
		"one of an upgrade more needs a /19":  {sized(16, 1), nil, "10.0.0.0/19", ""},
		"15 and one of an upgrade fill a /20": {sized(15, 1), nil, "10.0.0.0/20", ""},
		"a pinned range":                      {sized(15, 1, pins("", "10.0.0.0/20")), nil, "10.0.0.0/20", ""},
		"a pinned range that is full": {
			sized(16, 1, pins("", "10.0.0.0/20")), nil, "10.0.0.0/20", `clusters["shop"].max_nodes topology.Contradicting`,
		},
		"a held range":              {sized(16, 0), sized(15, 1), "10.0.0.0/20", ""},
		"a held range that is full": {sized(16, 0), sized(16, 1), "10.0.0.0/20", `clusters["shop"].max_nodes allocate.Outgrown`},
		"an upgrade of nothing": {
			ofSizes("constant", profile.Need{PodLength: 20, SurgeNodes: 1, MaxServices: 200}), nil, "",
			`clusters["shop"].surge_nodes topology.NotAccepted`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(test.start)
			result := Plan(r, sizesCatalog(t))
			if test.edit != nil {
				result = Plan(edited(after(r, result), test.edit), sizesCatalog(t))
			}
			fault := ""
			for _, f := range result.Faults {
				if !f.Warn {
					fault += fmt.Sprintf("%v %T", f.At, f.Problem)
				}
			}
			if fault != test.fault || list(result.Allocations["shop"].Pods) != test.want {
				t.Errorf("got %v and %q, want %s and %q", result.Allocations["shop"].Pods, fault, test.want, test.fault)
			}
		})
	}
}

// Nodes that an upgrade adds need a block of each family, in ranges that are chosen, pinned or held.
func TestIPv6PodRangesHaveRoomForAnUpgrade(t *testing.T) {
	of := func(nodes, surge int64, edits ...func(*topology.Cluster)) func(*Request) {
		return func(r *Request) {
			cl := topology.Cluster{VPC: "own", Profile: "kubernetes-overlay", IPFamilies: topology.Families, Need: profile.Need{
				MaxNodes: nodes, SurgeNodes: surge, MaxServices: 60, NodeMask: 24,
			}}
			for _, edit := range edits {
				edit(&cl)
			}
			r.Facts.Clusters = map[string]topology.Cluster{"shop": cl}
		}
	}
	pins6 := func(first string, further ...string) func(*topology.Cluster) {
		return func(cl *topology.Cluster) {
			cl.PodIPv6CIDR, cl.Further.PodsIPv6, cl.AppendRanges = prefix(first), prefixes(further...), []string{"pods"}
		}
	}
	appending := func(cl *topology.Cluster) { cl.AppendRanges = []string{"pods"} }
	// an IPv4 range with room beside an IPv6 range for 16 nodes
	beside := func(cl *topology.Cluster) {
		cl.PodCIDRs, cl.PodIPv6CIDR = prefixes("10.0.0.0/19"), prefix("fd00::/60")
	}
	tests := map[string]struct {
		start, edit        func(*Request)
		pods, pods6, fault string
	}{
		"16 nodes and one of an upgrade": {of(16, 1), nil, "10.0.0.0/19", "fd00::/59", ""},
		"pinned ranges that are held and full": {
			of(16, 0, pins6("fd00::/61", "fd00:0:0:8::/61"), pins("", "10.0.0.0/19")),
			of(16, 1, pins6("fd00::/61", "fd00:0:0:8::/61"), pins("", "10.0.0.0/19")),
			"", "", `clusters["shop"].max_nodes allocate.Outgrown`,
		},
		"new pinned ranges that are full": {
			of(16, 1, pins6("fd00::/61", "fd00:0:0:8::/61")), nil, "", "", `clusters["shop"].max_nodes topology.Contradicting`,
		},
		"pinned ranges with room": {of(15, 1, pins6("fd00::/61", "fd00:0:0:8::/61")), nil, "10.0.0.0/20", "fd00::/61, fd00:0:0:8::/61", ""},
		"a held range that is full": {
			of(16, 0, beside), of(16, 1, beside), "", "", `clusters["shop"].max_nodes allocate.Outgrown`,
		},
		"ranges are appended in both families": {
			of(16, 0, appending), of(16, 1, appending), "10.0.0.0/20, 10.0.16.0/24", "fd00::/60, fd00:0:0:10::/64", "",
		},
		"an IPv6 range alone is appended, where the IPv4 range serves all": {
			of(16, 0, beside), of(20, 1, appending), "10.0.0.0/19", "fd00::/60, fd00:0:0:10::/61", "",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := request(supernets("10.0.0.0/14", "fd00::/40"), services("172.20.0.0/16", "fc00::/96"), onlyOwn, test.start)
			result := Plan(r, profile.Default())
			if test.edit != nil {
				result = Plan(edited(after(r, result), test.edit), profile.Default())
			}
			fault := ""
			for _, f := range result.Faults {
				if !f.Warn {
					fault += fmt.Sprintf("%v %T", f.At, f.Problem)
				}
			}
			has := result.Allocations["shop"]
			if fault != test.fault || fault == "" && (list(has.Pods) != test.pods || list(has.PodsIPv6()) != test.pods6) {
				t.Errorf("got %v, %v and %q, want %+v", list(has.Pods), list(has.PodsIPv6()), fault, test)
			}
		})
	}
}
