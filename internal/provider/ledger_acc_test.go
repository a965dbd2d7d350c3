package provider_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// Two workspaces with a shared supernet plan before either applies. Both get what they planned, and the ranges do not overlap.
func TestAccLedgerTwoWorkspacesPlanAtOnce(t *testing.T) {
	t.Parallel()
	a := newFolder(t)
	d := ledgertest.New(t)
	a.attach()
	a.file("cli.tfrc", "")
	a.config(sharing(d, "shop/prod", planning(needing("web"))))
	b := newWorkspace(t, sharing(d, "bank/prod", planning(needing("web"))))
	plannedA, plannedB := a.plans()[allocator], b.plans()[allocator]
	for _, w := range []*workspace{a, b} {
		w.run("apply", "plan")
		w.run("plan", "-detailed-exitcode")
	}
	for w, planned := range map[*workspace]any{a: plannedA.Change.After, b: plannedB.Change.After} {
		if now := w.holds(allocator); !reflect.DeepEqual(now, planned) {
			t.Errorf("applied %v, planned %v", now, planned)
		}
	}
	wantEntries(t, d, "shop/prod", "k8s", "claim pod web 10.64.0.0/19", "claim service web 172.20.0.0/22")
	wantEntries(t, d, "bank/prod", "k8s", "claim pod web 10.64.32.0/19", "claim service web 172.20.4.0/22")
	a.config(sharing(d, "shop/prod", planning(needing("web")+needing("data"))))
	if got := a.plans()[allocator].Change.After["allocations"].(map[string]any)["data"].(map[string]any)["pod_cidr"]; got != "10.64.64.0/19" {
		t.Errorf("a further cluster gets %v", got)
	}
	a.run("apply", "plan")
	if got := a.podOf("web") + " " + a.podOf("data"); got != "10.64.0.0/19 10.64.64.0/19" || a.serial() != 2.0 {
		t.Errorf("the clusters have %s, serial %v", got, a.serial())
	}
	if text := a.allText() + b.allText(); strings.TrimSpace(text) != "" {
		t.Errorf("plans report\n%s", text)
	}
}
