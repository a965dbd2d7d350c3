package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// placed has the ranges of clusters and blocks after new ones were chosen.
type placed struct {
	// ranges are those of each cluster and block whose ranges are known.
	ranges map[string]profile.Ranges
	// claims are all ranges in use, the chosen ones last.
	claims []conflict.Claim
	// demands are those that no held range serves, in the order in which they are placed. problem has the same order. Both are empty
	// where all is postponed.
	demands []demand
	problem placement.Problem
	// chosen are the ranges that are chosen. heldUsed says that the ledger held some of them, heldUnused that a demand did not get the
	// range that the ledger holds for it.
	chosen               []ChosenRange
	heldUsed, heldUnused bool
	// held are the claims of ranges that the ledger held.
	held []conflict.Claim
	// deferred names the clusters and blocks that get their ranges in the apply, sorted.
	deferred []string
	faults   faultList
}

// place chooses a range for every demand, the largest first. Ranges that the ledger holds come before, but where another demand then
// has no room, all are chosen anew.
func place(s *situation, c collected) placed {
	demands := slices.Clone(c.demands)
	sortDemands(demands)
	p := newPlaced(c)
	p.search(s, p.takeHeld(s, c, demands), c)
	if len(p.faults) > 0 && p.heldUsed {
		p = newPlaced(c)
		p.heldUnused = true
		p.search(s, demands, c)
	}
	return p
}

// search chooses ranges for demands beside those that are in use.
func (p *placed) search(s *situation, demands []demand, c collected) {
	p.demands = demands
	p.problem = placementProblem(s.request, s.separation(), p.inUse(c), p.demands)
	found := placement.Place(p.problem)
	for i, d := range p.demands {
		if found.Chosen[i].IsValid() {
			p.choose(s, c, d, found.Chosen[i])
		}
	}
	p.faults = lacking(s, p.inUse(c), *p, found)
}

// inUse is what new ranges are placed beside: all ranges in use, those that clusters used until now among them, and what the ledger says.
func (p *placed) inUse(c collected) collected {
	return collected{claims: c.withFormer(p.claims), elsewhere: c.elsewhere}
}

// choose gives a demand its range.
func (p *placed) choose(s *situation, c collected, d demand, chosen netip.Prefix) {
	for i, claim := range d.claims {
		one := ChosenRange{
			Demand: d.key, Owner: claim.Owner, Kind: d.kind(), Range: chosen, VRF: s.request.Facts.VRFOf(claim.Network), Follows: i > 0,
		}
		p.chosen = append(p.chosen, one)
		if d.podLength != 0 {
			one.Kind, one.Follows = topology.ForeignPod, true
			one.Range, _ = cidr.First(chosen, d.podLength)
			p.chosen = append(p.chosen, one)
		}
		p.take(claim, d, chosen, s.request, c.members[claim.Owner].serviceTail)
	}
}

// newPlaced is what clusters and blocks have before any range is chosen.
func newPlaced(c collected) placed {
	p := placed{ranges: map[string]profile.Ranges{}, claims: slices.Clip(c.claims)}
	for name, m := range c.members {
		if m.known {
			p.ranges[name] = m.ranges
		}
	}
	return p
}

// take gives a range that is chosen for a demand to the owner of one of its claims. serviceTail is the prefix length of the
// Service range in a Pod range that the owner's Pods and Services share.
func (p *placed) take(claim conflict.Claim, d demand, chosen netip.Prefix, r Request, serviceTail int) {
	ranges := p.ranges[claim.Owner]
	if d.podLength != 0 {
		ranges.Aggregate = chosen
		owner := conflict.ClusterClaimant(claim.Owner, r.Facts.Clusters[claim.Owner], claim.Profile)
		p.claims = append(p.claims, owner.Claims(profile.Ranges{Aggregate: chosen}, nil)...)
		chosen, _ = cidr.First(chosen, d.podLength)
	}
	p.claims = append(p.claims, withNewRange(claim, chosen))
	switch {
	case claim.Kind == conflict.Block:
		ranges.Block = chosen
	case d.family == cidr.V6 && claim.Kind == conflict.Pod:
		placeBehind(&ranges.PodIPv6, &ranges.Further.PodsIPv6, chosen)
	case d.family == cidr.V6:
		placeBehind(&ranges.ServiceIPv6, &ranges.Further.ServicesIPv6, chosen)
	case d.extends.IsValid():
		ranges.Pods = []netip.Prefix{chosen}
		p.claims = slices.DeleteFunc(slices.Clone(p.claims), func(c conflict.Claim) bool {
			return c.Kind == conflict.Pod && c.Range == d.extends && isOf(c, claim.Owner)
		})
	case claim.Kind == conflict.Pod:
		ranges.Pods = append(slices.Clone(ranges.Pods), chosen)
		if tail := claim.Profile.ServiceTail(chosen, serviceTail); tail.IsValid() {
			ranges.Service = tail
		}
	default:
		placeBehind(&ranges.Service, &ranges.Further.Services, chosen)
	}
	p.ranges[claim.Owner] = ranges
}

// placeBehind puts a range in the place of the first one, or behind it and the further ones.
func placeBehind(first *netip.Prefix, further *[]netip.Prefix, chosen netip.Prefix) {
	if !first.IsValid() {
		*first = chosen
		return
	}
	*further = append(slices.Clone(*further), chosen)
}
