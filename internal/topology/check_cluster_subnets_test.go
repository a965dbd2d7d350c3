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

// The profiles of the atoll are of all kinds: fish use subnets, up to three,
// crabs in as many as there are, shells hold Services at the end of the Pod range, and palms have
// everything of their own.
func TestCheckClusterPodsAndSubnets(t *testing.T) {
	type cluster = topology.Cluster
	refused := func(at, value, text string, level profile.Level, warn bool) []found {
		return []found{
			{
				at,
				topology.Refused{
					What:  "Pod range",
					Value: value,
					BrokenRule: profile.BrokenRule{Code: "pod_cidr_with_pod_subnets", Rule: profile.Rule{
						Level: level, Text: text, Sources: []string{"chart"}, Confidence: "verified",
					}},
				},
				warn,
			},
		}
	}
	tooMany := func(what string, count, most int, title string) topology.TooMany {
		return topology.TooMany{What: what, Count: count, Max: most, Limit: topology.Limit{Profile: title}}
	}
	tests := map[string]struct {
		profile string
		change  func(*cluster)
		want    []found
	}{
		"Pods in subnets need no subnet":       {"atoll-crab", func(c *cluster) { c.Need = profile.Need{} }, nil},
		"as many subnets as the profile takes": {"atoll-fish", func(c *cluster) { c.PodSubnets = names(3) }, nil},
		"one more": {
			"atoll-fish",
			func(c *cluster) { c.PodSubnets = names(4) },
			one("it.pod_subnets", tooMany("subnets", 4, 3, "Atoll with fish")),
		},
		"as many as there are": {"atoll-crab", func(c *cluster) { c.PodSubnets = names(400) }, nil},
		"a Pod subnet twice": {
			"atoll-fish",
			func(c *cluster) { c.PodSubnets = []string{"a", "b", "a"} },
			one("it.pod_subnets[2]", topology.Repeated{Value: "a"}),
		},
		"a Pod subnet that is no name": {
			"atoll-fish",
			func(c *cluster) { c.PodSubnets = []string{"a b"} },
			one("it.pod_subnets[0]", topology.BadName{Name: "a b", Bad: " ", Position: 2}),
		},
		"Pod subnets whose names are to come": {"atoll-fish", func(c *cluster) { c.PodSubnets = []string{"", ""} }, nil},
		"a node subnet twice": {
			"atoll-palm",
			func(c *cluster) { c.NodeSubnets = []string{"a", "a"} },
			one("it.node_subnets[1]", topology.Repeated{Value: "a"}),
		},
		"a node subnet that is no name": {
			"atoll-palm",
			func(c *cluster) { c.NodeSubnets = []string{"a", "b/c!"} },
			one("it.node_subnets[1]", topology.BadName{Name: "b/c!", Bad: "!", Position: 4}),
		},
		"nodes stand in subnets on every profile": {"atoll-shell", func(c *cluster) { c.NodeSubnets = names(400) }, nil},
		"one subnet for nodes and Pods is no fault": {
			"atoll-fish",
			func(c *cluster) { c.NodeSubnets, c.PodSubnets = names(1), names(1) },
			nil,
		},
		"a block kept around the Pods":         {"atoll-palm", func(c *cluster) { c.ReserveLength = 12 }, nil},
		"a block of all addresses but one bit": {"atoll-palm", func(c *cluster) { c.ReserveLength = 32 }, nil},
		"a block longer than an address": {
			"atoll-palm",
			func(c *cluster) { c.ReserveLength = 33 },
			one("it.reserve_prefix_length", topology.OutOfRange{Value: 33, Min: 1, Max: 32}),
		},
		"a block around Pods in subnets": {
			"atoll-fish",
			func(c *cluster) { c.ReserveLength = 12 },
			one("it.reserve_prefix_length", topology.NotAccepted{Value: "12", Reason: topology.NoPodRangeChosen{}}),
		},
		"a block around Pods that are pinned": {
			"atoll-palm",
			func(c *cluster) { c.ReserveLength, c.PodCIDRs = 12, prefixes("10.0.0.0/16") },
			one("it.reserve_prefix_length", topology.NotAccepted{Value: "12", Reason: topology.NoPodRangeChosen{}}),
		},
		"a previous name": {"atoll-palm", func(c *cluster) { c.PreviousNames = []string{"old"} }, nil},
		"a previous name twice": {
			"atoll-palm",
			func(c *cluster) { c.PreviousNames = []string{"old", "old"} },
			one("it.previous_names[1]", topology.Repeated{Value: "old"}),
		},
		"a previous name that is none": {
			"atoll-palm",
			func(c *cluster) { c.PreviousNames = []string{"o d"} },
			one("it.previous_names[0]", topology.BadName{Name: "o d", Bad: " ", Position: 2}),
		},
		"Pod subnets for Pods of their own": {
			"atoll-palm",
			func(c *cluster) { c.PodSubnets = names(2) },
			one("it.pod_subnets", topology.NotAccepted{Value: "s0", Reason: topology.PodsHaveRange{"Atoll under palms"}}),
		},
		"Pod subnets for Pods that share a range": {
			"atoll-shell",
			func(c *cluster) { c.PodSubnets = names(1) },
			one("it.pod_subnets", topology.NotAccepted{Value: "s0", Reason: topology.PodsHaveRange{"Atoll in a shell"}}),
		},
		"a Pod range that is refused beside subnets": {
			"atoll-fish",
			func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16") },
			refused("it.pod_cidrs[0]", "10.1.0.0/16", "fish take no range", profile.Error, false),
		},
		"one that is only advised against": {
			"atoll-crab",
			func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16") },
			refused("it.pod_cidrs[0]", "10.1.0.0/16", "crabs need no range", profile.Warn, true),
		},
		"each Pod range is refused, and is not counted": {
			"atoll-fish",
			func(c *cluster) { c.PodCIDRs = []netip.Prefix{prefix("10.1.0.0/16"), {}, prefix("10.2.0.0/16")} },
			append(
				refused("it.pod_cidrs[0]", "10.1.0.0/16", "fish take no range", profile.Error, false),
				refused("it.pod_cidrs[2]", "10.2.0.0/16", "fish take no range", profile.Error, false)...),
		},
		"as many Pod ranges as can be appended": {
			"atoll-palm",
			func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16", "10.2.0.0/16") },
			nil,
		},
		"one Pod range more": {
			"atoll-palm",
			func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16") },
			one("it.pod_cidrs", tooMany("ranges", 3, 2, "Atoll under palms")),
		},
		"one range that holds both": {"atoll-shell", func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16") }, nil},
		"two of them": {
			"atoll-shell",
			func(c *cluster) { c.PodCIDRs = prefixes("10.1.0.0/16", "10.2.0.0/16") },
			one("it.pod_cidrs", tooMany("ranges", 2, 1, "Atoll in a shell")),
		},
		"a Service range of its own beside it": {
			"atoll-shell",
			func(c *cluster) { c.ServiceCIDR = prefix("10.9.0.0/24") },
			one("it.service_cidr", topology.NotAccepted{Value: "10.9.0.0/24", Reason: topology.ServicesInPodRange{"Atoll in a shell"}}),
		},
		"a Service range beside subnets":     {"atoll-fish", func(c *cluster) { c.ServiceCIDR = prefix("10.9.0.0/24") }, nil},
		"a Service range beside a Pod range": {"atoll-palm", func(c *cluster) { c.ServiceCIDR = prefix("10.9.0.0/24") }, nil},
		"of a profile that there is not nothing is known": {
			"atoll-whale",
			func(c *cluster) { c.PodSubnets, c.PodCIDRs = names(9), prefixes("10.1.0.0/16", "10.2.0.0/16") },
			one(
				"it.profile",
				topology.Undeclared{
					What:  "profile",
					Name:  "atoll-whale",
					Known: []string{"atoll-crab", "atoll-fish", "atoll-palm", "atoll-shell"},
				},
			),
		},
		"a word of the platform's own": {
			"fish",
			func(*cluster) {},
			one(
				"it.profile",
				topology.Undeclared{
					What:   "profile",
					Name:   "fish",
					Known:  []string{"atoll-crab", "atoll-fish", "atoll-palm", "atoll-shell"},
					Called: []string{"atoll-fish"},
				},
			),
		},
		"a word of two profiles, in any case": {
			"NEMO",
			func(*cluster) {},
			one(
				"it.profile",
				topology.Undeclared{
					What:   "profile",
					Name:   "NEMO",
					Known:  []string{"atoll-crab", "atoll-fish", "atoll-palm", "atoll-shell"},
					Called: []string{"atoll-crab", "atoll-fish"},
				},
			),
		},
	}
	catalog := fixtureAtoll(t)
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
					What:  "subnets",
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
				topology.TooMany{What: "subnets", Count: 11, Max: 10, Limit: topology.Limit{Profile: "CCSE with cubecni"}},
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
