package cli

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// step is a command with what it writes.
type step struct {
	command string
	args    []string
	exit    int
	want    []string
}

func (s step) run(t *testing.T, d *ledgertest.Database) {
	t.Helper()
	r := onLedger(t, d, s.command, s.args...)
	if r.exit != s.exit || (r.exit == Error) != (r.err != "") {
		t.Errorf("%s %q: exit code %d, want %d\n%s%s", s.command, s.args, r.exit, s.exit, r.out, r.err)
	}
	for _, text := range s.want {
		if !strings.Contains(r.out+r.err, text) {
			t.Errorf("%s %q:\n%s%s\nwant %s", s.command, s.args, r.out, r.err, text)
		}
	}
}

// withoutLedger is the database with the name of a schema that does not exist.
func withoutLedger(t *testing.T, d *ledgertest.Database) *ledgertest.Database {
	t.Helper()
	fresh := *d
	fresh.Schema += " not yet there"
	return &fresh
}

func TestInitCreatesALedgerWithItsRoles(t *testing.T) {
	d := withoutLedger(t, ledgertest.New(t))
	t.Cleanup(func() { d.Exec(t, `DROP SCHEMA "`+d.Schema+`" CASCADE`) })
	version := fmt.Sprint("version ", ledger.Version())
	for _, s := range []step{
		{"list", nil, Error, []string{"Ledger Does Not Exist", "cidrplan ledger init --schema '" + d.Schema + "'"}},
		{"migrate", nil, Error, []string{"Ledger Does Not Exist"}},
		{"init", nil, OK, []string{
			"Created the ledger of " + version, "btree_gist", "cidrplan ledger roles --schema '" + d.Schema + "' | psql",
		}},
		{"init", []string{"--roles", "--prefix", "net"}, OK, []string{"already", "net_reader", "net_admin", "GRANT net_allocator TO"}},
		{"migrate", nil, OK, []string{"has " + version + " already"}},
		{"list", nil, OK, []string{"No planners."}},
	} {
		s.run(t, d)
	}
	d.Exec(t, `SET ROLE net_planner`) // fails where the role is missing
}

// Members of the roles of two ledgers can use both, which the command says.
func TestInitSaysWhoseRolesTheRolesAre(t *testing.T) {
	d := ledgertest.New(t)
	second := withoutLedger(t, d)
	t.Cleanup(func() { d.Exec(t, `DROP SCHEMA "`+second.Schema+`" CASCADE`) })
	step{"migrate", []string{"--roles", "--prefix", "both"}, OK, []string{"GRANT both_allocator TO"}}.run(t, d)
	step{"init", []string{"--roles", "--prefix", "both"}, OK, []string{
		"have the same roles, so members can use them too: " + d.Schema + ". For other roles, use another --prefix.",
	}}.run(t, second)
	if r := onLedger(t, second, "migrate", "--roles", "--prefix", "own"); strings.Contains(r.out, "the same roles") {
		t.Errorf("roles of its own:\n%s", r.out)
	}
}

func TestALedgerOfAnotherVersion(t *testing.T) {
	d := ledgertest.New(t)
	d.Exec(t, `DELETE FROM migration WHERE version_id = (SELECT max(version_id) FROM migration)`)
	before := ledger.Version() - 1
	for _, s := range []step{
		{"list", nil, Error, []string{"Ledger Has Another Version", "cidrplan ledger migrate"}},
		{"init", nil, Error, []string{"Ledger Has Another Version", "cidrplan ledger migrate"}},
		{"migrate", nil, OK, []string{fmt.Sprintf("from version %d to version %d", before, ledger.Version())}},
		{"list", nil, OK, []string{"No planners."}},
	} {
		s.run(t, d)
	}
	d.Exec(t, `INSERT INTO migration (version_id, is_applied) VALUES ($1, true)`, ledger.Version()+1)
	step{"migrate", nil, Error, []string{"Ledger Has Another Version"}}.run(t, d)
}

func TestARoleWithoutPermissionCannotCreateALedger(t *testing.T) {
	d := ledgertest.New(t)
	d.Exec(t, `DROP ROLE IF EXISTS visitor`)
	d.Exec(t, `CREATE ROLE visitor LOGIN`)
	t.Cleanup(func() { d.Exec(t, `DROP ROLE visitor`) })
	fresh := withoutLedger(t, d)
	fresh.ConnString = d.Server.ConnString("visitor", "postgres")
	step{"init", nil, Error, []string{"Role Has No Permission", `"visitor"`}}.run(t, fresh)
}

func TestTheScriptOfRolesNeedsNoDatabase(t *testing.T) {
	r := run(t, "ledger", "roles", "--connection", "host=/nowhere", "--schema", "net work", "--prefix", "net")
	if r.exit != OK {
		t.Fatal(r.err)
	}
	for _, want := range []string{`GRANT "net_reader" TO "net_planner"`, `ON SCHEMA "net work"`, "net_allocator", "net_admin"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("%s\nwant %s", r.out, want)
		}
	}
}

func TestLedgerFlagsAreChecked(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"a connection that cannot be read": {[]string{"list", "--connection", "postgres://u:S3CR3T@[::1"}, "cannot be read"},
		"a database that is away":          {[]string{"list", "--connection", "host=no.such.host.invalid"}, "Ledger Is Not Available"},
		"an empty schema":                  {[]string{"list", "--schema", ""}, "The name of the schema is empty"},
		"an empty prefix":                  {[]string{"roles", "--prefix", ""}, "--prefix is empty"},
		"a reserved prefix":                {[]string{"roles", "--prefix", "pg"}, "--prefix is \"pg\""},
		"a long prefix":                    {[]string{"roles", "--prefix", strings.Repeat("a", 54)}, "has 54 bytes; use at most 53"},
		"an empty owner of list":           {[]string{"list", "--owner", ""}, "--owner is empty"},
		"an empty range of history":        {[]string{"history", "--range", ""}, "--range is empty"},
		"a large quota":                    {[]string{"settings", "--quota", "2147483648"}, "use at most 2147483647"},
		"a part of a second":               {[]string{"settings", "--hold-lifetime", "1500ms"}, "whole seconds"},
		"an empty prefix of init":          {[]string{"init", "--roles", "--prefix", ""}, "--prefix is empty"},
		"a prefix of no roles":             {[]string{"init", "--prefix", "net"}, "--prefix is for --roles"},
		"a prefix of no roles in migrate":  {[]string{"migrate", "--prefix", "net"}, "--prefix is for --roles"},
		"an empty owner of settings":       {[]string{"settings", "--owner", "", "--quota", "5"}, "--owner is empty"},
		"a format":                         {[]string{"list", "--format", "yaml"}, "--format"},
		"a range":                          {[]string{"list", "--range", "10.0.0.5/8"}, "--range"},
		"a range of history":               {[]string{"history", "--range", "x"}, "--range"},
		"a format of history":              {[]string{"history", "--format", "yaml"}, "--format"},
		"a negative limit":                 {[]string{"history", "--limit", "-1"}, "--limit -1"},
		"a format of verify":               {[]string{"verify", "a=b", "--format", "yaml"}, "--format"},
		"no owner in verify":               {[]string{"verify", "terraform.tfstate"}, "OWNER=FILE"},
		"an empty owner":                   {[]string{"verify", "=terraform.tfstate"}, "OWNER=FILE"},
		"no file":                          {[]string{"verify", "shop/prod=missing.tfstate"}, "missing.tfstate"},
		"a plan in verify":                 {[]string{"verify", "a=../../statefile/testdata/huaweicloud.plan.json"}, "is no state"},
		"release of nobody":                {[]string{"release", "--owner", "shop/prod"}, "--planner are required"},
		"release of another one": {
			[]string{"release", "--owner", "shop/prod", "--planner", "k8s", "--confirm", "shop/prod"}, "nothing was released",
		},
		"release without a name": {[]string{"release", "--owner", "a", "--planner", "b", "--confirm", ""}, "nothing was released"},
		"a negative grace":       {[]string{"release", "--owner", "a", "--planner", "b", "--grace", "-1h"}, "--grace"},
		"a negative quota":       {[]string{"settings", "--quota", "-1"}, "--quota"},
		"a quota of nothing":     {[]string{"settings", "--owner", "a"}, "--owner is for --quota"},
		"a lifetime of an owner": {[]string{"settings", "--owner", "a", "--quota", "1", "--hold-lifetime", "1h"}, "for all owners"},
		"no lifetime":            {[]string{"settings", "--hold-lifetime", "0s"}, "--hold-lifetime"},
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, append([]string{"ledger"}, test.args...)...)
			if r.exit != Error || !strings.Contains(r.err, test.want) || r.out != "" {
				t.Errorf("exit code %d, want %d and %s\n%s%s", r.exit, Error, test.want, r.out, r.err)
			}
		})
	}
}

func TestAMisspelledCommandOfTheLedgerIsAnError(t *testing.T) {
	d := ledgertest.New(t)
	step{"inti", nil, Error, []string{`unknown command "inti"`}}.run(t, d)
}
