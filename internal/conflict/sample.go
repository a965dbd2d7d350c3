package conflict

import "net/netip"

// sample are many claims to one range with one comparison key: if one of them breaks a rule with a claim in another network,
// all of them do with all claims that are equal to that one, and so it is within one network. Pairs of one owner, and of one
// planner of another workspace, are not part of this.
type sample struct {
	held    netip.Prefix
	members []*entry
	// byGroup are places among the members, groups the first of each group.
	byGroup map[group][]int
	groups  []int
	// inNetwork are the groups of a network.
	inNetwork map[string][]int
	// byOwner are the places of what is held here.
	byOwner  map[string][]int
	pairings map[pairingKey]*pairing
}

// group are the members in one network with one holder.
type group struct{ network, holder string }

func (e *entry) group() group { return group{e.ComparedIn(), e.holder} }

// pairingKey is how equal claims are compared with a sample: in one network or not, with the range of the sample or inside it.
type pairingKey struct {
	class       int
	near, equal bool
}

func newSample(held netip.Prefix) *sample {
	return &sample{
		held:      held,
		byGroup:   map[group][]int{},
		inNetwork: map[string][]int{},
		byOwner:   map[string][]int{},
		pairings:  map[pairingKey]*pairing{},
	}
}

func (k *sample) add(e *entry) {
	at, g := len(k.members), e.group()
	if len(k.byGroup[g]) == 0 {
		k.groups = append(k.groups, at)
		k.inNetwork[g.network] = append(k.inNetwork[g.network], at)
	}
	k.byGroup[g] = append(k.byGroup[g], at)
	if e.holder == "" {
		k.byOwner[e.Owner] = append(k.byOwner[e.Owner], at)
	}
	k.members = append(k.members, e)
}

// pairWith looks for pairs of a claim and the sample: all if the claim is equal to few others, else one for each way in which
// their networks are related, and those of members that are in no pair with an equal claim yet.
func (k *sample) pairWith(e *entry, find func(member *entry, sampled bool) bool) {
	if e.comparison == 0 {
		for _, member := range k.members {
			find(member, false)
		}
		return
	}
	if e.holder == "" {
		for _, i := range k.byOwner[e.Owner] {
			find(k.members[i], false)
		}
	}
	for _, near := range []bool{true, false} {
		w := pairingKey{e.comparison, near, e.Range == k.held}
		m := k.pairings[w]
		if m == nil {
			m = newPairing()
			k.pairings[w] = m
		}
		m.addMembers(k)
		if met := m.pair(k, e, near, find); met == 0 && !m.compatible {
			if i, ok := k.firstComparable(e, near); ok {
				find(k.members[i], true)
			}
		}
	}
}

// ofOneOwner says whether two claims have one owner or one holder, so that the sample does not compare them.
func ofOneOwner(a, b *entry) bool {
	return a.holder == b.holder && (a.holder != "" || a.Owner == b.Owner)
}

// firstComparable returns the first member in the network of a claim, or outside it, that the sample compares with the claim.
func (k *sample) firstComparable(e *entry, near bool) (int, bool) {
	firsts := k.groups
	if near {
		firsts = k.inNetwork[e.ComparedIn()]
	}
	for _, first := range firsts {
		if g := k.members[first].group(); (g.network == e.ComparedIn()) != near || g.holder != "" && g.holder == e.holder {
			continue
		}
		for _, i := range k.byGroup[k.members[first].group()] {
			if !ofOneOwner(k.members[i], e) {
				return i, true
			}
		}
	}
	return 0, false
}
