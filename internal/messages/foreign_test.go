package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestNamesOfPartiesOfOtherWorkspaces(t *testing.T) {
	of := func(holder string, kind conflict.Kind, edits ...func(*conflict.Claim)) conflict.Claim {
		return partyOf(kind, "a", append(edits, func(c *conflict.Claim) { c.Source, c.Holder = conflict.OtherWorkspace, holder })...)
	}
	described := func(c *conflict.Claim) { c.Description = "lab" }
	held := func(c *conflict.Claim) { c.HeldUntil = "2026-12-03 06:05 UTC" }
	delegated := func(c *conflict.Claim) { c.Delegation = topology.Delegation{To: "shop", KeepsOut: "bank"} }
	other := of("eu", conflict.Pod)
	other.Source = conflict.OtherPlanner
	const workspace = ` of allocator "eu" (another workspace)`
	for want, c := range map[string]conflict.Claim{
		`supernet 10.0.0.0/20` + workspace:                            of("eu", conflict.Supernet),
		`Pod range 10.0.0.0/20 of cluster "a"` + workspace:            of("eu", conflict.Pod),
		`Pod range 10.0.0.0/20 of cluster "a"` + workspace + ` (lab)`: of("eu", conflict.Pod, described),
		`Pod range 10.0.0.0/20 of cluster "a" of allocator "k8s" of owner "shop" ` +
			`(held until 2026-12-03 06:05 UTC for a plan that was not applied)`: of(topology.InLedger("shop", "k8s"), conflict.Pod, held),
		`block 10.0.0.0/20 "a"` + workspace + `, delegated to owner "shop"`:  of("eu", conflict.Block, delegated),
		`Pod range 10.0.0.0/20 of cluster "a" of another workspace`:          of("", conflict.Pod),
		`Pod range 10.0.0.0/20 of cluster "a" of allocator "eu"`:             other,
		`Service range 10.0.0.0/20 of cluster "a"` + workspace:               of("eu", conflict.Service),
		`range 10.0.0.0/20 reserved for growth of cluster "a"` + workspace:   of("eu", conflict.GrowthReserve),
		`released range 10.0.0.0/20 of cluster "a"` + workspace:              of("eu", conflict.Released),
		`released range 10.0.0.0/20 of "a" of another workspace`:             of("", conflict.Released),
		`range 10.0.0.0/20 of existing cluster "a"` + workspace:              of("eu", conflict.Existing),
		`reserved range 10.0.0.0/20 "a"` + workspace:                         of("eu", conflict.Reserved),
		`block 10.0.0.0/20 "a"` + workspace:                                  of("eu", conflict.Block),
		`block 10.0.0.0/20 "a" of cidrplan_blocks "net" (another workspace)`: of(topology.OfBlocks("net"), conflict.Block),
		`released range 10.0.0.0/20 of block "a" of cidrplan_blocks "net" (another workspace)`: of(
			topology.OfBlocks("net"), conflict.Released,
		),
	} {
		if got := party(c); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
