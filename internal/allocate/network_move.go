package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// OtherNetwork says that a cluster that holds ranges is declared in another VPC or site. It is an error, and
// only warns where Confirmed.
type OtherNetwork struct {
	Cluster string
	// Was is the VPC or site in which the cluster holds its ranges, Now the other one.
	Was, Now string
	Held     profile.Ranges
	// Pinned says that the configuration gives all ranges that are held, PinnedPart that it gives some.
	Pinned, PinnedPart bool
	// Renamed says that the cluster held its ranges under another name, too.
	Renamed bool
	// Undeclared says that Was is not declared any more, Renamable that Now may be the same network under another
	// name, since it was not declared before. Site says that Now is a site.
	Undeclared, Renamable, Site bool
	// Confirmed says that a new token of renumber confirms the move of a cluster that is pinned to what it holds.
	Confirmed bool
	// Others are further clusters of which all is the same.
	Others []string
}

// movedFrom returns the VPC or site in which a cluster holds its ranges, where it is declared in another one
// now. The clusters and networks of prior have their current names. Facts that are not known yet move no cluster.
func (in *inputs) movedFrom(name string, prior Prior) (network string, moved bool) {
	was, known := prior.Facts.Clusters[name]
	if _, held := prior.Allocations[name]; !known || !held {
		return "", false
	}
	cl := in.request.Facts.Clusters[name]
	if was.VPC == "" || cl.VPC == "" || was.VPC == cl.VPC || cl.Unknown.Has("vpc") || in.request.Facts.MayRename(cl.VPC) {
		return "", false
	}
	return was.VPC, true
}

// checkNetwork checks that a cluster stays in the VPC or site in which it holds its ranges, and says
// whether it does.
func (s *situation) checkNetwork(faults *faultList, name string, cl topology.Cluster, held profile.Ranges) bool {
	if s.request.Prior == nil {
		return true
	}
	was, moved := s.movedFrom(name, *s.request.Prior)
	if !moved {
		return true
	}
	facts, prior := s.request.Facts, s.request.Prior.Facts
	_, site := facts.Sites[cl.VPC]
	undeclared := !facts.Declares(was)
	problem := OtherNetwork{
		Cluster: name, Was: was, Now: cl.VPC, Held: held, Pinned: pinsAll(cl, held), Renamed: s.carriedOver[name],
		PinnedPart: cl.PinnedRanges().Held(),
		Undeclared: undeclared, Renamable: undeclared && !prior.Declares(cl.VPC), Site: site, Confirmed: s.confirmed[name],
	}
	if problem.Confirmed {
		faults.warn(topology.Path{}.Attr("renumber").Key(name), problem)
	} else {
		faults.fault(s.request.all().Key(name).Attr("vpc"), problem, s.moveOptions(problem)...)
	}
	return false
}

// confirms says whether a new token of renumber confirms that a cluster moves to another VPC with the ranges
// that it is pinned to.
func (in *inputs) confirms(name string, prior Prior, held profile.Ranges) bool {
	_, moved := in.movedFrom(name, prior)
	return moved && pinsAll(in.request.Facts.Clusters[name], held)
}

// isPinnedTo says whether the configuration gives all ranges that a cluster or block holds.
func (in *inputs) isPinnedTo(name string, held profile.Ranges) bool {
	if b, is := in.request.Facts.Blocks[name]; is {
		return b.CIDR == held.Block
	}
	return pinnedTo(in.request.Facts.Clusters[name], held)
}

// pinsAll says whether the configuration pins all ranges that are held. A Service range inside the Pod range
// is pinned with it.
func pinsAll(cl topology.Cluster, held profile.Ranges) bool {
	if slices.ContainsFunc(held.Pods, func(pods netip.Prefix) bool { return held.Service.IsValid() && cidr.Contains(pods, held.Service) }) {
		cl.ServiceCIDR = held.Service
	}
	return pinnedTo(cl, held)
}

// pinnedTo says whether the configuration gives all ranges that a cluster holds.
func pinnedTo(cl topology.Cluster, held profile.Ranges) bool {
	pins := cl.PinnedRanges()
	return slices.Equal(pins.Pods, held.Pods) && pins.Service == held.Service && pins.PodIPv6 == held.PodIPv6 &&
		pins.ServiceIPv6 == held.ServiceIPv6 && pins.Further.Equal(held.Further)
}
