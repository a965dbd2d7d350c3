package allocate

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A mirror has the ranges of its first, in another VRF. Only the first wants ranges, and what it is
// handed makes a claim in the network of each: so it is free in all of them.

// isMirror says whether a cluster takes its ranges after another one that is declared.
func (p *planner) isMirror(cl topology.Cluster) bool {
	_, declared := p.request.Facts.Clusters[cl.SameAs]
	return cl.SameAs != "" && declared
}

// alike are the other clusters that have the very same ranges as one.
func (p *planner) alike(name string) []string {
	first := cmp.Or(p.request.Facts.Clusters[name].SameAs, name)
	if len(p.mirrors[first]) == 0 {
		return nil
	}
	return slices.DeleteFunc(append([]string{first}, p.mirrors[first]...), func(other string) bool { return other == name })
}

// settleMirror gives a cluster the ranges of its first and claims them in its own network. What the first
// still wants it gets along with it.
func (p *planner) settleMirror(name string, cl topology.Cluster) {
	held, complete := p.held(name)
	first, settled := p.ranges[cl.SameAs]
	prof, known := p.catalog.Profile(cl.Profile)
	if !known {
		prof, known = p.catalog.Profile(p.priorProfile(name))
	}
	if !known || !settled {
		if complete != nil {
			p.ranges[name] = held
		}
		return
	}
	at := topology.Path{}.Attr("clusters").Key(name)
	changed := func(argument, was, wanted string) { p.changed(name, argument, was, wanted, held) }
	p.nodes[name], p.tails[name] = p.nodes[cl.SameAs], p.tails[cl.SameAs]
	ranges := first
	ranges.Pods = slices.Clone(first.Pods)
	stays := p.keepsNetwork(name, cl, held)
	if held.Held() && !p.otherProfile(name, cl, changed) {
		argument, was, wanted := p.unlike(held, first, complete != nil)
		switch {
		case argument == "": // it has what it is to have
		case complete != nil:
			p.fault(
				at.Attr("same_as"),
				Changed{Cluster: name, Argument: argument, Held: was, Wanted: wanted, SameAs: cl.SameAs},
				p.mirrorOptions(name)...)
			ranges = held
		default:
			p.fault(
				topology.Path{}.Attr("existing").Key(name).Attr(argument),
				topology.Contradicting{Value: was, Other: fmt.Sprintf("same_as = %q of the cluster", cl.SameAs), Gives: wanted},
				topology.OptionOf(topology.Remove(topology.Path{}.Attr("existing").Key(name))), p.ownAsExisting(name),
			)
			ranges = held
		}
	}
	if stays {
		p.keepsSubnets(name, cl, prof)
	}
	if !held.Held() {
		p.takeBackMirror(name, ranges)
	}
	p.ranges[name] = ranges
	p.claimGrowthReserve(name, ranges.Aggregate)
	p.claim(p.claimant(name, prof).mirrorClaims(ranges, complete == nil)...)
}

// takeBackMirror lets what a mirror gave up rest no more where that are the ranges of its first.
func (p *planner) takeBackMirror(name string, ranges profile.Ranges) {
	key, released, ok := p.comesBack(name)
	if !ok || !released.Held() {
		return
	}
	if argument, _, _ := p.unlike(released.Ranges, ranges, true); argument == "" {
		p.back[name] = released.Ranges
		delete(p.released, key)
	}
}

// cameBack says whether a cluster took back what rested.
func (p *planner) cameBack(name string) bool {
	_, back := p.back[name]
	return back
}

// unlike finds the first argument in which what a mirror holds is not what its first has; its first may
// only have further Pod ranges. What is held by existing may lack something, and what the first is
// still to get later may yet be the same.
func (p *planner) unlike(held, first profile.Ranges, complete bool) (argument, was, wanted string) {
	chosen := func(text string) string {
		return cmp.Or(text, "a range that is still to be chosen")
	}
	late := len(p.result.Unknown) > 0
	if (len(held.Pods) > 0 || complete && len(first.Pods) > 0) && !appends(first.Pods, held.Pods) && !(late && len(first.Pods) == 0) {
		return "pod_cidrs", list(held.Pods), chosen(list(first.Pods))
	}
	for _, one := range []struct {
		argument    string
		held, first netip.Prefix
	}{
		{"service_cidr", held.Service, first.Service}, {"pod_ipv6_cidr", held.PodIPv6, first.PodIPv6},
		{"service_ipv6_cidr", held.ServiceIPv6, first.ServiceIPv6}, {"pod_aggregate", held.Aggregate, first.Aggregate},
	} {
		if one.held != one.first && (one.held.IsValid() || complete) && !(late && !one.first.IsValid()) {
			return one.argument, shownRange(one.held, "none"), shownRange(one.first, "another one")
		}
	}
	if held.NodeMask != first.NodeMask && (held.NodeMask != 0 || complete) {
		return "node_cidr_mask", fmt.Sprint(held.NodeMask), fmt.Sprint(first.NodeMask)
	}
	if held.NodeIPv6Mask != first.NodeIPv6Mask && (held.NodeIPv6Mask != 0 || complete) && !(late && first.NodeIPv6Mask == 0) {
		return "node_ipv6_cidr_mask", fmt.Sprint(held.NodeIPv6Mask), fmt.Sprint(first.NodeIPv6Mask)
	}
	return "", "", ""
}

func shownRange(p netip.Prefix, none string) string {
	if !p.IsValid() {
		return none
	}
	return p.String()
}

// moves says whether the configuration asks for other ranges of a cluster.
func (p *planner) moves(name string, prior *Prior) bool {
	token := p.request.Renumber[name]
	return token != "" && token != prior.Renumber[name]
}

// leftBehind are the clusters that would move away from those that hold the very same ranges and are to
// keep having them. None of them moves, and each is told of once.
func (p *planner) leftBehind(prior *Prior) map[string]bool {
	left := map[string]bool{}
	for _, first := range slices.Sorted(maps.Keys(p.mirrors)) {
		var moving, staying []string
		original, held := prior.Allocations[first]
		for _, name := range append([]string{first}, p.mirrors[first]...) {
			a, holds := prior.Allocations[name]
			switch {
			case !held || !holds || !slices.Equal(a.Pods, original.Pods) || a.Service != original.Service: // not the same yet
			case p.moves(name, prior):
				moving = append(moving, name)
			default:
				staying = append(staying, name)
			}
		}
		if len(staying) == 0 {
			continue
		}
		for _, name := range moving {
			left[name] = true
			why := fmt.Sprintf("cluster %q has the same ranges (same_as) and would keep them", staying[0])
			p.fault(
				topology.Path{}.Attr("renumber").Key(name), topology.NotAccepted{Value: p.request.Renumber[name], Why: why},
				p.renumberedTogether(name, staying), p.notRenumbered(name),
			)
		}
	}
	return left
}
