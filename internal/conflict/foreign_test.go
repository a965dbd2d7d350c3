package conflict_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestClaimsOfOtherWorkspaces(t *testing.T) {
	pod := func(owner, network, text string) conflict.Claim {
		return at(claim("pod", owner, network, "ack-flannel"), text)
	}
	own := []conflict.Claim{pod("shop", "home", "10.0.0.0/16")}
	own[0].Meshes = []string{"flat"}
	own = append(own, at(claim("pod", "build", "home", "kubernetes-routed"), "172.30.0.0/16"))
	tests := map[string]struct {
		foreign []topology.Foreign
		want    []string
	}{
		"in a network that is declared here": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("home"))},
			[]string{"error pod_overlaps_cluster_pod: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"a cluster of the same name": {
			[]topology.Foreign{foreign("pod", "shop", "10.0.0.0/20", in("home"))},
			[]string{"error pod_overlaps_cluster_pod: shop 10.0.0.0/16 and shop 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"in one over a hub": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("theirs"), over("cen"))},
			[]string{"error pod_overlaps_peer_pod: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"without a network over a hub": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", over("cen"))},
			[]string{"error pod_overlaps_peer_pod: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"in a peer of the network": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("theirs"), peeredWith("home"))},
			[]string{"error pod_overlaps_peer_pod: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"in one that a third reaches": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("theirs"), peeredWith("pal"))},
			[]string{"error ambiguous_at_third: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"the hub of another claim in the network": {
			[]topology.Foreign{
				foreign("pod", "web", "10.0.0.0/20", in("theirs")),
				foreign("pod", "far", "10.9.0.0/20", in("theirs"), over("cen")),
			},
			[]string{"error pod_overlaps_peer_pod: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"a peer by its name over there": {
			[]topology.Foreign{
				foreign("pod", "web", "10.0.0.0/20", in("theirs"), peeredWith("gate")),
				foreign("pod", "far", "10.9.0.0/20", in("gate"), over("cen")),
			},
			[]string{"error ambiguous_at_third: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"Pods that nobody outside sees": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("theirs"), peeredWith("pal"), runs("kubernetes-overlay"))},
			nil,
		},
		"in no network that reaches": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("theirs"), over("other"))},
			nil,
		},
		"in a network of the name in another VRF": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("home"), vrf("blue"))},
			nil,
		},
		"over the hub in another VRF": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("theirs"), over("cen"), vrf("blue"))},
			nil,
		},
		"a Service range is named after the own": {
			[]topology.Foreign{foreign("service", "web", "10.0.0.0/20", over("cen"))},
			[]string{"warn pod_overlaps_peer_service: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"a profile that nobody names": {
			[]topology.Foreign{foreign("pod", "web", "172.30.0.0/20", over("cen"))},
			[]string{"warn pod_overlaps_peer_pod: build 172.30.0.0/16 and web 172.30.0.0/20 share 172.30.0.0/20"},
		},
		"a profile whose Pods are routed": {
			[]topology.Foreign{foreign("pod", "web", "172.30.0.0/20", over("cen"), runs("kubernetes-routed"))},
			[]string{"error pod_overlaps_peer_pod: build 172.30.0.0/16 and web 172.30.0.0/20 share 172.30.0.0/20"},
		},
		"an overlay beside routed Pods": {
			[]topology.Foreign{foreign("pod", "web", "172.30.0.0/20", over("cen"), runs("kubernetes-overlay"))},
			[]string{"warn pod_overlaps_peer_pod: build 172.30.0.0/16 and web 172.30.0.0/20 share 172.30.0.0/20"},
		},
		"what is kept": {
			[]topology.Foreign{foreign("kept", "web", "10.0.0.0/20", in("theirs"), over("cen"))},
			[]string{"error pod_overlaps_aggregate: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"what is kept where nobody gets": {[]topology.Foreign{foreign("kept", "web", "10.0.0.0/20", in("theirs"))}, nil},
		"a released range": {
			[]topology.Foreign{foreign("released", "web", "10.0.0.0/20")},
			[]string{"error pod_overlaps_released: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"a block that says no place": {
			[]topology.Foreign{foreign("", "dba", "10.0.0.0/20")},
			[]string{"error pod_overlaps_foreign_block: shop 10.0.0.0/16 and dba 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"a block of another VRF":               {[]topology.Foreign{foreign("block", "dba", "10.0.0.0/20", vrf("blue"))}, nil},
		"a block in a place where nobody gets": {[]topology.Foreign{foreign("block", "dba", "10.0.0.0/20", in("theirs"))}, nil},
		"of a VRF that is not known yet": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("home"), unknown("vrf"))},
			nil,
		},
		"of a profile that is not known yet": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("home"), unknown("profile"))},
			nil,
		},
		"in a network that is not known yet":    {[]topology.Foreign{foreign("block", "web", "10.0.0.0/20", unknown("network"))}, nil},
		"of an allocator that is not known yet": {[]topology.Foreign{foreign("block", "web", "10.0.0.0/20", unknown("allocator"))}, nil},
		"of hubs that are not known yet": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("home"), unknown("hubs"))},
			[]string{"error pod_overlaps_cluster_pod: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"what an undeclared cluster has": {
			[]topology.Foreign{foreign("existing", "old", "10.0.0.0/20")},
			[]string{"error pod_overlaps_foreign_block: shop 10.0.0.0/16 and old 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"a member of no mesh that we are in": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("theirs"), meshed("other"))},
			nil,
		},
		"a member of our mesh": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("theirs"), meshed("flat"))},
			[]string{"error pod_overlaps_mesh_pod: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"a member of our mesh in another VRF": {
			[]topology.Foreign{foreign("service", "web", "10.0.0.0/20", in("theirs"), meshed("flat"), vrf("blue"))},
			[]string{"error pod_overlaps_mesh_service: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"what a member of our mesh keeps": {
			[]topology.Foreign{foreign("kept", "web", "10.0.0.0/20", in("theirs"), meshed("flat"))},
			[]string{"error pod_overlaps_aggregate: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"what a member keeps in another VRF": {
			[]topology.Foreign{foreign("kept", "web", "10.0.0.0/20", in("theirs"), meshed("flat"), vrf("blue"))},
			[]string{"error pod_overlaps_aggregate: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"what a member of another mesh keeps": {
			[]topology.Foreign{foreign("kept", "web", "10.0.0.0/20", in("theirs"), meshed("other"), vrf("blue"))},
			nil,
		},
		"reported twice": {
			[]topology.Foreign{foreign("reserved", "dba", "10.0.0.0/20"), foreign("reserved", "dba", "10.0.0.0/20")},
			[]string{"error pod_overlaps_foreign_block: shop 10.0.0.0/16 and dba 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"a cluster that says no place": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20")},
			[]string{"error pod_overlaps_foreign_block: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"Services that say no place": {
			[]topology.Foreign{foreign("service", "web", "10.0.0.0/20")},
			[]string{"error pod_overlaps_foreign_block: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"a cluster without a place of another VRF": {[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", vrf("blue"))}, nil},
		"a member of our mesh that says no place": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", meshed("flat"))},
			[]string{"error pod_overlaps_mesh_pod: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"two others are no business of ours": {
			[]topology.Foreign{foreign("pod", "a", "10.9.0.0/20", in("home")), foreign("pod", "b", "10.9.0.0/20", in("home"), ofTeamB)},
			nil,
		},
		"a network here that meets a cluster there": {[]topology.Foreign{foreign("pod", "a", "192.168.0.0/20", in("home"))}, nil},
		"a supernet is in nobody's way":             {[]topology.Foreign{foreign("supernet", "team-a", "10.0.0.0/8")}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := foreignFacts(test.foreign...)
			claims := append(conflict.FactClaims(f, profile.Default()), own...)
			claims = append(claims, at(claim("vpc", "", "home", ""), "192.168.0.0/16"))
			wantLines(t, conflict.NewWorld(f, profile.Default()).Overlaps(claims), test.want...)
		})
	}
}

// A released range is in no network, also where its owner and a network there have one name: no hub is why.
func TestAReservedRangeMayHaveTheNameOfANetwork(t *testing.T) {
	f := foreignFacts(foreign("released", "theirs", "10.0.0.0/20"), foreign("pod", "web", "10.9.0.0/20", in("theirs"), over("cen")))
	claims := append(conflict.FactClaims(f, profile.Default()), at(claim("pod", "shop", "home", "ack-flannel"), "10.0.0.0/16"))
	found := conflict.NewWorld(f, profile.Default()).Overlaps(claims)
	if len(found) != 1 || found[0].Code != "pod_overlaps_released" || found[0].Hub != "" || found[0].Third != "" {
		t.Errorf("found %+v", found)
	}
}

func TestAmongForeignComparesWorkspaces(t *testing.T) {
	f := foreignFacts(
		foreign("pod", "a", "10.9.0.0/20", in("home")), foreign("pod", "b", "10.9.0.0/20", in("theirs"), over("cen"), ofTeamB),
		foreign("pod", "c", "10.9.0.0/24", in("home")), // team-a looks after its own
		foreign("supernet", "team-a", "10.0.0.0/12"), foreign("supernet", "team-b", "10.0.0.0/12", ofTeamB),
	)
	w := conflict.NewWorld(f, profile.Default())
	claims := conflict.FactClaims(f, profile.Default())
	wantLines(t, w.Overlaps(claims))
	w.AmongForeign = true
	wantLines(t, w.Overlaps(claims),
		"warn pod_overlaps_peer_pod: a 10.9.0.0/20 and b 10.9.0.0/20 share 10.9.0.0/20",
		"warn pod_overlaps_peer_pod: b 10.9.0.0/20 and c 10.9.0.0/24 share 10.9.0.0/24",
		"warn supernet_overlaps_foreign_supernet: team-a 10.0.0.0/12 and team-b 10.0.0.0/12 share 10.0.0.0/12",
	)
}

// Clusters of other workspaces whose profile nobody says are taken to be seen by all.
func TestUnknownProfileIsSeenOutside(t *testing.T) {
	f := foreignFacts(foreign("pod", "a", "10.9.0.0/20"), foreign("pod", "b", "10.10.0.0/20", runs("a-mode-of-tomorrow")))
	for _, c := range conflict.FactClaims(f, profile.Default()) {
		if c.Profile == nil || !c.Profile.PodsSeenOutside() {
			t.Errorf("cluster %q has the profile %+v", c.Owner, c.Profile)
		}
	}
}

// A network that advertises one of its own blocks has two claims that differ in their place alone.
func TestFactClaimsComeInOneOrder(t *testing.T) {
	f := topology.Facts{VPCs: map[string]topology.VPC{}}
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		f.VPCs[name] = topology.VPC{CIDRBlocks: prefixes("10.0.0.0/16"), AdvertisedCIDRs: prefixes("10.0.0.0/16")}
	}
	first := fmt.Sprint(conflict.FactClaims(f, profile.Default()))
	for range 50 {
		if again := fmt.Sprint(conflict.FactClaims(f, profile.Default())); again != first {
			t.Fatalf("one order:\n%s\nanother one:\n%s", first, again)
		}
	}
}

// Claims of the ledger are of no argument, also those of other planners of the same owner, which have no owner in their allocator.
func TestThePlaceOfAForeignClaim(t *testing.T) {
	fromLedger := func(c *topology.Foreign) { c.Ledger = "shop/prod" }
	f := foreignFacts(
		foreign("pod", "given", "10.0.0.0/16"), foreign("pod", "own", "10.1.0.0/16", fromLedger),
		foreign("pod", "theirs", "10.2.0.0/16", fromLedger, func(c *topology.Foreign) {
			c.Allocator = topology.InLedger("shop/prod", "k8s")
		}),
	)
	want := map[string]string{"given": `foreign_claims["0"]`, "own": `ledger["shop/prod"]`, "theirs": `ledger["shop/prod"]`}
	places := map[string]string{}
	for _, c := range conflict.FactClaims(f, profile.Default()) {
		if want[c.Owner] != "" {
			places[c.Owner] = c.At.String()
		}
	}
	if !maps.Equal(places, want) {
		t.Errorf("got %v, want %v", places, want)
	}
}
