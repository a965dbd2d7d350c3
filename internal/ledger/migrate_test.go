package ledger_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestManyFirstMigrationsOfOneDatabase makes ledgers at once, two in each schema. The database has neither the schemas nor the extension,
// and the server does not have the roles.
func TestManyFirstMigrationsOfOneDatabase(t *testing.T) {
	s := ledgertest.Start(t)
	first := s.New(t)
	first.Exec(t, `CREATE DATABASE fresh`)
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			l, err := ledger.Open(ledger.Config{ConnString: s.ConnString(s.User, "fresh"), Schema: fmt.Sprint("ledger ", i/2)})
			if err == nil {
				_, err = l.Migrate(t.Context())
			}
			if err == nil {
				err = l.MakeRoles(t.Context(), ledger.RolesOf("many"))
			}
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := tryPlan(t.Context(), l, ledger.Planner{Owner: fmt.Sprint(i), Name: "k8s"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// TestASchemaThatHasSomethingElse: the script of roles would give its tables to a role of the ledger, and functions their permissions.
// Objects of extensions are none of its own, and a ledger is no reason to refuse.
func TestASchemaThatHasSomethingElse(t *testing.T) {
	s := ledgertest.Start(t)
	s.New(t).Exec(t, `CREATE DATABASE fresh`)
	l, err := ledger.Open(ledger.Config{ConnString: s.ConnString(s.User, "fresh"), Schema: "public"})
	if err != nil {
		t.Fatal(err)
	}
	d := &ledgertest.Database{Ledger: l, Server: s, ConnString: s.ConnString(s.User, "fresh"), Schema: "public"}
	for object, statements := range map[string][2]string{
		"orders": {`CREATE TABLE orders ()`, `DROP TABLE orders`},
		"sell":   {`CREATE FUNCTION sell() RETURNS integer LANGUAGE sql AS 'SELECT 1'`, `DROP FUNCTION sell`},
	} {
		d.Exec(t, statements[0])
		_, err := l.Migrate(t.Context())
		var inUse ledger.SchemaInUse
		if !errors.As(err, &inUse) || inUse != (ledger.SchemaInUse{Schema: "public", Object: object}) {
			t.Errorf("error = %v, want SchemaInUse by %s", err, object)
		}
		d.Exec(t, statements[1])
	}
	d.Exec(t, `CREATE EXTENSION btree_gist SCHEMA public`)
	for range 2 {
		if _, err := l.Migrate(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
