package provider_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// Two workspaces with a shared supernet plan before either applies. Both get what they planned, and the ranges do not overlap.
func TestAccLedgerTwoWorkspacesPlanAtOnce(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	a := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web"))))
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
	allocations := a.plans()[allocator].Change.After["allocations"].(map[string]any)
	if got := allocations["data"].(map[string]any)["pod_cidr"]; got != "10.64.64.0/19" {
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

// A plan that is applied days afterwards finds its hold, also after it has expired.
func TestAccLedgerExpiredHoldServesItsPlan(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	a := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web"))))
	a.plans()
	wantEntries(t, d, "shop/prod", "k8s", "hold pod web 10.64.0.0/19", "hold service web 172.20.0.0/22")
	expire(t, d)
	b := newWorkspace(t, sharing(d, "bank/prod", planning(needing("vault"))))
	b.run("apply", "-auto-approve")
	a.run("apply", "plan")
	a.empty()
	if got := a.podOf("web") + " " + b.podOf("vault"); got != "10.64.0.0/19 10.64.32.0/19" {
		t.Errorf("the clusters have %s", got)
	}
}

// An expired hold is taken where nothing else is free. The plan that it was for cannot be applied, and says why.
func TestAccLedgerLostHold(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	full := func(owner, clusters string, more ...string) string {
		config := strings.Replace(planning(clusters, more...), "10.64.0.0/16", "10.64.0.0/19", 1)
		return sharing(d, owner, config)
	}
	a, b := newWorkspace(t, full("shop/prod", needing("web"))), newWorkspace(t, full("bank/prod", needing("vault")))
	a.plans()
	b.fails(allOf("none is free in 10.64.0.0/19", "ledger: 10.64.0.0/19", "in use by other planners of the ledger"), "plan")
	low := newWorkspace(t, sharing(d, "lab", strings.Replace(planning(needing("low")), "10.64.0.0/16", "10.0.0.0/16", 1)))
	low.run("apply", "-auto-approve")
	b.fails(allOf(`Add "10.0.64.0/18" to supernets`), "plan") // 10.0.0.0/19 is in use, and 10.0.32.0/19 is no /18
	expire(t, d)
	b.run("apply", "-auto-approve")
	a.fails(allOf("Held Range Was Lost", `Pod range 10.64.0.0/19 of "web": now of allocator "k8s" of owner "bank/prod"`), "apply", "plan")
	a.config(strings.Replace(full("shop/prod", needing("web")), `"10.64.0.0/19"`, `"10.64.0.0/19", "10.65.0.0/19"`, 1))
	if text := a.allText(); !allOf("Held Range Was Lost").MatchString(text) {
		t.Errorf("a new plan reports\n%s", text)
	}
	a.run("apply", "-auto-approve")
	a.empty()
	if got := a.podOf("web") + " " + b.podOf("vault"); got != "10.65.0.0/19 10.64.0.0/19" {
		t.Errorf("the clusters have %s", got)
	}
	a.reportsNothing()
}

// An administrator ends the holds of a saved plan. It can be applied as long as nobody else uses its ranges; then it says who does.
func TestAccLedgerHoldsThatAnAdministratorEnds(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	shop := ledger.Planner{Owner: "shop/prod", Name: "k8s"}
	saved := func(owner, cluster string) *workspace {
		w := newWorkspace(t, sharing(d, owner, planning(needing(cluster))))
		w.plans()
		if err := d.ReleaseByAdmin(t.Context(), ledger.Planner{Owner: owner, Name: "k8s"}, 0); err != nil {
			t.Fatal(err)
		}
		return w
	}
	late := saved(shop.Owner, "web")
	pinned := `vault = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.64.0.0/19"], service_cidr = "172.20.0.0/22" }`
	newWorkspace(t, sharing(d, "bank/prod", planning(pinned))).run("apply", "-auto-approve")
	late.fails(allOf("Held Range Was Lost", `Pod range 10.64.0.0/19 of "web": now of allocator "k8s" of owner "bank/prod"`,
		"Plan again"), "apply", "plan")

	early := saved("lab", "test")
	early.run("apply", "plan")
	early.empty()
}

// Plans of two branches of one workspace that need the same have the same ranges; others have ranges of their own.
func TestAccLedgerBranchesOfOneWorkspace(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web"))))
	w.run("apply", "-auto-approve")
	ranges := map[string]any{}
	for _, branch := range []string{"data", "ml", "data"} {
		w.config(sharing(d, "shop/prod", planning(needing("web")+needing(branch))))
		got := w.plans()[allocator].Change.After["allocations"].(map[string]any)[branch].(map[string]any)["pod_cidr"]
		if was, known := ranges[branch]; known && was != got {
			t.Errorf("%s gets %v, before %v", branch, got, was)
		}
		ranges[branch] = got
	}
	if want := map[string]any{"data": "10.64.32.0/19", "ml": "10.64.64.0/19"}; !reflect.DeepEqual(ranges, want) {
		t.Errorf("the branches get %v, want %v", ranges, want)
	}
}

// -target applies the allocator before what uses it, and a destroy plan changes nothing in the ledger.
func TestAccLedgerTargetedPlans(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	use := `
resource "terraform_data" "web" { input = cidrplan_allocator.k8s.allocations["web"].pod_cidr }
`
	w := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web"))+use))
	w.run("plan", "-target=terraform_data.web", "-out=plan")
	w.run("apply", "plan")
	w.run("apply", "-auto-approve", "-target="+allocator)
	w.run("plan", "-destroy")
	w.run("plan", "-refresh-only")
	w.empty()
	wantEntries(t, d, "shop/prod", "k8s", "claim pod web 10.64.0.0/19", "claim service web 172.20.0.0/22")
}
