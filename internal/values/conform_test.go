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
		"no value at all":                    {tftypes.Value{}, Text, Null(tftypes.String), right},
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
