package allocate

import (
	"cmp"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// assembler makes the result of a plan of what its stages found.
type assembler struct {
	*situation
	collected collected
	placed    placed
	result    Result
}

// assemble makes the result of a plan of what its stages found: allocations, released ranges, and warnings of what changes. Faults
// are those of this stage alone.
func assemble(s *situation, c collected, p placed) Result {
	a := assembler{situation: s, collected: c, placed: p, result: newResult()}
	a.result.Deferred, a.result.Claims = p.deferred, p.claims
	a.result.Chosen, a.result.heldUnused = p.chosen, p.heldUnused
	a.allocations()
	a.result.Released, a.result.ReleasedUnknown = c.released, a.releasedUnknown()
	a.result.Faults = slices.Concat(a.moves(), a.growth(), a.outsideSupernets(), a.dnsAddresses())
	return a.result
}

func newResult() Result {
	return Result{Allocations: map[string]Allocation{}, Profiles: map[string]string{}}
}

// allocations makes allocations of what the clusters and blocks have. What state holds is passed on as it is. It is held with the
// profile of before, since a plan that changes it fails.
func (a *assembler) allocations() {
	a.result.Allocations = make(map[string]Allocation, len(a.placed.ranges))
	a.result.Profiles = make(map[string]string, len(a.placed.ranges))
	for name, ranges := range a.placed.ranges {
		if allocation, ok := a.allocationOf(name, ranges); ok {
			a.result.Allocations[name] = allocation
			if of := cmp.Or(a.request.Facts.Clusters[name].Profile, a.priorProfile(name)); of != "" {
				a.result.Profiles[name] = of
			}
		}
	}
}

// allocationOf is the allocation of a cluster or block, false while it does not have all its ranges.
func (a *assembler) allocationOf(name string, ranges profile.Ranges) (Allocation, bool) {
	held, byState := a.allocated(name)
	if _, is := a.request.Facts.Blocks[name]; is {
		return Allocation{Ranges: ranges}, byState || ranges.Block.IsValid() && !slices.Contains(a.placed.deferred, name)
	}
	cl, node := a.request.Facts.Clusters[name], a.collected.members[name].node
	if byState {
		prof, known := a.profileOf(name)
		if known {
			a.update(&held, cl, prof, ranges, node)
		}
		return held, true
	}
	prof, known := a.catalog.Profile(cl.Profile)
	if !known || !whole(ranges, cl, prof) || slices.Contains(a.placed.deferred, name) {
		return Allocation{}, false
	}
	return a.allocation(cl, prof, ranges, node), true
}

// update changes in an allocation that prior state holds what may change: further ranges, and what follows the configuration.
func (a *assembler) update(held *Allocation, cl topology.Cluster, prof *profile.Profile, ranges profile.Ranges, node profile.NodeSize) {
	if !slices.Equal(ranges.Pods, held.Pods) || !held.Further.StartsWith(ranges.Further) {
		held.grow(a.allocation(cl, prof, ranges, node), a.catalog.Output(prof))
	}
	if output := a.catalog.Output(prof); held.Output == prof.Output && (output.HasOtherRanges() || a.request.Prior.Imported) {
		values := output.Values(prof, a.filled(cl, prof, ranges))
		if a.request.Prior.Imported {
			held.fillMissing(values)
		}
		held.follow(values, output)
	}
	held.OthersUnknown = a.othersUnknown(cl, prof)
	held.PodSubnets, held.SubnetsUnknown = a.request.podSubnets(cl, prof, held.PodSubnets)
	held.PodsUnknown, held.ServicesUnknown = podRangesUnknown(cl, prof), serviceRangesUnknown(cl, prof)
	held.ExtensionUnknown = extensionUnknown(held.Ranges, cl, prof)
}

// releasedUnknown says whether it is not known yet what stays released.
func (a *assembler) releasedUnknown() bool {
	back := slices.ContainsFunc(a.placed.deferred, func(name string) bool { return a.collected.members[name].takesBack })
	undecided := a.request.Unknown.Has("reclaim") || slices.ContainsFunc(a.placed.deferred, a.mayTakeBack)
	return (len(a.collected.released) > 0 || back) && undecided || a.request.anyExistingUnknown()
}

// mayTakeBack says whether the ranges of a cluster or block that waits for them may be released ones, or were released.
func (a *assembler) mayTakeBack(name string) bool {
	owner, _ := a.request.Facts.Owner(name)
	return a.collected.members[name].takesBack || owner.Unknown.Has("previous_names") || slices.Contains(a.request.Reclaim, everyone) ||
		slices.ContainsFunc(slices.Collect(maps.Values(a.collected.released)), func(r Released) bool {
			return r.Cluster == name || slices.Contains(owner.PreviousNames, r.Cluster)
		})
}

// moves reports which clusters get other ranges because they are renumbered, and which arguments of
// their cloud resources change with that.
func (a *assembler) moves() []topology.Fault {
	var faults faultList
	for _, name := range slices.Sorted(maps.Keys(a.renumbered)) {
		was, now := a.renumbered[name], a.result.Allocations[name]
		if now.Held() && slices.Equal(was.InUse(), now.InUse()) { // as where Services are a part of pinned Pods
			if !a.isMirror(name) { // which is reported for its original
				a.refuseToken(&faults, name)
			}
			continue
		}
		faults.warn(topology.Path{}.Attr("renumber").Key(name), a.moved(name, was, now))
	}
	return faults
}

// moved says what becomes of a cluster that gets other ranges.
func (a *assembler) moved(name string, was, now Allocation) Moved {
	moved := Moved{Cluster: name, Was: was.Ranges, Now: now.Ranges, Output: cmp.Or(now.Output, was.Output)}
	arguments := map[string]string{}
	maps.Copy(arguments, now.Values)
	maps.Copy(arguments, was.Values)
	prof, known := a.catalog.Profile(a.request.Facts.Clusters[name].Profile)
	for _, argument := range slices.Sorted(maps.Keys(arguments)) {
		changed := Argument{Name: argument, Was: was.Values[argument], Now: now.Values[argument]}
		if known && was.Output == prof.Output {
			changed.Outcome = prof.Outcome(a.catalog.Output(prof).Attributes[argument])
			moved.Resources = prof.Change.Resources
		}
		if unknown := now.Output == ""; unknown && changed.Outcome.Does != "" || !unknown && changed.Was != changed.Now {
			moved.Arguments = append(moved.Arguments, changed)
		}
	}
	return moved
}
