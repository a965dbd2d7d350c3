package conflict_test

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// told are facts with claims of other workspaces.
func told(claims ...topology.Foreign) topology.Facts {
	f := around()
	f.Foreign = map[string]topology.Foreign{}
	for i, c := range claims {
		f.Foreign[fmt.Sprint(i)] = c
	}
	return f
}

func foreign(kind, owner, text string, edits ...func(*topology.Foreign)) topology.Foreign {
	c := topology.Foreign{Owner: owner, Kind: kind, CIDR: prefix(text), Allocator: "team-a"}
	for _, edit := range edits {
		edit(&c)
	}
	return c
}

func in(network string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Network = network }
}

func over(hubs ...string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Hubs = hubs }
}

func sameOwner(peers ...string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Peers = peers }
}

func vrf(name string) func(*topology.Foreign) { return func(c *topology.Foreign) { c.VRF = name } }

func late(attribute string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Unknown = topology.Unknown{attribute} }
}

func meshed(mesh string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Meshes = []string{mesh} }
}

func ofTeamB(c *topology.Foreign) { c.Allocator = "team-b" }

func runs(profileName string) func(*topology.Foreign) {
	return func(c *topology.Foreign) { c.Profile = profileName }
}

func TestClaimsOfOtherWorkspacesByHand(t *testing.T) {
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
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("theirs"), sameOwner("home"))},
			[]string{"error pod_overlaps_peer_pod: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"in one that a third reaches": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("theirs"), sameOwner("pal"))},
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
				foreign("pod", "web", "10.0.0.0/20", in("theirs"), sameOwner("gate")),
				foreign("pod", "far", "10.9.0.0/20", in("gate"), over("cen")),
			},
			[]string{"error ambiguous_at_third: shop 10.0.0.0/16 and web 10.0.0.0/20 share 10.0.0.0/20"},
		},
		"Pods that nobody outside sees": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("theirs"), sameOwner("pal"), runs("kubernetes-overlay"))},
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
		"what rests": {
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
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("home"), late("vrf"))},
			nil,
		},
		"of a profile that is not known yet": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("home"), late("profile"))},
			nil,
		},
		"in a network that is not known yet":    {[]topology.Foreign{foreign("block", "web", "10.0.0.0/20", late("network"))}, nil},
		"of an allocator that is not known yet": {[]topology.Foreign{foreign("block", "web", "10.0.0.0/20", late("allocator"))}, nil},
		"of hubs that are not known yet": {
			[]topology.Foreign{foreign("pod", "web", "10.0.0.0/20", in("home"), late("hubs"))},
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
		"told twice": {
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
			f := told(test.foreign...)
			claims := append(conflict.FactClaims(f, profile.Default()), own...)
			claims = append(claims, at(claim("vpc", "", "home", ""), "192.168.0.0/16"))
			wantLines(t, conflict.NewWorld(f, profile.Default()).Overlaps(claims), test.want...)
		})
	}
}

// What rests is in no network, also where its owner and a network there have one name: no hub is why.
func TestAReservedRangeMayHaveTheNameOfANetwork(t *testing.T) {
	f := told(foreign("released", "theirs", "10.0.0.0/20"), foreign("pod", "web", "10.9.0.0/20", in("theirs"), over("cen")))
	claims := append(conflict.FactClaims(f, profile.Default()), at(claim("pod", "shop", "home", "ack-flannel"), "10.0.0.0/16"))
	found := conflict.NewWorld(f, profile.Default()).Overlaps(claims)
	if len(found) != 1 || found[0].Code != "pod_overlaps_released" || found[0].Hub != "" || found[0].Third != "" {
		t.Errorf("found %+v", found)
	}
}

func TestSupernetsOfTwoWorkspaces(t *testing.T) {
	mine := func(text string) string {
		return "warn supernet_overlaps_foreign_supernet: k8s 10.64.0.0/12 and team-a " + text
	}
	tests := map[string]struct {
		foreign  []topology.Foreign
		reserved string
		want     []string
	}{
		"the same": {
			[]topology.Foreign{foreign("supernet", "team-a", "10.64.0.0/12")},
			"",
			[]string{mine("10.64.0.0/12 share 10.64.0.0/12")},
		},
		"a wider one": {
			[]topology.Foreign{foreign("supernet", "team-a", "10.0.0.0/8")},
			"",
			[]string{mine("10.0.0.0/8 share 10.64.0.0/12")},
		},
		"a part": {
			[]topology.Foreign{foreign("supernet", "team-a", "10.64.0.0/16")},
			"",
			[]string{mine("10.64.0.0/16 share 10.64.0.0/16")},
		},
		"beside it":        {[]topology.Foreign{foreign("supernet", "team-a", "10.80.0.0/12")}, "", nil},
		"in the other VRF": {[]topology.Foreign{foreign("supernet", "team-a", "10.64.0.0/12", vrf("green"))}, "", nil},
		"in one of our VRFs": {
			[]topology.Foreign{foreign("supernet", "team-a", "10.64.0.0/12", vrf("blue"))},
			"",
			[]string{mine("10.64.0.0/12 share 10.64.0.0/12")},
		},
		"delegated to us by a reservation": {
			[]topology.Foreign{foreign("supernet", "team-a", "10.0.0.0/8"), foreign("reserved", "k8s", "10.64.0.0/11")},
			"",
			nil,
		},
		"delegated to us as a block": {
			[]topology.Foreign{foreign("supernet", "team-a", "10.64.0.0/12"), foreign("block", "k8s", "10.64.0.0/12")},
			"",
			nil,
		},
		"a block that holds a part of it": {
			[]topology.Foreign{foreign("supernet", "team-a", "10.0.0.0/8"), foreign("block", "x", "10.64.0.0/13")},
			"",
			[]string{mine("10.0.0.0/8 share 10.64.0.0/12")},
		},
		"a block of a third hand": {
			[]topology.Foreign{foreign("supernet", "team-a", "10.0.0.0/8"), foreign("block", "k8s", "10.64.0.0/12", ofTeamB)},
			"",
			[]string{mine("10.0.0.0/8 share 10.64.0.0/12")},
		},
		"delegated by us": {[]topology.Foreign{foreign("supernet", "team-a", "10.64.0.0/16")}, "10.64.0.0/16", nil},
		"reserved by us in part": {
			[]topology.Foreign{foreign("supernet", "team-a", "10.64.0.0/16")},
			"10.64.0.0/17",
			[]string{mine("10.64.0.0/16 share 10.64.0.0/16")},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := told(test.foreign...)
			if test.reserved != "" {
				f.Reserved = map[string]topology.Reserved{"theirs": {CIDR: prefix(test.reserved)}}
			}
			claims := conflict.WithSupernets(conflict.FactClaims(f, profile.Default()), "k8s", prefixes("10.64.0.0/12", "172.20.0.0/16"), f)
			wantLines(t, conflict.NewWorld(f, profile.Default()).Overlaps(claims), test.want...)
		})
	}
}

// What another one holds for us is where we hand out from, and keeps nobody off but others.
func TestDelegatedBlockIsNoObstacle(t *testing.T) {
	f := told(foreign("block", "k8s", "10.64.0.0/12"))
	pods := at(claim("pod", "shop", "home", "ack-flannel"), "10.64.0.0/16")
	claims := append(conflict.WithSupernets(conflict.FactClaims(f, profile.Default()), "k8s", prefixes("10.64.0.0/12"), f), pods)
	wantLines(t, conflict.NewWorld(f, profile.Default()).Overlaps(claims))
	claims = append(conflict.WithSupernets(conflict.FactClaims(f, profile.Default()), "k8s", prefixes("10.0.0.0/8"), f), pods)
	wantLines(
		t, conflict.NewWorld(f, profile.Default()).Overlaps(claims),
		"error pod_overlaps_foreign_block: shop 10.64.0.0/16 and k8s 10.64.0.0/12 share 10.64.0.0/16",
	)
}

// A block here is for its whole VRF, and so is one elsewhere of which nobody says where it is used.
func TestBlocksAndClaimsOfOtherWorkspaces(t *testing.T) {
	mine := func(code, other string) string {
		return fmt.Sprintf("error block_overlaps_%s: prod 10.0.0.0/16 and %s", code, other)
	}
	tests := map[string]struct {
		foreign []topology.Foreign
		want    []string
	}{
		"a block": {
			[]topology.Foreign{foreign("block", "dba", "10.0.4.0/24")},
			[]string{mine("foreign_block", "dba 10.0.4.0/24 share 10.0.4.0/24")},
		},
		"a block of the same name": {
			[]topology.Foreign{foreign("", "prod", "10.0.0.0/17")},
			[]string{mine("foreign_block", "prod 10.0.0.0/17 share 10.0.0.0/17")},
		},
		"a block that says where it is": {
			[]topology.Foreign{foreign("block", "dba", "10.0.4.0/24", in("theirs"))},
			[]string{mine("foreign_block", "dba 10.0.4.0/24 share 10.0.4.0/24")},
		},
		"a reservation": {
			[]topology.Foreign{foreign("reserved", "dba", "10.0.0.0/17")},
			[]string{mine("foreign_block", "dba 10.0.0.0/17 share 10.0.0.0/17")},
		},
		"Pods": {
			[]topology.Foreign{foreign("pod", "web", "10.0.4.0/24", in("theirs"))},
			[]string{mine("foreign_pod", "web 10.0.4.0/24 share 10.0.4.0/24")},
		},
		"Pods in no network": {
			[]topology.Foreign{foreign("pod", "web", "10.0.4.0/24")},
			[]string{mine("foreign_pod", "web 10.0.4.0/24 share 10.0.4.0/24")},
		},
		"Services": {
			[]topology.Foreign{foreign("service", "web", "10.0.4.0/24", in("theirs"))},
			[]string{mine("foreign_service", "web 10.0.4.0/24 share 10.0.4.0/24")},
		},
		"what is kept": {
			[]topology.Foreign{foreign("kept", "web", "10.0.4.0/24", in("theirs"))},
			[]string{mine("aggregate", "web 10.0.4.0/24 share 10.0.4.0/24")},
		},
		"what rests": {
			[]topology.Foreign{foreign("released", "old", "10.0.4.0/24")},
			[]string{mine("released", "old 10.0.4.0/24 share 10.0.4.0/24")},
		},
		"beside it": {
			[]topology.Foreign{foreign("block", "dba", "10.1.0.0/24"), foreign("pod", "web", "10.2.0.0/24")},
			nil,
		},
		"a block in another VRF":        {[]topology.Foreign{foreign("block", "dba", "10.0.4.0/24", vrf("blue"))}, nil},
		"Pods in another VRF":           {[]topology.Foreign{foreign("pod", "web", "10.0.4.0/24", in("theirs"), vrf("blue"))}, nil},
		"a supernet is in nobody's way": {[]topology.Foreign{foreign("supernet", "team-a", "10.0.0.0/16")}, nil},
		"handed out inside of it": {
			[]topology.Foreign{
				foreign("supernet", "team-a", "10.0.0.0/18"),
				foreign("block", "dba", "10.0.4.0/24"),
				foreign("pod", "web", "10.0.5.0/24", in("theirs")),
				foreign("service", "web", "10.0.6.0/24"),
				foreign("kept", "web", "10.0.8.0/23"),
				foreign("released", "old", "10.0.7.0/24"),
				foreign("reserved", "dba", "10.0.12.0/24"),
			},
			nil,
		},
		"by somebody else inside of it": {
			[]topology.Foreign{foreign("supernet", "team-b", "10.0.0.0/18", ofTeamB), foreign("block", "dba", "10.0.4.0/24")},
			[]string{mine("foreign_block", "dba 10.0.4.0/24 share 10.0.4.0/24")},
		},
		"from what reaches out of it": {
			[]topology.Foreign{foreign("supernet", "team-a", "10.0.0.0/15"), foreign("block", "dba", "10.0.4.0/24")},
			[]string{
				mine("foreign_block", "dba 10.0.4.0/24 share 10.0.4.0/24"),
				"warn supernet_overlaps_foreign_supernet: net 10.0.0.0/16 and team-a 10.0.0.0/15 share 10.0.0.0/16",
			},
		},
		"a block that we hand out inside": {
			[]topology.Foreign{foreign("block", "net", "10.0.0.0/16"), foreign("supernet", "team-a", "10.0.0.0/8")},
			nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := told(test.foreign...)
			f.Clusters = map[string]topology.Cluster{"prod": {Block: &topology.Block{}}}
			claims := append(
				conflict.FactClaims(f, profile.Default()),
				conflict.Claim{Owner: "prod", Kind: conflict.Block, Range: prefix("10.0.0.0/16")},
			)
			claims = conflict.WithSupernets(claims, "net", prefixes("10.0.0.0/16"), f)
			wantLines(t, conflict.NewWorld(f, profile.Default()).Overlaps(claims), test.want...)
		})
	}
}

func TestAmongForeignComparesWorkspaces(t *testing.T) {
	f := told(
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
	f := told(foreign("pod", "a", "10.9.0.0/20"), foreign("pod", "b", "10.10.0.0/20", runs("a-mode-of-tomorrow")))
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
