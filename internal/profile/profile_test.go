package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestMaxPodRangesFollowsTheGrowth(t *testing.T) {
	grown := func(name string, ranges int) *profile.Profile {
		return changed(fictitiousMany(t, name), func(p *profile.Profile) { p.Growth.MaxRanges = ranges })
	}
	tests := map[string]struct {
		p    *profile.Profile
		want int
	}{
		"one range where none is added":    {grown("fictitious-dynamic", 0), 1},
		"as many as can be added":          {grown("fictitious-dynamic", 20), 20},
		"a shared range":                   {grown("fictitious-shared", 0), 1},
		"no range where Pods use subnets":  {grown("fictitious-subnets", 0), 0},
		"not even if subnets may be added": {grown("fictitious-subnets", 20), 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.p.MaxPodRanges(); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}
