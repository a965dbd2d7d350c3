package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// A released range keeps all clusters out but the one that had it, wherever their networks stand.
func TestReleasedRangesKeepOthersOut(t *testing.T) {
	released := claim("reserved", "shop", "", "")
	released.Kind = conflict.Released
	undeclared := claim("reserved", "shop", "", "")
	undeclared.Kind = conflict.Existing
	tests := map[string]struct {
		a, b conflict.Claim
		want string
	}{
		"Pods of another":                    {claim("pod", "web", "home", "ack-flannel"), released, "error pod_overlaps_released"},
		"Services of another":                {claim("service", "web", "home", "ack-flannel"), released, "error service_overlaps_released"},
		"Pods of an overlay":                 {claim("pod", "web", "apart", "kubernetes-overlay"), released, "error pod_overlaps_released"},
		"Pods in another VRF":                {claim("pod", "web", "vrf", "kubernetes-overlay"), released, "error pod_overlaps_released"},
		"its own Pods":                       {claim("pod", "shop", "home", "ack-flannel"), released, ""},
		"its own Services":                   {claim("service", "shop", "home", "ack-flannel"), released, ""},
		"a block of a VPC":                   {claim("vpc", "home", "home", ""), released, ""},
		"a site":                             {claim("site", "site", "site", ""), released, ""},
		"a route":                            {claim("route", "home", "home", ""), released, ""},
		"what is reserved":                   {claim("reserved", "x", "", ""), released, ""},
		"ranges released by another":         {released, released, ""},
		"its own Pods that are not released": {claim("pod", "shop", "home", "ack-flannel"), undeclared, "error pod_overlaps_existing"},
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
