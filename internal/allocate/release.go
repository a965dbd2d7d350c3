package allocate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// release is what a plan releases, and what stays held.
type release struct {
	held       map[string]Allocation
	released   map[string]Released
	renumbered map[string]Allocation
	confirmed  map[string]bool
	// undeclared are those that are no longer declared, guarded those that must not be released.
	undeclared, guarded []FormerCluster
	faults              faultList
}

// release releases what clusters and blocks hold that are no longer declared or are to be renumbered.
func (s *situation) release() release {
	var prior Prior
	if s.request.Prior != nil {
		prior = *s.request.Prior
	}
	r := release{
		held: maps.Clone(prior.Allocations), released: maps.Clone(s.released),
		renumbered: map[string]Allocation{}, confirmed: map[string]bool{},
	}
	var order int64
	for _, released := range s.released {
		order = max(order, released.Order)
	}
	staying := s.mirrorsThatStay(prior, &r.faults)
	for _, name := range slices.Sorted(maps.Keys(prior.Allocations)) {
		declared := s.request.Facts.HasOwner(name)
		if declared && (!s.moves(name, prior) || staying[name]) {
			continue
		}
		a := prior.Allocations[name]
		if declared && s.confirms(name, prior, a.Ranges) {
			r.confirmed[name] = true
			continue
		}
		if declared && s.isPinnedTo(name, a.Ranges) {
			s.refuseToken(&r.faults, name)
			continue
		}
		delete(r.held, name)
		r.released[releaseKey(name, r.released)] = Released{
			Cluster:    name,
			Profile:    cmp.Or(prior.Facts.Clusters[name].Profile, prior.Profiles[name]),
			Order:      order + 1,
			Allocation: a,
		}
		switch {
		case s.isGuarded(append(prior.Facts.OwnerNames(name), everyone)):
			r.guarded = append(r.guarded, FormerCluster{Cluster: name, Held: a.Ranges})
		case declared:
			r.renumbered[name] = a
		default:
			r.undeclared = append(r.undeclared, FormerCluster{Cluster: name, Held: a.Ranges})
		}
	}
	return r
}

// moves says whether the configuration asks for other ranges of a cluster.
func (in *inputs) moves(name string, prior Prior) bool {
	token := in.request.Renumber[name]
	return token != "" && token != prior.Renumber[name]
}

// refuseToken reports a token of a cluster or block that is pinned to what it holds.
func (s *situation) refuseToken(faults *faultList, name string) {
	faults.fault(
		topology.Path{}.Attr("renumber").Key(name),
		topology.NotAccepted{Value: s.request.Renumber[name], Reason: PinnedToHeld{s.request.nameKind()}}, s.unpinned(name),
		s.notRenumbered(name),
	)
}

// isGuarded says whether prevent_release has one of some names.
func (in *inputs) isGuarded(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(in.request.PreventRelease, name) })
}

// releaseKey is a key for what a cluster releases: its name, or the name with a number that no cluster
// can have.
func releaseKey(name string, taken map[string]Released) string {
	key := name
	for n := 2; ; n++ {
		if _, ok := taken[key]; !ok {
			return key
		}
		key = fmt.Sprintf("%s~%d", name, n)
	}
}

// mirrorsThatStay are the clusters that would move away from those that have the same ranges and are to
// keep them. None of them moves, and each is reported once.
func (s *situation) mirrorsThatStay(prior Prior, faults *faultList) map[string]bool {
	all := map[string]bool{}
	for _, original := range slices.Sorted(maps.Keys(s.mirrors)) {
		var moving, staying []string
		first, held := prior.Allocations[original]
		for _, name := range append([]string{original}, s.mirrors[original]...) {
			a, holds := prior.Allocations[name]
			switch {
			case !held || !holds || !slices.Equal(a.Pods, first.Pods) || a.Service != first.Service: // not the same yet
			case s.moves(name, prior):
				moving = append(moving, name)
			default:
				staying = append(staying, name)
			}
		}
		if len(staying) == 0 {
			continue
		}
		for _, name := range moving {
			all[name] = true
			faults.fault(
				topology.Path{}.Attr("renumber").
					Key(name),
				topology.NotAccepted{Value: s.request.Renumber[name], Reason: MirrorKeepsRanges{staying[0]}},
				s.renumberedTogether(name, staying),
				s.notRenumbered(name),
			)
		}
	}
	return all
}
