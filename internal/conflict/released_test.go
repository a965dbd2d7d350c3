package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// A released range keeps all clusters out but the one that had it, wherever their networks stand.
func TestReleasedRangesKeepOthersOut(t *testing.T) {
	rests := claim("reserved", "shop", "", "")
	rests.Kind = conflict.Released
	undeclared := claim("reserved", "shop", "", "")
	undeclared.Kind = conflict.Existing
	tests := map[string]struct {
		a, b conflict.Claim
		want string
	}{
		"Pods of another":                   {claim("pod", "web", "home", "ack-flannel"), rests, "error pod_overlaps_released"},
		"Services of another":               {claim("service", "web", "home", "ack-flannel"), rests, "error service_overlaps_released"},
		"Pods of an overlay":                {claim("pod", "web", "apart", "kubernetes-overlay"), rests, "error pod_overlaps_released"},
		"Pods in another VRF":               {claim("pod", "web", "vrf", "kubernetes-overlay"), rests, "error pod_overlaps_released"},
		"its own Pods":                      {claim("pod", "shop", "home", "ack-flannel"), rests, ""},
		"its own Services":                  {claim("service", "shop", "home", "ack-flannel"), rests, ""},
		"a block of a VPC":                  {claim("vpc", "home", "home", ""), rests, ""},
		"a site":                            {claim("site", "site", "site", ""), rests, ""},
		"a route":                           {claim("route", "home", "home", ""), rests, ""},
		"what is reserved":                  {claim("reserved", "x", "", ""), rests, ""},
		"what rests for another":            {rests, rests, ""},
		"its own Pods that are not resting": {claim("pod", "shop", "home", "ack-flannel"), undeclared, "error pod_overlaps_existing"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, pair := range [][2]conflict.Claim{{test.a, test.b}, {test.b, test.a}} {
				if got := verdict(world().Check(pair[0], pair[1])); got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
			}
		})
	}
}
