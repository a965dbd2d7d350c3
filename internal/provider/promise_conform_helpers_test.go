package provider

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/msgpack"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// typed is what a provider gets for an argument of a type.
func typed(t failer, v cty.Value, want tftypes.Type) tftypes.Value {
	t.Helper()
	as := v.Type()
	if want.Is(tftypes.DynamicPseudoType) {
		as = cty.DynamicPseudoType
	}
	packed, err := msgpack.Marshal(v, as)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := (&tfprotov6.DynamicValue{MsgPack: packed}).Unmarshal(want)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// ctyType is the type that Terraform converts to for a field: every attribute of an object may be missing.
func ctyType(f values.Field) cty.Type {
	switch f.Shape {
	case values.Text:
		return cty.String
	case values.Number:
		return cty.Number
	case values.Flag:
		return cty.Bool
	case values.Texts:
		return cty.List(cty.String)
	case values.TextMap:
		return cty.Map(cty.String)
	case values.Objects:
		return cty.Map(ctyType(values.Field{Shape: values.Object, Fields: f.Fields}))
	}
	attributes, optional := map[string]cty.Type{}, []string{}
	for name, f := range f.Fields {
		attributes[name], optional = ctyType(f), append(optional, name)
	}
	return cty.ObjectWithOptionalAttrs(attributes, optional)
}

// ctyObject draws a value for an object: some attributes are missing.
func ctyObject(t *rapid.T, fs values.Fields) cty.Value {
	attributes := map[string]cty.Value{}
	for _, name := range slices.Sorted(maps.Keys(fs)) {
		if rapid.Bool().Draw(t, "has "+name) {
			attributes[name] = ctyValue(t, fs[name])
		}
	}
	return cty.ObjectVal(attributes)
}

// ctyValue draws a value that a configuration may have for a field: of another type than the field's, null
// or unknown now and then.
func ctyValue(t *rapid.T, f values.Field) cty.Value {
	switch rapid.IntRange(0, 40).Draw(t, "kind") {
	case 20:
		return cty.NullVal(cty.DynamicPseudoType)
	case 21, 22:
		return cty.DynamicVal
	case 23:
		return cty.UnknownVal(ctyType(f).WithoutOptionalAttributesDeep())
	case 24:
		return rapid.SampledFrom(
			[]cty.Value{
				cty.UnknownVal(cty.String),
				cty.NullVal(cty.Bool),
				cty.UnknownVal(cty.Number),
				cty.EmptyObjectVal,
				cty.EmptyTupleVal,
				cty.True,
				cty.StringVal("x"),
			},
		).
			Draw(t, "other")
	}
	switch f.Shape {
	case values.Text:
		return rapid.SampledFrom(
			[]cty.Value{
				cty.StringVal("10.0.0.0/8"),
				cty.StringVal(""),
				cty.MustParseNumberVal("0.1"),
				cty.NumberIntVal(1 << 40),
				cty.False,
			},
		).
			Draw(t, "text")
	case values.Number:
		return rapid.SampledFrom(
			[]cty.Value{
				cty.NumberIntVal(128),
				cty.StringVal("128"),
				cty.MustParseNumberVal("1.5"),
				cty.StringVal("1e3"),
				cty.StringVal("-7"),
				cty.StringVal("0x10"),
				cty.StringVal(" 1"),
			},
		).
			Draw(t, "number")
	case values.Flag:
		return rapid.SampledFrom(
			[]cty.Value{cty.True, cty.False, cty.StringVal("true"), cty.StringVal("0"), cty.StringVal("True"), cty.NumberIntVal(1)},
		).
			Draw(t, "flag")
	case values.Texts:
		return ctyList(t)
	case values.Object:
		return ctyObject(t, f.Fields)
	}
	elements := map[string]cty.Value{}
	element := values.Field{Shape: values.Text}
	if f.Shape == values.Objects {
		element = values.Field{Shape: values.Object, Fields: f.Fields}
	}
	for _, key := range []string{"a", "b.c"}[:rapid.IntRange(0, 2).Draw(t, "size")] {
		elements[key] = ctyValue(t, element)
	}
	if f.Shape == values.TextMap && len(elements) > 0 && rapid.Bool().Draw(t, "as map") {
		for key := range elements {
			elements[key] = rapid.SampledFrom([]cty.Value{cty.StringVal("x"), cty.UnknownVal(cty.String), cty.NullVal(cty.String)}).
				Draw(t, "element")
		}
		return cty.MapVal(elements)
	}
	return cty.ObjectVal(elements)
}

// ctyList draws a list, tuple or set of up to three elements.
func ctyList(t *rapid.T) cty.Value {
	kind := rapid.SampledFrom([]string{"tuple", "list", "set", "set of numbers"}).Draw(t, "list")
	var elements []cty.Value
	for range rapid.IntRange(0, 3).Draw(t, "length") {
		switch kind {
		case "tuple":
			elements = append(elements, ctyValue(t, values.Field{Shape: values.Text}))
		case "set of numbers":
			elements = append(
				elements,
				rapid.SampledFrom([]cty.Value{cty.NumberIntVal(30), cty.NumberIntVal(4), cty.UnknownVal(cty.Number)}).Draw(t, "element"),
			)
		default:
			elements = append(
				elements,
				rapid.SampledFrom([]cty.Value{cty.StringVal("z"), cty.StringVal("b"), cty.UnknownVal(cty.String), cty.NullVal(cty.String)}).
					Draw(t, "element"),
			)
		}
	}
	switch {
	case kind == "tuple" || len(elements) == 0:
		return cty.TupleVal(elements)
	case kind == "list":
		return cty.ListVal(elements)
	}
	return cty.SetVal(elements)
}
