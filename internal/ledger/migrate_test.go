package ledger_test

import (
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
