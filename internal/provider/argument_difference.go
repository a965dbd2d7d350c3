package provider

import (
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// difference is one argument that two configurations give different values.
type difference struct {
	// root is the name of the argument, at its place, such as clusters["shop"].max_nodes.
	root, at string
	a, b     tftypes.Value
}

// contradicts says whether both configurations set one of the arguments, and to different values. A value that is not
// known yet contradicts none.
func (d difference) contradicts(arguments []string) bool {
	given := func(v tftypes.Value) bool { return v.IsFullyKnown() && !v.IsNull() }
	return slices.Contains(arguments, d.root) && given(d.a) && given(d.b)
}

// differencesOf lists the arguments of two resources of one type that differ, in the order of their places.
func differencesOf(a, b tftypes.Value) []difference {
	var all []difference
	inA, inB := values.AttributesOf(a), values.AttributesOf(b)
	for _, root := range unionOfKeys(inA, inB) {
		for _, d := range differencesAt(root, inA[root], inB[root]) {
			d.root = root
			all = append(all, d)
		}
	}
	return all
}

// differencesAt goes into objects and maps; lists and sets are compared as a whole.
func differencesAt(at string, a, b tftypes.Value) []difference {
	if a.Equal(b) {
		return nil
	}
	inA, inB := values.AttributesOf(a), values.AttributesOf(b)
	if inA == nil || inB == nil {
		return []difference{{at: at, a: a, b: b}}
	}
	var all []difference
	for _, key := range unionOfKeys(inA, inB) {
		all = append(all, differencesAt(placeIn(a, at, key), elementOr(inA, inB, key), elementOr(inB, inA, key))...)
	}
	return all
}

// unionOfKeys are the keys of either of two maps, sorted.
func unionOfKeys(a, b map[string]tftypes.Value) []string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}

// elementOr is an element, or null where only the other value has it.
func elementOr(elements, others map[string]tftypes.Value, key string) tftypes.Value {
	if v, ok := elements[key]; ok {
		return v
	}
	return tftypes.NewValue(others[key].Type(), nil)
}

// placeIn is the place of an element as a configuration writes it.
func placeIn(parent tftypes.Value, at, key string) string {
	if parent.Type().Is(tftypes.Map{}) {
		return fmt.Sprintf("%s[%q]", at, key)
	}
	return at + "." + key
}

// valueText writes a value as a configuration would, on one line.
func valueText(v tftypes.Value) string {
	switch {
	case !v.IsKnown():
		return "(known after apply)"
	case v.IsNull():
		return "not set"
	}
	if inside, ok := values.Members(v); ok {
		var texts []string
		for _, key := range slices.Sorted(maps.Keys(inside)) {
			if !inside[key].IsNull() {
				texts = append(texts, key+" = "+valueText(inside[key]))
			}
		}
		return "{ " + messages.Listed(texts, 6) + " }"
	}
	var text string
	var number *big.Float
	var flag bool
	var list []tftypes.Value
	switch {
	case v.As(&text) == nil:
		return messages.Shown(text)
	case v.As(&number) == nil:
		return number.Text('f', -1)
	case v.As(&flag) == nil:
		return fmt.Sprint(flag)
	case v.As(&list) == nil:
		var texts []string
		for _, element := range list {
			texts = append(texts, valueText(element))
		}
		return "[" + messages.Listed(texts, 6) + "]"
	}
	return "another value"
}

// written are differences with the values as a configuration writes them.
func written(differences []difference) []messages.ArgumentDifference {
	var out []messages.ArgumentDifference
	for _, d := range differences {
		out = append(out, messages.ArgumentDifference{At: d.at, First: valueText(d.a), Second: valueText(d.b)})
	}
	return out
}
