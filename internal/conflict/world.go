package conflict

import (
	"cmp"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// World is the networks and hubs that rules are evaluated in.
type World struct {
	Reach   *topology.Reach
	Catalog *profile.Catalog
	hubs    map[string]topology.Hub
	// hubsUnknown says that there may be hubs beside those that are known.
	hubsUnknown bool
	// AmongForeign says that claims of other workspaces are compared with each other as well.
	AmongForeign bool
}

// NewWorld reads who reaches whom from the facts.
func NewWorld(f topology.Facts, catalog *profile.Catalog) World {
	return World{Reach: topology.NewReach(f), Catalog: catalog, hubs: f.Hubs, hubsUnknown: f.Unknown.Has("hubs")}
}

// Violation is a rule that two claims would break if they shared addresses.
type Violation struct {
	Code string
	Rule profile.Rule
	// Hub is the hub that connects the networks of the claims. Third is a network that is connected to both. Each is "" without one.
	Hub, Third string
	// Mesh is the flat mesh that both clusters are members of, where that is why.
	Mesh string
}

// Check says whether two claims must not share addresses, and by which rule. It is the only place that decides this. The order of the
// claims does not matter, nor whether a range is held, pinned or still to be chosen.
func (w World) Check(a, b Claim) (Violation, bool) {
	if b.Kind < a.Kind {
		a, b = b, a
	}
	v := w.violation(a, b)
	if (a.Source == Possible || b.Source == Possible) && v.Rule.Level == profile.Error {
		v.Rule.Level = profile.Warn // it is not certain that the platform chooses this range
	}
	return v, v.Rule.Broken()
}

// violation is Check for claims in the order of their kinds.
func (w World) violation(a, b Claim) Violation {
	switch {
	case !w.isCompared(a, b):
		return Violation{}
	case b.Kind == Supernet:
		return w.supernets(a, b)
	case (b.Kind.Reservation() || b.Kind == Block) && (a.Foreign() || b.Foreign()):
		return w.withForeignReservation(a, b)
	case placeMatters(a, b) && !(a.networkKnown() && b.networkKnown()) && sharedMesh(a, b) == "":
		return w.withForeignReservation(a, b)
	case b.Kind.Reservation():
		return w.reserved(a, b)
	}
	if a.Kind == Block || b.Kind == Block {
		return blocks(a, b)
	}
	return w.betweenNetworks(a, b)
}

// betweenNetworks is violation for claims that are used in networks: of clusters, routes and the networks themselves.
func (w World) betweenNetworks(a, b Claim) Violation {
	link, through := w.Reach.Between(a.Network, b.Network)
	v := Violation{}
	switch {
	case link == topology.Apart && sharedMesh(a, b) == "":
		return v // members of a flat mesh reach each other even so, from another VRF too
	case !a.seenOver(link) || !b.seenOver(link):
		return v
	case a.Kind == Other || b.Kind == Other:
		v = otherRanges(a, b, link)
	case a.OfCluster() && b.OfCluster():
		v = w.clusters(a, b, link)
	case a.OfCluster() && b.Kind == Route:
		v = w.route(a, b, link)
	case a.OfCluster() && b.Kind != Subnet: // a subnet is in a block of its VPC, which is checked
		v = w.network(a, b, link)
	case a.ofNetwork() && b.ofNetwork() && link != topology.Same:
		return w.peers(a, b, link, through)
	}
	return v.over(link, through)
}

// over is a violation with the hub or network that connects the networks of the claims.
func (v Violation) over(link topology.Link, through string) Violation {
	switch link {
	case topology.Direct:
		v.Hub = through
	case topology.ThroughThird:
		v.Third = through
	case topology.Apart, topology.Same:
	}
	return v
}

// placeMatters says whether the rule depends on the networks in which the ranges are used. That is so for two ranges of clusters, unless
// one of them is an other range (neither for Pods nor for Services) and both are of this workspace.
func placeMatters(a, b Claim) bool {
	return b.OfCluster() || b.Kind == Other && (a.Foreign() || b.Foreign())
}

// reserved keeps clusters out of reserved ranges. A growth reserve of a cluster is free for clusters of another VRF, except
// for members of a flat mesh of that cluster.
func (w World) reserved(a, b Claim) Violation {
	switch {
	case !a.Occupies() || (b.Kind == Released || b.Kind == GrowthReserve) && a.Owner == b.Owner:
		return Violation{}
	case b.Kind == GrowthReserve && !w.Reach.SameVRF(a.Network, b.GrowsIn):
		return w.growthReserveOfMesh(a, b)
	case b.Kind == GrowthReserve:
		return Violation{Code: a.Kind.String() + "_overlaps_aggregate", Rule: growthReserveRule}
	case b.Kind == Released:
		return Violation{Code: a.Kind.String() + "_overlaps_released", Rule: releasedRule}
	case b.Kind == Existing && b.OfBlock():
		return Violation{Code: a.Kind.String() + "_overlaps_existing", Rule: existingBlockRule}
	case b.Kind == Existing:
		return Violation{Code: a.Kind.String() + "_overlaps_existing", Rule: existingClusterRule}
	case a.Kind == Other: // nothing allocates it
		return Violation{Code: a.Kind.String() + "_overlaps_reserved", Rule: reservedOtherRule}
	}
	return Violation{Code: a.Kind.String() + "_overlaps_reserved", Rule: reservedRule}
}

// growthReserveOfMesh compares a range of a cluster with the growth reserve of a cluster in another VRF, which only a flat mesh can
// connect to it.
func (w World) growthReserveOfMesh(a, b Claim) Violation {
	mesh := sharedMesh(a, b)
	if mesh == "" {
		return Violation{}
	}
	return Violation{Code: a.Kind.String() + "_overlaps_aggregate", Rule: growthReserveRule, Mesh: mesh}
}

// blocks keeps blocks disjoint, wherever they are used.
func blocks(a, b Claim) Violation {
	if a.Kind != b.Kind || a.Owner == b.Owner {
		return Violation{}
	}
	return Violation{Code: "block_overlaps_block", Rule: blockRule}
}

var blockRule = rules.Everywhere("block")

var growthReserveRule = rules.Everywhere("growth_reserve")

var releasedRule = rules.Everywhere("released")

var existingClusterRule, existingBlockRule = rules.Everywhere("existing_cluster"), rules.Everywhere("existing_block")

var reservedRule, reservedOtherRule = rules.Everywhere("reserved"), rules.Everywhere("reserved_other")

var ownPodsRule = rules.Everywhere("own_pods")

var meshRule = rules.Everywhere("mesh")

// clusters checks two ranges of clusters; a is a Pod range unless both are Service ranges.
func (w World) clusters(a, b Claim, link topology.Link) Violation {
	switch {
	case a.ofOneOwner(b) && a.Kind == Pod && b.Kind == Pod:
		return Violation{Code: "pod_overlaps_own_pod", Rule: ownPodsRule}
	case a.ofOneOwner(b) && a.Kind != b.Kind:
		return Violation{Code: "pod_overlaps_service", Rule: a.Profile.RuleFor(profile.ServicePod, nil)}
	case a.ofOneOwner(b):
		return Violation{}
	case sharedMesh(a, b) != "":
		return Violation{Code: a.Kind.String() + "_overlaps_mesh_" + b.Kind.String(), Rule: meshRule, Mesh: sharedMesh(a, b)}
	}
	same, peer := pairOf(a.Kind, b.Kind)
	pair, code := same, a.Kind.String()+"_overlaps_cluster_"+b.Kind.String()
	switch link {
	case topology.Direct:
		pair, code = peer, a.Kind.String()+"_overlaps_peer_"+b.Kind.String()
	case topology.ThroughThird:
		if !seenOutside(a) || !seenOutside(b) {
			return Violation{}
		}
		pair, code = peer, ambiguous
	}
	return Violation{Code: code, Rule: profile.Stricter(a.Profile.RuleFor(pair, b.Profile), b.Profile.RuleFor(pair, a.Profile))}
}

// sharedMesh is the first flat mesh that both clusters are members of, "" where there is none.
func sharedMesh(a, b Claim) string {
	shared := ""
	for _, mesh := range a.Meshes {
		if slices.Contains(b.Meshes, mesh) {
			shared = min(cmp.Or(shared, mesh), mesh)
		}
	}
	return shared
}

// ambiguous is the code of two ranges that a third network would both reach.
const ambiguous = "ambiguous_at_third"

// pairOf names the pair of two ranges of clusters in one network and in joined networks.
func pairOf(a, b Kind) (same, peer profile.Pair) {
	switch {
	case b == Pod:
		return profile.PodPodSameVPC, profile.PodPodPeer
	case a == Pod:
		return profile.PodServiceSameVPC, profile.PodServicePeer
	default:
		return profile.ServiceServiceSameVPC, profile.ServiceServicePeer
	}
}

// seenOutside says whether other networks have routes to the range: to blocks always, to Pods
// where their platform routes them, to Services never.
func seenOutside(c Claim) bool {
	return c.ofNetwork() || c.Kind == Pod && c.Profile.PodsSeenOutside()
}

// network compares a range of a cluster with a block of a VPC or site.
func (w World) network(a, b Claim, link topology.Link) Violation {
	own, peer, site := profile.PodVPC, profile.PodPeerVPC, profile.PodSite
	if a.Kind == Service {
		own, peer, site = profile.ServiceVPC, profile.ServicePeerVPC, profile.ServiceSite
	}
	kind := a.Kind.String()
	v := Violation{Code: kind + "_overlaps_peer", Rule: a.Profile.RuleFor(peer, nil)}
	if b.Kind == Site {
		v = Violation{Code: kind + "_overlaps_site", Rule: a.Profile.RuleFor(site, nil)}
	}
	switch {
	case link == topology.ThroughThird && !seenOutside(a):
		return Violation{}
	case link == topology.ThroughThird:
		v.Code = ambiguous
	case link == topology.Same && b.Kind == Site:
		v = Violation{Code: kind + "_overlaps_host_network", Rule: a.Profile.RuleFor(own, nil)}
	case link == topology.Same:
		v = Violation{Code: kind + "_overlaps_vpc", Rule: a.Profile.RuleFor(own, nil)}
	}
	return v
}

// route compares a range of a cluster with a route of its own VPC, or of a connected VPC whose traffic to the cluster would follow the
// route.
func (w World) route(a, b Claim, link topology.Link) Violation {
	pair := profile.PodRoute
	if a.Kind == Service {
		pair = profile.ServiceRoute
	}
	switch {
	case link == topology.Same:
		return Violation{Code: a.Kind.String() + "_overlaps_route", Rule: a.Profile.RuleFor(pair, nil)}
	case link == topology.Direct && !w.leadsTo(b, a.Network) && seenOutside(a):
		return Violation{Code: a.Kind.String() + "_overlaps_peer_route", Rule: a.Profile.RuleFor(pair, nil)}
	}
	return Violation{}
}

// leadsTo says whether a route of a VPC may lead to a network that the VPC is connected to: over a peering connection to a peer, or over
// transit to a member of one of its hubs. It also says so while the connections of the two networks are not all known.
func (w World) leadsTo(route Claim, network string) bool {
	hubs, peers := w.Reach.DirectConnections(route.Network, network)
	return slices.ContainsFunc(route.NextHop.Connections, func(over topology.Connection) bool {
		return !w.Reach.ConnectionsKnown(route.Network, network) || over == topology.ThroughHub && len(hubs) > 0 ||
			over == topology.ThroughPeering && peers
	})
}
