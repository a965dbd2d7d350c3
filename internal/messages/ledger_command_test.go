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
			ledger.Planner{}, ledger.BadConfig{Schema: strings.Repeat("x", 70)},
			[]string{"Ledger Cannot Be Used\n\n", "has 70 bytes, and names in PostgreSQL have at most 63."}, "postgres://",
		},
		"a schema of the system": {
			ledger.Planner{}, ledger.BadConfig{Schema: "pg_x"}, []string{`PostgreSQL reserves the name "pg_x" of the schema.`}, "bytes",
		},
		"a schema with a zero byte": {
			ledger.Planner{}, ledger.BadConfig{Schema: "a\x00"}, []string{"has a character that names in PostgreSQL cannot have."}, "bytes",
		},
		"a database that is away": {
			ledger.Planner{}, ledger.Unavailable{Cause: errors.New("connection refused")},
			[]string{"Ledger Is Not Available\n\n", "connection refused.", "or --connection.", "repeat the command"}, "provider",
		},
		"a database without resources": {
			ledger.Planner{}, ledger.Unavailable{Cause: errors.New("disk full"), Exhausted: true},
			[]string{"such as disk space or free connections, then repeat the command."}, "plan",
		},
		"no ledger": {
			ledger.Planner{}, ledger.NoLedger{Schema: "a"},
			[]string{"Ledger Does Not Exist\n\n", "If the ledger is in another schema, set --schema."}, "provider",
		},
		"a standby": {
			ledger.Planner{}, ledger.ReadOnly{Cause: errors.New("read-only")}, []string{"Ledger Is Read-Only\n\n"}, "provider",
		},
		"a database without the extension": {
			ledger.Planner{}, ledger.Denied{Role: "a", Cause: ledger.MissingExtension{Cause: errors.New("permission denied")}},
			[]string{"Extension btree_gist Is Missing\n\n", "permission denied.", "CREATE EXTENSION " +
				"btree_gist", "pg_available_extensions"}, "owner \"\"",
		},
		"a schema with other tables": {
			ledger.Planner{}, ledger.SchemaInUse{Schema: "public", Object: "orders"},
			[]string{"Schema Is in Use\n\n", `Schema "public" has no ledger, and has other objects, such as "orders".`, "--schema"},
			"provider",
		},
		"a pooler that ignores the search path": {
			ledger.Planner{}, ledger.NeedsServer{}, []string{
				"Connection Is to a Pooler\n\n", "it ignores the search path", "set PGHOST and PGPORT, or --connection",
			}, "nil",
		},
		"a pooler that refuses the search path": {
			ledger.Planner{}, ledger.NeedsServer{Cause: errors.New("unsupported startup parameter: search_path")},
			[]string{"PgBouncer: unsupported startup parameter: search_path.\n\nEffect:"}, "ignores",
		},
		"a pooler that refuses another setting": {
			ledger.Planner{}, ledger.RefusedSetting{Cause: errors.New("unsupported startup parameter: geqo")},
			[]string{"Pooler Refuses the Connection\n\n", "from --connection."}, "provider",
		},
		"a planner that the ledger does not have": {
			shopPlanner, ledger.UnknownPlanner{Planner: bankPlanner},
			[]string{"Ledger Has No Such Planner\n\n", `cidrplan_blocks "vpcs" of owner "bank/prod"`, "cidrplan ledger list"}, "shop",
		},
		"an owner that the ledger does not have": {
			ledger.Planner{}, ledger.UnknownOwner{Owner: "typo"},
			[]string{"Ledger Has No Such Owner\n\n", `no owner "typo"`, "cidrplan ledger list"}, "shop",
		},
		"a newer ledger": {
			ledger.Planner{}, ledger.OtherVersion{Have: 7, Want: 5}, []string{"Use a version of cidrplan that is as new as the ledger."},
			"terraform",
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
