package placement

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// uncounted is more than any number of places that is counted.
const uncounted = uint64(1) << 62

// CertainlyFits says whether it is certain, without a search, that every demand finds a range. False says nothing. Place must
// place the largest demands first.
//
// A range keeps no other one of its length out of more places than its addresses have. Where a group has as many free places as
// all demands up to its length have addresses, each of its demands finds one.
func CertainlyFits(p Problem) bool {
	counts := make([]uint64, len(p.Groups))
	for _, group := range p.Demands {
		counts[group]++
	}
	loads := loadsOf(p.Groups, counts)
	for i, g := range p.Groups {
		if counts[i] > 0 && !g.hasPlaces(loads.places(g)) {
			return false
		}
	}
	return true
}

// hasPlaces says whether a group has at least so many free places for its ranges. It has none where a supernet is smaller than
// a place.
func (g Group) hasPlaces(count uint64) bool {
	if count >= uncounted || slices.ContainsFunc(g.Supernets, func(s netip.Prefix) bool { return s.Bits() > g.Length }) {
		return false
	}
	var places uint64
	for _, block := range g.Free.Blocks() {
		if block.Bits() <= g.Length {
			places = min(uncounted, places+placesIn(g.Length-block.Bits(), 1))
		}
		if places >= count {
			return true
		}
	}
	return false
}

// load is how many ranges of each prefix length are to come from some supernets.
type load struct {
	supernets []netip.Prefix
	family    cidr.Family
	lengths   [129]uint64
}

type loads map[string]*load

func loadsOf(groups []Group, counts []uint64) loads {
	all := loads{}
	for i, g := range groups {
		of := fmt.Sprint(g.Family, g.Supernets)
		if all[of] == nil {
			all[of] = &load{supernets: g.Supernets, family: g.Family}
		}
		all[of].lengths[g.Length] += counts[i]
	}
	return all
}

// places is the number of places of a group that all demands of its supernets occupy which are as large or larger.
func (all loads) places(g Group) uint64 {
	var count uint64
	for _, l := range all {
		if l.family != g.Family || !overlapAny(l.supernets, g.Supernets) {
			continue
		}
		for length, demands := range l.lengths[:g.Length+1] {
			count = min(uncounted, count+placesIn(g.Length-length, demands))
		}
	}
	return count
}

func overlapAny(some, others []netip.Prefix) bool {
	return slices.ContainsFunc(some, func(one netip.Prefix) bool { return slices.ContainsFunc(others, one.Overlaps) })
}

// placesIn is the number of places in so many ranges that are so many bits shorter.
func placesIn(bits int, ranges uint64) uint64 {
	if ranges == 0 {
		return 0
	}
	if bits >= 40 || ranges >= 1<<20 {
		return uncounted
	}
	return ranges << bits
}
