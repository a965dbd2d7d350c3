package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// placed is which ranges are chosen, and what clusters and blocks have with them.
type placed struct {
	// ranges are those of each cluster and block of which it is known what it has.
	ranges map[string]profile.Ranges
	// claims are all ranges in use, the chosen ones last.
	claims []conflict.Claim
	// demands are in the order in which they are placed, problem has the same order. Both are empty where all is postponed.
	demands []demand
	problem placement.Problem
	// deferred names the clusters and blocks that get their ranges in the apply, sorted.
	deferred []string
	faults   faultList
}

// place chooses a range for every demand, the largest first.
func place(s *situation, c collected) placed {
	p := newPlaced(c)
	p.demands = slices.Clone(c.demands)
	sortDemands(p.demands)
	p.problem = placementProblem(s.request, s.separation(), c.claims, p.demands)
	found := placement.Place(p.problem)
	for i, d := range p.demands {
		if !found.Chosen[i].IsValid() {
			continue
		}
		for _, claim := range d.claims {
			p.take(claim, d, found.Chosen[i], s.request, c.members[claim.Owner].serviceTail)
		}
	}
	p.faults = lacking(s, p, found)
	return p
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
		ranges.PodIPv6 = chosen
	case d.family == cidr.V6:
		ranges.ServiceIPv6 = chosen
	case claim.Kind == conflict.Pod:
		ranges.Pods = append(slices.Clone(ranges.Pods), chosen)
		if tail := claim.Profile.ServiceTail(chosen, serviceTail); tail.IsValid() {
			ranges.Service = tail
		}
	default:
		ranges.Service = chosen
	}
	p.ranges[claim.Owner] = ranges
}
