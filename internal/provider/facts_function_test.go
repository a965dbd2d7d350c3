package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// vpcsOf is the argument of facts with one VPC.
func vpcsOf(id, cidr any) tftypes.Value {
	vpc := map[string]tftypes.Value{
		"id": tftypes.NewValue(tftypes.String, id), "cidr_block": tftypes.NewValue(tftypes.String, cidr),
		"region_id": tftypes.NewValue(tftypes.String, nil),
	}
	prod := objectOf(map[string]tftypes.Value{"prod": objectOf(vpc)})
	return objectOf(map[string]tftypes.Value{"alicloud": objectOf(map[string]tftypes.Value{"vpcs": prod})})
}

// called is what facts returns, "" and the text of its error where it fails.
func called(t *testing.T, argument tftypes.Value) (facts map[string]tftypes.Value, failed *tfprotov6.FunctionError) {
	t.Helper()
	result, failed := newFactsFunction(messages.Writer{}, clouds.Default).Call([]tftypes.Value{argument})
	if failed != nil {
		return nil, failed
	}
	return values.AttributesOf(result), nil
}

func TestFactsKnown(t *testing.T) {
	facts, failed := called(t, vpcsOf("v", "10.0.0.0/16"))
	if failed != nil {
		t.Fatal(failed.Text)
	}
	for name, v := range facts {
		if !v.IsFullyKnown() {
			t.Errorf("%s is %s", name, v)
		}
	}
	prod := values.AttributesOf(values.AttributesOf(facts["vpcs"])["prod"])
	if got := prod["cidr_blocks"].String(); !strings.Contains(got, "10.0.0.0/16") || !prod["region"].IsNull() {
		t.Errorf("the VPC is %s", facts["vpcs"])
	}
}

// Ranges beside Pods and Services are those that the cloud reports, null where it reports none.
func TestFactsOfOtherRanges(t *testing.T) {
	of := func(plane any) tftypes.Value {
		text := func(v any) tftypes.Value { return tftypes.NewValue(tftypes.String, v) }
		return objectOf(map[string]tftypes.Value{"google": objectOf(map[string]tftypes.Value{"clusters": objectOf(map[string]tftypes.Value{
			"shop": objectOf(map[string]tftypes.Value{
				"id": text("c-1"), "cluster_ipv4_cidr": text("10.4.0.0/14"),
				"private_cluster_config": objectOf(map[string]tftypes.Value{"master_ipv4_cidr_block": text(plane)}),
			}),
		})})})
	}
	uses := tftypes.Map{ElementType: tftypes.List{ElementType: tftypes.String}}
	for name, test := range map[string]struct {
		plane any
		want  tftypes.Value
	}{
		"one":           {"172.16.0.0/28", values.Encode(uses, map[string]any{"control_plane": []string{"172.16.0.0/28"}})},
		"none":          {nil, values.Null(uses)},
		"not known yet": {tftypes.UnknownValue, values.Unknown(uses)},
	} {
		facts, failed := called(t, of(test.plane))
		if failed != nil {
			t.Fatal(failed.Text)
		}
		if got := values.AttributesOf(values.AttributesOf(facts["existing"])["shop"])["other_ranges"]; !got.Equal(test.want) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// Terraform itself refuses null where a function gets it as a whole. Within the argument, null is nothing, but for an object.
func TestFactsNull(t *testing.T) {
	for name, f := range map[string]interface{ Definition() *tfprotov6.Function }{
		"facts": newFactsFunction(messages.Writer{}, clouds.Default), "facts_of_state": newFactsOfStateFunction(clouds.Default),
	} {
		parameter := f.Definition().Parameters[0]
		if parameter.AllowNullValue || parameter.AllowUnknownValues != (name == "facts") {
			t.Errorf("%s: null %t, unknown %t", name, parameter.AllowNullValue, parameter.AllowUnknownValues)
		}
	}
	null := tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, nil)
	for name, argument := range map[string]tftypes.Value{
		"a platform": objectOf(map[string]tftypes.Value{"alicloud": null}),
		"a map":      objectOf(map[string]tftypes.Value{"alicloud": objectOf(map[string]tftypes.Value{"vpcs": null})}),
	} {
		facts, failed := called(t, argument)
		if failed != nil || len(values.AttributesOf(facts["vpcs"])) != 0 || !facts["vpcs"].IsFullyKnown() {
			t.Errorf("%s that is null: %v %v", name, facts["vpcs"], failed)
		}
	}
	object := objectOf(map[string]tftypes.Value{"prod": null})
	argument := objectOf(map[string]tftypes.Value{"alicloud": objectOf(map[string]tftypes.Value{"vpcs": object})})
	if _, failed := called(t, argument); failed == nil || !strings.Contains(failed.Text, `alicloud.vpcs["prod"]`) {
		t.Errorf("an object that is null: %v", failed)
	}
}

func TestFactsUnknown(t *testing.T) {
	facts, failed := called(t, tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue))
	if failed != nil {
		t.Fatal(failed.Text)
	}
	for name, v := range facts {
		if v.IsKnown() {
			t.Errorf("the argument is not known, but %s is %s", name, v)
		}
	}
	facts, failed = called(t, vpcsOf(tftypes.UnknownValue, tftypes.UnknownValue))
	if failed != nil {
		t.Fatal(failed.Text)
	}
	prod := values.AttributesOf(values.AttributesOf(facts["vpcs"])["prod"])
	if prod["cidr_blocks"].IsKnown() || !prod["platform"].IsKnown() || !prod["routes"].IsKnown() || !facts["hubs"].IsFullyKnown() {
		t.Errorf("the block of a VPC is not known: %v", facts)
	}
}

func TestFactsInvalid(t *testing.T) {
	text := tftypes.NewValue(tftypes.String, "10.0.0.0/16")
	for name, test := range map[string]struct {
		argument tftypes.Value
		want     string
	}{
		"a string":      {text, "an object"},
		"another cloud": {objectOf(map[string]tftypes.Value{"nimbus": text}), "nimbus"},
		"a string for a map": {
			objectOf(map[string]tftypes.Value{"alicloud": objectOf(map[string]tftypes.Value{"vpcs": text})}), "alicloud.vpcs",
		},
		"what is not a range": {vpcsOf("v", "ten"), "CIDR"},
	} {
		_, failed := called(t, test.argument)
		if failed == nil || !strings.Contains(failed.Text, test.want) || *failed.FunctionArgument != 0 {
			t.Errorf("%s: %+v, want %s", name, failed, test.want)
		}
	}
}
