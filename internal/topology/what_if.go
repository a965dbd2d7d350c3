package topology

import (
	"maps"
	"slices"
)

// WhatIf is what is tried out on facts.
type WhatIf struct {
	// JoinedHubs become one routing domain.
	JoinedHubs []string
	// Peered networks are connected directly, each with each.
	Peered []string
	// Meshed clusters become members of one flat mesh.
	Meshed []string
}

// Empty says whether nothing is tried out.
func (w WhatIf) Empty() bool { return len(w.JoinedHubs)+len(w.Peered)+len(w.Meshed) == 0 }

// Try returns the facts as they would be. They share nothing with f that it changes.
func (f Facts) Try(w WhatIf) Facts {
	f.VPCs, f.Sites, f.Clusters = maps.Clone(f.VPCs), maps.Clone(f.Sites), maps.Clone(f.Clusters)
	for name, v := range f.VPCs {
		v.Hubs, v.Peers = w.attached(name, v.Hubs, v.Peers)
		f.VPCs[name] = v
	}
	for name, s := range f.Sites {
		s.Hubs, s.Peers = w.attached(name, s.Hubs, s.Peers)
		f.Sites[name] = s
	}
	f.Foreign = maps.Clone(f.Foreign)
	for key, c := range f.Foreign {
		c.Hubs, c.Peers = w.attached(c.Network, c.Hubs, c.Peers)
		f.Foreign[key] = c
	}
	for _, name := range w.Meshed {
		if cl, declared := f.Clusters[name]; declared {
			cl.Meshes = append(slices.Clone(cl.Meshes), "what if")
			f.Clusters[name] = cl
		}
	}
	return f
}

// attached are the hubs and peers that a network would have.
func (w WhatIf) attached(name string, hubs, peers []string) (moreHubs, morePeers []string) {
	moreHubs, morePeers = slices.Clone(hubs), slices.Clone(peers)
	if slices.ContainsFunc(hubs, func(hub string) bool { return slices.Contains(w.JoinedHubs, hub) }) {
		moreHubs = union(moreHubs, w.JoinedHubs)
	}
	if slices.Contains(w.Peered, name) {
		morePeers = union(morePeers, slices.DeleteFunc(slices.Clone(w.Peered), func(peer string) bool { return peer == name }))
	}
	return moreHubs, morePeers
}

// union is a list with what it lacks of another one.
func union(list, more []string) []string {
	for _, one := range more {
		if !slices.Contains(list, one) {
			list = append(list, one)
		}
	}
	return list
}

// knownHubs are the hubs that are declared and those that claims of other workspaces name.
func (f Facts) knownHubs() []string {
	known := slices.Collect(maps.Keys(f.Hubs))
	for _, c := range f.Foreign {
		known = append(known, c.Hubs...)
	}
	return eachOnce(known)
}

// CheckWhatIf checks that everything that is tried out is declared.
func CheckWhatIf(at Path, w WhatIf, f Facts) []Fault {
	var c checker
	networks := slices.Sorted(maps.Keys(f.VPCs))
	networks = append(networks, slices.Sorted(maps.Keys(f.Sites))...)
	for _, list := range []struct {
		attr         string
		kind         NameKind
		names, known []string
	}{
		{"joined_hubs", HubName, w.JoinedHubs, f.knownHubs()},
		{"peered", NetworkName, w.Peered, networks},
		{"meshed", ClusterName, w.Meshed, slices.Sorted(maps.Keys(f.Clusters))},
	} {
		for i, name := range list.names {
			if name != "" && !slices.Contains(list.known, name) {
				c.add(at.Attr(list.attr).At(i), Undeclared{Kind: list.kind, Name: name, Known: list.known})
			}
		}
	}
	return c.faults
}
