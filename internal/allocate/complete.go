package allocate

import (
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
				p.nearEnd(name, len(held.Pods), prof)
			}
			if known {
				held.PodSubnets, held.LateSubnets = p.request.podSubnets(cl, prof, held.PodSubnets)
				held.LatePods = prof.Growth.Pods == "append" && cl.Unknown.Has("pod_cidrs")
			}
			p.result.Allocations[name] = *held
			continue
		}
		if !known || !whole(ranges, cl, prof) || slices.Contains(p.result.Deferred, name) {
			continue
		}
		p.result.Allocations[name] = p.allocation(cl, prof, ranges, p.nodes[name])
	}
}

// rests says what rests after the plan.
func (p *planner) rests() {
	p.result.Released = p.released
	back := slices.ContainsFunc(p.result.Deferred, func(name string) bool { return p.cameBack(name) })
	p.result.LateReleased = (len(p.released) > 0 || back) && (len(p.result.Deferred) > 0 || p.request.Unknown.Has("reclaim")) || p.request.lateExisting()
}

// lateExisting says whether it is not known yet what existing says to be held or to rest.
func (r Request) lateExisting() bool {
	return r.Unknown.Has("existing") || slices.ContainsFunc(slices.Collect(maps.Values(r.Existing)), func(e Existing) bool { return slices.ContainsFunc(e.Unknown, matters) })
}

// tellMoves tells which clusters get other ranges because they are renumbered, and which arguments of
// their cloud resources change with that.
func (p *planner) tellMoves() {
	for _, name := range slices.Sorted(maps.Keys(p.renumbered)) {
		was, now := p.renumbered[name], p.result.Allocations[name]
		if now.Held() && slices.Equal(was.InUse(), now.InUse()) { // as where Services are a part of pinned Pods
			if !p.isTwin(p.request.Facts.Clusters[name]) { // which is told of its first
				p.stays(name)
			}
			continue
		}
		moved := Moved{Cluster: name, Was: was.Ranges, Now: now.Ranges, Output: now.Output}
		arguments := maps.Clone(now.Values)
		if arguments == nil {
			arguments = map[string]string{}
		}
		if now.Output != "" {
			maps.Copy(arguments, was.Values)
		}
		for _, argument := range slices.Sorted(maps.Keys(arguments)) {
			if was.Values[argument] != now.Values[argument] {
				moved.Arguments = append(moved.Arguments, Argument{argument, was.Values[argument], now.Values[argument]})
			}
		}
		p.warn(topology.Path{}.Attr("renumber").Key(name), moved)
	}
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

// nearEnd warns when a cluster has got most of the Pod ranges that it can have.
func (p *planner) nearEnd(name string, count int, prof *profile.Profile) {
	if most := prof.MaxPodRanges(); count > most*3/4 && !p.isTwin(p.request.Facts.Clusters[name]) {
		p.warn(topology.Path{}.Attr("clusters").Key(name), NearEnd{Cluster: name, Count: count, Max: most, Profile: prof})
	}
}

// allocation is all that goes with the ranges of a cluster.
func (p *planner) allocation(cl topology.Cluster, prof *profile.Profile, ranges profile.Ranges, node profile.NodeSize) Allocation {
	a := Allocation{
		Ranges: ranges, Usable: prof.Usable(ranges, node),
		Output: prof.Output, Values: p.catalog.Output(prof).Values(prof, ranges),
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
	if held.PodIPv6.IsValid() {
		held.NodeIPv6Mask = p.IPv6.NodeMask
	}
	return Allocation{
		Ranges: held, Usable: p.Usable(held, node),
		Output: p.Output, Values: catalog.Output(p).Values(p, held),
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
