package topology_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func names(n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprint("s", i))
	}
	return list
}

// The profiles of the atoll stand for the ways of all others: fish live in subnets, up to three,
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
	catalog := atoll(t)
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
			one("it.pod_subnets", topology.TooMany{What: "subnets", Count: 21, Max: 20, Limit: topology.Limit{Profile: "CCE Turbo with Cloud Native Network 2.0"}}),
		},
		"10 on cubecni": {"ccse-cubecni", 10, nil},
		"11 on cubecni": {
			"ccse-cubecni",
			11,
			one("it.pod_subnets", topology.TooMany{What: "subnets", Count: 11, Max: 10, Limit: topology.Limit{Profile: "CCSE with cubecni"}}),
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
		"Flannel without it":                              {"ack-flannel", 0, nil},
		"none on EKS, whose Pods live where its nodes do": {"eks", 0, nil},
		"none with Terway":                                {"ack-terway", 0, missing("ack-terway")},
		"none on ACK Serverless":                          {"ack-serverless", 0, missing("ack-serverless")},
		"none on CCE Autopilot":                           {"cce-autopilot", 0, missing("cce-autopilot")},
		"none on CCE Turbo":                               {"cce-turbo", 0, missing("cce-turbo")},
		"none with VPC-CNI":                               {"tke-vpc-cni", 0, missing("tke-vpc-cni")},
		"none with cubecni":                               {"ccse-cubecni", 0, missing("ccse-cubecni")},
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

func TestCheckClusterFamilies(t *testing.T) {
	type cluster = topology.Cluster
	both := []string{"ipv4", "ipv6"}
	closed := func(rule profile.Rule) []found {
		return one(
			"it.ip_families",
			topology.Refused{What: "family", Value: "ipv6", BrokenRule: profile.BrokenRule{Code: "dual_stack_not_supported", Rule: rule}},
		)
	}
	shells := profile.Rule{Level: profile.Error, Text: "shells are closed to IPv6", Sources: []string{"chart"}, Confidence: "verified"}
	pods6, services6 := prefix("fd00::/56"), prefix("fd00:1::/112")
	tests := map[string]struct {
		profile string
		change  func(*cluster)
		want    []found
	}{
		"no families are IPv4":               {"atoll-shell", func(c *cluster) { c.IPFamilies = nil }, nil},
		"IPv4 alone":                         {"atoll-shell", func(c *cluster) { c.IPFamilies = []string{"ipv4"} }, nil},
		"both":                               {"atoll-palm", func(c *cluster) { c.IPFamilies = both }, nil},
		"both, from the VPC":                 {"atoll-fish", func(c *cluster) { c.IPFamilies = both }, nil},
		"both where there is IPv4 only":      {"atoll-shell", func(c *cluster) { c.IPFamilies = both }, closed(shells)},
		"both where nothing is said of IPv6": {"atoll-crab", func(c *cluster) { c.IPFamilies = both }, closed(profile.Rule{})},
		"IPv6 first": {
			"atoll-palm",
			func(c *cluster) { c.IPFamilies = []string{"ipv6", "ipv4"} },
			one("it.ip_families[0]", topology.NotAccepted{Value: "ipv6", Reason: topology.IPv4First{}}),
		},
		"IPv6 alone": {
			"atoll-palm",
			func(c *cluster) { c.IPFamilies = []string{"ipv6"} },
			one("it.ip_families[0]", topology.NotAccepted{Value: "ipv6", Reason: topology.IPv4First{}}),
		},
		"IPv4 twice": {
			"atoll-palm",
			func(c *cluster) { c.IPFamilies = []string{"ipv4", "ipv4"} },
			one("it.ip_families[1]", topology.Repeated{Value: "ipv4"}),
		},
		"IPv6 twice, first": {
			"atoll-palm",
			func(c *cluster) { c.IPFamilies = []string{"ipv6", "ipv6"} },
			[]found{
				{at: "it.ip_families[0]", problem: topology.NotAccepted{Value: "ipv6", Reason: topology.IPv4First{}}},
				{at: "it.ip_families[1]", problem: topology.Repeated{Value: "ipv6"}},
			},
		},
		"a family that there is not": {
			"atoll-palm",
			func(c *cluster) { c.IPFamilies = []string{"IPv4"} },
			one("it.ip_families[0]", topology.NotOneOf{Value: "IPv4", Allowed: []string{"ipv4", "ipv6"}}),
		},
		"families that are to come": {"atoll-palm", func(c *cluster) { c.IPFamilies = []string{"", ""} }, nil},
		"IPv6 ranges of its own": {
			"atoll-palm",
			func(c *cluster) { c.IPFamilies, c.PodIPv6CIDR, c.ServiceIPv6CIDR = both, pods6, services6 },
			nil,
		},
		"an IPv6 Pod range without IPv6": {
			"atoll-palm",
			func(c *cluster) { c.PodIPv6CIDR = pods6 },
			one("it.pod_ipv6_cidr", topology.NotAccepted{Value: "fd00::/56", Reason: topology.IPv6NotRequested{}}),
		},
		"an IPv6 Service range without IPv6": {
			"atoll-palm",
			func(c *cluster) { c.ServiceIPv6CIDR = services6 },
			one("it.service_ipv6_cidr", topology.NotAccepted{Value: "fd00:1::/112", Reason: topology.IPv6NotRequested{}}),
		},
		"while the families are to come": {"atoll-palm", func(c *cluster) {
			c.PodIPv6CIDR, c.ServiceIPv6CIDR, c.Unknown = pods6, services6, unknown{"ip_families"}
		}, nil},
		"while they are even where there none": {
			"atoll-shell",
			func(c *cluster) { c.PodIPv6CIDR, c.Unknown = pods6, unknown{"ip_families"} },
			nil,
		},
		"an IPv6 Pod range beside subnets": {
			"atoll-fish",
			func(c *cluster) { c.IPFamilies, c.PodIPv6CIDR = both, pods6 },
			one("it.pod_ipv6_cidr", topology.NotAccepted{Value: "fd00::/56", Reason: topology.IPv6OfPlatform{"Atoll with fish"}}),
		},
		"an IPv6 Service range where the platform chooses": {
			"atoll-fish",
			func(c *cluster) { c.IPFamilies, c.ServiceIPv6CIDR = both, services6 },
			one("it.service_ipv6_cidr", topology.NotAccepted{Value: "fd00:1::/112", Reason: topology.IPv6OfPlatform{"Atoll with fish"}}),
		},
		"where there is no IPv6 that is told once": {
			"atoll-shell",
			func(c *cluster) { c.IPFamilies, c.PodIPv6CIDR, c.ServiceIPv6CIDR = both, pods6, services6 },
			closed(shells),
		},
		"an IPv4 range for IPv6 Pods": {
			"atoll-palm",
			func(c *cluster) { c.IPFamilies, c.PodIPv6CIDR = both, prefix("10.1.0.0/16") },
			one("it.pod_ipv6_cidr", topology.WrongFamily{Range: prefix("10.1.0.0/16"), Want: "IPv6"}),
		},
		"an IPv4 range for IPv6 Services": {
			"atoll-palm",
			func(c *cluster) { c.IPFamilies, c.ServiceIPv6CIDR = both, prefix("10.1.0.0/16") },
			one("it.service_ipv6_cidr", topology.WrongFamily{Range: prefix("10.1.0.0/16"), Want: "IPv6"}),
		},
		"an IPv6 range for IPv4 Services": {
			"atoll-palm",
			func(c *cluster) { c.IPFamilies, c.ServiceCIDR = both, services6 },
			one("it.service_cidr", topology.WrongFamily{Range: services6, Want: "IPv4"}),
		},
		"pins of a profile that is to come": {
			"",
			func(c *cluster) { c.PodIPv6CIDR, c.Unknown = pods6, unknown{"profile"} },
			nil,
		},
	}
	catalog := atoll(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := cluster{Name: "shop", VPC: "prod", Profile: test.profile, Need: profile.Need{MaxNodes: 10}}
			test.change(&c)
			wantFaults(t, topology.CheckCluster(here, c, catalog), test.want)
		})
	}
}

// On CCE Turbo and cubecni Pods have IPv6 addresses of subnets and Services a range of their own.
func TestCheckClusterIPv6RangesOfShippedProfiles(t *testing.T) {
	for name, title := range map[string]string{"cce-turbo": "CCE Turbo with Cloud Native Network 2.0", "ccse-cubecni": "CCSE with cubecni"} {
		p, _ := profile.Default().Profile(name)
		c := topology.Cluster{
			Name:            "shop",
			VPC:             "prod",
			Profile:         name,
			PodSubnets:      names(1),
			IPFamilies:      []string{"ipv4", "ipv6"},
			ServiceIPv6CIDR: prefix("fc00::/112"),
		}
		wantFaults(t, topology.CheckIPv6(here, c, p), nil)
		c.PodIPv6CIDR = prefix("fc00:1::/64")
		wantFaults(t, topology.CheckIPv6(here, c, p), one("it.pod_ipv6_cidr", topology.NotAccepted{
			Value: "fc00:1::/64", Reason: topology.IPv6OfPlatform{title},
		}))
	}
}

func TestPinsAreTheArgumentsOfOneRange(t *testing.T) {
	c := topology.Cluster{PodCIDRs: prefixes("10.1.0.0/16"), ServiceCIDR: prefix("10.2.0.0/16"), ServiceIPv6CIDR: prefix("fd00::/112")}
	want := []topology.Pin{
		{Attr: "service_cidr", Range: prefix("10.2.0.0/16"), Family: cidr.V4},
		{Attr: "pod_ipv6_cidr", Family: cidr.V6},
		{Attr: "service_ipv6_cidr", Range: prefix("fd00::/112"), Family: cidr.V6},
	}
	got := c.Pins()
	if len(got) != len(want) {
		t.Fatalf("%d pins, want %d", len(got), len(want))
	}
	for i, pin := range got {
		if pin != want[i] {
			t.Errorf("pin %d: got %+v, want %+v", i, pin, want[i])
		}
	}
}

func TestAClusterIsDualWhenItNamesIPv6(t *testing.T) {
	for _, test := range []struct {
		families []string
		want     bool
	}{{nil, false}, {[]string{"ipv4"}, false}, {[]string{"ipv4", "ipv6"}, true}, {[]string{"ipv6"}, true}, {[]string{"IPv6"}, false}} {
		if got := (topology.Cluster{IPFamilies: test.families}).Dual(); got != test.want {
			t.Errorf("%q: got %v, want %v", test.families, got, test.want)
		}
	}
}
