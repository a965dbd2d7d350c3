package conflict

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// A claim is paired with each member that is left for it, each once, and the members that are left are counted.
func TestPairingsCountTheMembersThatAreLeft(t *testing.T) {
	entries := rapid.Custom(func(t *rapid.T) *entry {
		e := &entry{Claim: &Claim{}, comparison: 1, holder: rapid.SampledFrom([]string{"", "@east", "@west"}).Draw(t, "holder")}
		e.Network, e.Owner = rapid.SampledFrom([]string{"a", "b", "c"}).
			Draw(t, "network"),
			fmt.Sprint(
				rapid.IntRange(0, 5).Draw(t, "owner"),
			)
		return e
	})
	rapid.Check(t, func(t *rapid.T) {
		k, m := newSample(prefixesOf("10.0.0.0/16")[0]), newPairing()
		paired := map[*entry]bool{}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			if rapid.IntRange(0, 2).Draw(t, "joins") < 2 {
				k.add(entries.Draw(t, "member"))
			}
			m.addMembers(k)
			e, near := entries.Draw(t, "claim"), rapid.Bool().Draw(t, "near")
			var want []*entry
			count := 0
			for _, member := range k.members {
				fits := (member.Network == e.Network) == near && (e.holder == "" || member.holder != e.holder)
				if fits && !paired[member] {
					count++
				}
				if fits && !paired[member] && !ofOneOwner(member, e) {
					want = append(want, member)
				}
			}
			if left := m.left(e, near); left != count {
				t.Fatalf("%d members are left for %+v, counted %d", count, e, left)
			}
			got := map[*entry]bool{}
			met := m.pair(k, e, near, func(member *entry, sampled bool) bool {
				if !sampled || got[member] {
					t.Fatal("a pair is found twice, or not as one of many")
				}
				got[member], paired[member] = true, true
				return true
			})
			if met != len(want) || len(got) != len(want) {
				t.Fatalf("paired with %d members, %d of them noted, want %d", len(got), met, len(want))
			}
			for g, members := range m.unpaired {
				if len(members) == 0 {
					t.Fatalf("a group without members is kept: %+v", g)
				}
			}
		}
	})
}

// Where a pair breaks no rule, no other one is looked at.
func TestPairingsStopWhereNoRuleIsBroken(t *testing.T) {
	k, m := newSample(prefixesOf("10.0.0.0/16")[0]), newPairing()
	for i := range 3 {
		k.add(&entry{Claim: &Claim{Owner: fmt.Sprint("c", i), Network: "a"}})
	}
	m.addMembers(k)
	e, looked := &entry{Claim: &Claim{Owner: "shop", Network: "b"}}, 0
	none := func(*entry, bool) bool {
		looked++
		return false
	}
	if met := m.pair(k, e, false, none); met != 0 || looked != 1 || !m.compatible {
		t.Errorf("met %d, looked at %d, compatible %t", met, looked, m.compatible)
	}
	if met := m.pair(k, e, false, none); met != 0 || looked != 1 {
		t.Errorf("looked again: met %d, looked at %d", met, looked)
	}
}

// The first member that a claim is compared with is of another owner and holder, in the network that is asked for.
func TestFirstMemberThatAClaimIsComparedWith(t *testing.T) {
	member := func(owner, network, holder string) *entry {
		return &entry{Claim: &Claim{Owner: owner, Network: network}, holder: holder}
	}
	k := newSample(prefixesOf("10.0.0.0/16")[0])
	for _, e := range []*entry{
		member("a", "home", ""), member("b", "home", ""), member("c", "home", "@east"), member("d", "hub", "@east"),
		member("e", "hub", "@west"),
	} {
		k.add(e)
	}
	for name, test := range map[string]struct {
		claim *entry
		near  bool
		want  string
	}{
		"a new owner in the network":           {member("x", "home", ""), true, "a"},
		"an owner that is a member":            {member("a", "home", ""), true, "b"},
		"another network":                      {member("x", "home", ""), false, "d"},
		"a claim of a holder":                  {member("x", "home", "@east"), false, "e"},
		"a claim of a holder in its network":   {member("x", "hub", "@east"), true, "e"},
		"a claim of a holder, another network": {member("x", "hub", "@west"), false, "a"},
		"a network without members":            {member("x", "apart", ""), true, ""},
		"outside of a network without members": {member("x", "apart", ""), false, "a"},
	} {
		i, ok := k.firstComparable(test.claim, test.near)
		if ok != (test.want != "") || ok && k.members[i].Owner != test.want {
			t.Errorf("%s: got member %d, %t", name, i, ok)
		}
	}
}
