package provider_test

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// acceptance runs steps against a real Terraform or OpenTofu. A step means what it does to terraform-plugin-testing, which runs nine
// commands for it: here it takes one, which applies. That the next plan is empty, and that what the steps leave can be destroyed, is
// asked of the provider, and after the last step that applies the empty plan is asked of Terraform.
// TestAccFictitiousPlatformNeedsDataOnly runs on terraform-plugin-testing itself.
func acceptance(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	w := newWorkspace(t, "")
	last := lastApplied(steps)
	for i, s := range steps {
		w.file("main.tf", s.Config)
		switch {
		case s.ExpectNonEmptyPlan, len(s.ConfigPlanChecks.PostApplyPostRefresh) > 0, s.PlanOnly && s.ExpectError == nil:
			t.Fatalf("step %d asks for what steps do not do here", i+1)
		case s.PlanOnly:
			w.fails(s.ExpectError, "plan")
		case s.ExpectError != nil:
			w.fails(s.ExpectError, "apply", "-auto-approve")
		case s.Destroy:
			w.run("apply", "-destroy", "-auto-approve")
		default:
			w.step(s, i == last)
		}
		if t.Failed() {
			t.Fatalf("this was step %d of %d", i+1, len(steps))
		}
	}
}

// lastApplied is the place of the last step that applies, -1 where none does.
func lastApplied(steps []resource.TestStep) int {
	for i, s := range slices.Backward(steps) {
		if s.ExpectError == nil && !s.Destroy {
			return i
		}
	}
	return -1
}

// ofResourcesOnly says whether a configuration has resources of the root module and nothing else that a plan reads or shows.
func ofResourcesOnly(config string) bool {
	return !regexp.MustCompile(`(?m)^(data|module|output|import|moved|removed|check|provider) ("|\{)`).MatchString(config)
}

// step applies a configuration, checks what was planned and what is held, and plans once more: nothing may change then.
func (w *workspace) step(s resource.TestStep, last bool) {
	w.t.Helper()
	recorded := ofResourcesOnly(s.Config)
	switch {
	case len(s.ConfigPlanChecks.PreApply) == 0:
		w.run("apply", "-auto-approve")
	case recorded:
		w.checkPlan(w.appliedPlan(), s.ConfigPlanChecks.PreApply)
	default:
		w.run("plan", "-out=plan")
		w.checkPlan(w.savedPlan("plan"), s.ConfigPlanChecks.PreApply)
		w.run("apply", "plan")
	}
	if len(s.ConfigStateChecks) > 0 {
		w.checkState(s.ConfigStateChecks)
	}
	if last || !recorded {
		w.run("plan", "-detailed-exitcode")
	} else {
		w.recorder.plansNothing(w.t)
	}
	if last && strings.Contains(s.Config, `resource "cidrplan_`) {
		w.recorder.plansDestroy(w.t)
	}
}

// savedPlan is the plan in a file of the workspace.
func (w *workspace) savedPlan(file string) *tfjson.Plan {
	w.t.Helper()
	plan := &tfjson.Plan{}
	plan.UseJSONNumber(true)
	if err := json.Unmarshal([]byte(w.planJSON(file)), plan); err != nil {
		w.t.Fatal(err)
	}
	return plan
}

func (w *workspace) checkPlan(plan *tfjson.Plan, checks []plancheck.PlanCheck) {
	w.t.Helper()
	for _, check := range checks {
		var resp plancheck.CheckPlanResponse
		check.CheckPlan(context.Background(), plancheck.CheckPlanRequest{Plan: plan}, &resp)
		if resp.Error != nil {
			w.t.Errorf("of the plan: %v", resp.Error)
		}
	}
}

func (w *workspace) checkState(checks []statecheck.StateCheck) {
	w.t.Helper()
	state := w.state().forChecks(w.t)
	for _, check := range checks {
		var resp statecheck.CheckStateResponse
		check.CheckState(context.Background(), statecheck.CheckStateRequest{State: state}, &resp)
		if resp.Error != nil {
			w.t.Errorf("of the state: %v", resp.Error)
		}
	}
}
