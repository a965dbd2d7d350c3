package topology

import "slices"

// Leading are the hubs and peers of a network over which it reaches another one, or a third network that reaches both. Both
// lists are sorted. Without these the two networks are apart.
func (r *Reach) Leading(network, other string) (hubs, peers []string) {
	i, okA := r.index[network]
	j, okB := r.index[other]
	if !okA || !okB || i == j {
		return nil, nil
	}
	for _, m := range r.rows[i].members() {
		if m != j && !r.rows[m].has(j) {
			continue
		}
		for _, hub := range r.hubs[i] {
			if slices.Contains(r.hubs[m], hub) {
				hubs = append(hubs, hub)
			}
		}
		if r.peers[i].has(m) {
			peers = append(peers, r.names[m])
		}
	}
	slices.Sort(hubs)
	return slices.Compact(hubs), peers
}
