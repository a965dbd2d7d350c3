package topology

import (
	"maps"
	"slices"
)

// Connections are what a network is connected to.
type Connections struct {
	VRF         string
	Hubs, Peers []string
	// Unknown names those of vrf, hubs and peers that are not all known yet.
	Unknown Unknown
}

// ConnectionsOf says what a network is connected to, each list sorted, whichever of two peers declares it.
func (f Facts) ConnectionsOf(name string) Connections {
	hubs, peers, vrf := declaredConnections(f, name)
	j := Connections{VRF: vrf, Hubs: slices.Clone(hubs), Peers: slices.Clone(peers)}
	own := f.VPCs[name].Unknown
	if s, site := f.Sites[name]; site {
		own = s.Unknown
	}
	peersUnknown := own.Has("peers")
	other := func(network string, peers []string, unknown Unknown) {
		if slices.Contains(peers, name) {
			j.Peers = append(j.Peers, network)
		}
		peersUnknown = peersUnknown || unknown.Has("peers")
	}
	for network, v := range f.VPCs {
		other(network, v.Peers, v.Unknown)
	}
	for network, s := range f.Sites {
		other(network, s.Peers, s.Unknown)
	}
	networksUnknown := f.Unknown.Has("vpcs") || f.Unknown.Has("sites")
	for attribute, unknown := range map[string]bool{"vrf": own.Has("vrf"), "hubs": own.Has("hubs"), "peers": peersUnknown} {
		if unknown || networksUnknown {
			j.Unknown = append(j.Unknown, attribute)
		}
	}
	slices.Sort(j.Unknown)
	j.Hubs, j.Peers = eachOnce(j.Hubs), eachOnce(j.Peers)
	return j
}

// eachOnce are the names of a list that are known, sorted.
func eachOnce(list []string) []string {
	slices.Sort(list)
	return slices.Compact(slices.DeleteFunc(list, func(name string) bool { return name == "" }))
}

// VRFOf is the VRF of a network that is declared, or with "" that of blocks.
func (f Facts) VRFOf(network string) string {
	if network == "" {
		return f.VRF
	}
	_, _, vrf := declaredConnections(f, network)
	return vrf
}

// VRFs are those of all networks, sorted; that of blocks where there are none. unknown says that they are
// not all known yet.
func (f Facts) VRFs() (vrfs []string, unknown bool) {
	all := map[string]bool{}
	unknown = f.Unknown.Has("vpcs") || f.Unknown.Has("sites") || f.Unknown.Has("vrf")
	for _, v := range f.VPCs {
		all[v.VRF] = true
		unknown = unknown || v.Unknown.Has("vrf")
	}
	for _, s := range f.Sites {
		all[s.VRF] = true
		unknown = unknown || s.Unknown.Has("vrf")
	}
	if len(all) == 0 {
		all[f.VRF] = true
	}
	return slices.Sorted(maps.Keys(all)), unknown
}
