package conflict

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// source is what a planner of blocks hands out from, and in which VRF. late says of each that it is not
// known yet.
type source struct {
	scope
	vrf        string
	vrfUnknown bool
}

// sourceOf is that of an origin, nil where it is not one of blocks.
func sourceOf(by Origin, given Registration) *source {
	if by.Kind != Blocks {
		return nil
	}
	return &source{scope: scopeOf(given), vrf: given.Facts.VRF, vrfUnknown: given.Facts.Unknown.Has("vrf")}
}

// text tells sources apart, whatever the order of their supernets; it is "" for nil.
func (s *source) text() string {
	if s == nil {
		return ""
	}
	return fmt.Sprint(s.vrf, s.vrfUnknown, slices.SortedFunc(slices.Values(s.supernets), cidr.Compare), s.supernetsUnknown)
}

// mayShare says of two blocks of different planners that they may have the same addresses, as far as a Net
// is concerned: in two VRFs, where one was handed out inside of the other, or where the planner of one was
// told of the other by its claims. What is not known yet is not held against them.
func (p pair) mayShare() bool {
	f, g := p.first, p.second
	return f.source.vrfUnknown || g.source.vrfUnknown || f.source.vrf != g.source.vrf || f.holds(g) || g.holds(f) ||
		f.source.given(g.claim.Holder, g.claim.Range) ||
		g.source.given(f.claim.Holder, f.claim.Range)
}

// holds says whether a block was handed out inside of this one: from a supernet that lies in it. Two that
// are all of one range, which both planners have as a supernet, pass for one inside of the other: nothing
// tells them from a block that is handed on as a whole.
func (f *fact) holds(inner *fact) bool {
	within := func(supernet netip.Prefix) bool {
		return cidr.Contains(f.claim.Range, supernet) && cidr.Contains(supernet, inner.claim.Range)
	}
	return slices.ContainsFunc(inner.source.supernets, within) ||
		inner.source.supernetsUnknown && cidr.Contains(f.claim.Range, inner.claim.Range)
}
