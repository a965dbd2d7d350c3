package provider

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// The guide of the ledger says what to do after each of its messages.
func TestTheLedgerGuideHasEveryMessage(t *testing.T) {
	guide, err := os.ReadFile("../../templates/guides/shared-ledger.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for title, why := range withoutStory {
		if why != ofLedger {
			continue
		}
		found++
		if !strings.Contains(string(guide), "`"+title+"`") {
			t.Errorf("the guide does not name %q", title)
		}
	}
	if found < 10 {
		t.Errorf("only %d messages of the ledger were found", found)
	}
}

// The guide names the versions of PostgreSQL on which make test-postgresql runs the tests.
func TestTheLedgerGuideNamesTheVersionsOfPostgreSQL(t *testing.T) {
	guide, err := os.ReadFile("../../templates/guides/shared-ledger.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("../tools/postgresql-binaries.sh", "all").Output()
	if err != nil {
		t.Fatal(err)
	}
	versions := strings.Fields(string(out))
	first := slices.Index(versions, strconv.Itoa(ledger.OldestServer))
	if first < 1 {
		t.Fatalf("neither the oldest version that is supported nor one before it is in %q", versions)
	}
	last := len(versions) - 1
	sentence := "run on PostgreSQL " + strings.Join(versions[first:last], ", ") + " and " + versions[last] + ":"
	if !strings.Contains(string(guide), sentence) {
		t.Errorf("the guide does not say: %s", sentence)
	}
}

// The statements of the guide run: the extension is offered, a login gets a role, and old rows of the history go, newer ones stay.
func TestTheSQLOfTheLedgerGuideRuns(t *testing.T) {
	guide, err := os.ReadFile("../../templates/guides/shared-ledger.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	d := ledgertest.New(t)
	if err := d.MakeRoles(t.Context(), ledger.RolesOf("cidrplan")); err != nil {
		t.Fatal(err)
	}
	for _, age := range []string{"3 years", "1 year"} {
		d.Exec(
			t,
			`INSERT INTO history (at, owner, planner, action, serial, changes) VALUES (now() - $1::interval, 'a', 'k8s', 'hold', 0, '[]')`,
			age,
		)
	}
	blocks := regexp.MustCompile("(?s)```sql\n(.*?)```").FindAllStringSubmatch(string(guide), -1)
	for _, block := range blocks {
		for _, statement := range strings.Split(strings.TrimSpace(block[1]), ";\n") {
			d.Exec(t, strings.Replace(strings.TrimSpace(statement), "cidrplan.history", `"`+d.Schema+`".history`, 1))
		}
	}
	d.Exec(t, `DROP ROLE ci_plan`)
	if n := d.Count(t, `SELECT count(*) FROM history WHERE owner = 'a'`); n != 1 || len(blocks) != 3 {
		t.Errorf("%d rows of the history are left, after %d statements", n, len(blocks))
	}
}
