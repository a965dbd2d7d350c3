package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

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
				{
					At:      `blocks["a"].addresses`,
					Problem: topology.NotAccepted{Value: "3", Reason: topology.SizeGiven{Argument: "prefix_length", Value: "24"}},
				},
			},
		},
		"a size beside a pin": {
			blocks(block("a", topology.Block{PrefixLength: 24, CIDR: prefix("10.0.0.0/24")})),
			[]problem{
				{
					At:      `blocks["a"].cidr`,
					Problem: topology.NotAccepted{Value: "10.0.0.0/24", Reason: topology.SizeGiven{Argument: "prefix_length", Value: "24"}},
				},
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
			), []problem{
				{
					At: `blocks["a"].ip_family`,
					Problem: topology.Contradicting{
						Value: "ipv6",
						Other: topology.ArgumentValue{Argument: "cidr", Value: prefix("10.0.0.0/24")},
						Gives: "ipv4",
					},
				},
			},
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
			[]problem{
				{At: `blocks["a"].addresses`, Problem: BlockSizeNotServed{Block: "a", Platform: alibaba, SizeError: &profile.SizeError{
					Argument: "addresses", Value: 65533, Min: 1, Max: 65532, Cause: profile.PlatformLimit{},
					Rule: alibaba.Networks.Subnets.Limits[0].Rule,
				}}},
			},
		},
		"an entry of existing without a range": {
			blocks(ofLength("a", 24), existing("a", Existing{})), []problem{{At: `existing["a"].cidr`, Problem: topology.Missing{}}},
		},
		"a previous name that is declared": {
			blocks(ofLength("a", 24), ofLength("b", 24, func(b *topology.Block) { b.PreviousNames = []string{"a"} })),
			[]problem{
				{
					At:      `blocks["b"].previous_names[0]`,
					Problem: topology.NotAccepted{Value: "a", Reason: NameHoldsRanges{topology.BlockName}},
				},
			},
		},
		"an unknown one to renumber": {
			blocks(
				ofLength("a", 24),
				func(r *Request) { r.Renumber = map[string]string{"b": "1"} },
			), []problem{{At: `renumber["b"]`, Problem: topology.Undeclared{Kind: topology.BlockName, Name: "b", Known: []string{"a"}}}},
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
		t.Fatalf("reported: %s", allReports(got))
	}
	e, ok := got.Faults[0].Problem.(NoRoom)
	if !ok || e.Cluster != "a" || e.Kind.String() != "block" || e.Length != 23 || e.Family != cidr.V4 || len(e.Holders) != 2 {
		t.Errorf("got %+v", e)
	}
}

// What existing gives of a block has a name of a block; what it gives of released ranges has a key of its own, with a sign that names lack.
func TestNamesInExistingOfBlocks(t *testing.T) {
	for name, test := range map[string]struct {
		key, released string
		want          []problem
	}{
		"a name":                   {"web", "", nil},
		"a key of released ranges": {"web~2", "web", nil},
		"a name with such a sign": {"web~2", "", []problem{
			{At: `existing["web~2"]`, Problem: topology.BadName{Name: "web~2", Bad: "~", Position: 4}},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c := checker{}
			given := Existing{Cluster: test.released, CIDR: prefix("10.0.0.0/24")}
			c.existingBlock(topology.Path{}.Attr("existing").Key(test.key), test.key, given)
			wantFaults(t, c.faults, test.want...)
		})
	}
}
