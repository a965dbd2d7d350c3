package provider

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/msgpack"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// small are fields of every shape that arguments have.
var small = values.Fields{
	"word": {
		Shape: values.Text,
	}, "count": {Shape: values.Number}, "yes": {Shape: values.Flag}, "words": {Shape: values.Texts}, "labels": {Shape: values.TextMap},
	"inner": {Shape: values.Object, Fields: values.Fields{"cidr": {Shape: values.Text}, "size": {Shape: values.Number}}},
	"all": {
		Shape:  values.Objects,
		Fields: values.Fields{"cidr": {Shape: values.Text}, "tags": {Shape: values.TextMap}, "list": {Shape: values.Texts}},
	},
}

// The conformer accepts what Terraform's own conversion accepts, and gives the same value, whatever is null,
// unknown or of another type.
func TestConformerConvertsAsTerraformDoes(t *testing.T) {
	accepted, refused, unknown := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		given := ctyObject(t, small)
		want, err := convert.Convert(given, ctyType(values.Field{Shape: values.Object, Fields: small}))
		c := &values.Conformer{}
		got := c.Field(nil, dynamic(t, given), values.Field{Shape: values.Object, Fields: small}, small.Type())
		if (err != nil) != (len(c.Faults) > 0) {
			t.Fatalf("%#v: Terraform answers %v, the conformer %v", given, err, c.Faults)
		}
		if err != nil {
			refused++
			return
		}
		accepted++
		if expected := typed(t, want, small.Type()); !got.Equal(expected) {
			t.Fatalf("%#v:\ngot  %s\nwant %s", given, got, expected)
		}
		if !want.IsWhollyKnown() {
			unknown++
		}
	})
	if accepted == 0 || refused == 0 || unknown == 0 {
		t.Errorf("%d values were accepted, %d of them with unknown parts, and %d refused: each kind is needed", accepted, unknown, refused)
	}
}

func TestConformerReportsWhatTheFieldsLack(t *testing.T) {
	entry := func(name string) cty.Value {
		return cty.ObjectVal(
			map[string]cty.Value{
				"all": cty.ObjectVal(map[string]cty.Value{"a": cty.ObjectVal(map[string]cty.Value{name: cty.NullVal(cty.String)})}),
			},
		)
	}
	for name, test := range map[string]struct {
		given           cty.Value
		faults, unusual string
	}{
		"a misspelled attribute, even a null one":  {entry("cird"), `all["a"].cird`, ""},
		"an attribute that resembles none":         {entry("kubernetes_version"), "", `all["a"].kubernetes_version`},
		"the id of a resource that is given whole": {entry("id"), "", ""},
		"an argument":               {cty.ObjectVal(map[string]cty.Value{"wort": cty.True}), "wort", ""},
		"an id among the arguments": {cty.ObjectVal(map[string]cty.Value{"id": cty.True}), "", "id"},
	} {
		t.Run(name, func(t *testing.T) {
			c := &values.Conformer{}
			c.Field(nil, dynamic(t, test.given), values.Field{Shape: values.Object, Fields: small}, small.Type())
			if got := placesOf(c.Faults); got != test.faults {
				t.Errorf("faults at %q, want %q", got, test.faults)
			}
			if got := placesOf(c.Unused); got != test.unusual {
				t.Errorf("unused attributes at %q, want %q", got, test.unusual)
			}
		})
	}
}

// An allocation or what was released can be given as existing, whole; an object that somebody wrote has no attributes beyond
// the fields.
func TestConformerAcceptsResultsOfTheProvider(t *testing.T) {
	catalog := profile.Default()
	whole := func(of values.Fields, more ...string) cty.Value {
		attributes := map[string]cty.Value{}
		for name := range of {
			attributes[name] = cty.NullVal(cty.DynamicPseudoType)
		}
		for _, name := range more {
			attributes[name] = cty.StringVal("10.64.0.0/20")
		}
		return cty.ObjectVal(map[string]cty.Value{"shop": cty.ObjectVal(attributes)})
	}
	for name, test := range map[string]struct {
		argument        values.Field
		given           cty.Value
		faults, unusual string
	}{
		"an allocation":             {allocatorArguments(catalog)["existing"], whole(allocationFields(catalog)), "", ""},
		"an allocation of an audit": {auditArguments(catalog)["existing"], whole(allocationFields(catalog)), "", ""},
		"an allocation with another attribute": {
			allocatorArguments(catalog)["existing"],
			whole(allocationFields(catalog), "pod_cidrz"),
			`existing["shop"].pod_cidrz`,
			"",
		},
		"what was released": {
			allocatorArguments(catalog)["existing"],
			whole(allocatorResourceResults["released"].Fields),
			"",
			"",
		},
		"what blocks released": {
			blocksArguments(catalog)["existing"],
			whole(blocksResourceResults["released"].Fields),
			"",
			"",
		},
		"a part of an allocation": {
			allocatorArguments(catalog)["existing"],
			whole(nil, "pod_cidr", "usable"),
			`existing["shop"].pod_cidr`,
			`existing["shop"].usable`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := &values.Conformer{}
			c.Field(topology.Path{}.Attr("existing"), dynamic(t, test.given), test.argument, test.argument.Type())
			if got := placesOf(c.Faults); got != test.faults {
				t.Errorf("faults at %q, want %q", got, test.faults)
			}
			if got := placesOf(c.Unused); got != test.unusual {
				t.Errorf("unused attributes at %q, want %q", got, test.unusual)
			}
		})
	}
}

func placesOf(faults []topology.Fault) (places string) {
	for _, f := range faults {
		places += f.At.String()
	}
	return places
}

// failer is a test, or a check of many values.
type failer interface {
	Helper()
	Fatal(...any)
}

// dynamic is what a provider gets for a dynamic argument.
func dynamic(t failer, v cty.Value) tftypes.Value {
	t.Helper()
	return typed(t, v, tftypes.DynamicPseudoType)
}

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
