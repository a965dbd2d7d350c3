package ledger_test

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// row is what a client that checks nothing writes into the table of entries.
type row struct {
	id      int64
	planner ledger.Planner
	kind    string
	cluster string
	text    string // the range as it is written: perhaps with host bits, or IPv4 as IPv6
	vrf     string
	network string
	class   ledger.Class
	// delegate is the owner that a block is for.
	delegate string
	state    ledger.State
	opens    bool
	// delegation is the block of rank 4 that the row says it is inside of, 0 for none.
	delegation int64
}

// cidr is the range of a row, whose text is a prefix.
func (r row) cidr() netip.Prefix { return netip.MustParsePrefix(r.text) }

// malformed says whether a row can never be an entry, whatever else the ledger has.
func (r row) malformed() bool {
	p := r.cidr()
	mapped := p.Addr().Is6() && p.Overlaps(netip.PrefixFrom(v4Mapped, 96))
	parent := r.kind == "block" || r.kind == "released" || r.kind == "kept"
	return p != p.Masked() || mapped ||
		r.opens && (!parent || r.class == ledger.Shared) ||
		r.delegate != "" && (r.class != ledger.Unique || !(r.kind == "block" && r.opens || r.kind == "released")) ||
		r.class == ledger.Network && r.network == ""
}

// v4Mapped is the first of the addresses of IPv6 that mean one of IPv4.
var v4Mapped = netip.AddrFrom16([16]byte{10: 0xff, 11: 0xff})

// together says whether two rows must not use the same addresses, unless one is inside the other.
func together(a, b row) bool {
	return a.vrf == b.vrf && a.class == b.class && (a.class == ledger.Unique || a.class == ledger.Network && a.network == b.network)
}

// rank orders kinds of one range: a block may be around a released range, and so on.
func (r row) rank() int {
	return max(0, slices.Index([]string{"", "kept", "released", "block"}, r.kind))
}

// heeds says whether a row may not overlap with blocks that are for other owners although it is in another domain.
func (r row) heeds() bool {
	return r.class != ledger.Unique && r.kind != "reserved" && r.kind != "existing"
}

// gives says whether a row is a block to allocate from.
func (r row) gives() bool { return r.kind == "block" && r.class == ledger.Unique && r.opens }

// covers says whether a row has another one inside of its range, in any domain.
func covers(outer, inner row) bool {
	a, b := outer.cidr(), inner.cidr()
	return outer.vrf == inner.vrf && a.Overlaps(b) && (a.Bits() < b.Bits() || a.Bits() == b.Bits() && !inner.gives())
}

// meets says whether a row that heeds delegations has addresses of a block.
func meets(r, block row) bool {
	return r.heeds() && block.gives() && block.vrf == r.vrf && block.cidr().Overlaps(r.cidr())
}

// trespasses says whether a row that heeds delegations has addresses of a delegated block that is not for it: neither the block, nor one
// inside of it around the row, is for everyone, for the owner or of the planner.
func trespasses(all []row, r, delegated row) bool {
	return meets(r, delegated) && delegated.delegate != "" && !slices.ContainsFunc(all, func(b row) bool {
		return b.gives() && covers(b, r) && (b.id == delegated.id || covers(delegated, b)) &&
			(b.delegate == "" || b.delegate == r.planner.Owner || b.planner == r.planner)
	})
}

// crowded says whether a row that heeds delegations and a block which is inside of a delegated one overlap, and the row is not inside. The
// ledger refuses that, although the owner of the delegated block could permit both.
func crowded(all []row) bool {
	return slices.ContainsFunc(all, func(block row) bool {
		return slices.ContainsFunc(all, func(r row) bool { return meets(r, block) && !covers(block, r) }) &&
			slices.ContainsFunc(all, func(outer row) bool { return outer.delegate != "" && outer.gives() && covers(outer, block) })
	})
}

// mayContain says whether a row may have another one inside: by its range, and by whose it is.
func mayContain(outer, inner row) bool {
	a, b := outer.cidr(), inner.cidr()
	inside := a.Overlaps(b) && (a.Bits() < b.Bits() || a.Bits() == b.Bits() && outer.rank() > inner.rank())
	if !outer.opens || !inside {
		return false
	}
	mine := outer.planner == inner.planner
	switch outer.kind {
	case "kept":
		return mine && (outer.cluster == inner.cluster || inner.state == ledger.Hold)
	case "block":
		return mine || outer.delegate == "" || outer.delegate == inner.planner.Owner
	}
	return true // a released block keeps what it has inside
}

// isInside says whether a row is inside another one, perhaps by others between them: who may use a block may make blocks in it for others.
func isInside(all []row, inner, outer row) bool {
	if mayContain(outer, inner) {
		return true
	}
	rest := without(all, inner)
	return slices.ContainsFunc(rest, func(between row) bool {
		return between.id != outer.id && together(between, inner) && mayContain(between, inner) && isInside(rest, between, outer)
	})
}

func without(all []row, r row) []row {
	return slices.DeleteFunc(slices.Clone(all), func(o row) bool { return o.id == r.id })
}

// unlawful finds two rows that use the same addresses and may not.
func unlawful(all []row) (a, b row, found bool) {
	for i, a := range all {
		for _, b := range all[i+1:] {
			if trespasses(all, a, b) || trespasses(all, b, a) {
				return a, b, true
			}
			if !together(a, b) || !a.cidr().Overlaps(b.cidr()) {
				continue
			}
			holds := a.planner == b.planner && !a.opens && !b.opens && (a.state == ledger.Hold || b.state == ledger.Hold)
			if !holds && !isInside(all, a, b) && !isInside(all, b, a) {
				return a, b, true
			}
		}
	}
	return row{}, row{}, false
}
