package allocate

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Cluster is a declared cluster with its profile. The needs of a mirror cluster are those of its original.
func (u *InUse) Cluster(name string) (cl topology.Cluster, prof *profile.Profile, known bool) {
	cl = u.situation.request.Facts.Clusters[name]
	prof, known = u.situation.profileOf(name)
	return cl, prof, known
}

// Usable is the capacity of the ranges that a cluster holds: nodes, Pods on a node, Services.
func (u *InUse) Usable(name string) profile.Usable {
	has := u.collected.members[name]
	_, prof, known := u.Cluster(name)
	if !known {
		return profile.Usable{}
	}
	return prof.Usable(has.ranges, has.node)
}

// NodeSize is how many addresses each node of a cluster uses.
func (u *InUse) NodeSize(name string) profile.NodeSize { return u.collected.members[name].node }

// RouteUse counts the entries of the route table of a VPC: see conflict.World.RouteUse.
func (u *InUse) RouteUse(vpc string) (used, quota int64, counted bool) {
	return u.situation.world.RouteUse(u.situation.request.Facts, u.collected.claims, vpc)
}

// UsableInSubnet counts the addresses of a subnet that Pods can use: see conflict.World.UsableInSubnet.
func (u *InUse) UsableInSubnet(vpc, subnet string, block int) (addresses int64, ok bool) {
	return u.situation.world.UsableInSubnet(u.situation.request.Facts, vpc, subnet, block)
}

// Unknown are the paths of facts that are not known yet and can change what is in use.
func (u *InUse) Unknown() []topology.Path { return unknownPaths(u.situation.given) }
