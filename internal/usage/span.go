package usage

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// Use is what an address is counted as.
type Use int

const (
	// Free is an address that a further range can have, in each network that one may be demanded in.
	Free Use = iota
	// Allocated is an address of a range that a cluster or block of this planner holds.
	Allocated
	// GrowthReserve is kept free for further Pod ranges of a cluster of this planner.
	GrowthReserve
	// Released was held by a cluster or block of this planner, and stays reserved.
	Released
	// Reserved is in a range that the configuration reserves.
	Reserved
	// Unusable is in use by something that this planner does not hold: a network, a route, an existing cluster or block, a claim of
	// another planner. Without claims, it is an address that the platform does not accept.
	Unusable
)

// Span is a range of addresses that are used alike.
type Span struct {
	Range netip.Prefix
	Use   Use
	// Claims are all claims to the addresses, in the order of conflict.CompareClaims; those too that no further range need be disjoint
	// from, and those of several clusters that have the same range.
	Claims []conflict.Claim
	// FreeIn are the networks, sorted, in which a further range can have the addresses; "" is that of blocks, which are in no network.
	FreeIn []string
	// NotIn are the networks, sorted, in which a further range can be demanded from the supernet and cannot have the addresses.
	NotIn []string

	// blocking are the indexes of the claims that some further range must be disjoint from. refused says that the platform does not
	// accept some further range there.
	blocking []int
	refused  bool
}

// Spans are the spans of a supernet or of any other range, in ascending order. Further ranges are those that may be demanded from some
// pools, or from all pools where none is named. Nothing can be demanded from addresses outside of the supernets; they are Free where nobody
// has a claim to them, with no network in FreeIn.
func (s *Survey) Spans(within netip.Prefix, pools ...string) []Span {
	d := division{survey: s}
	for i, f := range s.further {
		if len(pools) == 0 || slices.Contains(pools, f.pool) {
			d.further = append(d.further, i)
		}
	}
	d.divide(within, s.everyClaim())
	return d.spans
}

// everyClaim are the indexes of all claims.
func (s *Survey) everyClaim() []int {
	all := make([]int, len(s.claims))
	for i := range all {
		all[i] = i
	}
	return all
}

// division divides a range into spans.
type division struct {
	survey *Survey
	// further are the indexes of the ranges that may be demanded.
	further []int
	spans   []Span
}

// divide adds the spans of a range, of which the claims with some indexes have addresses.
func (d *division) divide(r netip.Prefix, among []int) {
	var claims []int
	whole := true
	for _, i := range among {
		if c := d.survey.claims[i].Range; c.Overlaps(r) {
			claims = append(claims, i)
			whole = whole && cidr.Contains(c, r)
		}
	}
	if whole && d.alike(r) {
		d.spans = append(d.spans, d.span(r, claims))
		return
	}
	low, high, _ := cidr.Halves(r)
	d.divide(low, claims)
	d.divide(high, claims)
}

// alike says whether the same ranges may be demanded from, and are accepted in, all of a range.
func (d *division) alike(r netip.Prefix) bool {
	return !slices.ContainsFunc(d.further, func(i int) bool {
		f := d.survey.further[i]
		return cuts(f.area, r) || cuts(f.accepted, r)
	})
}

// cuts says whether a set has a part of a range.
func cuts(set cidr.Set, r netip.Prefix) bool { return set.Overlaps(r) && !set.Contains(r) }

// span is the span of a range that is in all of its claims.
func (d *division) span(r netip.Prefix, claims []int) Span {
	span := Span{Range: r}
	for _, i := range claims {
		span.Claims = append(span.Claims, d.survey.claims[i])
	}
	demanded := d.demandedFrom(r)
	free := make([]bool, len(d.survey.further))
	all := len(demanded) > 0 || len(claims) == 0
	for _, i := range demanded {
		f := d.survey.further[i]
		blocked := slices.ContainsFunc(claims, func(c int) bool { return d.survey.avoided[i][c] })
		accepted := f.accepted.Contains(r)
		free[i], span.refused = accepted && !blocked, span.refused || !accepted
		all = all && free[i]
	}
	for _, c := range claims {
		if slices.ContainsFunc(demanded, func(i int) bool { return d.survey.avoided[i][c] }) {
			span.blocking = append(span.blocking, c)
		}
	}
	networks := d.survey.networksOf(demanded, free)
	span.FreeIn, span.NotIn = networks.free, networks.not
	span.Use = useOf(span.Claims, all)
	return span
}

// demandedFrom are the indexes of the ranges that may be demanded from a range.
func (d *division) demandedFrom(r netip.Prefix) []int {
	var from []int
	for _, i := range d.further {
		if d.survey.further[i].area.Contains(r) {
			from = append(from, i)
		}
	}
	return from
}

// spanNetworks are the networks of further ranges: those in which all of these are free, and the others.
type spanNetworks struct{ free, not []string }

func (s *Survey) networksOf(demanded []int, free []bool) spanNetworks {
	key := make([]byte, 2*len(free))
	for _, i := range demanded {
		key[2*i] = 1
		if free[i] {
			key[2*i+1] = 1
		}
	}
	if networks, known := s.networks[string(key)]; known {
		return networks
	}
	all := map[string]bool{}
	for _, i := range demanded {
		network := s.further[i].claim.Network
		before, known := all[network]
		all[network] = free[i] && (before || !known)
	}
	var networks spanNetworks
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name] {
			networks.free = append(networks.free, name)
		} else {
			networks.not = append(networks.not, name)
		}
	}
	s.networks[string(key)] = networks
	return networks
}

// useOf is what an address with some claims is counted as. free says that each further range can have it.
func useOf(claims []conflict.Claim, free bool) Use {
	use := Free
	if !free {
		use = Unusable
	}
	for _, c := range claims {
		if own := ownUse(c); own != Free && (use == Free || use == Unusable || own < use) {
			use = own
		}
	}
	return use
}

// ownUse is what a claim of this planner makes of its addresses, Free for all others.
func ownUse(c conflict.Claim) Use {
	switch {
	case c.Foreign():
		return Free
	case c.OfClusterOrBlock():
		return Allocated
	case c.Kind == conflict.GrowthReserve:
		return GrowthReserve
	case c.Kind == conflict.Released:
		return Released
	case c.Kind == conflict.Reserved:
		return Reserved
	}
	return Free
}
