package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// OutgoingClaims are the claims that leave for other workspaces, by their keys: all that clusters or blocks have, keep
// and released, what clusters use beside that and networks route, what is reserved here, and the supernets. Networks, sites and routes are
// not among them: every workspace whose networks are connected to them declares them, and a list of them from elsewhere would only
// contradict it. Attributes that are not known yet are named in Unknown of the claim.
func (r Request) OutgoingClaims(
	held map[string]Allocation, released map[string]Released, catalog *profile.Catalog,
) map[string]topology.Foreign {
	r = r.withOtherExisting()
	claimPerVRF := r.claimPerVRF()
	out := outgoing{map[string]topology.Foreign{}, len(claimPerVRF) > 1}
	for name, a := range held {
		if r.OfBlocks {
			out.add(r.named(name, claimPerVRF[0]), topology.ForeignBlock, a.Block)
		} else {
			out.cluster(r.cluster(name, claimPerVRF[0]), a)
		}
	}
	for name, cl := range r.Facts.Clusters {
		prof, _ := catalog.Profile(cl.Profile)
		out.others(r.cluster(name, claimPerVRF[0]), conflict.ClusterClaimant(name, cl, prof).Others())
	}
	for _, here := range claimPerVRF { // what is in no network is kept free in each
		for _, was := range released {
			c := here
			if c.Owner = was.Cluster; !r.OfBlocks {
				c.Profile = was.Profile
			}
			out.add(c, topology.ForeignReleased, append(was.InUse(), was.Aggregate)...)
		}
		for name, reserved := range r.Facts.Reserved {
			c := here
			c.Owner, c.Description = name, reserved.Description
			if reserved.Unknown.Has("description") {
				c.Unknown = append(slices.Clone(c.Unknown), "description")
			}
			out.add(c, topology.ForeignReserved, reserved.CIDR)
		}
		for _, undeclared := range r.undeclaredClaims(catalog) {
			c, kind := here, topology.ForeignExisting
			if c.Owner = undeclared.Owner; r.OfBlocks {
				kind = topology.ForeignBlock // which may be delegated
			}
			out.add(c, kind, undeclared.Range)
		}
		here.Owner = r.Name
		out.add(here, topology.ForeignSupernet, r.AllSupernets()...)
	}
	return out.all
}

// claimPerVRF is what all claims of an allocator have in common, for each VRF that it allocates in; one
// where they are not known yet.
func (r Request) claimPerVRF() []topology.Foreign {
	vrfs, unknown := r.Facts.VRFs()
	if unknown {
		return []topology.Foreign{{Allocator: r.Holder(), Unknown: topology.Unknown{"vrf"}}}
	}
	var all []topology.Foreign
	for _, vrf := range vrfs {
		all = append(all, topology.Foreign{Allocator: r.Holder(), VRF: vrf})
	}
	return all
}

// vrfsUnknown says whether it is not known yet how many VRFs there are, on which keys depend.
func (r Request) vrfsUnknown() bool {
	f := r.Facts
	_, unknown := f.VRFs()
	return unknown && (len(f.VPCs)+len(f.Sites) > 1 || f.Unknown.Has("vpcs") || f.Unknown.Has("sites"))
}

// OutgoingClaimsUnknown says whether it is not known yet which claims there are to leave.
func (r Request) OutgoingClaimsUnknown(result Result, catalog *profile.Catalog) bool {
	unknown := result.HoldingsUnknown() || r.Facts.OwnersUnknown() || r.Facts.Unknown.Has("reserved") || r.vrfsUnknown() ||
		r.anyExistingUnknown() || r.Unknown.Has("name") || r.SupernetsUnknown()
	for _, reserved := range r.Facts.Reserved {
		unknown = unknown || reserved.Unknown.Has("cidr")
	}
	for _, cl := range r.Facts.Clusters {
		prof, known := catalog.Profile(cl.Profile)
		unknown = unknown || cl.Unknown.Has("other_ranges") && known && prof.HasRouted()
	}
	return unknown
}

// SupernetsUnknown says whether it is not known yet what there is to allocate from.
func (r Request) SupernetsUnknown() bool {
	unknown := false
	for _, attribute := range []string{"supernets", "service_supernets", "pools"} {
		unknown = unknown || r.Unknown.Has(attribute)
	}
	for _, pool := range r.Pools {
		unknown = unknown || pool.Unknown.Has("supernets") || pool.Unknown.Has("service_supernets")
	}
	return unknown
}

// cluster is what the claims of a cluster have in common.
func (r Request) cluster(name string, here topology.Foreign) topology.Foreign {
	cl := r.Facts.Clusters[name]
	j := r.Facts.ConnectionsOf(cl.VPC)
	here.VRF, here.Unknown = j.VRF, j.Unknown
	c := r.named(name, here)
	c.Profile, c.Meshes, c.Network, c.Hubs, c.Peers = cl.Profile, cl.Meshes, cl.VPC, j.Hubs, j.Peers
	if cl.Unknown.Has("vpc") {
		c.Unknown = append(c.Unknown, "network", "vrf", "hubs", "peers")
	}
	for _, attribute := range []string{"profile", "meshes"} {
		if cl.Unknown.Has(attribute) {
			c.Unknown = append(c.Unknown, attribute)
		}
	}
	return c
}

// named is a claim with what is said of a cluster or block.
func (r Request) named(name string, here topology.Foreign) topology.Foreign {
	c := here
	owner, _ := r.Facts.Owner(name)
	c.Owner, c.About, c.Unknown = name, owner.About, slices.Clone(here.Unknown)
	for _, attribute := range []string{"description", "labels"} {
		if owner.Unknown.Has(attribute) {
			c.Unknown = append(c.Unknown, attribute)
		}
	}
	return c
}

// outgoing collects claims by their keys. several says that there are several VRFs, by which keys of what is
// in no network differ as well.
type outgoing struct {
	all     map[string]topology.Foreign
	several bool
}

func (o outgoing) add(c topology.Foreign, kind string, ranges ...netip.Prefix) {
	for _, r := range ranges {
		if c.Kind, c.CIDR = kind, r; r.IsValid() {
			key := c.Key()
			if o.several && c.Network == "" {
				key = c.KeyInVRF()
			}
			o.all[key] = c
		}
	}
}

// others adds what a cluster uses beside Pods and Services and networks route.
func (o outgoing) others(c topology.Foreign, uses []conflict.Claim) {
	for _, use := range uses {
		if c.Use = use.Part; use.Routed() {
			o.add(c, topology.ForeignOther, use.Range)
		}
	}
}

// cluster adds what a cluster has and keeps. A Service range inside a Pod range is part of it.
func (o outgoing) cluster(c topology.Foreign, a Allocation) {
	o.add(c, topology.ForeignPod, append(slices.Clone(a.Pods), a.PodsIPv6()...)...)
	o.add(c, topology.ForeignKept, a.Aggregate)
	for _, services := range a.AllServices() {
		if !slices.ContainsFunc(a.Pods, func(pods netip.Prefix) bool { return cidr.Contains(pods, services) }) {
			o.add(c, topology.ForeignService, services)
		}
	}
}
