package conflict

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// podOutsideOther is the code of a Pod range that is outside the range of its cluster that must contain it.
const podOutsideOther = "pod_outside_other"

// otherPairs name the pairs of another range of a cluster with a range of a cluster, by the kind of that: of the same cluster, of one in
// the same network, and of one in a connected network.
var otherPairs = map[Kind][3]profile.OtherPair{
	Pod:     {profile.OtherOwnPods, profile.OtherPodsSameVPC, profile.OtherPodsPeer},
	Service: {profile.OtherOwnServices, profile.OtherServicesSameVPC, profile.OtherServicesPeer},
	Other:   {profile.OtherOwnOther, profile.OtherOtherSameVPC, profile.OtherOtherPeer},
}

// otherRanges checks two claims of which at least one is to a range that a cluster uses beside Pods and Services, in the order of their
// kinds.
func otherRanges(a, b Claim, link topology.Link) Violation {
	switch {
	case link == topology.ThroughThird:
		return Violation{}
	case !b.usedByCluster():
		return otherInNetwork(a, b, link)
	case a.Kind == Other && a.ofOneOwner(b) && a.Part == b.Part:
		return Violation{} // ranges of one list are checked with it
	}
	pairs, kinds := otherPairs[a.Kind], "_overlaps_peer_"
	pair := pairs[2]
	switch {
	case a.ofOneOwner(b):
		pair, kinds = pairs[0], "_overlaps_"
	case link == topology.Same:
		pair, kinds = pairs[1], "_overlaps_cluster_"
	}
	rule := b.OtherRange().Overlap[pair]
	if a.Kind == Other {
		rule = profile.Stricter(rule, a.OtherRange().Overlap[pair])
	}
	return Violation{Code: a.Kind.String() + kinds + b.Kind.String(), Rule: rule}
}

// otherInNetwork checks a range that a cluster uses beside Pods and Services against a network or route.
func otherInNetwork(a, b Claim, link topology.Link) Violation {
	code, pair := "", ""
	switch own := link == topology.Same; {
	case b.Kind == Subnet || b.Kind == Route && !own: // a subnet is in a block of its VPC, which is checked
		return Violation{}
	case b.Kind == Route:
		code, pair = "_overlaps_route", profile.OtherRoute
	case own && b.Kind == Site:
		code, pair = "_overlaps_host_network", profile.OtherVPC
	case own:
		code, pair = "_overlaps_vpc", profile.OtherVPC
	case b.Kind == Site:
		code, pair = "_overlaps_site", profile.OtherSite
	default:
		code, pair = "_overlaps_peer", profile.OtherPeerVPC
	}
	return Violation{Code: a.Kind.String() + code, Rule: a.OtherRange().Overlap[pair]}
}
