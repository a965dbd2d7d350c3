package ledger_test

import (
	"fmt"
	"strings"
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

// TestAnAdministratorMakesTheRoles runs the script as an administrator who is no superuser, such as that of a managed database: as a member
// of the login that made the ledger, which administers it afterwards as well.
func TestAnAdministratorMakesTheRoles(t *testing.T) {
	s := ledgertest.Shared(t)
	d := s.New(t)
	login := func(what string) (quoted, connString string) {
		name := what + " of " + d.Schema
		return pgx.Identifier{name}.Sanitize(), s.ConnString("'"+name+"'", "'"+name+"'")
	}
	administrator, _ := login("administrator")
	maker, asMaker := login("ledger")
	d.Exec(t, `CREATE ROLE `+administrator+` LOGIN CREATEROLE CREATEDB`)
	byAdministrator := &ledgertest.Database{Server: s, ConnString: s.ConnString("'administrator of "+d.Schema+"'", "postgres")}
	byAdministrator.Exec(t, `CREATE DATABASE `+maker)
	t.Cleanup(func() { d.Exec(t, `DROP DATABASE `+maker+` WITH (FORCE)`) })
	byAdministrator.Exec(t, `CREATE ROLE `+maker+` LOGIN`)
	byAdministrator.Exec(t, `GRANT CREATE ON DATABASE `+maker+` TO `+maker)

	fresh := &ledgertest.Database{Server: s, Schema: "ledger", ConnString: asMaker}
	installer, roles := fresh.Open(t, ledger.Config{}), ledger.RolesOf(d.Schema)
	administrators := fresh.Open(t, ledger.Config{ConnString: s.ConnString("'administrator of "+d.Schema+"'", "'ledger of "+d.Schema+"'")})
	if err := administrators.MakeRoles(t.Context(), roles); err == nil || !strings.Contains(err.Error(), "create the ledger first") {
		t.Errorf("without a ledger: %v", err)
	}
	if _, err := installer.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	grant := "GRANT " + maker + " TO " + administrator
	if err := administrators.MakeRoles(t.Context(), roles); err == nil || !strings.Contains(err.Error(), grant) {
		t.Errorf("the error %v does not say %s", err, grant)
	}
	byAdministrator.Exec(t, grant)
	for range 2 {
		if err := administrators.MakeRoles(t.Context(), roles); err != nil {
			t.Fatal(err)
		}
	}
	plan(t, installer, shop, pod("web", "10.0.0.0/20"))
	if _, err := installer.Migrate(t.Context()); err != nil {
		t.Error(err)
	}
	if err := installer.ReleaseByAdmin(t.Context(), shop, grace); err != nil {
		t.Error(err)
	}
}
