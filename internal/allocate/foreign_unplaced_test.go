package allocate

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A claim of a cluster of another workspace that names neither a network nor what joins one is for its
// whole VRF: no range is chosen on it, whatever need not be unique, and each one that is pinned or held on it is found.
func TestClaimsWithoutANetworkAreForTheirVRF(t *testing.T) {
	catalog := profile.Default()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := d.request()
		claim := topology.Foreign{
			Owner: "far", Allocator: "team-b", CIDR: d.prefix(10, 20, "range"),
			Kind: one(d, "kind", topology.ForeignPod, topology.ForeignService), VRF: one(d, "vrf", "", "red"),
		}
		r.Facts.Foreign = map[string]topology.Foreign{"x": claim}
		result := Plan(r, catalog)
		networks := networksOf(r.Facts)
		for _, held := range handed(r, catalog, result.Allocations) {
			if networks[held.Party.Network].VRF != claim.VRF || !held.Range.Overlaps(claim.CIDR) {
				continue
			}
			ofBoth := func(f conflict.Finding) bool {
				return f.B != nil && slices.ContainsFunc([]conflict.Claim{f.A, *f.B}, func(c conflict.Claim) bool { return c.Range == held.Range && c.Owner == held.Name }) &&
					slices.ContainsFunc([]conflict.Claim{f.A, *f.B}, func(c conflict.Claim) bool { return c.Elsewhere })
			}
			switch {
			case held.Chosen:
				t.Fatalf("%v was chosen on %v of a cluster elsewhere", held, claim.CIDR)
			case !slices.ContainsFunc(result.Findings, ofBoth):
				t.Fatalf("%v is on %v of a cluster elsewhere, and nothing is found", held, claim.CIDR)
			}
		}
	})
}
