package conflict

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// pinnedOf is the Pod range 10.0.0.0/16 that a cluster is pinned to.
func pinnedOf(owner string) Claim {
	p, _ := profile.Default().Profile("ack-flannel")
	return Claim{
		Owner: owner, Kind: Pod, Source: Pinned, Network: "a", Range: prefixesOf("10.0.0.0/16")[0], ClusterRange: ClusterRange{Profile: p},
	}
}

// Of the findings that one fact brings for one cause, the first ones are reported and the others counted.
func TestReportsCountWhatTheyLeaveOut(t *testing.T) {
	finding := func(i int) Finding {
		b := pinnedOf(fmt.Sprint("c", i))
		return Finding{Code: "code", A: pinnedOf("shop"), B: &b, Shared: b.Range, Unwired: &Unwired{}}
	}
	accepting := func(names ...int) *acceptedByParty {
		l := Settings{Accepted: map[string]topology.Acceptance{}}
		for _, i := range names {
			l.Accepted[fmt.Sprintf("code|10.0.0.0/16|c%d+shop", i)] = topology.Acceptance{Reason: "known"}
		}
		return l.acceptedByParty(nil)
	}
	tests := map[string]struct {
		accepted        *acceptedByParty
		pairs           int
		reported, count int
	}{
		"as many as are reported":      {nil, 16, 16, 0},
		"one more":                     {nil, 17, 16, 1},
		"many":                         {nil, 40, 16, 24},
		"some are accepted":            {accepting(0, 1, 20), 40, 16, 21},
		"one that is left out":         {accepting(39), 40, 16, 23},
		"none of them is accepted":     {accepting(100), 40, 16, 24},
		"the first of few is accepted": {accepting(0), 3, 2, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			of := &fact{claim: pinnedOf("shop")}
			others := make([]*fact, test.pairs)
			for i := range others {
				others[i] = &fact{claim: *finding(i).B}
			}
			number := func(f *fact) int { return slices.Index(others, f) }
			each := report{accepted: test.accepted, byCause: map[causeKey]*reportedCause{}}
			for i := range others {
				each.add(causeKey{}, of, func() Finding { return finding(i) })
			}
			together := report{accepted: test.accepted, byCause: map[causeKey]*reportedCause{}}
			together.addAll(causeKey{}, of, similar{others[0], len(others), func(yield func(*fact) bool) {
				for _, f := range others {
					if !yield(f) {
						return
					}
				}
			}}, func(f *fact) Finding { return finding(number(f)) })
			for way, r := range map[string]report{"one by one": each, "together": together} {
				if got := r.findings[0].Unwired.LeftOut; len(r.findings) != test.reported || got != test.count {
					t.Errorf("%s: %d are reported and %d counted, want %d and %d", way, len(r.findings), got, test.reported, test.count)
				}
			}
			if other := (&fact{claim: pinnedOf("data")}); test.accepted == nil {
				each.add(causeKey{}, other, func() Finding { return finding(1) })
				if len(each.findings) != test.reported+1 {
					t.Error("the first finding of another fact is not reported")
				}
			}
		})
	}
}

func TestFactsBeforeARegistration(t *testing.T) {
	east, west := &planner{Origin: origin(Allocator, "east")}, &planner{Origin: origin(Allocator, "west")}
	home := &network{name: "home"}
	f := &fact{seq: 5, home: home, planners: []*planner{east, west}, holders: []string{"east", "west"}}
	for name, test := range map[string]struct {
		n    additions
		want bool
	}{
		"it was there":                    {additions{first: 6}, false},
		"it is new":                       {additions{first: 5}, true},
		"more is known of it":             {additions{first: 6, altered: map[*fact]bool{f: true}}, true},
		"the platform of its network":     {additions{first: 6, platforms: map[*network]bool{home: true}}, true},
		"the platform of another network": {additions{first: 6, platforms: map[*network]bool{{}: true}}, false},
	} {
		if got := f.changedBy(&test.n); got != test.want {
			t.Errorf("%s: changed %t", name, got)
		}
	}
	if got := f.plannersBefore(&additions{}); !slices.Equal(got, f.planners) {
		t.Errorf("without a new planner: %v", got)
	}
	if got := f.plannersBefore(&additions{planner: west}); !slices.Equal(got, []*planner{east}) {
		t.Errorf("with a new planner: %v", got)
	}
	if got := f.heldBefore(&additions{by: west.Origin, held: map[*fact]bool{f: true}}); !slices.Equal(got.holders, []string{"east"}) ||
		got.seq != 5 {
		t.Errorf("with a new holder: %+v", got)
	}
	if got := f.heldBefore(&additions{by: west.Origin}); got != f {
		t.Errorf("without a new holder: %+v", got)
	}
}
