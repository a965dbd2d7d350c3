package conflict_test

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestPriorClaimsKnowTheRulesThatWereBroken(t *testing.T) {
	shop, data, far := podsOf("shop", "10.0.0.0/16"), podsOf("data", "10.0.0.0/20"), withNetwork(podsOf("far", "10.0.0.0/24"), "apart")
	service := at(claim("service", "web", "home", "ack-flannel"), "10.0.0.0/24")
	route := part(at(claim("route", "", "home", ""), "10.0.0.0/24"), "node")
	route.NextHop.Node = true
	unchosen := shop
	unchosen.Owner, unchosen.Range = "new", netip.Prefix{}
	elsewhere := podsOf("else", "10.9.0.0/16")
	prior := conflict.NewPriorClaims(world(), []conflict.Claim{shop, data, far, service, route, elsewhere}, nil)
	numbered := meeting("pod_overlaps_cluster_pod", "10.0.0.0/20", shop, data)
	numbered.Number.Unit = "nodes"
	tests := map[string]struct {
		finding conflict.Finding
		level   profile.Level
		broken  bool
		same    bool
	}{
		"two clusters":                  {meeting("pod_overlaps_cluster_pod", "", shop, data), profile.Error, true, true},
		"two clusters, by another rule": {meeting("pod_overlaps_peer_pod", "", shop, data), profile.Error, true, false},
		"Pods and Services":             {meeting("pod_overlaps_cluster_service", "", shop, service), profile.Error, true, true},
		"networks that were apart":      {meeting("pod_overlaps_peer_pod", "", shop, far), 0, false, false},
		"a range that was not there": {
			meeting("pod_overlaps_cluster_pod", "", shop, podsOf("new", "10.0.0.0/16")),
			0,
			false,
			false,
		},
		"another range of the cluster": {
			meeting("pod_overlaps_cluster_pod", "", shop, podsOf("data", "10.0.0.0/21")),
			0,
			false,
			false,
		},
		"ranges that share nothing":          {meeting("pod_overlaps_cluster_pod", "", shop, elsewhere), 0, false, true},
		"a range that is not chosen":         {meeting("pod_overlaps_cluster_pod", "", unchosen, shop), 0, false, false},
		"the other range that is not chosen": {meeting("pod_overlaps_cluster_pod", "", shop, unchosen), 0, false, false},
		"a number":                           {numbered, 0, false, true},
		"a route to a node of the cluster":   {meeting("pod_overlaps_route", "", shop, route), 0, false, true},
		"a route of a node, named first":     {meeting("pod_overlaps_route", "", route, shop), 0, false, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if level, broken := prior.BrokenLevel(test.finding); level != test.level || broken != test.broken {
				t.Errorf("got %v, %t; want %v, %t", level, broken, test.level, test.broken)
			}
			if got := prior.BrokeSameRule(test.finding); got != test.same {
				t.Errorf("the same rule: %t, want %t", got, test.same)
			}
		})
	}
	if level, broken := prior.BrokenLevel(meeting("pod_in_forbidden_range", "", shop)); level != 0 || broken {
		t.Errorf("a range by itself: got %v, %t", level, broken)
	}
}

func TestPriorClaimsMarkPreExistingFindings(t *testing.T) {
	shop, data := podsOf("shop", "10.0.0.0/16"), podsOf("data", "10.0.0.0/20")
	alone := conflict.Finding{Code: "pod_in_forbidden_range", Rule: profile.Rule{Level: profile.Error}, A: shop}
	prior := conflict.NewPriorClaims(world(), []conflict.Claim{shop, data}, []conflict.Finding{alone})
	with := func(level profile.Level, b conflict.Claim) conflict.Finding {
		f := meeting("pod_overlaps_cluster_pod", "", shop, b)
		f.Rule.Level = level
		return f
	}
	for name, test := range map[string]struct {
		finding conflict.Finding
		want    bool
	}{
		"two clusters, as an error":    {with(profile.Error, data), true},
		"two clusters, as a warning":   {with(profile.Warn, data), true},
		"a new cluster":                {with(profile.Error, podsOf("new", "10.0.0.0/20")), false},
		"a range that broke a rule":    {alone, true},
		"a rule more serious than any": {with(profile.Error+1, data), false},
	} {
		findings := []conflict.Finding{test.finding}
		if prior.MarkPreExisting(findings); findings[0].PreExisting != test.want {
			t.Errorf("%s: pre-existing %t", name, findings[0].PreExisting)
		}
	}
}

// Claims with the same traits broke the same rules before: their networks stay, and so does what they are.
func TestTraitsOfPriorClaims(t *testing.T) {
	f := around()
	f.VPCs["twin"] = topology.VPC{Hubs: []string{"cen"}, Platform: "alicloud"}
	w := conflict.NewWorld(f, profile.Default())
	a, b := podsOf("a", "10.0.0.0/16"), podsOf("b", "10.0.0.0/16")
	moved, movedToo := withNetwork(podsOf("m", "10.0.0.0/16"), "hub"), withNetwork(podsOf("n", "10.0.0.0/16"), "hub")
	delegated, delegatedToo := podsOf("d", "10.0.0.0/16"), podsOf("e", "10.0.0.0/16")
	delegated.Delegations, delegatedToo.Delegations = []string{"x"}, []string{"x"}
	traits := conflict.NewPriorClaims(w, []conflict.Claim{a, b, moved, movedToo, delegated, delegatedToo}, nil).Traits()
	there := func(c conflict.Claim) conflict.Claim { return withNetwork(c, "twin") }
	for name, test := range map[string]struct {
		one, other conflict.Claim
		same       bool
	}{
		"two clusters that stay":                 {a, b, true},
		"a cluster that was there and a new one": {a, podsOf("new", "10.0.0.0/16"), false},
		"two new clusters":                       {podsOf("new", "10.0.0.0/16"), podsOf("newer", "10.0.0.0/16"), true},
		"two clusters that stay elsewhere":       {moved, movedToo, true},
		"two clusters that changed the network":  {there(moved), there(movedToo), false},
		"two delegated ranges":                   {delegated, delegatedToo, false},
	} {
		if same := traits.OfClaim(test.one) == traits.OfClaim(test.other); same != test.same {
			t.Errorf("%s: the same traits: %t\n%s\n%s", name, same, traits.OfClaim(test.one), traits.OfClaim(test.other))
		}
	}
	if got := traits.OfPair(a, b); got != "error" {
		t.Errorf("a pair that broke a rule has the trait %q", got)
	}
	if got := traits.OfPair(a, moved); got != "error" {
		t.Errorf("a pair in joined networks has the trait %q", got)
	}
	if got := traits.OfPair(a, podsOf("new", "10.0.0.0/16")); got != "" {
		t.Errorf("a pair with a new cluster has the trait %q", got)
	}
}
