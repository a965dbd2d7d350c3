package cli

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// leftOut are the hubs, sites, VPCs, subnets and routes that no plan accepts, with the reason, by their place: a VPC of which the files do
// not have the blocks, for example. They are written as comments.
type leftOut map[string]string

// partAt is the part of the configuration that a fault is about; ok is false for what cannot be left out.
func partAt(at topology.Path) (part topology.Path, ok bool) {
	if len(at) < 2 || at[1].Key == "" {
		return nil, false
	}
	if at[0].Attr == "vpcs" && len(at) > 3 && slices.Contains([]string{"subnets", "routes"}, at[2].Attr) {
		return at[:4], true
	}
	return at[:2], slices.Contains([]string{"hubs", "sites", "vpcs"}, at[0].Attr)
}

func (l leftOut) has(at topology.Path) bool {
	_, is := l[at.String()]
	return is
}

func (l leftOut) hasNetwork(name string) bool {
	return l.has(topology.Path{}.Attr("vpcs").Key(name)) || l.has(topology.Path{}.Attr("sites").Key(name))
}

func (l leftOut) hasHub(name string) bool { return l.has(topology.Path{}.Attr("hubs").Key(name)) }

// without are facts without what is left out, and without references to it.
func (l leftOut) without(facts topology.Facts) topology.Facts {
	facts.Hubs = keptOf(facts.Hubs, topology.Path{}.Attr("hubs"), l)
	facts.Sites = keptOf(facts.Sites, topology.Path{}.Attr("sites"), l)
	facts.VPCs = keptOf(facts.VPCs, topology.Path{}.Attr("vpcs"), l)
	for name, s := range facts.Sites {
		s.Hubs, s.Peers = without(s.Hubs, l.hasHub), without(s.Peers, l.hasNetwork)
		facts.Sites[name] = s
	}
	for name, v := range facts.VPCs {
		at := topology.Path{}.Attr("vpcs").Key(name)
		v.Hubs, v.Peers = without(v.Hubs, l.hasHub), without(v.Peers, l.hasNetwork)
		v.Subnets, v.Routes = keptOf(v.Subnets, at.Attr("subnets"), l), keptOf(v.Routes, at.Attr("routes"), l)
		facts.VPCs[name] = v
	}
	return facts
}

// keptOf is a new map without what is left out of it.
func keptOf[T any](all map[string]T, at topology.Path, l leftOut) map[string]T {
	out := make(map[string]T, len(all))
	for name, v := range all {
		if !l.has(at.Key(name)) {
			out[name] = v
		}
	}
	return out
}

func without(names []string, leaves func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(names), leaves)
}

// networksLeftOut writes the hubs, sites and VPCs that are left out as comments.
func (w *hclWriter) networksLeftOut(in *inventory, l leftOut) {
	write := func(attribute, key string, resource func(*hclWriter)) {
		reason, is := l[topology.Path{}.Attr(attribute).Key(key).String()]
		if !is {
			return
		}
		part := &hclWriter{taken: w.taken, labelOf: map[string]map[string]string{}}
		resource(part)
		w.line("\n# To declare this, correct first:")
		w.comment(reason)
		w.commentOf(part)
	}
	for _, key := range slices.Sorted(maps.Keys(in.facts.Hubs)) {
		write("hubs", key, func(part *hclWriter) { part.hub(in, key, in.facts.Hubs[key]) })
	}
	for _, key := range slices.Sorted(maps.Keys(in.facts.Sites)) {
		write("sites", key, func(part *hclWriter) { part.site(in, key, in.facts.Sites[key], adoption{}) })
	}
	for _, key := range slices.Sorted(maps.Keys(in.facts.VPCs)) {
		write("vpcs", key, func(part *hclWriter) { part.vpc(in, key, in.facts.VPCs[key], adoption{}) })
	}
}

// partsLeftOut writes the subnets and routes of a VPC that are left out as comments.
func (w *hclWriter) partsLeftOut(in *inventory, key string, l leftOut) {
	at := topology.Path{}.Attr("vpcs").Key(key)
	write := func(at topology.Path, text string) {
		if reason, is := l[at.String()]; is {
			w.line("\n# Not declared: %s", text)
			w.comment(reason)
		}
	}
	v := in.facts.VPCs[key]
	for _, name := range slices.Sorted(maps.Keys(v.Subnets)) {
		write(at.Attr("subnets").Key(name), fmt.Sprintf("subnet %s = %s", mapKey(name), quoted(v.Subnets[name].String())))
	}
	for _, name := range slices.Sorted(maps.Keys(v.Routes)) {
		write(at.Attr("routes").Key(name), fmt.Sprintf("route %s to %s", mapKey(name), quoted(v.Routes[name].Destination.String())))
	}
}

// notAdopted lists what the files have and the configuration does not. Clusters are written beside the others.
func (w *hclWriter) notAdopted(in *inventory) {
	others := slices.DeleteFunc(slices.Clone(in.unchecked), func(u unchecked) bool { return u.cluster })
	if len(others) == 0 {
		return
	}
	w.line("# Not among what is declared:")
	for _, u := range others {
		w.line("#   %s: %s", oneLine(u.where()), oneLine(u.Reason))
	}
	w.line("")
}
