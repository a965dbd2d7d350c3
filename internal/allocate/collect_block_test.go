package allocate

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWhichRangeABlockGets(t *testing.T) {
	type edits = []func(*Request)
	both := supernets("10.0.0.0/16", "fd00::/32")
	tests := map[string]struct {
		edits edits
		want  map[string]string
	}{
		"the first place": {edits{ofLength("a", 24)}, map[string]string{"a": "10.0.0.0/24"}},
		"the largest first, then by name": {
			edits{ofLength("c", 24), ofLength("b", 20), ofLength("a", 24)},
			map[string]string{"a": "10.0.16.0/24", "b": "10.0.0.0/20", "c": "10.0.17.0/24"},
		},
		"the smallest free block that fits": {
			edits{reserved("x", "10.0.64.0/24"), ofLength("a", 24)},
			map[string]string{"a": "10.0.65.0/24"},
		},
		"a whole supernet": {edits{ofLength("a", 16)}, map[string]string{"a": "10.0.0.0/16"}},
		"one address":      {edits{ofLength("a", 32)}, map[string]string{"a": "10.0.0.0/32"}},
		"beside a pin": {
			edits{block("a", topology.Block{CIDR: prefix("10.0.0.0/24")}), ofLength("b", 24)},
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24"},
		},
		"beside what another one holds": {
			edits{holds("a", "10.0.0.0/24"), ofLength("a", 24), ofLength("b", 24)},
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24"},
		},
		"beside what an undeclared one holds": {
			edits{holds("x", "10.0.0.0/24"), ofLength("b", 24)},
			map[string]string{"b": "10.0.1.0/24"},
		},
		"earlier supernets fill first": {
			edits{supernets("10.9.0.0/16", "10.0.0.0/24"), ofLength("a", 24)},
			map[string]string{"a": "10.9.0.0/24"},
		},
		"IPv4 where nothing gives the family": {edits{both, ofLength("a", 20)}, map[string]string{"a": "10.0.0.0/20"}},
		"IPv6 by its length":                  {edits{both, ofLength("a", 64)}, map[string]string{"a": "fd00::/64"}},
		"IPv6 where it is asked for": {
			edits{both, block("a", topology.Block{PrefixLength: 32, Family: "ipv6"})},
			map[string]string{"a": "fd00::/32"},
		},
		"IPv6 where all supernets are": {edits{supernets("fd00::/16"), ofLength("a", 24)}, map[string]string{"a": "fd00::/24"}},
		"IPv6 with more than 32 new bits": {
			edits{supernets("fd00::/32"), ofLength("a", 128), ofLength("b", 127), ofLength("c", 64)},
			map[string]string{"a": "fd00:0:0:1::2/128", "b": "fd00:0:0:1::/127", "c": "fd00::/64"},
		},
		"IPv6 by a pin": {
			edits{block("a", topology.Block{CIDR: prefix("fd00::/64")})},
			map[string]string{"a": "fd00::/64"},
		},
		"by addresses, all of them usable": {
			edits{block("a", topology.Block{Addresses: 256})},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"by addresses without those that Alibaba Cloud reserves": {
			edits{block("a", topology.Block{Addresses: 252, Platform: "alicloud"})},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"by one more": {
			edits{block("a", topology.Block{Addresses: 253, Platform: "alicloud"})},
			map[string]string{"a": "10.0.0.0/23"},
		},
		"by addresses without five": {
			edits{
				block("a", topology.Block{Addresses: 251, Platform: "huaweicloud"}),
				block("b", topology.Block{Addresses: 252, Platform: "huaweicloud"}),
			},
			map[string]string{"a": "10.0.2.0/24", "b": "10.0.0.0/23"},
		},
		"by addresses without three": {
			edits{
				block("a", topology.Block{Addresses: 253, Platform: "tencentcloud"}),
				block("b", topology.Block{Addresses: 254, Platform: "tencentcloud"}),
			},
			map[string]string{"a": "10.0.2.0/24", "b": "10.0.0.0/23"},
		},
		"never smaller than the platform takes": {
			edits{block("a", topology.Block{Addresses: 1, Platform: "alicloud"})},
			map[string]string{"a": "10.0.0.0/29"},
		},
		"by addresses in IPv6": {
			edits{supernets("fd00::/64"), block("a", topology.Block{Addresses: 257})},
			map[string]string{"a": "fd00::/119"},
		},
		"nothing that no network can use": {
			edits{supernets("127.0.0.0/16", "10.1.0.0/16"), ofLength("a", 24)},
			map[string]string{"a": "10.1.0.0/24"},
		},
		"no blocks": {nil, map[string]string{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := planned(t, blocks(test.edits...))
			wantBlocks(t, got, test.want)
			wantFindings(t, got)
			for _, f := range got.Faults {
				_, outside := f.Problem.(OutsideSupernets)
				_, unusable := f.Problem.(UnusableSupernet)
				if !outside && !unusable {
					t.Errorf("reported: %v", f)
				}
			}
		})
	}
}

func TestBlocksInConflict(t *testing.T) {
	pin := func(name, text string) func(*Request) { return block(name, topology.Block{CIDR: prefix(text)}) }
	tests := map[string]struct {
		r    Request
		want []string
	}{
		"pins that are disjoint": {blocks(pin("a", "10.0.0.0/24"), pin("b", "10.0.1.0/24")), nil},
		"pins on each other": {
			blocks(pin("a", "10.0.0.0/24"), pin("b", "10.0.0.0/23")),
			[]string{"error block_overlaps_block a 10.0.0.0/24 b 10.0.0.0/23"},
		},
		"a pin on what is held": {
			blocks(pin("a", "10.0.0.0/24"), holds("b", "10.0.0.0/24"), ofLength("b", 24)),
			[]string{"error block_overlaps_block a 10.0.0.0/24 b 10.0.0.0/24"},
		},
		"a pin on what is reserved": {
			blocks(
				pin("a", "10.0.0.0/24"),
				reserved("x", "10.0.0.0/20"),
			), []string{"error block_overlaps_reserved a 10.0.0.0/24 x 10.0.0.0/20"},
		},
		"a pin on what an undeclared one holds": {
			blocks(pin("a", "10.0.0.0/24"), holds("x", "10.0.0.0/25")),
			[]string{"error block_overlaps_existing a 10.0.0.0/24 x 10.0.0.0/25"},
		},
		"a pin on released ranges": {
			blocks(
				pin("a", "10.0.0.0/24"),
				existing("x", Existing{CIDR: prefix("10.0.0.0/25"), Cluster: "x"}),
			),
			[]string{"error block_overlaps_released a 10.0.0.0/24 x 10.0.0.0/25"},
		},
		"a pin that no network can use": {
			blocks(supernets("127.0.0.0/8"), pin("a", "127.0.0.0/24")),
			[]string{"error block_in_forbidden_range a 127.0.0.0/24"},
		},
		"an IPv6 pin that no network has": {
			blocks(supernets("fe80::/10"), pin("a", "fe80::/64")),
			[]string{"error block6_in_forbidden_range a fe80::/64"},
		},
		"a pin outside of all is no error": {blocks(pin("a", "192.168.0.0/24")), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Plan(test.r, profile.Default())
			wantFindings(t, got, test.want...)
			for _, f := range got.Findings {
				if missing := undescribed(f, profile.Default()); missing != "" {
					t.Error(missing)
				}
			}
		})
	}
}

func TestABlockOutsideTheSupernetsIsAWarning(t *testing.T) {
	pinned := blocks(block("a", topology.Block{CIDR: prefix("192.168.0.0/24")}))
	wantFaults(
		t,
		Plan(pinned, profile.Default()).Faults,
		problem{
			At:      `blocks["a"].cidr`,
			Problem: OutsideSupernets{Block: "a", Range: prefix("192.168.0.0/24"), From: prefixes("10.0.0.0/16")},
			Warn:    true,
		},
	)
	held := applied(t, blocks(ofLength("a", 24)))
	held.Supernets = prefixes("10.1.0.0/16")
	wantFaults(
		t,
		Plan(held, profile.Default()).Faults,
		problem{
			At:      `blocks["a"]`,
			Problem: OutsideSupernets{Block: "a", Range: prefix("10.0.0.0/24"), From: prefixes("10.1.0.0/16")},
			Warn:    true,
		},
	)
}

// Many blocks outside of the supernets are one warning that lists all: Terraform shows the first of several.
func TestBlocksOutsideTheSupernetsAreOneWarning(t *testing.T) {
	outside := func(i int) OutsideSupernets {
		return OutsideSupernets{Block: fmt.Sprint("b", i), Range: prefix(fmt.Sprintf("192.168.%d.0/24", i)), From: prefixes("10.0.0.0/16")}
	}
	r, all := blocks(), outside(0)
	for i := range 5 {
		block(outside(i).Block, topology.Block{CIDR: outside(i).Range})(&r)
		if i > 0 {
			all.Others = append(all.Others, outside(i))
		}
	}
	wantFaults(t, Plan(r, profile.Default()).Faults, problem{At: "blocks", Problem: all, Warn: true})
}

func TestManyBlocksKeepTheirPlacesWhenOneComesInFront(t *testing.T) {
	r := blocks()
	for i := range 40 {
		ofLength(fmt.Sprintf("b%02d", i), 24)(&r)
	}
	r = applied(t, r)
	was := r.Prior.Allocations
	got := planned(t, edited(r, ofLength("a", 22), ofLength("b000", 24)))
	for name, a := range was {
		if got.Allocations[name].Block != a.Block {
			t.Errorf("%s moved from %v to %v", name, a.Block, got.Allocations[name].Block)
		}
	}
}

// Blocks of one size are equal, so that it does not matter to the search which of them gets which range.
func TestBlocksOfOneSizeAreOneGroup(t *testing.T) {
	r := blocks(ofLength("d", 26))
	for _, name := range []string{"a", "b", "c"} {
		ofLength(name, 24)(&r)
	}
	situation, c := collectedOf(t, r, profile.Default())
	if groups := placementProblem(r, situation.separation(), c, c.demands).Groups; len(groups) != 2 {
		t.Errorf("%d groups", len(groups))
	}
}

// A thousand blocks are planned at once.
func BenchmarkBlocks(b *testing.B) {
	r := blocks(supernets("10.0.0.0/8"))
	for i := range 1000 {
		ofLength(fmt.Sprint("b", i), 22+i%5)(&r)
	}
	for b.Loop() {
		planned(b, r)
	}
}

// A block is no cluster: its claims and demands have no profile, network or mesh, however it gets its range. Only the addresses that
// blocks can have are known of it.
func TestClaimsOfBlocksHaveNothingOfAClaimOfACluster(t *testing.T) {
	r := blocks(
		ofLength("new", 24), block("pinned", topology.Block{CIDR: prefix("10.0.9.0/24")}), ofLength("adopted", 24),
		holds("adopted", "10.0.8.0/24"), ofLength("held", 24), ofLength("released", 24),
	)
	r.AllowClassE = true
	_, c := collectedOf(t, r, profile.Default().AllowingClassE())
	result := planned(t, edited(applied(t, r), withoutClusters("released")))
	claims, of := slices.Clone(result.Claims), map[conflict.Kind]int{}
	for _, d := range c.demands {
		claims = append(claims, d.claims...)
	}
	for _, claim := range claims {
		if of[claim.Kind]++; !reflect.DeepEqual(claim.ClusterRange, conflict.ClusterRange{}) || claim.Network != "" {
			t.Errorf("claim of %s to %s: %+v in network %q", claim.Owner, claim.Range, claim.ClusterRange, claim.Network)
		}
		if claim.Addresses.ClassE != (claim.Kind == conflict.Block) {
			t.Errorf("claim of %s to %s: %+v", claim.Owner, claim.Range, claim.Addresses)
		}
	}
	if of[conflict.Block] != 4+len(c.demands) || of[conflict.Released] != 1 || len(c.demands) != 3 || len(result.Profiles) > 0 {
		t.Errorf("claims %v, %d demands, profiles %v", of, len(c.demands), result.Profiles)
	}
}
