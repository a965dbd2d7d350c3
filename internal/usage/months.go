package usage

import (
	"math/big"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// Growth is how many nodes each cluster gains in a month, above 0.
type Growth map[string]*big.Rat

// MonthsOfCluster is the number of months until a cluster has more nodes than its ranges serve, from the number of nodes that is
// observed; ok is false where one of the numbers is missing.
func (g Growth) MonthsOfCluster(name string, c Cluster) (months *big.Rat, ok bool) {
	rate, grows := g[name]
	if !grows || c.Nodes.Observed == nil || c.Nodes.Served == nil {
		return nil, false
	}
	left := new(big.Rat).SetInt(new(big.Int).Sub(c.Nodes.Served, c.Nodes.Observed))
	if left.Sign() < 0 {
		return new(big.Rat), true
	}
	return left.Quo(left, rate), true
}

// drain is a cluster that takes addresses of supernets from some month on.
type drain struct {
	// from is the month in which the ranges of the cluster, its growth reserve among them, are full.
	from *big.Rat
	// each is how many addresses it then takes in a month.
	each *big.Rat
}

// Months is the number of months until further Pod ranges for growing clusters have used up the free addresses of some supernets. ok is
// false where no cluster that grows can take any: one whose platform appends Pod ranges, and which has fewer of them than the
// platform accepts. Addresses are counted, not ranges: the sizes of the ranges and the platform's limits on their number can end it
// earlier.
func (s *Survey) Months(g Growth, observed Observed, f Figures, supernets []netip.Prefix, pools ...string) (months *big.Rat, ok bool) {
	var drains []drain
	for name := range g {
		if d, takes := s.drainOf(name, g, observed); takes && s.demandsFrom(name, supernets, pools) {
			drains = append(drains, d)
		}
	}
	if len(drains) == 0 {
		return nil, false
	}
	slices.SortFunc(drains, func(a, b drain) int { return a.from.Cmp(b.from) })
	return exhausted(new(big.Rat).SetInt(f.Free), drains), true
}

// exhausted is the month in which drains, sorted by their beginning, have taken a number of addresses.
func exhausted(left *big.Rat, drains []drain) *big.Rat {
	rate, now := new(big.Rat), new(big.Rat)
	for _, d := range drains {
		taken := new(big.Rat).Mul(rate, new(big.Rat).Sub(d.from, now))
		if rate.Sign() > 0 && taken.Cmp(left) >= 0 {
			break
		}
		left = new(big.Rat).Sub(left, taken)
		rate = new(big.Rat).Add(rate, d.each)
		now = d.from
	}
	return new(big.Rat).Add(now, left.Quo(left, rate))
}

// drainOf is when and how fast a cluster takes further addresses.
func (s *Survey) drainOf(name string, g Growth, observed Observed) (d drain, takes bool) {
	c := s.Cluster(name, observed)
	_, prof, known := s.inUse.Cluster(name)
	each := s.inUse.NodeSize(name).Addresses
	full, counted := g.MonthsOfCluster(name, c)
	held := s.request.Prior.Allocations[name].Ranges
	if !known || !counted || each == 0 || prof.Growth.Pods != "append" || len(held.Pods) >= prof.MaxPodRanges() {
		return drain{}, false
	}
	reserve := cidr.NewSet(held.Aggregate).Minus(cidr.NewSet(held.Pods...)).Count(cidr.V4)
	nodes := new(big.Rat).SetInt(reserve.Quo(reserve, big.NewInt(each)))
	from := full.Add(full, nodes.Quo(nodes, g[name]))
	return drain{from, new(big.Rat).Mul(g[name], new(big.Rat).SetInt64(each))}, true
}

// demandsFrom says whether further IPv4 Pod ranges of a cluster can come from some supernets.
func (s *Survey) demandsFrom(name string, supernets []netip.Prefix, pools []string) bool {
	cl, _, _ := s.inUse.Cluster(name)
	if len(pools) > 0 && !slices.Contains(pools, cl.Pool) {
		return false
	}
	return slices.ContainsFunc(s.further, func(f further) bool {
		return f.pool == cl.Pool && f.family == cidr.V4 && f.claim.Kind == conflict.Pod && slices.ContainsFunc(supernets, f.area.Overlaps)
	})
}

// Hundredths is a number of months in hundredths, rounded down, up to a number that no plan needs.
func Hundredths(months *big.Rat) int64 {
	n := new(big.Int).Quo(new(big.Int).Mul(months.Num(), big.NewInt(100)), months.Denom())
	if n.Cmp(big.NewInt(maxHundredths)) > 0 {
		return maxHundredths
	}
	return n.Int64()
}

// maxHundredths are 1,000 years.
const maxHundredths = 12 * 1000 * 100
