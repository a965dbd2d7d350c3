package usage

import (
	"maps"
	"math/big"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// oracle counts cell by cell, and asks the planner for each cell and each cluster that a further one may be like whether the planner
// would choose the cell for it.
type oracle struct {
	universe
	request allocate.Request
	counts  map[Use]int
	// free are the cells that are free everywhere, in those of each network.
	free []netip.Prefix
	in   map[string][]netip.Prefix
}

func newOracle(t testing.TB, u universe, r allocate.Request, pool string, supernets []netip.Prefix, services bool) *oracle {
	o := &oracle{universe: u, request: r, counts: map[Use]int{}, in: map[string][]netip.Prefix{}}
	samples := o.samples(pool)
	for _, s := range samples {
		o.in[s.VPC] = nil
	}
	for _, supernet := range supernets {
		for _, cell := range u.cells(supernet) {
			all, in := true, map[string]bool{}
			for _, like := range samples {
				can := u.canHave(t, r, like, cell, services)
				all = all && can
				before, known := in[like.VPC]
				in[like.VPC] = can && (before || !known)
			}
			for network, can := range in {
				if can {
					o.in[network] = append(o.in[network], cell)
				}
			}
			use := o.use(cell, all)
			if o.counts[use]++; use == Free {
				o.free = append(o.free, cell)
			}
		}
	}
	return o
}

// samples are the clusters that a further one of a pool may be like.
func (o *oracle) samples(pool string) []topology.Cluster {
	var all []topology.Cluster
	for _, cl := range o.request.Facts.Clusters {
		if cl.Pool == pool {
			all = append(all, cl)
		}
	}
	if len(all) == 0 {
		for _, name := range slices.Concat(
			slices.Collect(maps.Keys(o.request.Facts.VPCs)), slices.Collect(maps.Keys(o.request.Facts.Sites)),
		) {
			all = append(all, topology.Cluster{VPC: name, Profile: "kubernetes-routed", Pool: pool})
		}
	}
	return all
}

// use is what a cell is counted as: the first of the uses that it has.
func (o *oracle) use(cell netip.Prefix, free bool) Use {
	in := func(r netip.Prefix) bool { return r.IsValid() && r.Overlaps(cell) }
	uses := map[Use]bool{}
	for _, a := range o.request.Prior.Allocations {
		uses[Allocated] = uses[Allocated] || slices.ContainsFunc(a.InUse(), in)
		uses[GrowthReserve] = uses[GrowthReserve] || in(a.Aggregate)
	}
	for _, a := range o.request.Prior.Released {
		uses[Released] = uses[Released] || slices.ContainsFunc(append(a.InUse(), a.Aggregate), in)
	}
	for _, reserved := range o.request.Facts.Reserved {
		uses[Reserved] = uses[Reserved] || in(reserved.CIDR)
	}
	for _, use := range []Use{Allocated, GrowthReserve, Released, Reserved} {
		if uses[use] {
			return use
		}
	}
	if free {
		return Free
	}
	return Unusable
}

// ranges counts the ranges of a length that are in one supernet and of which all cells are among some.
func (o *oracle) ranges(cells, supernets []netip.Prefix, length, longest int) *big.Int {
	count := new(big.Int)
	if length > longest {
		return count
	}
	if length > o.cell {
		return count.Lsh(bigOf(len(cells)), uint(length-o.cell))
	}
	for _, supernet := range supernets {
		for n := uint64(0); length >= supernet.Bits(); n++ {
			r, ok := cidr.Nth(supernet, length, n)
			if !ok {
				break
			}
			if !slices.ContainsFunc(o.cells(r), func(c netip.Prefix) bool { return !slices.Contains(cells, c) }) {
				count.Add(count, bigOf(1))
			}
		}
	}
	return count
}

// Every figure is what counting cell by cell gives, where the planner says which cells are free.
func TestFiguresAgreeWithThePlannerCellByCell(t *testing.T) {
	for name, u := range universes {
		t.Run(name, func(t *testing.T) {
			longest := map[cidr.Family]int{cidr.V4: 28, cidr.V6: 124}[u.family]
			rapid.Check(t, func(rt *rapid.T) {
				r := u.request(rt)
				s := surveyed(t, r)
				pool := rapid.SampledFrom(s.Pools()).Draw(rt, "pool")
				supernets := r.Supernets
				if pool != "" {
					supernets = r.Pools[pool].Supernets
				}
				services := u.family == cidr.V4 && pool == "" && len(r.ServiceSupernets) > 0 && rapid.Bool().Draw(rt, "services")
				if services {
					supernets = r.ServiceSupernets
				}
				o := newOracle(t, u, r, pool, supernets, services)
				compare(rt, s.Figures(supernets, pool), o, supernets, longest)
			})
		})
	}
}

func compare(t *rapid.T, got Figures, o *oracle, supernets []netip.Prefix, longest int) {
	cell := new(big.Int).Lsh(bigOf(1), uint(o.family.Bits()-o.cell))
	number := func(what string, got *big.Int, cells int) {
		if want := new(big.Int).Mul(cell, bigOf(cells)); got.Cmp(want) != 0 {
			t.Fatalf("%s: %v, want %v", what, got, want)
		}
	}
	number("free", got.Free, o.counts[Free])
	number("allocated", got.Allocated, o.counts[Allocated])
	number("growth reserve", got.GrowthReserve, o.counts[GrowthReserve])
	number("released", got.Released, o.counts[Released])
	number("reserved", got.Reserved, o.counts[Reserved])
	number("unusable", got.Unusable, o.counts[Unusable])
	total := 0
	for _, n := range o.counts {
		total += n
	}
	number("addresses", got.Addresses, total)
	largest := 0
	for _, fit := range got.Fits {
		want := o.ranges(o.free, supernets, fit.Length, longest)
		if fit.Ranges.Cmp(want) != 0 {
			t.Fatalf("%v ranges of /%d, want %v", fit.Ranges, fit.Length, want)
		}
		if want.Sign() > 0 && largest == 0 {
			largest = fit.Length
		}
	}
	if got.Largest.IsValid() != (largest > 0) || largest > 0 && got.Largest.Bits() != largest {
		t.Fatalf("the largest free range is %v, want a /%d", got.Largest, largest)
	}
	if len(got.Networks) != len(o.in) {
		t.Fatalf("networks %v, want %v", got.Networks, o.in)
	}
	for _, network := range got.Networks {
		number("free in "+network.Name, network.Free, len(o.in[network.Name]))
	}
	if percent := int64(total-o.counts[Free]) * 10000 / int64(total); got.Percent() != percent {
		t.Fatalf("%d hundredths of a percent, want %d", got.Percent(), percent)
	}
}
