package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
)

// takeHeld gives demands the ranges that the ledger holds for them, as far as the rules permit, and returns the demands that are left.
// Demands come in the order in which they are placed, the largest first.
func (p *placed) takeHeld(s *situation, c collected, demands []demand) []demand {
	var wanted, left []demand
	for _, d := range demands {
		if s.request.Ledger.Held[d.key].Range.IsValid() {
			wanted = append(wanted, d)
		} else {
			left = append(left, d)
		}
	}
	if len(wanted) == 0 {
		return demands
	}
	beside := besideHeld(s.request, c)
	k := heldChecker{placementProblem(s.request, s.separation(), beside, wanted), map[netip.Prefix][]int{}}
	for i, d := range wanted {
		held := s.request.Ledger.Held[d.key].Range.Masked()
		if s.takenBesideHeld(c, d) || !k.accepts(i, held) {
			left = append(left, d)
			p.heldUnused = true
			continue
		}
		p.heldUsed = true
		p.choose(s, c, d, held)
	}
	p.held = added(c.claims, p.claims)
	sortDemands(left)
	return left
}

// besideHeld is what ranges that the ledger holds must be disjoint from. Where the ledger holds a range, it permits it beside those of
// others. What others reserve or release there since then does not count, and where ranges are unique, neither does what others use: the
// plan at the start of an apply must find its range. The check for conflicts reports it.
func besideHeld(r Request, c collected) collected {
	c.elsewhere = nil
	unique := !r.SharedPods && !r.SharedServices
	c.claims = slices.DeleteFunc(slices.Clone(c.withFormer(c.claims)), func(other conflict.Claim) bool {
		return other.Ledger != "" && (unique || other.Kind.Reservation())
	})
	return c
}

// added are the claims that others do not have.
func added(before, now []conflict.Claim) []conflict.Claim {
	known := map[conflict.ID]bool{}
	for _, c := range before {
		known[c.ID()] = true
	}
	return slices.DeleteFunc(slices.Clone(now), func(c conflict.Claim) bool { return known[c.ID()] })
}

// takenBesideHeld says whether others have addresses of the held range of a demand in a VRF in which the ledger does not hold it.
func (s *situation) takenBesideHeld(c collected, d demand) bool {
	held := s.request.Ledger.Held[d.key]
	others := slices.DeleteFunc(s.request.vrfsOf(d.claims), func(vrf string) bool { return slices.Contains(held.VRFs, vrf) })
	return len(c.elsewhere.inside(held.Range.Masked(), others)) > 0
}

// heldChecker checks held ranges one after the other, the largest first.
type heldChecker struct {
	problem placement.Problem
	// chosen are the separations of the ranges that were accepted.
	chosen map[netip.Prefix][]int
}

// accepts says whether a demand can have a range beside those that others were given, and notes it then.
func (k heldChecker) accepts(demand int, held netip.Prefix) bool {
	g := k.problem.Groups[k.problem.Demands[demand]]
	if held.Bits() != g.Length || !cidr.AnyContains(g.Supernets, held) || !g.Free.Contains(held) {
		return false
	}
	for bits := range held.Bits() + 1 { // ranges before this one are as large or larger
		around := netip.PrefixFrom(held.Addr(), bits).Masked()
		if slices.ContainsFunc(k.chosen[around], func(other int) bool { return k.disjoint(g.Separation, other) }) {
			return false
		}
	}
	k.chosen[held] = append(k.chosen[held], g.Separation)
	return true
}

func (k heldChecker) disjoint(a, b int) bool {
	return k.problem.Disjoint[a][b] || k.problem.Disjoint[b][a]
}
