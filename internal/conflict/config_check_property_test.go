package conflict_test

import (
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// TestConfigCheckAgreesWithAllPairs registers in any order, some twice, and compares with every pair there is.
func TestConfigCheckAgreesWithAllPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyConfiguration(t)
		broken := e.brokenPairs()
		again := rapid.SliceOfN(rapid.SampledFrom(e.registrants), 0, 3).Draw(t, "again")
		order := rapid.Permutation(append(slices.Clone(e.registrants), again...)).
			Draw(t, "order")
		check := conflict.NewConfigCheck(profile.Default())
		reported := map[string]conflict.Severity{}
		for i, by := range order {
			for _, f := range check.Register(by.by, by.now, conflict.Registration{}, conflict.Settings{}) {
				text := pairText(f.A, *f.B)
				pair, known := broken[text]
				switch {
				case !known:
					t.Fatalf("%v is reported and breaks nothing", text)
				case haveBoth(order[:i+1], e.facts, pair):
					t.Fatalf("%v is reported though an allocator has both", text)
				case f.Unwired.Before != reported[text] || f.Unwired.Level < reported[text].Level || f.Unwired.Severity == reported[text]:
					t.Fatalf("%v is reported as %v after %v, and says %v", text, f.Unwired.Severity, reported[text], f.Unwired.Before)
				case f.PreExisting:
					t.Fatalf("%v was never there before", text)
				}
				reported[text] = f.Unwired.Severity
			}
		}
		for text, pair := range broken {
			if !haveBoth(order, e.facts, pair) && reported[text].Level != pair.level {
				t.Fatalf("%v is reported as %v, want %v", text, reported[text].Level, pair.level)
			}
		}
	})
}

// Whether an error is reported depends on no order, though many register at once: it is reported of each pair
// of which both parties are with allocators, and not with one.
func TestConfigCheckReportsTheSameErrorsAtOnceAndInTurn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyConfiguration(t)
		check := conflict.NewConfigCheck(profile.Default())
		var wait sync.WaitGroup
		var mu sync.Mutex
		got := map[string]int{}
		for _, by := range e.registrants {
			wait.Add(1)
			go func() {
				defer wait.Done()
				findings := check.Register(by.by, by.now, conflict.Registration{}, conflict.Settings{})
				mu.Lock()
				defer mu.Unlock()
				for _, f := range findings {
					if f.Unwired.Allocated && f.Unwired.Level == profile.Error {
						got[pairText(f.A, *f.B)]++
					}
				}
			}()
		}
		wait.Wait()
		for text, pair := range e.brokenPairs() {
			want := 0
			if allocated(e, pair.a) && allocated(e, pair.b) && !haveBoth(e.registrants, e.facts, pair) && pair.level == profile.Error {
				want = 1
			}
			if got[text] != want {
				t.Fatalf("%v: reported %d times as an error, want %d", text, got[text], want)
			}
		}
	})
}
