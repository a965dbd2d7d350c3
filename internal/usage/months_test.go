package usage

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Going through the months in small steps ends in the same month as the exact answer.
func TestExhaustedAgreesWithCountingInSmallSteps(t *testing.T) {
	const steps = 60 // in a month: all drains begin in one of them, and take a whole number in each
	rapid.Check(t, func(t *rapid.T) {
		var drains []drain
		for range rapid.IntRange(1, 4).Draw(t, "drains") {
			drains = append(drains, drain{
				from: big.NewRat(rapid.Int64Range(0, 5*steps).Draw(t, "from"), steps),
				each: big.NewRat(steps*rapid.Int64Range(1, 5).Draw(t, "each"), 1),
			})
		}
		slices.SortFunc(drains, func(a, b drain) int { return a.from.Cmp(b.from) })
		free := rapid.Int64Range(0, 2000).Draw(t, "free")
		got := exhausted(big.NewRat(free, 1), drains)
		left, step := free, int64(0)
		for ; left > 0; step++ {
			for _, d := range drains {
				if d.from.Cmp(big.NewRat(step, steps)) <= 0 {
					left -= d.each.Num().Int64() / steps
				}
			}
		}
		begun := big.NewRat(step-1, steps).Cmp(got) <= 0 && got.Cmp(big.NewRat(step, steps)) <= 0
		if free == 0 {
			begun = got.Cmp(drains[0].from) == 0
		}
		if !begun {
			t.Fatalf("month %v, want one between steps %d and %d", got, step-1, step)
		}
	})
}

// Months are rounded down to hundredths, and end after 1,000 years.
func TestHundredths(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "1/3": 33, "2/3": 66, "35.2": 3520, "0.009": 0, "99999999999999999999": 1_200_000} {
		months, _ := new(big.Rat).SetString(text)
		if got := Hundredths(months); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}
