package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// formerClaims are the claims to ranges that clusters use beside Pods and Services by the prior state, that networks route, and that are
// not among the claims of now: of declared clusters and of those that are gone, here and in other workspaces. No state keeps such a range
// as released, and the platform can have it until the apply is done. So new ranges of this plan avoid it, and the next plan can use it.
func (s *situation) formerClaims(now []conflict.Claim) []conflict.Claim {
	if s.request.Prior == nil || s.request.formerIsFree {
		return nil
	}
	used := map[conflict.ID]bool{}
	for _, c := range now {
		if c.Kind == conflict.Other {
			used[c.ID()] = true
		}
	}
	was := s.request.Prior.Facts
	var before []conflict.Claim
	for _, name := range slices.Sorted(maps.Keys(was.Clusters)) {
		if prof, known := s.catalog.Profile(was.Clusters[name].Profile); known && len(prof.OtherRanges) > 0 {
			before = append(before, conflict.ClusterClaimant(name, was.Clusters[name], prof).Others()...)
		}
	}
	foreign := topology.Facts{Foreign: maps.Clone(was.Foreign)}
	maps.DeleteFunc(foreign.Foreign, func(_ string, c topology.Foreign) bool { return c.Kind != topology.ForeignOther })
	before = append(before, conflict.FactClaims(foreign, s.catalog)...)
	var former []conflict.Claim
	for _, c := range before {
		if !c.Routed() || used[c.ID()] {
			continue
		}
		if c.Former = true; c.Foreign() || !s.request.Facts.Declares(c.Network) {
			c.Network = ""
		}
		former = append(former, c)
	}
	return former
}

// withFormer are claims with those to ranges that clusters used until now.
func (c collected) withFormer(claims []conflict.Claim) []conflict.Claim {
	return append(slices.Clip(claims), c.former...)
}

// GivenOnFormer says that the configuration now gives a cluster or block a range that has addresses of one that a cluster used until now
// beside Pods and Services. It only warns.
type GivenOnFormer struct{ Given, Former conflict.Claim }

// givenOnFormer warns of ranges that the configuration gives for the first time where a cluster used addresses of them until now.
func (c conflictCheck) givenOnFormer() faultList {
	var faults faultList
	apart := c.separation()
	for _, former := range c.collected.former {
		for _, claim := range c.collected.claims {
			given := claim.Source == conflict.Pinned && (claim.OfClusterOrBlock() || claim.Kind == conflict.Other) && claim.SameAs == ""
			own := claim.Kind == conflict.Other && claim.Owner == former.Owner && !former.Foreign() // which changes
			if given && !own && claim.Range.Overlaps(former.Range) && apart.avoids(claim, former) && len(c.prior.Of(claim)) == 0 {
				faults.warn(claim.At, GivenOnFormer{claim, former}, c.later(claim))
			}
		}
	}
	return faults
}

// later is the option to give a range in the plan after this one: with its cluster or block if that is new.
func (c conflictCheck) later(given conflict.Claim) topology.Option {
	list := given.At[:len(given.At)-1]
	now, then := topology.RemoveFrom(list, given.Range), topology.Add(list, given.Range)
	switch held := c.heldBefore(given.Owner); {
	case !held.Held():
		owner := c.request.all().Key(given.Owner)
		now, then = topology.Remove(owner), topology.Restore(owner)
	case given.At[len(given.At)-1].Index == 0:
		now, then = topology.Remove(given.At), topology.Set(given.At, given.Range)
	case given.Kind == conflict.Other && len(c.request.Facts.Clusters[given.Owner].OtherRanges[given.Part]) == 1:
		now, then = topology.Remove(list), topology.Set(list, []string{given.Range.String()})
	}
	option := topology.OptionOf(now)
	option.Later = []topology.Edit{then}
	return option
}
