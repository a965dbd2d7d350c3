package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// inUse is a ledger of three owners: one with a block, two that allocate, one of which has open plans.
func inUse(t *testing.T) *ledgertest.Database {
	t.Helper()
	d := ledgertest.New(t)
	delegated := entry("block", "shop", "10.64.0.0/12")
	delegated.Delegate = shop.Owner
	claim(t, d, vpcs, delegated)
	web := entry("pod", "web", "10.64.0.0/20")
	web.VRF, web.Network = "red", "prod"
	claim(t, d, shop, web, entry("service", "web", "172.20.0.0/22"))
	claim(t, d, bank, entry("pod", "vault", "10.80.0.0/20"))
	hold(t, d, shop, web, entry("pod", "api", "10.64.16.0/20"), entry("pod", "old", "10.96.0.0/20"))
	d.Exec(t, `UPDATE entry SET since = now() - interval '75 hours'`)
	d.Exec(t, `UPDATE entry SET since = now() - interval '130 minutes', expires = now() + interval '70 hours 10 minutes'
		WHERE cluster = 'api'`)
	d.Exec(t, `UPDATE entry SET expires = now() - interval '3 hours' WHERE cluster = 'old'`)
	d.Exec(t, `UPDATE planner SET last_seen = now() - interval '130 minutes'`)
	d.Exec(t, `UPDATE planner SET last_seen = now() - interval '60 days' WHERE owner = 'bank/prod'`)
	return d
}

func TestListShowsPlannersAndRanges(t *testing.T) {
	d := inUse(t)
	wantGolden(t, "ledger_list", onLedger(t, d, "list").out)
	wantGolden(t, "ledger_list_ranges", onLedger(t, d, "list", "--ranges").out)
}

func TestListChooses(t *testing.T) {
	d := inUse(t)
	hold(t, d, ledger.Planner{Owner: "bank/prod", Name: "left"})
	hold(t, d, ledger.Planner{Owner: "dev/prod", Name: "k8s"})
	for name, test := range map[string]struct {
		args       []string
		want, none string
	}{
		"an owner":              {[]string{"--owner", "bank/prod"}, `Pod range 10.80.0.0/20 of "vault"`, "shop/prod"},
		"a range":               {[]string{"--range", "10.64.17.0/24"}, `Pod range 10.64.16.0/20 of "api"`, "vault"},
		"an owner of no ranges": {[]string{"--owner", "dev/prod"}, "No planners.\n1 planner without ranges is not listed", "bank"},
		"all planners":          {[]string{"--all"}, "left: 0 claims, 0 holds", "not listed"},
		"those with ranges":     {nil, "2 planners without ranges are not listed; --all lists them.", "left"},
		"who was not seen":      {[]string{"--unseen", "720h"}, "bank/prod", "shop/prod"},
	} {
		t.Run(name, func(t *testing.T) {
			r := onLedger(t, d, "list", test.args...)
			if r.exit != OK || !strings.Contains(r.out, test.want) || strings.Contains(r.out, test.none) {
				t.Errorf("exit code %d\n%s%s\nwant %q and not %q", r.exit, r.out, r.err, test.want, test.none)
			}
		})
	}
}

// A misspelled owner is an error of each command, and never looks like an owner without ranges.
func TestOwnersThatTheLedgerDoesNotHave(t *testing.T) {
	d := inUse(t)
	want := []string{
		"Ledger Has No Such Owner", `no owner "shop/prd". Did you mean "shop/prod"? The ledger has bank/prod, network, shop/prod.`,
		"cidrplan ledger list --all",
	}
	for _, s := range []step{
		{"list", []string{"--owner", "shop/prd"}, Error, want},
		{"list", []string{"--owner", "shop/prd", "--format", "json"}, Error, want},
		{"history", []string{"--owner", "shop/prd"}, Error, want},
		{"settings", []string{"--owner", "shop/prd", "--quota", "1"}, Error, want},
		{"release", []string{"--owner", "shop/prd", "--planner", "k8s"}, Error, want},
		{"release", []string{"--owner", "shop/prod", "--planner", "k9s"}, Error, []string{
			"Ledger Has No Such Planner", `no allocator "k9s" of owner "shop/prod". Did you mean "k8s"? This owner has k8s.`,
		}},
		{"list", []string{"--owner", "x"}, Error, []string{`no owner "x". The ledger has bank/prod`}},
	} {
		s.run(t, d)
	}
	step{"list", []string{"--owner", "x"}, Error, []string{`no owner "x". The first plan`}}.run(t, ledgertest.New(t))
}

func TestListAsJSON(t *testing.T) {
	d := inUse(t)
	var got listing
	if err := json.Unmarshal([]byte(onLedger(t, d, "list", "--ranges", "--format", "json").out), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Planners) != 3 || len(got.Entries) != 6 || time.Since(got.At) > time.Hour {
		t.Errorf("%+v", got)
	}
	if p := got.Planners[2]; p.Planner != shop || p.Claims != 2 || p.Holds != 1 || p.Expired != 1 || p.Serial != 1 {
		t.Errorf("%+v", p)
	}
}

func TestExportHasAllButSecrets(t *testing.T) {
	d := inUse(t)
	file := filepath.Join(t.TempDir(), "ledger.json")
	step{"export", []string{"--output", file}, OK, nil}.run(t, d)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), secret) { // the token
		t.Errorf("has a token:\n%s", text)
	}
	var got ledger.Dump
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Planners) != 3 || len(got.Entries) != 6 || len(got.History) != 4 {
		t.Errorf("%d planners, %d entries, %d events", len(got.Planners), len(got.Entries), len(got.History))
	}
	step{"export", []string{"--output", file}, Error, []string{"Error: open ", "ledger.json"}}.run(t, d) // it exists
	step{"export", nil, OK, []string{`"entries": []`, `"lost": []`}}.run(t, ledgertest.New(t))
}

func TestHistoryShowsWhoChangedWhat(t *testing.T) {
	d := inUse(t)
	hold(t, d, bank, entry("pod", "vault", "10.80.0.0/20"), entry("pod", "new", "10.96.0.0/20")) // takes the expired one
	hold(t, d, bank, entry("pod", "new", "10.97.0.0/20"))                                        // in its place
	if err := d.Apply(t.Context(), ledger.Applied{
		Planner: ledger.Planner{Owner: vpcs.Owner, Name: "blocks/networks"}, Before: 1, Serial: 2, Token: secret,
		Entries: []ledger.Entry{entry("block", "shop", "10.64.0.0/12")},
	}); err != nil {
		t.Fatal(err)
	}
	d.Exec(t, `UPDATE history SET at = '2026-11-30 10:00:00+08', role = 'ci_apply'`)
	wantGolden(t, "ledger_history", onLedger(t, d, "history").out)
	for name, test := range map[string]struct {
		args       []string
		want, none string
	}{
		"the last one": {[]string{"--limit", "1"}, "10.64.0.0/12", "claimed"},
		"a range":      {[]string{"--range", "10.64.0.0/24"}, "10.64.0.0/20", "vault"},
		"an owner":     {[]string{"--owner", "network"}, `block 10.64.0.0/12`, "Pod"},
		"nothing":      {[]string{"--range", "10.99.0.0/24"}, "No changes.", "apply"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := onLedger(t, d, "history", test.args...); !strings.Contains(r.out, test.want) || strings.Contains(r.out, test.none) {
				t.Errorf("%s%s\nwant %q and not %q", r.out, r.err, test.want, test.none)
			}
		})
	}
	var events []ledger.Event
	text := onLedger(t, d, "history", "--format", "json", "--limit", "0").out
	if err := json.Unmarshal([]byte(text), &events); err != nil || len(events) != 8 {
		t.Errorf("%d events, %v", len(events), err)
	}
}

func TestSettings(t *testing.T) {
	d := inUse(t)
	for _, s := range []step{
		{"settings", nil, OK, []string{"Holds last 72 hours. An owner may have 10000 holds."}},
		{"settings", []string{"--quota", "5", "--hold-lifetime", "168h"}, OK, []string{"Holds last 7 days. An owner may have 5 holds."}},
		{"settings", nil, OK, []string{"Holds last 7 days. An owner may have 5 holds."}},
		{"settings", []string{"--quota", "0", "--hold-lifetime", "1s"}, OK, []string{"Holds last 1 second. An owner may have 0 holds."}},
		{"settings", []string{"--quota", "5"}, OK, []string{"Holds last 1 second. An owner may have 5 holds."}},
		{"settings", []string{"--owner", "shop/prod", "--quota", "0"}, OK, []string{`Owner "shop/prod" may have 0 holds.`}},
		{"settings", []string{"--owner", "shop/prod", "--quota", "1"}, OK, []string{`Owner "shop/prod" may have 1 hold.`}},
	} {
		s.run(t, d)
	}
	if q := quotaOf(t, d, shop); q != 1 {
		t.Errorf("quota %d", q)
	}
	step{"settings", []string{"--owner", "typo", "--quota", "1"}, Error, []string{"Ledger Has No Such Owner", `"typo"`}}.run(t, d)
	step{"settings", []string{"--owner", "typo", "--quota", "-1"}, Error, []string{"Ledger Has No Such Owner", `"typo"`}}.run(t, d)
	step{"settings", []string{"--owner", "shop/prod", "--quota", "-1"}, OK, []string{"the quota of all owners"}}.run(t, d)
	if q := quotaOf(t, d, shop); q != 5 {
		t.Errorf("quota %d", q)
	}
}

func quotaOf(t *testing.T, d *ledgertest.Database, who ledger.Planner) int {
	t.Helper()
	planners, err := d.Planners(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range planners {
		if p.Planner == who {
			return p.Quota
		}
	}
	t.Fatalf("no %v", who)
	return 0
}
