package conflict

import (
	"fmt"
	"slices"
	"strconv"
)

// likeness is the same for facts that stand alike to each fact of another owner: to all that are in the network of
// each, and to all that are in another one. Two pairs of such facts are reported for one cause.
type comparisonKey struct {
	// claim is what the rules look at beside owner, range and network, and origin the kind of who declares it.
	claim, origin string
	shown         bool
	// network describes the network among all that is planned, before the fact in prior state.
	network, before string
	// planners are those of the fact.
	planners string
	// separate says that networks of one description are told apart by ranges that no network uses any more.
	separate bool
	// only is set where the fact is like no other one.
	only *fact
}

// likenessOf describes a fact of a Net. The network of a fact is described by itself where by says so.
func (n *ConfigCheck) comparisonKeyOf(f *fact, byItself bool) comparisonKey {
	if n.onlyPairs || !f.claim.mayBeSampled() {
		return comparisonKey{only: f}
	}
	network, separate := n.now.networkSignature(f, byItself)
	like := comparisonKey{
		claim: f.claim.comparisonKeyToOthers(), origin: f.from.Kind, shown: f.shown, network: network, separate: separate,
		planners: idsOf(f.planners),
	}
	if was := n.before.facts[f.key]; was != nil {
		if !was.claim.mayBeSampled() {
			return comparisonKey{only: f}
		}
		network, separate := n.before.networkSignature(was, false)
		like.separate = like.separate || separate
		like.before = fmt.Sprintf("%s%t %s %s", was.claim.comparisonKeyToOthers(), was.shown, network, idsOf(was.planners))
	}
	return like
}

func idsOf(planners []*planner) string {
	var text []byte
	for _, p := range planners {
		text = append(strconv.AppendInt(text, int64(p.id), 10), ' ')
	}
	return string(text)
}

// standingOf describes the network of a fact: two networks of one description are joined to each third network in the
// same way, as to each other. Those with peers, and those of which several go by one name, are described by themselves.
// separate says that nothing joins the networks of the description.
func (s *snapshot) networkSignature(f *fact, byItself bool) (text string, separate bool) {
	home := f.home
	if home == nil {
		home = s.networkNamed(f.claim.Network)
	}
	switch {
	case f.claim.Network == "" && home == nil:
		return "none", false
	case home == nil:
		return "undeclared", false
	case byItself || len(home.peers) > 0 || s.peered[home.name] || len(s.networks[home.name]) > 1:
		return "only " + home.id, false
	}
	hubs := slices.Compact(slices.Sorted(slices.Values(home.hubs)))
	return fmt.Sprintf("%q %q %q %t %t", hubs, home.vrf, home.platform, home.site, home.subnetted), len(hubs) == 0
}

// rests says whether nobody uses the range of a fact now, or used it in prior state.
func (n *ConfigCheck) outOfUse(f *fact) bool {
	was := n.before.facts[f.key]
	return f.claim.outOfUse() || was != nil && was.claim.outOfUse()
}

func (c Claim) outOfUse() bool { return c.Kind == Released || c.Kind == Existing }
