package ledger_test

import (
	"context"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// logins makes the roles of a ledger, with names that must be quoted, and a login of each that has its name.
func logins(t *testing.T, d *ledgertest.Database) ledger.Roles {
	t.Helper()
	roles := ledger.RolesOf("it's $$ " + d.Schema)
	for range 2 { // the script may be run again
		if err := d.MakeRoles(t.Context(), roles); err != nil {
			t.Fatal(err)
		}
	}
	for _, role := range []string{roles.Reader, roles.Planner, roles.Allocator, roles.Admin} {
		d.Exec(t, `ALTER ROLE "`+role+`" LOGIN`)
	}
	return roles
}

func as(t *testing.T, d *ledgertest.Database, role string) *ledger.Ledger {
	t.Helper()
	return d.Open(t, ledger.Config{ConnString: roleString(d, role)})
}

// roleString is how to connect as a role, whose name may have quotes.
func roleString(d *ledgertest.Database, role string) string {
	return d.Server.ConnString("'"+strings.ReplaceAll(role, "'", `\'`)+"'", "postgres")
}

func TestWhatARoleMayDo(t *testing.T) {
	d := ledgertest.New(t)
	roles := logins(t, d)
	apply(t, d.Ledger, bank, pod("vault", "10.9.0.0/16"))
	for _, c := range []struct {
		role        string
		hold, apply bool
	}{
		{roles.Reader, false, false},
		{roles.Planner, true, false},
		{roles.Allocator, true, true},
		{roles.Admin, true, true},
	} {
		t.Run(c.role, func(t *testing.T) {
			l := as(t, d, c.role)
			v := plan(t, l, shop, pod("web", "10.0.0.0/20"))
			if v.MayHold != c.hold || v.MayApply != c.apply {
				t.Errorf("may hold: %t, may apply: %t", v.MayHold, v.MayApply)
			}
			same(t, "taken", v.Taken[""], []netip.Prefix{prefix("10.9.0.0/16")})
		})
	}
}

// A dump that was restored without its permissions lets everyone call functions, which write as the owner of the ledger.
func TestTheScriptOfRolesTakesPermissionsOfEveryoneAway(t *testing.T) {
	d := ledgertest.New(t)
	schema := pgx.Identifier{d.Schema}.Sanitize()
	d.Exec(t, `GRANT ALL ON SCHEMA `+schema+` TO PUBLIC`)
	d.Exec(t, `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA `+schema+` TO PUBLIC`)
	d.Exec(t, `GRANT ALL ON ALL TABLES IN SCHEMA `+schema+` TO PUBLIC`)
	roles := logins(t, d)
	if v := plan(t, as(t, d, roles.Reader), shop, pod("web", "10.0.0.0/20")); v.MayHold || v.MayApply {
		t.Errorf("the reader may hold: %t, may apply: %t", v.MayHold, v.MayApply)
	}
	for what, n := range map[string]int{
		"schema": d.Count(t, `SELECT count(*) FROM pg_namespace, aclexplode(nspacl) a WHERE nspname = $1 AND a.grantee = 0`, d.Schema),
		"function": d.Count(t, `SELECT count(*) FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
			WHERE pronamespace = $1::text::regnamespace AND a.grantee = 0`, schema),
		"table": d.Count(t, `SELECT count(*) FROM pg_class, aclexplode(relacl) a
			WHERE relnamespace = $1::text::regnamespace AND a.grantee = 0`, schema),
	} {
		if n > 0 {
			t.Errorf("everyone has %d permissions on a %s of the ledger", n, what)
		}
	}
}

// TestTheScriptOfRolesRunsManyTimesAtOnce runs it as psql does: each statement by itself, in a transaction only where the script begins
// one.
func TestTheScriptOfRolesRunsManyTimesAtOnce(t *testing.T) {
	d := ledgertest.New(t)
	script := d.RolesScript(ledger.RolesOf("at once " + d.Schema))
	var all sync.WaitGroup
	for range 12 {
		conn := d.Connect(t)
		all.Go(func() {
			defer conn.Close(context.Background()) //nolint:errcheck // the script is over
			for _, statement := range statementsOf(script) {
				if _, err := conn.Exec(t.Context(), statement, pgx.QueryExecModeSimpleProtocol); err != nil {
					t.Errorf("%s: %v", statement, err)
					return
				}
			}
		})
	}
	all.Wait()
	if n := d.Count(t, `SELECT count(*) FROM pg_roles WHERE rolname LIKE '`+"at once "+d.Schema+`\_%'`); n != 4 {
		t.Errorf("%d roles", n)
	}
}

// statementsOf divides a script at the semicolons that end a line outside of a body.
func statementsOf(script string) []string {
	var all []string
	statement := ""
	for line := range strings.Lines(script) {
		statement += line
		if strings.HasSuffix(line, ";\n") && strings.Count(statement, "$roles$")%2 == 0 {
			all, statement = append(all, statement), ""
		}
	}
	return all
}
