package values

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// A Go value becomes the value of a type: nil is null, and attributes that an object lacks are null.
func TestEncode(t *testing.T) {
	named := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String, "count": tftypes.Number}}
	texts, textMap := tftypes.List{ElementType: tftypes.String}, tftypes.Map{ElementType: tftypes.String}
	for name, test := range map[string]struct {
		of   tftypes.Type
		v    any
		want tftypes.Value
	}{
		"nothing":                   {tftypes.String, nil, Null(tftypes.String)},
		"known after apply":         {tftypes.Number, KnownAfterApply{}, Unknown(tftypes.Number)},
		"a text":                    {tftypes.String, "a", text("a")},
		"a whole number":            {tftypes.Number, int64(7), number(7)},
		"a flag":                    {tftypes.Bool, true, yes},
		"a list":                    {texts, []string{"a", "b"}, list(text("a"), text("b"))},
		"an empty list is not null": {texts, []string{}, list()},
		"a map": {
			textMap,
			map[string]string{"a": "b"},
			tftypes.NewValue(textMap, map[string]tftypes.Value{"a": text("b")}),
		},
		"an object without a number": {
			named, map[string]any{"name": "a"}, object(map[string]tftypes.Value{"name": text("a"), "count": Null(tftypes.Number)}),
		},
		"an object whose attributes are known after apply": {
			named, EachKnownAfterApply{}, object(
				map[string]tftypes.Value{"name": Unknown(tftypes.String), "count": Unknown(tftypes.Number)},
			),
		},
		"a map of objects": {
			tftypes.Map{ElementType: named}, map[string]any{"x": map[string]any{"count": int64(1)}},
			tftypes.NewValue(tftypes.Map{ElementType: named}, map[string]tftypes.Value{
				"x": object(map[string]tftypes.Value{"name": Null(tftypes.String), "count": number(1)}),
			}),
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Encode(test.of, test.v); !got.Equal(test.want) {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// What has no encoding is a mistake in the code.
func TestEncodeRefusesOtherTypes(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an int was encoded")
		}
	}()
	Encode(tftypes.Number, 1)
}
