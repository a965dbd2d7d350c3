package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// meeting is a finding of two claims, or of one.
func meeting(code, shared string, a conflict.Claim, b ...conflict.Claim) conflict.Finding {
	f := conflict.Finding{Code: code, A: a}
	if shared != "" {
		f.Shared = prefix(shared)
	}
	if len(b) > 0 {
		f.B = &b[0]
	}
	return f
}

func counts(code string, what conflict.Unit, n int64, a conflict.Claim) conflict.Finding {
	return conflict.Finding{Code: code, A: a, Number: conflict.Figure{Unit: what, Value: n}}
}

func part(c conflict.Claim, name string) conflict.Claim {
	c.Part = name
	return c
}

func TestKeysOfEveryKindOfFinding(t *testing.T) {
	shop, data := at(
		claim("pod", "shop", "home", "ack-flannel"),
		"10.64.0.0/20",
	), at(
		claim("pod", "data", "home", "ack-flannel"),
		"10.64.0.0/16",
	)
	services := at(claim("service", "shop", "home", "ack-flannel"), "10.64.0.0/24")
	route, block := part(at(claim("route", "", "home", ""), "10.64.0.0/16"), "vpn"), at(claim("vpc", "", "home", ""), "10.64.0.0/12")
	subnet := part(at(claim("subnet", "", "home", ""), "10.64.0.0/20"), "vpn")
	six := at(claim("service", "six", "pal", "cce-turbo"), "fc00::/112")
	tests := map[string]struct {
		finding conflict.Finding
		want    string
	}{
		"two clusters": {
			meeting("pod_overlaps_cluster_pod", "10.64.0.0/20", shop, data),
			"pod_overlaps_cluster_pod|10.64.0.0/20|data+shop",
		},
		"ranges of one cluster": {
			meeting("pod_overlaps_service", "10.64.0.0/24", shop, services),
			"pod_overlaps_service|10.64.0.0/24|shop",
		},
		"a route by its name": {
			meeting("pod_overlaps_route", "10.64.0.0/20", shop, route),
			"pod_overlaps_route|10.64.0.0/20|home:vpn+shop",
		},
		"a block": {
			meeting("pod_overlaps_vpc", "10.64.0.0/20", shop, block),
			"pod_overlaps_vpc|10.64.0.0/20|home+shop",
		},
		"a range alone": {
			meeting("pod_in_forbidden_range", "10.64.0.0/20", shop),
			"pod_in_forbidden_range|10.64.0.0/20|shop",
		},
		"a range of IPv6": {
			meeting("service6_out_of_allowed_range", "fc00::/112", six),
			"service6_out_of_allowed_range|fc00::/112|six",
		},
		"a subnet that holds Pods": {
			meeting("pod_subnet_prefix_out_of_range", "10.64.0.0/20", part(shop, "a")),
			"pod_subnet_prefix_out_of_range|10.64.0.0/20|shop:a",
		},
		"a route by its destination": {
			meeting("pod_overlaps_route", "10.64.0.0/20", shop, part(route, "::/0")),
			"pod_overlaps_route|10.64.0.0/20|home:%3A%3A/0+shop",
		},
		"a subnet by its name": {
			meeting("route_in_subnet", "10.64.0.0/24", part(route, "web"), subnet),
			"route_in_subnet|10.64.0.0/24|home:subnet:vpn+home:web",
		},
		"a route whose name looks like a subnet": {
			meeting("pod_overlaps_route", "10.64.0.0/20", shop, part(route, "subnet:a")),
			"pod_overlaps_route|10.64.0.0/20|home:subnet%3Aa+shop",
		},
		"a route by a sentence": {
			meeting("pod_overlaps_route", "10.64.0.0/20", shop, part(route, "10.0.0.0/8 via a|b+c")),
			"pod_overlaps_route|10.64.0.0/20|home:10.0.0.0/8 via a%7Cb%2Bc+shop",
		},
		"a name in Chinese": {
			meeting("pod_in_forbidden_range", "10.64.0.0/20", claim("pod", "生产网络", "home", "ack-flannel")),
			"pod_in_forbidden_range|10.64.0.0/20|生产网络",
		},
		"nodes of a cluster": {counts("nodes_over_cap", "nodes", 2001, shop), "nodes_over_cap|nodes=2001|shop"},
		"node blocks of a cluster": {
			counts("node_mask_difference_over_16", "bits", 18, shop),
			"node_mask_difference_over_16|bits=18|shop",
		},
		"routes of a VPC, not a cluster": {counts("route_quota_exceeded", "routes", 261, shop), "route_quota_exceeded|routes=261|home"},
		"addresses of a VPC, not a tenant": {
			counts("pod_subnets_too_small", "addresses", 452, shop),
			"pod_subnets_too_small|addresses=452|home",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			key := test.finding.Key()
			if key.String() != test.want {
				t.Errorf("got %s, want %s", key, test.want)
			}
			wantRead(t, key)
			if f := test.finding; f.B != nil {
				f.A, f.B = *f.B, ref(f.A)
				if turned := f.Key().String(); turned != test.want {
					t.Errorf("with the parties in the other order: got %s, want %s", turned, test.want)
				}
			}
			if group := (conflict.Group{Findings: []conflict.Finding{test.finding}}).Keys()[0]; group.String() != test.want {
				t.Errorf("of a group of this one: got %s, want %s", group, test.want)
			}
		})
	}
}

// wantRead reads the text of a key and wants the key.
func wantRead(t interface{ Errorf(string, ...any) }, key conflict.Key) {
	read, ok := conflict.ParseKey(key.String())
	if diff := cmp.Diff(key, read, cmpopts.EquateComparable(netip.Prefix{})); !ok || diff != "" {
		t.Errorf("%s is read as another key (%t): %s", key, ok, diff)
	}
}

func TestTextsThatAreNoKeys(t *testing.T) {
	const good = "pod_overlaps_route|10.64.0.0/20|prod:vpn+shop"
	if _, ok := conflict.ParseKey(good); !ok {
		t.Fatalf("%s is refused", good)
	}
	if key, ok := conflict.ParseKey("nodes_over_cap|nodes=0|shop"); !ok || key.Number != (conflict.Figure{Unit: conflict.Nodes}) {
		t.Errorf("a number of none is read as %+v, %t", key, ok)
	}
	for name, text := range map[string]string{
		"nothing":                    "",
		"only a rule":                "pod_overlaps_route",
		"no parties":                 "pod_overlaps_route|10.64.0.0/20",
		"empty parties":              "pod_overlaps_route|10.64.0.0/20|",
		"an empty party":             "pod_overlaps_route|10.64.0.0/20|shop+",
		"no rule":                    "|10.64.0.0/20|shop",
		"one part too many":          good + "|more",
		"no range":                   "pod_overlaps_route||shop",
		"an address":                 "pod_overlaps_route|10.64.0.0|shop",
		"a range with host bits set": "pod_overlaps_route|10.64.0.1/20|shop",
		"a word for a range":         "pod_overlaps_route|everything|shop",
		"a number of nothing":        "nodes_over_cap|=7|shop",
		"a number without a figure":  "nodes_over_cap|nodes=|shop",
		"a number that is a word":    "nodes_over_cap|nodes=many|shop",
		"a number below nothing":     "nodes_over_cap|nodes=-1|shop",
		"an escape that is none":     "pod_overlaps_route|10.64.0.0/20|prod:%zz+shop",
		"a route of nobody":          "pod_overlaps_route|10.64.0.0/20|:vpn+shop",
		"a number beyond all counts": "nodes_over_cap|nodes=9223372036854775808|shop",
	} {
		if key, ok := conflict.ParseKey(text); ok {
			t.Errorf("%s is taken: %q is read as %+v", name, text, key)
		}
	}
}

func TestWhatAKeyCovers(t *testing.T) {
	const route, nodes = "pod_overlaps_route|10.64.0.0/20|data+prod:vpn+shop", "nodes_over_cap|nodes=2001|shop"
	const inSubnet = "route_in_subnet|10.0.0.0/24|v:a+v:subnet:b"
	tests := map[string]struct {
		factKey, of string
		want        bool
	}{
		"itself":                                           {route, route, true},
		"parties in another order":                         {route, "pod_overlaps_route|10.64.0.0/20|shop+prod:vpn+data", true},
		"part of the range":                                {route, "pod_overlaps_route|10.64.8.0/24|data+prod:vpn+shop", true},
		"some of the parties":                              {route, "pod_overlaps_route|10.64.0.0/20|prod:vpn+shop", true},
		"not a range that grew":                            {route, "pod_overlaps_route|10.64.0.0/19|data+prod:vpn+shop", false},
		"not a range beside it":                            {route, "pod_overlaps_route|10.64.16.0/20|data+prod:vpn+shop", false},
		"not a party that is new":                          {route, "pod_overlaps_route|10.64.0.0/20|new+prod:vpn+shop", false},
		"not another route of the VPC":                     {route, "pod_overlaps_route|10.64.0.0/20|prod:idc+shop", false},
		"a route in a subnet":                              {inSubnet, inSubnet, true},
		"not a route and a subnet with each other's names": {inSubnet, "route_in_subnet|10.0.0.0/24|v:b+v:subnet:a", false},
		"not a key without the mark of the subnet":         {"route_in_subnet|10.0.0.0/24|v:a+v:b", inSubnet, false},
		"not another rule":                                 {route, "pod_overlaps_vpc|10.64.0.0/20|data+prod:vpn+shop", false},
		"not a number for a range":                         {route, "pod_overlaps_route|nodes=1|shop", false},
		"the number itself":                                {nodes, nodes, true},
		"a smaller number":                                 {nodes, "nodes_over_cap|nodes=2000|shop", true},
		"not a larger number":                              {nodes, "nodes_over_cap|nodes=2002|shop", false},
		"not a number of something else":                   {nodes, "nodes_over_cap|pods=2001|shop", false},
		"not a number of another cluster":                  {nodes, "nodes_over_cap|nodes=2001|data", false},
		"not a range for a number":                         {nodes, "nodes_over_cap|10.64.0.0/20|shop", false},
		"an object without a range":                        {"object_unplaced|none|a", "object_unplaced|none|a", true},
		"not another object without a range":               {"object_unplaced|none|a", "object_unplaced|none|b", false},
		"not a range for none":                             {"network_gone|none|a", "network_gone|10.0.0.0/16|a", false},
		"not none for a range":                             {"network_gone|10.0.0.0/16|a", "network_gone|none|a", false},
		"all of IPv4 is not all of IPv6":                   {"pod_overlaps_route|0.0.0.0/0|a+b", "pod_overlaps_route|fd00::/64|a+b", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			key, ok := conflict.ParseKey(test.factKey)
			of, fine := conflict.ParseKey(test.of)
			if !ok || !fine {
				t.Fatalf("%s or %s is no key", test.factKey, test.of)
			}
			if got := key.Covers(of); got != test.want {
				t.Errorf("got %t, want %t", got, test.want)
			}
		})
	}
}

// A part may be given with the signs of its name as they are, where they divide nothing.
func TestAPartIsReadAsItIsWritten(t *testing.T) {
	for _, text := range []string{"prod:%3A%3A/0", "prod:::/0", "prod:%3a%3a/0"} {
		key, ok := conflict.ParseKey("pod_overlaps_route|fd00::/64|" + text + "+shop")
		if want := "pod_overlaps_route|fd00::/64|prod:%3A%3A/0+shop"; !ok || key.String() != want {
			t.Errorf("%s is read as %s", text, key)
		}
	}
}

// Two findings of one rule and range have one key only if they have the same parties, whatever these are called.
func TestKeysOfDifferentPartiesDiffer(t *testing.T) {
	name := rapid.OneOf(
		rapid.SampledFrom([]string{"a", "b", "a/b", "生产"}), rapid.StringMatching(`[a-b%|+:@$ /\n]{1,6}`), rapid.StringN(1, 8, -1),
	)
	side := func(t *rapid.T, label string) (conflict.Claim, string) {
		c := claim("pod", name.Draw(t, label), "home", "ack-flannel")
		switch more := name.Draw(t, label+" more"); rapid.IntRange(0, 2).Draw(t, label+" kind") {
		case 1:
			c.Part = more
		case 2:
			c.Source, c.Holder = conflict.OtherWorkspace, more
		}
		return c, fmt.Sprintf("%q %q %t %q", c.Owner, c.Part, c.Foreign(), c.Holder)
	}
	rapid.Check(t, func(t *rapid.T) {
		var keys []conflict.Key
		var parties [][]string
		for _, label := range []string{"first", "second"} {
			a, one := side(t, label+" a")
			b, other := side(t, label+" b")
			keys = append(keys, meeting("code", "10.64.0.0/20", a, b).Key())
			all := []string{one, other}
			slices.Sort(all)
			parties = append(parties, slices.Compact(all))
		}
		wantRead(t, keys[0])
		if same := slices.Equal(parties[0], parties[1]); same != (keys[0].String() == keys[1].String()) {
			t.Fatalf("%q and %q have the keys %s and %s", parties[0], parties[1], keys[0], keys[1])
		}
	})
}
