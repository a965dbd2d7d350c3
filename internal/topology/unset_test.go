package topology_test

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// unsetOf returns the clusters among faults whose IPv6 Service range Terraform cannot set, by the places of the
// faults.
func unsetOf(t *testing.T, faults []topology.Fault) map[string][]topology.UnsetCluster {
	t.Helper()
	all := map[string][]topology.UnsetCluster{}
	for _, f := range faults {
		if of, is := f.Problem.(topology.UnsetByTerraform); is {
			if !f.Warn {
				t.Errorf("%s is refused, not warned of", f.At)
			}
			all[f.At.String()] = of.Clusters
		}
	}
	return all
}

func TestIPv6ServiceRangesThatTerraformCannotSet(t *testing.T) {
	type cluster = topology.Cluster
	both := []string{"ipv4", "ipv6"}
	tests := map[string]struct {
		profile string
		change  func(*cluster)
		warned  bool
	}{
		"CCE Turbo with IPv4":          {"cce-turbo", func(c *cluster) { c.IPFamilies = nil }, false},
		"CCE Turbo with both families": {"cce-turbo", func(c *cluster) {}, true},
		"CCE Turbo with a pin": {
			"cce-turbo",
			func(c *cluster) { c.ServiceIPv6CIDR = prefix("fc00:1::/112") },
			true,
		},
		"CCE Turbo with a longer part of what CCE takes": {
			"cce-turbo",
			func(c *cluster) { c.ServiceIPv6CIDR = prefix("fc00::/113") },
			true,
		},
		"CCE Turbo pinned to what CCE takes": {
			"cce-turbo",
			func(c *cluster) { c.ServiceIPv6CIDR = prefix("fc00::/112") },
			false,
		},
		"CCE Turbo with a pin that is not known yet": {
			"cce-turbo",
			func(c *cluster) { c.Unknown = unknown{"service_ipv6_cidr"} },
			false,
		},
		"CCE Turbo with families that are not known yet": {
			"cce-turbo",
			func(c *cluster) { c.IPFamilies, c.Unknown = nil, unknown{"ip_families"} },
			false,
		},
		"CCSE with calico and both families": {"ccse-calico", func(c *cluster) {}, true},
		"CCSE with calico and a pin": {
			"ccse-calico",
			func(c *cluster) { c.ServiceIPv6CIDR = prefix("fc00::/112") },
			true,
		},
		"CCSE with cubecni and both families":             {"ccse-cubecni", func(c *cluster) {}, true},
		"CCE Autopilot, where the platform chooses":       {"cce-autopilot", func(c *cluster) {}, false},
		"TKE with VPC-CNI, where the platform chooses":    {"tke-vpc-cni", func(c *cluster) {}, false},
		"a self-managed cluster, whose installer sets it": {"kubernetes-routed", func(c *cluster) {}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p, _ := profile.Default().Profile(test.profile)
			c := cluster{Name: "shop", VPC: "prod", Profile: test.profile, Need: profile.Need{MaxNodes: 10}, IPFamilies: both}
			test.change(&c)
			got := unsetOf(t, topology.CheckCluster(here, c, profile.Default()))
			want := map[string][]topology.UnsetCluster{}
			if test.warned {
				want["it.ip_families"] = []topology.UnsetCluster{{Cluster: "shop", Profile: p, Pinned: c.ServiceIPv6CIDR}}
			}
			if len(got) != len(want) || !slices.Equal(got["it.ip_families"], want["it.ip_families"]) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

// The warning comes exactly where the data says that no argument holds the range, for every profile.
func TestIPv6ServiceRangesAreReportedAsTheDataSays(t *testing.T) {
	rapid.Check(t, func(t2 *rapid.T) {
		name := rapid.SampledFrom(profile.Default().Names()).Draw(t2, "profile")
		p, _ := profile.Default().Profile(name)
		c := topology.Cluster{Name: "shop", VPC: "prod", Profile: name}
		c.IPFamilies = rapid.SampledFrom([][]string{nil, {"ipv4"}, {"ipv4", "ipv6"}}).Draw(t2, "families")
		pins := []netip.Prefix{{}, prefix("fc00::/112"), prefix("fc00:1::/112"), prefix("fd00::/112"), p.IPv6.Unset.Takes}
		c.ServiceIPv6CIDR = rapid.SampledFrom(pins).Draw(t2, "pin")
		data := p.IPv6.Unset.Text != "" && len(c.IPFamilies) == 2
		same := c.ServiceIPv6CIDR.IsValid() && c.ServiceIPv6CIDR == p.IPv6.Unset.Takes
		if got := len(unsetOf(t, topology.CheckCluster(here, c, profile.Default()))); (got == 1) != (data && !same) || got > 1 {
			t2.Fatalf("%d warnings; the data says %+v", got, p.IPv6.Unset)
		}
	})
}

// A mirror cluster has the families and the pin of its original, and is reported with its own name.
func TestMirrorClustersAreReportedWithTheirOriginals(t *testing.T) {
	turbo := topology.Cluster{VPC: "prod", Profile: "cce-turbo", PodSubnets: names(1), IPFamilies: []string{"ipv4", "ipv6"}}
	for pin, want := range map[string][]string{
		"": {"clusters[\"blue\"].ip_families", "clusters[\"shop\"].ip_families"}, "fc00::/112": nil,
	} {
		first := turbo
		if pin != "" {
			first.ServiceIPv6CIDR = prefix(pin)
		}
		mirror := topology.Cluster{VPC: "dr", Profile: "cce-turbo", PodSubnets: names(1), SameAs: "shop"}
		facts := topology.Facts{Clusters: map[string]topology.Cluster{"shop": first, "blue": mirror}}
		got := unsetOf(t, topology.Check(facts, profile.Default()))
		if len(got) != len(want) {
			t.Errorf("pin %q: got %v, want %v", pin, got, want)
		}
		for _, at := range want {
			if len(got[at]) != 1 {
				t.Errorf("pin %q: nothing at %s", pin, at)
			}
		}
	}
}

func TestOneWarningListsAllClustersThatDoNotExist(t *testing.T) {
	turbo := topology.Cluster{VPC: "prod", Profile: "cce-turbo", PodSubnets: names(1), IPFamilies: []string{"ipv4", "ipv6"}}
	facts := topology.Facts{Clusters: map[string]topology.Cluster{"d": turbo, "c": turbo, "b": turbo, "a": turbo}}
	faults := topology.Check(facts, profile.Default())
	others := len(faults) - 4
	listed := func(exists ...string) (at string, clusters []string, rest int) {
		gathered := topology.GatherUnset(faults, func(name string) bool { return slices.Contains(exists, name) })
		for place, all := range unsetOf(t, gathered) {
			if at != "" {
				t.Errorf("two warnings: %s and %s", at, place)
			}
			at, rest = place, -1
			for _, c := range all {
				clusters = append(clusters, c.Cluster)
			}
		}
		return at, clusters, rest + len(gathered)
	}
	for name, test := range map[string]struct {
		exists, want []string
		at           string
	}{
		"all are new":    {nil, []string{"a", "b", "c", "d"}, `clusters["a"].ip_families`},
		"some exist":     {[]string{"a", "c"}, []string{"b", "d"}, `clusters["b"].ip_families`},
		"all four exist": {[]string{"a", "b", "c", "d"}, nil, ""},
	} {
		if at, got, rest := listed(test.exists...); at != test.at || !slices.Equal(got, test.want) || rest != others {
			t.Errorf("%s: got %v at %q and %d other faults, want %v at %q and %d", name, got, at, rest, test.want, test.at, others)
		}
	}
}
