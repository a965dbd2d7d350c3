package provider

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// drawn draws whether a value has the type of its argument or a looser one.
func drawn(t *rapid.T) func() bool { return func() bool { return rapid.Bool().Draw(t, "loose") } }

// declaring is a configuration with the objects of arguments in declare, in types that a configuration may
// have for them.
func declaring(loose func() bool, fs values.Fields, nested tftypes.Value) tftypes.Value {
	attributes, inside := maps.Clone(values.AttributesOf(nested)), map[string]tftypes.Value{}
	for _, name := range slices.Sorted(maps.Keys(fs.ObjectArguments())) {
		if v := attributes[name]; !v.IsNull() {
			inside[name] = loosened(loose, v)
		}
		attributes[name] = values.Null(fs[name].Type())
	}
	attributes[topology.DeclareArgument] = objectOf(inside)
	return objectOf(attributes)
}

func objectOf(attributes map[string]tftypes.Value) tftypes.Value {
	kinds := map[string]tftypes.Type{}
	for name, v := range attributes {
		kinds[name] = v.Type()
	}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: kinds}, attributes)
}

// loosened is a value as an expression gives it: objects without null attributes, tuples, numbers as strings,
// unknown values of no type. loose decides for each place.
func loosened(loose func() bool, v tftypes.Value) tftypes.Value {
	switch {
	case v.IsNull() && loose():
		return values.Null(tftypes.DynamicPseudoType)
	case !v.IsKnown() && loose():
		return values.Unknown(tftypes.DynamicPseudoType)
	case v.IsNull() || !v.IsKnown():
		return v
	default:
		return loosenedKnown(loose, v)
	}
}

func loosenedKnown(loose func() bool, v tftypes.Value) tftypes.Value {
	if values.IsA(v, tftypes.Number) && loose() {
		return tftypes.NewValue(tftypes.String, values.NumberOf(v).Text('f', -1))
	}
	if list, ok := values.Elements(v); ok {
		var kinds []tftypes.Type
		loosenedAll := []tftypes.Value{}
		for _, e := range list {
			e = loosened(loose, e)
			kinds, loosenedAll = append(kinds, e.Type()), append(loosenedAll, e)
		}
		return tftypes.NewValue(tftypes.Tuple{ElementTypes: kinds}, loosenedAll)
	}
	if attributes, ok := values.Members(v); ok {
		out := map[string]tftypes.Value{}
		for _, name := range slices.Sorted(maps.Keys(attributes)) {
			if values.IsA(v, tftypes.Map{}) || !attributes[name].IsNull() || !loose() {
				out[name] = loosened(loose, attributes[name])
			}
		}
		return objectOf(out)
	}
	return v
}
