package ledgertest_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestServersHaveCopiesOfTheSameData: initdb gives each data a number of its own, and what one server writes is not in another one.
func TestServersHaveCopiesOfTheSameData(t *testing.T) {
	first, second := ledgertest.Start(t).New(t), ledgertest.Start(t).New(t)
	const number = `SELECT (system_identifier % 1000000007)::int FROM pg_control_system()`
	if a, b := first.Count(t, number), second.Count(t, number); a != b {
		t.Errorf("initdb has run twice: %d and %d", a, b)
	}
	first.Exec(t, `CREATE TABLE public.only_here ()`)
	if n := second.Count(t, `SELECT count(*) FROM pg_class WHERE relname = 'only_here'`); n != 0 {
		t.Error("both servers have the same data")
	}
}
