package allocate

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What clusters and blocks have and still need, before any range is chosen.
func TestCollectDemands(t *testing.T) {
	reserve := func(length int) func(*topology.Cluster) {
		return func(cl *topology.Cluster) { cl.ReserveLength = length }
	}
	shopReleased := existing("shop~2", Existing{
		Cluster: "shop", PodCIDRs: shopHolds.Pods, ServiceCIDR: shopHolds.Service, NodeMask: 26, Profile: "ack-flannel",
	})
	tests := map[string]struct {
		request Request
		demands []string
		// claims are those of clusters and blocks.
		claims []string
		faults []string
		// back are the clusters that take back what they released.
		back []string
	}{
		"a new cluster": {request: request(shop()), demands: []string{"shop pod /19", "shop service /22"}},
		"a new cluster with a growth reserve": {
			request: request(shop(reserve(18))), demands: []string{"shop pod /18 with /19", "shop service /22"},
		},
		"a growth reserve of the size of its Pod range": {
			request: request(shop(reserve(19))), demands: []string{"shop pod /19 with /19", "shop service /22"},
		},
		"a growth reserve that is too small": {
			request: request(shop(reserve(20))), demands: []string{"shop pod /19", "shop service /22"},
			faults: []string{`clusters["shop"].reserve_prefix_length Contradicting`},
		},
		"a cluster with pins": {
			request: request(shop(pins("172.20.0.0/22", "10.0.0.0/19"))),
			claims:  []string{"shop pod 10.0.0.0/19 pinned", "shop service 172.20.0.0/22 pinned"},
		},
		"a cluster that state holds": {
			request: applied(t, request(shop())),
			claims:  []string{"shop pod 10.0.0.0/19 allocated", "shop service 172.20.0.0/22 allocated"},
		},
		"a cluster that needs more than it holds": {
			request: edited(applied(t, request(shop())), shop(func(cl *topology.Cluster) { cl.Need.MaxNodes = 1000 })),
			claims:  []string{"shop pod 10.0.0.0/19 allocated", "shop service 172.20.0.0/22 allocated"},
			faults:  []string{`clusters["shop"].max_nodes Outgrown`},
		},
		"a cluster that takes back what it released": {
			request: request(shop(), shopReleased), back: []string{"shop"},
			claims: []string{"shop pod 10.0.0.0/19 allocated", "shop service 172.20.0.0/22 allocated"},
		},
		"a cluster that what it released does not serve": {
			request: request(shop(func(cl *topology.Cluster) { cl.Need.MaxNodes = 200 }), shopReleased),
			demands: []string{"shop pod /18", "shop service /22"},
		},
		"a mirror": {
			request: request(blue(), shop(), dr("dr", "blue", "shop")),
			demands: []string{"shop pod /19 in 2 networks", "shop service /22 in 2 networks"},
		},
		"a block of a length": {request: blocks(ofLength("a", 24)), demands: []string{"a block /24"}},
		"a block with a range": {
			request: blocks(block("a", topology.Block{CIDR: prefix("10.0.0.0/24")})), claims: []string{"a block 10.0.0.0/24 pinned"},
		},
		"a block without a size": {request: blocks(block("a", topology.Block{})), faults: []string{`blocks["a"] Empty`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, got := collectedOf(t, test.request, profile.Default())
			if demands := demandsOf(got.demands); !slices.Equal(demands, test.demands) {
				t.Errorf("demands: got %q, want %q", demands, test.demands)
			}
			var claims, back []string
			for _, c := range got.claims {
				if c.OfClusterOrBlock() {
					claims = append(claims, fmt.Sprintf("%s %v %v %v", c.Owner, c.Kind, c.Range, sourceOf(c)))
				}
			}
			for name, m := range got.members {
				if m.takesBack {
					back = append(back, name)
				}
			}
			if !slices.Equal(claims, test.claims) || !slices.Equal(back, test.back) {
				t.Errorf("claims: got %q, want %q; taken back by %v, want %v", claims, test.claims, back, test.back)
			}
			if faults := placesAndTypes(got.faults); !slices.Equal(faults, test.faults) {
				t.Errorf("faults: got %q, want %q", faults, test.faults)
			}
			if released := len(got.released); released > 0 && len(test.back) > 0 {
				t.Errorf("%d ranges stay released, though they are taken back", released)
			}
		})
	}
}

func sourceOf(c conflict.Claim) string {
	if c.Source == conflict.Pinned {
		return "pinned"
	}
	return "allocated"
}

// What the state has of a cluster whose profile is not known stays as it is.
func TestCollectWithoutAProfile(t *testing.T) {
	r := request(cluster("shop", "", profile.Need{}))
	held := profile.Ranges{Pods: prefixes("10.0.0.0/20")}
	for name, test := range map[string]struct {
		prior *Prior
		want  member
	}{
		"the state has ranges": {&Prior{Allocations: map[string]Allocation{"shop": {Ranges: held}}}, member{known: true, ranges: held}},
		"the state has none":   {nil, member{}},
	} {
		r.Prior = test.prior
		s := &situation{inputs: *newInputs(r, profile.Default())}
		if got := collectCluster(s, "shop", r.Facts.Clusters["shop"]); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}
