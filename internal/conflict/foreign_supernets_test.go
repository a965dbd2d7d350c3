package conflict_test

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

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
			f := foreignFacts(test.foreign...)
			if test.reserved != "" {
				f.Reserved = map[string]topology.Reserved{"theirs": {CIDR: prefix(test.reserved)}}
			}
			claims := conflict.WithSupernets(conflict.FactClaims(f, profile.Default()), "k8s", prefixes("10.64.0.0/12", "172.20.0.0/16"), f)
			wantLines(t, conflict.NewWorld(f, profile.Default()).Overlaps(claims), test.want...)
		})
	}
}

// What another one holds for us is where we allocate from, and keeps nobody off but others.
func TestDelegatedBlockIsNoObstacle(t *testing.T) {
	f := foreignFacts(foreign("block", "k8s", "10.64.0.0/12"))
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
		"a released range": {
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
		"allocated inside it": {
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
		"by another planner inside of it": {
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
		"a block that we allocate inside": {
			[]topology.Foreign{foreign("block", "net", "10.0.0.0/16"), foreign("supernet", "team-a", "10.0.0.0/8")},
			nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := foreignFacts(test.foreign...)
			f.Blocks = map[string]topology.Block{"prod": {}}
			claims := append(
				conflict.FactClaims(f, profile.Default()),
				conflict.Claim{Owner: "prod", Kind: conflict.Block, Range: prefix("10.0.0.0/16")},
			)
			claims = conflict.WithSupernets(claims, "net", prefixes("10.0.0.0/16"), f)
			wantLines(t, conflict.NewWorld(f, profile.Default()).Overlaps(claims), test.want...)
		})
	}
}
