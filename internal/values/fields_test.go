package values

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The type of a field is the one that its schema has.
func TestFieldTypesAreThoseOfTheSchema(t *testing.T) {
	fields := Fields{
		"text": {Shape: Text}, "number": {Shape: Number}, "flag": {Shape: Flag}, "texts": {Shape: Texts}, "text_map": {Shape: TextMap},
		"object":  {Shape: Object, Fields: Fields{"name": {Shape: Text}}},
		"objects": {Shape: Objects, Fields: Fields{"name": {Shape: Text}}},
		"list":    {Shape: List, Fields: Fields{"name": {Shape: Text}}},
	}
	if got, want := fields.Schema("all").ValueType(), fields.Type(); !got.Equal(want) {
		t.Errorf("the schema has %s, the fields %s", got, want)
	}
	name := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String}}
	for field, want := range map[string]tftypes.Type{
		"text": tftypes.String, "number": tftypes.Number, "flag": tftypes.Bool, "texts": tftypes.List{ElementType: tftypes.String},
		"text_map": tftypes.Map{ElementType: tftypes.String}, "object": name, "objects": tftypes.Map{ElementType: name},
		"list": tftypes.List{ElementType: name},
	} {
		if got := fields[field].Type(); !got.Equal(want) {
			t.Errorf("%s is %s, want %s", field, got, want)
		}
	}
}

// An attribute is required, computed, or else optional. Objects that are given by value have optional attributes only, and no
// computed ones.
func TestByValueMakesAttributesOptional(t *testing.T) {
	fields := Fields{
		"name": {Shape: Text, Required: true}, "region": {Shape: Text}, "id": {Shape: Text, Computed: true},
		"routes": {Shape: Objects, Fields: Fields{"destination": {Shape: Text, Required: true}}},
	}
	want := map[string]struct{ required, optional, computed bool }{
		"name": {true, false, false}, "region": {false, true, false}, "id": {false, false, true}, "routes": {false, true, false},
	}
	for _, a := range fields.Schema("").Block.Attributes {
		if w := want[a.Name]; a.Required != w.required || a.Optional != w.optional || a.Computed != w.computed {
			t.Errorf("%s: required %t, optional %t, computed %t", a.Name, a.Required, a.Optional, a.Computed)
		}
	}
	var seen int
	var each func([]*tfprotov6.SchemaAttribute)
	each = func(attributes []*tfprotov6.SchemaAttribute) {
		for _, a := range attributes {
			seen++
			if !a.Optional || a.Required || a.Computed {
				t.Errorf("%s is not optional", a.Name)
			}
			if a.NestedType != nil {
				each(a.NestedType.Attributes)
			}
		}
	}
	if each(fields.ByValue().Schema("").Block.Attributes); seen != 4 {
		t.Errorf("%d attributes", seen)
	}
}
