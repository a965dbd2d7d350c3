package allocate

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// blocks is a request of blocks over 10.0.0.0/16. Edits change it.
func blocks(edits ...func(*Request)) Request {
	r := Request{
		Name: "net", Blocks: true, Supernets: prefixes("10.0.0.0/16"), Existing: map[string]Existing{},
		Facts: topology.Facts{Clusters: map[string]topology.Cluster{}, Reserved: map[string]topology.Reserved{}},
	}
	for _, edit := range edits {
		edit(&r)
	}
	return r
}

func block(name string, b topology.Block, edits ...func(*topology.Cluster)) func(*Request) {
	return func(r *Request) {
		cl := topology.Cluster{Profile: profile.Block, Block: &b}
		for _, edit := range edits {
			edit(&cl)
		}
		r.Facts.Clusters[name] = cl
	}
}

// ofLength is a block of a prefix length.
func ofLength(name string, length int, edits ...func(*topology.Cluster)) func(*Request) {
	return block(name, topology.Block{PrefixLength: length}, edits...)
}

// holds says in existing what a block holds.
func holds(name, text string) func(*Request) {
	return existing(name, Existing{PodCIDRs: prefixes(text), Profile: profile.Block})
}

// ranges are those of a result, by block.
func ranges(r Result) map[string]string {
	texts := map[string]string{}
	for name, a := range r.Allocations {
		texts[name] = list(a.Pods)
	}
	return texts
}

func wantBlocks(t *testing.T, got Result, want map[string]string) {
	t.Helper()
	if !maps.Equal(ranges(got), want) {
		t.Errorf("blocks: got %v, want %v\n%s", ranges(got), want, told(got))
	}
}

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
		"by addresses net of what ACK's VPC has": {
			edits{block("a", topology.Block{Addresses: 252, Platform: "alicloud"})},
			map[string]string{"a": "10.0.0.0/24"},
		},
		"by one more": {
			edits{block("a", topology.Block{Addresses: 253, Platform: "alicloud"})},
			map[string]string{"a": "10.0.0.0/23"},
		},
		"by addresses net of five": {
			edits{
				block("a", topology.Block{Addresses: 251, Platform: "huaweicloud"}),
				block("b", topology.Block{Addresses: 252, Platform: "huaweicloud"}),
			},
			map[string]string{"a": "10.0.2.0/24", "b": "10.0.0.0/23"},
		},
		"by addresses net of three": {
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
					t.Errorf("told: %v", f)
				}
			}
		})
	}
}

func TestHowABlockCannotBeServed(t *testing.T) {
	alibaba := profile.Default().Platform("alicloud")
	tests := map[string]struct {
		r    Request
		want []problem
	}{
		"none of the sizes": {
			blocks(block("a", topology.Block{})), []problem{{At: `blocks["a"]`, Problem: topology.Empty{Reason: BlockWithoutSize{"a"}}}},
		},
		"two of them": {
			blocks(block("a", topology.Block{PrefixLength: 24, Addresses: 3})),
			[]problem{
				{At: `blocks["a"].addresses`, Problem: topology.NotAccepted{Value: "3", Reason: topology.SizeGiven{Argument: "prefix_length", Value: "24"}}},
			},
		},
		"a size beside a pin": {
			blocks(block("a", topology.Block{PrefixLength: 24, CIDR: prefix("10.0.0.0/24")})),
			[]problem{
				{At: `blocks["a"].cidr`, Problem: topology.NotAccepted{Value: "10.0.0.0/24", Reason: topology.SizeGiven{Argument: "prefix_length", Value: "24"}}},
			},
		},
		"a length of neither family": {
			blocks(ofLength("a", 129)),
			[]problem{{At: `blocks["a"].prefix_length`, Problem: topology.OutOfRange{Value: 129, Min: 1, Max: 128}}},
		},
		"a length below one": {
			blocks(ofLength("a", -1)),
			[]problem{{At: `blocks["a"].prefix_length`, Problem: topology.OutOfRange{Value: -1, Min: 1, Max: 128}}},
		},
		"an IPv6 length in IPv4": {
			blocks(
				block("a", topology.Block{PrefixLength: 33, Family: "ipv4"}),
			), []problem{{At: `blocks["a"].prefix_length`, Problem: topology.OutOfRange{Value: 33, Min: 1, Max: 32}}},
		},
		"addresses below one": {
			blocks(block("a", topology.Block{Addresses: -5})),
			[]problem{{At: `blocks["a"].addresses`, Problem: topology.OutOfRange{Value: -5, Min: 1}}},
		},
		"a pin of the other family": {
			blocks(
				block("a", topology.Block{CIDR: prefix("10.0.0.0/24"), Family: "ipv6"}),
			), []problem{{At: `blocks["a"].ip_family`, Problem: topology.Contradicting{Value: "ipv6", Other: "cidr = 10.0.0.0/24", Gives: "ipv4"}}},
		},
		"a family that is none": {
			blocks(
				block("a", topology.Block{PrefixLength: 24, Family: "v6"}),
			), []problem{{At: `blocks["a"].ip_family`, Problem: topology.NotOneOf{Value: "v6", Allowed: topology.Families}}},
		},
		"a platform that is none": {
			blocks(
				block("a", topology.Block{PrefixLength: 24, Platform: "ali"}),
			), []problem{{At: `blocks["a"].platform`, Problem: topology.NotOneOf{Value: "ali", Allowed: profile.Default().Platforms()}}},
		},
		"a name that is none": {
			blocks(ofLength("a b", 24)),
			[]problem{{At: `blocks["a b"]`, Problem: topology.BadName{Name: "a b", Bad: " ", Position: 2}}},
		},
		"more addresses than the platform has in a subnet": {
			blocks(block("a", topology.Block{Addresses: 65533, Platform: "alicloud"})),
			[]problem{{At: `blocks["a"].addresses`, Problem: BlockSizeNotServed{Block: "a", Platform: alibaba, SizeError: &profile.SizeError{
				Argument: "addresses", Value: 65533, Min: 1, Max: 65532, Cause: profile.PlatformLimit{}, Rule: alibaba.Networks.Subnets.Limits[0].Rule,
			}}}},
		},
		"an entry of existing without a range": {
			blocks(ofLength("a", 24), existing("a", Existing{})), []problem{{At: `existing["a"].cidr`, Problem: topology.Missing{}}},
		},
		"a previous name that is declared": {
			blocks(ofLength("a", 24), ofLength("b", 24, func(cl *topology.Cluster) { cl.PreviousNames = []string{"a"} })),
			[]problem{
				{
					At:      `blocks["b"].previous_names[0]`,
					Problem: topology.NotAccepted{Value: "a", Reason: NameHoldsRanges{"block"}},
				},
			},
		},
		"an unknown one to renumber": {
			blocks(
				ofLength("a", 24),
				func(r *Request) { r.Renumber = map[string]string{"b": "1"} },
			), []problem{{At: `renumber["b"]`, Problem: topology.Undeclared{What: "block", Name: "b", Known: []string{"a"}}}},
		},
		"no supernets": {blocks(ofLength("a", 24), supernets()), []problem{{At: "supernets", Problem: topology.Missing{}}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantFaults(t, Plan(test.r, profile.Default()).Faults, test.want...)
		})
	}
}

func TestNoRoomForABlock(t *testing.T) {
	got := Plan(blocks(supernets("10.0.0.0/23"), reserved("x", "10.0.0.128/25"), ofLength("a", 23), ofLength("b", 25)), profile.Default())
	if len(got.Faults) != 1 || got.Faults[0].At.String() != `blocks["a"]` {
		t.Fatalf("told: %s", told(got))
	}
	e, ok := got.Faults[0].Problem.(NoRoom)
	if !ok || e.Cluster != "a" || e.Kind.String() != "block" || e.Length != 23 || e.Family != cidr.V4 || len(e.Holders) != 2 {
		t.Errorf("got %+v", e)
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
		"a pin on what rests": {
			blocks(
				pin("a", "10.0.0.0/24"),
				existing("x", Existing{PodCIDRs: prefixes("10.0.0.0/25"), Cluster: "x", Profile: profile.Block}),
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
	held := lived(t, blocks(ofLength("a", 24)))
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

func TestUnknownFactsOfBlocks(t *testing.T) {
	known := lived(t, blocks(ofLength("a", 24)))
	late := func(attributes ...string) func(*topology.Cluster) {
		return func(cl *topology.Cluster) { cl.Unknown = attributes }
	}
	tests := map[string]struct {
		r        Request
		want     map[string]string
		deferred []string
		unknown  []string
	}{
		"a supernet defers what is new and keeps what is held": {
			edited(
				known, ofLength("b", 24), func(r *Request) { r.Unknown = topology.Unknown{"supernets"} },
			), map[string]string{"a": "10.0.0.0/24"}, []string{"b"}, []string{"supernets"},
		},
		"a pin defers all that is new": {
			edited(
				known, ofLength("b", 24), block("c", topology.Block{}, late("cidr")),
			), map[string]string{"a": "10.0.0.0/24"}, []string{"b", "c"}, []string{`blocks["c"].cidr`},
		},
		"a size defers": {
			blocks(ofLength("b", 24), block("c", topology.Block{}, late("addresses"))),
			map[string]string{},
			[]string{"b", "c"},
			[]string{`blocks["c"].addresses`},
		},
		"a description does not": {
			blocks(ofLength("b", 24, late("description", "labels"))),
			map[string]string{"b": "10.0.0.0/24"},
			nil,
			nil,
		},
		"a platform where the length is given does not": {
			blocks(ofLength("b", 24, late("platform"))),
			map[string]string{"b": "10.0.0.0/24"},
			nil,
			nil,
		},
		"a platform where addresses are defers": {
			blocks(block("b", topology.Block{Addresses: 9}, late("platform"))),
			map[string]string{},
			[]string{"b"},
			[]string{`blocks["b"].platform`},
		},
		"the family of a pin does not": {
			blocks(
				ofLength("b", 24),
				block("c", topology.Block{CIDR: prefix("10.0.9.0/24")}, late("ip_family")),
			), map[string]string{"b": "10.0.8.0/24", "c": "10.0.9.0/24"}, nil, nil,
		},
		"a pin is known beside what is deferred": {
			blocks(
				ofLength("b", 24), block("c", topology.Block{CIDR: prefix("10.0.9.0/24")}, late("ip_family")),
				func(r *Request) { r.Unknown = topology.Unknown{"supernets"} },
			),
			map[string]string{"c": "10.0.9.0/24"}, []string{"b"}, []string{"supernets"},
		},
		"the size of what is held does not": {
			edited(
				known, ofLength("b", 24), block("a", topology.Block{}, late("addresses", "platform")),
			), map[string]string{"a": "10.0.0.0/24", "b": "10.0.1.0/24"}, nil, nil,
		},
		"unless it is renumbered": {
			edited(
				known, ofLength("b", 24), block("a", topology.Block{}, late("addresses")), renumber("a", "1"),
			), map[string]string{}, []string{"a", "b"}, []string{`blocks["a"].addresses`},
		},
		"all blocks": {
			edited(known, func(r *Request) { r.Facts.Clusters, r.Facts.Unknown = nil, topology.Unknown{"clusters"} }),
			map[string]string{},
			nil,
			[]string{"blocks"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := planned(t, test.r)
			wantBlocks(t, got, test.want)
			var unknown []string
			for _, at := range got.Unknown {
				unknown = append(unknown, at.String())
			}
			if !slices.Equal(got.Deferred, test.deferred) || !slices.Equal(unknown, test.unknown) {
				t.Errorf("deferred %v, unknown %v", got.Deferred, unknown)
			}
		})
	}
}

func TestManyBlocksKeepTheirPlacesWhenOneComesInFront(t *testing.T) {
	r := blocks()
	for i := range 40 {
		ofLength(fmt.Sprintf("b%02d", i), 24)(&r)
	}
	r = lived(t, r)
	was := r.Prior.Allocations
	got := planned(t, edited(r, ofLength("a", 22), ofLength("b000", 24)))
	for name, a := range was {
		if list(got.Allocations[name].Pods) != list(a.Pods) {
			t.Errorf("%s moved from %v to %v", name, a.Pods, got.Allocations[name].Pods)
		}
	}
}

// Blocks of one size are equal, so that it does not matter to the search which of them gets which range.
func TestBlocksOfOneSizeAreOneGroup(t *testing.T) {
	r := blocks(ofLength("d", 26))
	for _, name := range []string{"a", "b", "c"} {
		ofLength(name, 24)(&r)
	}
	situation, c := collectedOf(t, r, profile.Default().OfBlocks())
	if groups := placementProblem(r, situation.separation(), c.claims, c.demands).Groups; len(groups) != 2 {
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
