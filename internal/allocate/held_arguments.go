package allocate

import (
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// checkArguments checks that a cluster keeps the number of Pods on a node and the address of cluster DNS that arguments of its cloud
// resource have, and says whether it does.
func (c clusterCollector) checkArguments(held profile.Ranges) bool {
	pods, _ := strconv.ParseInt(c.heldArgument(profile.OutputAttribute.OfPodsPerNode), 10, 64) // an argument that is not set is 0
	if wanted := c.cluster.Need.PodsPerNode; pods != 0 && wanted != 0 && pods != wanted {
		c.changed("pods_per_node", pods, wanted, held)
		return false
	}
	dns := c.heldArgument(profile.OutputAttribute.OfDNS)
	if wanted := c.cluster.DNSServiceIP; dns != "" && wanted.IsValid() && dns != wanted.String() {
		c.changed("dns_service_ip", dns, wanted.String(), held)
		return false
	}
	return true
}

// heldArgument is what prior state has in an argument of the cluster's cloud resource, "" where it has none.
func (c clusterCollector) heldArgument(is func(profile.OutputAttribute) bool) string {
	held, byState := c.allocated(c.name)
	if !byState || held.Output != c.profile.Output {
		return ""
	}
	for argument, attribute := range c.catalog.Output(c.profile).Attributes {
		if is(attribute) {
			return held.Values[argument]
		}
	}
	return ""
}
