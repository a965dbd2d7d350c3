package conflict

import (
	"slices"
	"sort"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// PriorClaims are the claims of prior state with the rules between them, and its findings that are not about two claims.
type PriorClaims struct {
	world World
	// sorted are the claims in the order of CompareClaims, so that those with one ID are neighbours.
	sorted  []*Claim
	singles []Finding
}

// NewPriorClaims returns the claims of an earlier world, with the findings of it that Overlaps does not find. The claims must not
// change any more.
func NewPriorClaims(w World, claims []Claim, singles []Finding) PriorClaims {
	e := PriorClaims{w, make([]*Claim, len(claims)), singles}
	for i := range claims {
		e.sorted[i] = &claims[i]
	}
	slices.SortStableFunc(e.sorted, compareClaims)
	return e
}

// Of are the prior claims with the ID of a claim.
func (e PriorClaims) Of(c Claim) []*Claim {
	first := sort.Search(len(e.sorted), func(i int) bool { return compareClaims(e.sorted[i], &c) >= 0 })
	end := first
	for end < len(e.sorted) && compareClaims(e.sorted[end], &c) == 0 {
		end++
	}
	return e.sorted[first:end]
}

// MarkPreExisting is MarkPreExisting without a list of all pairs that broke a rule before.
func (e PriorClaims) MarkPreExisting(findings []Finding) {
	MarkPreExisting(findings, e.singles)
	for i, f := range findings {
		if level, broken := e.BrokenLevel(f); broken && level >= f.Rule.Level {
			findings[i].PreExisting = true
		}
	}
}

// BrokenLevel returns the level of the rule that the two claims of a finding broke before.
func (e PriorClaims) BrokenLevel(f Finding) (level profile.Level, broken bool) {
	if f.B == nil || f.Number.Unit != "" || !f.A.Range.IsValid() || !f.B.Range.IsValid() || !f.A.Range.Overlaps(f.B.Range) {
		return 0, false
	}
	return e.between(f.A, *f.B)
}

// between is Broken for two claims that share addresses.
func (e PriorClaims) between(one, other Claim) (level profile.Level, broken bool) {
	for _, a := range e.Of(one) {
		for _, b := range e.Of(other) {
			if v, breaks := e.world.Check(*a, *b); breaks && !isNodeRoute(*a, *b) && !isNodeRoute(*b, *a) {
				level, broken = max(level, v.Rule.Level), true
			}
		}
	}
	return level, broken
}

// BrokeSameRule says whether the claims of a finding broke its rule before.
func (e PriorClaims) BrokeSameRule(f Finding) bool {
	for _, a := range e.Of(f.A) {
		for _, b := range e.Of(*f.B) {
			if v, broken := e.world.Check(*a, *b); broken && v.Code == f.Code {
				return true
			}
		}
	}
	return false
}

// Traits distinguish claims that broke other rules before, as far as their networks stay.
func (e PriorClaims) Traits() Traits {
	return Traits{OfClaim: e.trait, OfPair: func(a, b Claim) string {
		if level, broken := e.between(a, b); broken {
			return level.String()
		}
		return ""
	}}
}

func (e PriorClaims) trait(c Claim) string {
	mark := ""
	for _, was := range e.Of(c) {
		mark += was.comparisonKey() + was.networkSignature(e.world.Reach) + "\n"
		if was.ComparedIn() != c.ComparedIn() || !was.mayBeSampled() {
			mark += c.Owner + "\n" // like no other
		}
	}
	return mark
}
