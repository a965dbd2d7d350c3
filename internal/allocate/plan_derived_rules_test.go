package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// routedPair are two self-managed clusters with routed Pods and one Pod range, each in a VPC behind one hub.
func routedPair(profileOfB string) Request {
	network := func(block string) func(*topology.VPC) {
		return func(v *topology.VPC) { v.CIDRBlocks, v.Hubs = prefixes(block), []string{"hub"} }
	}
	pinned := func(cl *topology.Cluster) { cl.PodCIDRs = prefixes("10.0.0.0/16") }
	return request(
		func(r *Request) { r.Facts.Hubs["hub"] = topology.Hub{} },
		vpc("east", network("192.168.0.0/20")), vpc("west", network("192.168.16.0/20")),
		cluster("a", "kubernetes-routed", lengths(0, 24, 24), inVPC("east"), pinned),
		cluster("b", profileOfB, lengths(0, 24, 24), inVPC("west"), pinned),
	)
}

func TestADerivedRuleThatIsAProofIsAnError(t *testing.T) {
	for name, want := range map[string]string{
		"kubernetes-routed":  "error pod_overlaps_peer_pod a 10.0.0.0/16 b 10.0.0.0/16",
		"kubernetes-overlay": "warn pod_overlaps_peer_pod a 10.0.0.0/16 b 10.0.0.0/16",
	} {
		t.Run(name, func(t *testing.T) { wantFindings(t, Plan(routedPair(name), profile.Default()), want) })
	}
}

// A conflict that prior state has does not stop a plan, though the rule was a warning when it came.
func TestAProofThatPriorStateBreaksStopsNothing(t *testing.T) {
	r := routedPair("kubernetes-routed")
	r.Prior = &Prior{Facts: r.Facts, Supernets: r.Supernets, Allocations: Plan(r, profile.Default()).Allocations}
	more := edited(r, supernets("10.1.0.0/16"), cluster("c", "kubernetes-routed", lengths(20, 24, 24), inVPC("east")))
	result := planned(t, more)
	wantFindings(t, result, "warn pod_overlaps_peer_pod a 10.0.0.0/16 b 10.0.0.0/16")
	if got := result.Allocations["c"].Pods; len(got) != 1 {
		t.Errorf("c has %v", got)
	}
}
