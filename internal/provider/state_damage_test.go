package provider

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// replaced is a value with another one at a path of attributes, keys and indices; nil takes the element out.
func replaced(v attr.Value, at topology.Path, with attr.Value) attr.Value {
	if len(at) == 0 {
		return with
	}
	name := at[0].Attr + at[0].Key
	switch v := v.(type) {
	case types.Object:
		all := maps.Clone(v.Attributes())
		all[name] = replaced(all[name], at[1:], with)
		return types.ObjectValueMust(v.AttributeTypes(nil), all) //nolint:staticcheck // the context is not used
	case types.Map:
		all := maps.Clone(v.Elements())
		if all[name] = replaced(all[name], at[1:], with); all[name] == nil {
			delete(all, name)
		}
		return types.MapValueMust(v.ElementType(nil), all) //nolint:staticcheck // the same
	case types.List:
		all := slices.Clone(v.Elements())
		all[at[0].Index-1] = replaced(all[at[0].Index-1], at[1:], with)
		return types.ListValueMust(v.ElementType(nil), all) //nolint:staticcheck // the same
	}
	panic(fmt.Sprintf("nothing at %v of %v", at, v))
}

// leaves are the places of all texts and numbers in a value.
func leaves(v attr.Value, at topology.Path, visit func(at topology.Path, v attr.Value)) {
	switch v := v.(type) {
	case types.Object:
		for name, e := range v.Attributes() {
			leaves(e, at.Attr(name), visit)
		}
	case types.Map:
		for key, e := range v.Elements() {
			leaves(e, at.Key(key), visit)
		}
	case types.List:
		for i, e := range v.Elements() {
			leaves(e, at.At(i), visit)
		}
	default:
		if !v.IsNull() {
			visit(at, v)
		}
	}
}

// stateOf is the state of an allocator with a cluster of both families, one on CCE and one that is released, and
// that of blocks.
func stateOf(t *testing.T, blocks bool) (*plannerResource, types.Object) {
	t.Helper()
	p := prose{catalog: profile.Default(), blocks: blocks}
	d, given := allocatorDoor(p.catalog), sound
	if blocks {
		d, given = blocksDoor(p.catalog), soundBlocks
	}
	request, _ := d.read(mutatedObject(nil, d.arguments, given, never))
	messages, result := p.answer(request, nil)
	for _, m := range messages {
		if !m.warn {
			t.Fatalf("refused: %+v", m)
		}
	}
	profiles := map[string]string{}
	result.Released = map[string]allocate.Released{}
	for name, a := range result.Allocations {
		profiles[name] = request.Facts.Clusters[name].Profile
		a.Values, a.Output = nil, ""
		result.Released[name+"~old"] = allocate.Released{Cluster: name + "-old", Profile: profiles[name], Allocation: a}
		result.Released[name] = allocate.Released{Cluster: name, Profile: profiles[name], Order: 2, Allocation: a} // beside the one that is held
	}
	attributes := d.encode(request, result)
	main, released := attributes[d.main], d.encodeReleased(result)
	lock := types.StringValue(lockOf(result.Allocations, profiles, result.Released, d.lock))
	state := types.ObjectValueMust(
		map[string]attr.Type{d.main: main.Type(t.Context()), "released": released.Type(t.Context()), "lock": types.StringType},
		map[string]attr.Value{d.main: main, "released": released, "lock": lock},
	)
	return &plannerResource{planned{prose: p, door: d}}, state
}

func damage(a *plannerResource, state attr.Value) string {
	var diags diag.Diagnostics
	a.damaged(state.(types.Object), &diags)
	if !diags.HasError() {
		return ""
	}
	return diags[0].Summary() + "\n" + diags[0].Detail()
}

// An argument for a cloud resource that is not what its ranges say is reported with its place, changed or taken away.
func TestDamagedArgumentsOfCloudResourcesAreRefused(t *testing.T) {
	a, state := stateOf(t, false)
	seen := map[string]int{}
	leaves(state.Attributes()[a.door.main], topology.Path{}.Attr(a.door.main), func(at topology.Path, v attr.Value) {
		output, known := a.prose.catalog.Outputs()[at[2].Attr]
		if len(at) != 4 || !known {
			return
		}
		seen[at[2].Attr]++
		of := output.Attributes[at[3].Attr]
		var other, none attr.Value = types.StringValue("10.99.0.0/24"), types.StringNull()
		switch v.(type) {
		case types.Number:
			other, none = types.NumberValue(big.NewFloat(13)), types.NumberNull()
		case types.Bool:
			other, none = types.BoolValue(false), types.BoolNull()
		}
		if text := damage(a, replaced(state, at, other)); of.OfFamilies() == strings.Contains(text, at.String()+" has ") {
			t.Errorf("another value at %s: %s", at, text)
		}
		if text := damage(a, replaced(state, at, none)); of.OfRangeAlone() != strings.Contains(text, at.String()+` has ""`) {
			t.Errorf("nothing at %s: %s", at, text)
		}
		object := at[:3]
		gone := types.ObjectNull(allocationFields(a.prose.catalog)[at[2].Attr].typ().(types.ObjectType).AttrTypes)
		if text := damage(a, replaced(state, object, gone)); !strings.Contains(text, object.String()+" is not set") {
			t.Errorf("nothing at %s: %s", object, text)
		}
	})
	if len(seen) < 2 {
		t.Errorf("only %v were tried", seen)
	}
}

// Whatever is changed in what a state holds is reported with its place; a state as it was written is none.
func TestADamagedStateIsRefused(t *testing.T) {
	for _, blocks := range []bool{false, true} {
		a, state := stateOf(t, blocks)
		if text := damage(a, state); text != "" {
			t.Fatalf("a sound state: %s", text)
		}
		without := replaced(state, topology.Path{}.Attr("lock"), types.StringNull())
		if text := damage(a, without); text != "" {
			t.Fatalf("a state without lock: %s", text)
		}
		seen := 0
		for _, root := range []string{a.door.main, "released"} {
			leaves(state.Attributes()[root], topology.Path{}.Attr(root), func(at topology.Path, v attr.Value) {
				name := lastAttr(at)
				for _, step := range slices.Backward(at) {
					if name == "" {
						name = step.Attr
					}
				}
				held := name == "cidr" || name == "cidrs" || strings.HasPrefix(name, "pod_") && name != "pod_cidr" && name != "pod_subnets" || strings.HasPrefix(name, "service_") || name == "node_cidr_mask" || name == "node_ipv6_cidr_mask"
				if !held || root == "allocations" && len(at) > 3 && at[2].Attr != "pod_cidrs" {
					return // what follows from these
				}
				seen++
				var garbage, other attr.Value = types.StringValue("garbage"), types.StringValue("10.99.0.0/24")
				if _, number := v.(types.Number); number {
					garbage, other = types.NumberValue(big.NewFloat(-3)), types.NumberValue(big.NewFloat(13))
				} else if strings.Contains(name, "ipv6") {
					other = types.StringValue("fd99::/64")
				}
				place := at[:2].String()
				for _, state := range []attr.Value{state, without} {
					if text := damage(a, replaced(state, at, garbage)); !strings.Contains(text, "State Is Damaged") || !strings.Contains(text, at.String()) || strings.Contains(text, "invalid Prefix") {
						t.Errorf("garbage at %s: %s", at, text)
					}
				}
				if text := damage(a, replaced(state, at, other)); !strings.Contains(text, place) || !strings.Contains(text, "lock says") {
					t.Errorf("another value at %s: %s", at, text)
				}
				if text := damage(a, replaced(state, at[:2], nil)); !strings.Contains(text, place+" is missing, and lock says") {
					t.Errorf("nothing at %s: %s", place, text)
				}
			})
		}
		if text := damage(a, replaced(state, topology.Path{}.Attr("lock"), types.StringValue("{"))); !strings.Contains(text, "lock: line 1") {
			t.Errorf("a damaged lock: %s", text)
		}
		if seen < 4 {
			t.Errorf("only %d values were tried", seen)
		}
	}
}
