package topology_test

import (
	"net/netip"
	"os"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestCheckOtherRanges(t *testing.T) {
	catalog, err := profile.Load(os.DirFS("../profile/testdata/fictitious_other"))
	if err != nil {
		t.Fatal(err)
	}
	both := []string{"ipv4", "ipv6"}
	ranges := func(use string, texts ...string) map[string][]netip.Prefix {
		return map[string][]netip.Prefix{use: prefixes(texts...)}
	}
	tests := map[string]struct {
		cluster topology.Cluster
		want    []found
	}{
		"none": {topology.Cluster{Profile: "other-default"}, nil},
		"one":  {topology.Cluster{Profile: "other-default", OtherRanges: ranges("join", "10.9.0.0/16")}, nil},
		"one of each family": {topology.Cluster{Profile: "other-default", IPFamilies: both, OtherRanges: ranges("join",
			"10.9.0.0/16", "fd99::/64")}, nil},
		"one of a cluster whose profile is to come": {
			topology.Cluster{Unknown: topology.Unknown{"profile"}, OtherRanges: ranges("jion", "10.9.0.0/16")}, nil,
		},
		"several where any number is accepted": {
			topology.Cluster{Profile: "other-unique", OtherRanges: ranges("remote_nodes", "10.9.0.0/16", "10.10.0.0/16",
				"10.11.0.0/16")}, nil,
		},
		"an empty list without a default": {topology.Cluster{Profile: "other-unique", OtherRanges: ranges("remote_nodes")}, nil},
		"an empty list in place of a default": {
			topology.Cluster{Profile: "other-default", OtherRanges: ranges("masquerade")},
			one(`it.other_ranges["masquerade"]`, topology.Empty{Reason: topology.DefaultInUse{
				Title: "masquerade subnet", Ranges: prefixes("169.254.0.0/17"),
			}}),
		},
		"a list that is to come": {
			topology.Cluster{Profile: "other-default", OtherRanges: ranges("masquerade"), Unknown: topology.Unknown{"other_ranges"}}, nil,
		},
		"a name that the profile lacks": {
			topology.Cluster{Profile: "other-default", OtherRanges: ranges("jion", "10.9.0.0/16")},
			one(`it.other_ranges["jion"]`, topology.Undeclared{
				Kind: topology.OtherRangeName, Name: "jion", Known: []string{"join", "masquerade"},
			}),
		},
		"a profile without other ranges": {
			topology.Cluster{Profile: "ack-flannel", OtherRanges: ranges("join", "10.9.0.0/16")},
			one(`it.other_ranges["join"]`, topology.NotAccepted{
				Value: []string{"10.9.0.0/16"}, Reason: topology.NoOtherRanges{Profile: "ACK with Flannel"},
			}),
		},
		"a range that cannot be read of a profile without other ranges": {
			topology.Cluster{Profile: "ack-flannel", OtherRanges: map[string][]netip.Prefix{"join": {{}, prefix("10.9.0.0/16")}}},
			one(`it.other_ranges["join"]`, topology.NotAccepted{
				Value: []string{"10.9.0.0/16"}, Reason: topology.NoOtherRanges{Profile: "ACK with Flannel"},
			}),
		},
		"two where one is accepted": {
			topology.Cluster{Profile: "other-default", OtherRanges: ranges("join", "10.9.0.0/16", "10.10.0.0/16")},
			one(`it.other_ranges["join"]`, topology.TooMany{
				Of: topology.ListedRanges, Count: 2, Max: 1, Limit: topology.Limit{Profile: "Fictitious with ranges of its own"},
			}),
		},
		"two of IPv6 where one is accepted": {
			topology.Cluster{Profile: "other-default", IPFamilies: both, OtherRanges: ranges("join", "fd98::/64", "fd99::/64")},
			one(`it.other_ranges["join"]`, topology.TooMany{
				Of: topology.ListedRanges, Count: 2, Max: 1, Limit: topology.Limit{Profile: "Fictitious with ranges of its own"},
			}),
		},
		"two that overlap": {
			topology.Cluster{Profile: "other-unique", OtherRanges: ranges("remote_nodes", "10.9.0.0/16", "10.9.1.0/24")},
			one(`it.other_ranges["remote_nodes"][1]`, topology.RangesOverlap{A: prefix("10.9.1.0/24"), B: prefix("10.9.0.0/16")}),
		},
		"IPv6 for a use that has none": {
			topology.Cluster{Profile: "other-default", IPFamilies: both, OtherRanges: ranges("masquerade", "fd69::/112")},
			one(`it.other_ranges["masquerade"][0]`, topology.WrongFamily{Range: prefix("fd69::/112"), Want: "IPv4"}),
		},
		"IPv6 for a cluster that has none": {
			topology.Cluster{Profile: "other-default", OtherRanges: ranges("join", "fd98::/64")},
			one(`it.other_ranges["join"][0]`, topology.NotAccepted{Value: "fd98::/64", Reason: topology.IPv6NotRequested{}}),
		},
		"IPv6 for a cluster that may have it": {
			topology.Cluster{
				Profile: "other-default", OtherRanges: ranges("join", "fd98::/64"), Unknown: topology.Unknown{"ip_families"},
			}, nil,
		},
		"a range that cannot be read": {
			topology.Cluster{Profile: "other-default", OtherRanges: map[string][]netip.Prefix{"join": {{}}}}, nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.cluster.Name, test.cluster.VPC = "it", "home"
			from := catalog
			if test.cluster.Profile == "ack-flannel" {
				from = profile.Default()
			}
			wantFaults(t, topology.CheckCluster(here, test.cluster, from), test.want)
		})
	}
}

func TestOptionsOfOtherRanges(t *testing.T) {
	catalog, err := profile.Load(os.DirFS("../profile/testdata/fictitious_other"))
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		profile, use string
		ranges       []netip.Prefix
		dual         bool
		want         []string
	}{
		"an empty list": {"other-default", "join", nil, false, []string{`remove it.other_ranges["join"]`}},
		"too many": {
			"other-default", "join", prefixes("10.9.0.0/16", "fd98::/64", "10.10.0.0/16"), true,
			[]string{`set it.other_ranges["join"] = [10.9.0.0/16 fd98::/64]`},
		},
		"too many, one of which cannot be read": {
			"other-default", "join", append([]netip.Prefix{{}}, prefixes("10.9.0.0/16", "10.10.0.0/16")...), false,
			[]string{`set it.other_ranges["join"] = [10.9.0.0/16]`},
		},
		"IPv6": {
			"other-default", "join", prefixes("fd98::/64"), false,
			[]string{`remove from it.other_ranges["join"] = fd98::/64`, "set it.ip_families = [ipv4 ipv6]"},
		},
		"IPv6 of a profile that has none": {
			"other-container", "cluster_network", prefixes("fd98::/64"), false, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			cl := topology.Cluster{
				Name: "it", VPC: "home", Profile: test.profile, OtherRanges: map[string][]netip.Prefix{test.use: test.ranges},
			}
			if test.dual {
				cl.IPFamilies = topology.Families
			}
			wantOptions(t, topology.CheckCluster(here, cl, catalog), test.want)
		})
	}
}

// An option never asks for a range that could not be read.
func TestOptionsOfTooManyPodRanges(t *testing.T) {
	cl := topology.Cluster{Name: "it", VPC: "home", Profile: "ack-flannel"}
	cl.PodCIDRs = append([]netip.Prefix{{}}, prefixes("10.9.0.0/16", "10.10.0.0/16")...)
	cl.Need.NodeMask = 25
	wantOptions(t, topology.CheckCluster(here, cl, profile.Default()), []string{"set it.pod_cidrs = [10.9.0.0/16]"})
}
