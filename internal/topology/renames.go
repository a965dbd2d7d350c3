package topology

import (
	"maps"
	"slices"
)

// Renames are the current names of networks (VPCs and sites) and hubs by their previous names.
type Renames struct{ Networks, Hubs map[string]string }

// Renames reads previous_names of all VPCs, sites and hubs. A previous name that is declared means what
// is declared, and is left out.
func (f Facts) Renames() Renames {
	r := Renames{Networks: map[string]string{}, Hubs: map[string]string{}}
	add := func(to map[string]string, name string, previous []string, declared func(string) bool) {
		for _, old := range previous {
			if _, taken := to[old]; old != "" && !taken && !declared(old) {
				to[old] = name
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.VPCs)) {
		add(r.Networks, name, f.VPCs[name].PreviousNames, f.Declares)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Sites)) {
		add(r.Networks, name, f.Sites[name].PreviousNames, f.Declares)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Hubs)) {
		add(r.Hubs, name, f.Hubs[name].PreviousNames, f.hasHub)
	}
	return r
}

// Declares says whether there is a VPC or site of a name.
func (f Facts) Declares(name string) bool {
	_, vpc := f.VPCs[name]
	_, site := f.Sites[name]
	return vpc || site
}

// PlaceOf is where a VPC or site is declared, as a path of the planner's arguments. ok is false for a name that neither has.
func (f Facts) PlaceOf(name string) (at Path, ok bool) {
	if _, vpc := f.VPCs[name]; vpc {
		return Path{}.Attr("vpcs").Key(name), true
	}
	_, ok = f.Sites[name]
	return Path{}.Attr("sites").Key(name), ok
}

// PeersOf are the peers that a VPC or site itself declares.
func (f Facts) PeersOf(name string) []string {
	_, peers, _ := declaredConnections(f, name)
	return peers
}

func (f Facts) hasHub(name string) bool {
	_, declared := f.Hubs[name]
	return declared
}

// Empty says whether nothing was renamed.
func (r Renames) Empty() bool { return len(r.Networks)+len(r.Hubs) == 0 }

// Network is the current name of a VPC or site, Hub that of a hub.
func (r Renames) Network(name string) string { return current(r.Networks, name) }

// Hub is the current name of a hub.
func (r Renames) Hub(name string) string { return current(r.Hubs, name) }

func current(names map[string]string, name string) string {
	if now, renamed := names[name]; renamed {
		return now
	}
	return name
}

// MayRename says whether a VPC or site may yet turn out to have previous names.
func (f Facts) MayRename(network string) bool {
	return f.Unknown.Has("vpcs") || f.Unknown.Has("sites") ||
		f.VPCs[network].Unknown.Has("previous_names") || f.Sites[network].Unknown.Has("previous_names")
}

// Renamed returns earlier facts with networks and hubs under their current names, also where others refer
// to them. Where the earlier facts have the current name as well, the two are different ones, and neither
// is renamed.
func (f Facts) Renamed(r Renames) Facts {
	networks, hubs := maps.Clone(r.Networks), maps.Clone(r.Hubs)
	maps.DeleteFunc(networks, func(_, name string) bool { return f.Declares(name) })
	maps.DeleteFunc(hubs, func(_, name string) bool { return f.hasHub(name) })
	if r = (Renames{networks, hubs}); r.Empty() {
		return f
	}
	f.Hubs = rekeyed(f.Hubs, hubs, func(h Hub) Hub {
		h.Name = r.Hub(h.Name)
		return h
	})
	f.VPCs = rekeyed(f.VPCs, networks, func(v VPC) VPC {
		v.Name, v.Hubs, v.Peers = r.Network(v.Name), each(v.Hubs, r.Hub), each(v.Peers, r.Network)
		return v
	})
	f.Sites = rekeyed(f.Sites, networks, func(s Site) Site {
		s.Name, s.Hubs, s.Peers = r.Network(s.Name), each(s.Hubs, r.Hub), each(s.Peers, r.Network)
		return s
	})
	f.Clusters = rekeyed(f.Clusters, nil, func(c Cluster) Cluster {
		c.VPC = r.Network(c.VPC)
		return c
	})
	return f.renamedForeign(r)
}

// WithForeignRenamed returns the facts with claims of other workspaces that name a network or hub by a previous
// name of one that is declared here.
func (f Facts) WithForeignRenamed() Facts {
	if r := f.Renames(); !r.Empty() {
		return f.renamedForeign(r)
	}
	return f
}

func (f Facts) renamedForeign(r Renames) Facts {
	f.Foreign = rekeyed(f.Foreign, nil, func(c Foreign) Foreign {
		c.Network, c.Hubs, c.Peers = r.Network(c.Network), each(c.Hubs, r.Hub), each(c.Peers, r.Network)
		return c
	})
	return f
}

// rekeyed is a copy of a map with changed values, under current names. Of two entries that become one the
// first in order stays.
func rekeyed[T any](all map[string]T, names map[string]string, change func(T) T) map[string]T {
	if all == nil {
		return nil
	}
	out := make(map[string]T, len(all))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if _, taken := out[current(names, key)]; !taken {
			out[current(names, key)] = change(all[key])
		}
	}
	return out
}

func each(names []string, change func(string) string) []string {
	var out []string
	for _, name := range names {
		out = append(out, change(name))
	}
	return out
}

// previous checks the previous names of all networks and hubs: none is declared, and none has two owners.
func (c *factChecker) previous() {
	networks, hubs := map[string]string{}, map[string]string{}
	vpcs, sites, ofHubs := Path{}.Attr("vpcs"), Path{}.Attr("sites"), Path{}.Attr("hubs")
	for _, name := range slices.Sorted(maps.Keys(c.facts.VPCs)) {
		c.previousNames(vpcs, NetworkName, name, c.facts.VPCs[name].PreviousNames, networks, c.facts.Declares)
	}
	for _, name := range slices.Sorted(maps.Keys(c.facts.Sites)) {
		c.previousNames(sites, NetworkName, name, c.facts.Sites[name].PreviousNames, networks, c.facts.Declares)
	}
	for _, name := range slices.Sorted(maps.Keys(c.facts.Hubs)) {
		c.previousNames(ofHubs, HubName, name, c.facts.Hubs[name].PreviousNames, hubs, c.facts.hasHub)
	}
}

func (c *factChecker) previousNames(
	all Path, kind NameKind, name string, previous []string, owners map[string]string, declared func(string) bool,
) {
	for i, old := range previous {
		if old == "" || old == name { // the current name is reported by previousOf
			continue
		}
		at := all.Key(name)
		here := at.Attr("previous_names").At(i)
		if declared(old) {
			c.add(here, NotAccepted{Value: old, Reason: NameDeclared{kind}}, c.declaredBefore(at, name, old)...)
			continue
		}
		owner, owned := owners[old]
		if owned && owner != name {
			c.add(
				here,
				NotAccepted{Value: old, Reason: PreviousNameShared{Owner: owner}},
				OptionOf(
					RemoveFrom(at.Attr("previous_names"), old),
				),
				OptionOf(RemoveFrom(all.Key(owner).Attr("previous_names"), old)),
			)
			continue
		}
		owners[old] = name
	}
}

// previousOf checks the previous names of one network or hub.
func (c *checker) previousOf(at Path, name string, previous []string) {
	c.names(at, "previous_names", previous)
	if i := slices.Index(previous, name); i >= 0 && name != "" {
		c.add(
			at.Attr("previous_names").At(i), NotAccepted{Value: name, Reason: CurrentName{}},
			OptionOf(RemoveFrom(at.Attr("previous_names"), name)),
		)
	}
}
