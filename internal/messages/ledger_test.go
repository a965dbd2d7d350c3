package messages

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// expiry is when a hold of the tests expires.
var expiry = time.Date(2026, 12, 3, 7, 5, 59, 0, time.FixedZone("", 3600))

var (
	shopPlanner = ledger.Planner{Owner: "shop/prod", Name: "k8s"}
	bankPlanner = ledger.Planner{Owner: "bank/prod", Name: "blocks/vpcs"}
)

// Every error of the ledger names its parties, what would happen, and options.
func TestMessagesOfTheLedger(t *testing.T) {
	taken := ledger.Taken{Planner: shopPlanner, Conflicts: []ledger.Conflict{{
		Kind: "pod", Cluster: "web", Range: netip.MustParsePrefix("10.64.0.0/20"),
		Child: ledger.Child{
			ByOwner:   "bank/prod",
			ByPlanner: "blocks/vpcs",
			ByKind:    "block",
			ByCluster: "lab",
			ByRange:   netip.MustParsePrefix("10.64.0.0/16"),
			ByState:   ledger.Hold,
			ByExpires: &expiry,
		},
	}}}
	children := ledger.HasChildren{Planner: bankPlanner, Children: []ledger.Child{{
		ByOwner: "shop/prod", ByPlanner: "k8s", ByKind: "pod", ByCluster: "web", ByRange: netip.MustParsePrefix("10.64.0.0/20"),
		ByState: ledger.Claim,
	}}}
	held := ledger.HasChildren{Planner: bankPlanner, Children: slices.Clone(children.Children)}
	held.Children[0].ByState, held.Children[0].ByExpires = ledger.Hold, &expiry
	tests := map[string]struct {
		err     error
		summary string
		says    []string
		options int
	}{
		"a database that is down": {
			ledger.Unavailable{Cause: errors.New("failed:\n\thost a\n\tconnection refused")}, `Ledger Is Not Available ("k8s")`,
			[]string{"failed: host a connection refused.", "no range is chosen"}, 3,
		},
		"a disk that is full": {
			ledger.Unavailable{Cause: errors.New("could not extend file"), Exhausted: true}, `Ledger Is Not Available ("k8s")`,
			[]string{"could not extend file.", "the resources that it lacks"}, 1,
		},
		"a standby": {
			ledger.ReadOnly{Cause: errors.New("cannot execute UPDATE in a read-only transaction")}, `Ledger Is Read-Only ("k8s")`,
			[]string{"in a read-only transaction. It is a standby", "PGTARGETSESSIONATTRS=read-write"}, 2,
		},
		"a pooler that refuses a setting": {
			ledger.RefusedSetting{Cause: errors.New("FATAL: unsupported startup parameter: geqo")}, `Pooler Refuses the Connection ("k8s")`,
			[]string{"unsupported startup parameter: geqo.", "Remove the setting from PGOPTIONS", "ignore_startup_parameters"}, 3,
		},
		"an old server": {
			ledger.OldServer{Version: "12.22"}, `PostgreSQL Is Too Old ("k8s")`,
			[]string{`version "12.22" of PostgreSQL. The ledger requires version 13 or later`, "Upgrade the server"}, 3,
		},
		"a database without a ledger": {
			ledger.NoLedger{Schema: "cidr plan"},
			`Ledger Does Not Exist ("k8s")`,
			[]string{`schema "cidr plan"`},
			3,
		},
		"an older ledger": {
			ledger.OtherVersion{Have: 3, Want: 5}, `Ledger Has Another Version ("k8s")`,
			[]string{"has version 3. This provider requires version 5", "cidrplan ledger migrate"}, 1,
		},
		"a newer ledger": {
			ledger.OtherVersion{Have: 6, Want: 5}, `Ledger Has Another Version ("k8s")`, []string{"terraform init -upgrade"}, 1,
		},
		"a ledger without constraints": {
			ledger.Incomplete{Schema: "net", Missing: []string{"entry_disjoint", "entry_inside"}}, `Ledger Is Incomplete ("k8s")`,
			[]string{
				`in schema "net" lacks constraints of its table entry: entry_disjoint, entry_inside.`, "two workspaces have the same range",
				"CREATE EXTENSION btree_gist", "Then plan again",
			}, 1,
		},
		"a role that may do nothing": {
			ledger.Denied{
				Role:  "ci",
				Cause: errors.New("permission denied for function hold"),
			},
			`Role Has No Permission in the Ledger ("k8s")`,
			[]string{`role "ci": permission denied for function hold.`},
			2,
		},
		"a range that another one took": {
			taken, `Range Is Taken in the Ledger ("k8s")`,
			[]string{
				`- Pod range 10.64.0.0/20 of "web" overlaps block 10.64.0.0/16 of "lab" of cidrplan_blocks "vpcs" of owner "bank/prod" ` +
					`(held until 2026-12-03 06:05 UTC for a plan that was not applied)`,
				"Other planners have addresses of this plan",
				`If nobody applies the plan of cidrplan_blocks "vpcs" of owner "bank/prod", let an administrator end the holds: `,
			},
			3,
		},
		"an old plan": {
			ledger.Behind{Planner: shopPlanner, Have: 7, Want: 5, Next: 6}, `Plan Is Older Than the Ledger ("k8s")`,
			[]string{`allocator "k8s" of owner "shop/prod"`, "had serial 5", "has serial 7 now"}, 1,
		},
		"two states with one owner": {
			ledger.InUse{Planner: shopPlanner}, `Owner Is in Use ("k8s")`,
			[]string{
				`allocator "k8s" of owner "shop/prod" that another state holds`, `"shop/${terraform.workspace}"`,
				"cidrplan ledger release --owner shop/prod --planner k8s --confirm shop/prod:k8s",
			},
			5,
		},
		"a block with ranges of others": {
			children,
			`Block Has Ranges of Others ("k8s")`,
			[]string{
				`A block of cidrplan_blocks "vpcs" of owner "bank/prod" would end`,
				`- Pod range 10.64.0.0/20 of "web" of allocator "k8s" of owner ` +
					`"shop/prod"`,
			},
			2,
		},
		"a block with holds of others": {
			held, `Block Has Ranges of Others ("k8s")`,
			[]string{
				"(held until 2026-12-03 06:05 UTC for a plan",
				"cidrplan ledger release --owner shop/prod --planner k8s --confirm shop/prod:k8s --grace 0s",
			}, 3,
		},
		"a plan that is larger than the quota": {
			ledger.QuotaExceeded{Owner: "shop/prod", Quota: 1, More: 2}, `Too Many Holds ("k8s")`,
			[]string{"--owner shop/prod --quota 2"}, 1,
		},
		"too many plans": {
			ledger.QuotaExceeded{Owner: "shop/prod", Quota: 10, Holds: 9, More: 4},
			`Too Many Holds ("k8s")`,
			[]string{
				`Owner "shop/prod" holds 9 ranges`,
				"needs 4 more. Its quota is 10",
				"cidrplan ledger settings --owner shop/prod --quota 13",
			},
			3,
		},
		"an error that the ledger does not know": {
			errors.New("disk full"), `Ledger Failed ("k8s")`, []string{`for allocator "k8s" of owner "shop/prod": wrapped: disk full.`}, 1,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := Writer{}.LedgerFailed(shopPlanner, fmt.Errorf("wrapped: %w", test.err), false)
			wantLedgerMessage(t, m, test.summary, test.options, test.says...)
			applying := Writer{}.LedgerFailed(shopPlanner, test.err, true)
			if !strings.HasPrefix(applying.Detail, "The state of this allocator stays as it was. ") {
				t.Errorf("while it is applied:\n%s", applying.Detail)
			}
		})
	}
}

// wantLedgerMessage compares a message: it has the texts and so many options.
func wantLedgerMessage(t *testing.T, m Message, summary string, options int, says ...string) {
	t.Helper()
	if m.Summary != summary {
		t.Errorf("got summary %q, want %q", m.Summary, summary)
	}
	for _, text := range says {
		if !strings.Contains(m.Detail, text) {
			t.Errorf("the message does not say %q:\n%s", text, m.Detail)
		}
	}
	_, resolve, _ := strings.Cut(m.Detail, ToResolve)
	if got := strings.Count("\n  - "+resolve, "\n  - "); got != options {
		t.Errorf("%d options, want %d:\n%s", got, options, m.Detail)
	}
}

func TestMessagesOnPlansBesideALedger(t *testing.T) {
	w := Writer{}
	own := ledger.Entry{Kind: "pod", Cluster: "web", Range: netip.MustParsePrefix("10.64.0.0/20")}
	other := ledger.Other{
		Planner: bankPlanner, Entry: ledger.Entry{Kind: "block", Cluster: "lab", Range: netip.MustParsePrefix("10.64.0.0/16")},
		State: ledger.Claim,
	}
	wantLedgerMessage(t, w.LedgerRemoved("k8s"), `Ledger Is Not Configured ("k8s")`, 2, "ledger_serial is set in the state")
	wantLedgerMessage(t, w.NoHolds("k8s"), `Ledger Permits No Holds ("k8s")`, 2, "also during the apply")
	wantLedgerMessage(t, w.LedgerUnknown("k8s"), `Ledger Is Not Known ("k8s")`, 1, "cannot be released")
	wantLedgerMessage(
		t,
		w.HeldByOthers(shopPlanner, []HeldElsewhere{{Own: own, Other: other}}),
		`Range Is Held by Another Planner ("k8s")`,
		4,
		`Pod range 10.64.0.0/20 of "web" overlaps block 10.64.0.0/16 of "lab" of cidrplan_blocks "vpcs" of owner "bank/prod"`,
		`renumber = { "web" = "1" }`,
		`Move the other range: in cidrplan_blocks "vpcs" of owner "bank/prod", renumber = { "lab" = "1" }`,
	)
	held := other
	held.State, held.Expires = ledger.Hold, &expiry
	byPlan := w.HeldByOthers(shopPlanner, []HeldElsewhere{{Own: own, Other: held}})
	wantLedgerMessage(t, byPlan, `Range Is Held by Another Planner ("k8s")`, 4,
		`(held until 2026-12-03 06:05 UTC for a plan that was not applied)`,
		"end the holds: cidrplan ledger release --owner bank/prod --planner blocks/vpcs --confirm bank/prod:blocks/vpcs --grace 0s")
	wantLedgerMessage(t, w.OwnerChanged(ledger.OwnerChanged{Was: bankPlanner, Now: shopPlanner}), `Owner Has Changed ("k8s")`, 3,
		`as cidrplan_blocks "vpcs" of owner "bank/prod"`, `is "shop/prod"`,
		"--owner bank/prod --planner blocks/vpcs --confirm bank/prod:blocks/vpcs --grace 0s")
	children := w.BlocksNotEmpty(ledger.HasChildren{Planner: bankPlanner, Children: []ledger.Child{{
		ByOwner: "shop/prod", ByPlanner: "k8s", ByKind: "pod", ByCluster: "web", ByRange: own.Range, ByState: ledger.Claim,
	}}})
	wantLedgerMessage(t, children, `Block Has Ranges of Others ("vpcs")`, 2, `destroys cidrplan_blocks "vpcs" of owner "bank/prod"`,
		`- Pod range 10.64.0.0/20 of "web" of allocator "k8s" of owner "shop/prod"`, "the apply is refused")
	lost := w.LostHolds(shopPlanner, []ledger.Lost{{Entry: own, To: bankPlanner}})
	wantLedgerMessage(
		t,
		lost,
		`Held Range Was Lost ("k8s")`,
		1,
		`Pod range 10.64.0.0/20 of "web": now of cidrplan_blocks "vpcs" of owner "bank/prod"`,
	)
	quota := w.LostHolds(shopPlanner, []ledger.Lost{{Entry: own, To: ledger.Planner{Owner: "shop/prod"}}})
	wantLedgerMessage(t, quota, `Held Range Was Lost ("k8s")`, 1, `of "web": ended, since owner "shop/prod" reached its quota of holds`)
	replaced := w.ReplacedHolds(shopPlanner, []ReplacedHold{
		{Entry: own, Now: netip.MustParsePrefix("10.65.0.0/20"), By: []ledger.Other{other, other, other}},
		{Entry: ledger.Entry{Kind: "service", Cluster: "web", Range: netip.MustParsePrefix("172.20.0.0/22")},
			Now: netip.MustParsePrefix("172.20.4.0/22")},
	})
	wantLedgerMessage(t, replaced, `Held Range Was Replaced ("k8s")`, 1,
		`Pod range 10.64.0.0/20 of "web": now 10.65.0.0/20. It overlaps block 10.64.0.0/16 of "lab" of cidrplan_blocks "vpcs" of owner`,
		" and 2 more\n  - "+`Service range 172.20.0.0/22 of "web": now 172.20.4.0/22`+"\n", "Plan again, and apply the new plan.")
	ahead := w.LedgerAhead(shopPlanner, 2, 4)
	wantLedgerMessage(
		t,
		ahead,
		`Ledger Is Ahead of the State ("k8s")`,
		4,
		`serial 4 of allocator "k8s" of owner "shop/prod", and the state has 2`, "another workspace has the same owner",
		"remove the allocator from it, and its resource from the configuration: terraform state rm ADDRESS.",
	)
	without := w.LedgerAhead(shopPlanner, 0, 4) // there is nothing to remove
	wantLedgerMessage(t, without, `Ledger Is Ahead of the State ("k8s")`, 3, "and the state has 0")
	frees := w.FreesUnseen(shopPlanner, []ledger.Entry{own})
	wantLedgerMessage(t, frees, `Apply Frees Ranges That the State Lacks ("k8s")`, 3,
		`- Pod range 10.64.0.0/20 of "web"`, "frees them at once", "If these clusters still exist")
	if !lost.Warn || !replaced.Warn || !frees.Warn || !ahead.Warn || !children.Warn {
		t.Error("a lost or replaced hold, a ledger that is ahead, freed ranges, or a destroy of a block with ranges of others is an error")
	}
}

// A configuration that cannot be read is reported on its argument.
func TestMessagesOnTheConfigurationOfALedger(t *testing.T) {
	m := BadLedger(ledger.BadConfig{Schema: strings.Repeat("s", 64)})
	wantLedgerMessage(t, m, "Ledger Cannot Be Used", 1, "has 64 bytes, and names in PostgreSQL have at most 63.")
	if got := m.At.String(); got != "ledger.postgresql.schema" {
		t.Errorf("reported on %s", got)
	}
	wantLedgerMessage(t, BadLedger(ledger.BadConfig{}), "Ledger Cannot Be Used", 1, "The name of the schema is empty.")
	m = BadLedger(ledger.BadConfig{Cause: errors.New("no port")})
	wantLedgerMessage(t, m, "Ledger Cannot Be Used", 2, "cannot be read: no port.")
	if got := m.At.String(); got != "ledger.postgresql.conn_str" {
		t.Errorf("reported on %s", got)
	}
	m = BadLedger(ledger.BadConfig{Cause: errors.New("invalid port"), Environment: true})
	wantLedgerMessage(t, m, "Ledger Cannot Be Used", 1, "environment variables do not give a connection to the ledger: invalid port.")
	if got := m.At.String(); got != "ledger.postgresql" {
		t.Errorf("reported on %s", got)
	}
}
