package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// A restore into a database without btree_gist leaves constraints out. Then nothing is planned, applied or shown.
func TestALedgerWithoutConstraintsIsRefused(t *testing.T) {
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		sql, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`CONSTRAINT (entry_\w+)`).FindAllStringSubmatch(string(sql), -1) {
			names = append(names, found[1])
		}
	}
	if len(names) < 10 {
		t.Fatalf("the migrations name %d constraints", len(names))
	}
	d := ledgertest.New(t)
	for i, name := range names {
		d.Exec(t, `ALTER TABLE entry DROP CONSTRAINT `+name)
		want := slices.Sorted(slices.Values(names[:i+1]))
		calls := map[string]error{"apply": d.Apply(t.Context(), ledger.Applied{Planner: shop, Serial: 1, Token: "t"})}
		_, calls["plan"] = tryPlan(t.Context(), d.Ledger, shop, pod("web", "10.0.0.0/20"))
		_, calls["list"] = d.Entries(t.Context(), ledger.Filter{})
		for call, err := range calls {
			var incomplete ledger.Incomplete
			if !errors.As(err, &incomplete) || incomplete.Schema != d.Schema || !slices.Equal(incomplete.Missing, want) {
				t.Fatalf("%s without %v: %v", call, want, err)
			}
		}
	}

	d = ledgertest.New(t)
	d.Exec(t, `ALTER TABLE entry DROP CONSTRAINT entry_expires`)
	d.Exec(t, `ALTER TABLE entry ADD CONSTRAINT entry_expires CHECK ((state = 'hold') = (expires IS NOT NULL)) NOT VALID`)
	var incomplete ledger.Incomplete
	if _, err := tryPlan(t.Context(), d.Ledger, shop); !errors.As(err, &incomplete) || len(incomplete.Missing) != 1 {
		t.Errorf("with a constraint that was not checked: %v", err)
	}
}
