package conflict

import "net/netip"

// crowd are many claims to one range that stand alike: a rule that one of them breaks with a claim in another
// network is broken by all of them with all claims that are like that one, and so it is in one network. What
// one owner has, and what one planner elsewhere looks after, is no part of this.
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

// group are the members in one network that one hand has.
type group struct{ network, holder string }

func (e *entry) group() group { return group{e.ComparedIn(), e.holder} }

// way is how claims of a class meet a crowd: in one network or not, with the range of the crowd or inside of it.
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

// meet looks for pairs of a claim and the crowd: all where the claim has no class, else one for each way in
// which their networks stand, and those of members that are in no pair with the class yet.
func (k *sample) pairWith(e *entry, find func(member *entry, crowd bool) bool) {
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

// beside says whether the crowd has nothing to say of two claims: one owner or one hand has them.
func sameOwner(a, b *entry) bool {
	return a.holder == b.holder && (a.holder != "" || a.Owner == b.Owner)
}

// like returns the first member that is in the network of a claim, or not in it, and that the crowd compares with it.
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
			if !sameOwner(k.members[i], e) {
				return i, true
			}
		}
	}
	return 0, false
}
