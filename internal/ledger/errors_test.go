package ledger_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestADatabaseThatIsReadOnly: a plan reads and holds nothing, an apply says why it cannot write.
func TestADatabaseThatIsReadOnly(t *testing.T) {
	s := ledgertest.Start(t)
	d := s.New(t)
	apply(t, d.Ledger, bank, pod("vault", "10.9.0.0/16"))
	standby := d.Open(t, ledger.Config{ConnString: s.Standby(t)})
	for until := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) { // it gets what was written a moment later
		v := plan(t, standby, shop, pod("web", "10.0.0.0/20"))
		if v.MayHold || v.MayApply {
			t.Fatalf("may hold: %t, may apply: %t", v.MayHold, v.MayApply)
		}
		if len(v.Taken[""]) == 1 && v.Taken[""][0] == prefix("10.9.0.0/16") {
			break
		}
		if time.Now().After(until) {
			t.Fatalf("taken is %v", v.Taken)
		}
	}
	var readOnly ledger.ReadOnly
	if err := standby.Apply(t.Context(), ledger.Applied{Planner: shop, Serial: 1, Token: "t"}); !errors.As(err, &readOnly) {
		t.Errorf("apply: %v, want ReadOnly", err)
	}
	if err := standby.Release(t.Context(), bank, "token of "+bank.Owner, grace); !errors.As(err, &readOnly) {
		t.Errorf("release: %v, want ReadOnly", err)
	}
	same(t, "shop", ownRanges(plan(t, d.Ledger, shop)), []string(nil))
}

// TestErrorsOfAServerInTrouble raises what a server without space, memory or time raises.
func TestErrorsOfAServerInTrouble(t *testing.T) {
	d := ledgertest.New(t)
	for code, exhausted := range map[string]bool{
		"53100": true /* disk full */, "53200": true /* out of memory */, "57014": false /* statement timeout */, "25P04": false,
	} {
		d.Exec(t, fmt.Sprintf(`CREATE OR REPLACE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS
			$$ BEGIN RAISE EXCEPTION 'in trouble' USING ERRCODE = '%s'; END $$`, code))
		d.Exec(t, `DROP TRIGGER IF EXISTS fails ON entry`)
		d.Exec(t, `CREATE TRIGGER fails BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION fails()`)
		_, err := tryPlan(t.Context(), d.Ledger, shop, pod("web", "10.0.0.0/20"))
		var unavailable ledger.Unavailable
		if !errors.As(err, &unavailable) || unavailable.Exhausted != exhausted || !isCode(err, code) {
			t.Errorf("%s: %#v, want Unavailable, exhausted: %t", code, err, exhausted)
		}
	}
	d.Exec(t, `DROP TRIGGER fails ON entry`)
	plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
}

// TestTimeoutsOfARole: to wait for others does not count.
func TestTimeoutsOfARole(t *testing.T) {
	d := ledgertest.New(t)
	roles := logins(t, d)
	for _, timeout := range []string{"statement_timeout", "idle_in_transaction_session_timeout"} {
		d.Exec(t, `ALTER ROLE `+pgx.Identifier{roles.Planner}.Sanitize()+` SET `+timeout+` = '300ms'`)
	}
	l := as(t, d, roles.Planner)
	waits := make(chan error)
	err := d.Plan(t.Context(), ledger.Question{Planner: bank}, func(ledger.View) ledger.Decision {
		go func() {
			waits <- l.Plan(t.Context(), ledger.Question{Planner: shop}, func(ledger.View) ledger.Decision {
				time.Sleep(time.Second) // a plan that thinks
				return ledger.Decision{}
			})
		}()
		time.Sleep(time.Second) // it waits for the lock
		return ledger.Decision{}
	})
	if err := errors.Join(err, <-waits); err != nil {
		t.Error(err)
	}
}

// TestADatabaseThatIsRenamed: the connection is wrong from then on, which is said at once.
func TestADatabaseThatIsRenamed(t *testing.T) {
	s := ledgertest.Start(t)
	first := s.New(t)
	first.Exec(t, `CREATE DATABASE network`)
	open := func(database string) *ledger.Ledger {
		return first.Open(t, ledger.Config{ConnString: s.ConnString(s.User, database)})
	}
	l := open("network")
	if _, err := l.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	apply(t, l, shop, pod("web", "10.0.0.0/20"))
	first.Exec(t, `ALTER DATABASE network RENAME TO networks`)
	began := time.Now()
	var unavailable ledger.Unavailable
	if _, err := tryPlan(t.Context(), l, shop); !errors.As(err, &unavailable) ||
		!strings.Contains(err.Error(), `"network" does not exist`) {
		t.Errorf("error = %v, want Unavailable", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
	same(t, "own", ownRanges(plan(t, open("networks"), shop)), []string{"claim pod web 10.0.0.0/20"})
}

// TestACertificateThatHasExpired is refused at once, and the error says why.
func TestACertificateThatHasExpired(t *testing.T) {
	s, root := ledgertest.StartTLS(t, "127.0.0.1", -time.Hour)
	l, err := ledger.Open(ledger.Config{ConnString: s.Address("127.0.0.1") + " sslrootcert=" + root, Schema: "s"})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	var unavailable ledger.Unavailable
	if _, err := tryPlan(t.Context(), l, shop); !errors.As(err, &unavailable) || !strings.Contains(err.Error(), "expired") {
		t.Errorf("error = %v, want Unavailable that says expired", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}
