package topology

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// UnsetByTerraform says which clusters have an IPv6 Service range that no argument of the cloud's resource can
// set. It only warns.
type UnsetByTerraform struct{ Clusters []UnsetCluster }

// UnsetCluster is a cluster whose IPv6 Service range Terraform cannot set.
type UnsetCluster struct {
	Cluster string
	Profile *profile.Profile
	// Pinned is the range that service_ipv6_cidr gives, invalid where it gives none.
	Pinned netip.Prefix
}

// unset warns of an IPv6 Service range that Terraform cannot set, unless it is the one that the platform chooses by
// itself. It waits for a pin that is not known yet.
func (c *checker) unset(at Path, cl Cluster, p *profile.Profile) {
	unset := p.IPv6.Unset
	if !cl.Dual() || !unset.Broken() || unset.Holds(cl.ServiceIPv6CIDR) || cl.Unknown.Has("service_ipv6_cidr") {
		return
	}
	problem := UnsetByTerraform{Clusters: []UnsetCluster{{Cluster: cl.Name, Profile: p, Pinned: cl.ServiceIPv6CIDR}}}
	c.faults = append(c.faults, Fault{At: at.Attr("ip_families"), Problem: problem, Warn: true})
}

// GatherUnset makes one fault of all UnsetByTerraform, at the place of the first by name, without the clusters
// that exist: those have their range already, however it was set.
func GatherUnset(faults []Fault, exists func(cluster string) bool) []Fault {
	var rest []Fault
	var clusters []UnsetCluster
	places := map[string]Path{}
	for _, f := range faults {
		of, is := f.Problem.(UnsetByTerraform)
		if !is {
			rest = append(rest, f)
			continue
		}
		for _, cl := range of.Clusters {
			if !exists(cl.Cluster) {
				clusters, places[cl.Cluster] = append(clusters, cl), f.At
			}
		}
	}
	if len(clusters) == 0 {
		return rest
	}
	slices.SortFunc(clusters, func(a, b UnsetCluster) int { return cmp.Compare(a.Cluster, b.Cluster) })
	return append(rest, Fault{At: places[clusters[0].Cluster], Problem: UnsetByTerraform{Clusters: clusters}, Warn: true})
}
