package topology

import "slices"

// Leading are the hubs and peers of a network over which it reaches another one, or a third network that reaches both. Both
// lists are sorted. Without these the two networks are apart.
func (r *Reach) Leading(network, other string) (hubs, peers []string) {
	i, okA := r.at(network)
	j, okB := r.at(other)
	if !okA || !okB || i == j {
		return nil, nil
	}
	for m := range r.rows[i].without(nil) {
		if m >= len(r.names) || len(hubs) == len(r.hubs[i]) && r.peers[i] == nil {
			break // there are no further ones
		}
		if m != j && !r.rows[m].has(j) {
			continue
		}
		for _, hub := range r.hubs[i] {
			if slices.Contains(r.hubs[m], hub) && !slices.Contains(hubs, hub) {
				hubs = append(hubs, hub)
			}
		}
		if r.peers[i].has(m) {
			peers = append(peers, r.names[m])
		}
	}
	slices.Sort(hubs)
	slices.Sort(peers)
	return hubs, peers
}
