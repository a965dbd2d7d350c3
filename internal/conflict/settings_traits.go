package conflict

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Traits distinguish claims by the acceptances that name them or travel with their networks: of two pairs of claims with the
// same traits, both are accepted or none is.
func (l Settings) Traits(f topology.Facts) Traits {
	parties, networks := map[string][]int{}, map[string][]int{}
	for i, a := range l.acceptances(f) {
		for _, party := range a.key.Parties {
			parties[party] = append(parties[party], i)
		}
		if a.network != "" {
			networks[a.network] = append(networks[a.network], i)
		}
	}
	if len(parties)+len(networks) == 0 {
		return Traits{OfClaim: func(Claim) string { return "" }, OfPair: func(Claim, Claim) string { return "" }}
	}
	naming := func(c Claim) []int {
		if len(parties) == 0 {
			return nil
		}
		return parties[c.party()]
	}
	return Traits{
		OfClaim: func(c Claim) string { return fmt.Sprint(naming(c), networks[c.Network]) },
		OfPair: func(a, b Claim) string {
			return acceptedBy(naming(a), naming(b), networks[a.Network], networks[b.Network])
		},
	}
}

// acceptedBy names the acceptances that may cover a pair, since they name both parties, with those that travel
// with a network of the pair; it is "" where no acceptance does.
func acceptedBy(a, b, networkOfA, networkOfB []int) string {
	if len(a) == 0 || len(b) == 0 {
		return ""
	}
	both := slices.DeleteFunc(slices.Clone(a), func(i int) bool { return !slices.Contains(b, i) })
	if len(both) == 0 {
		return ""
	}
	return fmt.Sprint(both, networkOfA, networkOfB)
}

// acceptedByParty are acceptances by the parties that they name; nil has none.
type acceptedByParty struct {
	byParty map[string][]acceptance
	today   string
}

// acceptedByParty are the acceptances by the current names of parties, nil where there are none.
func (l Settings) acceptedByParty(names map[string]string) *acceptedByParty {
	if len(l.Accepted) == 0 {
		return nil
	}
	l.Renamed = names
	all := acceptedByParty{map[string][]acceptance{}, l.Today}
	for _, a := range l.acceptances(topology.Facts{}) {
		for _, party := range a.key.Parties {
			all.byParty[party] = append(all.byParty[party], a)
		}
	}
	return &all
}

// names says whether an acceptance names a claim.
func (a *acceptedByParty) names(c Claim) bool { return a != nil && len(a.byParty[c.party()]) > 0 }

// covers says whether a finding is accepted.
func (a *acceptedByParty) covers(f Finding) bool {
	var accepted *topology.Acceptance
	for _, one := range a.byParty[f.A.party()] {
		checked := f
		one.apply(&checked, f.Key(), a.today)
		accepted = cmp.Or(accepted, checked.Accepted)
	}
	return accepted != nil
}
