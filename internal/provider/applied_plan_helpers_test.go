package provider_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// appliedPlan applies, and returns what was planned: the actions as Terraform prints them, and the values of each type of ours that
// the configuration has once, as the provider planned them. It saves the commands that plan first and show the plan.
func (w *workspace) appliedPlan() *tfjson.Plan {
	w.t.Helper()
	var before stateFile
	if exists(w.stateAt()) {
		before = w.state()
	}
	actions := actionsIn(w.t, w.run("apply", "-auto-approve", "-json"))
	for address := range before.resources() {
		if actions[address] == nil {
			actions[address] = tfjson.Actions{tfjson.ActionNoop}
		}
	}
	plan := &tfjson.Plan{}
	for _, address := range slices.Sorted(maps.Keys(actions)) {
		typeName, name, _ := strings.Cut(address, ".")
		plan.ResourceChanges = append(plan.ResourceChanges, &tfjson.ResourceChange{
			Address: address, Type: typeName, Name: name, Change: w.recorder.changeOf(w.t, typeName, actions[address]),
		})
	}
	return plan
}

// actionsIn are the actions that Terraform prints for a plan with -json, by address. It prints none for what stays.
func actionsIn(t *testing.T, out string) map[string]tfjson.Actions {
	t.Helper()
	all := map[string]tfjson.Actions{}
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		var message struct {
			Type   string
			Change struct {
				Resource struct{ Addr string }
				Action   string
			}
		}
		if err := json.Unmarshal([]byte(line), &message); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if message.Type != "planned_change" {
			continue
		}
		all[message.Change.Resource.Addr] = map[string]tfjson.Actions{
			"replace": {tfjson.ActionDelete, tfjson.ActionCreate},
		}[message.Change.Action]
		if all[message.Change.Resource.Addr] == nil {
			all[message.Change.Resource.Addr] = tfjson.Actions{tfjson.Action(message.Change.Action)}
		}
	}
	return all
}

// changeOf is an action, with its values where one object of the type was planned.
func (r *recorder) changeOf(t *testing.T, typeName string, actions tfjson.Actions) *tfjson.Change {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	change := &tfjson.Change{Actions: actions}
	if len(r.phases) == 0 {
		return change
	}
	of := slices.DeleteFunc(slices.Clone(r.phases[0].planned), func(p plannedObject) bool { return p.typeName != typeName })
	if len(of) == 1 {
		planned := contents(t, typeName, of[0].planned)
		change.Before, change.After = provider.AsJSON(contents(t, typeName, of[0].state)), provider.AsJSON(planned)
		change.AfterUnknown = unknownIn(planned)
	}
	return change
}

// unknownIn has true where a value is not known, as `terraform show -json` has it in after_unknown.
func unknownIn(v tftypes.Value) any {
	if !v.IsKnown() {
		return true
	}
	if all, ok := values.Members(v); ok {
		out := map[string]any{}
		for key, e := range all {
			if inside := unknownIn(e); inside != false {
				out[key] = inside
			}
		}
		return out
	}
	if list, ok := values.Elements(v); ok {
		out := []any{}
		for _, e := range list {
			out = append(out, unknownIn(e))
		}
		return out
	}
	return false
}
