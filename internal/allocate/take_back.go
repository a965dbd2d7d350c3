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
	return ok && (len(given.Pods) == 0 || slices.Equal(given.Pods, released.Pods)) &&
		(given.NodeMask == 0 || given.NodeMask == released.NodeMask) &&
		(given.NodeIPv6Mask == 0 || given.NodeIPv6Mask == released.NodeIPv6Mask) &&
		same(given.Service, released.Service) &&
		same(given.Aggregate, released.Aggregate) &&
		same(given.PodIPv6, released.PodIPv6) &&
		same(given.ServiceIPv6, released.ServiceIPv6)
}

// takeBack returns what a cluster or block released last, and its key, where that serves what it asks for now.
func (c collector) takeBack() (key string, released Released, ok bool) {
	key, released, ok = c.lastReleased(c.name)
	if !ok || released.Profile != "" && released.Profile != c.cluster.Profile || released.Dual() && !c.cluster.Dual() {
		return "", Released{}, false
	}
	trial := newCollector(c.situation, c.name, c.cluster, c.profile)
	if c.cluster.Block != nil {
		trial.checkHeldBlock(first(released.Pods))
	} else {
		trial.found.node = trial.size(released.Ranges).node
		trial.checkHeld(released.Ranges)
	}
	return key, released, !trial.found.faults.failed()
}
