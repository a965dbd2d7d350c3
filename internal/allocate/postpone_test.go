package allocate

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Which clusters wait for the apply where some facts are not known yet.
func TestPostpone(t *testing.T) {
	unknown := func(attribute string) func(*topology.Cluster) {
		return func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{attribute} }
	}
	tests := map[string]struct {
		request  Request
		deferred []string
		faults   []string
	}{
		"a new cluster":              {request(shop()), []string{"shop"}, nil},
		"a cluster with pins":        {request(shop(pins("172.20.0.0/22", "10.0.0.0/19"))), nil, nil},
		"a cluster that state holds": {applied(t, request(shop())), nil, nil},
		"a pinned cluster in a VPC that is not known yet": {
			request(shop(pins("172.20.0.0/22", "10.0.0.0/19"), unknown("vpc"))), []string{"shop"}, nil,
		},
		"a mirror waits with its original": {request(blue(), shop(), dr("dr", "blue", "shop")), []string{"dr", "shop"}, nil},
		"a cluster that grows": {
			edited(applied(t, request(routed(300))), routed(2000)), nil, []string{`clusters["a"].max_nodes GrowthPostponed`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, c := collectedOf(t, test.request, profile.Default())
			got := postpone(s, c, []topology.Path{topology.Path{}.Attr("vpcs")})
			if faults := placesAndTypes(got.faults); !slices.Equal(got.deferred, test.deferred) || !slices.Equal(faults, test.faults) {
				t.Errorf("deferred %v, faults %v; want %v and %v", got.deferred, faults, test.deferred, test.faults)
			}
			if len(got.claims) != len(c.claims) || len(got.demands) > 0 {
				t.Errorf("%d claims are added and %d demands placed", len(got.claims)-len(c.claims), len(got.demands))
			}
		})
	}
}
