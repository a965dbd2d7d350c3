package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// soundOfEachType are sound arguments of each resource, with the fields that they are for.
func soundOfEachType() map[string]struct {
	fields values.Fields
	given  map[string]any
} {
	catalog := profile.Default()
	vpcs, clusters := sound["vpcs"].(map[string]any), sound["clusters"].(map[string]any)
	return map[string]struct {
		fields values.Fields
		given  map[string]any
	}{
		"cidrplan_hub": {
			hubFields(catalog),
			map[string]any{"name": "cen", "kind": "cen", "protection_level": "REDUCED", "labels": map[string]any{"owner": "net"}},
		},
		"cidrplan_site": {
			siteFields(),
			map[string]any{"name": "idc", "cidr_blocks": []string{"10.0.0.0/12"}, "hubs": []string{"cen"}},
		},
		"cidrplan_vpc":       {vpcFields(catalog), more(vpcs["prod"].(map[string]any), map[string]any{"name": "prod"})},
		"cidrplan_cluster":   {clusterFields(catalog), more(clusters["a"].(map[string]any), map[string]any{"name": "a"})},
		"cidrplan_allocator": {allocatorArguments(catalog).With(allocatorResourceArguments), sound},
		"cidrplan_blocks":    {blocksArguments(catalog).With(blocksResourceArguments), soundBlocks},
	}
}

// For any configuration, each call of the protocol gives an answer. The planned value has every argument as it is configured, an apply
// stores the planned value, and the next plan changes nothing once all values are known.
func TestCallsOfTheProtocolAgree(t *testing.T) {
	for typeName, of := range soundOfEachType() {
		t.Run(typeName, func(t *testing.T) {
			planned, settled := 0, 0
			rapid.Check(t, func(rt *rapid.T) {
				chance := rapid.SampledFrom([]int{10, 200, 2000}).Draw(rt, "chance")
				arguments := mutatedObject(rt, of.fields, of.given, chance)
				if rapid.Bool().Draw(rt, "in declare") && len(of.fields.ObjectArguments()) > 0 {
					arguments = declaring(drawn(rt), of.fields, arguments)
				}
				run := newRun(t)
				config := run.config(typeName, arguments)
				run.validate(typeName, config, rapid.Bool().Draw(rt, "write-only"))
				first := run.planConfig(typeName, config, nil, nil)
				if len(first.errors) > 0 {
					return
				}
				planned++
				value := run.value(typeName, first.state)
				for name, given := range values.AttributesOf(config) {
					if got := values.AttributesOf(value)[name]; name != topology.DeclareArgument && !given.IsNull() && !got.Equal(given) {
						rt.Fatalf("%s is configured as %s and planned as %s", name, given, got)
					}
				}
				if !value.IsFullyKnown() || !config.IsFullyKnown() {
					return
				}
				settled++
				run.settles(rt, typeName, config, first)
			})
			t.Logf("%d plans, %d of them known", planned, settled)
			if planned == 0 || settled == 0 {
				t.Errorf(
					"%d inputs were planned, and all was known in %d of them: the inputs are too bad to show anything",
					planned, settled,
				)
			}
		})
	}
}

// settles applies a plan and checks that nothing is left to do.
func (r *oneRun) settles(rt rapid.TB, typeName string, config tftypes.Value, plan answer) {
	applied, err := r.server.ApplyResourceChange(r.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: typeName, Config: r.dynamic(config), PriorState: r.dynamic(values.Null(config.Type())), PlannedState: plan.state,
		PlannedPrivate: plan.private,
	})
	if err != nil {
		rt.Fatal(err)
	}
	next := newRun(r.t)
	read, err := next.server.ReadResource(
		r.t.Context(),
		&tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: applied.NewState, Private: applied.Private},
	)
	if err != nil {
		rt.Fatal(err)
	}
	again := next.planConfig(typeName, config, read.NewState, read.Private)
	if len(again.errors) > 0 {
		rt.Fatalf("the plan after the apply fails: %s", again.errors[0].Detail)
	}
	if was, now := r.value(typeName, plan.state), next.value(typeName, again.state); !was.Equal(now) {
		diff, err := was.Diff(now)
		rt.Fatalf("the plan after the apply changes %v, %v", diff, err)
	}
}

// An entry of existing may name a cluster that is gone and no profile: its ranges stay reserved, and the record of the
// state is not damage.
func TestReleasedRangesWithoutAProfileAreReadBack(t *testing.T) {
	arguments := more(sound, map[string]any{"existing": map[string]any{
		"gone": map[string]any{"cluster": "old", "pod_cidrs": []string{"10.65.0.0/16"}, "node_cidr_mask": int64(24)},
	}})
	run := newRun(t)
	fields := allocatorArguments(profile.Default()).With(allocatorResourceArguments)
	config := run.config("cidrplan_allocator", objectOf(writtenAs(fields, arguments)))
	plan := run.planConfig("cidrplan_allocator", config, nil, nil)
	if len(plan.errors) > 0 {
		t.Fatal(plan.errors[0].Detail)
	}
	if released := values.AttributesOf(run.value("cidrplan_allocator", plan.state))["released"]; released.IsNull() {
		t.Fatal("nothing is released")
	}
	run.settles(t, "cidrplan_allocator", config, plan)
}
