package messages

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A message on ten thousand clusters without ranges counts all of them, names a few and has an end.
func TestAMessageOnManyClustersWithoutRangesIsBounded(t *testing.T) {
	e := allocate.NoRoom{From: []netip.Prefix{netip.MustParsePrefix("10.64.0.0/12")}, HolderCount: 500}
	e.Cluster, e.Kind, e.Length = "c00000", conflict.Pod, 20
	for i := range 10_000 {
		name := fmt.Sprintf("c%05d", i)
		if i > 0 {
			e.Others = append(e.Others, allocate.MissingRange{Cluster: name, Kind: conflict.Pod, Length: 20})
		}
		e.Others = append(e.Others, allocate.MissingRange{Cluster: name, Kind: conflict.Service, Length: 24})
	}
	for i := range 10 {
		e.Holders = append(
			e.Holders,
			conflict.Claim{Owner: fmt.Sprint("h", i), Kind: conflict.Pod, Range: netip.MustParsePrefix("10.64.0.0/16")},
		)
	}
	_, got := Writer{Catalog: profile.Default()}.problem(topology.Fault{Problem: e})
	if len(got) > 4000 || strings.Count(got, "cluster \"c") != maxListed {
		t.Errorf("%d bytes:\n%s", len(got), got)
	}
	for _, want := range []string{
		"10000 clusters need ranges that are not free in 10.64.0.0/12: 10000 × Pod range of /20, 10000 × Service range of /24.",
		"needed:  cluster \"c00000\": a Pod range of /20 and a Service range of /24\n", "and 9976 more\n", "and 490 more",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
}

func TestWhatAMessageOnAMissingRangeSays(t *testing.T) {
	of := func(edits ...func(*allocate.NoRoom)) allocate.NoRoom {
		e := allocate.NoRoom{From: prefixes("10.64.0.0/12"), Room: prefixes("10.64.0.0/12"), Family: cidr.V4}
		e.Cluster, e.Kind, e.Length = "shop", conflict.Pod, 20
		for _, edit := range edits {
			edit(&e)
		}
		return e
	}
	const nowhere = "The platform does not accept or does not recommend ranges of this size there."
	const cut = "The search stopped before it tried"
	const noNetwork = "No network can use the addresses of these supernets."
	claim := partyOf(conflict.Pod, "web")
	holders := func(listed, count int) func(*allocate.NoRoom) {
		return func(e *allocate.NoRoom) { e.Holders, e.HolderCount = manyOf(claim, listed), count }
	}
	elsewhere := func(count int) func(*allocate.NoRoom) {
		return func(e *allocate.NoRoom) {
			e.Elsewhere, e.ElsewhereCount = prefixes("10.65.0.0/16", "10.66.0.0/16"), count
		}
	}
	for name, test := range map[string]struct {
		e      allocate.NoRoom
		blocks bool
		parts  []string
	}{
		"nothing is free": {of(), false, []string{
			`Cluster "shop" needs a Pod range of /20, and none is free in 10.64.0.0/12.`, "\n\n  free:    nothing",
			"!held by", "!ledger", "!needed", "!" + nowhere, "!" + cut,
		}},
		"of a pool": {of(func(e *allocate.NoRoom) { e.Pool = "far" }), false, []string{`none is free in 10.64.0.0/12 (pool "far").`}},
		"no supernet of its family": {
			of(func(e *allocate.NoRoom) { e.From, e.Room, e.Family = nil, nil, cidr.V6 }), false,
			[]string{"needs an IPv6 Pod range of /20, and none is free in the supernets, which have no IPv6 range.", "!" + nowhere},
		},
		"the platform uses none of it": {of(func(e *allocate.NoRoom) { e.Room = nil }), false, []string{nowhere, "!" + noNetwork}},
		"no network uses it": {of(func(e *allocate.NoRoom) { e.Room = nil }), true, []string{
			noNetwork, "!" + nowhere, `Block "shop" needs an IPv4 range of /20`,
		}},
		"the search was cut short": {of(func(e *allocate.NoRoom) { e.CutShort = true }), false, []string{cut}},
		"smaller ranges are free": {
			of(func(e *allocate.NoRoom) { e.Free = []cidr.SizeCount{{Bits: 21, N: 2}, {Bits: 24, N: 1}} }), false,
			[]string{"free:    2 × /21, 1 × /24"},
		},
		"two ranges of one cluster": {of(func(e *allocate.NoRoom) {
			e.Others = []allocate.MissingRange{{Cluster: "shop", Kind: conflict.Service, Length: 24}}
		}), false, []string{"needs a Pod range of /20 and a Service range of /24, and none", "!needed:"}},
		"two clusters": {of(func(e *allocate.NoRoom) {
			e.Others = []allocate.MissingRange{{Cluster: "web", Kind: conflict.Pod, Length: 20}}
		}), false, []string{
			"2 clusters need ranges that are not free in 10.64.0.0/12: 2 × Pod range of /20.",
			"  needed:  cluster \"shop\": a Pod range of /20\n           cluster \"web\": a Pod range of /20\n",
		}},
		"one holder":            {of(holders(1, 1)), false, []string{`  held by: Pod range 10.0.0.0/20 of cluster "web"`, "!more"}},
		"as many as are listed": {of(holders(maxListed, maxListed)), false, []string{"!more"}},
		"one more":              {of(holders(maxListed+1, maxListed+1)), false, []string{"\n           and 1 more"}},
		"some not named":        {of(holders(1, 4)), false, []string{"\n           and 3 more"}},
		"ranges that a ledger has": {of(elsewhere(2)), false, []string{
			"  ledger:  10.65.0.0/16, 10.66.0.0/16 (in use by other planners of the ledger", "!more",
		}},
		"more that a ledger has": {of(elsewhere(5)), false, []string{"  ledger:  10.65.0.0/16, 10.66.0.0/16, and 3 more (in use"}},
		"rules that leave nothing": {of(func(e *allocate.NoRoom) {
			e.Room, e.Excluding = nil, []profile.Rule{{Text: "it is refused"}, {Text: "it is dropped"}}
		}), false, []string{"Rule: It is refused.", "Rule: It is dropped."}},
	} {
		_, detail := Writer{Catalog: profile.Default(), OfBlocks: test.blocks}.problem(topology.Fault{At: pathOf("a"), Problem: test.e})
		wantParts(t, name, detail, test.parts...)
	}
}
