package topology

import (
	"slices"
	"testing"
)

func TestBitsetsAreSetsOfNumbers(t *testing.T) {
	numbers := []int{0, 5, 63, 64, 127, 130}
	var grown bitset
	fixed := newBitset(131)
	for _, n := range numbers {
		grown = grown.with(n)
		fixed.set(n)
	}
	for name, b := range map[string]bitset{"grown": grown, "of one size": fixed} {
		if got := b.members(); !slices.Equal(got, numbers) {
			t.Errorf("%s: got %v", name, got)
		}
		for n := range 200 {
			if b.has(n) != slices.Contains(numbers, n) {
				t.Errorf("%s has %d: %v", name, n, b.has(n))
			}
		}
	}
	fixed.unset(64)
	if fixed.has(64) || !fixed.has(63) {
		t.Errorf("without 64: %v", fixed.members())
	}
	fixed.add(bitset{1 << 7, 1 << 1})
	if got, want := fixed.members(), []int{0, 5, 7, 63, 65, 127, 130}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestBitsetsOfTwoSizes(t *testing.T) {
	set := func(numbers ...int) (b bitset) {
		for _, n := range numbers {
			b = b.with(n)
		}
		return b
	}
	long, short := set(1, 2, 63, 70, 140), set(2, 3, 63)
	for name, test := range map[string]struct{ got, want []int }{
		"in both":                         {slices.Collect(long.common(short)), []int{2, 63}},
		"in both, the other way":          {slices.Collect(short.common(long)), []int{2, 63}},
		"in the long one alone":           {slices.Collect(long.without(short)), []int{1, 70, 140}},
		"in the short one alone":          {slices.Collect(short.without(long)), []int{3}},
		"in neither":                      {slices.Collect(short.without(short)), nil},
		"of equal sets":                   {slices.Collect(long.common(long)), []int{1, 2, 63, 70, 140}},
		"of sets that have nothing alike": {slices.Collect(long.common(set(0, 64))), nil},
	} {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("%s: got %v, want %v", name, test.got, test.want)
		}
	}
	for n := range long.common(long) {
		if n > 2 {
			t.Errorf("%d is yielded after the end", n)
		}
		if n == 2 {
			break
		}
	}
	for n := range long.without(short) {
		if n > 1 {
			t.Errorf("%d is yielded after the end", n)
		}
		break
	}
}

func TestRoomOfBitsets(t *testing.T) {
	for n, words := range map[int]int{0: 0, 1: 1, 64: 1, 65: 2, 128: 2, 129: 3} {
		if got := len(newBitset(n)); got != words {
			t.Errorf("%d numbers: %d words, want %d", n, got, words)
		}
	}
	for n, words := range map[int]int{0: 1, 63: 1, 64: 2, 130: 3} {
		if got := len(bitset(nil).with(n)); got != words {
			t.Errorf("with %d: %d words, want %d", n, got, words)
		}
	}
}
