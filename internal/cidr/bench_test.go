package cidr

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{
		"IPv4": "10.20.0.0/16", "IPv6": "2001:db8:1:2::/64", "refused": "10.1.2.0/16",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, _ = Parse(text)
			}
		})
	}
}

// The whole life of a space: 10,000 /24s out of a /8, one after the other.
func BenchmarkSpaceFitAndRemove10000(b *testing.B) {
	room := NewSpace(NewSet(netip.MustParsePrefix("10.0.0.0/8")))
	for b.Loop() {
		s := room.Clone()
		for range 10_000 {
			p, _ := s.Fit(24, V4)
			s.Remove(p)
		}
	}
}

// checkered is a /8 with every other /24 taken, and its room.
func checkered(n int) (taken []netip.Prefix, s *Space) {
	all := netip.MustParsePrefix("10.0.0.0/8")
	s = NewSpace(NewSet(all))
	for i := range n {
		p, _ := Nth(all, 24, uint64(2*i))
		taken = append(taken, p)
		s.Remove(p)
	}
	return taken, s
}

// One question to a room in pieces. What an answer costs must not grow faster than the pieces.
func BenchmarkSpaceInPieces(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		_, s := checkered(n)
		middle, _ := Nth(netip.MustParsePrefix("10.0.0.0/8"), 24, uint64(n|1))
		first, end := netip.MustParsePrefix("10.0.0.0/24"), netip.MustParsePrefix("10.255.255.0/24")
		questions := map[string]func(){
			"Contains":        func() { s.Contains(middle) },
			"FitExact":        func() { s.Fit(24, V4) },
			"FitScan":         func() { s.Fit(23, V4) },
			"FitWithin":       func() { s.FitWithin(middle, 26) },
			"Nearest":         func() { s.Nearest(middle, 24) },
			"RemoveNothing":   func() { s.Remove(first) },
			"Clone":           func() { s.Clone() },
			"CloneRemoveLast": func() { s.Clone().Remove(end) },
		}
		for _, name := range slices.Sorted(maps.Keys(questions)) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					questions[name]()
				}
			})
		}
	}
}

// The same room two ways: set arithmetic at once, and 10,000 removals.
func BenchmarkCheckered(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		taken, _ := checkered(n)
		all := NewSet(netip.MustParsePrefix("10.0.0.0/8"))
		b.Run(fmt.Sprintf("NewSet/%d", n), func(b *testing.B) {
			for b.Loop() {
				NewSet(taken...)
			}
		})
		b.Run(fmt.Sprintf("SetMinus/%d", n), func(b *testing.B) {
			set := NewSet(taken...)
			for b.Loop() {
				all.Minus(set)
			}
		})
		b.Run(fmt.Sprintf("SpaceRemove/%d", n), func(b *testing.B) {
			for b.Loop() {
				s := NewSpace(all)
				for _, p := range taken {
					s.Remove(p)
				}
			}
		})
	}
}
