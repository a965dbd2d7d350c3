package provider_test

import "testing"

// A tainted allocator with ranges is refused for what it is, and with the mark removed it is as before. So it is without a refresh, in
// which Terraform gives a plan neither the state nor its token.
func TestAccLedgerTainted(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web"))))
	w.run("apply", "-auto-approve")
	w.empty()
	w.run("taint", allocator)
	for _, command := range [][]string{{"plan"}, {"plan", "-refresh=false"}, {"plan", "-destroy"}} {
		w.fails(allOf("Allocator Cannot Be Replaced", "marked as tainted", "also before you destroy it: terraform untaint"), command...)
	}
	w.run("untaint", allocator)
	w.empty()

	none := newWorkspace(t, sharing(d, "lab", planning("", `reserved = { later = { cidr = "10.64.128.0/17" } }`)))
	none.run("apply", "-auto-approve")
	none.empty()
	none.run("taint", allocator)
	none.run("apply", "-auto-approve", "-refresh=false")
	none.empty()
	wantEntries(t, d, "lab", "k8s", "claim reserved later 10.64.128.0/17")
}
