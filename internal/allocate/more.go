package allocate

import (
	"maps"
	"math/big"
	"net/netip"
	"slices"
	"sort"
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// maxMore is the number of further clusters up to which a search tries out how many have room, where counting does not say it.
// maxMoreUnlike is the same where each of them has other ranges to be disjoint from.
const maxMore, maxMoreUnlike = 1024, 64

// More is how many further clusters have room.
type More struct {
	Number *big.Int
	// AtLeast says that more may have room: so many are certain to.
	AtLeast bool
}

// MoreLike says how many further clusters like a declared one have room together, in one plan: in the same network and pool, with the same
// profile, address families, growth reserve and needs, and without ranges that the configuration gives. Where the cluster has no
// needs, they follow from its ranges. ok is false for a cluster that needs no range, or whose needs cannot be served.
//
// Ranges that reclaim allows to be used again count as free if all released ranges may be. Limits of the platform that are not about
// addresses, such as quotas of routes, are not counted.
func (u *InUse) MoreLike(name string) (more More, ok bool) {
	u = u.reclaiming()
	cl := u.Template(name)
	one := u.furtherDemands(cl, 1)
	if len(one.demands) == 0 || one.failed {
		return More{}, false
	}
	if !u.furtherDemands(cl, 2).sharesGroups(u) {
		return u.searchMore(cl, maxMoreUnlike), true
	}
	if n, known := placement.Repeats(one.problem(u)); known {
		return More{Number: n}, true
	}
	return u.searchMore(cl, maxMore), true
}

// Template is what a further cluster like a declared one declares.
func (u *InUse) Template(name string) topology.Cluster {
	cl, has := u.situation.request.Facts.Clusters[name], u.collected.members[name]
	if cl.Need.MaxNodes == 0 && cl.Need.PodLength == 0 && len(has.ranges.Pods) > 0 {
		cl.Need.PodLength = has.ranges.Pods[0].Bits()
		if _, prof, known := u.Cluster(name); known && len(has.ranges.Pods) > 1 {
			cl.Need.PodLength, cl.Need.MaxNodes = 0, prof.Usable(has.ranges, has.node).Nodes
		}
	}
	if cl.Need.MaxServices == 0 && cl.Need.ServiceLength == 0 && has.ranges.Service.IsValid() {
		cl.Need.ServiceLength = has.ranges.Service.Bits()
		if _, prof, known := u.Cluster(name); known && len(has.ranges.Further.Services) > 0 {
			cl.Need.ServiceLength, cl.Need.MaxServices = 0, prof.ServicesIn(has.ranges.Services())
		}
	}
	if cl.Need.PodsPerNode == 0 && cl.Need.NodeMask == 0 {
		cl.Need.NodeMask = has.ranges.NodeMask
	}
	cl = cl.WithPins(profile.Ranges{})
	cl.Name, cl.SameAs, cl.PreviousNames, cl.CloudName, cl.Unknown, cl.About = "", "", nil, "", nil, topology.About{}
	return cl
}

// reclaiming is what is in use where released ranges may be used again if nothing else is free.
func (u *InUse) reclaiming() *InUse {
	old := oldest(u.situation.request, u.situation.released)
	if len(old) == 0 {
		return u
	}
	s, _ := readPrior(&u.situation.inputs, old)
	return &InUse{situation: s, collected: collectDemands(s, false), separation: u.separation}
}

// furtherDemands are what further clusters demand.
type furtherDemands struct {
	request Request
	// demands are those of one cluster after the other.
	demands []demand
	// failed says that the needs cannot be served.
	failed bool
}

// furtherDemands finds out what so many further clusters demand.
func (u *InUse) furtherDemands(cl topology.Cluster, number int) furtherDemands {
	f := furtherDemands{request: u.situation.request}
	f.request.Facts.Clusters = maps.Clone(f.request.Facts.Clusters)
	for i := range number {
		f.request.Facts.Clusters[furtherName(i)] = cl
	}
	s := *u.situation
	s.request, s.mirrors = f.request, nil
	m := collectCluster(&s, furtherName(0), cl)
	f.failed = m.faults.failed()
	for i := range number {
		for _, d := range m.demands {
			d.owner = furtherName(i)
			claim := d.claim()
			claim.Owner = d.owner
			d.claims = []conflict.Claim{claim}
			f.demands = append(f.demands, d)
		}
	}
	return f
}

// furtherName is a name that no cluster can have.
func furtherName(i int) string { return "\n" + strconv.Itoa(i) }

// problem asks for ranges for the demands, in their order.
func (f furtherDemands) problem(u *InUse) placement.Problem {
	return placementProblem(f.request, u.separation, u.collected, f.demands)
}

// sharesGroups says whether the demands of two clusters are of the same groups.
func (f furtherDemands) sharesGroups(u *InUse) bool {
	of := f.problem(u).Demands
	return slices.Equal(of[:len(of)/2], of[len(of)/2:])
}

// searchMore tries out how many further clusters have room, up to a number.
func (u *InUse) searchMore(cl topology.Cluster, most int) More {
	cut := map[int]bool{}
	number := sort.Search(most, func(n int) bool {
		fits, cutShort := u.fits(cl, n+1)
		cut[n] = cutShort
		return !fits
	})
	return More{Number: big.NewInt(int64(number)), AtLeast: number == most || cut[number]}
}

// fits says whether so many further clusters have room; cutShort that a search for it was cut short.
func (u *InUse) fits(cl topology.Cluster, number int) (fits, cutShort bool) {
	f := u.furtherDemands(cl, number)
	sortDemands(f.demands)
	found := placement.Place(f.problem(u))
	fits = !slices.ContainsFunc(found.Chosen, func(r netip.Prefix) bool { return !r.IsValid() })
	return fits, slices.Contains(found.CutShort, true)
}
