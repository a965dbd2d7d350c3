package allocate

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// place chooses all ranges that are wanted, largest first. Where that leaves one without, a
// search looks for a placement of all that its choice depends on.
func (p *planner) place() {
	p.sortWants()
	p.classify()
	chosen, left := p.greedy()
	gaveUp := p.search(chosen)
	for i, w := range p.wants {
		if chosen[i].IsValid() {
			p.take(w, chosen[i])
		}
	}
	p.lacking(chosen, left, gaveUp)
}

// sortWants puts the wants into an order that depends on nothing but themselves, largest first.
func (p *planner) sortWants() {
	slices.SortFunc(p.wants, func(a, b want) int {
		return cmp.Or(
			cmp.Compare(a.family, b.family), cmp.Compare(a.length, b.length), cmp.Compare(a.claim.Kind, b.claim.Kind),
			cmp.Compare(a.name, b.name),
		)
	})
}

// greedy places the wants in order, those that find nothing at the zero Prefix.
func (p *planner) greedy() (chosen []netip.Prefix, left *remainders) {
	chosen, left = make([]netip.Prefix, len(p.wants)), p.newRemainders()
	for i, w := range p.wants {
		chosen[i] = fit(left.of(w.class), w.class.supernets, w.length)
		left.take(w.class, chosen[i])
	}
	return chosen, left
}

// fit chooses in a space: earlier supernets first, then the smallest free block that holds the
// range, then the lowest address. The zero Prefix says that there is none.
func fit(space *cidr.Space, supernets []netip.Prefix, length int) netip.Prefix {
	for _, supernet := range supernets {
		if chosen, ok := space.FitWithin(supernet, length); ok {
			return chosen
		}
	}
	return netip.Prefix{}
}

// take makes the claims of a want that got its range: that of its cluster, and those of its mirrors.
func (p *planner) take(w want, got netip.Prefix) {
	for _, c := range p.faces(w.claim) {
		p.takeFor(c, w, got)
	}
}

// takeFor makes the claim of one cluster to what a want got.
func (p *planner) takeFor(c conflict.Claim, w want, got netip.Prefix) {
	ranges := p.ranges[c.Owner]
	if w.inner != 0 {
		ranges.Aggregate = got
		p.claimGrowthReserve(c.Owner, got)
		got, _ = cidr.First(got, w.inner)
	}
	p.claim(withNewRange(c, got))
	switch {
	case c.Kind == conflict.Block:
		ranges.Pods = []netip.Prefix{got}
	case w.family == cidr.V6 && c.Kind == conflict.Pod:
		ranges.PodIPv6 = got
	case w.family == cidr.V6:
		ranges.ServiceIPv6 = got
	case c.Kind == conflict.Pod:
		ranges.Pods = append(slices.Clone(ranges.Pods), got)
		if tail := c.Profile.ServiceTail(got, p.tails[c.Owner]); tail.IsValid() {
			ranges.Service = tail
		}
	default:
		ranges.Service = got
	}
	p.ranges[c.Owner] = ranges
}
