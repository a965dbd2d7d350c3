package messages

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// What frees a range of another planner depends on how firmly it has it, and on what the range is.
func TestOptionsThatFreeARangeOfAnotherPlanner(t *testing.T) {
	second := ledger.Planner{Owner: shopPlanner.Owner, Name: "second"}
	for kind, want := range map[string]string{
		"pod":      `Move the other range: in allocator "second" of owner "shop/prod", renumber = { "web" = "1" }`,
		"block":    `renumber = { "web" = "1" }`,
		"released": `If nothing uses the released range any more: in allocator "second" of owner "shop/prod", add "web" to reclaim`,
		"existing": `If "web" does not have the other range, correct that: in allocator "second" of owner "shop/prod", declare`,
		"reserved": `If "web" does not have the other range, correct that`,
	} {
		o := ledger.Other{Planner: second, State: ledger.Claim}
		o.Kind, o.Cluster = kind, "web"
		if got := (Writer{}).otherMoves(o); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", kind, got, want)
		}
		o.State = ledger.Hold
		want = `If nobody applies the plan of allocator "second" of owner "shop/prod", let an administrator end the holds: ` +
			"cidrplan ledger release --owner shop/prod --planner second"
		if got := (Writer{}).otherMoves(o); !strings.Contains(got, want) {
			t.Errorf("%s, held: %s", kind, got)
		}
	}
}

// A conflict with ranges that plans hold says once for each planner how its holds end.
func TestConflictsWithRangesThatPlansHold(t *testing.T) {
	of := func(holder, owner, until string) *conflict.Claim {
		return &conflict.Claim{
			Kind: conflict.Pod, Owner: "web", Range: netip.MustParsePrefix("10.64.0.0/20"), Source: conflict.OtherPlanner,
			Holder: holder, Ledger: owner, HeldUntil: until,
		}
	}
	const until = "2026-12-03 06:05 UTC"
	own := conflict.Claim{Kind: conflict.Pod, Owner: "api", Range: netip.MustParsePrefix("10.64.0.0/20")}
	got := (Writer{}).heldByPlans(conflict.Group{Findings: []conflict.Finding{
		{A: own}, {A: own, B: of("second", "shop/prod", until)}, {A: own, B: of("second", "shop/prod", until)},
		{A: own, B: of("third", "shop/prod", "")}, {A: own, B: of("bank:blocks/vpcs", "bank", until)},
	}})
	end := func(planner, command string) string {
		return "\n  - If nobody applies the plan of " + planner + " that holds a range, let an administrator end the holds: " +
			"cidrplan ledger release " + command + " --grace 0s"
	}
	want := end(`allocator "second" of owner "shop/prod"`, "--owner shop/prod --planner second --confirm shop/prod:second") +
		end(`cidrplan_blocks "vpcs" of owner "bank"`, "--owner bank --planner blocks/vpcs --confirm bank:blocks/vpcs")
	if got != want {
		t.Errorf("got%s\nwant%s", got, want)
	}
}
