package placement

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

func TestNearestFreeRanges(t *testing.T) {
	tests := map[string]struct {
		used []string
		want []string
	}{
		"both neighbors and the next one":    {[]string{"10.0.4.0/24"}, []string{"10.0.3.0/24", "10.0.5.0/24", "10.0.2.0/24"}},
		"behind a range that contains it":    {[]string{"10.0.0.0/21"}, []string{"10.0.8.0/24", "10.0.9.0/24", "10.0.10.0/24"}},
		"nothing where everything is in use": {[]string{"10.0.0.0/16"}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			n := NewNeighborhood(append(prefixes(test.used...), netip.Prefix{}))
			room := cidr.NewSet(prefixes("10.0.0.0/16")...)
			got := n.Nearest(room, netip.MustParsePrefix("10.0.4.0/24"), func(int) bool { return true })
			if !slices.Equal(texts(got), test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// Free ranges that are looked for around a range are the nearest of the whole room.
func TestNearestRangesAreThoseOfTheWholeRoom(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		piece := func(label string) netip.Prefix {
			length := rapid.IntRange(16, 26).Draw(t, label+" length")
			r, _ := cidr.Nth(netip.MustParsePrefix("10.0.0.0/12"), length, uint64(rapid.IntRange(0, 1<<(length-12)-1).Draw(t, label)))
			return r
		}
		var used, avoided []netip.Prefix
		avoids := map[int]bool{}
		for i := range rapid.IntRange(0, 40).Draw(t, "used") {
			used = append(used, piece(fmt.Sprint("used ", i)))
			if avoids[i] = rapid.Bool().Draw(t, fmt.Sprint("avoids ", i)); avoids[i] {
				avoided = append(avoided, used[i])
			}
		}
		n, to := NewNeighborhood(used), piece("to")
		for i := range rapid.IntRange(0, 3).Draw(t, "offered") {
			n.Offer(piece(fmt.Sprint("offered ", i)))
		}
		room := cidr.NewSet(netip.MustParsePrefix("10.0.0.0/13"), netip.MustParsePrefix("10.12.0.0/14"))
		want := nearestIn(cidr.NewSpace(room.Minus(cidr.NewSet(avoided...)).Minus(cidr.NewSet(n.Offered()...))), to)
		found += len(want)
		if got := n.Nearest(room, to, func(i int) bool { return avoids[i] }); !slices.Equal(got, want) {
			t.Fatalf("near to %v: got %v, want %v", to, got, want)
		}
	})
	if found == 0 {
		t.Error("nothing was free at all")
	}
}
