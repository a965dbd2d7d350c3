package statefile

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Claims are what the planner holds as facts of another workspace: topology.Facts.Foreign. Those of taken are left out: who has
// them is known otherwise. It is called with the ranges that the planner manages, and with those that it only received as existing.
func (p Planner) Claims(taken func(r Ranges, managed bool) bool) map[string]topology.Foreign {
	all := map[string]topology.Foreign{}
	holder := p.Holder()
	add := func(c topology.Foreign, kind string, ranges ...netip.Prefix) {
		for _, r := range ranges {
			if c.Kind, c.CIDR, c.Allocator = kind, r, holder; r.IsValid() {
				all[holder+"/"+c.KeyInVRF()] = c
			}
		}
	}
	everywhere := func(owner, kind string, ranges ...netip.Prefix) { // what is in no network is kept free in each VRF
		for _, vrf := range p.VRFs {
			add(topology.Foreign{Owner: owner, VRF: vrf}, kind, ranges...)
		}
	}
	for name, r := range p.Held {
		if taken(r, true) {
			continue
		}
		c := topology.Foreign{Owner: name, Profile: r.Profile, Network: r.VPC, Hubs: r.Hubs, Peers: r.Peers, VRF: r.VRF, Meshes: r.Meshes}
		if p.OfBlocks {
			everywhere(name, topology.ForeignBlock, r.Pods...)
			continue
		}
		add(c, topology.ForeignPod, r.AllPods()...)
		for _, services := range r.AllServices() {
			if !slices.ContainsFunc(
				r.Pods,
				func(pods netip.Prefix) bool { return cidr.Contains(pods, services) },
			) { // otherwise a part of it
				add(c, topology.ForeignService, services)
			}
		}
		add(c, topology.ForeignKept, r.Aggregate)
		for use, ranges := range r.routed() {
			c.Use = use
			add(c, topology.ForeignOther, ranges...)
		}
	}
	for _, r := range p.Existing {
		if !taken(r, false) {
			everywhere(r.Owner, p.existingKind(), slices.Concat(r.AllPods(), slices.Concat(slices.Collect(maps.Values(r.routed()))...))...)
		}
	}
	for name, r := range p.Reserved {
		everywhere(name, topology.ForeignReserved, r.Pods...)
	}
	for _, r := range p.Released {
		everywhere(r.Owner, topology.ForeignReleased, append(r.Used(), r.Aggregate)...)
	}
	everywhere(p.Name, topology.ForeignSupernet, p.Supernets...)
	return all
}

// existingKind is the kind of claims of what exists and is not declared. Ranges may be allocated inside of a block.
func (p Planner) existingKind() string {
	if p.OfBlocks {
		return topology.ForeignBlock
	}
	return topology.ForeignExisting
}

// Holder is how claims name the planner.
func (p Planner) Holder() string {
	if p.OfBlocks {
		return topology.OfBlocks(p.Name)
	}
	return p.Name
}

// addReceived adds what the planner received beside networks: ranges of others, reserved ranges and claims of other workspaces.
func (p *Planner) addReceived() {
	p.Existing, p.Reserved, p.Foreign = map[string]Ranges{}, map[string]Ranges{}, map[string]topology.Foreign{}
	for key, v := range members(member(p.Value, "existing")) {
		r := ranges(v)
		if r.Owner = cmp.Or(textOf(v, "cluster"), key); p.OfBlocks {
			r.Owner, r.Pods = cmp.Or(textOf(v, "block"), key), prefixes(v, "cidr")
		}
		if r.Others = otherRanges(v); !p.holds(key, r.Owner) {
			p.Existing[key] = r
		} else if held, is := p.Held[p.named(key)]; is {
			held.Others = WithOthers(held.Others, r.Others)
			p.Held[p.named(key)] = held
		}
	}
	for key, v := range members(member(p.Value, "reserved")) {
		p.Reserved[key] = Ranges{Owner: key, Pods: prefixes(v, "cidr")}
	}
	for key, v := range members(member(p.Value, "foreign_claims")) {
		c := topology.Foreign{
			Owner: textOf(v, "owner"), Kind: textOf(v, "kind"), Use: textOf(v, "use"), Network: textOf(v, "network"), VRF: textOf(v, "vrf"),
			Hubs: texts(v, "hubs"), Peers: texts(v, "peers"), Allocator: textOf(v, "allocator"), Profile: textOf(v, "profile"),
			Meshes: texts(v, "meshes"),
		}
		if ranges := prefixes(v, "cidr"); len(ranges) > 0 && c.Allocator != p.Holder() {
			c.CIDR = ranges[0]
			p.Foreign[key] = c
		}
	}
}

// holds says whether an entry of existing is one of the planner's own clusters or blocks, or one that it released: by name, or by its name
// in the cloud.
func (p *Planner) holds(key, owner string) bool {
	_, held := p.Held[owner]
	_, released := p.Released[key]
	_, named := p.Held[p.named(key)]
	return held || released || named
}

// named is the cluster that the planner holds under a name or under a name in the cloud, the name itself if there is none.
func (p *Planner) named(key string) string {
	for name, cluster := range members(member(p.Value, "clusters")) {
		if _, held := p.Held[name]; held && textOf(cluster, "cloud_name") == key {
			return name
		}
	}
	return key
}

// Renamed is the planner with other names of networks and hubs. A name that is not in the maps stays.
func (p Planner) Renamed(networks, hubs map[string]string) Planner {
	name := func(of map[string]string, name string) string { return cmp.Or(of[name], name) }
	all := func(of map[string]string, names []string) []string {
		var out []string
		for _, n := range names {
			out = append(out, name(of, n))
		}
		return out
	}
	p.Held, p.Foreign = maps.Clone(p.Held), maps.Clone(p.Foreign)
	for key, r := range p.Held {
		r.VPC, r.Hubs, r.Peers = name(networks, r.VPC), all(hubs, r.Hubs), all(networks, r.Peers)
		p.Held[key] = r
	}
	for key, c := range p.Foreign {
		c.Network, c.Hubs, c.Peers = name(networks, c.Network), all(hubs, c.Hubs), all(networks, c.Peers)
		p.Foreign[key] = c
	}
	return p
}
