package provider

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// Whatever arguments hold, null and unknown everywhere, declare gives the planner the same ones, and Terraform
// the same plan.
func TestDeclareIsReadAsTheArgumentsThatItHas(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	for typeName, of := range map[string]struct {
		d     plannerKind
		sound map[string]any
	}{"cidrplan_allocator": {allocatorKind(p.Catalog), sound}, "cidrplan_blocks": {blocksKind(p.Catalog), soundBlocks}} {
		t.Run(typeName, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				chance := rapid.SampledFrom([]int{10, 200, 2000}).Draw(rt, "chance")
				nested := mutatedObject(rt, of.d.arguments, of.sound, chance)
				declared := declaring(drawn(rt), of.d.arguments, nested)
				want, got := of.d.arguments.Written(nested), of.d.arguments.Written(declared)
				for _, name := range slices.Sorted(maps.Keys(of.d.arguments)) {
					if a, b := want.Arguments[name], got.Arguments[name]; !a.Equal(b) {
						rt.Fatalf("%s:\nas argument %s\nin declare  %s", name, a, b)
					}
				}
				if len(want.Faults) != len(got.Faults) || len(got.Unused) > 0 {
					rt.Fatalf("as arguments %v, in declare %v %v", want.Faults, got.Faults, got.Unused)
				}
				if chance > 10 && rapid.IntRange(0, 4).Draw(rt, "whole plan") == 2 {
					samePlan(rt, t, typeName, nested, declared)
				}
			})
			sound := mutatedObject(nil, of.d.arguments, of.sound, never)
			inDeclare := rapid.Custom(func(rt *rapid.T) tftypes.Value { return declaring(drawn(rt), of.d.arguments, sound) })
			for seed := range 3 { // few draws have no faults, and these never have any
				if !samePlan(t, t, typeName, sound, inDeclare.Example(seed)) {
					t.Error("no plan was compared")
				}
			}
		})
	}
}

// samePlan plans both configurations; ok says that they can be planned.
func samePlan(rt rapid.TB, t *testing.T, typeName string, nested, declared tftypes.Value) (ok bool) {
	one, other := newRun(t), newRun(t)
	want, got := one.planConfig(
		typeName, one.config(typeName, nested), nil, nil,
	), other.planConfig(
		typeName, other.config(typeName, declared), nil, nil,
	)
	if len(want.errors) != len(got.errors) {
		rt.Fatalf("as arguments %v, in declare %v", want.errors, got.errors)
	}
	if len(want.errors) == 0 && !one.value(typeName, want.state).Equal(other.value(typeName, got.state)) {
		rt.Fatalf("as arguments\n%s\nin declare\n%s", one.value(typeName, want.state), other.value(typeName, got.state))
	}
	return len(want.errors) == 0
}

// config is a configuration of a resource with arguments.
func (r *oneRun) config(typeName string, arguments tftypes.Value) tftypes.Value {
	r.t.Helper()
	typ := r.schemas[typeName].ValueType()
	attributes := values.AttributesOf(valueOf(typ, map[string]any{}))
	maps.Copy(attributes, values.AttributesOf(arguments))
	return tftypes.NewValue(typ, attributes)
}

func (r *oneRun) value(typeName string, state *tfprotov6.DynamicValue) tftypes.Value {
	r.t.Helper()
	v, err := state.Unmarshal(r.schemas[typeName].ValueType())
	if err != nil {
		r.t.Fatal(err)
	}
	return v
}

// A configuration that moves its arguments into declare changes nothing, and so does the way back.
func TestDeclareIsPlannedAsTheArgumentsThatItHas(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	for typeName, of := range map[string]struct {
		d     plannerKind
		sound map[string]any
	}{"cidrplan_allocator": {allocatorKind(p.Catalog), sound}, "cidrplan_blocks": {blocksKind(p.Catalog), soundBlocks}} {
		t.Run(typeName, func(t *testing.T) {
			nested := mutatedObject(nil, of.d.arguments, of.sound, never)
			var declared tftypes.Value
			rapid.Check(t, func(rt *rapid.T) { declared = declaring(drawn(rt), of.d.arguments, nested) })
			plan := func(arguments tftypes.Value, prior *tfprotov6.DynamicValue) *tfprotov6.DynamicValue {
				t.Helper()
				run := newRun(t)
				out := run.planConfig(typeName, run.config(typeName, arguments), prior, nil)
				if len(out.errors) > 0 {
					t.Fatal(out.errors)
				}
				return out.state
			}
			run := newRun(t)
			before := plan(nested, nil)
			for _, edit := range []tftypes.Value{declared, declared, nested} {
				after := plan(edit, before)
				if !run.value(typeName, before).Equal(run.value(typeName, after)) {
					t.Fatalf("the plan changes\n%s\nto\n%s", run.value(typeName, before), run.value(typeName, after))
				}
				before = after
			}
			if state := values.AttributesOf(run.value(typeName, before)); !state[topology.DeclareArgument].IsNull() ||
				state["reserved"].IsNull() {
				t.Errorf("the state has declare = %s and reserved = %s", state[topology.DeclareArgument], state["reserved"])
			}
		})
	}
}

// A Terraform without write-only arguments would put declare into the state.
func TestDeclareNeedsWriteOnlyArguments(t *testing.T) {
	run := newRun(t)
	config := valueOf(run.schemas["cidrplan_allocator"].ValueType(), map[string]any{"name": "k8s", "supernets": []string{"10.64.0.0/12"}})
	attributes := values.AttributesOf(config)
	attributes[topology.DeclareArgument] = tftypes.NewValue(
		tftypes.Object{AttributeTypes: map[string]tftypes.Type{"clusters": tftypes.Map{ElementType: tftypes.String}}},
		map[string]tftypes.Value{"clusters": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{})},
	)
	got := strings.Join(run.validate("cidrplan_allocator", tftypes.NewValue(config.Type(), attributes), false), "\n")
	if !strings.Contains(got, "Terraform Is Too Old for declare: declare requires Terraform 1.11 or OpenTofu 1.11") {
		t.Errorf("got %s", got)
	}
}

// Terraform validates before it configures the provider and again in the plan, and would print warnings of both.
func TestWarningsOfValidationComeOnceInAPlan(t *testing.T) {
	configured, fresh := newRun(t), &oneRun{t: t, server: New("test")(), schemas: newRun(t).schemas}
	for typeName, text := range map[string]string{"cidrplan_allocator": "clusters", "cidrplan_vpc": "routes"} {
		odd := cty.ObjectVal(map[string]cty.Value{text: cty.ObjectVal(map[string]cty.Value{"a": cty.ObjectVal(map[string]cty.Value{
			"version": cty.StringVal(
				"1.30",
			), "vpc": cty.StringVal("prod"), "profile": cty.StringVal("ack-flannel"), "destination": cty.StringVal("10.20.0.0/16"),
		})})})
		typ := fresh.schemas[typeName].ValueType()
		attributes := values.AttributesOf(
			valueOf(
				typ,
				map[string]any{
					"name":        "x",
					"supernets":   []string{"10.64.0.0/12"},
					"cidr_blocks": []string{"192.168.0.0/16"},
					"vpcs":        map[string]any{},
				},
			),
		)
		attributes[topology.DeclareArgument] = dynamic(t, odd)
		config := tftypes.NewValue(typ, attributes)
		warned := func(r *oneRun) bool {
			return strings.Contains(strings.Join(r.validate(typeName, config, true), "\n"), "Attributes Without Effect")
		}
		if warned(fresh) || !warned(configured) {
			t.Errorf(
				"%s: a warning before the provider is configured: %t, want false; after: %t, want true",
				typeName, warned(fresh), warned(configured),
			)
		}
	}
}

// The objects of a VPC, a site or a hub can be misspelled as well.
func TestDeclareOfVPCs(t *testing.T) {
	route := func(name string) map[string]any {
		return map[string]any{"vpn": map[string]any{"destination": "10.20.0.0/16", name: "vpn"}}
	}
	run, typ := newRun(t), newRun(t).schemas["cidrplan_vpc"].ValueType()
	vpc := func(arguments map[string]any) tftypes.Value {
		return valueOf(typ, merged(map[string]any{"name": "prod", "cidr_blocks": []string{"192.168.0.0/16"}}, arguments))
	}
	declared := func(name string) tftypes.Value {
		attributes := values.AttributesOf(vpc(nil))
		attributes[topology.DeclareArgument] = dynamic(t, cty.ObjectVal(map[string]cty.Value{"routes": cty.ObjectVal(map[string]cty.Value{
			"vpn": cty.ObjectVal(map[string]cty.Value{"destination": cty.StringVal("10.20.0.0/16"), name: cty.StringVal("vpn")}),
		})}))
		return tftypes.NewValue(typ, attributes)
	}
	got, want := strings.Join(
		run.validate("cidrplan_vpc", declared("nexthop"), true),
		"\n",
	), `declare.routes["vpn"].nexthop: There is no argument named "nexthop". Did you mean "next_hop"?`
	if !strings.Contains(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
	nested := newRun(t).planConfig("cidrplan_vpc", vpc(map[string]any{"routes": route("next_hop")}), nil, nil)
	inDeclare := newRun(t).planConfig("cidrplan_vpc", declared("next_hop"), nil, nil)
	if a, b := run.value("cidrplan_vpc", nested.state), run.value("cidrplan_vpc", inDeclare.state); !a.Equal(b) {
		t.Errorf("as arguments\n%s\nin declare\n%s", a, b)
	}
}

// validate returns the messages of a validation: their level, path, summary and detail.
func (r *oneRun) validate(typeName string, config tftypes.Value, writeOnly bool) (found []string) {
	r.t.Helper()
	resp, err := r.server.ValidateResourceConfig(context.Background(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: typeName, Config: r.dynamic(config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: writeOnly},
	})
	if err != nil {
		r.t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		at := ""
		for i, step := range d.Attribute.Steps() {
			switch s := step.(type) {
			case tftypes.AttributeName:
				at += strings.TrimPrefix("."+string(s), map[bool]string{true: "."}[i == 0])
			case tftypes.ElementKeyString:
				at += `["` + string(s) + `"]`
			}
		}
		found = append(found, strings.ToLower(d.Severity.String())+" "+at+": "+d.Summary+": "+d.Detail)
	}
	return found
}
