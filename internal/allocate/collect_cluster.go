package allocate

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// clusterCollector finds out what one cluster has and needs.
type clusterCollector struct {
	collector
	cluster topology.Cluster
	profile *profile.Profile
}

func newClusterCollector(s *situation, name string, cl topology.Cluster, prof *profile.Profile) clusterCollector {
	return clusterCollector{newCollector(s, s.clusterClaimant(name, prof)), cl, prof}
}

// collectCluster finds out what a cluster has and what it still needs.
func collectCluster(s *situation, name string, cl topology.Cluster) member {
	prof, known := s.profileOf(name)
	if !known {
		return s.heldAlone(name)
	}
	c := newClusterCollector(s, name, cl, prof)
	c.ranges(c.start(c.servedBy))
	return *c.found
}

// heldAlone is a cluster of which nothing is known but what state has.
func (s *situation) heldAlone(name string) member {
	if ranges, byState := s.held(name); byState {
		return member{known: true, ranges: ranges}
	}
	return member{}
}

// ranges finds out which ranges a cluster has and needs.
func (c clusterCollector) ranges(held profile.Ranges, adopted bool) {
	ranges, size := held, c.size(held)
	if adopted {
		c.checkSized(ranges)
		c.warnOfAssumedPods(ranges)
	}
	if ranges.NodeMask == 0 {
		ranges.NodeMask = size.node.Mask
	}
	c.found.node = size.node
	if c.profile.Pods.From == profile.Shared && !ranges.Service.IsValid() {
		ranges.Service = c.profile.ServiceTail(first(ranges.Pods), c.found.serviceTail)
	}
	c.checkHeld(ranges)
	given := c.givenBy(ranges, adopted)
	ranges.Pods = c.pods(ranges, size.pod)
	ranges.Further = grownFurther(ranges.Further.Clone(), c.cluster, c.profile)
	ranges.Service = c.services(ranges, size.service)
	if c.cluster.Dual() || ranges.Dual() {
		ranges = c.ipv6(ranges, size.ipv6)
	}
	c.found.ranges = ranges
	c.claim(c.owner.Claims(ranges, given)...)
	c.claim(c.owner.Others()...)
}
