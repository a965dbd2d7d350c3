package topology_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What is not known is never said to be missing, whichever attribute it is.
func TestUnknownAttributesAreNotMissing(t *testing.T) {
	whole := unknown{topology.Everything}
	each := func(names ...string) (sets []unknown) {
		sets = append(sets, whole, names)
		return sets
	}
	tests := map[string][]topology.Facts{}
	for _, u := range each("name") {
		tests["hub"] = append(tests["hub"], topology.Facts{Hubs: hubs{"": {Unknown: u}}})
	}
	for _, u := range each("name", "cidr_blocks") {
		tests["site"] = append(tests["site"], topology.Facts{Sites: sites{"": {Unknown: u}}})
	}
	for _, u := range each("name", "cidr_blocks") {
		route := map[string]topology.Route{"r": {Unknown: unknown{"destination"}}, "all": {Unknown: whole}}
		tests["vpc"] = append(tests["vpc"], topology.Facts{VPCs: vpcs{"": {Unknown: u, Routes: route}}})
	}
	for _, size := range []string{"max_nodes", "pod_prefix_length", "pod_cidrs"} {
		for _, u := range each("name", "vpc", "profile", size) {
			tests["cluster"] = append(tests["cluster"], topology.Facts{Clusters: clusters{"": {Unknown: u}}})
		}
	}
	for _, u := range each("cidr") {
		tests["reserved"] = append(tests["reserved"], topology.Facts{Reserved: map[string]topology.Reserved{"r": {Unknown: u}}})
	}
	for name, all := range tests {
		t.Run(name, func(t *testing.T) {
			for _, f := range all {
				wantFaults(t, topology.Check(f, profile.Default()), nil)
			}
		})
	}
}

func TestVRFOfBlocksIsAName(t *testing.T) {
	for vrf, want := range map[string]int{"": 0, "blue": 0, "b|e": 1} {
		if got := topology.Check(topology.Facts{VRF: vrf}, profile.Default()); len(got) != want || want > 0 && got[0].At.String() != "vrf" {
			t.Errorf("%q: got %v", vrf, got)
		}
	}
}
