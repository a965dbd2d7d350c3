package allocate

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// An entry with other ranges alone is enough of a cluster that nothing declares, or whose Pod and Service ranges something else gives.
// Otherwise the cluster, which exists, would be allocated ranges that it does not have.
func TestExistingWithOtherRangesAlone(t *testing.T) {
	plane := map[string][]netip.Prefix{"control_plane": prefixes("100.81.0.0/28")}
	alone := existing("old", Existing{Profile: "other-unique", OtherRanges: plane})
	unknown := existing("old", Existing{Profile: "other-unique", Unknown: topology.Unknown{otherRanges}})
	old := func(edits ...func(*topology.Cluster)) func(*Request) {
		return cluster("old", "other-unique", lengths(16, 20, 24), edits...)
	}
	pinned := old(pins("172.20.16.0/20", "100.80.0.0/16"), func(cl *topology.Cluster) { cl.Need = profile.Need{NodeMask: 24} })
	held := besides(old())
	held = after(held, plannedWithOther(t, held))
	missing := problem{At: `existing["old"].pod_cidrs`, Problem: topology.Missing{Reason: RangesOfExistingNeeded{"old"}}}
	for name, test := range map[string]struct {
		request Request
		want    []problem
	}{
		"of an undeclared cluster":                {besides(alone), nil},
		"of an undeclared cluster, unknown":       {besides(unknown), nil},
		"of a cluster with pins":                  {besides(pinned, alone), nil},
		"of a cluster of the state":               {edited(held, alone), nil},
		"of a cluster with nothing else":          {besides(old(), alone), []problem{missing}},
		"of a cluster with nothing else, unknown": {besides(old(), unknown), []problem{missing}},
	} {
		t.Run(name, func(t *testing.T) {
			result := Plan(test.request, otherCatalog(t))
			wantFaults(t, result.Faults, test.want...)
			if len(test.want) > 0 && !DependsOnPrior(result.Faults[0]) {
				t.Error("it is reported without prior state as well")
			}
			claimed := slices.ContainsFunc(result.Claims, func(c conflict.Claim) bool { return c.Range == plane["control_plane"][0] })
			if len(test.want) == 0 && test.request.Existing["old"].OtherRanges != nil && !claimed {
				t.Error("the control plane is not in use")
			}
			if audited := Audit(test.request, topology.WhatIf{}, otherCatalog(t)); len(audited.Faults) > 0 {
				t.Errorf("an audit, which allocates nothing, reports %v", audited.Faults)
			}
		})
	}
	wantOptions(t, Plan(besides(old(using("control_plane", "100.65.0.0/28")), alone), otherCatalog(t)).Faults[0].Options, []string{
		fmt.Sprintf(`set existing["old"].pod_cidrs %d`, topology.PodRangesOfCluster),
		`remove existing["old"]; set clusters["old"].other_ranges["control_plane"] [100.65.0.0/28 100.81.0.0/28]`,
	})
	if moved := Plan(edited(held, alone, renumber("old", "1")), otherCatalog(t)); moved.Failed() || heldBy(moved, "old") == heldBy(Plan(
		held, otherCatalog(t)), "old") {
		t.Errorf("renumbered: %v", moved.Faults)
	}
	bare := Plan(besides(existing("gone", Existing{})), otherCatalog(t)).Faults
	wantFaults(t, bare, problem{At: `existing["gone"].pod_cidrs`, Problem: topology.Missing{Reason: PodsOrServicesNeeded{}}})
}
