package profile_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Each platform has limits for VPCs and subnets of both families, a number of addresses that it keeps, and
// rules for routes, or says why it has none.
func TestEveryPlatformHasDataOnNetworksOrSaysWhyNot(t *testing.T) {
	c := profile.Default()
	for _, name := range c.Platforms() {
		n := c.Platform(name).Networks
		explained := slices.Sorted(maps.Keys(n.Unpublished))
		if gaps := slices.Sorted(slices.Values(n.Gaps())); !slices.Equal(gaps, explained) {
			t.Errorf("%s has no data on %v, and says why of %v", name, gaps, explained)
		}
	}
}
