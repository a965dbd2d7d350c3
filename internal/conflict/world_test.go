package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// checkCase checks a claim of each of the two kinds; the second is in a network of each relation to that of the first.
func checkCase(t *testing.T, j ruleCase, profileName string) {
	t.Helper()
	w := world()
	for relation, want := range map[string]string{
		"same": j.same, "hub": j.joined, "pal": j.joined, "third": j.third, "apart": "", "vrf": "",
	} {
		own, other := "home", relation
		if j.a == "site" {
			own = "site"
		}
		switch {
		case relation == "same" && j.a == "site" != (j.b == "site") && !clusterKind(j.a):
			continue // a VPC is no site
		case relation == "same" && j.b == "site":
			own, other = "site", "site"
		case relation == "same":
			other = own
		case j.b == "site":
			other = "site-" + relation
		}
		v, broken := w.Check(claim(j.a, "a", own, profileName), claim(j.b, "b", other, profileName))
		wantHub, wantThird := "", ""
		if want != "" {
			wantHub = map[string]string{"hub": "cen"}[relation]
			wantThird = map[string]string{"third": "pal"}[relation]
		}
		if got := verdict(v, broken); got != want || broken && (v.Hub != wantHub || v.Third != wantThird) {
			t.Errorf("%s: %s of %s and %s of %s: got %q through %q or %q, want %q through %q or %q",
				profileName, j.a, own, j.b, other, got, v.Hub, v.Third, want, wantHub, wantThird)
		}
	}
}

func clusterKind(word string) bool {
	return word == "pod" || word == "service" || word == "other pod" || word == "other service"
}

// Of a platform's defaults one is chosen, so a conflict with each of them is only possible, and no error.
func TestADefaultThatAPlatformMayChooseIsNoError(t *testing.T) {
	services := claim("service", "a", "home", "ack-flannel")
	block := claim("vpc", "", "home", "")
	if v, broken := world().Check(services, block); verdict(v, broken) != "error service_overlaps_vpc" {
		t.Fatalf("a Service range: %q", verdict(v, broken))
	}
	services.Source = conflict.Possible
	for _, pair := range [][2]conflict.Claim{{services, block}, {block, services}} {
		v, broken := world().Check(pair[0], pair[1])
		if verdict(v, broken) != "warn service_overlaps_vpc" {
			t.Errorf("a possible one: %q", verdict(v, broken))
		}
	}
}

func TestRulesBetweenKindsOfRanges(t *testing.T) {
	for _, name := range profile.Default().Names() {
		if clusterRules[name] == nil {
			t.Errorf("%s has no rules in this table", name)
		}
		for _, c := range clusterRules[name] {
			checkCase(t, c, name)
		}
	}
	for _, c := range networkRuleCases {
		checkCase(t, c, "")
	}
}

func TestRulesBetweenRangesOfOneCluster(t *testing.T) {
	w := world()
	for _, name := range profile.Default().Names() {
		for _, network := range []string{"home", "site"} {
			pods, services := claim("pod", "shop", network, name), claim("service", "shop", network, name)
			pairs := map[string][2]conflict.Claim{"": {services, services}}
			switch shipped(name).Pods.From {
			case profile.Own:
				pairs["error pod_overlaps_own_pod"] = [2]conflict.Claim{pods, pods}
				pairs["error pod_overlaps_service"] = [2]conflict.Claim{pods, services}
			case profile.Shared: // Services are in the Pod range
				pairs = map[string][2]conflict.Claim{"error pod_overlaps_own_pod": {pods, pods}}
			case profile.Subnets: // Pods have no range
			}
			for want, pair := range pairs {
				if got := verdict(w.Check(pair[0], pair[1])); got != want {
					t.Errorf("%s: %v and %v of one cluster: got %q, want %q", name, pair[0].Kind, pair[1].Kind, got, want)
				}
			}
		}
	}
}

func TestRulesBetweenClustersOfDifferentModes(t *testing.T) {
	tests := map[string]struct{ a, b, same, joined, third string }{
		"CCE beside an overlay": {
			"cce-vpc-router",
			"kubernetes-overlay",
			"warn pod_overlaps_cluster_pod",
			"error pod_overlaps_peer_pod",
			"",
		},
		"CCE beside routed Pods": {
			"cce-vpc-router",
			"kubernetes-routed",
			"error pod_overlaps_cluster_pod",
			"error pod_overlaps_peer_pod",
			"error ambiguous_at_third",
		},
		"ACK beside an overlay": {
			"ack-flannel",
			"kubernetes-overlay",
			"error pod_overlaps_cluster_pod",
			"error pod_overlaps_peer_pod",
			"",
		},
		"ACK and CCE": {
			"ack-flannel",
			"cce-vpc-router",
			"error pod_overlaps_cluster_pod",
			"error pod_overlaps_peer_pod",
			"error ambiguous_at_third",
		},
		"routed Pods beside an overlay": {
			"kubernetes-routed",
			"kubernetes-overlay",
			"warn pod_overlaps_cluster_pod",
			"warn pod_overlaps_peer_pod",
			"",
		},
		"two clusters with routed Pods": {
			"kubernetes-routed",
			"kubernetes-routed",
			"error pod_overlaps_cluster_pod",
			"error pod_overlaps_peer_pod",
			"error ambiguous_at_third",
		},
		"routed Pods beside CCSE": {
			"kubernetes-routed",
			"ccse-calico",
			"warn pod_overlaps_cluster_pod",
			"warn pod_overlaps_peer_pod",
			"warn ambiguous_at_third",
		},
		"routed Pods beside a tunnel": {
			"kubernetes-routed",
			"ack-edge-flannel",
			"warn pod_overlaps_cluster_pod",
			"warn pod_overlaps_peer_pod",
			"",
		},
		"CCE beside another of its own": {
			"cce-vpc-router",
			"cce-vpc-router",
			"error pod_overlaps_cluster_pod",
			"error pod_overlaps_peer_pod",
			"error ambiguous_at_third",
		},
		"CCE beside its own tunnel": {
			"cce-vpc-router",
			"cce-overlay",
			"warn pod_overlaps_cluster_pod",
			"error pod_overlaps_peer_pod",
			"",
		},
		"two tunnels of CCE": {"cce-overlay", "cce-overlay", "", "", ""},
		"a tunnel of CCE beside an overlay": {
			"cce-overlay",
			"kubernetes-overlay",
			"warn pod_overlaps_cluster_pod",
			"error pod_overlaps_peer_pod",
			"",
		},
		"edge Flannel beside Flannel": {
			"ack-edge-flannel",
			"ack-flannel",
			"error pod_overlaps_cluster_pod",
			"error pod_overlaps_peer_pod",
			"",
		},
		"the two overlays of TKE and CCE": {
			"tke-cilium-overlay",
			"cce-overlay",
			"error pod_overlaps_cluster_pod",
			"error pod_overlaps_peer_pod",
			"",
		},
		"GlobalRouter and Cilium": {
			"tke-global-router",
			"tke-cilium-overlay",
			"error pod_overlaps_cluster_pod",
			"error pod_overlaps_peer_pod",
			"",
		},
		"an overlay beside another overlay": {"kubernetes-overlay", "kubernetes-overlay", "", "", ""},
	}
	w := world()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for network, want := range map[string]string{"home": test.same, "hub": test.joined, "pal": test.joined, "third": test.third} {
				a, b := claim("pod", "a", "home", test.a), claim("pod", "b", network, test.b)
				if got := verdict(w.Check(a, b)); got != want {
					t.Errorf("in %s: got %q, want %q", network, got, want)
				}
			}
		})
	}
}

// The members of a flat mesh reach each other, whatever their networks are joined to and in whatever VRF
// they are.
func TestRulesBetweenMembersOfAMesh(t *testing.T) {
	w := world()
	kinds := map[string][2]string{
		"error pod_overlaps_mesh_pod": {
			"pod",
			"pod",
		}, "error pod_overlaps_mesh_service": {"pod", "service"}, "error service_overlaps_mesh_service": {"service", "service"},
	}
	for _, name := range profile.Default().Names() {
		for want, kind := range kinds {
			for network := range around().VPCs {
				a, b := claim(kind[0], "a", "home", name), claim(kind[1], "b", network, name)
				alone := verdict(w.Check(a, b))
				a.Meshes, b.Meshes = []string{"red"}, []string{"green"}
				if got := verdict(w.Check(a, b)); got != alone {
					t.Errorf("%s in %s: of two meshes %q, of none %q", name, network, got, alone)
				}
				b.Meshes = []string{"green", "red"}
				if got := verdict(w.Check(a, b)); got != want {
					t.Errorf("%s in %s: of one mesh %q, want %q", name, network, got, want)
				}
			}
		}
	}
}

func TestAMeshConflictNamesTheFirstOfSeveralMeshes(t *testing.T) {
	w := world()
	for name, test := range map[string]struct {
		a, b []string
		want string
	}{
		"the only one":            {[]string{"red"}, []string{"red"}, "red"},
		"in order":                {[]string{"green", "red"}, []string{"green", "red"}, "green"},
		"in another order":        {[]string{"red", "green"}, []string{"green", "red"}, "green"},
		"the first is not shared": {[]string{"red", "green", "blue"}, []string{"red", "green"}, "green"},
	} {
		a, b := claim("pod", "a", "home", "ack-flannel"), claim("pod", "b", "apart", "ack-flannel")
		a.Meshes, b.Meshes = test.a, test.b
		if v, _ := w.Check(a, b); v.Mesh != test.want {
			t.Errorf("%s: got %q, want %q", name, v.Mesh, test.want)
		}
	}
}

func TestARangeOfOneClusterIsNoMeshConflict(t *testing.T) {
	pods := claim("pod", "shop", "home", "ack-flannel")
	pods.Meshes = []string{"red"}
	services := claim("service", "shop", "home", "ack-flannel")
	services.Meshes = pods.Meshes
	if got := verdict(world().Check(pods, services)); got != "error pod_overlaps_service" {
		t.Errorf("got %q", got)
	}
}

func TestReservedRangesAreKeptFromClustersOnly(t *testing.T) {
	w := world()
	reserved := claim("reserved", "lb", "", "")
	for word, want := range map[string]string{
		"pod": "error pod_overlaps_reserved", "service": "error service_overlaps_reserved",
		"vpc": "", "subnet": "", "site": "", "route": "", "reserved": "",
	} {
		for _, network := range []string{"home", "apart", "vrf"} {
			if word == "site" {
				network = "site"
			}
			if got := verdict(w.Check(claim(word, "x", network, "kubernetes-overlay"), reserved)); got != want {
				t.Errorf("%s in %s: got %q, want %q", word, network, got, want)
			}
		}
	}
}

func TestANetworkThatIsNotDeclaredIsApart(t *testing.T) {
	a, b := claim("pod", "a", "gone", "ack-flannel"), claim("pod", "b", "gone", "ack-flannel")
	if got := verdict(world().Check(a, b)); got != "" {
		t.Errorf("got %q", got)
	}
}
