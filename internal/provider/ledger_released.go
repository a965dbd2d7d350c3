package provider

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// insideReleased says whether a claim is a released range inside another released one, such as a Pod range in a growth reserve. The
// outer range already keeps others out, and the ledger refuses to have both.
func insideReleased(claims map[string]topology.Foreign) func(topology.Foreign) bool {
	released := map[string][]netip.Prefix{} // by VRF
	for _, c := range claims {
		if c.Kind == topology.ForeignReleased {
			released[c.VRF] = append(released[c.VRF], c.CIDR)
		}
	}
	outermost := map[string]map[netip.Prefix]bool{}
	for vrf, ranges := range released {
		outermost[vrf] = map[netip.Prefix]bool{}
		for _, r := range cidr.Outermost(ranges) {
			outermost[vrf][r] = true
		}
	}
	return func(c topology.Foreign) bool { return c.Kind == topology.ForeignReleased && !outermost[c.VRF][c.CIDR] }
}

// usedRange is a range that a cluster or block has, or had.
type usedRange struct {
	cluster string
	r       netip.Prefix
}

// whereUsed leaves out released ranges in VRFs in which they were not used. The state does not have the VRF of a released range, so
// without a ledger the range stays reserved in every VRF.
func (l *ledgerPlan) whereUsed(entries []ledger.Entry) []ledger.Entry {
	vrfs := map[usedRange][]string{}
	for _, e := range l.claims() {
		vrfs[usedRange{e.Cluster, e.Range}] = append(vrfs[usedRange{e.Cluster, e.Range}], e.VRF)
	}
	for _, e := range l.prior {
		if at := (usedRange{e.Cluster, e.Range}); e.Kind != topology.ForeignReleased && len(vrfs[at]) == 0 {
			vrfs[at] = append(vrfs[at], e.VRF)
		}
	}
	return slices.DeleteFunc(entries, func(e ledger.Entry) bool {
		in := vrfs[usedRange{e.Cluster, e.Range}]
		return e.Kind == topology.ForeignReleased && len(in) > 0 && !slices.Contains(in, e.VRF)
	})
}

// frees are the claims that neither the state nor the plan has: the apply frees them, and no configuration of this state gave them up.
func (l *ledgerPlan) frees(entries []ledger.Entry) []ledger.Entry {
	ranges, had := map[string][]netip.Prefix{}, map[string]cidr.Set{} // by VRF
	for _, e := range slices.Concat(l.prior, entries) {
		ranges[e.VRF] = append(ranges[e.VRF], e.Range)
	}
	for vrf := range ranges {
		had[vrf] = cidr.NewSet(ranges[vrf]...)
	}
	return slices.DeleteFunc(l.claims(), func(e ledger.Entry) bool {
		return slices.Contains(givenKinds, e.Kind) || had[e.VRF].Contains(e.Range)
	})
}
