package allocate

import (
	"maps"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What the last stage makes of what the others found.
func TestAssemble(t *testing.T) {
	tests := map[string]struct {
		request     Request
		allocations string
		released    string
		unknown     bool
		faults      []string
	}{
		"a new cluster": {request(shop()), "shop 10.0.0.0/19", "", false, nil},
		"a cluster that goes": {
			edited(applied(t, request(shop(), web())), withoutClusters("web")), "shop 10.0.0.0/19", "web web 10.0.32.0/22", false, nil,
		},
		"a cluster with a new token": {
			edited(applied(t, request(shop(), web())), renumber("web", "1")),
			"shop 10.0.0.0/19, web 10.0.36.0/22", "web web 10.0.32.0/22", false, []string{`renumber["web"] Moved`},
		},
		"further Pod ranges": {
			edited(applied(t, request(routed(64))), routed(65)), "a 10.0.0.0/19, 10.0.32.0/25", "", false, []string{"clusters Appended"},
		},
		"held ranges outside of the supernets": {
			edited(applied(t, request(shop())), supernets("10.1.0.0/16")), "shop 10.0.0.0/19", "", false,
			[]string{"supernets NoLongerInSupernets"},
		},
		"released ranges of which it is not known whether they are reclaimed": {
			edited(
				applied(t, request(shop(), web())), withoutClusters("web"), func(r *Request) { r.Unknown = topology.Unknown{"reclaim"} },
			),
			"shop 10.0.0.0/19", "web web 10.0.32.0/22", true, nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, c := collectedOf(t, test.request, profile.Default())
			got := assemble(s, c, place(s, c))
			if allocations := ownersOf(got.Allocations); allocations != test.allocations {
				t.Errorf("allocations: got %s, want %s", allocations, test.allocations)
			}
			if released := releasedOf(got.Released); released != test.released || got.ReleasedUnknown != test.unknown {
				t.Errorf("released: got %s, unknown %t, want %s, unknown %t", released, got.ReleasedUnknown, test.released, test.unknown)
			}
			if faults := placesAndTypes(got.Faults); !slices.Equal(faults, test.faults) {
				t.Errorf("faults: got %v, want %v", faults, test.faults)
			}
			if len(got.Claims) == 0 || !slices.Equal(slices.Sorted(maps.Keys(got.Profiles)), slices.Sorted(maps.Keys(got.Allocations))) {
				t.Errorf("%d claims, profiles of %v", len(got.Claims), got.Profiles)
			}
		})
	}
}
