package allocate

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Claims that rules treat the same way have one number, others have numbers of their own, and what depends on its owner has none.
func TestNumbersOfClaims(t *testing.T) {
	r := request(hub("ali", "hua"))
	n := newComparisons(newInputs(r, profile.Default()).separation())
	pods := func(owner, network string, edits ...func(*conflict.Claim)) conflict.Claim {
		c := conflict.Claim{Kind: conflict.Pod, Owner: owner, Network: network, Range: netip.MustParsePrefix("10.0.0.0/24")}
		for _, edit := range edits {
			edit(&c)
		}
		return c
	}
	a := n.number(pods("a", "ali"))
	for name, test := range map[string]struct {
		claim conflict.Claim
		want  func(int) bool
	}{
		"another owner": {pods("b", "ali"), func(got int) bool { return got == a }},
		"a Service range": {
			pods("b", "ali", func(c *conflict.Claim) { c.Kind = conflict.Service }), func(got int) bool { return got != a && got >= 0 },
		},
		"delegated": {
			pods("b", "ali", func(c *conflict.Claim) { c.Delegations = []string{"net"} }), func(got int) bool { return got == unnumbered },
		},
		"a supernet": {
			pods("b", "ali", func(c *conflict.Claim) { c.Kind = conflict.Supernet }), func(got int) bool { return got == unnumbered },
		},
		"mirrored": {
			pods("b", "ali", func(c *conflict.Claim) { c.Mirrors = []string{"dr"} }), func(got int) bool { return got == unnumbered },
		},
	} {
		if got := n.number(test.claim); !test.want(got) {
			t.Errorf("%s: number %d beside %d", name, got, a)
		}
	}
}

// An answer that is known already is the answer of the comparison itself, for each pair of networks.
func TestKnownAnswersAreThoseOfTheComparison(t *testing.T) {
	r := request(func(r *Request) { r.SharedPods, r.SharedServices = true, true })
	n := newComparisons(newInputs(r, profile.Default()).separation())
	overlay, _ := profile.Default().Profile("kubernetes-overlay")
	routed, _ := profile.Default().Profile("kubernetes-routed")
	var all []conflict.Claim
	for _, network := range []string{"ali", "hua"} {
		for _, kind := range []conflict.Kind{conflict.Pod, conflict.Service} {
			for _, p := range []*profile.Profile{overlay, routed} {
				all = append(all, conflict.Claim{
					Kind: kind, Network: network, Range: netip.MustParsePrefix("10.0.0.0/24"),
					ClusterRange: conflict.ClusterRange{Profile: p},
				})
			}
		}
	}
	delegated := all[0]
	delegated.Delegations = []string{"net"}
	all = append(all, delegated) // which has no number
	seen := map[bool]int{}
	for range 2 { // first asked, then known
		for _, chosen := range all {
			for _, other := range all {
				other.Owner = "b"
				want := n.avoids(chosen, other)
				if got := n.avoidsNumbered(chosen, n.number(chosen), &other, n.number(other)); got != want {
					t.Errorf("%s in %q beside %s in %q: %t, want %t", chosen.Kind, chosen.Network, other.Kind, other.Network, got, want)
				}
				seen[want]++
			}
		}
	}
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("%d pairs must be disjoint and %d need not", seen[true], seen[false])
	}
}
