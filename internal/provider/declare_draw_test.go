package provider

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"pgregory.net/rapid"
)

// drawn draws whether a value has the type of its argument or a looser one.
func drawn(t *rapid.T) func() bool { return func() bool { return rapid.Bool().Draw(t, "loose") } }

// declaring is a configuration with the objects of arguments in declare, in types that a configuration may
// have for them.
func declaring(loose func() bool, fs fields, nested types.Object) types.Object {
	attributes, inside := nested.Attributes(), map[string]attr.Value{}
	for _, name := range slices.Sorted(maps.Keys(fs.objectArguments())) {
		if v := attributes[name]; !v.IsNull() {
			inside[name] = loosened(loose, v)
		}
		attributes[name] = null(fs[name].typ())
	}
	attributes[declareArgument] = types.DynamicValue(objectOf(inside))
	kinds := maps.Clone(nested.AttributeTypes(context.Background()))
	kinds[declareArgument] = types.DynamicType
	return types.ObjectValueMust(kinds, attributes)
}

func objectOf(attributes map[string]attr.Value) attr.Value {
	kinds := map[string]attr.Type{}
	for name, v := range attributes {
		kinds[name] = v.Type(context.Background())
	}
	return types.ObjectValueMust(kinds, attributes)
}

// loosened is a value as an expression gives it: objects without null attributes, tuples, numbers as strings,
// unknown values of no type. loose decides for each place.
func loosened(loose func() bool, v attr.Value) attr.Value {
	switch {
	case v.IsNull() && loose():
		return types.DynamicNull()
	case v.IsUnknown() && loose():
		return types.DynamicUnknown()
	case v.IsNull() || v.IsUnknown():
		return v
	default:
		return loosenedKnown(loose, v)
	}
}

func loosenedKnown(loose func() bool, v attr.Value) attr.Value {
	switch given := v.(type) {
	case types.Number:
		if loose() {
			return types.StringValue(given.ValueBigFloat().Text('f', -1))
		}
	case types.List:
		var kinds []attr.Type
		var elements []attr.Value
		for _, e := range given.Elements() {
			e = loosened(loose, e)
			kinds, elements = append(kinds, e.Type(context.Background())), append(elements, e)
		}
		return types.TupleValueMust(kinds, elements)
	}
	if attributes, ok := members(v); ok {
		out := map[string]attr.Value{}
		for _, name := range slices.Sorted(maps.Keys(attributes)) {
			if _, isMap := v.(types.Map); isMap || !attributes[name].IsNull() || !loose() {
				out[name] = loosened(loose, attributes[name])
			}
		}
		return objectOf(out)
	}
	return v
}
