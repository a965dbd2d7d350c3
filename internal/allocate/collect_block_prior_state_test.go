package allocate

import (
	"maps"
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// wantBlocksReleased compares the released ranges, written "block range", by key.
func wantBlocksReleased(t *testing.T, got Result, want map[string]string) {
	t.Helper()
	texts := map[string]string{}
	for key, r := range got.Released {
		texts[key] = r.Cluster + " " + r.Block.String()
	}
	if !maps.Equal(texts, want) {
		t.Errorf("released: got %v, want %v", texts, want)
	}
}

// moving gives block a a token.
func moving(token string) func(*Request) {
	return func(r *Request) { r.Renumber = map[string]string{"a": token} }
}

func TestMemoryOfBlocks(t *testing.T) {
	both := applied(t, blocks(ofLength("a", 24), ofLength("b", 24)))
	bGone := applied(t, both, withoutClusters("b"))
	moved := applied(t, both, moving("one"))
	tests := map[string]struct {
		r               Request
		edit            func(*Request)
		holds, released map[string]string
	}{
		"what is held stays, whatever comes": {
			both,
			ofLength("0", 20),
			map[string]string{"0": "10.0.16.0/20", "a": "10.0.0.0/24", "b": "10.0.1.0/24"},
			map[string]string{},
		},
		"what one releases stays reserved": {
			both,
			withoutClusters("b"),
			map[string]string{"a": "10.0.0.0/24"},
			map[string]string{"b": "b 10.0.1.0/24"},
		},
		"nobody gets it": {
			bGone,
			ofLength("c", 24),
			map[string]string{"a": "10.0.0.0/24", "c": "10.0.2.0/24"},
			map[string]string{"b": "b 10.0.1.0/24"},
		},
		"the same name gets it back": {
			bGone,
			ofLength("b", 24),
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24"},
			map[string]string{},
		},
		"with a smaller need, too": {
			bGone,
			ofLength("b", 26),
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24"},
			map[string]string{},
		},
		"not with a larger one": {
			bGone,
			ofLength("b", 23),
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.2.0/23"},
			map[string]string{"b": "b 10.0.1.0/24"},
		},
		"not in the other family": {
			bGone,
			block("b", topology.Block{CIDR: prefix("fd00::/64")}),
			map[string]string{"a": "10.0.0.0/24", "b": "fd00::/64"},
			map[string]string{"b": "b 10.0.1.0/24"},
		},
		"reclaim frees it": {
			bGone,
			func(r *Request) { ofLength("c", 24)(r); r.Reclaim = []string{"b"} },
			map[string]string{"a": "10.0.0.0/24", "c": "10.0.1.0/24"},
			map[string]string{},
		},
		"everyone's is used last": {
			bGone,
			func(r *Request) { ofLength("c", 24)(r); r.Reclaim = []string{everyone} },
			map[string]string{"a": "10.0.0.0/24", "c": "10.0.2.0/24"},
			map[string]string{"b": "b 10.0.1.0/24"},
		},
		"and used where there is no other": {bGone, func(r *Request) {
			ofLength("c", 24)(r)
			r.Reclaim, r.Supernets = []string{everyone}, prefixes("10.0.0.0/23")
		}, map[string]string{"a": "10.0.0.0/24", "c": "10.0.1.0/24"}, map[string]string{}},
		"a new token moves": {
			both,
			moving("one"),
			map[string]string{"a": "10.0.2.0/24", "b": "10.0.1.0/24"},
			map[string]string{"a": "a 10.0.0.0/24"},
		},
		"it acts once": {
			moved,
			moving("one"),
			map[string]string{"a": "10.0.2.0/24", "b": "10.0.1.0/24"},
			map[string]string{"a": "a 10.0.0.0/24"},
		},
		"a rename in previous_names carries over": {
			both,
			func(r *Request) { withoutClusters("b")(r); ofLength("c", 24, had("b"))(r) },
			map[string]string{"a": "10.0.0.0/24", "c": "10.0.1.0/24"},
			map[string]string{},
		},
		"sizes may go once it is held": {
			both,
			block("a", topology.Block{}),
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24"},
			map[string]string{},
		},
		"a pin to what is held": {
			both,
			block("a", topology.Block{CIDR: prefix("10.0.0.0/24")}),
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24"},
			map[string]string{},
		},
		"addresses that it serves": {
			both,
			block("a", topology.Block{Addresses: 252, Platform: "alicloud"}),
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24"},
			map[string]string{},
		},
		"a supernet that goes moves nothing": {
			both,
			supernets("10.1.0.0/16"),
			map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24"},
			map[string]string{},
		},
		"what a lock lists as released stays reserved": {blocks(), func(r *Request) {
			existing("x", Existing{CIDR: prefix("10.0.0.0/24"), Cluster: "x"})(r)
			ofLength("a", 24)(r)
		}, map[string]string{"a": "10.0.1.0/24"}, map[string]string{"x": "x 10.0.0.0/24"}},
		"and its owner gets it back": {blocks(), func(r *Request) {
			existing("x", Existing{CIDR: prefix("10.0.9.0/24"), Cluster: "x"})(r)
			ofLength("x", 24)(r)
		}, map[string]string{"x": "10.0.9.0/24"}, map[string]string{}},
		"an entry of existing stays once it is held": {
			applied(t, blocks(ofLength("a", 24), holds("a", "10.0.7.0/24"))),
			func(r *Request) { r.Existing = nil },
			map[string]string{"a": "10.0.7.0/24"},
			map[string]string{},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := edited(test.r, test.edit)
			got := planned(t, r)
			wantBlocks(t, got, test.holds)
			wantBlocksReleased(t, got, test.released)
			again := planned(t, after(r, got))
			if !reflect.DeepEqual(again.Allocations, got.Allocations) || !reflect.DeepEqual(again.Released, got.Released) {
				t.Errorf("planned again: %v, released %v", ranges(again), again.Released)
			}
		})
	}
}

func had(name string) func(*topology.Block) {
	return func(b *topology.Block) { b.PreviousNames = []string{name} }
}

func TestWhatABlockCannotChange(t *testing.T) {
	held := profile.Ranges{Block: prefix("10.0.0.0/24")}
	both := applied(t, blocks(ofLength("a", 24), ofLength("b", 24)))
	six := applied(t, blocks(supernets("fd00::/48"), ofLength("a", 120)))
	changed := func(argument string, was, wanted any) Changed {
		return Changed{Cluster: "a", Argument: argument, Held: was, Wanted: wanted}
	}
	tests := map[string]struct {
		r    Request
		want problem
	}{
		"another pin": {
			edited(both, block("a", topology.Block{CIDR: prefix("10.0.9.0/24")})),
			problem{At: `blocks["a"].cidr`, Problem: changed("cidr", prefix("10.0.0.0/24"), prefix("10.0.9.0/24"))},
		},
		"another family": {
			edited(both, block("a", topology.Block{PrefixLength: 24, Family: "ipv6"})),
			problem{At: `blocks["a"].ip_family`, Problem: changed("ip_family", "ipv4", "ipv6")},
		},
		"a length of the other": {
			edited(both, ofLength("a", 64)),
			problem{At: `blocks["a"].prefix_length`, Problem: changed("prefix_length", 24, 64)},
		},
		"more by its length": {
			edited(both, ofLength("a", 23)),
			problem{At: `blocks["a"].prefix_length`, Problem: Outgrown{Cluster: "a", Wanted: 23, Largest: 24, Held: held}},
		},
		"more addresses": {
			edited(both, block("a", topology.Block{Addresses: 253, Platform: "alicloud"})),
			problem{At: `blocks["a"].addresses`, Problem: Outgrown{Cluster: "a", Wanted: 253, Largest: 252, Held: held}},
		},
		"more addresses in IPv6": {
			edited(six, block("a", topology.Block{Addresses: 257})),
			problem{
				At:      `blocks["a"].addresses`,
				Problem: Outgrown{Cluster: "a", Wanted: 257, Largest: 256, Held: profile.Ranges{Block: prefix("fd00::/120")}},
			},
		},
		"existing at odds with the state": {
			edited(
				both,
				holds("a", "10.0.9.0/24"),
			), problem{
				At:      `existing["a"].cidr`,
				Problem: ContradictsState{Cluster: "a", Held: prefix("10.0.0.0/24"), Given: prefix("10.0.9.0/24")},
			},
		},
		"a guarded one that is not declared": {
			edited(
				both, withoutClusters("a"), func(r *Request) { r.PreventRelease = []string{"a"} },
			), problem{At: "prevent_release", Problem: ReleasePrevented{Cluster: "a", Held: held}},
		},
		"a guarded one that is renumbered": {
			edited(
				both, moving("1"), func(r *Request) { r.PreventRelease = []string{everyone} },
			), problem{At: "prevent_release", Problem: ReleasePrevented{Cluster: "a", Held: held, Renumbered: true}},
		},
		"one that restored state does not know": {
			edited(
				both, ofLength("c", 24), func(r *Request) { r.Prior = &Prior{Allocations: r.Prior.Allocations, Imported: true} },
			), problem{At: `blocks["c"]`, Problem: UnknownToImport{Cluster: "c"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Plan(test.r, profile.Default())
			if !got.Failed() {
				t.Error("the plan does not fail")
			}
			var errors []topology.Fault
			for _, f := range got.Faults {
				if !f.Warn {
					errors = append(errors, f)
				}
			}
			wantFaults(t, errors, test.want)
		})
	}
}

func TestAnUndeclaredBlockMayHaveAnotherName(t *testing.T) {
	r := applied(t, blocks(ofLength("a", 24), ofLength("b", 24)))
	for length, likely := range map[int][]LikelyRename{24: {{Former: []string{"b"}, New: []string{"c"}, SameSizes: true}}, 25: nil} {
		got := planned(t, edited(r, withoutClusters("b"), ofLength("c", length)))
		want := NoLongerDeclared{
			By: "net", Former: []FormerCluster{{"b", profile.Ranges{Block: prefix("10.0.1.0/24")}}}, New: []string{"c"}, Likely: likely,
		}
		wantFaults(t, got.Faults, problem{At: "blocks", Problem: want, Warn: true})
	}
}

// A conflict that prior state held already does not stop the plan.
func TestAPreExistingConflictOfBlocksWarns(t *testing.T) {
	r := applied(t, blocks(ofLength("a", 24)))
	r = edited(r, reserved("x", "10.0.0.0/20"))
	wantFindings(t, Plan(r, profile.Default()), "error block_overlaps_reserved a 10.0.0.0/24 x 10.0.0.0/20")
	r.Prior.Facts.Reserved = maps.Clone(r.Facts.Reserved)
	wantFindings(t, planned(t, edited(r, ofLength("b", 24))), "warn block_overlaps_reserved a 10.0.0.0/24 x 10.0.0.0/20")
}
