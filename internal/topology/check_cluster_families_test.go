package topology_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestCheckClusterFamilies(t *testing.T) {
	type cluster = topology.Cluster
	both := []string{"ipv4", "ipv6"}
	closed := func(rule profile.Rule) []found {
		return one(
			"it.ip_families",
			topology.Refused{
				Kind:       topology.FamilyValue,
				Value:      "ipv6",
				BrokenRule: profile.BrokenRule{Code: "dual_stack_not_supported", Rule: rule},
			},
		)
	}
	noIPv6 := profile.Rule{Level: profile.Error, Text: "this mode has no IPv6", Sources: []string{"guide"}, Confidence: "verified"}
	pods6, services6 := prefix("fd00::/56"), prefix("fd00:1::/112")
	tests := map[string]struct {
		profile string
		change  func(*cluster)
		want    []found
	}{
		"no families are IPv4":               {"fixture-shared", func(c *cluster) { c.IPFamilies = nil }, nil},
		"IPv4 alone":                         {"fixture-shared", func(c *cluster) { c.IPFamilies = []string{"ipv4"} }, nil},
		"both":                               {"fixture-own", func(c *cluster) { c.IPFamilies = both }, nil},
		"both, from the VPC":                 {"fixture-subnets", func(c *cluster) { c.IPFamilies = both }, nil},
		"both where there is IPv4 only":      {"fixture-shared", func(c *cluster) { c.IPFamilies = both }, closed(noIPv6)},
		"both where nothing is said of IPv6": {"fixture-many-subnets", func(c *cluster) { c.IPFamilies = both }, closed(profile.Rule{})},
		"IPv6 first": {
			"fixture-own",
			func(c *cluster) { c.IPFamilies = []string{"ipv6", "ipv4"} },
			one("it.ip_families[0]", topology.NotAccepted{Value: "ipv6", Reason: topology.IPv4First{}}),
		},
		"IPv6 alone": {
			"fixture-own",
			func(c *cluster) { c.IPFamilies = []string{"ipv6"} },
			one("it.ip_families[0]", topology.NotAccepted{Value: "ipv6", Reason: topology.IPv4First{}}),
		},
		"IPv4 twice": {
			"fixture-own",
			func(c *cluster) { c.IPFamilies = []string{"ipv4", "ipv4"} },
			one("it.ip_families[1]", topology.Repeated{Value: "ipv4"}),
		},
		"IPv6 twice, first": {
			"fixture-own",
			func(c *cluster) { c.IPFamilies = []string{"ipv6", "ipv6"} },
			[]found{
				{at: "it.ip_families[0]", problem: topology.NotAccepted{Value: "ipv6", Reason: topology.IPv4First{}}},
				{at: "it.ip_families[1]", problem: topology.Repeated{Value: "ipv6"}},
			},
		},
		"a family that there is not": {
			"fixture-own",
			func(c *cluster) { c.IPFamilies = []string{"IPv4"} },
			one("it.ip_families[0]", topology.NotOneOf{Value: "IPv4", Allowed: []string{"ipv4", "ipv6"}}),
		},
		"families that are to come": {"fixture-own", func(c *cluster) { c.IPFamilies = []string{"", ""} }, nil},
		"IPv6 ranges of its own": {
			"fixture-own",
			func(c *cluster) { c.IPFamilies, c.PodIPv6CIDR, c.ServiceIPv6CIDR = both, pods6, services6 },
			nil,
		},
		"an IPv6 Pod range without IPv6": {
			"fixture-own",
			func(c *cluster) { c.PodIPv6CIDR = pods6 },
			one("it.pod_ipv6_cidr", topology.NotAccepted{Value: "fd00::/56", Reason: topology.IPv6NotRequested{}}),
		},
		"an IPv6 Service range without IPv6": {
			"fixture-own",
			func(c *cluster) { c.ServiceIPv6CIDR = services6 },
			one("it.service_ipv6_cidr", topology.NotAccepted{Value: "fd00:1::/112", Reason: topology.IPv6NotRequested{}}),
		},
		"while the families are to come": {"fixture-own", func(c *cluster) {
			c.PodIPv6CIDR, c.ServiceIPv6CIDR, c.Unknown = pods6, services6, unknown{"ip_families"}
		}, nil},
		"while they are even where there none": {
			"fixture-shared",
			func(c *cluster) { c.PodIPv6CIDR, c.Unknown = pods6, unknown{"ip_families"} },
			nil,
		},
		"an IPv6 Pod range beside subnets": {
			"fixture-subnets",
			func(c *cluster) { c.IPFamilies, c.PodIPv6CIDR = both, pods6 },
			one("it.pod_ipv6_cidr", topology.NotAccepted{Value: "fd00::/56", Reason: topology.IPv6OfPlatform{"Pods in subnets"}}),
		},
		"an IPv6 Service range where the platform chooses": {
			"fixture-subnets",
			func(c *cluster) { c.IPFamilies, c.ServiceIPv6CIDR = both, services6 },
			one("it.service_ipv6_cidr", topology.NotAccepted{Value: "fd00:1::/112", Reason: topology.IPv6OfPlatform{"Pods in subnets"}}),
		},
		"where there is no IPv6 that is reported once": {
			"fixture-shared",
			func(c *cluster) { c.IPFamilies, c.PodIPv6CIDR, c.ServiceIPv6CIDR = both, pods6, services6 },
			closed(noIPv6),
		},
		"an IPv4 range for IPv6 Pods": {
			"fixture-own",
			func(c *cluster) { c.IPFamilies, c.PodIPv6CIDR = both, prefix("10.1.0.0/16") },
			one("it.pod_ipv6_cidr", topology.WrongFamily{Range: prefix("10.1.0.0/16"), Want: "IPv6"}),
		},
		"an IPv4 range for IPv6 Services": {
			"fixture-own",
			func(c *cluster) { c.IPFamilies, c.ServiceIPv6CIDR = both, prefix("10.1.0.0/16") },
			one("it.service_ipv6_cidr", topology.WrongFamily{Range: prefix("10.1.0.0/16"), Want: "IPv6"}),
		},
		"an IPv6 range for IPv4 Services": {
			"fixture-own",
			func(c *cluster) { c.IPFamilies, c.ServiceCIDR = both, services6 },
			one("it.service_cidr", topology.WrongFamily{Range: services6, Want: "IPv4"}),
		},
		"pins of a profile that is to come": {
			"",
			func(c *cluster) { c.PodIPv6CIDR, c.Unknown = pods6, unknown{"profile"} },
			nil,
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

// On CCE Turbo and cubecni Pods have IPv6 addresses of subnets and Services a range of their own.
func TestCheckClusterIPv6RangesOfShippedProfiles(t *testing.T) {
	for name, title := range map[string]string{
		"cce-turbo": "CCE Turbo with Cloud Native Network 2.0", "ccse-cubecni": "CCSE with cubecni",
	} {
		p, _ := profile.Default().Profile(name)
		c := topology.Cluster{
			Name:            "shop",
			VPC:             "prod",
			Profile:         name,
			PodSubnets:      names(1),
			IPFamilies:      []string{"ipv4", "ipv6"},
			ServiceIPv6CIDR: prefix("fc00::/112"),
		}
		wantFaults(t, topology.CheckIPv6(here, here, c, p), nil)
		c.PodIPv6CIDR = prefix("fc00:1::/64")
		wantFaults(t, topology.CheckIPv6(here, here, c, p), one("it.pod_ipv6_cidr", topology.NotAccepted{
			Value: "fc00:1::/64", Reason: topology.IPv6OfPlatform{title},
		}))
	}
}

// EKS chooses the Service range of a cluster with IPv6 alone, so cidrplan refuses the family, and not a value of the Service range.
func TestIPv6AloneWithAServiceRange(t *testing.T) {
	eks, _ := profile.Default().Profile("eks")
	faults := topology.CheckIPv6(here, here, topology.Cluster{IPFamilies: []string{"ipv6"}}, eks)
	wantFaults(t, faults, one("it.ip_families", topology.Refused{
		Kind: topology.ServicesWithFamilyValue, Value: "ipv6",
		BrokenRule: profile.BrokenRule{Code: "service_cidr_with_ipv6", Rule: eks.IPv6.Alone},
	}))
}
