package topology

import "slices"

// With returns the reach with one more network, which is attached to hubs and has no peers. What it costs grows with the
// number of networks, while NewReach looks at all hubs and peers of each. The reach itself stays as it was: the two share what
// they have alike, in which the new network has a place that the old one does not look at.
func (r *Reach) With(name string, hubs []string, vrf string) *Reach {
	if len(r.index) > len(r.names) { // another one was made of it already
		r = r.clone()
	}
	more, at := *r, len(r.names)
	more.sorted = r.sorted && (at == 0 || r.names[at-1] < name)
	more.index[name] = at
	more.names, more.vrf = append(more.names, name), append(more.vrf, vrf)
	more.hubs, more.incomplete, more.peers = append(more.hubs, eachOnce(slices.Clone(hubs))), append(more.incomplete, false), append(more.peers, nil)
	row := make(bitset, at/64+1)
	for i, others := range r.hubs {
		if r.vrf[i] == vrf && slices.ContainsFunc(more.hubs[at], func(hub string) bool { return slices.Contains(others, hub) }) {
			row.set(i)
			more.rows[i] = more.rows[i].with(at)
		}
	}
	more.rows = append(more.rows, row)
	return &more
}

// with sets a bit that may be beyond the end.
func (b bitset) with(i int) bitset {
	for len(b) <= i/64 {
		b = append(b, 0)
	}
	b.set(i)
	return b
}

// clone is a reach that shares nothing with this one.
func (r *Reach) clone() *Reach {
	c := *r
	c.index = map[string]int{}
	for i, name := range r.names {
		c.index[name] = i
	}
	c.names, c.vrf, c.hubs, c.incomplete, c.peers = slices.Clone(
		r.names,
	), slices.Clone(
		r.vrf,
	), slices.Clone(
		r.hubs,
	), slices.Clone(
		r.incomplete,
	), slices.Clone(
		r.peers,
	)
	c.rows = nil
	for i := range r.names {
		row := make(bitset, (len(r.names)+63)/64)
		for _, j := range r.joinedTo(i) {
			row.set(j)
		}
		c.rows = append(c.rows, row)
	}
	return &c
}

// at is the place of a network.
func (r *Reach) at(name string) (i int, ok bool) {
	i, ok = r.index[name]
	return i, ok && i < len(r.names)
}

// joinedTo are the places of the networks that one is joined to directly.
func (r *Reach) joinedTo(i int) []int {
	joined := r.rows[i].members()
	for len(joined) > 0 && joined[len(joined)-1] >= len(r.names) {
		joined = joined[:len(joined)-1]
	}
	return joined
}
