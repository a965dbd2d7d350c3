package topology

import "slices"

// With returns the reach with one more network, which is attached to hubs and has no peers. What it costs grows with the
// number of networks, while NewReach looks at all hubs and peers of each. The reach itself stays as it was: the two share what
// they have alike, in which the new network has a place that the old one does not look at.
func (r *Reach) With(name string, hubs []string, vrf string) *Reach {
	if len(r.index) != len(r.names) { // another one was made of it already
		r = r.clone()
	}
	more, at := *r, len(r.names)
	more.index[name] = at
	more.names, more.vrf = append(more.names, name), append(more.vrf, vrf)
	more.sorted = r.sorted && slices.IsSorted(more.names[max(0, at-1):])
	more.hubs, more.incomplete, more.peers = append(
		more.hubs,
		eachOnce(slices.Clone(hubs)),
	), append(
		more.incomplete,
		false,
	), append(
		more.peers,
		nil,
	)
	var row bitset
	for i, others := range r.hubs {
		if r.vrf[i] == vrf && slices.ContainsFunc(more.hubs[at], func(hub string) bool { return slices.Contains(others, hub) }) {
			row = row.with(i)
			more.rows[i] = more.rows[i].with(at)
		}
	}
	more.rows = append(more.rows, row)
	return &more
}

// clone is a reach that shares nothing with this one.
func (r *Reach) clone() *Reach {
	c := *r
	c.index = map[string]int{}
	for i, name := range r.names {
		c.index[name] = i
	}
	c.names, c.vrf, c.hubs = slices.Clone(r.names), slices.Clone(r.vrf), slices.Clone(r.hubs)
	c.incomplete, c.peers = slices.Clone(r.incomplete), slices.Clone(r.peers)
	c.rows = nil
	for i := range r.names {
		var row bitset
		for _, j := range r.connectedTo(i) {
			row = row.with(j)
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

// connectedTo are the places of the networks that one is connected to directly.
func (r *Reach) connectedTo(i int) []int {
	connected := r.rows[i].members()
	for len(connected) > 0 && connected[len(connected)-1] >= len(r.names) {
		connected = connected[:len(connected)-1]
	}
	return connected
}
