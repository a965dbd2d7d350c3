package topology

import (
	"fmt"
	"maps"
	"slices"
)

// Link says how two networks are connected.
type Link int

const (
	// Apart means that neither reaches the other and no third reaches both, or that they are in
	// different VRFs.
	Apart Link = iota
	// Same means one network.
	Same
	// Direct means that they share a hub or are peers.
	Direct
	// ThroughThird means that they do not reach each other, but a third network reaches both.
	ThroughThird
)

// Reach answers who reaches whom among the VPCs and sites of some facts.
type Reach struct {
	names []string
	// index has further names where With made a reach of more networks.
	index map[string]int
	vrf   []string
	// sorted says that the names are.
	sorted bool
	// rows[i] has bit j set when networks i and j are connected directly, peers[i] when as peers; it is nil without peers.
	rows, peers []bitset
	// hubs are the hubs of each network, sorted.
	hubs [][]string
	// incomplete says, for each network, that its hubs or peers are not all known yet.
	incomplete []bool
	// blocks says that there can be blocks, which are in no network; blocksVRF is their VRF.
	blocks    bool
	blocksVRF string
}

// NewReach reads hubs and peers of the facts. Members of one hub are connected, declared or not;
// peers that refer to nothing, and names that are not known yet, are passed over. Networks of other
// workspaces have a place in it: see Home.
func NewReach(f Facts) *Reach {
	f = f.withForeign()
	r := &Reach{index: map[string]int{}, sorted: true, blocks: f.Blocks != nil, blocksVRF: f.VRF}
	r.names = slices.Concat(slices.Collect(maps.Keys(f.VPCs)), slices.Collect(maps.Keys(f.Sites)))
	slices.Sort(r.names)
	r.names = slices.Compact(r.names)
	type attached struct{ hub, vrf string }
	// members are the networks of one VRF on one hub.
	members := map[attached]bitset{}
	for i, name := range r.names {
		r.index[name] = i
		hubs, _, vrf := declaredConnections(f, name)
		r.vrf = append(r.vrf, vrf)
		r.incomplete = append(r.incomplete, connectionsUnknown(f, name))
		hubs = slices.Compact(slices.DeleteFunc(slices.Sorted(slices.Values(hubs)), func(hub string) bool { return hub == "" }))
		r.hubs = append(r.hubs, hubs)
		for _, hub := range hubs {
			on := attached{hub, vrf}
			if members[on] == nil {
				members[on] = newBitset(len(r.names))
			}
			members[on].set(i)
		}
	}
	r.rows, r.peers = make([]bitset, len(r.names)), make([]bitset, len(r.names))
	for i := range r.names {
		r.rows[i] = newBitset(len(r.names))
		for _, hub := range r.hubs[i] {
			r.rows[i].add(members[attached{hub, r.vrf[i]}])
		}
		r.rows[i].unset(i)
	}
	for i, name := range r.names {
		_, peers, _ := declaredConnections(f, name)
		for _, peer := range peers {
			if j, ok := r.index[peer]; ok {
				r.connect(r.rows, i, j)
				r.connect(r.peers, i, j)
			}
		}
	}
	return r
}

func declaredConnections(f Facts, name string) (hubs, peers []string, vrf string) {
	if v, ok := f.VPCs[name]; ok {
		return v.Hubs, v.Peers, v.VRF
	}
	s := f.Sites[name]
	return s.Hubs, s.Peers, s.VRF
}

// connectionsUnknown says whether a network may have further hubs or peers.
func connectionsUnknown(f Facts, name string) bool {
	unknown := f.VPCs[name].Unknown
	if s, ok := f.Sites[name]; ok {
		unknown = s.Unknown
	}
	return unknown.Has("hubs") || unknown.Has("peers")
}

// ConnectionsKnown says whether DirectConnections has all ways between two networks.
func (r *Reach) ConnectionsKnown(a, b string) bool {
	i, okA := r.at(a)
	j, okB := r.at(b)
	return okA && okB && !r.incomplete[i] && !r.incomplete[j]
}

func (r *Reach) connect(rows []bitset, i, j int) {
	if i == j || r.vrf[i] != r.vrf[j] {
		return
	}
	for _, k := range []int{i, j} {
		if rows[k] == nil {
			rows[k] = newBitset(len(r.names))
		}
	}
	rows[i].set(j)
	rows[j].set(i)
}

// DirectConnections says how two networks are connected directly: the hubs that both are attached to, sorted, and
// whether they are peers.
func (r *Reach) DirectConnections(a, b string) (hubs []string, peers bool) {
	i, okA := r.at(a)
	j, okB := r.at(b)
	if !okA || !okB || !r.rows[i].has(j) {
		return nil, false
	}
	for _, hub := range r.hubs[i] {
		if slices.Contains(r.hubs[j], hub) {
			hubs = append(hubs, hub)
		}
	}
	return hubs, r.peers[i].has(j)
}

// sharedHub is the first hub that both are attached to, "" for peers without one.
func (r *Reach) sharedHub(i, j int) string {
	for _, hub := range r.hubs[i] {
		if slices.Contains(r.hubs[j], hub) {
			return hub
		}
	}
	return ""
}

// Between says how two networks are connected, and through what: the hub for a Direct
// link (empty for peers), the third network for ThroughThird. A network that was not declared
// is apart from all.
func (r *Reach) Between(a, b string) (link Link, through string) {
	i, okA := r.at(a)
	j, okB := r.at(b)
	if !okA || !okB || r.vrf[i] != r.vrf[j] {
		return Apart, ""
	}
	if i == j {
		return Same, ""
	}
	if r.rows[i].has(j) {
		return Direct, r.sharedHub(i, j)
	}
	if third, ok := r.third(i, j); ok {
		return ThroughThird, third
	}
	return Apart, ""
}

// third is the first network by name that reaches two others.
func (r *Reach) third(i, j int) (name string, ok bool) {
	for third := range r.rows[i].common(r.rows[j]) {
		if third >= len(r.names) {
			break
		}
		if r.sorted {
			return r.names[third], true
		}
		if !ok {
			name = r.names[third]
		}
		name, ok = min(name, r.names[third]), true
	}
	return name, ok
}

// ConnectionSignature describes how a network is connected: two networks with one signature are connected to each third
// network in the same way, and any two of them are connected to each other in one way.
func (r *Reach) ConnectionSignature(name string) string {
	i, ok := r.at(name)
	if !ok {
		return fmt.Sprintf("undeclared %t", name == "")
	}
	return fmt.Sprintf("%q %q %v %t", r.vrf[i], r.hubs[i], r.peers[i].members(), r.incomplete[i])
}

// SameVRF says whether two networks are in one VRF; "" is where blocks are.
func (r *Reach) SameVRF(a, b string) bool {
	of, okA := r.vrfOf(a)
	other, okB := r.vrfOf(b)
	return okA && okB && of == other
}

func (r *Reach) vrfOf(name string) (vrf string, known bool) {
	if i, ok := r.at(name); ok {
		return r.vrf[i], true
	}
	return r.blocksVRF, r.blocks && name == ""
}

// Connected are the networks that one is connected to directly.
func (r *Reach) Connected(name string) []string {
	i, ok := r.at(name)
	if !ok {
		return nil
	}
	var names []string
	for _, j := range r.connectedTo(i) {
		names = append(names, r.names[j])
	}
	slices.Sort(names)
	return names
}

// Bridged are the networks that one is connected to directly and that are not connected directly to all others of these.
func (r *Reach) Bridged(name string) []string {
	i, ok := r.at(name)
	if !ok {
		return nil
	}
	var names []string
	for _, j := range r.connectedTo(i) {
		for k := range r.rows[i].without(r.rows[j]) {
			if k >= len(r.names) {
				break
			}
			if k != j {
				names = append(names, r.names[j])
				break
			}
		}
	}
	slices.Sort(names)
	return names
}
