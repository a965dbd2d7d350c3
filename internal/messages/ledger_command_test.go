package messages

import (
	"errors"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// A command of the ledger fails with a summary, the cause and options, about no planner where it has none.
func TestErrorsOfLedgerCommands(t *testing.T) {
	for name, test := range map[string]struct {
		who  ledger.Planner
		err  error
		says []string
		not  string
	}{
		"a connection that cannot be read": {
			ledger.Planner{}, ledger.BadConfig{Schema: "a", Cause: errors.New("invalid port")},
			[]string{"Ledger Cannot Be Used\n\n", "invalid port.", "postgres://"}, "Schema",
		},
		"a schema that no schema can be": {
			ledger.Planner{}, ledger.BadConfig{Schema: strings.Repeat("x", 70)}, []string{"Ledger Cannot Be Used\n\n", "too long a " +
				"name"}, "postgres://",
		},
		"a database without the extension": {
			ledger.Planner{}, ledger.Denied{Role: "a", Cause: ledger.MissingExtension{Cause: errors.New("permission denied")}},
			[]string{"Extension btree_gist Is Missing\n\n", "permission denied.", "CREATE EXTENSION " +
				"btree_gist", "pg_available_extensions"}, "owner \"\"",
		},
		"a planner that the ledger does not have": {
			shopPlanner, ledger.UnknownPlanner{Planner: bankPlanner},
			[]string{"Ledger Has No Such Planner\n\n", `cidrplan_blocks "vpcs" of owner "bank/prod"`, "cidrplan ledger list"}, "shop",
		},
		"an owner that the ledger does not have": {
			ledger.Planner{}, ledger.UnknownOwner{Owner: "typo"},
			[]string{"Ledger Has No Such Owner\n\n", `no owner "typo"`, "cidrplan ledger list"}, "shop",
		},
		"an older ledger": {
			ledger.Planner{}, ledger.OtherVersion{Have: 3, Want: 5}, []string{"Ledger Has Another Version\n\n", "cidrplan ledger " +
				"migrate"}, "owner",
		},
		"a role that may not do it": {
			ledger.Planner{}, ledger.Denied{Role: "ci", Cause: errors.New("permission denied")},
			[]string{"Role Has No Permission in the Ledger\n\n", `role "ci": permission denied.`, "For migrate, release"}, "applies",
		},
		"another error": {ledger.Planner{}, errors.New("disk full"), []string{"Ledger Failed\n\n", "reports an error: disk " +
			"full."}, "owner"},
		"another error of a planner": {shopPlanner, errors.New("disk " +
			"full"), []string{`error for allocator "k8s" of owner "shop/prod": disk full.`}, "\"\""},
	} {
		t.Run(name, func(t *testing.T) {
			got := Writer{}.LedgerCommandFailed(test.who, test.err)
			for _, text := range test.says {
				if !strings.Contains(got, text) {
					t.Errorf("got\n%s\nwant %q", got, text)
				}
			}
			if strings.Contains(got, test.not) || !strings.Contains(got, ToResolve) {
				t.Errorf("got\n%s\nwant options, and not %q", got, test.not)
			}
		})
	}
}

func TestMessagesOfTheLedgerDataSource(t *testing.T) {
	wantLedgerMessage(t, LedgerNotConfigured(), "Provider Has No Ledger", 2, "cidrplan_ledger")
	wantLedgerMessage(t, LedgerNotKnown(), "Ledger Is Not Known Yet", 1, "known only after apply")
}
