package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestLastReleased(t *testing.T) {
	of := func(cluster string, order int64) Released { return Released{Cluster: cluster, Order: order} }
	for name, test := range map[string]struct {
		released map[string]Released
		want     string
	}{
		"nothing":                     {nil, ""},
		"the later one":               {map[string]Released{"a": of("shop", 1), "b": of("shop", 3), "c": of("shop", 2)}, "b"},
		"of one time, the later key":  {map[string]Released{"a": of("shop", 1), "b": of("shop", 1)}, "b"},
		"not that of another cluster": {map[string]Released{"a": of("shop", 1), "b": of("web", 2)}, "a"},
	} {
		for range 20 { // maps have no order
			s := situation{inputs: *newInputs(request(shopOf), profile.Default()), released: test.released}
			if key, _, ok := s.lastReleased("shop"); key != test.want || ok != (test.want != "") {
				t.Errorf("%s: got %q, want %q", name, key, test.want)
			}
		}
	}
}

// Ranges show whether a cluster has both families only if the platform has IPv6 ranges of its own for it.
func TestFamiliesOfAClusterThatStateHolds(t *testing.T) {
	ofBoth := profile.Ranges{Pods: prefixes("10.0.0.0/19"), ServiceIPv6: prefix("fd00::/112")}
	ofOne := profile.Ranges{Pods: prefixes("10.0.0.0/19")}
	declared := topology.Facts{Clusters: map[string]topology.Cluster{"shop": {IPFamilies: []string{"ipv4", "ipv6"}}}}
	for name, test := range map[string]struct {
		prior       *Prior
		ipv6        profile.IPv6
		dual, known bool
	}{
		"both, declared before": {
			&Prior{Facts: declared, Allocations: map[string]Allocation{"shop": {Ranges: ofOne}}},
			profile.IPv6{},
			true,
			true,
		},
		"both, of own Pods": {
			&Prior{Allocations: map[string]Allocation{"shop": {Ranges: ofBoth}}},
			profile.IPv6{Pods: "own"},
			true,
			true,
		},
		"both, of own Services": {
			&Prior{Allocations: map[string]Allocation{"shop": {Ranges: ofBoth}}},
			profile.IPv6{Services: "own"},
			true,
			true,
		},
		"one, where IPv6 has ranges": {
			&Prior{Allocations: map[string]Allocation{"shop": {Ranges: ofOne}}},
			profile.IPv6{Pods: "own"},
			false,
			true,
		},
		"one, where IPv6 has none": {
			&Prior{Allocations: map[string]Allocation{"shop": {Ranges: ofOne}}},
			profile.IPv6{Pods: "subnets"},
			false,
			false,
		},
		"nothing is held": {nil, profile.IPv6{Pods: "own"}, false, false},
		"another cluster holds ranges": {
			&Prior{Allocations: map[string]Allocation{"web": {Ranges: ofBoth}}},
			profile.IPv6{Pods: "own"},
			false,
			false,
		},
	} {
		s := situation{inputs: *newInputs(request(shopOf), profile.Default())}
		s.request.Prior = test.prior
		if dual, known := s.wasDual("shop", &profile.Profile{IPv6: test.ipv6}); dual != test.dual || known != test.known {
			t.Errorf("%s: got %t, known %t, want %t, known %t", name, dual, known, test.dual, test.known)
		}
	}
}
