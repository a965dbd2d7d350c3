package provider_test

import (
	"reflect"
	"strings"
	"testing"
)

// eachBuilt are the cloud's clusters by for_each over the allocations.
const eachBuilt = `
resource "terraform_data" "cluster" {
  for_each         = cidrplan_allocator.k8s.allocations
  triggers_replace = each.value
  lifecycle { create_before_destroy = CBD }
}
`

func each(createFirst bool) string {
	return strings.Replace(eachBuilt, "CBD", map[bool]string{true: "true", false: "false"}[createFirst], 1)
}

// A saved plan has every value, and its apply, at any later time, writes exactly those.
func TestAccSavedPlans(t *testing.T) {
	t.Parallel()
	first := network(shop+data) + each(false)
	w := newWorkspace(t, first)
	saved := w.plans()
	for cluster, pods := range map[string]string{"shop": "10.64.0.0/19",
		"data": "10.64.32.0/21"} { // keys and values are known at the first plan
		trigger, _ := saved[`terraform_data.cluster["`+cluster+`"]`].Change.After["triggers_replace"].(map[string]any)
		if trigger["pod_cidr"] != pods {
			t.Errorf("at the first plan the cluster %s takes %v", cluster, trigger)
		}
	}
	w.config(network(data)) // what the folder says by then does not matter
	w.run("apply", "plan")
	w.config(first)
	if now := w.holds(allocator); !reflect.DeepEqual(now, saved[allocator].Change.After) {
		t.Errorf("applied %v, planned %v", now, saved[allocator].Change.After)
	}
	w.run("plan", "-detailed-exitcode")

	w.config(network(next+data, `renumber = { data = "1" }`) + each(false))
	saved = w.plans()
	w.run("apply", "plan")
	if now := w.holds(allocator); !reflect.DeepEqual(now, saved[allocator].Change.After) {
		t.Errorf("applied %v, planned %v", now, saved[allocator].Change.After)
	}
	w.run("plan", "-detailed-exitcode")
	w.fails(allOf("Saved plan is stale"), "apply", "plan")
}

// Without a refresh, and with nothing but one, plans come out the same.
func TestAccPlansWithAndWithoutRefresh(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop+data)+each(false))
	w.run("apply", "-auto-approve", "-refresh=false")
	for _, args := range [][]string{{"-refresh=false"}, {"-refresh-only"}, nil} { // -refresh-only has an exit code of its own mind
		if out := w.run(append([]string{"plan"}, args...)...); !strings.Contains(out, "No changes.") {
			t.Errorf("a plan with %q says %s", args, tail(out))
		}
	}
	w.config(network(next+data) + each(false))
	with, without := w.plans()[allocator], w.plans("-refresh=false")[allocator]
	if !reflect.DeepEqual(with, without) {
		t.Errorf("with refresh %v, without %v", with, without)
	}
	if out := w.run("plan", "-refresh-only"); !strings.Contains(out, "No changes.") { // it plans no edit
		t.Errorf("a refresh plans %s", tail(out))
	}
	before := w.holds(allocator)
	w.run("apply", "-refresh-only", "-auto-approve")
	if now := w.holds(allocator); !reflect.DeepEqual(now, before) {
		t.Errorf("a refresh changes %v to %v", before, now)
	}
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	w.run("destroy", "-auto-approve")
}

// Where the cloud's new cluster is built before the old one goes, both have ranges of their own.
func TestAccCreateBeforeDestroyKeepsRangesApart(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop+data)+each(true))
	w.run("apply", "-auto-approve")
	w.config(network(next+data, `reclaim = ["*"]`) + each(true))
	p := w.plans()
	if got := p[allocator].Change.After["allocations"].(map[string]any)["next"].(map[string]any)["pod_cidr"]; got != "10.64.64.0/19" {
		t.Errorf("next gets %v while shop is still there", got)
	}
	if got := p[`terraform_data.cluster["data"]`].Change.Actions; !reflect.DeepEqual(got, []string{"no-op"}) {
		t.Errorf("the plan does %q to data", got)
	}
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	w.config(network(shop+next+data) + each(true))
	allocations := w.plans()[allocator].Change.After["allocations"].(map[string]any)
	if got := allocations["shop"].(map[string]any)["pod_cidr"]; got != "10.64.0.0/19" {
		t.Errorf("shop comes back with %v", got)
	}
}

// -target applies the allocator before, with or without what takes its ranges.
func TestAccTargetedPlans(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop+data)+built("shop", "data"))
	w.run("apply", "-auto-approve")
	w.config(network(data+next) + built("data", "next"))
	w.run("apply", "-auto-approve", "-target="+allocator) // the cloud still has shop
	if r := w.holds(allocator)["released"].(map[string]any); r["shop"] == nil {
		t.Errorf("released are %v", r)
	}
	w.config(network(shop+data+next) + built("shop", "data", "next")) // the removal is taken back
	for address, p := range w.plans("-target=terraform_data.shop") {
		if strings.HasPrefix(address, "terraform_data") && !reflect.DeepEqual(p.Change.Actions, []string{"no-op"}) {
			t.Errorf("the removal was taken back and the plan does %q to %s", p.Change.Actions, address)
		}
	}
	w.run("apply", "plan")
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
	if held := w.holds(allocator)["allocations"].(map[string]any); held["shop"].(map[string]any)["pod_cidr"] != "10.64.0.0/19" {
		t.Errorf("shop holds %v", held["shop"])
	}
}
