package ledger_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// Each function that writes waits for the other writers by itself, also if a client calls it without asking before.
func TestEachWriterWaitsForOthers(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"))
	other, conn := d.Connect(t), d.Connect(t)
	defer func() { _, _ = other.Close(t.Context()), conn.Close(t.Context()) }() // what they did is not committed
	if _, err := other.Exec(t.Context(), `BEGIN; SELECT lock_ledger()`); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `SET lock_timeout = '200ms'`); err != nil {
		t.Fatal(err)
	}
	for _, call := range []string{
		`hold('shop/prod', 'k8s', true, '[]')`,
		`apply('shop/prod', 'k8s', 1, 2, 'token of shop/prod', '[]')`,
		`release('shop/prod', 'k8s', 'token of shop/prod', '1 hour')`,
		`release_by_admin('shop/prod', 'k8s', '1 hour')`,
	} {
		if _, err := conn.Exec(t.Context(), `SELECT `+call); !isCode(err, "55P03") {
			t.Errorf("%s: error = %v, want a lock that was not got", call, err)
		}
	}
	same(t, "own", d.Count(t, `SELECT count(*) FROM entry WHERE state = 'claim'`), 1)
}
