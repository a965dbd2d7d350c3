package topology_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func names(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprint("s", i))
	}
	return list
}

// The profiles of the fixture platform are of all kinds: some use subnets, up to three,
// or as many as there are, one holds Services at the end of the Pod range, and one has
// everything of their own.
func TestCheckClusterPodsAndSubnets(t *testing.T) {
	type cluster = topology.Cluster
	refused := func(at, value, text string, level profile.Level, warn bool) []found {
		return []found{
			{
				at,
				topology.Refused{
					Kind:  topology.PodRangeValue,
					Value: value,
					BrokenRule: profile.BrokenRule{Code: "pod_cidr_with_pod_subnets", Rule: profile.Rule{
						Level: level, Text: text, Sources: []string{"guide"}, Confidence: "verified",
					}},
				},
				warn,
			},
		}
	}
	tooMany := func(of topology.Listed, count, most int, title string) topology.TooMany {
		return topology.TooMany{Of: of, Count: count, Max: most, Limit: topology.Limit{Profile: title}}
	}
	tests := map[string]struct {
		profile string
		change  func(*cluster)
		want    []found
	}{
		"Pods in subnets need no subnet":       {"fixture-many-subnets", func(c *cluster) { c.Need = profile.Need{} }, nil},
		"as many subnets as the profile takes": {"fixture-subnets", func(c *cluster) { c.PodSubnets = names(3) }, nil},
		"one more": {
			"fixture-subnets",
			func(c *cluster) { c.PodSubnets = names(4) },
			one("it.pod_subnets", tooMany(topology.ListedSubnets, 4, 3, "Pods in subnets")),
		},
		"as many as there are": {"fixture-many-subnets", func(c *cluster) { c.PodSubnets = names(400) }, nil},
		"a Pod subnet twice": {
			"fixture-subnets",
			func(c *cluster) { c.PodSubnets = []string{"a", "b", "a"} },
			one("it.pod_subnets[2]", topology.Repeated{Value: "a"}),
		},
		"a Pod subnet that is no name": {
			"fixture-subnets",
			func(c *cluster) { c.PodSubnets = []string{"a b"} },
			one("it.pod_subnets[0]", topology.BadName{Name: "a b", Bad: " ", Position: 2}),
		},
		"Pod subnets whose names are to come": {"fixture-subnets", func(c *cluster) { c.PodSubnets = []string{"", ""} }, nil},
		"a node subnet twice": {
			"fixture-own",
			func(c *cluster) { c.NodeSubnets = []string{"a", "a"} },
			one("it.node_subnets[1]", topology.Repeated{Value: "a"}),
		},
		"a node subnet that is no name": {
			"fixture-own",
			func(c *cluster) { c.NodeSubnets = []string{"a", "b/c!"} },
			one("it.node_subnets[1]", topology.BadName{Name: "b/c!", Bad: "!", Position: 4}),
		},
		"nodes are in subnets on every profile": {"fixture-shared", func(c *cluster) { c.NodeSubnets = names(400) }, nil},
		"one subnet for nodes and Pods is no fault": {
			"fixture-subnets",
			func(c *cluster) { c.NodeSubnets, c.PodSubnets = names(1), names(1) },
			nil,
		},
		"a block kept around the Pods":         {"fixture-own", func(c *cluster) { c.ReserveLength = 12 }, nil},
		"a block of all addresses but one bit": {"fixture-own", func(c *cluster) { c.ReserveLength = 32 }, nil},
		"a block longer than an address": {
			"fixture-own",
			func(c *cluster) { c.ReserveLength = 33 },
			one("it.reserve_prefix_length", topology.OutOfRange{Value: 33, Min: 1, Max: 32}),
		},
		"a block around Pods in subnets": {
			"fixture-subnets",
			func(c *cluster) { c.ReserveLength = 12 },
			one("it.reserve_prefix_length", topology.NotAccepted{Value: "12", Reason: topology.NoPodRangeChosen{}}),
		},
		"a block around Pods that are pinned": {
			"fixture-own",
			func(c *cluster) { c.ReserveLength, c.PodCIDRs = 12, prefixes("10.0.0.0/16") },
			one("it.reserve_prefix_length", topology.NotAccepted{Value: "12", Reason: topology.NoPodRangeChosen{}}),
		},
		"a previous name": {"fixture-own", func(c *cluster) { c.PreviousNames = []string{"old"} }, nil},
		"a previous name twice": {
			"fixture-own",
			func(c *cluster) { c.PreviousNames = []string{"old", "old"} },
			one("it.previous_names[1]", topology.Repeated{Value: "old"}),
		},
		"a previous name that is none": {
			"fixture-own",
			func(c *cluster) { c.PreviousNames = []string{"o d"} },
			one("it.previous_names[0]", topology.BadName{Name: "o d", Bad: " ", Position: 2}),
		},
		"Pod subnets for Pods of their own": {
			"fixture-own",
			func(c *cluster) { c.PodSubnets = names(2) },
			one("it.pod_subnets", topology.NotAccepted{Value: "s0", Reason: topology.PodsHaveRange{"Ranges of its own"}}),
		},
		"Pod subnets for Pods that share a range": {
			"fixture-shared",
			func(c *cluster) { c.PodSubnets = names(1) },
			one("it.pod_subnets", topology.NotAccepted{Value: "s0", Reason: topology.PodsHaveRange{"One range"}}),
		},
		"a Pod range that is refused beside subnets": {
			"fixture-subnets",
			func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16") },
			refused("it.pod_cidrs[0]", "10.1.0.0/16", "Pods in subnets have no range", profile.Error, false),
		},
		"one that is only advised against": {
			"fixture-many-subnets",
			func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16") },
			refused("it.pod_cidrs[0]", "10.1.0.0/16", "Pods in subnets need no range", profile.Warn, true),
		},
		"each Pod range is refused, and is not counted": {
			"fixture-subnets",
			func(c *cluster) { c.PodCIDRs = []netip.Prefix{prefix("10.1.0.0/16"), {}, prefix("10.2.0.0/16")} },
			append(
				refused("it.pod_cidrs[0]", "10.1.0.0/16", "Pods in subnets have no range", profile.Error, false),
				refused("it.pod_cidrs[2]", "10.2.0.0/16", "Pods in subnets have no range", profile.Error, false)...),
		},
		"as many Pod ranges as can be appended": {
			"fixture-own",
			func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16", "10.2.0.0/16") },
			nil,
		},
		"one Pod range more": {
			"fixture-own",
			func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16") },
			one("it.pod_cidrs", tooMany(topology.ListedRanges, 3, 2, "Ranges of its own")),
		},
		"one range that holds both": {"fixture-shared", func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16") }, nil},
		"two of them": {
			"fixture-shared",
			func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16", "10.2.0.0/16") },
			one("it.pod_cidrs", tooMany(topology.ListedRanges, 2, 1, "One range")),
		},
		"a Service range of its own beside it": {
			"fixture-shared",
			func(c *cluster) { c.ServiceCIDR = prefix("10.9.0.0/24") },
			one("it.service_cidr", topology.NotAccepted{Value: "10.9.0.0/24", Reason: topology.ServicesInPodRange{"One range"}}),
		},
		"a Service range beside subnets":     {"fixture-subnets", func(c *cluster) { c.ServiceCIDR = prefix("10.9.0.0/24") }, nil},
		"a Service range beside a Pod range": {"fixture-own", func(c *cluster) { c.ServiceCIDR = prefix("10.9.0.0/24") }, nil},
		"of a profile that there is not nothing is known": {
			"fixture-other",
			func(c *cluster) { c.PodSubnets, c.PodCIDRs = names(9), prefixes("10.1.0.0/16", "10.2.0.0/16") },
			one(
				"it.profile",
				topology.Undeclared{
					Kind:  topology.ProfileName,
					Name:  "fixture-other",
					Known: []string{"fixture-many-subnets", "fixture-own", "fixture-shared", "fixture-subnets"},
				},
			),
		},
		"a word of the platform's own": {
			"eni",
			func(*cluster) {},
			one(
				"it.profile",
				topology.Undeclared{
					Kind:   topology.ProfileName,
					Name:   "eni",
					Known:  []string{"fixture-many-subnets", "fixture-own", "fixture-shared", "fixture-subnets"},
					Called: []string{"fixture-subnets"},
				},
			),
		},
		"a word of two profiles, in any case": {
			"TRUNK",
			func(*cluster) {},
			one(
				"it.profile",
				topology.Undeclared{
					Kind:   topology.ProfileName,
					Name:   "TRUNK",
					Known:  []string{"fixture-many-subnets", "fixture-own", "fixture-shared", "fixture-subnets"},
					Called: []string{"fixture-many-subnets", "fixture-subnets"},
				},
			),
		},
	}
	catalog := fixturePlatform(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := cluster{Name: "shop", VPC: "prod", Profile: test.profile, Need: profile.Need{MaxNodes: 10}}
			test.change(&c)
			wantFaults(t, topology.CheckCluster(here, c, catalog), test.want)
		})
	}
}

// Subnets for Pods as the shipped profiles take them.
func TestCheckClusterSubnetsOfShippedProfiles(t *testing.T) {
	missing := func(name string) []found {
		p, _ := profile.Default().Profile(name)
		rule := p.Pods.Subnets.Missing
		return []found{
			{
				"it.pod_subnets",
				topology.NoPodSubnets{Cluster: "shop", VPC: "prod", Profile: p.Title, Rule: rule},
				rule.Level == profile.Warn,
			},
		}
	}
	tests := map[string]struct {
		profile string
		subnets int
		want    []found
	}{
		"20 on CCE Turbo": {"cce-turbo", 20, nil},
		"21 on CCE Turbo": {
			"cce-turbo",
			21,
			one(
				"it.pod_subnets",
				topology.TooMany{
					Of:    topology.ListedSubnets,
					Count: 21,
					Max:   20,
					Limit: topology.Limit{Profile: "CCE Turbo with Cloud Native Network 2.0"},
				},
			),
		},
		"10 on cubecni": {"ccse-cubecni", 10, nil},
		"11 on cubecni": {
			"ccse-cubecni",
			11,
			one(
				"it.pod_subnets",
				topology.TooMany{Of: topology.ListedSubnets, Count: 11, Max: 10, Limit: topology.Limit{Profile: "CCSE with cubecni"}},
			),
		},
		"any with Terway": {"ack-terway", 100, nil},
		"any on EKS":      {"eks", 100, nil},
		"none with Flannel": {
			"ack-flannel",
			1,
			one(
				"it.pod_subnets",
				topology.NotAccepted{Value: "s0", Reason: topology.PodsHaveRange{"ACK with Flannel"}},
			),
		},
		"Flannel without it": {"ack-flannel", 0, nil},
		"none on EKS, whose Pods use the subnets of its nodes": {"eks", 0, nil},
		"none with Terway":       {"ack-terway", 0, missing("ack-terway")},
		"none on ACK Serverless": {"ack-serverless", 0, missing("ack-serverless")},
		"none on CCE Autopilot":  {"cce-autopilot", 0, missing("cce-autopilot")},
		"none on CCE Turbo":      {"cce-turbo", 0, missing("cce-turbo")},
		"none with VPC-CNI":      {"tke-vpc-cni", 0, missing("tke-vpc-cni")},
		"none with cubecni":      {"ccse-cubecni", 0, missing("ccse-cubecni")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := topology.Cluster{
				Name:       "shop",
				VPC:        "prod",
				Profile:    test.profile,
				PodSubnets: names(test.subnets),
				Need:       profile.Need{MaxNodes: 10},
			}
			wantFaults(t, topology.CheckCluster(here, c, profile.Default()), test.want)
		})
	}
}

// Names that are known after apply are not missing, and none are asked for while the profile is unknown.
func TestMissingPodSubnetsWaitForWhatIsUnknown(t *testing.T) {
	c := topology.Cluster{Name: "shop", VPC: "prod", Profile: "cce-turbo", Unknown: unknown{"pod_subnets"}}
	wantFaults(t, topology.CheckCluster(here, c, profile.Default()), nil)
	c = topology.Cluster{Name: "shop", VPC: "prod", Unknown: unknown{"profile"}}
	wantFaults(t, topology.CheckCluster(here, c, profile.Default()), nil)
}
