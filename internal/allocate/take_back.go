package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// isReleased says whether what existing gives for a cluster or block is what it released.
func (s *situation) isReleased(name string, given profile.Ranges) bool {
	_, released, ok := s.lastReleased(name)
	same := func(a, b netip.Prefix) bool { return !a.IsValid() || a == b }
	return ok && same(given.Block, released.Block) && (len(given.Pods) == 0 || slices.Equal(given.Pods, released.Pods)) &&
		(given.NodeMask == 0 || given.NodeMask == released.NodeMask) &&
		(given.NodeIPv6Mask == 0 || given.NodeIPv6Mask == released.NodeIPv6Mask) &&
		same(given.Service, released.Service) &&
		same(given.Aggregate, released.Aggregate) &&
		same(given.PodIPv6, released.PodIPv6) &&
		same(given.ServiceIPv6, released.ServiceIPv6) && released.Further.StartsWith(given.Further)
}

// servedBy says whether what a cluster released serves what it asks for now.
func (c clusterCollector) servedBy(released Released) bool {
	if released.Profile != "" && released.Profile != c.cluster.Profile || released.Dual() && !c.cluster.Dual() {
		return false
	}
	trial := newClusterCollector(c.situation, c.name, c.cluster, c.profile)
	trial.found.node = trial.size(released.Ranges).node
	trial.checkHeld(released.Ranges)
	return !trial.found.faults.failed()
}
