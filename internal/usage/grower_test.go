package usage

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// until is what a drain has taken until a month.
func (d drain) until(month *big.Rat) *big.Rat {
	if month.Cmp(d.from) < 0 {
		return new(big.Rat)
	}
	return new(big.Rat).Mul(d.each, new(big.Rat).Sub(month, d.from))
}

// Together the drains take as much as the one of those given that has taken most, in each month.
func TestTheMostOfDrains(t *testing.T) {
	several := 0
	rapid.Check(t, func(t *rapid.T) {
		var drains []drain
		for range rapid.IntRange(1, 5).Draw(t, "drains") {
			drains = append(drains, drain{
				big.NewRat(rapid.Int64Range(0, 6).Draw(t, "from"), 1), big.NewRat(rapid.Int64Range(1, 6).Draw(t, "each"), 1),
			})
		}
		got := theMost(drains)
		for half := range int64(60) {
			month, most, sum := big.NewRat(half, 2), new(big.Rat), new(big.Rat)
			for _, d := range drains {
				if taken := d.until(month); taken.Cmp(most) > 0 {
					most = taken
				}
			}
			for _, d := range got {
				sum.Add(sum, d.until(month))
			}
			if sum.Cmp(most) != 0 {
				t.Fatalf("%v taken until month %v, want %v", sum, month, most)
			}
		}
		if len(got) > 1 {
			several++
		}
	})
	if several == 0 {
		t.Error("no draw has a drain that overtakes another one")
	}
	if got := theMost(nil); got != nil {
		t.Errorf("no drains take %v", got)
	}
}
