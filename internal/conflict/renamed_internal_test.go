package conflict

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestNamesAreLearnedOnce(t *testing.T) {
	n := NewConfigCheck(profile.Default())
	vpc := func(previous ...string) topology.Facts {
		return topology.Facts{VPCs: map[string]topology.VPC{"home": {PreviousNames: previous}}}
	}
	hub := func(previous ...string) topology.Facts {
		return topology.Facts{Hubs: map[string]topology.Hub{"tr": {PreviousNames: previous}}}
	}
	for i, step := range []struct {
		facts   topology.Facts
		learned bool
	}{
		{vpc(), false}, {vpc("house"), true}, {vpc("house"), false}, {vpc("house", "hut"), true}, {vpc("hut"), false},
		{hub(), false}, {hub("cen"), true}, {hub("cen"), false}, {topology.Facts{}, false},
	} {
		if got := n.learnNames(step.facts); got != step.learned {
			t.Errorf("step %d: learned %t", i+1, got)
		}
	}
}

// Networks, routes and subnets are renamed with their VPC; a cluster that has the previous name of a VPC keeps it.
func TestRegistrationsAreReadUnderCurrentNames(t *testing.T) {
	given := Registration{
		Facts: topology.Facts{VPCs: map[string]topology.VPC{"house": {}}},
		Claims: []Claim{
			{Kind: Route, Owner: "house", Network: "house"}, {Kind: Subnet, Owner: "house", Network: "house"},
			{Kind: VPC, Owner: "house", Network: "house"}, {Kind: Pod, Owner: "house", Network: "house"},
			{Kind: GrowthReserve, Owner: "shop", ClusterRange: ClusterRange{GrowsIn: "house"}},
		},
	}
	renames := topology.Renames{Networks: map[string]string{"house": "home"}}
	got := given.renamed(renames)
	for i, want := range []string{"home", "home", "home", "house", "shop"} {
		if got.Claims[i].Owner != want || got.Claims[i].ComparedIn() != "home" {
			t.Errorf("claim %d is of %q in %q", i, got.Claims[i].Owner, got.Claims[i].ComparedIn())
		}
	}
	if given.Claims[0].Owner != "house" || got.Facts.VPCs["home"].Platform != "" || len(got.Facts.VPCs) != 1 {
		t.Errorf("the registration was changed, or its VPC is not renamed: %v", got.Facts.VPCs)
	}
	given.Facts.Sites = map[string]topology.Site{"home": {}}
	if got := given.renamed(renames).Claims[3].Network; got != "house" {
		t.Errorf("a network is named %q as another one that is declared", got)
	}
}
