package allocate

import (
	"cmp"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// complete makes allocations of what the clusters have. What state holds is passed on as it is.
func (p *planner) complete() {
	for name, ranges := range p.ranges {
		cl := p.request.Facts.Clusters[name]
		prof, known := p.catalog.Profile(cl.Profile)
		if _, held := p.held(name); held != nil {
			if !known { // not known yet; what is held tells
				prof, known = p.catalog.Profile(p.priorProfile(name))
			}
			if known && len(ranges.Pods) > len(held.Pods) {
				held.grow(p.allocation(cl, prof, ranges, p.nodes[name]))
			}
			if known && p.request.Prior != nil && p.request.Prior.Imported && held.Output == prof.Output {
				held.fillFamilies(p.catalog.Output(prof).Values(prof, profile.Filled{Ranges: ranges, BothFamilies: cl.Dual()}))
			}
			if known {
				held.PodSubnets, held.LateSubnets = p.request.podSubnets(cl, prof, held.PodSubnets)
				held.LatePods = latePods(cl, prof)
			}
			p.allocate(name, *held)
			continue
		}
		if !known || !whole(ranges, cl, prof) || slices.Contains(p.result.Deferred, name) {
			continue
		}
		p.allocate(name, p.allocation(cl, prof, ranges, p.nodes[name]))
	}
}

// allocate notes what a cluster has and with which profile. What is held is held with the profile of before,
// since a plan that changes it fails.
func (p *planner) allocate(name string, a Allocation) {
	p.result.Allocations[name] = a
	if of := cmp.Or(p.request.Facts.Clusters[name].Profile, p.priorProfile(name)); of != "" {
		p.result.Profiles[name] = of
	}
}

// latePods says whether a cluster that holds ranges may turn out to get further Pod ranges: by a pin, by the
// number of its nodes, or with the cluster whose ranges it is to have.
func latePods(cl topology.Cluster, prof *profile.Profile) bool {
	grows := unknownAny(cl, "pod_cidrs", "same_as") || cl.Unknown.Has("max_nodes") && len(cl.PodCIDRs) == 0
	return prof.Growth.Pods == "append" && grows
}

// rests says what rests after the plan.
func (p *planner) rests() {
	p.result.Released = p.released
	back := slices.ContainsFunc(p.result.Deferred, func(name string) bool { return p.cameBack(name) })
	late := p.request.Unknown.Has("reclaim") || slices.ContainsFunc(p.result.Deferred, p.mayTakeBack)
	p.result.LateReleased = (len(p.released) > 0 || back) && late || p.request.lateExisting()
}

// mayTakeBack says of a cluster that waits for its ranges that they may be, or were, among those that rest.
func (p *planner) mayTakeBack(name string) bool {
	cl := p.request.Facts.Clusters[name]
	return p.cameBack(name) || cl.Unknown.Has("previous_names") || slices.Contains(p.request.Reclaim, everyone) ||
		slices.ContainsFunc(slices.Collect(maps.Values(p.released)), func(r Released) bool {
			return r.Cluster == name || slices.Contains(cl.PreviousNames, r.Cluster)
		})
}

// lateExisting says whether it is not known yet what existing says to be held or to rest.
func (r Request) lateExisting() bool {
	return r.Unknown.Has("existing") ||
		slices.ContainsFunc(
			slices.Collect(maps.Values(r.Existing)),
			func(e Existing) bool { return slices.ContainsFunc(e.Unknown, matters) },
		)
}

// tellMoves tells which clusters get other ranges because they are renumbered, and which arguments of
// their cloud resources change with that.
func (p *planner) tellMoves() {
	for _, name := range slices.Sorted(maps.Keys(p.renumbered)) {
		was, now := p.renumbered[name], p.result.Allocations[name]
		if now.Held() && slices.Equal(was.InUse(), now.InUse()) { // as where Services are a part of pinned Pods
			if !p.isMirror(p.request.Facts.Clusters[name]) { // which is told of its first
				p.stays(name)
			}
			continue
		}
		p.warn(topology.Path{}.Attr("renumber").Key(name), p.moved(name, was, now))
	}
}

// moved says what becomes of a cluster that gets other ranges.
func (p *planner) moved(name string, was, now Allocation) Moved {
	moved := Moved{Cluster: name, Was: was.Ranges, Now: now.Ranges, Output: cmp.Or(now.Output, was.Output)}
	arguments := map[string]string{}
	maps.Copy(arguments, now.Values)
	maps.Copy(arguments, was.Values)
	prof, known := p.catalog.Profile(p.request.Facts.Clusters[name].Profile)
	for _, argument := range slices.Sorted(maps.Keys(arguments)) {
		changed := Argument{Name: argument, Was: was.Values[argument], Now: now.Values[argument]}
		if known && was.Output == prof.Output {
			changed.Outcome = prof.Outcome(p.catalog.Output(prof).Attributes[argument])
			moved.Resources = prof.Change.Resources
		}
		if late := now.Output == ""; late && changed.Outcome.Does != "" || !late && changed.Was != changed.Now {
			moved.Arguments = append(moved.Arguments, changed)
		}
	}
	return moved
}

// grow changes what further Pod ranges change and nothing else: an argument that the cluster lacks, since
// an earlier version did not know it, stays unset.
func (a *Allocation) grow(to Allocation) {
	values := maps.Clone(a.Values)
	for argument := range values {
		values[argument] = to.Values[argument]
	}
	a.Pods, a.Usable, a.Values = to.Pods, to.Usable, values
}

// fillFamilies adds arguments that a restored allocation lacks, since a lock does not show the families that the
// platform provides.
func (a *Allocation) fillFamilies(all map[string]string) {
	values := maps.Clone(all)
	maps.Copy(values, a.Values)
	a.Values = values
}

// allocation is all that goes with the ranges of a cluster.
func (p *planner) allocation(cl topology.Cluster, prof *profile.Profile, ranges profile.Ranges, node profile.NodeSize) Allocation {
	a := Allocation{
		Ranges: ranges, Usable: prof.Usable(ranges, node),
		Output: prof.Output, Values: p.catalog.Output(prof).Values(prof, profile.Filled{Ranges: ranges, BothFamilies: cl.Dual()}),
	}
	a.PodSubnets, a.LateSubnets = p.request.podSubnets(cl, prof, nil)
	return a
}

// Restore makes an allocation of ranges that a cluster holds, of which only these are known.
func Restore(p *profile.Profile, catalog *profile.Catalog, held profile.Ranges) Allocation {
	node := p.NodeOf(held.NodeMask)
	if held.NodeMask == 0 {
		node, _ = p.NodeSize(profile.Need{})
	}
	if held.PodIPv6.IsValid() && held.NodeIPv6Mask == 0 {
		held.NodeIPv6Mask = p.IPv6.NodeMask
	}
	return Allocation{
		Ranges: held, Usable: p.Usable(held, node),
		Output: p.Output, Values: catalog.Output(p).Values(p, profile.Filled{Ranges: held, BothFamilies: held.Dual()}),
	}
}

// whole says whether a cluster has all ranges that it is to have.
func whole(has profile.Ranges, cl topology.Cluster, prof *profile.Profile) bool {
	pods := len(has.Pods) > 0 || prof.Pods.From == profile.Subnets
	if cl.Block != nil {
		return pods
	}
	services := has.Service.IsValid() || prof.Pods.From == profile.Shared // then it follows from the Pods
	pods6 := has.PodIPv6.IsValid() || !cl.Dual() || prof.IPv6.Pods != "own"
	services6 := has.ServiceIPv6.IsValid() || !cl.Dual() || prof.IPv6.Services != "own"
	return pods && services && pods6 && services6
}
