package provider

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/usage"
)

// poolsOf are the names of the pools of each supernet, sorted.
func poolsOf(pools map[string]allocate.Pool) map[netip.Prefix][]string {
	out := map[netip.Prefix][]string{}
	for _, name := range slices.Sorted(maps.Keys(pools)) {
		for _, supernet := range slices.Concat(pools[name].Supernets, pools[name].ServiceSupernets) {
			if !slices.Contains(out[supernet], name) {
				out[supernet] = append(out[supernet], name)
			}
		}
	}
	return out
}

// unusableIn are the ranges of the supernets that a further range cannot have, by VRF and ascending: those that the function usage
// does not count as free. A network in one VRF does not take addresses from further ranges in another one.
func unusableIn(facts topology.Facts, survey *usage.Survey) map[string][]netip.Prefix {
	vrfs, _ := facts.VRFs()
	out := map[string][]netip.Prefix{}
	for _, supernet := range cidr.NewSet(survey.Supernets()...).Prefixes() {
		for _, span := range survey.Spans(supernet) {
			for _, vrf := range vrfs {
				if slices.ContainsFunc(span.NotIn, func(network string) bool { return facts.VRFOf(network) == vrf }) {
					out[vrf] = append(out[vrf], span.Range)
				}
			}
		}
	}
	return out
}
