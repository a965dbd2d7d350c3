package conflict

import (
	"cmp"
	"slices"
)

// meetingOf is what is left of the pairs of a crowd and one class: the members that are in no pair yet.
type meetingOf struct {
	unmet map[group][]int
	// inNetwork and ofHand count them.
	total             int
	inNetwork, ofHand map[string]int
	// met is the number of members that unmet was made of so far.
	met int
	// innocent says that no pair breaks a rule.
	innocent bool
}

func newMeeting() *meetingOf {
	return &meetingOf{unmet: map[group][]int{}, inNetwork: map[string]int{}, ofHand: map[string]int{}}
}

// learn takes the members that joined the crowd since.
func (m *meetingOf) learn(k *crowd) {
	for ; m.met < len(k.members); m.met++ {
		g := k.members[m.met].group()
		m.unmet[g] = append(m.unmet[g], m.met)
		m.count(g, 1)
	}
}

func (m *meetingOf) count(g group, by int) {
	m.total += by
	m.inNetwork[g.network] += by
	m.ofHand[g.hand] += by
}

// left is the number of members in the network of a claim, or outside of it, that are in no pair yet and that
// another hand has.
func (m *meetingOf) left(e *entry, near bool) int {
	own, here, both := 0, m.inNetwork[e.ComparedIn()], 0
	if e.hand != "" {
		own, both = m.ofHand[e.hand], len(m.unmet[e.group()])
	}
	if near {
		return here - both
	}
	return m.total - here - own + both
}

// meet pairs a claim with the members that are left, and returns with how many. Where one pair breaks no rule,
// no other pair does.
func (m *meetingOf) meet(k *crowd, e *entry, near bool, find func(member *entry, crowd bool) bool) (met int) {
	if m.innocent || m.left(e, near) == 0 {
		return 0
	}
	for _, g := range m.groups(k, e, near) {
		var left []int
		for _, i := range m.unmet[g] {
			if beside(k.members[i], e) {
				left = append(left, i)
				continue
			}
			if !find(k.members[i], true) {
				m.innocent = true
				return met
			}
			met++
		}
		m.count(g, len(left)-len(m.unmet[g]))
		m.unmet[g] = left
		if left == nil {
			delete(m.unmet, g)
		}
	}
	return met
}

// groups are those of the members that are left for a claim, in the order in which their members came.
func (m *meetingOf) groups(k *crowd, e *entry, near bool) []group {
	var groups []group
	add := func(g group) {
		if (g.network == e.ComparedIn()) == near && (g.hand == "" || g.hand != e.hand) && len(m.unmet[g]) > 0 {
			groups = append(groups, g)
		}
	}
	if here := k.inNetwork[e.ComparedIn()]; near && len(here) < len(m.unmet) {
		for _, first := range here {
			add(k.members[first].group())
		}
	} else {
		for g := range m.unmet {
			add(g)
		}
	}
	slices.SortFunc(groups, func(a, b group) int { return cmp.Compare(m.unmet[a][0], m.unmet[b][0]) })
	return groups
}
