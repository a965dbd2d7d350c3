package conflict

import (
	"cmp"
	"slices"
)

// pairing are the members of a sample that are in no pair with claims of one comparison key yet.
type pairing struct {
	unpaired map[group][]int
	// total is the number of these members, inNetwork and ofHolder their numbers by network and by holder.
	total               int
	inNetwork, ofHolder map[string]int
	// added is the number of members that unpaired was made of so far.
	added int
	// compatible says that no pair breaks a rule.
	compatible bool
}

func newPairing() *pairing {
	return &pairing{unpaired: map[group][]int{}, inNetwork: map[string]int{}, ofHolder: map[string]int{}}
}

// addMembers adds the members that joined the sample since.
func (m *pairing) addMembers(k *sample) {
	for ; m.added < len(k.members); m.added++ {
		g := k.members[m.added].group()
		m.unpaired[g] = append(m.unpaired[g], m.added)
		m.count(g, 1)
	}
}

func (m *pairing) count(g group, by int) {
	m.total += by
	m.inNetwork[g.network] += by
	m.ofHolder[g.holder] += by
}

// left is the number of members of other holders in the network of a claim, or outside it, that are in no pair yet.
func (m *pairing) left(e *entry, near bool) int {
	own, here, both := 0, m.inNetwork[e.ComparedIn()], 0
	if e.holder != "" {
		own, both = m.ofHolder[e.holder], len(m.unpaired[e.group()])
	}
	if near {
		return here - both
	}
	return m.total - here - own + both
}

// pair pairs a claim with the members that are left, and returns their number. Where one pair breaks no rule,
// no other pair does.
func (m *pairing) pair(k *sample, e *entry, near bool, find func(member *entry, sampled bool) bool) (met int) {
	if m.compatible || m.left(e, near) == 0 {
		return 0
	}
	for _, g := range m.groups(k, e, near) {
		var left []int
		for _, i := range m.unpaired[g] {
			if ofOneOwner(k.members[i], e) {
				left = append(left, i)
				continue
			}
			if !find(k.members[i], true) {
				m.compatible = true
				return met
			}
			met++
		}
		m.count(g, len(left)-len(m.unpaired[g]))
		m.unpaired[g] = left
		if left == nil {
			delete(m.unpaired, g)
		}
	}
	return met
}

// groups are those of the members that are left for a claim, in the order in which their members came.
func (m *pairing) groups(k *sample, e *entry, near bool) []group {
	var groups []group
	add := func(g group) {
		if (g.network == e.ComparedIn()) == near && (g.holder == "" || g.holder != e.holder) && len(m.unpaired[g]) > 0 {
			groups = append(groups, g)
		}
	}
	if here := k.inNetwork[e.ComparedIn()]; near && len(here) < len(m.unpaired) {
		for _, first := range here {
			add(k.members[first].group())
		}
	} else {
		for g := range m.unpaired {
			add(g)
		}
	}
	slices.SortFunc(groups, func(a, b group) int { return cmp.Compare(m.unpaired[a][0], m.unpaired[b][0]) })
	return groups
}
