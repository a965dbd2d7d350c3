package conflict

import (
	"cmp"
	"slices"
)

// Setting is an option that gives an argument a number which resolves a finding by itself.
type Setting struct {
	// Owner is the cluster whose argument it is, or the VPC of route_quota.
	Owner, Argument string
	Value           int64
	// Least says that larger numbers resolve the finding as well, else smaller ones do.
	Least bool
}

// Movers are the clusters and blocks that would have to get other ranges so that no finding of the group is left, and
// that a renumber moves: each with all that have the very same ranges. It is nil where a finding would stay, since its
// party is pinned, given in existing or not held here.
func (g Group) Movers() []Claim {
	if g.Crowded() { // not all pairs are known
		return nil
	}
	var movers []Claim
	for _, f := range g.Findings {
		switch c := f.A; {
		case f.B == nil || c.Elsewhere || !c.HandedOut() || c.Pinned || c.Assumed || c.Part != "" || c.givenInExisting():
			return nil
		case !slices.ContainsFunc(movers, func(m Claim) bool { return m.Owner == c.Owner }):
			movers = append(movers, c)
		}
	}
	return movers
}

func (c Claim) givenInExisting() bool { return len(c.At) > 0 && c.At[0].Attr == "existing" }

// Token is the token of renumber that moves a cluster or block which some finding of the group is about.
func (g Group) Token(name string) string {
	for _, f := range g.Findings {
		if token := f.Tokens[name]; token != "" {
			return token
		}
	}
	return "1"
}

// MovesElsewhere says of a finding between what is held here and what another workspace holds that the other one is to
// move. Both sides see the same two claims, so of ranges that both hold, the one moves whose allocator, and then whose
// owner, comes later by name; a range that is only planned here moves before one that is held. known is false where
// the rule has no say: one of the two is no allocation, or no allocator is named.
func (f Finding) MovesElsewhere() (elsewhere, known bool) {
	if f.B == nil || f.A.Elsewhere || !f.B.Elsewhere || f.B.Here || !f.A.HandedOut() || !f.B.HandedOut() || f.Holder == "" || f.B.Allocator == "" {
		return false, false
	}
	if !f.Held {
		return false, false
	}
	return cmp.Or(cmp.Compare(f.B.Allocator, f.Holder), cmp.Compare(f.B.Owner, f.A.Owner)) > 0, true
}

// capSettings are the numbers of a cluster that stay in a bound on nodes or Pods. perNode is how many of them a node counts for.
func capSettings(cluster string, bound, perNode int64) []Setting {
	if most := bound / max(perNode, 1); most > 0 {
		return []Setting{{Owner: cluster, Argument: "max_nodes", Value: most}}
	}
	return nil
}
