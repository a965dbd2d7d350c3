package topology

import (
	"cmp"
	"maps"
	"slices"
)

// Unchecked are names that cannot be looked up yet: the map that declares them is known only after apply.
type Unchecked struct {
	// Map is the place of that map, or of what decides which map it is.
	Map Path
	// Names are the places of the names, in order.
	Names []Named
}

// Named is a name at a place.
type Named struct {
	At   Path
	Name string
}

// UncheckedNames are the names in the facts that Check passes over, since the maps that they refer to are
// unknown as a whole. They come in the order of the maps. A name that is not known itself is none of them.
func (f Facts) UncheckedNames() []Unchecked {
	u := &unchecked{facts: f, at: map[string]*Unchecked{}}
	if f.Unknown.HasAny("hubs", "vpcs", "sites") {
		for name, s := range f.Sites {
			u.links(Path{}.Attr("sites").Key(name), s.Hubs, s.Peers)
		}
		for name, v := range f.VPCs {
			u.links(Path{}.Attr("vpcs").Key(name), v.Hubs, v.Peers)
		}
		for name, cl := range f.Clusters {
			u.network(Path{}.Attr("clusters").Key(name).Attr("vpc"), cl.VPC)
		}
	}
	for name, cl := range f.Clusters {
		if len(cl.NodeSubnets)+len(cl.PodSubnets) > 0 {
			u.subnets(Path{}.Attr("clusters").Key(name), cl)
		}
	}
	return u.sorted()
}

// unchecked collects names by the place of their map.
type unchecked struct {
	facts Facts
	at    map[string]*Unchecked
}

func (u *unchecked) add(in, at Path, name string) {
	if name == "" {
		return
	}
	key := in.String()
	if u.at[key] == nil {
		u.at[key] = &Unchecked{Map: in}
	}
	u.at[key].Names = append(u.at[key].Names, Named{At: at, Name: name})
}

func (u *unchecked) list(in, at Path, names []string) {
	for i, name := range names {
		u.add(in, at.At(i), name)
	}
}

func (u *unchecked) links(at Path, hubs, peers []string) {
	if u.facts.Unknown.Has("hubs") {
		u.list(Path{}.Attr("hubs"), at.Attr("hubs"), hubs)
	}
	for i, peer := range peers {
		u.network(at.Attr("peers").At(i), peer)
	}
}

// network adds a name of a VPC or site that is not among those that are known.
func (u *unchecked) network(at Path, name string) {
	_, vpc := u.facts.VPCs[name]
	_, site := u.facts.Sites[name]
	for _, all := range []string{"vpcs", "sites"} {
		if !vpc && !site && u.facts.Unknown.Has(all) {
			u.add(Path{}.Attr(all), at, name)
		}
	}
}

func (u *unchecked) subnets(at Path, cl Cluster) {
	if in, unknown := u.subnetsOf(at, cl); unknown {
		u.list(in, at.Attr("node_subnets"), cl.NodeSubnets)
		u.list(in, at.Attr("pod_subnets"), cl.PodSubnets)
	}
}

// subnetsOf is the place of the map that declares the subnets of a cluster, or of what decides which map it is, where that is
// known only after apply.
func (u *unchecked) subnetsOf(at Path, cl Cluster) (in Path, unknown bool) {
	v, known := u.facts.VPCs[cl.VPC]
	_, site := u.facts.Sites[cl.VPC]
	here := Path{}.Attr("vpcs")
	if cl.VPC == "" && cl.Unknown.Has("vpc") {
		return at.Attr("vpc"), true
	}
	if !known && !site && u.facts.Unknown.Has("vpcs") {
		return here, true
	}
	if slices.Contains(v.Unknown, Everything) {
		return here.Key(cl.VPC), true
	}
	return here.Key(cl.VPC).Attr("subnets"), v.subnetNamesUnknown()
}

// subnetNamesUnknown says whether it is not known yet which subnets the VPC has. Where only their ranges are
// unknown, the names are not.
func (v VPC) subnetNamesUnknown() bool { return v.Subnets == nil && v.Unknown.Has("subnets") }

func (u *unchecked) sorted() []Unchecked {
	var all []Unchecked
	for _, key := range slices.Sorted(maps.Keys(u.at)) {
		one := *u.at[key]
		slices.SortFunc(one.Names, func(a, b Named) int { return cmp.Compare(a.At.String(), b.At.String()) })
		all = append(all, one)
	}
	return all
}
