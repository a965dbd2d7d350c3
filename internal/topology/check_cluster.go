package topology

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// maxCount bounds numbers of nodes, Pods and Services: the addresses of IPv4.
const maxCount = 1 << 32

// CheckCluster checks one cluster declared at a place, as far as it can be judged alone.
func CheckCluster(at Path, cl Cluster, catalog *profile.Catalog) []Fault {
	var c checker
	c.name(at.Attr("name"), cl.Name, cl.Unknown.Has("name"))
	if cl.VPC == "" && !cl.Unknown.Has("vpc") {
		c.add(at.Attr("vpc"), Missing{})
	}
	p, known := catalog.Profile(cl.Profile)
	switch {
	case cl.Profile == "" && !cl.Unknown.Has("profile"):
		c.add(at.Attr("profile"), Missing{})
	case cl.Profile != "" && !known:
		c.add(at.Attr("profile"), Undeclared{What: "profile", Name: cl.Profile, Known: catalog.Names()})
	}
	c.numbers(at, cl.Need)
	c.needs(at, cl)
	c.names(at.Attr("meshes"), cl.Meshes)
	c.disjoint(at.Attr("pod_cidrs"), cl.PodCIDRs)
	c.ofFamily(at.Attr("pod_cidrs"), cl.PodCIDRs, cidr.V4)
	if known && len(cl.PodCIDRs) > p.MaxPodRanges() {
		c.add(at.Attr("pod_cidrs"), TooMany{Count: len(cl.PodCIDRs), Max: p.MaxPodRanges(), Why: p.Title})
	}
	if cl.ServiceCIDR.IsValid() && cidr.FamilyOf(cl.ServiceCIDR) != cidr.V4 {
		c.add(at.Attr("service_cidr"), WrongFamily{Range: cl.ServiceCIDR, Want: cidr.V4.String()})
	}
	return c.faults
}

// numbers checks that what is asked for can be counted.
func (c *checker) numbers(at Path, n profile.Need) {
	for _, number := range []struct {
		attr  string
		value int64
		max   int64
	}{
		{"max_nodes", n.MaxNodes, maxCount},
		{"pods_per_node", n.PodsPerNode, maxCount},
		{"max_services", n.MaxServices, maxCount},
		{"pod_prefix_length", int64(n.PodLength), 32},
		{"service_prefix_length", int64(n.ServiceLength), 32},
		{"node_cidr_mask", int64(n.NodeMask), 32},
	} {
		if number.value < 0 || number.value > number.max {
			c.add(at.Attr(number.attr), OutOfRange{Value: number.value, Min: 1, Max: number.max})
		}
	}
}

// needs checks that the size of the Pod range follows from something.
func (c *checker) needs(at Path, cl Cluster) {
	sized := cl.Need.MaxNodes != 0 || cl.Need.PodLength != 0 || len(cl.PodCIDRs) > 0
	unknown := slices.ContainsFunc([]string{"max_nodes", "pod_prefix_length", "pod_cidrs"}, cl.Unknown.Has)
	if !sized && !unknown {
		c.add(at.Attr("max_nodes"), Missing{Why: "the Pod range is for the life of the cluster, so its size is never guessed; give max_nodes, pod_prefix_length or pod_cidrs"})
	}
}
