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
	claimed := vrfsOf(l.claims())
	prior := vrfsOf(slices.DeleteFunc(slices.Clone(l.prior), isReleased))
	return slices.DeleteFunc(entries, func(e ledger.Entry) bool {
		at := usedRange{e.Cluster, e.Range}
		in := claimed[at]
		if len(in) == 0 { // the first plan with the ledger
			in = prior[at]
		}
		return isReleased(e) && len(in) > 0 && !slices.Contains(in, e.VRF)
	})
}

func isReleased(e ledger.Entry) bool { return e.Kind == topology.ForeignReleased }

// vrfsOf are the VRFs of entries.
func vrfsOf(entries []ledger.Entry) map[usedRange][]string {
	vrfs := map[usedRange][]string{}
	for _, e := range entries {
		at := usedRange{e.Cluster, e.Range}
		vrfs[at] = append(vrfs[at], e.VRF)
	}
	return vrfs
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
