package oracle

import "slices"

// Vertex is a network: its VRF, and the names of its hubs and peers.
type Vertex struct {
	VRF   string
	Hubs  []string
	Peers []string
}

// Graph is networks by name.
type Graph map[string]Vertex

// Names returns the networks, sorted.
func (g Graph) Names() []string {
	var names []string
	for name := range g {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// meet says whether a and b are two different networks of one VRF.
func (g Graph) meet(a, b string) bool {
	one, hasOne := g[a]
	other, hasOther := g[b]
	return hasOne && hasOther && a != b && one.VRF == other.VRF
}

// Peered says whether one of two different networks of one VRF names the other as a peer.
func (g Graph) Peered(a, b string) bool {
	return g.meet(a, b) && (slices.Contains(g[a].Peers, b) || slices.Contains(g[b].Peers, a))
}

// Connected says whether two different networks of one VRF are on one hub or name each other as a
// peer, and lists the hubs, sorted.
func (g Graph) Connected(a, b string) (connected bool, hubs []string) {
	if !g.meet(a, b) {
		return false, nil
	}
	one, other := g[a], g[b]
	for _, hub := range one.Hubs {
		if slices.Contains(other.Hubs, hub) && !slices.Contains(hubs, hub) {
			hubs = append(hubs, hub)
		}
	}
	slices.Sort(hubs)
	return len(hubs) > 0 || g.Peered(a, b), hubs
}

// Between says in a word how two networks are connected: same, direct, third or apart. through lists the hubs that connect them, or for
// third all networks that both are connected to.
func (g Graph) Between(a, b string) (word string, through []string) {
	if _, known := g[a]; known && a == b {
		return "same", nil
	}
	if connected, hubs := g.Connected(a, b); connected {
		return "direct", hubs
	}
	for _, c := range g.Names() {
		toA, _ := g.Connected(a, c)
		toB, _ := g.Connected(b, c)
		if toA && toB {
			through = append(through, c)
		}
	}
	if len(through) > 0 {
		return "third", through
	}
	return "apart", nil
}
