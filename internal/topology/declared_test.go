package topology_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func flag(b bool) *bool { return &b }

func TestRouteOccupies(t *testing.T) {
	tests := map[string]struct {
		route topology.Route
		want  bool
	}{
		"a route counts as in use":                 {topology.Route{Destination: prefix("10.1.0.0/16")}, true},
		"also when it says that it is no summary":  {topology.Route{Destination: prefix("10.1.0.0/16"), Summary: flag(false)}, true},
		"a summary does not":                       {topology.Route{Destination: prefix("10.0.0.0/8"), Summary: flag(true)}, false},
		"a whole private block does until it says": {topology.Route{Destination: prefix("10.0.0.0/8")}, true},
		"a default route never does":               {topology.Route{Destination: prefix("0.0.0.0/0")}, false},
		"nor when it says that it is no summary":   {topology.Route{Destination: prefix("0.0.0.0/0"), Summary: flag(false)}, false},
		"nor the default route of IPv6":            {topology.Route{Destination: prefix("::/0")}, false},
		"half of all addresses does":               {topology.Route{Destination: prefix("0.0.0.0/1")}, true},
		"a destination that is not known does not": {topology.Route{Destination: netip.Prefix{}}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.route.Occupies(); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestOnlyPeeringsAndTransitsLeadToMembers(t *testing.T) {
	lead := map[string][]topology.Connection{"peering": {topology.ThroughPeering}, "transit": {topology.ThroughHub}}
	for _, hop := range append([]string{""}, topology.NextHops...) {
		if got := (topology.Route{NextHop: hop}).MayLeadOver(); !slices.Equal(got, lead[hop]) {
			t.Errorf("next hop %q: got %v, want %v", hop, got, lead[hop])
		}
	}
	if got := (topology.Route{Unknown: topology.Unknown{"next_hop"}}).MayLeadOver(); len(got) != 2 {
		t.Errorf("next hop that is not known yet: got %v", got)
	}
}

func TestRoutesThatMayLeadToANode(t *testing.T) {
	for _, hop := range append([]string{""}, topology.NextHops...) {
		if got := (topology.Route{NextHop: hop}).LeadsToInstance(); got != (hop == "instance") {
			t.Errorf("next hop %q: got %v", hop, got)
		}
	}
	for attribute, want := range map[string]bool{"next_hop": true, "destination": false, topology.Everything: true} {
		if got := (topology.Route{Unknown: unknown{attribute}}).LeadsToInstance(); got != want {
			t.Errorf("%s is not known yet: got %v", attribute, got)
		}
	}
}

func TestUnknownHas(t *testing.T) {
	tests := map[string]struct {
		unknown topology.Unknown
		want    bool
	}{
		"nothing is unknown":    {nil, false},
		"the attribute is":      {topology.Unknown{"hubs", "vrf"}, true},
		"another one is":        {topology.Unknown{"hubs"}, false},
		"everything is unknown": {topology.Unknown{topology.Everything}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.unknown.Has("vrf"); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestPlatformOfAVPCIsGenericUnlessItSays(t *testing.T) {
	if got := topology.PlatformOf(topology.VPC{}); got != "generic" {
		t.Errorf("got %q, want generic", got)
	}
	if got := topology.PlatformOf(topology.VPC{Platform: "aws"}); got != "aws" {
		t.Errorf("got %q, want aws", got)
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

// What existing gives for a use is beside what the configuration gives, and changes neither.
func TestRangesThatAreGivenForOtherUses(t *testing.T) {
	given := map[string][]netip.Prefix{"join": prefixes("100.64.0.0/16")}
	existing := map[string][]netip.Prefix{"join": prefixes("100.65.0.0/16"), "transit": prefixes("100.88.0.0/16")}
	c := topology.Cluster{OtherRanges: given, OtherExisting: topology.OtherExisting{Ranges: existing}}
	if got := fmt.Sprint(c.GivenOtherRanges()); got != "map[join:[100.64.0.0/16 100.65.0.0/16] transit:[100.88.0.0/16]]" {
		t.Errorf("both: %s", got)
	}
	if len(given["join"]) != 1 || len(existing["join"]) != 1 {
		t.Errorf("what was given became %v, and %v", given, existing)
	}
	c.OtherExisting = topology.OtherExisting{}
	if got := fmt.Sprint(c.GivenOtherRanges()); got != "map[join:[100.64.0.0/16]]" {
		t.Errorf("the configuration alone: %s", got)
	}
	for want, c := range map[bool]topology.Cluster{
		false: {Unknown: topology.Unknown{"max_nodes"}}, true: {OtherExisting: topology.OtherExisting{Unknown: true}},
	} {
		if got := c.OtherRangesUnknown(); got != want {
			t.Errorf("%+v: unknown: %t", c, got)
		}
	}
	if !(topology.Cluster{Unknown: topology.Unknown{"other_ranges"}}).OtherRangesUnknown() {
		t.Error("other_ranges that are not known are known")
	}
}
