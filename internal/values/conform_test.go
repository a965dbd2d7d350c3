package values

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A value is converted as Terraform converts the arguments of a resource. What cannot be converted is a fault, and unknown.
func TestConformerConvertsAsTerraform(t *testing.T) {
	set := tftypes.Set{ElementType: tftypes.String}
	tuple := tftypes.NewValue(
		tftypes.Tuple{ElementTypes: []tftypes.Type{tftypes.String, tftypes.Number}},
		[]tftypes.Value{text("a"), number(1)},
	)
	unknownSet := tftypes.NewValue(set, []tftypes.Value{text("a"), Unknown(tftypes.String)})
	knownSet := tftypes.NewValue(set, []tftypes.Value{text("a"), text("b")})
	oneUnknown := tftypes.NewValue(set, []tftypes.Value{Unknown(tftypes.String)})
	named := object(map[string]tftypes.Value{"a": text("x")})
	textMap := tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{"a": text("x")})
	texts := tftypes.List{ElementType: tftypes.String}
	right := topology.WrongType{}
	wrong := func(is, want topology.ValueType) topology.WrongType { return topology.WrongType{Is: is, Want: want} }
	for name, test := range map[string]struct {
		given tftypes.Value
		of    Shape
		want  tftypes.Value
		fault topology.WrongType
	}{
		"a text for a number":                {text("100"), Number, number(100), right},
		"a text that is no number":           {text("x"), Number, Unknown(tftypes.Number), wrong(topology.TextType, topology.NumberType)},
		"a number for a text":                {number(1.5), Text, text("1.5"), right},
		"a flag for a text":                  {yes, Text, text("true"), right},
		"a text for a flag":                  {text("1"), Flag, yes, right},
		"a text that is no flag":             {text("yes"), Flag, Unknown(tftypes.Bool), wrong(topology.TextType, topology.FlagType)},
		"a number for a flag":                {number(1), Flag, Unknown(tftypes.Bool), wrong(topology.NumberType, topology.FlagType)},
		"a tuple for a list":                 {tuple, Texts, list(text("a"), text("1")), right},
		"a set with an unknown element":      {unknownSet, Texts, Unknown(texts), right},
		"a list for a text":                  {list(text("a")), Text, Unknown(tftypes.String), wrong(topology.ListType, topology.TextType)},
		"null of another type":               {Null(tftypes.Number), Text, Null(tftypes.String), right},
		"null of a type that does not match": {Null(texts), Text, Unknown(tftypes.String), wrong(topology.ListType, topology.TextType)},
		"unknown of another type":            {Unknown(tftypes.Number), Text, Unknown(tftypes.String), right},
		"a set with one unknown element":     {oneUnknown, Texts, list(Unknown(tftypes.String)), right},
		"a set with known elements":          {knownSet, Texts, list(text("a"), text("b")), right},
		"a number for a list":                {number(1), Texts, Unknown(texts), wrong(topology.NumberType, topology.TextListType)},
		"a flag for a number":                {yes, Number, Unknown(tftypes.Number), wrong(topology.FlagType, topology.NumberType)},
		"an object for a map of texts":       {named, TextMap, textMap, right},
		"an object for a list":               {named, Texts, Unknown(texts), wrong(topology.ObjectType, topology.TextListType)},
		"an object for a text":               {named, Text, Unknown(tftypes.String), wrong(topology.ObjectType, topology.TextType)},
		"a list for a map of texts": {
			list(text("a")), TextMap, Unknown(textMap.Type()), wrong(topology.ListType, topology.MapType),
		},
		"unknown of a type to come": {Unknown(tftypes.DynamicPseudoType), Number, Unknown(tftypes.Number), right},
		"no value at all":           {tftypes.Value{}, Text, Null(tftypes.String), right},
	} {
		t.Run(name, func(t *testing.T) {
			c, f := &Conformer{}, Field{Shape: test.of}
			if got := c.Field(topology.Path{}.Attr("a"), test.given, f, f.Type()); !got.Equal(test.want) {
				t.Errorf("got %s, want %s", got, test.want)
			}
			var fault topology.WrongType
			for _, f := range c.Faults {
				fault = f.Problem.(topology.WrongType)
			}
			if fault != test.fault || len(c.Faults) > 1 {
				t.Errorf("faults %v, want %v", c.Faults, test.fault)
			}
		})
	}
}

// An attribute that the fields lack is a fault if it resembles one of them, and unused otherwise. A resource as a whole has an id.
func TestConformerReportsAttributesThatTheFieldsLack(t *testing.T) {
	f := Field{Shape: Objects, Fields: Fields{"cidr_blocks": {Shape: Texts}, "region": {Shape: Text}}}
	given := object(map[string]tftypes.Value{"prod": object(map[string]tftypes.Value{
		"cidr_block": list(text("10.0.0.0/8")), "tags": text("x"), "region": text("north"), "id": text("prod"),
	})})
	for name, surplusAllowed := range map[string]bool{"reported": false, "allowed": true} {
		t.Run(name, func(t *testing.T) {
			c := &Conformer{SurplusAllowed: surplusAllowed}
			all, _ := Members(c.Field(topology.Path{}.Attr("vpcs"), given, f, f.Type()))
			if got := TextOf(AttributesOf(all["prod"])["region"]); got != "north" {
				t.Errorf("region is %q", got)
			}
			var faults, unused string
			for _, f := range c.Faults {
				faults += f.At.String()
			}
			for _, f := range c.Unused {
				unused += f.At.String()
			}
			wantFaults, wantUnused := `vpcs["prod"].cidr_block`, `vpcs["prod"].tags`
			if surplusAllowed {
				wantFaults, wantUnused = "", ""
			}
			if faults != wantFaults || unused != wantUnused {
				t.Errorf("faults %q, unused %q", faults, unused)
			}
		})
	}
}

// A map has values of one field, which convert as the field does.
func TestConformerConvertsMaps(t *testing.T) {
	f := Field{Shape: Map, Element: &Field{Shape: Number}}
	c := &Conformer{}
	given := object(map[string]tftypes.Value{"a": text("7"), "b": number(8)})
	all, _ := Members(c.Field(topology.Path{}.Attr("counts"), given, f, f.Type()))
	if len(all) != 2 || NumberOf(all["a"]).String() != "7" || NumberOf(all["b"]).String() != "8" || len(c.Faults) > 0 {
		t.Errorf("got %v, faults %v", all, c.Faults)
	}
	got := c.Field(topology.Path{}.Attr("counts"), list(text("a")), f, f.Type())
	if got.IsKnown() || len(c.Faults) != 1 || c.Faults[0].At.String() != "counts" {
		t.Errorf("a list: got %v, faults %v", got, c.Faults)
	}
}

// An object may have the attributes of a result of this provider if it has all of them, and declare if that is null.
func TestConformerKnowsResultsGivenAsAWhole(t *testing.T) {
	f := Field{
		Shape: Objects, Fields: Fields{"pod_cidrs": {Shape: Texts}},
		Results: []Fields{{"pod_cidrs": {}, "usable": {}, "profile": {}}},
	}
	null := Null(tftypes.DynamicPseudoType)
	for name, test := range map[string]struct {
		given  map[string]tftypes.Value
		unused int
	}{
		"a result as a whole":       {map[string]tftypes.Value{"pod_cidrs": list(), "usable": number(1), "profile": text("p")}, 0},
		"a part of a result":        {map[string]tftypes.Value{"pod_cidrs": list(), "usable": number(1)}, 1},
		"a resource as a whole":     {map[string]tftypes.Value{"pod_cidrs": list(), "id": text("x"), "declare": null}, 0},
		"a declare that is set":     {map[string]tftypes.Value{"pod_cidrs": list(), "declare": text("x")}, 1},
		"another null of something": {map[string]tftypes.Value{"pod_cidrs": list(), "region": null}, 1},
	} {
		c := &Conformer{}
		c.Field(topology.Path{}.Attr("existing"), object(map[string]tftypes.Value{"a": object(test.given)}), f, f.Type())
		if len(c.Unused) != test.unused || len(c.Faults) > 0 {
			t.Errorf("%s: unused %v, faults %v", name, c.Unused, c.Faults)
		}
	}
	c := &Conformer{}
	of := Field{Shape: Object, Fields: f.Fields}
	c.Field(nil, object(map[string]tftypes.Value{"id": text("x")}), of, of.Type())
	if len(c.Unused) != 1 {
		t.Errorf("an id among the arguments themselves: unused %v", c.Unused)
	}
}
