package provider

import (
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// members are the elements of an object or map by name; ok is false for other values, and for those that are null or unknown. They are the own
// elements of the value, which nobody may change.
func members(v tftypes.Value) (elements map[string]tftypes.Value, ok bool) {
	if !isObject(v) || v.IsNull() || !v.IsKnown() {
		return nil, false
	}
	return elements, v.As(&elements) == nil
}

// elements are those of a list, tuple or set; ok is as for members.
func elements(v tftypes.Value) (list []tftypes.Value, ok bool) {
	if !isList(v) || v.IsNull() || !v.IsKnown() {
		return nil, false
	}
	return list, v.As(&list) == nil
}

func isObject(v tftypes.Value) bool { return isA(v, tftypes.Object{}) || isA(v, tftypes.Map{}) }

func isList(v tftypes.Value) bool {
	return isA(v, tftypes.List{}) || isA(v, tftypes.Tuple{}) || isA(v, tftypes.Set{})
}

// isA says whether a value has a type, of which an object or list may have any elements.
func isA(v tftypes.Value, t tftypes.Type) bool { return v.Type() != nil && v.Type().Is(t) }

// attributesOf are those of an object, none of one that is null or unknown.
func attributesOf(object tftypes.Value) map[string]tftypes.Value {
	attributes, _ := members(object)
	return attributes
}

// textOf is a text, "" where it is null or unknown.
func textOf(v tftypes.Value) (text string) {
	if v.IsKnown() && v.As(&text) != nil {
		panic(fmt.Sprintf("%s is no text", v))
	}
	return text
}

// numberOf is a number that is known and not null.
func numberOf(v tftypes.Value) *big.Float {
	var n *big.Float
	if v.As(&n) != nil {
		panic(fmt.Sprintf("%s is no number", v))
	}
	return n
}

// flagOf is a bool that is known and not null.
func flagOf(v tftypes.Value) (flag bool) {
	if v.As(&flag) != nil {
		panic(fmt.Sprintf("%s is no bool", v))
	}
	return flag
}

// null is the null value of a type.
func null(t tftypes.Type) tftypes.Value { return tftypes.NewValue(t, nil) }

// late is the value of a type that is known only after apply.
func late(t tftypes.Type) tftypes.Value { return tftypes.NewValue(t, tftypes.UnknownValue) }
