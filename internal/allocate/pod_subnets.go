package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Subnet is a subnet of the VPC that Pods are in. CIDR is the zero Prefix while it is not known.
type Subnet struct {
	Name string
	CIDR netip.Prefix
}

// podSubnets returns the subnets that the Pods of a cluster are in: first those that it holds, in their
// order, then further ones in the order of the configuration. The clouds append to the list of a cluster
// that exists, so an edit of the order changes nothing. unknown says that not all names are known yet.
func (r Request) podSubnets(cl topology.Cluster, prof *profile.Profile, held []Subnet) (subnets []Subnet, unknown bool) {
	if prof.Pods.From != profile.Subnets {
		return nil, false
	}
	if cl.Unknown.Has("pod_subnets") {
		return nil, true
	}
	vpc := r.Facts.VPCs[cl.VPC]
	for _, name := range keptOrder(cl.PodSubnets, held) {
		subnets = append(subnets, Subnet{name, vpc.Subnets[name]})
	}
	return subnets, false
}

// keptOrder sorts names so that those of held subnets come first, in their order.
func keptOrder(names []string, held []Subnet) []string {
	var sorted []string
	for _, subnet := range held {
		if slices.Contains(names, subnet.Name) {
			sorted = append(sorted, subnet.Name)
		}
	}
	for _, name := range names {
		if !slices.Contains(sorted, name) {
			sorted = append(sorted, name)
		}
	}
	return sorted
}
