package conflict

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// source is what a planner of blocks allocates from, and the VRF of its blocks; vrfUnknown says that the VRF is known after
// apply.
type source struct {
	scope
	vrf        string
	vrfUnknown bool
}

// sourceOf is that of an origin, nil where it is not one of blocks.
func sourceOf(by topology.Origin, given Registration) *source {
	if by.Kind != Blocks {
		return nil
	}
	return &source{scope: scopeOf(given), vrf: given.Facts.VRF, vrfUnknown: given.Facts.Unknown.Has("vrf")}
}

// text distinguishes sources, in any order of their supernets; it is "" for nil.
func (s *source) text() string {
	if s == nil {
		return ""
	}
	return fmt.Sprint(s.vrf, s.vrfUnknown, slices.SortedFunc(slices.Values(s.supernets), cidr.Compare), s.supernetsUnknown)
}

// mayShare says whether two blocks of different planners may have the same addresses: in two VRFs, where one was allocated
// inside the other, or where the planner of one received the claims of the other. Facts that are not known yet do
// not count against them.
func (p pair) mayShare() bool {
	f, g := p.first, p.second
	return f.source.vrfUnknown || g.source.vrfUnknown || f.source.vrf != g.source.vrf || f.holds(g) || g.holds(f) ||
		f.source.given(g.claim.Holder, g.claim.Range) ||
		g.source.given(f.claim.Holder, f.claim.Range)
}

// holds says whether a block was allocated inside this one: from a supernet that is in it. Two blocks of the same range, which
// both planners have as a supernet, count as one inside the other: nothing distinguishes them from a block that is delegated
// as a whole.
func (f *fact) holds(inner *fact) bool {
	within := func(supernet netip.Prefix) bool {
		return cidr.Contains(f.claim.Range, supernet) && cidr.Contains(supernet, inner.claim.Range)
	}
	return slices.ContainsFunc(inner.source.supernets, within) ||
		inner.source.supernetsUnknown && cidr.Contains(f.claim.Range, inner.claim.Range)
}
