package cidr

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

// checkSizes asks sizes everything that they can find and compares with the space.
func checkSizes(t *testing.T, s *Sizes, space *Space, shortest, longest int, withins []netip.Prefix) {
	t.Helper()
	for _, within := range withins {
		for bits := shortest; bits <= longest; bits++ {
			got, ok := s.FitWithin(within, bits)
			want, wantOK := space.FitWithin(within, bits)
			wantPrefix(t, got, ok, want, wantOK, "FitWithin(%v, %d) of %v up to /%d", within, bits, space.Blocks(), longest)
		}
	}
}

// Every question to every one of the 256 spaces in a universe of eight cells, before and after each removal.
func TestSizesFindWhatTheirSpaceFinds(t *testing.T) {
	everywhere(t, 3, func(t *testing.T, u oracle.Universe) {
		_, maximal := everyMarks(u)
		ps := append(around(u), u.Prefixes()...)
		for _, blocks := range maximal {
			for _, longest := range []int{u.Block.Bits() + 1, u.Unit} {
				given := NewSpace(NewSet(blocks...))
				checkSizes(t, NewSizes(given, longest), given, u.Block.Bits()-1, longest, ps)
				for _, removed := range ps {
					space := given.Clone()
					sizes := NewSizes(space, longest)
					sizes.Remove(removed)
					wantPrefixes(t, space.Blocks(), given.Blocks(), "the space of the sizes")
					space.Remove(removed)
					checkSizes(t, sizes, space, u.Block.Bits(), longest, u.Prefixes())
				}
			}
		}
	})
}

// What is left after many ranges is what their space has left, of both families.
func TestSizesAfterManyRemovals(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		space := NewSpace(anySet.Draw(rt, "room"))
		longest := rapid.IntRange(-1, 130).Draw(rt, "longest")
		sizes := NewSizes(space, longest)
		for _, p := range rapid.SliceOf(anyPrefix).Draw(rt, "removed") {
			sizes.Remove(p)
			space.Remove(p)
		}
		var left []netip.Prefix
		for _, of := range sizes.of {
			left = append(left, of...)
		}
		slices.SortFunc(left, Compare)
		want := slices.DeleteFunc(slices.Clone(space.Blocks()), func(b netip.Prefix) bool { return b.Bits() > longest })
		if !slices.Equal(left, want) {
			rt.Fatalf("got %v, want %v", left, want)
		}
	})
}

// The first fit into a /8 of which every other /24 is taken, and its removal. It must not grow with the pieces.
func BenchmarkSizesInPieces(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		_, space := checkered(n)
		for _, bits := range []int{24, 20} {
			b.Run(fmt.Sprintf("%d/%d", bits, n), func(b *testing.B) {
				sizes, all := NewSizes(space, 24), netip.MustParsePrefix("10.0.0.0/8")
				for b.Loop() {
					p, ok := sizes.FitWithin(all, bits)
					if sizes.Remove(p); !ok {
						sizes = NewSizes(space, 24)
					}
				}
			})
		}
	}
}
