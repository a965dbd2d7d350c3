package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// replaced is a value with another one at a path of attributes, keys and indices; nil takes the element out.
func replaced(v tftypes.Value, at topology.Path, with *tftypes.Value) *tftypes.Value {
	if len(at) == 0 {
		return with
	}
	name := at[0].Attr + at[0].Key
	if list, ok := values.Elements(v); ok {
		list = slices.Clone(list)
		list[at[0].Index-1] = *replaced(list[at[0].Index-1], at[1:], with)
		out := tftypes.NewValue(v.Type(), list)
		return &out
	}
	all := maps.Clone(values.AttributesOf(v))
	if inside := replaced(all[name], at[1:], with); inside == nil {
		delete(all, name)
	} else {
		all[name] = *inside
	}
	out := tftypes.NewValue(v.Type(), all)
	return &out
}

// leaves are the places of all texts and numbers in a value.
func leaves(v tftypes.Value, at topology.Path, visit func(at topology.Path, v tftypes.Value)) {
	list, isList := values.Elements(v)
	for i, e := range list {
		leaves(e, at.At(i), visit)
	}
	all, isObject := values.Members(v)
	for name, e := range all {
		if values.IsA(v, tftypes.Map{}) {
			leaves(e, at.Key(name), visit)
		} else {
			leaves(e, at.Attr(name), visit)
		}
	}
	if !isList && !isObject && !v.IsNull() {
		visit(at, v)
	}
}

// stateOf is the state of an allocator with a cluster of both families, one on CCE and one that is released, and
// that of blocks, and the record of it.
func stateOf(t *testing.T, blocks bool) (*plannerResource, tftypes.Value, string) {
	t.Helper()
	p := messages.Writer{Catalog: profile.Default(), OfBlocks: blocks}
	planner, given := clusterPlanner(p, new(run)), sound
	if blocks {
		planner, given = blockPlanner(p, new(run)), soundBlocks
	}
	d := planner.kind
	arguments := values.AttributesOf(mutatedObject(nil, d.arguments, given, never))
	request, _ := d.read(arguments)
	found, result := planAndReport(p, request, nil)
	for _, m := range found {
		if !m.Warn {
			t.Fatalf("refused: %+v", m)
		}
	}
	profiles := map[string]string{}
	result.Released = map[string]allocate.Released{}
	for name, a := range result.Allocations {
		profiles[name] = request.Facts.Clusters[name].Profile
		a.Values, a.Output = nil, ""
		result.Released[name+"~old"] = allocate.Released{Cluster: name + "-old", Profile: profiles[name], Allocation: a}
		result.Released[name] = allocate.Released{
			Cluster:    name,
			Profile:    profiles[name],
			Order:      2,
			Allocation: a,
		} // beside the one that is held
	}
	attributes := d.encode(request, result)
	attributes["released"] = d.releasedValue(result)
	a := newPlannerResource(planner)
	state, lock := assembled(a.typ, arguments, attributes), lockOf(result.Allocations, profiles, result.Released, d.lock)
	record := string(a.record(state))
	if record == "" || record != string(compact(lock)) {
		t.Fatalf("the record of the state is %s, want %s", record, lock)
	}
	return a, state, record
}

// damage is the message on a state with a value at a place; nil takes what is there out.
func damage(a *plannerResource, state tftypes.Value, record string, at topology.Path, with *tftypes.Value) string {
	found := a.damaged(values.AttributesOf(*replaced(state, at, with)), record)
	if len(found) == 0 {
		return ""
	}
	return found[0].Summary + "\n" + found[0].Detail
}

// An argument for a cloud resource that is not what its ranges say is reported with its place, changed or taken away.
func TestDamagedArgumentsOfCloudResourcesAreRefused(t *testing.T) {
	a, state, record := stateOf(t, false)
	seen := map[string]int{}
	leaves(values.AttributesOf(state)[a.kind.main], topology.Path{}.Attr(a.kind.main), func(at topology.Path, v tftypes.Value) {
		output, known := a.writer.Catalog.Outputs()[at[2].Attr]
		if len(at) != 4 || !known {
			return
		}
		seen[at[2].Attr]++
		of := output.Attributes[at[3].Attr]
		other, none := another(v), values.Null(v.Type())
		if text := damage(a, state, record, at, &other); of.NotInRanges() == strings.Contains(text, at.String()+" has ") {
			t.Errorf("another value at %s: %s", at, text)
		}
		if text := damage(a, state, record, at, &none); of.OfRangeAlone() != strings.Contains(text, at.String()+` has ""`) {
			t.Errorf("nothing at %s: %s", at, text)
		}
		object := at[:3]
		gone := values.Null(allocationFields(a.writer.Catalog)[at[2].Attr].Type())
		if text := damage(a, state, record, object, &gone); !strings.Contains(text, object.String()+" is not set") {
			t.Errorf("nothing at %s: %s", object, text)
		}
	})
	if len(seen) < 2 {
		t.Errorf("only %v were tried", seen)
	}
}

// another is a value that no allocation of these tests has.
func another(v tftypes.Value) tftypes.Value {
	switch {
	case values.IsA(v, tftypes.Number):
		return tftypes.NewValue(tftypes.Number, 13)
	case values.IsA(v, tftypes.Bool):
		return tftypes.NewValue(tftypes.Bool, false)
	}
	return tftypes.NewValue(tftypes.String, "10.99.0.0/24")
}

// attributeOf is the attribute that a place is in.
func attributeOf(at topology.Path) string {
	name := messages.LastAttr(at)
	for _, step := range slices.Backward(at) {
		if name == "" {
			name = step.Attr
		}
	}
	return name
}

// isHeld says whether an attribute is a range or a mask that is held; the others follow from these.
func isHeld(name string) bool {
	return name == "cidr" || name == "cidrs" || name == "node_cidr_mask" || name == "node_ipv6_cidr_mask" ||
		strings.HasPrefix(name, "pod_") && name != "pod_cidr" && name != "pod_subnets" || strings.HasPrefix(name, "service_")
}

// damaged are a value that an attribute cannot have, and another one that it could have.
func damaged(name string, v tftypes.Value) (garbage, other tftypes.Value) {
	switch {
	case values.IsA(v, tftypes.Number):
		return tftypes.NewValue(tftypes.Number, -3), another(v)
	case strings.Contains(name, "ipv6"):
		return tftypes.NewValue(tftypes.String, "garbage"), tftypes.NewValue(tftypes.String, "fd99::/64")
	}
	return tftypes.NewValue(tftypes.String, "garbage"), another(v)
}

// wantDamage wants each damage at a place to be reported: garbage, with a record and without, another value, and nothing.
func wantDamage(
	t *testing.T, at topology.Path, garbage, other tftypes.Value, damage func(string, topology.Path, *tftypes.Value) string, record string,
) {
	t.Helper()
	place := at[:2].String()
	for _, record := range []string{record, ""} {
		if text := damage(record, at, &garbage); !strings.Contains(text, "State Is Damaged") ||
			!strings.Contains(text, at.String()) || strings.Contains(text, "invalid Prefix") {
			t.Errorf("garbage at %s: %s", at, text)
		}
	}
	if text := damage(record, at, &other); !strings.Contains(text, place) || !strings.Contains(text, "and the record says") ||
		!strings.Contains(text, "extract the record from the state") {
		t.Errorf("another value at %s: %s", at, text)
	}
	if text := damage(record, at[:2], nil); !strings.Contains(text, place+" is missing, and the record says") {
		t.Errorf("nothing at %s: %s", place, text)
	}
}

// Whatever is changed in what a state holds is reported with its place; a state as it was written is none.
func TestADamagedStateIsRefused(t *testing.T) {
	for _, blocks := range []bool{false, true} {
		a, state, record := stateOf(t, blocks)
		if text := damage(a, state, record, nil, &state); text != "" {
			t.Fatalf("a sound state: %s", text)
		}
		if text := damage(a, state, "", nil, &state); text != "" {
			t.Fatalf("a state without a record: %s", text)
		}
		seen := 0
		for _, root := range []string{a.kind.main, "released"} {
			leaves(values.AttributesOf(state)[root], topology.Path{}.Attr(root), func(at topology.Path, v tftypes.Value) {
				if name := attributeOf(at); isHeld(name) && (root != "allocations" || len(at) <= 3 || at[2].Attr == "pod_cidrs") {
					seen++
					garbage, other := damaged(name, v)
					wantDamage(t, at, garbage, other, func(record string, at topology.Path, v *tftypes.Value) string {
						return damage(a, state, record, at, v)
					}, record)
				}
			})
		}
		if text := damage(a, state, "{", nil, &state); !strings.Contains(text, "the record: line 1") ||
			strings.Contains(text, "extract the record") {
			t.Errorf("a damaged record: %s", text)
		}
		if seen < 4 {
			t.Errorf("only %d values were tried", seen)
		}
	}
}
