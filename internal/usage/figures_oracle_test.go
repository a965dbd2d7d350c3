package usage

import (
	"fmt"
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
	// can asks the planner.
	can    func(allocate.Request, ask, netip.Prefix) bool
	counts map[Use]int
	// free are the cells that are free everywhere, in those of each network.
	free []netip.Prefix
	in   map[string][]netip.Prefix
	// forServices are the cells that Service ranges alone may be demanded from.
	forServices map[netip.Prefix]bool
	// unusable are the cells that are, each with what may be demanded from it.
	unusable map[netip.Prefix][]ask
}

// ask is a range that a further cluster may demand from a cell.
type ask struct {
	like     topology.Cluster
	services bool
}

// newOracle counts the cells of supernets for further clusters of some pools.
func newOracle(u universe, r allocate.Request, pools []string, supernets []netip.Prefix) *oracle {
	o := &oracle{
		universe: u, request: r, counts: map[Use]int{}, in: map[string][]netip.Prefix{}, unusable: map[netip.Prefix][]ask{},
		forServices: map[netip.Prefix]bool{},
		can:         func(r allocate.Request, a ask, cell netip.Prefix) bool { return u.canHave(r, a.like, cell, a.services) },
	}
	for _, supernet := range supernets {
		for _, cell := range u.cells(supernet) {
			asks := o.asks(pools, cell)
			all, in := len(asks) > 0, map[string]bool{}
			for _, a := range asks {
				o.forServices[cell] = a.services
				can := o.can(r, a, cell)
				all = all && can
				before, known := in[a.like.VPC]
				in[a.like.VPC] = can && (before || !known)
			}
			for network, can := range in {
				if o.in[network] = slices.Clip(o.in[network]); can {
					o.in[network] = append(o.in[network], cell)
				}
			}
			use := o.use(cell, all)
			switch o.counts[use]++; use {
			case Free:
				o.free = append(o.free, cell)
			case Unusable:
				o.unusable[cell] = asks
			}
		}
	}
	return o
}

// asks are the ranges that further clusters of some pools may demand from a cell: Pod ranges, or else Service ranges.
func (o *oracle) asks(pools []string, cell netip.Prefix) []ask {
	var all []ask
	for _, name := range pools {
		pool := allocate.Pool{Supernets: o.request.Supernets, ServiceSupernets: o.request.ServiceSupernets}
		if name != "" {
			pool = o.request.Pools[name]
		}
		pods := cidr.AnyContains(pool.Supernets, cell)
		if pods || cidr.AnyContains(pool.ServiceSupernets, cell) {
			for _, like := range o.samples(name) {
				all = append(all, ask{like, !pods})
			}
		}
	}
	return all
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

// ranges are the first range of a length that is in one supernet and of which all cells are among some, and the number of them.
func (o *oracle) ranges(cells, supernets []netip.Prefix, length, longest int) (first netip.Prefix, number *big.Int) {
	number = new(big.Int)
	if length > longest {
		return first, number
	}
	cells = slices.DeleteFunc(slices.Clone(cells), func(cell netip.Prefix) bool {
		return o.forServices[cell] && length < o.shortestServices
	})
	if length > o.cell {
		for _, cell := range cells[:min(1, len(cells))] {
			first, _ = cidr.First(cell, length)
		}
		return first, number.Lsh(bigOf(len(cells)), uint(length-o.cell))
	}
	for _, supernet := range supernets {
		for n := uint64(0); length >= supernet.Bits(); n++ {
			r, ok := cidr.Nth(supernet, length, n)
			if !ok {
				break
			}
			if !slices.ContainsFunc(o.cells(r), func(c netip.Prefix) bool { return !slices.Contains(cells, c) }) {
				if number.Add(number, bigOf(1)); !first.IsValid() {
					first = r
				}
			}
		}
	}
	return first, number
}

// largest is the first of the largest ranges of which all cells are among some.
func (o *oracle) largest(cells, supernets []netip.Prefix, longest int) netip.Prefix {
	for length := range longest + 1 {
		if first, _ := o.ranges(cells, supernets, length, longest); first.IsValid() {
			return first
		}
	}
	return netip.Prefix{}
}

// Every figure is what counting cell by cell gives, where the planner says which cells are free.
func TestFiguresAgreeWithThePlannerCellByCell(t *testing.T) {
	for name, u := range universes {
		t.Run(name, func(t *testing.T) {
			seen := map[string]int{}
			rapid.Check(t, func(rt *rapid.T) {
				seen["draws"]++
				r := u.request(rt)
				s := surveyed(t, r)
				pools := rapid.SampledFrom([][]string{{""}, {"edge"}, s.Pools()}).Draw(rt, "pools")
				supernets := s.Supernets(pools...)
				what := rapid.SampledFrom([]string{"all", "one", "Pods", "Services"}).Draw(rt, "supernets")
				switch what {
				case "one":
					supernets = supernets[rapid.IntRange(0, len(supernets)-1).Draw(rt, "supernet"):][:1]
				case "Pods":
					supernets = s.Pool(pools[0]).Supernets
				case "Services":
					supernets = slices.Concat(s.Pool(pools[0]).ServiceSupernets, supernets[:1])[:1]
				}
				supernets = cidr.Outermost(supernets)
				o := newOracle(u, r, pools, supernets)
				got := s.Figures(supernets, pools...)
				compare(rt, got, o, supernets, u.longest)
				compareFacts(rt, got, o)
				seen[fmt.Sprint(len(pools), what)]++
				for use, n := range o.counts {
					seen[useNames[use]] += n
				}
				seen["facts"] += len(got.Facts)
			})
			reached(t, seen, "1all", "1one", "1Pods", "1Services", "2all", "free", "allocated", "released", "reserved", "unusable", "facts")
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
	shortest := supernets[0].Bits()
	for _, supernet := range supernets {
		shortest = min(shortest, supernet.Bits())
	}
	if first, last := got.Fits[0].Length, got.Fits[len(got.Fits)-1].Length; first != shortest || last != o.family.Bits() {
		t.Fatalf("lengths %d to %d, want from %d on", first, last, shortest)
	}
	for i, fit := range got.Fits {
		_, want := o.ranges(o.free, supernets, fit.Length, longest)
		if fit.Ranges.Cmp(want) != 0 || fit.Length != shortest+i {
			t.Fatalf("%v ranges of /%d, want %v of /%d", fit.Ranges, fit.Length, want, shortest+i)
		}
	}
	if want := o.largest(o.free, supernets, longest); got.Largest != want {
		t.Fatalf("the largest free range is %v, want %v", got.Largest, want)
	}
	percent := func(cells int) int64 { return int64(total-cells) * 10000 / int64(total) }
	if want := percent(o.counts[Free]); got.Percent() != want {
		t.Fatalf("%d hundredths of a percent, want %d", got.Percent(), want)
	}
	compareNetworks(t, got, o, supernets, longest)
	for _, network := range got.Networks {
		number("free in "+network.Name, network.Free, len(o.in[network.Name]))
		if want := percent(len(o.in[network.Name])); network.Percent(got.Addresses) != want {
			t.Fatalf("%s: %d hundredths of a percent, want %d", network.Name, network.Percent(got.Addresses), want)
		}
	}
}

func compareNetworks(t *rapid.T, got Figures, o *oracle, supernets []netip.Prefix, longest int) {
	var names []string
	for _, network := range got.Networks {
		names = append(names, network.Name)
		if want := o.largest(o.in[network.Name], supernets, longest); network.Largest != want {
			t.Fatalf("the largest free range in %s is %v, want %v", network.Name, network.Largest, want)
		}
	}
	if want := slices.Sorted(maps.Keys(o.in)); !slices.Equal(names, want) {
		t.Fatalf("networks %v, want %v", names, want)
	}
}
