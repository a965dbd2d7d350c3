package usage

import (
	"math/big"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// Figures are the numbers of addresses of some supernets of one family. Each address is in Addresses and in one of the six numbers
// that follow.
type Figures struct {
	Addresses                                                    *big.Int
	Allocated, GrowthReserve, Released, Reserved, Unusable, Free *big.Int
	// Facts are what makes addresses Unusable, in the order of conflict.CompareClaims; last the platform, if it accepts some of them
	// nowhere.
	Facts []Fact
	// Fits are how many ranges of each prefix length could be allocated, if all were of this length; from the length of the largest
	// supernet on.
	Fits []Fit
	// Largest is the largest range that could be allocated, the lowest one where there are several; the zero Prefix where there is
	// none.
	Largest netip.Prefix
	// Networks are those that further ranges can be demanded in, sorted by name.
	Networks []Network
}

// Fact is what makes addresses unusable.
type Fact struct {
	// Claim is nil for the rules of the platform.
	Claim *conflict.Claim
	// Addresses counts those of the unusable addresses that the fact keeps further ranges from, also where another fact does as well.
	Addresses *big.Int
}

// Fit is how many ranges of a prefix length can be allocated.
type Fit struct {
	Length int
	Ranges *big.Int
}

// Network is what further ranges in one network can have: also addresses that are in use, where the network need not be disjoint from
// who uses them.
type Network struct {
	Name    string
	Free    *big.Int
	Largest netip.Prefix
}

// Percent is the part of all addresses that are not free, in hundredths of a percent, rounded down: it is less than a number of
// hundredths if and only if the exact part is. It is 0 where there are no addresses.
func (f Figures) Percent() int64 { return percent(new(big.Int).Sub(f.Addresses, f.Free), f.Addresses) }

// Percent is the part of so many addresses that are not free in the network, as Percent of Figures.
func (n Network) Percent(addresses *big.Int) int64 {
	return percent(new(big.Int).Sub(addresses, n.Free), addresses)
}

// percent is a part of a whole in hundredths of a percent, rounded down; 0 of nothing.
func percent(part, whole *big.Int) int64 {
	if whole.Sign() == 0 {
		return 0
	}
	return new(big.Int).Quo(new(big.Int).Mul(part, big.NewInt(10000)), whole).Int64()
}

// Figures counts the addresses of some supernets of one family, each once. Further ranges are as in Spans.
func (s *Survey) Figures(supernets []netip.Prefix, pools ...string) Figures {
	c := newCounting(s, pools)
	for _, supernet := range cidr.Outermost(supernets) {
		c.add(supernet)
	}
	return c.figures()
}

// counting counts spans.
type counting struct {
	*Survey
	pools     []string
	supernets []netip.Prefix
	counts    [Unusable + 1]*big.Int
	// facts counts by the index of the claim, refused what the platform does not accept.
	facts   map[int]*big.Int
	refused *big.Int
	free    []netip.Prefix
	in      map[string]*networkCount
}

type networkCount struct {
	count *big.Int
	free  []netip.Prefix
}

func newCounting(s *Survey, pools []string) *counting {
	c := &counting{Survey: s, pools: pools, facts: map[int]*big.Int{}, refused: new(big.Int), in: map[string]*networkCount{}}
	for use := range c.counts {
		c.counts[use] = new(big.Int)
	}
	return c
}

func (c *counting) add(supernet netip.Prefix) {
	c.supernets = append(c.supernets, supernet)
	for _, f := range c.further {
		if c.isOf(f) && f.area.Overlaps(supernet) && c.in[f.claim.Network] == nil {
			c.in[f.claim.Network] = &networkCount{count: new(big.Int)}
		}
	}
	for _, span := range c.Spans(supernet, c.pools...) {
		number := cidr.Count(span.Range)
		c.counts[span.Use].Add(c.counts[span.Use], number)
		switch span.Use {
		case Free:
			c.free = append(c.free, span.Range)
		case Unusable:
			c.addFacts(span, number)
		}
		for _, network := range span.FreeIn {
			in := c.in[network]
			in.count.Add(in.count, number)
			in.free = append(in.free, span.Range)
		}
	}
}

// isOf says whether a further range can be demanded from the pools that are counted.
func (c *counting) isOf(f further) bool { return len(c.pools) == 0 || slices.Contains(c.pools, f.pool) }

// addFacts counts what makes the addresses of a span unusable.
func (c *counting) addFacts(span Span, number *big.Int) {
	for _, i := range span.blocking {
		if c.facts[i] == nil {
			c.facts[i] = new(big.Int)
		}
		c.facts[i].Add(c.facts[i], number)
	}
	if span.refused {
		c.refused.Add(c.refused, number)
	}
}

func (c *counting) figures() Figures {
	f := Figures{
		Addresses: new(big.Int), Free: c.counts[Free], Allocated: c.counts[Allocated], GrowthReserve: c.counts[GrowthReserve],
		Released: c.counts[Released], Reserved: c.counts[Reserved], Unusable: c.counts[Unusable],
	}
	for _, supernet := range c.supernets {
		f.Addresses.Add(f.Addresses, cidr.Count(supernet))
	}
	for i := range c.claims {
		if number := c.facts[i]; number != nil {
			f.Facts = append(f.Facts, Fact{&c.claims[i], number})
		}
	}
	if c.refused.Sign() > 0 {
		f.Facts = append(f.Facts, Fact{nil, c.refused})
	}
	anywhere := func(further) bool { return true }
	f.Fits, f.Largest = c.fits(room(c.supernets, c.free), anywhere)
	for name, in := range c.in {
		n := Network{Name: name, Free: in.count}
		n.Largest = c.largest(room(c.supernets, in.free), func(f further) bool { return f.claim.Network == name })
		f.Networks = append(f.Networks, n)
	}
	slices.SortFunc(f.Networks, func(a, b Network) int { return strings.Compare(a.Name, b.Name) })
	return f
}
