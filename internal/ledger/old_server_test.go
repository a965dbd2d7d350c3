package ledger_test

import (
	"errors"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestAServerIsRefusedIfItIsTooOld runs on one version at a time; make test-postgresql runs it on PostgreSQL 12 too.
func TestAServerIsRefusedIfItIsTooOld(t *testing.T) {
	s := ledgertest.Shared(t)
	d := &ledgertest.Database{Server: s, ConnString: s.ConnString(s.User, "postgres"), Schema: "of some version"}
	l := d.Open(t, ledger.Config{})
	tooOld := d.Count(t, `SELECT current_setting('server_version_num')::int`) < 130000
	_, initialized := l.Migrate(t.Context())
	_, planned := tryPlan(t.Context(), l, shop, pod("web", "10.0.0.0/20"))
	for what, err := range map[string]error{"init": initialized, "plan": planned} {
		var refused ledger.OldServer
		if errors.As(err, &refused) != tooOld || !tooOld && err != nil {
			t.Errorf("%s: %v, want OldServer: %t", what, err, tooOld)
		}
	}
	made := d.Count(t, `SELECT count(*) FROM pg_namespace WHERE nspname = $1`, d.Schema) == 1
	if made == tooOld {
		t.Errorf("the schema was made: %t", made)
	}
}

func TestVersionsOfServers(t *testing.T) {
	for version, refused := range map[string]bool{
		"12.22":                               true,
		"12.22 (Debian 12.22-1.pgdg120+1)":    true,
		"9.6.24":                              true,
		"9.2.4":                               true, // GaussDB
		"12beta1":                             true,
		"13.0":                                false,
		"13devel":                             false,
		"15.18 (Debian 15.18-0+deb12u1)":      false,
		"100.1":                               false,
		"":                                    false, // not reported
		"EnterpriseDB":                        false,
		"99999999999999999999999999999999999": false,
	} {
		err := ledger.CheckServer(version)
		if refused != (err != nil) || refused && !errors.Is(err, ledger.OldServer{Version: version}) {
			t.Errorf("%q: %v, want it refused: %t", version, err, refused)
		}
	}
}
