package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Each row is a fault at a place, what its message has, and with "!" what it has not.
func TestWhatMessagesOnFaultsSay(t *testing.T) {
	sources := shipped(t, "ack-flannel").RuleFor(profile.PodRoute, nil).Sources
	rule := profile.Rule{Level: profile.Error, Text: "it is refused", Sources: sources}
	flannel, overlay := shipped(t, "ack-flannel"), shipped(t, "kubernetes-overlay")
	refused := func(code string, r profile.Rule) topology.Refused {
		return topology.Refused{Kind: topology.PodRangeValue, Value: "10.0.0.0/29", BrokenRule: profile.BrokenRule{Code: code, Rule: r}}
	}
	outOfRange := func(value, low, high int64) topology.OutOfRange {
		return topology.OutOfRange{Value: value, Min: low, Max: high}
	}
	size := func(argument string, value, low, high int64) allocate.NeedNotServed {
		e := &profile.SizeError{Argument: argument, Value: value, Min: low, Max: high, Cause: profile.PlatformLimit{}}
		return allocate.NeedNotServed{Cluster: "shop", Profile: flannel, SizeError: e}
	}
	overlap := func(name string) topology.RangesOverlap {
		return topology.RangesOverlap{A: prefix("10.0.0.0/16"), AName: name, B: prefix("10.0.0.0/8")}
	}
	link := func(own, other string) topology.VRFLink {
		return topology.VRFLink{Kind: topology.HubName, Name: "cen", OwnVRF: own, VRF: other}
	}
	ipv6 := topology.WrongFamily{Range: prefix("fd00::/56"), Want: "IPv4"}
	elsewhere := topology.WrongPlatform{Profile: "eks", VPC: "prod", Platform: "alicloud", Fitting: []string{"ack-flannel"}}
	small := allocate.NoNodes{Cluster: "a", Profile: flannel, Range: prefix("10.0.0.0/25"), Node: 256}
	withServices := small
	withServices.Service = prefix("10.0.0.64/26")
	for name, test := range map[string]struct {
		at      string
		problem any
		warn    bool
		parts   []string
	}{
		"refused by a rule": {"a.b", refused("x", rule), false, []string{
			"Value Not Accepted by the Platform", "Pod range 10.0.0.0/29 is not accepted by the platform.",
			"Rule: x (error). It is refused.\nSource: ",
			"Set a.b to a value that the rule below allows.",
		}},
		"advised against": {
			"a.b", refused("x", rule), true, []string{"Value Not Recommended", "Pod range 10.0.0.0/29 is not recommended."},
		},
		"not documented": {"a.b", refused("x", profile.Rule{}), false, []string{
			"Value Not Documented for the Platform", "No published source", "Remove a.b.", "!Rule",
		}},
		"families that are refused": {"clusters.ip_families", refused("x", rule), false, []string{"Remove clusters.ip_families."}},
		"a Pod range beside subnets": {
			"clusters.pod_cidrs", refused("pod_cidr_with_pod_subnets", rule), false, []string{"Remove clusters.pod_cidrs."},
		},
		"a cited bound": {
			"a.b", topology.TooMany{Of: topology.ListedRanges, Count: 9, Max: 5, Limit: topology.Limit{Profile: "ACK"}, Rule: rule}, false,
			[]string{"Too Many Ranges", "9 ranges are given; ACK accepts at most 5.", "Rule: It is refused.\nSource: "},
		},
		"a bound of an argument": {
			"a.b", topology.TooMany{Of: topology.RangePairs, Count: 9, Max: 5, Limit: topology.Limit{Argument: "every_pair"}}, true,
			[]string{"Too Many Pairs Of Ranges", "; every_pair advises at most 5.", "!Rule"},
		},
		"a bound of the platform": {
			"a.b", topology.TooMany{Of: topology.ListedSubnets, Count: 9, Max: 5}, false, []string{"; the platform accepts at most 5."},
		},
		"too large": {"a.b", outOfRange(9, 1, 5), false, []string{
			"a.b = 9 is out of range; valid values are 1 to 5.", "to a number from 1 to 5.",
		}},
		"too small":         {"a.b", outOfRange(0, 1, 5), false, []string{"valid values are 1 to 5.", "Set a.b = 1 or more."}},
		"as much as may be": {"a.b", outOfRange(5, 6, 5), false, []string{"no value is valid", "Set a.b = 6 or more."}},
		"without a bound":   {"a.b", outOfRange(0, 1, 0), false, []string{"the minimum is 1.", "Set a.b = 1 or more."}},
		"one valid value":   {"a.b", outOfRange(9, 5, 5), false, []string{"the only valid value is 5."}},
		"an IPv6 block of a VPC": {`vpcs["a"].cidr_blocks[1]`, ipv6, false, []string{
			"fd00::/56 is not an IPv4 range, and", "Declare IPv6 blocks of a VPC in ipv6_cidr_blocks.",
			`Remove "fd00::/56" from vpcs["a"].cidr_blocks and add "fd00::/56" to vpcs["a"].ipv6_cidr_blocks.`,
		}},
		"an IPv6 block of a site": {`sites["a"].cidr_blocks[1]`, ipv6, false, []string{
			`Remove sites["a"].cidr_blocks[1].`, `Set sites["a"].cidr_blocks[1] to an IPv4 range.`,
		}},
		"a whole list of another family": {`cidr_blocks`, ipv6, false, []string{
			"!ipv6_cidr_blocks", "Set cidr_blocks to an IPv4 range.",
		}},
		"an attribute of such a list":       {`cidr_blocks.x`, ipv6, false, []string{"!ipv6_cidr_blocks"}},
		"an element of the argument itself": {`[1]`, ipv6, false, []string{"!ipv6_cidr_blocks", "Remove [1]."}},
		"a list of no VPC":                  {`vpcs.cidr_blocks[1]`, ipv6, false, []string{"Remove vpcs.cidr_blocks[1]."}},
		"an element of another list": {`a.supernets[1]`, ipv6, false, []string{
			"!ipv6_cidr_blocks", "Remove a.supernets[1].",
		}},
		"ranges that overlap": {"a[1]", overlap(""), false, []string{"10.0.0.0/16 overlaps 10.0.0.0/8 in the same list.", "Remove a[1]."}},
		"named ranges":        {"a[1]", overlap("x"), false, []string{`10.0.0.0/16 ("x") overlaps 10.0.0.0/8 in`}},
		"a hub of another VRF": {`vpcs["a"].hubs[0]`, link("", "blue"), false, []string{
			`The network is in the unnamed VRF, and hub "cen" is in VRF "blue".`, `Set vpcs["a"].vrf = "blue".`,
			`Remove vpcs["a"].hubs[0].`,
		}},
		"a hub of no VRF": {`vpcs["a"].hubs[0]`, link("blue", ""), false, []string{
			`The network is in VRF "blue", and hub "cen" is in the unnamed VRF.`, `Remove vpcs["a"].vrf.`,
		}},
		"a profile of another platform": {
			`clusters["a"].profile`, elsewhere, false,
			[]string{`Profile "eks" is not available for VPC "prod" on alicloud. Available profiles: ack-flannel (` + flannel.Title},
		},
		"a profile of no site": {
			`clusters["a"].profile`, topology.WrongPlatform{Profile: "eks", VPC: "idc"}, false,
			[]string{`is not available for site "idc".`},
		},
		"a Pod range without a node": {
			"a", small, false,
			[]string{"on " + flannel.Title + " each node uses 256 addresses.", "!Services"},
		},
		"a Pod range with Services and no node": {
			"a", withServices, false,
			[]string{"256 addresses, and Services use 10.0.0.64/26."},
		},
		"an IPv6 Pod range without a node": {
			"a", allocate.NoNodes{Cluster: "a", Profile: flannel, Range: prefix("fd00::/64"), Mask6: 60}, false,
			[]string{"each node uses a block of /60, and kube-controller-manager does not start", "!addresses"},
		},
		"more than its range serves": {
			"clusters.max_nodes", allocate.Outgrown{Cluster: "a", Wanted: 9, Largest: 4, Profile: flannel, Held: profile.Ranges{
				Pods: prefixes("10.0.0.0/24"), NodeMask: 26,
			}}, false, []string{
				`now requests max_nodes = 9. It holds Pods 10.0.0.0/24, node blocks of /26, which is enough for at most 4.`,
			},
		},
		"more than the largest number of ranges serves": {
			"clusters.max_nodes", allocate.Outgrown{Cluster: "a", Wanted: 900, Largest: 160, Profile: shipped(t, "cce-vpc-router"),
				Held: profile.Ranges{Pods: manyOf(prefix("10.0.0.0/22"), 20)}}, false,
			[]string{"for at most 160. CCE with the VPC network accepts at most 20 Pod ranges.", "!enlarged"},
		},
		"more than the number of ranges before the largest one serves": {
			"clusters.max_nodes", allocate.Outgrown{Cluster: "a", Wanted: 900, Largest: 160, Profile: shipped(t, "cce-vpc-router"),
				Held: profile.Ranges{Pods: manyOf(prefix("10.0.0.0/22"), 19)}}, false, []string{"enlarged", "!accepts at most"},
		},
		"more than its Services serve": {
			"clusters.max_services", allocate.Outgrown{Cluster: "a", Wanted: 9, Largest: 4, Profile: flannel, Held: profile.Ranges{
				Service: prefix("172.20.0.0/24"),
			}}, false, []string{"It holds Services 172.20.0.0/24, which is enough for at most 4."},
		},
		"more than its Services serve together": {
			"clusters.max_services", allocate.Outgrown{Cluster: "a", Wanted: 800, Largest: 764, Profile: overlay, Held: profile.Ranges{
				Service: prefix("172.20.0.0/24"), Further: profile.Further{Services: prefixes("172.21.0.0/23", "172.21.0.0/28")},
			}}, false, []string{"which is enough for at most 764: 254 in 172.20.0.0/24, 510 in 172.21.0.0/23. A range"},
		},
		"more than its nodes": {
			"clusters.max_nodes", allocate.Outgrown{Cluster: "a", Wanted: 800, Largest: 764, Profile: overlay, Held: profile.Ranges{
				Service: prefix("172.20.0.0/24"), Further: profile.Further{Services: prefixes("172.21.0.0/23")},
			}}, false, []string{"which is enough for at most 764. A range"},
		},
		"a further range that is the first one": {
			"clusters.further_service_cidrs[0]", topology.FirstListed{Value: "172.20.0.0/24", First: "service_cidr"}, false,
			[]string{"172.20.0.0/24 is already service_cidr of the cluster, and further_service_cidrs lists the ranges beside it."},
		},
		"a further range that overlaps the first one": {
			"clusters.further_pod_ipv6_cidrs[0]",
			topology.RangesOverlap{A: prefix("fd00::/62"), B: prefix("fd00::/61"), First: "pod_ipv6_cidr"}, false,
			[]string{"fd00::/62 overlaps fd00::/61, which is pod_ipv6_cidr of the cluster.", "!in the same list"},
		},
		"a size without a rule": {"clusters.max_nodes", size("max_nodes", 9, 1, 5), false, []string{"valid values are 1 to 5.", "!Rule"}},
		"a size that nothing serves": {"clusters.max_nodes", size("max_nodes", 9, 6, 5), false, []string{
			"no value is valid.", "Remove clusters.max_nodes.",
		}},
		"a size of none at most": {"clusters.max_nodes", size("max_nodes", 9, 0, 0), false, []string{"the minimum is 0"}},
	} {
		at := pathOf(test.at)
		summary, detail := Writer{Catalog: profile.Default()}.problem(topology.Fault{At: at, Problem: test.problem, Warn: test.warn})
		wantParts(t, name, summary+"\n\n"+detail, test.parts...)
	}
}

func TestTextsAreSentences(t *testing.T) {
	for text, want := range map[string]string{"a": "a.", "a.": "a.", "a?": "a?", "": "."} {
		if got := Sentence(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"a why": " A why.", "": ""} {
		if got := because(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for value, want := range map[string]string{"": "a.b", "7": "a.b = 7"} {
		if got := equals(pathOf("a.b"), value); got != want {
			t.Errorf("%q: got %q, want %q", value, got, want)
		}
	}
	for at, want := range map[string]string{"": "", "a.b": "b", `a["b"]`: ""} {
		if got := LastAttr(pathOf(at)); got != want {
			t.Errorf("%q: got %q, want %q", at, got, want)
		}
	}
}
