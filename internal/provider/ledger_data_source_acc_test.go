package provider_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// ledgerShown is what the data source shows, as outputs have it.
type ledgerShown struct {
	Owners map[string]struct {
		HoldQuota int    `json:"hold_quota"`
		LastSeen  string `json:"last_seen"`
		Planners  map[string]struct{ Serial, Claims, Holds, Expired, Lost int }
	}
	Claims, Holds []entryShown
}

type entryShown struct {
	Owner, Planner, Kind, Cluster, CIDR, VRF, Network string
	DelegatedTo                                       string `json:"delegated_to"`
	Since, Expires                                    time.Time
}

// wantRanges compares the ranges of entries, with who has them.
func wantRanges(t *testing.T, entries []entryShown, want ...string) {
	t.Helper()
	var got []string
	for _, e := range entries {
		got = append(got, e.Owner+" "+e.Planner+" "+e.Kind+" "+e.Cluster+" "+e.CIDR+" "+e.VRF+" "+e.Network)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// inLedger applies a configuration with the data source, and returns what it shows.
func inLedger(t *testing.T, d *ledgertest.Database, arguments string) (s ledgerShown) {
	t.Helper()
	w := newWorkspace(t, sharing(d, "auditor", `
data "cidrplan_ledger" "it" { `+arguments+` }
output "it" { value = data.cidrplan_ledger.it }
`))
	w.run("apply", "-auto-approve")
	if err := json.Unmarshal([]byte(w.run("output", "-json", "it")), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAccLedgerDataSourceShowsOwnersClaimsAndHolds(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	newWorkspace(t, sharing(d, "shop/prod", planning(needing("web")))).run("apply", "-auto-approve")
	newWorkspace(t, sharing(d, "bank/prod", planning(needing("vault")))).run("plan")
	d.Exec(t, `UPDATE entry SET expires = '2020-01-02 03:04:05+08', delegate = 'x', kind = 'block', opens = true
		WHERE kind = 'service' AND state = 'hold'`)

	all := inLedger(t, d, "")
	wantRanges(t, all.Claims, "shop/prod k8s pod web 10.64.0.0/19  prod", "shop/prod k8s service web 172.20.0.0/22  prod")
	wantRanges(t, all.Holds, "bank/prod k8s pod vault 10.64.32.0/19  prod", "bank/prod k8s block vault 172.20.4.0/22  prod")
	if since := time.Since(all.Claims[0].Since); since < 0 || since > time.Hour || !all.Claims[0].Expires.IsZero() {
		t.Errorf("%+v", all.Claims[0])
	}
	if late := all.Holds[1]; late.Expires.Format(time.RFC3339) != "2020-01-01T19:04:05Z" || late.DelegatedTo != "x" {
		t.Errorf("%+v", late)
	}
	shop, bank := all.Owners["shop/prod"], all.Owners["bank/prod"]
	if len(all.Owners) != 2 || shop.HoldQuota != 10000 || shop.LastSeen == "" {
		t.Errorf("owners %+v", all.Owners)
	}
	if p := shop.Planners["k8s"]; p.Serial != 1 || p.Claims != 2 || p.Holds != 0 {
		t.Errorf("%+v", p)
	}
	if p := bank.Planners["k8s"]; p.Serial != 0 || p.Claims != 0 || p.Holds != 1 || p.Expired != 1 {
		t.Errorf("%+v", p)
	}
}

// Without its filter, the data source shows all owners; of an owner that the ledger does not have, it shows nothing.
func TestAccLedgerDataSourceShowsOneOwner(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	newWorkspace(t, sharing(d, "shop/prod", planning(needing("web")))).run("apply", "-auto-approve")
	newWorkspace(t, sharing(d, "bank/prod", planning(needing("vault")))).run("plan")
	one := inLedger(t, d, `owner = "shop/prod"`)
	if len(one.Owners) != 1 || len(one.Claims) != 2 || len(one.Holds) != 0 {
		t.Errorf("of one owner: %+v", one)
	}
	none := inLedger(t, d, `owner = "nobody"`)
	if len(none.Owners)+len(none.Claims)+len(none.Holds) != 0 || none.Claims == nil {
		t.Errorf("of nobody: %+v", none)
	}
}

func TestAccLedgerDataSourceIsRefused(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	const source = "data \"cidrplan_ledger\" \"it\" {}\n"
	for name, test := range map[string]struct{ config, want string }{
		"without a ledger": {source, "Provider Has No Ledger"},
		"with a connection that is not known": {
			"resource \"terraform_data\" \"c\" {}\n" + sharingAs(d, "a", "terraform_data.c.id", source), "Ledger Is Not Known Yet",
		},
		"with a database that is away":     {sharingAs(d, "a", `"host=no.such.host.invalid"`, source), "Ledger Is Not Available"},
		"with an empty owner":              {sharing(d, "a", `data "cidrplan_ledger" "it" { owner = "" }`), "Missing Value"},
		"with an owner that no ledger has": {sharing(d, "a", `data "cidrplan_ledger" "it" { owner = "a:b" }`), "Invalid Name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newWorkspace(t, test.config).fails(regexp.MustCompile("Error: "+test.want), "plan")
		})
	}
}
