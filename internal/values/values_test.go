package values

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func TestElementsOfValues(t *testing.T) {
	texts := tftypes.List{ElementType: tftypes.String}
	one := object(map[string]tftypes.Value{"a": text("x")})
	for name, test := range map[string]struct {
		value        tftypes.Value
		list, object bool
	}{
		"a list":            {list(text("a")), true, false},
		"an empty list":     {list(), true, false},
		"a null list":       {Null(texts), false, false},
		"an unknown list":   {Unknown(texts), false, false},
		"an object":         {one, false, true},
		"a null object":     {Null(one.Type()), false, false},
		"an unknown object": {Unknown(one.Type()), false, false},
		"a text":            {text("a"), false, false},
		"no value":          {tftypes.Value{}, false, false},
	} {
		if _, ok := Elements(test.value); ok != test.list {
			t.Errorf("%s has elements of a list: %t", name, ok)
		}
		if _, ok := Members(test.value); ok != test.object {
			t.Errorf("%s has elements of an object: %t", name, ok)
		}
	}
}
