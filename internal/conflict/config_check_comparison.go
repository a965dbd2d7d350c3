package conflict

import (
	"fmt"
	"slices"
	"strconv"
)

// comparisonKey is the same for facts that break the same rules with each fact of another owner: with all that are in the
// network of each, and with all in other networks. Two pairs of such facts have one cause.
type comparisonKey struct {
	// claim is what the rules look at beside owner, range and network, and origin the kind of who declares it.
	claim, origin string
	shown         bool
	// network describes the network among all that is planned, before the fact in prior state.
	network, before string
	// planners are those of the fact.
	planners string
	// separate says that released ranges, which no network uses any more, distinguish networks of one description.
	separate bool
	// only is set where the fact is like no other one.
	only *fact
}

// comparisonKeyOf describes a fact. With byItself the network of the fact is like no other network.
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

// networkSignature describes the network of a fact. Two networks with the same description are connected to each third network in
// the same way, and to each other. A network that has peers, or whose name several networks have, gets a description of its own.
// separate says that the networks with this description are not connected to each other.
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

// outOfUse says whether the range of a fact is released or of existing, now or in prior state.
func (n *ConfigCheck) outOfUse(f *fact) bool {
	was := n.before.facts[f.key]
	return f.claim.outOfUse() || was != nil && was.claim.outOfUse()
}

func (c Claim) outOfUse() bool { return c.Kind == Released || c.Kind == Existing }
