package ledger_test

import (
	"errors"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// What is done meanwhile begins before the holds are written, and has ended when Plan returns, also where they are refused.
func TestMeanwhileRunsBesideTheHolds(t *testing.T) {
	d := ledgertest.New(t)
	reader := as(t, d, logins(t, d).Reader)
	plan(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	for name, test := range map[string]struct {
		as              *ledger.Ledger
		holds           []ledger.Entry
		called, refused bool
	}{
		"holds":                   {d.Ledger, []ledger.Entry{pod("vault", "10.1.0.0/20")}, true, false},
		"nothing to hold":         {d.Ledger, nil, true, false},
		"holds that are refused":  {d.Ledger, []ledger.Entry{pod("vault", "10.0.0.0/21")}, true, true},
		"a role that cannot hold": {reader, []ledger.Entry{pod("vault", "10.2.0.0/20")}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			ended := false
			err := test.as.Plan(t.Context(), ledger.Question{Planner: bank, VRFs: []string{""}}, func(ledger.View) ledger.Decision {
				return ledger.Decision{Holds: test.holds, Meanwhile: func() {
					time.Sleep(100 * time.Millisecond) // longer than the holds take
					ended = true
				}}
			})
			if ended != test.called {
				t.Errorf("ended: %t, want %t", ended, test.called)
			}
			if taken := new(ledger.Taken); errors.As(err, taken) != test.refused || err != nil && !test.refused {
				t.Errorf("error = %v, refused: %t", err, test.refused)
			}
		})
	}
}
