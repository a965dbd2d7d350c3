package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// collected is what all clusters and blocks have and what they still need.
type collected struct {
	members map[string]member
	// claims are all ranges in use.
	claims []conflict.Claim
	// demands are the ranges that are still to be chosen.
	demands []demand
	// former are claims to ranges that clusters used until now, and that the platform can still have while the plan is applied.
	former []conflict.Claim
	// elsewhere are the ranges that the ledger keeps from the demands.
	elsewhere takenElsewhere
	// released is what stays released: all but what clusters and blocks take back.
	released map[string]Released
	faults   faultList
}

// member is what one cluster or block has and what it still needs.
type member struct {
	// known says that the ranges of the cluster or block are known. If not, ranges is empty.
	known  bool
	ranges profile.Ranges
	// node is what each node of the cluster uses.
	node profile.NodeSize
	// serviceTail is the prefix length of the Service range in a Pod range that Pods and Services share.
	serviceTail int
	// grows says which further ranges the cluster needs.
	grows   growing
	claims  []conflict.Claim
	demands []demand
	// takesBack says that the cluster or block takes back released ranges, releasedKey is their key and back are the ranges.
	takesBack   bool
	releasedKey string
	back        profile.Ranges
	faults      faultList
}

// growing says which further ranges a cluster needs, or would need if they had a size: Pod and Service ranges of each family.
type growing struct{ pods, pods6, services, services6 bool }

// of says whether a demand is for one of these further ranges.
func (g growing) of(d demand) bool {
	v6 := d.family == cidr.V6
	if d.claim().Kind == conflict.Service {
		return g.services && !v6 || g.services6 && v6
	}
	return g.pods && !v6 || g.pods6 && v6
}

// collectDemands finds out what every cluster and block has, and what it still needs. factsUnknown says that some facts are not known until
// apply.
func collectDemands(s *situation, factsUnknown bool) collected {
	facts := s.request.Facts
	all := newCollecting(s, s.request)
	for _, name := range slices.Sorted(maps.Keys(facts.Blocks)) {
		all.add(name, collectBlock(s, name, facts.Blocks[name]))
	}
	for _, mirrors := range []bool{false, true} { // mirrors have what the others have
		for _, name := range slices.Sorted(maps.Keys(facts.Clusters)) {
			cl := facts.Clusters[name]
			switch {
			case s.isMirror(name) != mirrors:
			case mirrors:
				all.add(name, collectMirror(s, name, cl, all.members[cl.SameAs], factsUnknown))
			default:
				all.add(name, collectCluster(s, name, cl))
			}
		}
	}
	c := all.done(s)
	c.former = s.formerClaims(c.claims)
	c.elsewhere = s.request.Ledger.takenBeside(c.demands)
	return c
}

// collecting is what is collected so far. The claims of its members are joined once, at the end.
type collecting struct {
	collected
	parts [][]conflict.Claim
}

// newCollecting begins with the released ranges and with the claims of networks and other workspaces.
func newCollecting(s *situation, r Request) *collecting {
	return &collecting{
		collected{members: make(map[string]member, len(r.Facts.Clusters)+len(r.Facts.Blocks)), released: maps.Clone(s.released)},
		[][]conflict.Claim{conflict.FactClaims(r.Facts, s.catalog), r.undeclaredClaims(s.catalog)},
	}
}

func (c *collecting) add(name string, m member) {
	c.members[name] = m
	c.parts, c.demands, c.faults = append(c.parts, m.claims), append(c.demands, m.demands...), append(c.faults, m.faults...)
	if m.takesBack {
		delete(c.released, m.releasedKey)
	}
}

// done returns what is collected, with the claims of all members.
func (c *collecting) done(s *situation) collected {
	c.claims = s.withSupernets(slices.Concat(append(c.parts, releasedClaims(c.released, s.request.ownerKind()))...))
	return c.collected
}

// collector finds out what one cluster or block has and needs: what is the same for both.
type collector struct {
	*situation
	name string
	// owner is the cluster or block whose ranges become claims, at is where it is declared.
	owner *conflict.Claimant
	at    topology.Path
	// found is what is found out so far.
	found *member
}

func newCollector(s *situation, owner conflict.Claimant) collector {
	return collector{situation: s, name: owner.Name, owner: &owner, at: owner.At, found: &member{known: true}}
}

// start returns the ranges that a cluster or block starts with: what it holds, or what it takes back because it is served by that.
// adopted says that the state does not have them.
func (c collector) start(servedBy func(Released) bool) (ranges profile.Ranges, adopted bool) {
	ranges, byState := c.held(c.name)
	adopted = !byState
	if adopted && (!ranges.Held() || c.isReleased(c.name, ranges)) {
		if key, back, ok := c.lastReleased(c.name); ok && servedBy(back) {
			ranges, adopted = back.Ranges, false
			c.found.takesBack, c.found.releasedKey, c.found.back = true, key, back.Ranges
		}
	}
	return ranges, adopted
}

// claim notes claims to ranges.
func (c collector) claim(claims ...conflict.Claim) {
	if len(c.found.claims) == 0 {
		c.found.claims = claims
		return
	}
	c.found.claims = append(c.found.claims, claims...)
}

// demand notes that a range of a length is needed, where the length is not 0.
func (c collector) demand(kind conflict.Kind, length int, family cidr.Family) {
	c.demandWith(demand{length: length, family: family}, kind)
}

// demandWith notes a demand of the cluster or block, where its length is not 0.
func (c collector) demandWith(d demand, kind conflict.Kind) {
	if d.length == 0 {
		return
	}
	d.owner, d.claims = c.name, c.claimsWithMirrors(c.owner.Claim(kind, netip.Prefix{}))
	d.key = c.request.demandKey(d)
	c.found.demands = append(c.found.demands, d)
}

func (c collector) fault(at topology.Path, problem any, options ...topology.Option) {
	c.found.faults.fault(at, problem, options...)
}

func (c collector) warn(at topology.Path, problem any, options ...topology.Option) {
	c.found.faults.warn(at, problem, options...)
}
