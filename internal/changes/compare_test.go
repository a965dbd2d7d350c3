package changes

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func prefixes(texts ...string) []netip.Prefix {
	var all []netip.Prefix
	for _, text := range texts {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

// pods is a cluster with Pod ranges.
func pods(ranges ...string) Holding { return Holding{Ranges: Ranges{Pods: prefixes(ranges...)}} }

func holding(clusters map[string]Holding) *State { return &State{Held: clusters} }

// releasing is a state with the released ranges of one cluster.
func (s *State) releasing(owner string, ranges ...string) *State {
	s.Released = map[string]Released{owner: {owner, Ranges{Pods: prefixes(ranges...)}}}
	return s
}

// line is a change as the tables write it.
func line(c Change) string {
	words := []string{string(c.Kind), c.Owner, string(c.Part), fmt.Sprint(c.From), fmt.Sprint(c.To), c.PreviousName, c.Acceptance.Reason}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" || w == "[]" }), " ")
}

func TestChangesOfAPlan(t *testing.T) {
	shop := func() *State { return holding(map[string]Holding{"shop": pods("10.0.0.0/24")}) }
	renamed, unknown, adopted := pods("10.0.0.0/24"), Holding{Unknown: true}, pods("10.0.0.0/24")
	renamed.PreviousNames, adopted.Adopted = []string{"store", "shop"}, true
	for name, test := range map[string]struct {
		before, after *State
		want          []string
		unchanged     int
	}{
		"nothing": {shop(), shop(), nil, 1},
		"created": {nil, shop(), []string{"allocated shop pods [10.0.0.0/24]"}, 0},
		"destroyed": {
			shop().releasing("old", "10.0.9.0/24"),
			nil,
			[]string{"lost old pods [10.0.9.0/24]", "lost shop pods [10.0.0.0/24]"},
			0,
		},
		"appended": {
			shop(), holding(map[string]Holding{"shop": pods("10.0.0.0/24", "10.0.1.0/24")}),
			[]string{"appended shop pods [10.0.0.0/24] [10.0.1.0/24]"}, 0,
		},
		"moved": {
			shop(),
			holding(map[string]Holding{"shop": pods("10.0.1.0/24")}),
			[]string{"moved shop pods [10.0.0.0/24] [10.0.1.0/24]"},
			0,
		},
		"swapped": {
			holding(map[string]Holding{"shop": pods("10.0.0.0/24", "10.0.1.0/24")}),
			holding(map[string]Holding{"shop": pods("10.0.1.0/24", "10.0.0.0/24")}),
			[]string{"moved shop pods [10.0.0.0/24 10.0.1.0/24] [10.0.1.0/24 10.0.0.0/24]"},
			0,
		},
		"renamed": {shop(), holding(map[string]Holding{"new": renamed}), []string{"renamed new shop"}, 0},
		"an earlier name that is held again": {
			shop(), holding(
				map[string]Holding{"new": renamed, "shop": pods("10.0.0.0/24")},
			), []string{"allocated new pods [10.0.0.0/24]"}, 1,
		},
		"released": {shop(), holding(nil).releasing("shop", "10.0.0.0/24"), []string{"released shop pods [10.0.0.0/24]"}, 0},
		"lost":     {shop(), holding(nil).releasing("shop", "10.0.1.0/24"), []string{"lost shop pods [10.0.0.0/24]"}, 0},
		"released ranges of two owners": {
			holding(map[string]Holding{"shop": pods("10.0.0.0/24", "10.0.1.0/24")}),
			&State{Released: map[string]Released{
				"a": {"a", Ranges{Pods: prefixes("10.0.0.0/24")}}, "b": {"b", Ranges{Pods: prefixes("10.0.1.0/24")}},
			}},
			[]string{"released shop pods [10.0.0.0/24 10.0.1.0/24]"}, 0,
		},
		"released ranges for something else": {
			shop(), &State{Released: map[string]Released{"shop": {"shop", Ranges{Services: prefixes("10.0.0.0/24")}}}},
			[]string{"lost shop pods [10.0.0.0/24]"}, 0,
		},
		"reclaimed": {
			holding(nil).releasing("shop", "10.0.0.0/24", "10.0.1.0/24"), holding(nil).releasing("shop", "10.0.1.0/24"),
			[]string{"reclaimed shop pods [10.0.0.0/24]"}, 0,
		},
		"allocated again": {holding(nil).releasing("shop", "10.0.0.0/24"), shop(), []string{"allocated_again shop pods [10.0.0.0/24]"}, 0},
		"released by another": {
			holding(nil).releasing("web", "10.0.0.0/24"), shop(),
			[]string{"allocated shop pods [10.0.0.0/24]", "reclaimed web pods [10.0.0.0/24]"}, 0,
		},
		"a released range of another that is still released": {
			holding(nil).releasing("web", "10.0.0.0/24"), shop().releasing("web", "10.0.0.0/24"),
			[]string{"allocated shop pods [10.0.0.0/24]"}, 0,
		},
		"a larger range around it": {
			shop(), holding(map[string]Holding{"shop": pods("10.0.0.0/22")}), []string{"extended shop pods [10.0.0.0/24] [10.0.0.0/22]"}, 0,
		},
		"a smaller range in it": {
			holding(map[string]Holding{"shop": pods("10.0.0.0/22")}), shop(), []string{"moved shop pods [10.0.0.0/22] [10.0.0.0/24]"}, 0,
		},
		"a larger range around the first of two": {
			holding(map[string]Holding{"shop": pods("10.0.0.0/24", "10.0.9.0/24")}),
			holding(map[string]Holding{"shop": pods("10.0.0.0/22")}),
			[]string{"moved shop pods [10.0.0.0/24 10.0.9.0/24] [10.0.0.0/22]"}, 0,
		},
		"no ranges any more": {
			shop(), holding(map[string]Holding{"shop": {}}).releasing("shop", "10.0.0.0/24"),
			[]string{"released shop pods [10.0.0.0/24]"}, 0,
		},
		"adopted":         {holding(nil), holding(map[string]Holding{"shop": adopted}), []string{"adopted shop pods [10.0.0.0/24]"}, 0},
		"unknown cluster": {holding(nil), holding(map[string]Holding{"shop": unknown}), []string{"unknown shop"}, 0},
		"a held cluster of which nothing is known": {
			shop(), holding(map[string]Holding{"shop": unknown}), []string{"unknown shop"}, 0,
		},
		"all unknown": {shop().releasing("old", "10.0.9.0/24"), &State{Unknown: true}, []string{"unknown"}, 0},
		"supernets": {
			&State{Supernets: prefixes("10.0.0.0/8", "11.0.0.0/8")}, &State{Supernets: prefixes("12.0.0.0/8", "10.0.0.0/8")},
			[]string{"added supernet [12.0.0.0/8]", "removed supernet [11.0.0.0/8]"}, 0,
		},
		"a reserved range": {
			&State{Reserved: map[string]netip.Prefix{"lb": prefixes("10.0.0.0/24")[0], "same": prefixes("10.0.2.0/24")[0]}},
			&State{Reserved: map[string]netip.Prefix{"lb": prefixes("10.0.1.0/24")[0], "same": prefixes("10.0.2.0/24")[0]}},
			[]string{"added lb reserved [10.0.1.0/24]", "removed lb reserved [10.0.0.0/24]"}, 0,
		},
		"accepted conflicts": {
			&State{Accepted: map[string]Acceptance{"a": {Reason: "why"}, "b": {Reason: "why"}, "c": {}}},
			&State{Accepted: map[string]Acceptance{"a": {Reason: "why"}, "b": {Reason: "other"}, "d": {Reason: "new"}}},
			[]string{"accepted b other", "no_longer_accepted c", "accepted d new"}, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := Compare(Planner{Address: "x", Before: test.before, After: test.after})
			var got []string
			for _, c := range r.Changes {
				got = append(got, line(c))
			}
			if !slices.Equal(got, test.want) || r.Unchanged != test.unchanged {
				t.Errorf(
					"got\n%s\nand %d unchanged, want\n%s\nand %d",
					strings.Join(got, "\n"),
					r.Unchanged,
					strings.Join(test.want, "\n"),
					test.unchanged,
				)
			}
			if r.Created != (test.before == nil) || r.Destroyed != (test.after == nil) {
				t.Errorf("created %t, destroyed %t", r.Created, r.Destroyed)
			}
		})
	}
}

// What a report says, done to the state before, is the state after: nothing is left out.
func TestChangesAreComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := drawnState(t, "before"), drawnState(t, "after")
		held := map[string]Ranges{}
		for name, h := range before.Held {
			held[name] = maps.Clone(h.Ranges)
		}
		r := Compare(Planner{Before: before, After: after})
		for _, c := range r.Changes {
			if c.Kind == Renamed {
				held[c.Owner] = held[c.PreviousName]
				delete(held, c.PreviousName)
			}
		}
		for _, c := range r.Changes {
			carryOut(held, c)
		}
		for name, want := range after.Held {
			if got := held[name]; !maps.EqualFunc(got, want.Ranges, slices.Equal) {
				t.Fatalf("%s: the changes lead to %v, and the plan to %v\n%+v", name, got, want.Ranges, r.Changes)
			}
			delete(held, name)
		}
		for name, rest := range held {
			if len(rest) > 0 {
				t.Fatalf("the changes leave %v of %s\n%+v", rest, name, r.Changes)
			}
		}
	})
}

// carryOut makes a change to what is held.
func carryOut(held map[string]Ranges, c Change) {
	switch c.Kind {
	case Allocated, Adopted, AllocatedAgain, Moved, Extended:
		if held[c.Owner] == nil {
			held[c.Owner] = Ranges{}
		}
		held[c.Owner][c.Part] = c.To
	case Appended:
		held[c.Owner][c.Part] = append(slices.Clone(c.From), c.To...)
	case ReleasedRanges, Lost:
		if slices.Equal(held[c.Owner][c.Part], c.From) {
			delete(held[c.Owner], c.Part)
		}
	}
}

// drawnState is a state of few owners and few ranges.
func drawnState(t *rapid.T, label string) *State {
	s := &State{Held: map[string]Holding{}, Released: map[string]Released{}}
	draw := func(what string) Ranges {
		all := Ranges{}
		for _, part := range []Part{Pods, Services} {
			var list []netip.Prefix
			for range rapid.IntRange(0, 2).Draw(t, label+what+string(part)) {
				list = append(list, netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, byte(rapid.IntRange(0, 3).Draw(t, "place")), 0}), 24))
			}
			if len(list) > 0 {
				all[part] = list
			}
		}
		return all
	}
	for _, name := range []string{"a", "b", "c"} {
		if rapid.Bool().Draw(t, label+name) {
			s.Held[name] = Holding{
				Ranges:        draw(name),
				PreviousNames: rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 2).Draw(t, "previous"),
			}
		}
		if rapid.Bool().Draw(t, label+name+" released") {
			s.Released[name] = Released{name, draw(name + " released")}
		}
	}
	return s
}

// A resource that is removed from the state is not destroyed; its ranges are lost as well.
func TestCompareKnowsWhatHappensToTheResource(t *testing.T) {
	state := holding(map[string]Holding{"shop": pods("10.0.0.0/24")})
	for name, test := range map[string]struct {
		planner                       Planner
		created, destroyed, forgotten bool
		changes                       int
	}{
		"kept":      {Planner{Before: state, After: state}, false, false, false, 0},
		"created":   {Planner{After: state}, true, false, false, 1},
		"destroyed": {Planner{Before: state}, false, true, false, 1},
		"forgotten": {Planner{Before: state, Forgotten: true}, false, false, true, 1},
	} {
		r := Compare(test.planner)
		if r.Created != test.created || r.Destroyed != test.destroyed || r.Forgotten != test.forgotten || len(r.Changes) != test.changes {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// What is about all comes first, then reserved ranges, owners by name with their parts, and conflicts.
func TestChangesAreInOrder(t *testing.T) {
	before := holding(map[string]Holding{"b": pods("10.0.0.0/24")})
	after := holding(map[string]Holding{
		"a": {Ranges: Ranges{Services: prefixes("10.0.8.0/24"), Pods: prefixes("10.0.1.0/24")}},
	})
	after.Unknown = true
	after.Supernets, after.Reserved = prefixes("10.0.0.0/8"), map[string]netip.Prefix{"z": prefixes("10.0.9.0/24")[0]}
	before.Accepted, after.Accepted = map[string]Acceptance{"0": {}}, map[string]Acceptance{"1": {}}
	var got []string
	for _, c := range Compare(Planner{Before: before, After: after}).Changes {
		got = append(got, line(c))
	}
	want := []string{
		"unknown", "added supernet [10.0.0.0/8]", "added z reserved [10.0.9.0/24]", "allocated a pods [10.0.1.0/24]",
		"allocated a services [10.0.8.0/24]", "no_longer_accepted 0", "accepted 1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestKindsThatMove(t *testing.T) {
	for kind, want := range map[Kind]bool{
		Moved: true, ReleasedRanges: true, Lost: true, Allocated: false, Appended: false, Renamed: false, Reclaimed: false, Removed: false,
		Extended: false,
	} {
		if kind.Moves() != want {
			t.Errorf("%s: %t", kind, kind.Moves())
		}
	}
}
