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

// An argument for a range that contains the Pod range follows the configuration, and all else of a held cluster stays.
func TestArgumentsOfOtherRangesFollowTheConfiguration(t *testing.T) {
	kops := func(edits ...func(*topology.Cluster)) func(*Request) {
		return cluster("a", "kops", profile.Need{MaxNodes: 8, MaxServices: 100, NodeMask: 24}, edits...)
	}
	argument := func(r Result) string { return r.Allocations["a"].Values["non_masquerade_cidr"] }
	unknown := func(cl *topology.Cluster) { cl.Unknown = topology.Unknown{"other_ranges"} }
	first := request(kops())
	was := planned(t, first)
	pods := was.Allocations["a"].Pods[0].String()
	if got := argument(was); got != pods || was.Allocations["a"].OthersUnknown {
		t.Errorf("a new cluster that gives none has %s", got)
	}
	if got := argument(planned(t, request(kops(using("non_masquerade", "10.0.0.0/20"))))); got != "10.0.0.0/20" {
		t.Errorf("a new cluster has %s", got)
	}
	held := after(first, was)
	for name, test := range map[string]struct {
		edit    func(*topology.Cluster)
		want    string
		unknown bool
	}{
		"as before":     {func(*topology.Cluster) {}, pods, false},
		"given now":     {using("non_masquerade", "10.0.0.0/19"), "10.0.0.0/19", false},
		"not known yet": {unknown, pods, true},
	} {
		now := planned(t, edited(held, kops(test.edit))).Allocations["a"]
		if got := now.Values["non_masquerade_cidr"]; got != test.want || now.OthersUnknown != test.unknown {
			t.Errorf("%s: %s, unknown: %t", name, got, now.OthersUnknown)
		}
		if !stays(was.Allocations["a"], now) && !test.unknown {
			t.Errorf("%s: %+v became %+v", name, was.Allocations["a"], now)
		}
	}
	overlay := planned(t, request(cluster("b", "kubernetes-overlay", profile.Need{MaxNodes: 8, MaxServices: 100}, unknown)))
	if overlay.Allocations["b"].OthersUnknown {
		t.Error("a platform without such an argument waits for other ranges")
	}
}
