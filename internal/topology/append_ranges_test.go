package topology_test

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// appending is the fixture platform, whose profile fixture-own has up to two Pod ranges and, with Kubernetes 1.33, up to three Service
// ranges of each family.
func appending(t *testing.T) *profile.Catalog {
	t.Helper()
	catalog := fixturePlatform(t)
	own, ok := catalog.Profile("fixture-own")
	if !ok {
		t.Fatal("no fixture-own")
	}
	own.Growth.Services = profile.ServiceGrowth{
		How: profile.Append, MaxRanges: 3, Text: "objects add them", Sources: []string{"guide"},
		Requires: profile.Requirement{Text: "Kubernetes 1.33", Sources: []string{"guide"}},
	}
	return catalog
}

func TestFurtherRangesThatAClusterGives(t *testing.T) {
	type cluster = topology.Cluster
	const title, shared = "Ranges of its own", "One range"
	both := []string{"ipv4", "ipv6"}
	services := profile.Appended[1:]
	tooMany := func(count, most int) topology.TooMany {
		return topology.TooMany{Of: topology.ListedRanges, Count: count, Max: most, Limit: topology.Limit{Profile: title}}
	}
	notAccepted := func(value string, reason any) topology.NotAccepted {
		return topology.NotAccepted{Value: value, Reason: reason}
	}
	three := prefixes("10.2.0.0/24", "10.3.0.0/24", "10.4.0.0/24")
	tests := map[string]struct {
		profile string
		change  func(*cluster)
		want    []found
		options []string
	}{
		"two Service ranges": {"fixture-own", func(c *cluster) { c.AppendRanges, c.Further.Services = services, three[:2] }, nil, nil},
		"one more than the platform has": {
			"fixture-own", func(c *cluster) { c.AppendRanges, c.Further.Services = services, three },
			one("it.further_service_cidrs", tooMany(3, 2)), []string{"set it.further_service_cidrs = [10.2.0.0/24 10.3.0.0/24]"},
		},
		"one twice": {
			"fixture-own",
			func(c *cluster) { c.AppendRanges, c.Further.Services = services, []netip.Prefix{three[0], three[0]} },
			one("it.further_service_cidrs[1]", topology.Repeated{Value: "10.2.0.0/24"}), nil,
		},
		"one inside of another, as Kubernetes permits": {
			"fixture-own",
			func(c *cluster) {
				c.AppendRanges, c.Further.Services = services, prefixes("10.2.0.0/25", "10.2.0.0/24")
			}, nil, nil,
		},
		"ranges that are to come": {
			"fixture-own", func(c *cluster) { c.AppendRanges, c.Further.Services = services, []netip.Prefix{{}, {}} }, nil, nil,
		},
		"a Service range of the other family": {
			"fixture-own", func(c *cluster) { c.AppendRanges, c.Further.Services = services, prefixes("fd00::/112") },
			one("it.further_service_cidrs[0]", topology.WrongFamily{Range: prefix("fd00::/112"), Want: "IPv4"}), nil,
		},
		"Service ranges of a cluster that does not say that it has what they require": {
			"fixture-own", func(c *cluster) { c.Further.Services = three[:1] },
			one("it.further_service_cidrs", notAccepted("10.2.0.0/24", topology.NotInAppendRanges{Ranges: "services"})),
			[]string{string(topology.MeetsRequirement) + ": set it.append_ranges = [services]", "remove it.further_service_cidrs"},
		},
		"what append_ranges has already stays there": {
			"fixture-own", func(c *cluster) { c.AppendRanges, c.Further.Services = profile.Appended[:1], three[:1] },
			one("it.further_service_cidrs", notAccepted("10.2.0.0/24", topology.NotInAppendRanges{Ranges: "services"})),
			[]string{string(topology.MeetsRequirement) + ": set it.append_ranges = [pods services]", "remove it.further_service_cidrs"},
		},
		"while append_ranges is to come": {
			"fixture-own", func(c *cluster) { c.Further.Services, c.Unknown = three[:1], topology.Unknown{"append_ranges"} }, nil, nil,
		},
		"Service ranges of a profile that appends none": {
			"fixture-shared", func(c *cluster) { c.Further.Services = three[:1] },
			one("it.further_service_cidrs", notAccepted("10.2.0.0/24", topology.CannotAppend{Profile: shared, Ranges: "services"})),
			[]string{"remove it.further_service_cidrs"},
		},
		"IPv6 ranges": {"fixture-own", func(c *cluster) {
			c.IPFamilies, c.AppendRanges = both, services
			c.Further.PodsIPv6, c.Further.ServicesIPv6 = prefixes("fd01::/56"), prefixes("fd02::/112")
		}, nil, nil},
		"overlapping Pod ranges": {
			"fixture-own", func(c *cluster) { c.IPFamilies, c.Further.PodsIPv6 = both, prefixes("fd01::/56", "fd01::/64") },
			[]found{
				{"it.further_pod_ipv6_cidrs[1]", topology.RangesOverlap{A: prefix("fd01::/64"), B: prefix("fd01::/56")}, false},
				{"it.further_pod_ipv6_cidrs", tooMany(2, 1), false},
			}, nil,
		},
		"a Pod range in the first one": {
			"fixture-own", func(c *cluster) {
				c.IPFamilies, c.AppendRanges, c.PodIPv6CIDR = both, profile.Appended, prefix("fd01::/56")
				c.Further.PodsIPv6 = prefixes("fd01::/64")
			},
			one("it.further_pod_ipv6_cidrs[0]", topology.RangesOverlap{
				A: prefix("fd01::/64"), B: prefix("fd01::/56"), First: "pod_ipv6_cidr",
			}), nil,
		},
		"the first Pod range": {
			"fixture-own", func(c *cluster) {
				c.IPFamilies, c.AppendRanges, c.PodIPv6CIDR = both, profile.Appended, prefix("fd01::/56")
				c.Further.PodsIPv6 = prefixes("fd01::/56")
			},
			one("it.further_pod_ipv6_cidrs[0]", topology.FirstListed{Value: "fd01::/56", First: "pod_ipv6_cidr"}), nil,
		},
		"IPv6 ranges of a cluster without IPv6": {
			"fixture-own", func(c *cluster) { c.Further.PodsIPv6 = prefixes("fd01::/56") },
			one("it.further_pod_ipv6_cidrs", notAccepted("fd01::/56", topology.IPv6NotRequested{})),
			[]string{"remove it.further_pod_ipv6_cidrs", "set it.ip_families = [ipv4 ipv6]"},
		},
		"while the families are to come": {"fixture-own", func(c *cluster) {
			c.Further.PodsIPv6, c.Unknown = prefixes("fd01::/56"), topology.Unknown{"ip_families"}
		}, nil, nil},
		"IPv6 Pod ranges of a profile that appends none": {
			"fixture-shared", func(c *cluster) { c.Further.PodsIPv6 = prefixes("fd01::/56") },
			one("it.further_pod_ipv6_cidrs", notAccepted("fd01::/56", topology.CannotAppend{
				Profile: shared, Ranges: "pods", Text: "as they grow", Sources: []string{"guide"},
			})), []string{"remove it.further_pod_ipv6_cidrs"},
		},
		"append_ranges of a profile that appends none": {
			"fixture-shared", func(c *cluster) { c.AppendRanges = []string{"services"} },
			one("it.append_ranges[0]", notAccepted("services", topology.CannotAppend{Profile: shared, Ranges: "services"})),
			[]string{"remove from it.append_ranges = services"},
		},
		"append_ranges of no kind": {
			"fixture-own", func(c *cluster) { c.AppendRanges = []string{"nodes"} },
			one("it.append_ranges[0]", notOneOf("nodes", profile.Appended)), nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cl := cluster{Name: "shop", VPC: "prod", Profile: test.profile, Need: profile.Need{MaxNodes: 10}}
			test.change(&cl)
			faults := topology.CheckCluster(here, cl, appending(t))
			wantFaults(t, faults, test.want)
			if test.options != nil {
				wantOptions(t, faults, test.options)
			}
		})
	}
}

// The first Service range is not listed again among the further ones.
func TestTheFirstServiceRangeIsNoFurtherOne(t *testing.T) {
	for given, want := range map[string]string{"10.2.0.0/24": "it.further_service_cidrs[0]", "10.3.0.0/24": "", "10.2.0.0/23": ""} {
		cl := topology.Cluster{
			Name: "shop", VPC: "prod", Profile: "fixture-own", Need: profile.Need{MaxNodes: 10}, ServiceCIDR: prefix("10.2.0.0/24"),
			AppendRanges: []string{"services"}, Further: profile.Further{Services: prefixes(given)},
		}
		at := ""
		for _, fault := range topology.CheckCluster(here, cl, appending(t)) {
			at += fault.At.String()
		}
		if at != want {
			t.Errorf("%s beside %v is reported at %q, want %q", given, cl.ServiceCIDR, at, want)
		}
	}
}
