package addressmap

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// interval is a run of addresses of one family, both ends included.
type interval struct{ First, Last netip.Addr }

func intervalOf(p netip.Prefix) interval { return interval{p.Addr(), cidr.Last(p)} }

// Count is the number of addresses.
func (i interval) Count() *big.Int {
	n := new(big.Int).SetBytes(i.Last.AsSlice())
	n.Sub(n, new(big.Int).SetBytes(i.First.AsSlice()))
	return n.Add(n, big.NewInt(1))
}

// Prefixes are the fewest prefixes that make up the run, ascending.
func (i interval) Prefixes() []netip.Prefix {
	var out []netip.Prefix
	for at := i.First; at.IsValid() && at.Compare(i.Last) <= 0; {
		p := netip.PrefixFrom(at, at.BitLen())
		for {
			wider, ok := cidr.Parent(p)
			if !ok || wider.Addr() != at || cidr.Last(wider).Compare(i.Last) > 0 {
				break
			}
			p = wider
		}
		out = append(out, p)
		at = cidr.Last(p).Next()
	}
	return out
}

// Prefix is the run as one prefix; ok is false where it is none.
func (i interval) Prefix() (p netip.Prefix, ok bool) {
	all := i.Prefixes()
	if len(all) != 1 {
		return netip.Prefix{}, false
	}
	return all[0], true
}

// String writes the run as a prefix where it is one.
func (i interval) String() string {
	if p, ok := i.Prefix(); ok {
		return p.String()
	}
	return i.First.String() + " – " + i.Last.String()
}

func (i interval) overlaps(o interval) bool {
	return i.First.BitLen() == o.First.BitLen() && i.First.Compare(o.Last) <= 0 && o.First.Compare(i.Last) <= 0
}

// clipped is the part of the run that is in another one; the two overlap.
func (i interval) clipped(in interval) interval {
	if i.First.Less(in.First) {
		i.First = in.First
	}
	if in.Last.Less(i.Last) {
		i.Last = in.Last
	}
	return i
}

// offset is how many addresses lie between the start of the run and an address, as a number to draw with.
func (i interval) offset(a netip.Addr) float64 {
	from, to := i.First.As16(), a.As16()
	high := binary.BigEndian.Uint64(to[:8]) - binary.BigEndian.Uint64(from[:8])
	low, borrow := bitsSub(binary.BigEndian.Uint64(to[8:]), binary.BigEndian.Uint64(from[8:]))
	return math.Ldexp(float64(high-borrow), 64) + float64(low)
}

func bitsSub(a, b uint64) (difference, borrow uint64) {
	if a < b {
		borrow = 1
	}
	return a - b, borrow
}

// size is the number of addresses, as a number to draw with.
func (i interval) size() float64 { return i.offset(i.Last) + 1 }

// hexOf writes an address such that addresses of one family compare as texts do.
func hexOf(a netip.Addr) string { return hex.EncodeToString(a.AsSlice()) }
