package conflict

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Finding is a broken rule: two claims that share addresses they must not share, or one claim
// that its platform does not take.
type Finding struct {
	// Code names the rule, such as "pod_overlaps_vpc".
	Code string
	Rule profile.Rule
	// A is the party that moves more easily; B is the other one, nil where there is none.
	A Claim
	B *Claim
	// Shared is the range that both claim.
	Shared netip.Prefix
	// Hub joins the networks of the parties, or Third reaches both; "" where neither is so.
	Hub, Third string
	// Number and Limit are the figures of a rule that counts: nodes against a quota.
	Number, Limit Figure
	// Instead is the nearest free range of the same size for A, the zero Prefix when there is none.
	Instead netip.Prefix
	// Standing says that the finding was there before: see Standing.
	Standing bool
}

// Figure is a number with what it counts.
type Figure struct {
	Name  string
	Value int64
}

// Level is how serious the finding is now: a standing one never stops a plan.
func (f Finding) Level() profile.Level {
	if f.Standing {
		return min(f.Rule.Level, profile.Warn)
	}
	return f.Rule.Level
}

// Sort puts findings into an order that depends on nothing but themselves: the serious ones
// first, then by parties.
func Sort(findings []Finding) {
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(-cmp.Compare(a.Level(), b.Level()), CompareClaims(a.A, b.A), compareOther(a.B, b.B), cmp.Compare(a.Code, b.Code))
	})
}

func compareOther(a, b *Claim) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return CompareClaims(*a, *b)
}

// MarkStanding marks the findings whose claims, with the same owners and ranges, were all among
// those of before.
func MarkStanding(findings []Finding, before []Claim) {
	was := make(map[ID]bool, len(before))
	for _, c := range before {
		was[c.ID()] = true
	}
	for i, f := range findings {
		findings[i].Standing = was[f.A.ID()] && (f.B == nil || was[f.B.ID()])
	}
}
