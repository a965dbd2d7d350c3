package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// A released range, and what a cluster keeps for its growth, is nobody's but its owner's.
func TestRulesOnClustersAndReservations(t *testing.T) {
	released := conflict.Claim{Owner: "a", Kind: conflict.Released}
	kept := conflict.Claim{Owner: "a", Kind: conflict.GrowthReserve, ClusterRange: conflict.ClusterRange{GrowsIn: "home"}}
	abroad := kept
	abroad.GrowsIn = "vrf"
	meshed := abroad
	meshed.Meshes = []string{"flat"}
	tests := map[string]struct {
		of   string
		with conflict.Claim
		word string
		want string
	}{
		"Pods of another on a released range":       {"b", released, "pod", "error pod_overlaps_released"},
		"Services of another on a released range":   {"b", released, "service", "error service_overlaps_released"},
		"one's own on a released range":             {"a", released, "pod", ""},
		"a network on a released range":             {"b", released, "vpc", ""},
		"Pods of another in a block that is kept":   {"b", kept, "pod", "error pod_overlaps_aggregate"},
		"Services of another in one":                {"b", kept, "service", "error service_overlaps_aggregate"},
		"one's own in one's block":                  {"a", kept, "pod", ""},
		"Pods of another VRF in one":                {"b", abroad, "pod", ""},
		"Pods of another VRF in one of a mesh":      {"b", meshed, "pod", "error pod_overlaps_aggregate"},
		"Services of another VRF in one of a mesh":  {"b", meshed, "service", "error service_overlaps_aggregate"},
		"a network of another VRF in one of a mesh": {"b", meshed, "vpc", ""},
		"a network in a block":                      {"b", kept, "site", ""},
		"one's own name is no way into reservations": {
			"a",
			conflict.Claim{Owner: "a", Kind: conflict.Reserved},
			"pod",
			"error pod_overlaps_reserved",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			member := claim(test.word, test.of, "home", "ack-flannel")
			member.Meshes = []string{"flat"}
			got := verdict(world().Check(member, test.with))
			if test.word == "vpc" || test.word == "site" {
				got = verdict(world().Check(claim(test.word, "home", "home", ""), test.with))
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
