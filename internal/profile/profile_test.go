package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestMaxPodRangesFollowsTheGrowth(t *testing.T) {
	grown := func(name string, ranges int) *profile.Profile {
		return changed(fixtureEuropa(t, name), func(p *profile.Profile) { p.Growth.MaxRanges = ranges })
	}
	tests := map[string]struct {
		p    *profile.Profile
		want int
	}{
		"one range where none is added":    {grown("europa-ocean", 0), 1},
		"as many as can be added":          {grown("europa-ocean", 20), 20},
		"a shared range":                   {grown("europa-ice", 0), 1},
		"no range where Pods use subnets":  {grown("europa-vent", 0), 0},
		"not even if subnets may be added": {grown("europa-vent", 20), 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.p.MaxPodRanges(); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}
