package usage

import (
	"math/big"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// room is what is free of each supernet. No range is in two supernets, even where they are side by side.
func room(supernets, free []netip.Prefix) []*cidr.Space {
	set := cidr.NewSet(free...)
	var all []*cidr.Space
	for _, supernet := range supernets {
		all = append(all, cidr.NewSpace(set.Intersect(cidr.NewSet(supernet))))
	}
	return all
}

// lengths are the prefix lengths that are counted: from that of the largest supernet to that of an address.
func (c *counting) lengths() (shortest, longest int) {
	longest = cidr.FamilyOf(c.supernets[0]).Bits()
	shortest = longest
	for _, supernet := range c.supernets {
		shortest = min(shortest, supernet.Bits())
	}
	return shortest, longest
}

// fits counts the ranges of each length in a room, and finds the largest one. Some of the further ranges are asked for.
func (c *counting) fits(room []*cidr.Space, some func(further) bool) (fits []Fit, largest netip.Prefix) {
	if len(c.supernets) == 0 {
		return nil, netip.Prefix{}
	}
	shortest, longest := c.lengths()
	for length := shortest; length <= longest; length++ {
		number, first := c.rangesAt(room, length, some)
		fits = append(fits, Fit{length, number})
		if !largest.IsValid() {
			largest = first
		}
	}
	return fits, largest
}

// largest is the largest range in a room; the zero Prefix where there is none.
func (c *counting) largest(room []*cidr.Space, some func(further) bool) netip.Prefix {
	shortest, longest := c.lengths()
	for length := shortest; length <= longest; length++ {
		if _, first := c.rangesAt(room, length, some); first.IsValid() {
			return first
		}
	}
	return netip.Prefix{}
}

// rangesAt counts the ranges of a length in a room, and finds the first of them.
func (c *counting) rangesAt(room []*cidr.Space, length int, some func(further) bool) (number *big.Int, first netip.Prefix) {
	number = new(big.Int)
	refused := c.refusedAt(length, some)
	for _, space := range room {
		for _, block := range accepted(space, refused).Blocks() {
			number.Add(number, cidr.Blocks(block, length))
			if !first.IsValid() {
				first, _ = cidr.First(block, length)
			}
		}
	}
	return number, first
}

// accepted is a space without what is refused; the space itself where that is the same.
func accepted(space *cidr.Space, refused cidr.Set) *cidr.Space {
	for _, block := range space.Blocks() {
		if refused.Overlaps(block) {
			rest := space.Clone()
			rest.RemoveAll(refused.Prefixes())
			return rest
		}
	}
	return space
}

// refusedAt is what the platform does not accept for some of the further ranges, if they have a length.
func (c *counting) refusedAt(length int, some func(further) bool) cidr.Set {
	var refused []netip.Prefix
	seen, family := map[*origin]bool{}, cidr.FamilyOf(c.supernets[0])
	for _, f := range c.further {
		if !seen[f.origin] && f.family == family && c.isOf(f) && some(f) {
			seen[f.origin] = true
			refused = append(refused, f.refused[length].Prefixes()...)
		}
	}
	return cidr.NewSet(refused...)
}
