package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Some platforms extend the Pod range of a cluster to a larger one that contains it, and accept no second range.

// ExtendedPods says which clusters that exist get a larger Pod range around the one that they hold, by name. It only warns.
type ExtendedPods struct{ Clusters []ExtendedRange }

// ExtendedRange is the Pod range of one cluster before and after.
type ExtendedRange struct {
	Cluster  string
	Profile  *profile.Profile
	Was, Now netip.Prefix
	// Serves is the number of nodes that Was serves beside Surge nodes of an upgrade, Wanted the max_nodes that is asked for. Length is the
	// pod_prefix_length that is asked for instead, 0 where none is. Pinned says that pod_cidrs names the range.
	Serves, Surge, Wanted int64
	Length                int
	Pinned                bool
	// SameAs is the cluster whose range the cluster has, "" where it has its own.
	SameAs string
}

// NotSuperset says that the configuration asks for a Pod range that does not contain the one that a cluster holds.
type NotSuperset struct {
	Cluster      string
	Profile      *profile.Profile
	Held, Wanted []netip.Prefix
}

// BaseChanged says that a larger Pod range begins at another address than the range that it contains. Rule says whether that is an error.
type BaseChanged struct {
	Cluster   string
	Profile   *profile.Profile
	Was, Now  netip.Prefix
	BaseLevel profile.Rule
}

// largerPods is the prefix length of a larger Pod range for all nodes of a cluster, 0 where the one that it holds serves them, or where the
// platform cannot extend it.
func largerPods(cl topology.Cluster, prof *profile.Profile, held profile.Ranges, node profile.NodeSize) (int, *profile.SizeError) {
	if len(held.Pods) != 1 || len(cl.PodCIDRs) > 0 || cl.Unknown.Has("pod_cidrs") || held.PodIPv6.IsValid() {
		return 0, nil
	}
	need := profile.Need{MaxNodes: cl.Need.MaxNodes, SurgeNodes: cl.Need.SurgeNodes}
	if asked := largerLength(cl, held.Pods[0]); asked != 0 {
		need.PodLength = asked
	} else if need.Nodes() <= prof.Usable(held, node).Nodes {
		return 0, nil
	}
	length, fault := prof.PodSize(need, node, 0)
	if fault != nil || !prof.Superset(held.Pods[0], length).IsValid() {
		return 0, fault
	}
	return length, nil
}

// largerLength is the pod_prefix_length of a cluster if it asks for a larger range than the one that the cluster holds, otherwise 0.
func largerLength(cl topology.Cluster, held netip.Prefix) int {
	if cl.Need.PodLength < held.Bits() {
		return cl.Need.PodLength
	}
	return 0
}

// extended is the larger Pod range that the configuration gives a cluster instead of the one that it holds.
func extended(held []netip.Prefix, cl topology.Cluster, prof *profile.Profile) (netip.Prefix, bool) {
	pinned := cl.PodCIDRs
	if !prof.Extends() || len(held) != 1 || len(pinned) != 1 || cl.Unknown.Has("pod_cidrs") || cl.PodIPv6CIDR.IsValid() {
		return netip.Prefix{}, false
	}
	return pinned[0], pinned[0] != held[0] && cidr.Contains(pinned[0], held[0])
}

// checkExtended checks the Pod range that the configuration gives a cluster whose platform extends Pod ranges, and says whether the
// cluster can have it.
func (c clusterCollector) checkExtended(held profile.Ranges) bool {
	cl, prof, at := c.cluster, c.profile, c.at.Attr("pod_cidrs")
	larger, is := extended(held.Pods, cl, prof)
	if !is || held.PodIPv6.IsValid() {
		c.fault(
			at, NotSuperset{Cluster: c.name, Profile: prof, Held: held.Pods, Wanted: cl.PodCIDRs},
			c.changeOptions(c.name, []topology.Edit{topology.Set(at, held.Pods)})...)
		return false
	}
	rule := prof.Growth.SameBase
	if !rule.Broken() || larger.Addr() == held.Pods[0].Addr() {
		return true
	}
	problem := BaseChanged{Cluster: c.name, Profile: prof, Was: held.Pods[0], Now: larger, BaseLevel: rule}
	if rule.Level < profile.Error {
		c.warn(at, problem, topology.OptionOf(topology.Set(at, held.Pods)))
		return true
	}
	c.fault(at, problem, topology.OptionOf(topology.Set(at, held.Pods)))
	return false
}

// extending is the group of a demand for a larger range: the one around the range that the owner holds, which is free for it.
func (g *grouping) extending(d demand, of *constraints) (within []netip.Prefix, free *cidr.Space) {
	larger := d.claim().Profile.Superset(d.extends, d.length)
	space := cidr.NewSpace(cidr.Set{})
	if !cidr.AnyContains(g.request.supernetsOf(d.claim(), d.family), larger) {
		return []netip.Prefix{larger}, space
	}
	space = cidr.NewSpace(allowedFor(d.claims, d.length, d.family, []netip.Prefix{larger}))
	space.RemoveAll(of.taken)
	space.RemoveAll(g.elsewhere.inside(larger, g.request.vrfsOf(d.claims)))
	return []netip.Prefix{larger}, space
}

// isPodRangeOf says whether a claim is to a Pod range of one of the clusters that make some claims.
func isPodRangeOf(c conflict.Claim, claims []conflict.Claim) bool {
	return c.Kind == conflict.Pod && slices.ContainsFunc(claims, func(own conflict.Claim) bool { return isOf(c, own.Owner) })
}

// withLarger are the claims to what is in use, with the larger Pod ranges that some demands ask for: other demands keep apart from them.
func withLarger(claims []conflict.Claim, demands []demand, facts topology.Facts) []conflict.Claim {
	for _, d := range demands {
		if !d.extends.IsValid() {
			continue
		}
		larger := profile.Ranges{Pods: []netip.Prefix{d.claim().Profile.Superset(d.extends, d.length)}}
		for _, claim := range d.claims {
			owner := conflict.ClusterClaimant(claim.Owner, facts.Clusters[claim.Owner], claim.Profile)
			claims = append(claims, owner.Claims(larger, nil)...)
		}
	}
	return claims
}

// NotExtended says that the larger Pod range that a cluster needs is not free.
type NotExtended struct {
	Cluster      string
	Profile      *profile.Profile
	Held, Larger netip.Prefix
	// Length is the pod_prefix_length that asks for it, 0 where max_nodes does.
	Length int
	// Outside says that no supernet contains the larger range.
	Outside bool
	// Holders have parts of it, and Elsewhere are other parts that the ledger keeps from the cluster.
	Holders   []conflict.Claim
	Elsewhere []netip.Prefix
}

// notExtended says why a demand for a larger range got none beside what is in use.
func notExtended(s *situation, d demand, inUse collected) NotExtended {
	prof := d.claim().Profile
	e := NotExtended{Cluster: d.owner, Profile: prof, Held: d.extends, Larger: prof.Superset(d.extends, d.length)}
	e.Length = largerLength(s.request.Facts.Clusters[d.owner], d.extends)
	e.Outside = !cidr.AnyContains(s.request.supernetsOf(d.claim(), d.family), e.Larger)
	apart := s.separation()
	for _, c := range inUse.claims {
		overlaps := c.Range.IsValid() && c.Range.Overlaps(e.Larger) && !isPodRangeOf(c, d.claims)
		if len(e.Holders) < maxHolders && overlaps && apart.anyAvoids(d.claims, c) {
			e.Holders = append(e.Holders, c)
		}
	}
	for _, r := range inUse.elsewhere.inside(e.Larger, s.request.vrfsOf(d.claims)) {
		named := func(c conflict.Claim) bool { return c.Range == r }
		if len(e.Elsewhere) < maxHolders && !slices.ContainsFunc(e.Holders, named) {
			e.Elsewhere = append(e.Elsewhere, r)
		}
	}
	return e
}

// asksFor is the argument of a cluster that asks for the range of a demand.
func (d demand) asksFor(cl topology.Cluster) string {
	if d.extends.IsValid() && largerLength(cl, d.extends) != 0 {
		return "pod_prefix_length"
	}
	return d.need()
}

// extendedBy is the argument that asks for a larger range, with its value and the one that the range that the cluster holds serves.
func (s *situation) extendedBy(d demand, held profile.Ranges) (argument string, wanted, serving int64) {
	cl, prof := s.request.Facts.Clusters[d.owner], d.claim().Profile
	if length := largerLength(cl, d.extends); length != 0 {
		return "pod_prefix_length", int64(length), int64(d.extends.Bits())
	}
	return "max_nodes", cl.Need.MaxNodes, nodesBesideUpgrade(held, prof.NodeOf(held.NodeMask), cl, prof)
}

// nodesBesideUpgrade counts the nodes of a cluster that ranges serve beside those that an upgrade adds.
func nodesBesideUpgrade(ranges profile.Ranges, node profile.NodeSize, cl topology.Cluster, prof *profile.Profile) int64 {
	return prof.Usable(ranges, node).Nodes - cl.Need.SurgeNodes
}

// extendedRange is the Pod range of a cluster before and after, false where it stays.
func (a *assembler) extendedRange(name string, cl topology.Cluster, prof *profile.Profile) (ExtendedRange, bool) {
	was, now := a.rangesBefore(name).Pods, a.result.Allocations[name].Pods
	if !prof.Extends() || len(was) != 1 || len(now) != 1 || was[0] == now[0] || !cidr.Contains(now[0], was[0]) {
		return ExtendedRange{}, false
	}
	return ExtendedRange{
		Cluster: name, Profile: prof, Was: was[0], Now: now[0], Length: largerLength(cl, was[0]), Pinned: len(cl.PodCIDRs) > 0,
		Serves: nodesBesideUpgrade(profile.Ranges{Pods: was}, a.collected.members[name].node, cl, prof),
		Surge:  cl.Need.SurgeNodes, Wanted: cl.Need.MaxNodes, SameAs: cl.SameAs,
	}, true
}

// mayStillExtend says whether a cluster may have a smaller Pod range than the state holds because its platform has not extended it yet.
func (s *situation) mayStillExtend(name string, has, held []netip.Prefix) bool {
	prof, known := s.profileOf(name)
	return known && prof.Extends() && len(has) == 1 && len(held) == 1 && cidr.Contains(held[0], has[0])
}
