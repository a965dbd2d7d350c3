package ledger_test

import (
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestALoginWithoutSuperuserMakesALedger makes a ledger and its roles with the permissions that the guide names: CREATE on the database,
// and CREATEROLE. Logins of other roles then plan and apply, and the first login still migrates and administers what its role owns.
func TestALoginWithoutSuperuserMakesALedger(t *testing.T) {
	for name, permission := range map[string]string{
		"the owner of the database":                 `ALTER DATABASE %s OWNER TO %s`,
		"a login with a permission on the database": `GRANT CREATE ON DATABASE %s TO %s`,
	} {
		t.Run(name, func(t *testing.T) {
			s := ledgertest.Shared(t)
			admin := s.New(t)
			id := "install " + admin.Schema
			quoted := pgx.Identifier{id}.Sanitize()
			admin.Exec(t, `CREATE ROLE `+quoted+` LOGIN CREATEROLE`)
			admin.Exec(t, `CREATE DATABASE `+quoted)
			t.Cleanup(func() { admin.Exec(t, `DROP DATABASE `+quoted+` WITH (FORCE)`) })
			admin.Exec(t, fmt.Sprintf(permission, quoted, quoted))
			fresh := &ledgertest.Database{Server: s, Schema: "ledger", ConnString: s.ConnString("'"+id+"'", "'"+id+"'")}
			installer, roles := fresh.Open(t, ledger.Config{}), ledger.RolesOf(id)
			for range 2 { // also what the role of administrators owns
				if _, err := installer.Migrate(t.Context()); err != nil {
					t.Fatal(err)
				}
				if err := installer.MakeRoles(t.Context(), roles); err != nil {
					t.Fatal(err)
				}
			}
			logins := map[string]*ledger.Ledger{}
			for _, role := range []string{roles.Planner, roles.Allocator} {
				login := pgx.Identifier{role + " login"}.Sanitize()
				fresh.Exec(t, `CREATE ROLE `+login+` LOGIN`)
				fresh.Exec(t, `GRANT `+pgx.Identifier{role}.Sanitize()+` TO `+login)
				logins[role] = fresh.Open(t, ledger.Config{ConnString: s.ConnString("'"+role+" login'", "'"+id+"'")})
			}
			plan(t, logins[roles.Planner], shop, pod("web", "10.0.0.0/20"))
			apply(t, logins[roles.Allocator], shop, pod("web", "10.0.0.0/20"))
			same(t, "shop", ownRanges(plan(t, installer, shop)), []string{"claim pod web 10.0.0.0/20"})
			if err := installer.ReleaseByAdmin(t.Context(), shop, grace); err != nil {
				t.Error(err)
			}
		})
	}
}
