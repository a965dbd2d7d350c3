package provider_test

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// acceptance runs steps against a real Terraform or OpenTofu, and destroys what they leave. A step means what it does to
// terraform-plugin-testing, which runs nine commands for it: here it takes two, or four where it checks the plan.
// TestAccMadeUpPlatformNeedsDataOnly runs on terraform-plugin-testing itself.
func acceptance(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	w := newWorkspace(t, "")
	applied := "" // the last configuration that was applied
	for i, s := range steps {
		w.file("main.tf", s.Config)
		switch {
		case s.ExpectError != nil && s.PlanOnly:
			w.fails(s.ExpectError, "plan")
		case s.ExpectError != nil:
			w.fails(s.ExpectError, "apply", "-auto-approve")
		case s.Destroy:
			w.run("apply", "-destroy", "-auto-approve")
		default:
			w.step(s)
			if !s.PlanOnly {
				applied = s.Config
			}
		}
		if t.Failed() {
			t.Fatalf("this was step %d of %d", i+1, len(steps))
		}
	}
	if applied != "" {
		w.file("main.tf", applied)
		w.run("apply", "-destroy", "-auto-approve")
	}
}

// step applies a configuration, checks what was planned and what is held, and plans once more: nothing may change then.
func (w *workspace) step(s resource.TestStep) {
	w.t.Helper()
	switch {
	case s.PlanOnly:
	case len(s.ConfigPlanChecks.PreApply) == 0:
		w.run("apply", "-auto-approve")
	default:
		w.run("plan", "-out=plan")
		w.checkPlan(w.savedPlan("plan"), s.ConfigPlanChecks.PreApply)
		w.run("apply", "plan")
	}
	if len(s.ConfigStateChecks) > 0 {
		w.checkState(s.ConfigStateChecks)
	}
	w.planAgain(s)
}

// planAgain plans what was applied: without changes, or with changes where a step expects them.
func (w *workspace) planAgain(s resource.TestStep) {
	w.t.Helper()
	changes := &tfjson.Plan{} // none
	if out, err := w.exec("plan", "-detailed-exitcode", "-out=again"); err != nil {
		var code *exec.ExitError
		if !errors.As(err, &code) || code.ExitCode() != 2 || !s.ExpectNonEmptyPlan {
			w.t.Fatalf("the plan after the apply: %v\n%s", err, out)
		}
		changes = w.savedPlan("again")
	} else if s.ExpectNonEmptyPlan {
		w.t.Fatalf("the plan after the apply has no changes\n%s", out)
	}
	w.checkPlan(changes, s.ConfigPlanChecks.PostApplyPostRefresh)
}

// savedPlan is the plan in a file of the workspace.
func (w *workspace) savedPlan(file string) *tfjson.Plan {
	w.t.Helper()
	plan := &tfjson.Plan{}
	plan.UseJSONNumber(true)
	if err := json.Unmarshal([]byte(w.run("show", "-json", file)), plan); err != nil {
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
