package cidr

import (
	"math/big"
	"net/netip"
	"slices"

	"go4.org/netipx"
)

// Set is an immutable set of addresses of one family or both. The zero value is empty.
type Set struct {
	ips    *netipx.IPSet // nil when empty
	blocks blocks        // the same addresses
}

// NewSet returns the set of all addresses in ps, which may overlap and come in any order. Invalid
// prefixes are ignored.
func NewSet(ps ...netip.Prefix) Set {
	var b netipx.IPSetBuilder
	valid := make([]netip.Prefix, 0, len(ps))
	for _, p := range ps {
		if p.IsValid() {
			valid = append(valid, p.Masked())
			b.AddPrefix(p)
		}
	}
	given := outermost(valid)
	s := built("NewSet", &b)
	mustHold("NewSet", s, given)
	mustAddUp("NewSet", []blocks{s.blocks}, []blocks{given})
	return s
}

// Union returns the addresses in s, in o, or in both.
func (s Set) Union(o Set) Set {
	var b netipx.IPSetBuilder
	b.AddSet(s.ips)
	b.AddSet(o.ips)
	u := built("Union", &b)
	mustHold("Union", u, s.blocks)
	mustHold("Union", u, o.blocks)
	mustAddUp("Union", []blocks{u.blocks, s.blocks.common(o.blocks)}, []blocks{s.blocks, o.blocks})
	return u
}

// Minus returns the addresses in s that are not in o.
func (s Set) Minus(o Set) Set {
	var b netipx.IPSetBuilder
	b.AddSet(s.ips)
	b.RemoveSet(o.ips)
	d := built("Minus", &b)
	mustHold("Minus", s, d.blocks)
	mustAvoid("Minus", o, d.blocks)
	mustAddUp("Minus", []blocks{d.blocks, s.blocks.common(o.blocks)}, []blocks{s.blocks})
	return d
}

// Intersect returns the addresses in both s and o.
func (s Set) Intersect(o Set) Set {
	var b netipx.IPSetBuilder
	b.AddSet(s.ips)
	b.Intersect(o.ips)
	i := built("Intersect", &b)
	mustHold("Intersect", s, i.blocks)
	mustHold("Intersect", o, i.blocks)
	mustAddUp("Intersect", []blocks{i.blocks}, []blocks{s.blocks.common(o.blocks)})
	return i
}

// Contains reports whether all of p is in s; false when p is invalid.
func (s Set) Contains(p netip.Prefix) bool { return s.blocks.contains(p) }

// Overlaps reports whether any address of p is in s; false when p is invalid.
func (s Set) Overlaps(p netip.Prefix) bool { return s.blocks.overlaps(p) }

// IsEmpty reports whether s has no addresses.
func (s Set) IsEmpty() bool { return len(s.blocks) == 0 }

// Prefixes returns s as the fewest prefixes: its maximal aligned blocks, ascending by Compare.
// The slice is the caller's own.
func (s Set) Prefixes() []netip.Prefix { return slices.Clone(s.blocks) }

// Count returns the number of addresses of family f in s, exactly.
func (s Set) Count(f Family) *big.Int { return s.blocks.count(f) }
