package allocate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// neighborhood finds free ranges near to others. It looks at the claims around a range, and at more of them only where all
// is in use there.
type neighborhood struct {
	*planner
	// sorted are all claims by their ranges: a range follows those that contain it.
	sorted []conflict.Claim
	// lengths are the prefix lengths among them.
	lengths [129]bool
	rooms   map[string]cidr.Set
	// offered are ranges that are suggested to somebody already.
	offered []netip.Prefix
}

func newNeighborhood(p *planner) *neighborhood {
	n := &neighborhood{planner: p, sorted: slices.Clone(p.claims), rooms: map[string]cidr.Set{}}
	slices.SortStableFunc(n.sorted, func(a, b conflict.Claim) int { return cidr.Compare(a.Range, b.Range) })
	for _, c := range n.sorted {
		if c.Range.IsValid() {
			n.lengths[c.Range.Bits()] = true
		}
	}
	return n
}

// maxNearest is the number of free ranges that are suggested for a range.
const maxNearest = 3

// nearest are the free ranges nearest to the one of a claim that has to move, and as large, up to
// three of them.
func (n *neighborhood) nearest(c conflict.Claim) []netip.Prefix {
	if c.Profile == nil {
		return nil
	}
	room, faces := n.roomOf(c), n.faces(c)
	window, ok := cidr.NewSpace(room).Nearest(c.Range, c.Range.Bits())
	for ok {
		around := cidr.NewSet(window)
		list := nearestIn(cidr.NewSpace(room.Intersect(around).Minus(n.takenIn(window, faces))), c.Range)
		beyond, more := cidr.NewSpace(room.Minus(around)).Nearest(c.Range, c.Range.Bits())
		if !more || len(list) == maxNearest && nearer(list[maxNearest-1], beyond, c.Range) {
			return list
		}
		window = netip.PrefixFrom(window.Addr(), max(0, window.Bits()-4)).Masked()
	}
	return nil
}

// nearestIn takes the free ranges nearest to another one, and as large, out of a space.
func nearestIn(free *cidr.Space, to netip.Prefix) []netip.Prefix {
	var list []netip.Prefix
	for range maxNearest {
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

// roomOf is what a claim may be moved to where nothing is in use.
func (n *neighborhood) roomOf(c conflict.Claim) cidr.Set {
	length, family := c.Range.Bits(), cidr.FamilyOf(c.Range)
	of := fmt.Sprintln(c.Profile.Name, c.Kind, length, family, n.pool(c))
	room, known := n.rooms[of]
	if !known {
		room = n.room(c, length, family)
		n.rooms[of] = room
	}
	return room
}

// takenIn is what is in use in a window by claims that one of some claims to a range must keep clear of.
func (n *neighborhood) takenIn(window netip.Prefix, faces []conflict.Claim) cidr.Set {
	for bits, used := range n.lengths[:window.Bits()] {
		if !used {
			continue
		}
		outer := netip.PrefixFrom(window.Addr(), bits).Masked()
		for i := n.from(outer); i < len(n.sorted) && n.sorted[i].Range == outer; i++ {
			if n.facesAvoid(faces, n.sorted[i]) {
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
	for i := n.from(window); i < len(n.sorted) && cidr.Contains(window, n.sorted[i].Range); {
		if !n.facesAvoid(faces, n.sorted[i]) {
			i++
			continue
		}
		taken = append(taken, n.sorted[i].Range)
		i = n.behind(n.sorted[i].Range)
	}
	return cidr.NewSet(taken...)
}

// from is the place of the first claim that has a range or a part of it.
func (n *neighborhood) from(r netip.Prefix) int {
	i, _ := slices.BinarySearchFunc(n.sorted, r, func(c conflict.Claim, r netip.Prefix) int { return cidr.Compare(c.Range, r) })
	return i
}

// behind is the place of the first claim that begins behind a range.
func (n *neighborhood) behind(r netip.Prefix) int {
	i, _ := slices.BinarySearchFunc(n.sorted, cidr.Last(r), func(c conflict.Claim, last netip.Addr) int {
		if c.Range.Addr().Compare(last) <= 0 {
			return -1
		}
		return 1
	})
	return i
}
