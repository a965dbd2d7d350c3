package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// onlyKeys says that a map of the allocator is planned to have exactly these keys.
type onlyKeys struct {
	attribute string
	keys      []string
}

func (want onlyKeys) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, c := range req.Plan.ResourceChanges {
		after, _ := c.Change.After.(map[string]any)
		got, _ := after[want.attribute].(map[string]any)
		if c.Address == allocator && !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(slices.Values(want.keys))) {
			resp.Error = fmt.Errorf("%s has %q, want %q", want.attribute, slices.Sorted(maps.Keys(got)), want.keys)
		}
	}
}

// planned is what a plan would do to one resource.
type planned struct {
	Address string
	Change  struct {
		Actions       []string
		Before, After map[string]any
		AfterUnknown  any `json:"after_unknown"`
	}
}

// wholePlan is what a plan would do, all of what stays included. An output that is not known has no value.
type wholePlan struct {
	ResourceChanges []planned                      `json:"resource_changes"`
	OutputChanges   map[string]struct{ After any } `json:"output_changes"`
}

// wholePlan plans with arguments and reads the plan, which it leaves in the file plan.
func (w *workspace) wholePlan(args ...string) wholePlan {
	w.t.Helper()
	w.run(append([]string{"plan", "-out=plan"}, args...)...)
	var plan wholePlan
	if err := json.Unmarshal([]byte(w.planJSON("plan")), &plan); err != nil {
		w.t.Fatal(err)
	}
	return plan
}

// plans plans, and returns by address what would be done.
func (w *workspace) plans(args ...string) map[string]planned {
	w.t.Helper()
	all := map[string]planned{}
	for _, p := range w.wholePlan(args...).ResourceChanges {
		all[p.Address] = p
	}
	return all
}

// plannedPod is the Pod range that a cluster would get.
func (w *workspace) plannedPod(cluster string) string {
	w.t.Helper()
	return w.plans()[allocator].Change.After["allocations"].(map[string]any)[cluster].(map[string]any)["pod_cidr"].(string)
}

// answerOf is what a function answers of the allocator or blocks that the state has at an address.
func (w *workspace) answerOf(function, address string) any {
	w.t.Helper()
	return provider.Looked(w.t, function, w.holds(address))
}

// outputs plans, and returns by name what outputs would have. What is not known is left out.
func (w *workspace) outputs() map[string]any {
	w.t.Helper()
	all := map[string]any{}
	for name, change := range w.wholePlan().OutputChanges {
		all[name] = change.After
	}
	return all
}
