package conflict_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// Each of two workspaces that hold overlapping ranges sees its own claim as A and the other one as B. One of them is to
// move, and both come to the same answer.
func TestBothWorkspacesAgreeOnWhoMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"a", "b", "blocks/net", "c"})
		allocators, owners := rapid.SliceOfNDistinct(name, 2, 2, rapid.ID[string]).
			Draw(t, "allocators"),
			rapid.SliceOfN(name, 2, 2).
				Draw(t, "owners")
		seenBy := func(i int) conflict.Finding {
			theirs := podsOf(owners[1-i], "10.64.0.0/20")
			theirs.Source, theirs.Holder = conflict.OtherWorkspace, allocators[1-i]
			f := meeting("pod_overlaps_peer_pod", "10.64.0.0/20", podsOf(owners[i], "10.64.0.0/20"), theirs)
			f.Holder, f.Held = allocators[i], true
			return f
		}
		one, known := seenBy(0).OtherWorkspaceMoves()
		other, also := seenBy(1).OtherWorkspaceMoves()
		if !known || !also || one == other {
			t.Errorf(
				"%s of %s and %s of %s: the other one moves by %t and %t", owners[0], allocators[0], owners[1], allocators[1], one, other,
			)
		}
	})
}

// A range that is only planned here, and one whose allocator nobody names, has no say in who moves.
func TestWhoMovesIsNotKnownOf(t *testing.T) {
	theirs := podsOf("data", "10.64.0.0/20")
	theirs.Source, theirs.Holder = conflict.OtherWorkspace, "east"
	held := meeting("pod_overlaps_peer_pod", "10.64.0.0/20", podsOf("shop", "10.64.0.0/20"), theirs)
	held.Holder, held.Held = "west", true
	for name, change := range map[string]func(f *conflict.Finding){
		"a range that is new here":       func(f *conflict.Finding) { f.Held = false },
		"a claim of nobody named":        func(f *conflict.Finding) { f.B.Holder = "" },
		"a reservation":                  func(f *conflict.Finding) { f.B.Kind = conflict.Reserved },
		"a planner of the configuration": func(f *conflict.Finding) { f.B.Source = conflict.OtherPlanner },
		"a range of this workspace":      func(f *conflict.Finding) { f.B.Source = conflict.Allocated },
	} {
		f, b := held, *held.B
		f.B = &b
		if change(&f); func() bool { _, known := f.OtherWorkspaceMoves(); return known }() {
			t.Errorf("%s: somebody is to move", name)
		}
	}
	if elsewhere, known := held.OtherWorkspaceMoves(); elsewhere || !known {
		t.Errorf("the other one is to move: %t, known: %t", elsewhere, known)
	}
}
