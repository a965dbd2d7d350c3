package placement

import (
	"net/netip"
	"slices"
	"sort"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// MaxNearest is the number of ranges that Nearest returns at most.
const MaxNearest = 3

// Neighborhood finds free ranges near to others. It looks at the ranges in use around a range, and at more of them only where
// everything is in use there.
type Neighborhood struct {
	// used are the ranges in use, sorted: a range follows those that contain it. index is the place of each in the list that was given.
	used  []netip.Prefix
	index []int
	// lengths are the prefix lengths among them.
	lengths [129]bool
	// offered are ranges that are free for nobody any more.
	offered []netip.Prefix
}

// NewNeighborhood is for a list of ranges in use; a zero Prefix is in nobody's way.
func NewNeighborhood(used []netip.Prefix) *Neighborhood {
	n := &Neighborhood{index: make([]int, len(used))}
	for i := range n.index {
		n.index[i] = i
	}
	slices.SortStableFunc(n.index, func(a, b int) int { return cidr.Compare(used[a], used[b]) })
	for _, i := range n.index {
		n.used = append(n.used, used[i])
		if used[i].IsValid() {
			n.lengths[used[i].Bits()] = true
		}
	}
	return n
}

// Offer notes a range that is free for nobody any more.
func (n *Neighborhood) Offer(offered netip.Prefix) { n.offered = append(n.offered, offered) }

// Offered are the ranges that were offered.
func (n *Neighborhood) Offered() []netip.Prefix { return n.offered }

// Nearest are the free ranges of a room that are nearest to a range and as large, up to MaxNearest of them. avoids says
// whether the result must be disjoint from a range in use, which is given by its index in the list.
func (n *Neighborhood) Nearest(room cidr.Set, to netip.Prefix, avoids func(used int) bool) []netip.Prefix {
	window, ok := cidr.NewSpace(room).Nearest(to, to.Bits())
	for ok {
		around := cidr.NewSet(window)
		list := nearestIn(cidr.NewSpace(room.Intersect(around).Minus(n.takenIn(window, avoids))), to)
		beyond, more := cidr.NewSpace(room.Minus(around)).Nearest(to, to.Bits())
		if !more || len(list) == MaxNearest && nearer(list[MaxNearest-1], beyond, to) {
			return list
		}
		window = netip.PrefixFrom(window.Addr(), max(0, window.Bits()-4)).Masked()
	}
	return nil
}

// nearestIn takes the free ranges nearest to another one, and as large, out of a space.
func nearestIn(free *cidr.Space, to netip.Prefix) []netip.Prefix {
	var list []netip.Prefix
	for range MaxNearest {
		near, ok := free.Nearest(to, to.Bits())
		if !ok {
			break
		}
		list = append(list, near)
		free.Remove(near)
	}
	return list
}

// nearer says whether the first of two ranges is chosen before the other one.
func nearer(a, b, to netip.Prefix) bool {
	near, _ := cidr.NewSpace(cidr.NewSet(a, b)).Nearest(to, to.Bits())
	return near == a
}

// takenIn is what is in use in a window, as far as it must be avoided, with what was offered.
func (n *Neighborhood) takenIn(window netip.Prefix, avoids func(used int) bool) cidr.Set {
	for bits, used := range n.lengths[:window.Bits()] {
		if !used {
			continue
		}
		outer := netip.PrefixFrom(window.Addr(), bits).Masked()
		for i := n.from(outer); i < len(n.used) && n.used[i] == outer; i++ {
			if avoids(n.index[i]) {
				return cidr.NewSet(window)
			}
		}
	}
	var taken []netip.Prefix
	for _, r := range n.offered {
		if r.Overlaps(window) {
			taken = append(taken, r)
		}
	}
	for i := n.from(window); i < len(n.used) && cidr.Contains(window, n.used[i]); {
		if !avoids(n.index[i]) {
			i++
			continue
		}
		taken = append(taken, n.used[i])
		i = n.behind(n.used[i])
	}
	return cidr.NewSet(taken...)
}

// from is the place of the first used range that is a range or a part of it.
func (n *Neighborhood) from(r netip.Prefix) int {
	i, _ := slices.BinarySearchFunc(n.used, r, cidr.Compare)
	return i
}

// behind is the place of the first used range that begins behind a range.
func (n *Neighborhood) behind(r netip.Prefix) int {
	last := cidr.Last(r)
	return sort.Search(len(n.used), func(i int) bool { return last.Less(n.used[i].Addr()) })
}
