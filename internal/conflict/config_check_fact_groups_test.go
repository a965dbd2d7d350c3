package conflict

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Groups hold the facts that were added and not removed, by key and network, in the order of the facts. Empty groups and
// networks are dropped before they outnumber the others, so that visiting all of them stays cheap.
func TestFactGroupsHoldWhatIsAddedAndNotRemoved(t *testing.T) {
	keys := []*comparisonKey{{}, {}, {}, {}, {}}
	rapid.Check(t, func(t *rapid.T) {
		var groups factGroups
		var all []*fact
		for i := range rapid.IntRange(1, 30).Draw(t, "facts") {
			f := &fact{seq: i, comparedBy: rapid.SampledFrom(keys).Draw(t, "key")}
			f.claim.Network = rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "network")
			all = append(all, f)
		}
		held := map[*fact]bool{}
		for range rapid.IntRange(1, 120).Draw(t, "steps") {
			f := rapid.SampledFrom(all).Draw(t, "fact")
			if held[f] {
				groups.remove(f)
			} else {
				groups.add(f)
			}
			held[f] = !held[f]
			checkFactGroups(t, &groups, all, held)
		}
		for _, f := range all {
			if held[f] {
				groups.remove(f)
			}
		}
		if len(groups.list) != 0 || len(groups.of) != 0 || groups.empty != 0 {
			t.Fatalf("without facts there are %d groups", len(groups.list))
		}
	})
}

// Groups and networks without facts are dropped once they are more than half of all.
func TestEmptyGroupsAreDroppedOnceTheyAreMoreThanHalf(t *testing.T) {
	for _, of := range []string{"groups", "networks"} {
		var groups factGroups
		shared := &comparisonKey{}
		var all []*fact
		for i := range 4 {
			f := &fact{seq: i, comparedBy: shared}
			if f.claim.Network = fmt.Sprint("n", i); of == "groups" {
				f.comparedBy = &comparisonKey{}
			}
			all = append(all, f)
			groups.add(f)
		}
		for i, want := range []int{4, 4, 1} {
			groups.remove(all[i])
			got := len(groups.list)
			if of == "networks" {
				got = len(groups.list[0].networks)
			}
			if got != want {
				t.Errorf("%d of 4 %s are empty: %d are kept, want %d", i+1, of, got, want)
			}
		}
	}
}

func checkFactGroups(t *rapid.T, groups *factGroups, all []*fact, held map[*fact]bool) {
	var got []string
	empty := 0
	for _, b := range groups.list {
		if groups.of[b.comparedBy] != b {
			t.Fatalf("a group is not found by its key")
		}
		if len(b.facts) == 0 {
			empty++
			continue
		}
		got = append(got, checkEqualFacts(t, b, held)...)
	}
	if empty != groups.empty || len(groups.list) != len(groups.of) || 2*empty > len(groups.list) {
		t.Fatalf("%d of %d groups are empty, counted %d", empty, len(groups.list), groups.empty)
	}
	var want []string
	for _, f := range all {
		if held[f] {
			want = append(want, fmt.Sprint(f.seq))
		}
	}
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Fatalf("the groups hold %v, want %v", got, want)
	}
}

// checkEqualFacts checks a group that has facts, and returns their numbers as its networks have them.
func checkEqualFacts(t *rapid.T, b *equalFacts, held map[*fact]bool) (numbers []string) {
	emptyNetworks := 0
	for _, in := range b.networks {
		if len(in.facts) == 0 {
			emptyNetworks++
			continue
		}
		if b.named[in.facts[0].claim.Network] != in || !slices.IsSortedFunc(in.facts, bySeq) {
			t.Fatalf("the facts of network %q are not in order", in.facts[0].claim.Network)
		}
		for _, f := range in.facts {
			numbers = append(numbers, fmt.Sprint(f.seq))
		}
	}
	if emptyNetworks != b.empty || len(b.networks) != len(b.named) || 2*emptyNetworks > len(b.networks) {
		t.Fatalf("%d of %d networks are empty, counted %d", emptyNetworks, len(b.networks), b.empty)
	}
	if !slices.IsSortedFunc(b.facts, bySeq) || slices.ContainsFunc(b.facts, func(f *fact) bool { return !held[f] }) {
		t.Fatal("the facts of a group are not those that it holds, in order")
	}
	for i, f := range b.facts {
		if b.facts.before(f.seq) != i || b.facts.before(f.seq+1) != i+1 {
			t.Fatalf("fact %d is not at place %d", f.seq, i)
		}
	}
	return numbers
}

func bySeq(f, g *fact) int { return f.seq - g.seq }
