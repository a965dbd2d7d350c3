package conflict_test

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// at gives a claim a range.
func at(c conflict.Claim, text string) conflict.Claim {
	c.Range = prefix(text)
	return c
}

// lines writes findings as the tables do, in the order in which Sort puts them.
func lines(findings []conflict.Finding) []string {
	conflict.Sort(findings)
	var out []string
	for _, f := range findings {
		line := fmt.Sprintf("%v %s: %s %v", f.Rule.Level, f.Code, f.A.Owner, f.A.Range)
		if f.B != nil {
			line += fmt.Sprintf(" and %s %v", f.B.Owner, f.B.Range)
		}
		out = append(out, line+fmt.Sprintf(" share %v", f.Shared))
	}
	return out
}

func wantLines(t *testing.T, findings []conflict.Finding, want ...string) {
	t.Helper()
	if got := lines(findings); !slices.Equal(got, want) {
		t.Errorf("findings:\n got %q\nwant %q", got, want)
	}
}

func TestOverlapsOfEachKind(t *testing.T) {
	pod := func(owner, network, text string) conflict.Claim {
		return at(claim("pod", owner, network, "ack-flannel"), text)
	}
	vpc := func(network, text string) conflict.Claim { return at(claim("vpc", "", network, ""), text) }
	tests := map[string]struct {
		claims []conflict.Claim
		want   []string
	}{
		"side by side": {[]conflict.Claim{pod("a", "home", "10.0.0.0/16"), pod("b", "home", "10.1.0.0/16")}, nil},
		"one range twice": {
			[]conflict.Claim{pod("b", "home", "10.0.0.0/16"), pod("a", "home", "10.0.0.0/16")},
			[]string{"error pod_overlaps_cluster_pod: a 10.0.0.0/16 and b 10.0.0.0/16 share 10.0.0.0/16"},
		},
		"one inside the other": {
			[]conflict.Claim{vpc("home", "10.0.0.0/8"), pod("a", "home", "10.7.0.0/16")},
			[]string{"error pod_overlaps_vpc: a 10.7.0.0/16 and home 10.0.0.0/8 share 10.7.0.0/16"},
		},
		"one around the other": {
			[]conflict.Claim{vpc("home", "10.7.0.0/16"), pod("a", "home", "10.0.0.0/8")},
			[]string{"error pod_overlaps_vpc: a 10.0.0.0/8 and home 10.7.0.0/16 share 10.7.0.0/16"},
		},
		"the last of several inside": {
			[]conflict.Claim{
				pod("a", "home", "10.0.0.0/8"),
				pod("a", "apart", "10.0.0.0/16"),
				pod("b", "apart", "10.1.0.0/16"),
				vpc("home", "10.255.0.0/16"),
			},
			[]string{"error pod_overlaps_vpc: a 10.0.0.0/8 and home 10.255.0.0/16 share 10.255.0.0/16"},
		},
		"the innermost with all around it": {
			[]conflict.Claim{pod("a", "home", "10.0.0.0/8"), vpc("apart", "10.1.0.0/16"), vpc("home", "10.1.2.0/24")},
			[]string{"error pod_overlaps_vpc: a 10.0.0.0/8 and home 10.1.2.0/24 share 10.1.2.0/24"},
		},
		"where they do not meet": {
			[]conflict.Claim{pod("a", "home", "10.0.0.0/16"), pod("b", "vrf", "10.0.0.0/16"), pod("c", "apart", "10.0.0.0/16")},
			nil,
		},
		"two families never meet": {[]conflict.Claim{pod("a", "home", "0.0.0.0/0"), vpc("home", "::/0")}, nil},
		"IPv6 meets IPv6": {
			[]conflict.Claim{pod("a", "home", "fd00::/56"), vpc("home", "fd00::/48")},
			[]string{"error pod_overlaps_vpc: a fd00::/56 and home fd00::/48 share fd00::/56"},
		},
		"what has no range yet shares none": {
			[]conflict.Claim{
				claim("pod", "a", "home", "ack-flannel"),
				pod("b", "home", "0.0.0.0/0"),
				claim("pod", "c", "home", "ack-flannel"),
			},
			nil,
		},
		"nothing is claimed": {nil, nil},
		"all pairs of three, serious or not": {
			[]conflict.Claim{
				pod("a", "home", "10.0.0.0/16"),
				at(claim("service", "a", "home", "ack-flannel"), "10.0.0.0/20"),
				at(claim("service", "b", "home", "ack-flannel"), "10.0.0.0/24"),
			},
			[]string{
				"error pod_overlaps_service: a 10.0.0.0/16 and a 10.0.0.0/20 share 10.0.0.0/20",
				"error pod_overlaps_cluster_service: a 10.0.0.0/16 and b 10.0.0.0/24 share 10.0.0.0/24",
				"warn service_overlaps_cluster_service: a 10.0.0.0/20 and b 10.0.0.0/24 share 10.0.0.0/24",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := slices.Clone(test.claims)
			wantLines(t, world().Overlaps(test.claims), test.want...)
			if !reflect.DeepEqual(before, test.claims) {
				t.Error("the claims were changed")
			}
			slices.Reverse(test.claims)
			wantLines(t, world().Overlaps(test.claims), test.want...)
		})
	}
}

// The first party of a finding is the one that moves more easily.
func TestOverlapsNamesTheOneThatMovesFirst(t *testing.T) {
	pinned := func(c conflict.Claim) conflict.Claim { c.Source = conflict.Pinned; return c }
	pods := func(owner string) conflict.Claim {
		return at(claim("pod", owner, "home", "ack-flannel"), "10.0.0.0/16")
	}
	services := func(owner string) conflict.Claim {
		return at(claim("service", owner, "home", "ack-flannel"), "10.0.0.0/20")
	}
	block := at(claim("vpc", "", "home", ""), "10.0.0.0/24")
	tests := map[string]struct{ a, b conflict.Claim }{
		"Pods before Services":                   {pods("b"), services("a")},
		"Services before a VPC":                  {services("z"), block},
		"pinned before allocated":                {pinned(pods("b")), pods("a")},
		"by kind even when the other is pinned":  {pods("b"), pinned(services("a"))},
		"by name when both are allocated":        {pods("a"), pods("b")},
		"by name when both are pinned":           {pinned(pods("a")), pinned(pods("b"))},
		"a VPC before a reservation's neighbour": {pods("a"), at(claim("reserved", "lb", "", ""), "10.0.0.0/28")},
		"a VPC before a site": {
			at(claim("vpc", "", "home", ""), "10.0.0.0/24"),
			at(claim("site", "", "site-hub", ""), "10.0.0.0/8"),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, claims := range [][]conflict.Claim{{test.a, test.b}, {test.b, test.a}} {
				findings := world().Overlaps(claims)
				if len(findings) != 1 {
					t.Fatalf("%d findings", len(findings))
				}
				if f := findings[0]; f.A.ID() != test.a.ID() || f.B.ID() != test.b.ID() {
					t.Errorf("first %+v, then %+v", f.A.ID(), f.B.ID())
				}
			}
		})
	}
}

func TestOverlappingPairsAreCounted(t *testing.T) {
	ranges := func(texts ...string) []conflict.Claim {
		var claims []conflict.Claim
		for _, text := range texts {
			claims = append(claims, podsOf("c", text))
		}
		return claims
	}
	for name, test := range map[string]struct {
		claims []conflict.Claim
		want   int
	}{
		"no claims":                      {nil, 0},
		"one claim":                      {ranges("10.0.0.0/16"), 0},
		"ranges side by side":            {ranges("10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"), 0},
		"one inside of another":          {ranges("10.0.0.0/24", "10.0.0.0/16"), 1},
		"three equal ranges":             {ranges("10.0.0.0/16", "10.0.0.0/16", "10.0.0.0/16"), 3},
		"three nested ranges":            {ranges("10.0.0.0/8", "10.0.0.0/24", "10.0.0.0/16"), 3},
		"two inside of one":              {ranges("10.0.0.0/24", "10.0.0.0/16", "10.0.1.0/24"), 2},
		"nested ranges beside a further": {ranges("10.0.0.0/16", "10.0.0.0/24", "10.1.0.0/16", "10.1.1.0/24"), 2},
		"two families":                   {ranges("0.0.0.0/0", "::/0"), 0},
	} {
		if got := conflict.OverlappingPairs(test.claims); got != test.want {
			t.Errorf("%s: got %d, want %d", name, got, test.want)
		}
	}
}

func TestOverlapsCarryHubAndThird(t *testing.T) {
	pod := func(owner, network string) conflict.Claim {
		return at(claim("pod", owner, network, "ack-flannel"), "10.0.0.0/16")
	}
	for network, want := range map[string][2]string{"hub": {"cen", ""}, "pal": {"", ""}, "third": {"", "pal"}} {
		findings := world().Overlaps([]conflict.Claim{pod("a", "home"), pod("b", network)})
		if len(findings) != 1 || findings[0].Hub != want[0] || findings[0].Third != want[1] || findings[0].Rule.Text == "" {
			t.Errorf("%s: got %+v, want hub and third %q", network, findings, want)
		}
	}
}

// rangedClaim draws a claim with a range of a small universe, so that many overlap.
func rangedClaim(t *rapid.T) conflict.Claim {
	c := anyClaim(t, "claim")
	base := rapid.SampledFrom([]string{"10.0.0.0/24", "10.0.0.0/24", "10.0.1.0/24", "fd00::/120"}).Draw(t, "base")
	whole := prefix(base)
	length := whole.Bits() - 2 + rapid.IntRange(0, 7).Draw(t, "longer")
	raw := whole.Addr().AsSlice()
	raw[len(raw)-1] = byte(rapid.IntRange(0, 255).Draw(t, "last byte"))
	addr, _ := netip.AddrFromSlice(raw)
	c.Range = netip.PrefixFrom(addr, length).Masked()
	return c
}

// TestOverlapsAgreesWithAllPairs looks at every pair of claims, in the order in which they come.
func TestOverlapsAgreesWithAllPairs(t *testing.T) {
	w := world()
	rapid.Check(t, func(t *rapid.T) {
		claims := rapid.SliceOfN(rapid.Custom(rangedClaim), 0, 30).Draw(t, "claims")
		var want []string
		for i, a := range claims {
			for _, b := range claims[:i] {
				v, broken := w.Check(a, b)
				if !broken || !a.Range.Overlaps(b.Range) {
					continue
				}
				shared := a.Range
				if b.Range.Bits() > a.Range.Bits() {
					shared = b.Range
				}
				parties := []string{fmt.Sprint(a.ID()), fmt.Sprint(b.ID())}
				slices.Sort(parties)
				want = append(want, fmt.Sprint(parties, v.Code, v.Rule.Text, v.Hub, v.Third, shared))
			}
		}
		slices.Sort(want)
		var got []string
		for _, f := range w.Overlaps(claims) {
			parties := []string{fmt.Sprint(f.A.ID()), fmt.Sprint(f.B.ID())}
			slices.Sort(parties)
			got = append(got, fmt.Sprint(parties, f.Code, f.Rule.Text, f.Hub, f.Third, f.Shared))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("findings:\n got %q\nwant %q", got, want)
		}
	})
}

// Whatever order the claims come in, the same findings come out in the same order.
func TestFindingsDoNotDependOnTheOrderOfClaims(t *testing.T) {
	w := world()
	rapid.Check(t, func(t *rapid.T) {
		claims := rapid.SliceOfNDistinct(rapid.Custom(rangedClaim), 0, 30, func(c conflict.Claim) conflict.ID { return c.ID() }).
			Draw(t, "claims")
		find := func(claims []conflict.Claim) []conflict.Finding {
			findings := append(w.Overlaps(claims), conflict.Ranges(claims)...)
			conflict.Sort(findings)
			return findings
		}
		want := find(claims)
		shuffled := rapid.Permutation(claims).Draw(t, "shuffled")
		if got := find(shuffled); !reflect.DeepEqual(got, want) {
			t.Fatalf("shuffled:\n got %q\nwant %q", lines(got), lines(want))
		}
		if !slices.IsSortedFunc(want, func(a, b conflict.Finding) int { return int(b.Level()) - int(a.Level()) }) {
			t.Fatalf("not the serious ones first: %q", lines(want))
		}
	})
}
