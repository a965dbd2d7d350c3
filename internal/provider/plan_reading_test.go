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

// plans plans, and returns by address what would be done, all of what stays included.
func (w *workspace) plans(args ...string) map[string]planned {
	w.t.Helper()
	w.run(append([]string{"plan", "-out=plan"}, args...)...)
	var plan struct {
		ResourceChanges []planned `json:"resource_changes"`
	}
	if err := json.Unmarshal([]byte(w.run("show", "-json", "plan")), &plan); err != nil {
		w.t.Fatal(err)
	}
	all := map[string]planned{}
	for _, p := range plan.ResourceChanges {
		all[p.Address] = p
	}
	return all
}

// looks is what a function answers of the allocator or blocks that the state has at an address.
func (w *workspace) looks(function, address string) any {
	w.t.Helper()
	return provider.Looked(w.t, function, w.holds(address))
}

// outputs plans, and returns by name what outputs would have. What is not known is left out.
func (w *workspace) outputs() map[string]any {
	w.t.Helper()
	w.run("plan", "-out=plan")
	var plan struct {
		OutputChanges map[string]struct{ After any } `json:"output_changes"`
	}
	if err := json.Unmarshal([]byte(w.run("show", "-json", "plan")), &plan); err != nil {
		w.t.Fatal(err)
	}
	all := map[string]any{}
	for name, change := range plan.OutputChanges {
		all[name] = change.After
	}
	return all
}

// holds is what the state has of the allocator at an address.
func (w *workspace) holds(address string) map[string]any {
	w.t.Helper()
	var state struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address string
					Values  map[string]any
				}
				ChildModules []struct {
					Resources []struct {
						Address string
						Values  map[string]any
					}
				} `json:"child_modules"`
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal([]byte(w.run("show", "-json")), &state); err != nil {
		w.t.Fatal(err)
	}
	resources := state.Values.RootModule.Resources
	for _, child := range state.Values.RootModule.ChildModules {
		resources = append(resources, child.Resources...)
	}
	for _, r := range resources {
		if r.Address == address {
			return r.Values
		}
	}
	w.t.Fatalf("the state has no %s", address)
	return nil
}
