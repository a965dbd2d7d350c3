package register_test

import (
	"fmt"
	"math/big"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/register"
)

func TestRows(t *testing.T) {
	for name, test := range map[string]struct{ claims, want []string }{
		"nothing":                 {nil, nil},
		"a supernet that is free": {[]string{"supernet k8s 10.0.0.0/8 k8s"}, []string{"free k8s 10.0.0.0/8"}},
		"a cluster in its supernet": {
			[]string{"supernet k8s 10.0.0.0/14 k8s", "pod shop 10.1.0.0/16 k8s"},
			[]string{"free k8s 10.0.0.0/16", "pod shop 10.1.0.0/16", "free k8s 10.2.0.0/15"},
		},
		"what it keeps": {
			[]string{"supernet k8s 10.0.0.0/15 k8s", "kept shop 10.0.0.0/16 k8s", "pod shop 10.0.0.0/17 k8s"},
			[]string{"pod shop 10.0.0.0/17", "kept shop 10.0.128.0/17", "free k8s 10.1.0.0/16"},
		},
		"what it keeps and has as a whole": {
			[]string{"kept shop 10.0.0.0/16 k8s", "pod shop 10.0.0.0/16 k8s"}, []string{"pod shop 10.0.0.0/16"},
		},
		"a range outside of all supernets": {
			[]string{"supernet k8s 10.0.0.0/16 k8s", "service shop 172.20.0.0/16 k8s"},
			[]string{"free k8s 10.0.0.0/16", "service shop 172.20.0.0/16"},
		},
		"a part that is delegated": {
			[]string{"supernet a 10.0.0.0/8 a", "reserved b 10.0.0.0/9 a", "supernet b 10.0.0.0/10 b"},
			[]string{"free b 10.0.0.0/10", "reserved b 10.64.0.0/10", "free a 10.128.0.0/9"},
		},
		"all of it is delegated": {
			[]string{"supernet b 10.0.0.0/8 b", "block b 10.0.0.0/8 z", "supernet z 10.0.0.0/8 z"}, []string{"free b 10.0.0.0/8"},
		},
		"one supernet for two": {[]string{"supernet a 10.0.0.0/8 a", "supernet b 10.0.0.0/8 b"}, []string{"free b 10.0.0.0/8"}},
		"another VRF": {
			[]string{"supernet a 10.0.0.0/15 a", "pod x 10.0.0.0/16 b red"}, []string{"free a 10.0.0.0/15", "pod x 10.0.0.0/16"},
		},
		"two VRFs of an allocator": {
			[]string{
				"supernet a 10.0.0.0/15 a red", "supernet a 10.0.0.0/15 a blue", "pod x 10.0.0.0/16 a red", "pod y 10.1.0.0/16 a blue",
			},
			[]string{"free a 10.0.0.0/16", "pod y 10.1.0.0/16", "pod x 10.0.0.0/16", "free a 10.1.0.0/16"},
		},
		"two clusters on one range": {
			[]string{"pod b 10.0.0.0/16 b", "pod a 10.0.0.0/16 a"}, []string{"pod a 10.0.0.0/16", "pod b 10.0.0.0/16"},
		},
		"reported twice": {[]string{"pod a 10.0.0.0/16 a", "pod a 10.0.0.0/16 a"}, []string{"pod a 10.0.0.0/16"}},
		"released by one that kept more": {
			[]string{"supernet a 10.0.0.0/14 a", "released x 10.0.0.0/16 a", "released x 10.0.0.0/18 a"},
			[]string{
				"released x 10.0.0.0/18", "released x 10.0.64.0/18", "released x 10.0.128.0/17", "free a 10.1.0.0/16", "free a 10.2.0.0/15",
			},
		},
		"released by two": {
			[]string{"released x 10.0.0.0/16 a", "released y 10.0.0.0/18 a"}, []string{"released x 10.0.0.0/16", "released y 10.0.0.0/18"},
		},
		"held in two VRFs": {
			[]string{"supernet a 10.0.0.0/15 - red", "pod x 10.0.0.0/16 - blue", "pod y 10.1.0.0/16 - red"},
			[]string{"pod x 10.0.0.0/16", "free a 10.0.0.0/16", "pod y 10.1.0.0/16"},
		},
		"both families": {
			[]string{"supernet a fd00::/15 a", "supernet a 10.0.0.0/15 a", "pod x fd00::/16 a"},
			[]string{"free a 10.0.0.0/15", "pod x fd00::/16", "free a fd01::/16"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range register.Rows(claims(test.claims...)) {
				got = append(got, fmt.Sprintf("%s %s %v", r.Kind, r.Owner, r.CIDR))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// Every address of a supernet is in exactly one row, whichever planners have blocks in it, as long as no two clusters
// have it; and the order of the claims never matters.
func TestRowsTileSupernets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := map[string]register.Claim{}
		var leaves []netip.Prefix
		var supernets []netip.Prefix
		for i := range rapid.IntRange(1, 12).Draw(t, "claims") {
			kind := rapid.SampledFrom([]string{"supernet", "pod", "service", "released", "kept", "reserved", "block", "supernet"}).
				Draw(t, "kind")
			bits := rapid.IntRange(24, 30).Draw(t, "bits")
			p := netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(rapid.IntRange(0, 255).Draw(t, "place"))}), bits).Masked()
			if rapid.Bool().Draw(t, "IPv6") {
				p = netip.PrefixFrom(netip.AddrFrom16([16]byte{0: 0xfd, 15: p.Addr().As4()[3]}), 96+bits).Masked()
			}
			c := register.Claim{
				Kind:      kind,
				Owner:     fmt.Sprint("o", i),
				CIDR:      p,
				Allocator: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "allocator"),
			}
			switch kind {
			case "pod", "service", "released":
				if slices.ContainsFunc(leaves, p.Overlaps) {
					continue
				}
				leaves = append(leaves, p)
				around := netip.PrefixFrom(p.Addr(), p.Bits()-1).Masked()
				if kind == "released" && !slices.ContainsFunc(leaves[:len(leaves)-1], around.Overlaps) &&
					rapid.Bool().Draw(t, "kept more") {
					leaves = append(leaves, around)
					kept := c
					kept.CIDR = around
					all[fmt.Sprint(i, "kept")] = kept
				}
			case "supernet":
				supernets = append(supernets, p)
				c.Owner = c.Allocator
			}
			all[fmt.Sprint(i)] = c
		}
		rows := register.Rows(all)
		for _, supernet := range supernets {
			covered, sum := cidr.Set{}, new(big.Int)
			for _, r := range rows {
				if shared, ok := cidr.Overlap(supernet, r.CIDR); ok {
					sum.Add(sum, cidr.Count(shared))
					covered = covered.Union(cidr.NewSet(shared))
				}
			}
			if !covered.Contains(supernet) || sum.Cmp(cidr.Count(supernet)) != 0 {
				t.Fatalf("supernet %v has rows for %v addresses: %+v", supernet, sum, rows)
			}
		}
		renamed := map[string]register.Claim{}
		for key, c := range all {
			renamed[fmt.Sprint(99-len(key), key)] = c
		}
		for _, format := range register.Formats {
			if register.Render(all, format, "en") != register.Render(renamed, format, "en") {
				t.Fatalf("%s depends on keys", format)
			}
		}
	})
}

// The diff of two registers is the change: one more range in use changes the rows that it is in, and no other
// row, nor the order of the others.
func TestAClaimChangesOnlyTheRowsThatItIsIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := claims(
			"supernet k8s 10.0.0.0/24 k8s", "supernet net 10.0.1.0/24 net", "block zone 10.0.1.0/26 net",
			"reserved later 10.0.0.128/26 k8s",
		)
		var used []netip.Prefix
		for i := range rapid.IntRange(1, 8).Draw(t, "ranges") {
			kind := rapid.SampledFrom([]string{"pod", "service", "released"}).Draw(t, "kind")
			p := netip.PrefixFrom(
				netip.AddrFrom4([4]byte{
					10, 0, byte(rapid.IntRange(0, 1).Draw(t, "third")), byte(rapid.IntRange(0, 255).Draw(t, "fourth")),
				}),
				rapid.IntRange(26, 30).Draw(t, "bits"),
			).
				Masked()
			if !slices.ContainsFunc(used, p.Overlaps) {
				used = append(used, p)
				all[fmt.Sprint("c", i)] = register.Claim{Kind: kind, Owner: fmt.Sprint("o", i), CIDR: p, Allocator: "k8s"}
			}
		}
		was := strings.Split(register.Render(all, "csv", "en"), "\n")
		last := used[len(used)-1]
		for key, c := range all {
			if c.CIDR == last && c.Allocator == "k8s" && strings.HasPrefix(key, "c") {
				delete(all, key)
			}
		}
		now := strings.Split(register.Render(all, "csv", "en"), "\n")
		left := func(rows, others []string) []string {
			return slices.DeleteFunc(slices.Clone(rows), func(row string) bool { return slices.Contains(others, row) })
		}
		removed, added := left(was, now), left(now, was)
		within := netip.MustParsePrefix(strings.Split(added[0], ",")[1])
		if len(added) != 1 || !within.Overlaps(last) {
			t.Fatalf("without %s there are\n%s\nin place of\n%s", last, strings.Join(added, "\n"), strings.Join(removed, "\n"))
		}
		for _, row := range removed {
			if p := netip.MustParsePrefix(strings.Split(row, ",")[1]); !within.Overlaps(p) {
				t.Errorf("without %s the row of %s is gone", last, p)
			}
		}
		if !slices.Equal(left(was, removed), left(now, added)) {
			t.Error("other rows stand in another order")
		}
	})
}
