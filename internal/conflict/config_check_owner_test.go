package conflict

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestClustersOfOneNameAreOneUnlessTwoAllocatorsChoseTheirRanges(t *testing.T) {
	heldBy := func(network string, kind Kind, holders ...string) *fact {
		return &fact{claim: Claim{Owner: "shop", Kind: kind, Network: network}, holders: holders}
	}
	other, otherUse := heldBy("a", Pod), heldBy("a", Other)
	other.claim.Owner, otherUse.claim.Owner = "data", "data"
	block := heldBy("a", Released, "east")
	block.claim.OwnerKind = BlockOwner
	tests := map[string]struct {
		f, g *fact
		want bool
	}{
		"two ranges that nobody chose":                    {heldBy("a", Pod), heldBy("a", Service), true},
		"one that an allocator chose":                     {heldBy("a", Pod, "east"), heldBy("a", Service), true},
		"the other one that an allocator chose":           {heldBy("a", Pod), heldBy("a", Service, "east"), true},
		"two that one allocator chose":                    {heldBy("a", Pod, "east"), heldBy("a", Service, "east"), true},
		"two that two allocators chose":                   {heldBy("a", Pod, "east"), heldBy("a", Service, "west"), false},
		"two that one of several allocators chose":        {heldBy("a", Pod, "east", "west"), heldBy("a", Service, "west"), true},
		"ranges in two networks":                          {heldBy("a", Pod), heldBy("b", Pod), false},
		"ranges in two networks that one allocator chose": {heldBy("a", Pod, "east"), heldBy("b", Pod, "east"), false},
		"ranges of two clusters":                          {heldBy("a", Pod), other, false},
		"a growth reserve":                                {heldBy("a", Pod, "east"), heldBy("a", GrowthReserve, "east"), true},
		"a range that existing names":                     {heldBy("a", Pod, "east"), heldBy("", Existing), true},
		"a range that the allocator released":             {heldBy("a", Pod, "east"), heldBy("", Released, "east"), true},
		"a range that another allocator released":         {heldBy("a", Pod, "east"), heldBy("", Released, "west"), false},
		"a range that is released, of one pinned":         {heldBy("a", Pod), heldBy("", Released, "west"), true},
		"a range that a block released":                   {heldBy("a", Pod, "east"), block, false},
		"a reserved range":                                {heldBy("a", Pod), heldBy("a", Reserved), false},
		"two uses beside Pods and Services":               {heldBy("a", Other), heldBy("a", Other), true},
		"Pods, and a use beside them":                     {heldBy("a", Pod, "east"), heldBy("a", Other), true},
		"Pods, and a use in another network":              {heldBy("a", Pod), heldBy("b", Other), false},
		"uses of two clusters":                            {heldBy("a", Other), otherUse, false},
		"a use, and the VPC of the same name":             {heldBy("a", Other), heldBy("a", VPC), false},
	}
	for name, test := range tests {
		if got, turned := ofOneCluster(test.f, test.g), ofOneCluster(test.g, test.f); got != test.want || turned != test.want {
			t.Errorf("%s: got %t and %t, want %t", name, got, turned, test.want)
		}
	}
}

func TestPlannersOfAParty(t *testing.T) {
	east, west := &planner{Origin: origin(Allocator, "east")}, &planner{Origin: origin(Allocator, "west")}
	for name, test := range map[string]struct {
		from     topology.Origin
		planners []*planner
		want     topology.Origin
	}{
		"its origin":               {origin(Blocks, "net"), []*planner{east}, origin(Blocks, "net")},
		"the first by name":        {origin("vpc", "home"), []*planner{west, east}, east.Origin},
		"the first, given in turn": {origin("vpc", "home"), []*planner{east, west}, east.Origin},
		"none":                     {origin("vpc", "home"), nil, topology.Origin{}},
	} {
		if got := (pairParty{from: test.from, fact: &fact{planners: test.planners}}).planner(); got != test.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

// Allocators distinguish clusters of one name: as owners of the claims, and as their origins.
func TestPartiesOfOneNameAreNamedWithTheirAllocators(t *testing.T) {
	from := origin("cluster", "shop")
	of := func(owner string, kind Kind, holders ...string) *fact {
		return &fact{claim: Claim{Owner: owner, Kind: kind}, from: from, holders: holders}
	}
	fromBlocks := of("shop", Block)
	fromBlocks.source = &source{}
	tests := map[string]struct {
		a, b       *fact
		holders    [2]string
		one, other string
	}{
		"each with one":            {of("shop", Pod, "east"), of("shop", Service, "west"), [2]string{}, "east", "west"},
		"the first of several":     {of("shop", Pod, "east", "mid"), of("shop", Pod, "west"), [2]string{}, "east", "west"},
		"one without an allocator": {of("shop", Pod, "east"), of("shop", Pod), [2]string{}, "", ""},
		"the other one without":    {of("shop", Pod), of("shop", Pod, "east"), [2]string{}, "", ""},
		"two names":                {of("shop", Pod, "east"), of("data", Pod, "west"), [2]string{}, "", ""},
		"a reserved range":         {of("shop", Pod, "east"), of("shop", Reserved, "west"), [2]string{}, "", ""},
		"a block":                  {of("shop", Pod, "east"), fromBlocks, [2]string{}, "", ""},
	}
	for name, test := range tests {
		one, other := pair{test.a, test.b, test.holders}.parties(test.a, test.b)
		if one.claim.Holder != test.one || other.claim.Holder != test.other {
			t.Errorf("%s: got %q and %q", name, one.claim.Holder, other.claim.Holder)
		}
		if test.one != "" && (one.from != origin(Allocator, test.one) || other.from != origin(Allocator, test.other)) {
			t.Errorf("%s: the origins are %v and %v", name, one.from, other.from)
		}
		if test.one == "" && (one.from != test.a.from || other.from != test.b.from) {
			t.Errorf("%s: the origins are %v and %v", name, one.from, other.from)
		}
	}
	twice := of("shop", Pod, "east", "mid", "west")
	one, other := pair{twice, twice, [2]string{"mid", "west"}}.parties(twice, twice)
	if one.claim.Holder != "mid" || other.claim.Holder != "west" {
		t.Errorf("one range that two allocators hold: got %q and %q", one.claim.Holder, other.claim.Holder)
	}
}

func TestPairsOfARangeThatTwoAllocatorsHold(t *testing.T) {
	f := &fact{claim: Claim{Owner: "shop", Kind: Pod}, holders: []string{"east", "mid", "west"}}
	for name, test := range map[string]struct {
		by   topology.Origin
		kind Kind
		want string
	}{
		"one of three allocators": {origin(Allocator, "mid"), Pod, "[[east mid] [mid west]]"},
		"Services":                {origin(Allocator, "mid"), Service, "[[east mid] [mid west]]"},
		"an allocator without it": {origin(Allocator, "other"), Pod, "[]"},
		"blocks":                  {origin(Blocks, "mid"), Pod, "[]"},
		"a growth reserve":        {origin(Allocator, "mid"), GrowthReserve, "[]"},
	} {
		f.claim.Kind = test.kind
		got := [][2]string{}
		for _, p := range heldTwice(f, test.by) {
			if p.first != f || p.second != f || !p.stillHeldTwice() {
				t.Errorf("%s: the pair is not of the range", name)
			}
			got = append(got, p.holders)
		}
		if fmt.Sprint(got) != test.want {
			t.Errorf("%s: got %v, want %s", name, got, test.want)
		}
	}
	for _, gone := range []string{"east", "west"} {
		p := pair{f, f, [2]string{"east", "west"}}
		f.holders = slices.DeleteFunc([]string{"east", "west"}, func(h string) bool { return h == gone })
		if p.stillHeldTwice() {
			t.Errorf("without %s the range is still held twice", gone)
		}
	}
}

// A range that existed before both sides of a pair broke the rule is no new conflict, nor is one that existing names.
func TestPairsThatExistedBefore(t *testing.T) {
	blocks := &source{}
	of := func(kind Kind, source *source) *fact {
		c := pinnedOf(map[Kind]string{Pod: "shop", Released: "old", Existing: "old", Block: "net"}[kind])
		c.Kind = kind
		return &fact{claim: c, source: source, key: factKey{ID: ID{Owner: c.Owner}}}
	}
	pods, released, existing, block := of(Pod, nil), of(Released, nil), of(Existing, nil), of(Block, blocks)
	tests := map[string]struct {
		first, second *fact
		before        []*fact
		want          bool
	}{
		"existing names a range of an earlier cluster": {pods, existing, []*fact{pods}, true},
		"existing names a range of a new cluster":      {pods, existing, []*fact{existing}, false},
		"a block in a range that was released":         {block, released, []*fact{block}, true},
		"a new block in a range that was released":     {block, released, []*fact{released}, false},
		"a cluster in a range that was released":       {pods, released, []*fact{pods}, false},
		"a cluster and a block":                        {pods, block, []*fact{pods}, false},
		"neither was there":                            {pods, released, nil, false},
	}
	for name, test := range tests {
		n := NewConfigCheck(profile.Default())
		for _, f := range test.before {
			n.before.facts[f.key] = f
		}
		for _, p := range []pair{{first: test.first, second: test.second}, {first: test.second, second: test.first}} {
			if got := n.preExisted(p, Violation{}); got != test.want {
				t.Errorf("%s: got %t", name, got)
			}
		}
	}
}
