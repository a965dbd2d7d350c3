package oracle

import (
	"fmt"
	"math/big"
	"net/netip"
)

// Universe is a prefix small enough to list: cells of one prefix length, lowest first. Everything
// about it is answered by looking at every cell.
type Universe struct {
	Block netip.Prefix
	Unit  int // prefix length of a cell
	Cells []netip.Addr
	all   []netip.Prefix
}

// Marks says for each cell of a universe whether it is in a set.
type Marks []bool

// NewUniverse lists the cells of length unit in a canonical block. It panics on more than 1,024,
// which is no longer small.
func NewUniverse(block netip.Prefix, unit int) Universe {
	free := unit - block.Bits()
	if block != block.Masked() || free < 0 || free > 10 || unit > block.Addr().BitLen() {
		panic(fmt.Sprintf("oracle: no universe of /%d cells in %v", unit, block))
	}
	u := Universe{Block: block, Unit: unit}
	for i := range 1 << free {
		u.Cells = append(u.Cells, cell(block.Addr(), unit, i))
	}
	for _, c := range u.Cells {
		for bits := block.Bits(); bits <= unit; bits++ {
			if p := netip.PrefixFrom(c, bits); p == p.Masked() {
				u.all = append(u.all, p)
			}
		}
	}
	return u
}

// cell writes the bits of i into base, the last of them at the end of a /unit.
func cell(base netip.Addr, unit, i int) netip.Addr {
	raw := base.AsSlice()
	for at := unit - 1; i > 0; at, i = at-1, i>>1 {
		if i&1 == 1 {
			raw[at/8] |= 0x80 >> (at % 8)
		}
	}
	addr, _ := netip.AddrFromSlice(raw)
	return addr
}

// Prefixes returns every prefix made of whole cells, by first address, then the larger first.
func (u Universe) Prefixes() []netip.Prefix { return u.all }

// OfLength returns the prefixes of one length that are in the universe, lowest first.
func (u Universe) OfLength(bits int) []netip.Prefix {
	var found []netip.Prefix
	for _, p := range u.all {
		if p.Bits() == bits {
			found = append(found, p)
		}
	}
	return found
}

// Mark returns the cells of all ps. Prefixes may lie around or outside the universe; one smaller
// than a cell marks nothing unless it is at the cell's start.
func (u Universe) Mark(ps ...netip.Prefix) Marks {
	m := make(Marks, len(u.Cells))
	for _, p := range ps {
		for i, c := range u.Cells {
			m[i] = m[i] || p.Contains(c)
		}
	}
	return m
}

// Whole reports whether every cell of p, a prefix of the universe, is marked.
func (u Universe) Whole(m Marks, p netip.Prefix) bool {
	for i, c := range u.Cells {
		if p.Contains(c) && !m[i] {
			return false
		}
	}
	return true
}

// Any reports whether some cell of p is marked.
func (u Universe) Any(m Marks, p netip.Prefix) bool {
	for i, c := range u.Cells {
		if p.Contains(c) && m[i] {
			return true
		}
	}
	return false
}

// Combine returns the cells for which keep says so.
func Combine(a, b Marks, keep func(inA, inB bool) bool) Marks {
	m := make(Marks, len(a))
	for i := range a {
		m[i] = keep(a[i], b[i])
	}
	return m
}

// Without returns the cells of a that are not in b.
func Without(a, b Marks) Marks {
	return Combine(a, b, func(inA, inB bool) bool { return inA && !inB })
}

// Maximal returns the prefixes that are wholly marked and are in no larger one that is.
func (u Universe) Maximal(m Marks) []netip.Prefix {
	var whole, maximal []netip.Prefix
	for _, p := range u.all {
		if u.Whole(m, p) {
			whole = append(whole, p)
		}
	}
	for _, p := range whole {
		largest := true
		for _, q := range whole {
			if q.Bits() < p.Bits() && q.Contains(p.Addr()) {
				largest = false
			}
		}
		if largest {
			maximal = append(maximal, p)
		}
	}
	return maximal
}

// Fit returns the lowest /bits in the smallest maximal marked block that holds one, the lowest
// such block on a tie.
func (u Universe) Fit(m Marks, bits int) (fit netip.Prefix, ok bool) {
	blocks := u.Maximal(m)
	for size := bits; size >= u.Block.Bits(); size-- {
		for _, b := range blocks {
			if b.Bits() == size {
				return netip.PrefixFrom(b.Addr(), bits), true
			}
		}
	}
	return netip.Prefix{}, false
}

// FitWithin is Fit with nothing marked outside within.
func (u Universe) FitWithin(m Marks, within netip.Prefix, bits int) (fit netip.Prefix, ok bool) {
	both := Combine(m, u.Mark(within), func(marked, inside bool) bool { return marked && inside })
	return u.Fit(both, bits)
}

// Nearest returns the wholly marked /bits whose first address is nearest to the address given, the
// lower one on a tie.
func (u Universe) Nearest(m Marks, to netip.Addr, bits int) (nearest netip.Prefix, ok bool) {
	var best *big.Int
	for _, p := range u.OfLength(bits) {
		if !u.Whole(m, p) {
			continue
		}
		far := Distance(p.Addr(), to)
		if best == nil || far.Cmp(best) < 0 {
			nearest, best = p, far
		}
	}
	return nearest, best != nil
}

// Distance returns the difference between a and b, of one family, without its sign.
func Distance(a, b netip.Addr) *big.Int {
	x, y := new(big.Int).SetBytes(a.AsSlice()), new(big.Int).SetBytes(b.AsSlice())
	return x.Abs(x.Sub(x, y))
}

// Addresses returns how many addresses the marked cells hold.
func (u Universe) Addresses(m Marks) *big.Int {
	sum, perCell := new(big.Int), new(big.Int).Lsh(big.NewInt(1), uint(u.Block.Addr().BitLen()-u.Unit))
	for _, marked := range m {
		if marked {
			sum.Add(sum, perCell)
		}
	}
	return sum
}
