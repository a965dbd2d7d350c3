package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A mirror has the ranges of its original, in another VRF. Only the original demands ranges, and a chosen range
// makes a claim in the network of each: so it is free in all of them.

// collectMirror gives a mirror cluster the ranges of its original and claims them in its own network. What the original
// still needs the mirror gets along with it. factsUnknown says that some facts are not known until apply.
func collectMirror(s *situation, name string, cl topology.Cluster, original member, factsUnknown bool) member {
	held, complete := s.held(name)
	prof, known := s.profileOf(name)
	if !known || !original.known {
		return s.heldAlone(name)
	}
	c := newClusterCollector(s, name, cl, prof)
	c.found.node, c.found.serviceTail = original.node, original.serviceTail
	ranges := original.ranges
	ranges.Pods, ranges.Further = slices.Clone(ranges.Pods), ranges.Further.Clone()
	stays := c.checkNetwork(&c.found.faults, name, cl, held)
	if held.Held() && !c.checkProfile(held) && !c.checkMirrors(held, ranges, complete, factsUnknown) {
		ranges = held
	}
	if stays {
		c.checkSubnets()
	}
	if !held.Held() {
		c.takeBackMirrored(ranges, factsUnknown)
	}
	c.found.ranges = ranges
	c.claim(mirrorClaims(*c.owner, ranges, !complete)...)
	c.claim(c.owner.Others()...)
	return *c.found
}

// checkMirrors checks that what a mirror holds is what its original has, and says whether it is. complete says that state has what the
// mirror holds.
func (c clusterCollector) checkMirrors(held, original profile.Ranges, complete, factsUnknown bool) bool {
	compared := held
	if one := first(original.Pods); c.profile.Extends() && len(held.Pods) == 1 && one.IsValid() && cidr.Contains(one, held.Pods[0]) {
		compared.Pods = original.Pods // the larger range takes the place of the one that is held
	}
	argument, was, wanted := firstDifference(compared, original, complete, factsUnknown)
	switch {
	case argument == "":
		return true
	case complete:
		c.fault(
			c.at.Attr("same_as"),
			Changed{Cluster: c.name, Argument: argument, Held: was, Wanted: wanted, SameAs: c.cluster.SameAs},
			c.mirrorOptions(c.name)...)
	default:
		at := topology.Path{}.Attr("existing").Key(c.name)
		c.fault(
			at.Attr(argument),
			topology.Contradicting{Value: was, Other: topology.SameAsOfCluster{SameAs: c.cluster.SameAs}, Gives: wanted},
			topology.OptionOf(topology.Remove(at)), c.ownAsExisting(c.name),
		)
	}
	return false
}

// takeBackMirrored takes back what a mirror released where that are the ranges of its original.
func (c clusterCollector) takeBackMirrored(ranges profile.Ranges, factsUnknown bool) {
	key, released, ok := c.lastReleased(c.name)
	if !ok || !released.Held() {
		return
	}
	if argument, _, _ := firstDifference(released.Ranges, ranges, true, factsUnknown); argument == "" {
		c.found.takesBack, c.found.releasedKey, c.found.back = true, key, released.Ranges
	}
}

// firstDifference finds the first argument in which what a mirror holds is not what its original has; the original may
// only have further Pod ranges. What is held by existing, which is not complete, may lack something, and what the original
// gets later may yet be the same.
func firstDifference(held, original profile.Ranges, complete, factsUnknown bool) (argument string, was, wanted any) {
	if !appends(original.Pods, held.Pods) && !(factsUnknown && len(original.Pods) == 0) {
		if len(original.Pods) == 0 {
			return "pod_cidrs", held.Pods, NotChosen{}
		}
		return "pod_cidrs", held.Pods, original.Pods
	}
	for _, one := range []struct {
		argument       string
		held, original netip.Prefix
	}{
		{"service_cidr", held.Service, original.Service}, {"pod_ipv6_cidr", held.PodIPv6, original.PodIPv6},
		{"service_ipv6_cidr", held.ServiceIPv6, original.ServiceIPv6}, {"pod_aggregate", held.Aggregate, original.Aggregate},
	} {
		if one.held != one.original && (one.held.IsValid() || complete) && !(factsUnknown && !one.original.IsValid()) {
			if !one.original.IsValid() {
				return one.argument, one.held, AnotherRange{}
			}
			return one.argument, one.held, one.original
		}
	}
	lists := original.Further.Lists()
	for i, list := range held.Further.Lists() {
		if has := *lists[i].Ranges; !appends(has, *list.Ranges) {
			return list.Attr, *list.Ranges, has
		}
	}
	return differentMask(held, original, complete, factsUnknown)
}

// differentMask finds the first mask of node blocks in which what a mirror holds is not what its original has.
func differentMask(held, original profile.Ranges, complete, factsUnknown bool) (argument string, was, wanted any) {
	if held.NodeMask != original.NodeMask && (held.NodeMask != 0 || complete) {
		return "node_cidr_mask", held.NodeMask, original.NodeMask
	}
	if held.NodeIPv6Mask != original.NodeIPv6Mask && (held.NodeIPv6Mask != 0 || complete) && !(factsUnknown && original.NodeIPv6Mask == 0) {
		return "node_ipv6_cidr_mask", held.NodeIPv6Mask, original.NodeIPv6Mask
	}
	return "", "", ""
}
