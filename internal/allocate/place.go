package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
)

// place chooses all ranges that are demanded, the largest first.
func (p *planner) place() {
	sortDemands(p.demands)
	p.problem = placementProblem(p.request, p.separation(), p.claims, p.demands)
	placed := placement.Place(p.problem)
	for i, d := range p.demands {
		if placed.Chosen[i].IsValid() {
			p.take(d, placed.Chosen[i])
		}
	}
	p.lacking(placed)
}

// take makes the claims of a demand that got its range: that of its owner, and those of the mirrors.
func (p *planner) take(d demand, chosen netip.Prefix) {
	for _, c := range d.claims {
		p.takeFor(c, d, chosen)
	}
}

// takeFor makes the claim of one cluster or block to the range that a demand got.
func (p *planner) takeFor(c conflict.Claim, d demand, chosen netip.Prefix) {
	ranges := p.ranges[c.Owner]
	if d.podLength != 0 {
		ranges.Aggregate = chosen
		p.claimGrowthReserve(c.Owner, chosen)
		chosen, _ = cidr.First(chosen, d.podLength)
	}
	p.claim(withNewRange(c, chosen))
	switch {
	case c.Kind == conflict.Block:
		ranges.Pods = []netip.Prefix{chosen}
	case d.family == cidr.V6 && c.Kind == conflict.Pod:
		ranges.PodIPv6 = chosen
	case d.family == cidr.V6:
		ranges.ServiceIPv6 = chosen
	case c.Kind == conflict.Pod:
		ranges.Pods = append(slices.Clone(ranges.Pods), chosen)
		if tail := c.Profile.ServiceTail(chosen, p.tails[c.Owner]); tail.IsValid() {
			ranges.Service = tail
		}
	default:
		ranges.Service = chosen
	}
	p.ranges[c.Owner] = ranges
}
