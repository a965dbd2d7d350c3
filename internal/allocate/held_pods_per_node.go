package allocate

import (
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// checkPodsPerNode checks that a cluster keeps the number of Pods on a node that an argument of its cloud resource has, and says
// whether it does.
func (c clusterCollector) checkPodsPerNode(held profile.Ranges) bool {
	was, wanted := c.heldPodsPerNode(), c.cluster.Need.PodsPerNode
	if was == 0 || wanted == 0 || was == wanted {
		return true
	}
	c.changed("pods_per_node", was, wanted, held)
	return false
}

// heldPodsPerNode is the number of Pods on a node that prior state has in an argument of the cluster's cloud resource, 0 where it has
// none.
func (c clusterCollector) heldPodsPerNode() int64 {
	_, held := c.held(c.name)
	if held == nil || held.Output != c.profile.Output {
		return 0
	}
	for argument, attribute := range c.catalog.Output(c.profile).Attributes {
		if attribute.OfPodsPerNode() {
			pods, _ := strconv.ParseInt(held.Values[argument], 10, 64) // an argument that is not set is 0
			return pods
		}
	}
	return 0
}
