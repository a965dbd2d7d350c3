package allocate

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"net/netip"
	"reflect"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// life is the slow and obvious model of the state of an allocator: who holds which ranges, and which released ranges stay reserved.
type life struct {
	held map[string]Allocation
	// declared is what was declared of the clusters or blocks, tokens are their last ones.
	declared declarations
	tokens   map[string]string
	// released are the released ranges, the oldest first.
	released []releasedRanges
}

// declarations are clusters or blocks as they are declared: each a topology.Cluster or a topology.Block.
type declarations map[string]any

func declarationsOf(f topology.Facts) declarations {
	all := declarations{}
	for name, cl := range f.Clusters {
		all[name] = cl
	}
	for name, b := range f.Blocks {
		all[name] = b
	}
	return all
}

// releasedRanges are the ranges that one cluster released, and how the cluster was declared then. All that one plan releases has
// the same order; what the current plan releases has the order now.
type releasedRanges struct {
	key, owner string
	order      int64
	ranges     profile.Ranges
	declared   any
}

// profile is the profile of the cluster, "" where it is not known how it was declared, and of a block.
func (r releasedRanges) profile() string {
	was, _ := r.declared.(topology.Cluster)
	return was.Profile
}

const now = math.MaxInt64

// expectation is what has to become of a life in a plan.
type expectation struct {
	// keeps are the clusters that keep their ranges; moves and undeclared are those that release them.
	keeps                   map[string]Allocation
	moves, undeclared, back []string
	// released is all that is released, including what comes back and what is used again in this plan.
	released []releasedRanges
	// was is what was declared of the clusters, by the names they have now, tokens their tokens.
	was    declarations
	tokens map[string]string
}

// expects says what has to become of a life when a request is planned.
func (l life) expects(r Request) expectation {
	f := expectation{keeps: maps.Clone(l.held), was: maps.Clone(l.declared), tokens: maps.Clone(l.tokens)}
	if r.Prior != nil && r.Prior.Imported { // only ranges and profiles were restored
		f.was, f.tokens = declarations{}, r.Renumber
		for name, of := range r.Prior.Profiles {
			f.was[name] = topology.Cluster{Profile: of}
		}
	}
	f.rename(r.Facts)
	for _, old := range l.released {
		if !slices.Contains(r.Reclaim, old.owner) && !slices.Contains(r.Reclaim, old.key) {
			f.released = append(f.released, old)
		}
	}
	f.release(r, l.held)
	slices.SortStableFunc(f.released, func(a, b releasedRanges) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.key, b.key))
	})
	for _, name := range r.Facts.Owners() {
		_, keeps := f.keeps[name]
		e, exists := r.Existing[name]
		if i := f.own(name, r.Facts); exists && i >= 0 && givesNoMore(e, f.released[i].ranges) {
			exists = false // it repeats the released ranges and adds nothing
		}
		if !keeps && !exists && !slices.Contains(f.moves, name) {
			f.back = append(f.back, name)
		}
	}
	return f
}

// rename gives what clusters hold under an earlier name to the cluster that names it.
func (f expectation) rename(now topology.Facts) {
	for _, name := range now.Owners() {
		owner, _ := now.Owner(name)
		for _, old := range owner.PreviousNames {
			_, busy := f.keeps[name]
			if a, held := f.keeps[old]; held && !busy {
				f.keeps[name], f.was[name] = a, f.was[old]
				if token := f.tokens[old]; token != "" {
					f.tokens[name] = token
				}
				delete(f.keeps, old)
			}
		}
	}
}

// release notes the clusters that move or are gone: what they hold is released.
func (f *expectation) release(r Request, held map[string]Allocation) {
	for _, name := range names(f.keeps) {
		declared := r.Facts.HasOwner(name)
		moves := r.Renumber[name] != "" && r.Renumber[name] != f.tokens[name] && !confirmed(r, f.was[name], name, held)
		if declared && !moves {
			continue
		}
		if declared {
			f.moves = append(f.moves, name)
		} else {
			f.undeclared = append(f.undeclared, name)
		}
		f.released = append(f.released, releasedRanges{name, name, now, f.keeps[name].Ranges, f.was[name]})
		delete(f.keeps, name)
	}
}

// givesNoMore says whether an entry of existing repeats released ranges and adds nothing.
func givesNoMore(e Existing, before profile.Ranges) bool {
	same := func(given, was netip.Prefix) bool { return !given.IsValid() || given == was }
	return same(e.CIDR, before.Block) && (len(e.PodCIDRs) == 0 || list(e.PodCIDRs) == list(before.Pods)) &&
		(e.NodeMask == 0 || e.NodeMask == before.NodeMask) && same(e.ServiceCIDR, before.Service) &&
		before.Further.StartsWith(e.Further) && same(e.Aggregate, before.Aggregate) &&
		same(e.PodIPv6CIDR, before.PodIPv6) && same(e.ServiceIPv6CIDR, before.ServiceIPv6)
}

// in finds the released ranges in a result, and their key.
func (r releasedRanges) in(result Result) (key string, found bool) {
	for _, k := range names(result.Released) {
		got := result.Released[k]
		same := got.Cluster == r.owner && got.Profile == r.profile() && reflect.DeepEqual(got.Ranges, r.ranges)
		newer := r.order == now && got.Order >= result.Released[key].Order
		if same && (newer || r.order == got.Order && r.key == k) {
			key, found = k, true
		}
	}
	return key, found
}

// own is the index of what a cluster released last, under this or an earlier name; -1 where
// there is none.
func (f expectation) own(name string, facts topology.Facts) int {
	for i, r := range slices.Backward(f.released) {
		if r.owner == name || !facts.HasOwner(r.owner) && slices.Contains(facts.OwnerNames(name), r.owner) {
			return i
		}
	}
	return -1
}

// asksTheSame says whether two declarations want the same of an allocator.
func asksTheSame(before, now any) bool {
	switch a := before.(type) {
	case topology.Block:
		b := now.(topology.Block)
		return a.PrefixLength == b.PrefixLength && a.Addresses == b.Addresses && a.CIDR == b.CIDR && a.Platform == b.Platform &&
			a.Family == b.Family
	case topology.Cluster:
		return clusterAsksTheSame(a, now.(topology.Cluster))
	}
	return false
}

func clusterAsksTheSame(a, b topology.Cluster) bool {
	return a.Profile == b.Profile && a.Need == b.Need && slices.Equal(a.PodCIDRs, b.PodCIDRs) && a.Dual() == b.Dual() &&
		reflect.DeepEqual(a.Pins(), b.Pins()) && a.Further.Equal(b.Further) && slices.Equal(a.AppendRanges, b.AppendRanges)
}

// wrongKept says which cluster does not keep what it holds.
func (l *life) wrongKept(f expectation, r Request, result Result) string {
	for _, name := range names(f.keeps) {
		was, has := f.keeps[name], result.Allocations[name]
		if confirmed(r, f.was[name], name, l.held) { // its Pod subnets are those of the VPC it is in now
			was.PodSubnets, was.SubnetsUnknown = has.PodSubnets, has.SubnetsUnknown
		}
		if !stays(was, has) {
			return fmt.Sprintf("%s held %+v and has %+v", name, was, has)
		}
		if has.SubnetsUnknown && !r.Facts.WithMirrors().Clusters[name].Unknown.Has("pod_subnets") {
			return fmt.Sprintf("the Pod subnets of %s are known, and it has %+v", name, has)
		}
	}
	return ""
}

// checkPlan says what is wrong with a plan that does not fail, "" if nothing; the life goes on with it.
func (l *life) checkPlan(r Request, result Result, catalog *profile.Catalog) string {
	f := l.expects(r)
	if wrong := l.wrongKept(f, r, result); wrong != "" {
		return wrong
	}
	now := declarationsOf(r.Facts)
	if len(result.Allocations) != len(now) {
		return fmt.Sprintf("%d clusters or blocks have %d allocations", len(now), len(result.Allocations))
	}
	if wrong := f.wrongReports(result); wrong != "" {
		return wrong
	}
	known := maps.Clone(f.keeps) // what the plan did not choose
	for _, name := range f.back {
		i := f.own(name, r.Facts)
		if i < 0 {
			continue
		}
		own, has := f.released[i], result.Allocations[name].Ranges
		_, stillReleased := own.in(result)
		switch {
		case stillReleased && r.existingKey(name) != "":
			known[name] = Allocation{Ranges: r.ExistingOf(name).Ranges()}
			continue
		case (stillReleased || !sameOrMore(own.ranges, has)) && asksTheSame(own.declared, now[name]):
			return fmt.Sprintf("%s asks for what it had, %v, and gets %v", name, own.ranges, has)
		case stillReleased, !sameOrMore(own.ranges, has) && slices.Contains(r.Reclaim, everyone): // then it is used again
			continue
		case !sameOrMore(own.ranges, has):
			return fmt.Sprintf("%s released %v and gets %v", name, own.ranges, has)
		}
		known[name] = Allocation{Ranges: own.ranges}
		f.released = slices.Delete(f.released, i, i+1)
	}
	if wrong := f.wrongReleases(r, result, catalog); wrong != "" {
		return wrong
	}
	if wrong := wrongChoices(r, known, result, catalog); wrong != "" {
		return wrong
	}
	l.released = nil
	for _, ranges := range f.released {
		if key, stillReleased := ranges.in(result); stillReleased {
			ranges.key, ranges.order = key, result.Released[key].Order
			l.released = append(l.released, ranges)
		}
	}
	l.held, l.declared, l.tokens = maps.Clone(result.Allocations), now, map[string]string{}
	maps.Copy(l.tokens, r.Renumber)
	return ""
}

// stays says whether an allocation is the one of before, or has further Pod ranges or subnets.
func stays(was, has Allocation) bool {
	if was.SubnetsUnknown || has.SubnetsUnknown { // their subnets are compared once both are known
		was.PodSubnets, was.SubnetsUnknown = has.PodSubnets, has.SubnetsUnknown
	}
	if n := len(was.PodSubnets); len(has.PodSubnets) >= n && slices.Equal(has.PodSubnets[:n], was.PodSubnets) {
		has.PodSubnets = was.PodSubnets
	}
	return reflect.DeepEqual(was, has) || grew(was, has)
}

// sameOrMore says whether ranges are those of before, with further ones behind, or with one larger Pod range around the one of before.
func sameOrMore(was, now profile.Ranges) bool {
	larger := len(was.Pods) == 1 && len(now.Pods) == 1 && cidr.Contains(now.Pods[0], was.Pods[0])
	same := func(a, b netip.Prefix) bool { return !a.IsValid() || a == b }
	return same(was.Block, now.Block) && (larger || appends(now.Pods, was.Pods)) && same(was.Aggregate, now.Aggregate) &&
		same(was.Service, now.Service) && same(was.PodIPv6, now.PodIPv6) && same(was.ServiceIPv6, now.ServiceIPv6) &&
		(was.NodeMask == 0 || was.NodeMask == now.NodeMask) && now.Further.StartsWith(was.Further)
}

// confirmed says whether the new token of a cluster confirms that it is in another VPC: it is pinned to what it
// holds.
func confirmed(r Request, before any, name string, all map[string]Allocation) bool {
	cl, renames := r.Facts.WithMirrors().Clusters[name], r.Facts.Renames()
	was, _ := before.(topology.Cluster)
	held := all[name]
	for _, old := range cl.PreviousNames {
		if _, same := all[name]; !same {
			held = all[old]
		}
	}
	services := cl.ServiceCIDR == held.Service || len(held.Pods) > 0 && held.Service.IsValid() && held.Pods[0].Overlaps(held.Service)
	return was.VPC != "" && cl.VPC != renames.Network(was.VPC) && slices.Equal(cl.PodCIDRs, held.Pods) && services &&
		cl.PodIPv6CIDR == held.PodIPv6 && cl.ServiceIPv6CIDR == held.ServiceIPv6
}
