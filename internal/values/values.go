package values

import (
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Members returns the elements of an object or map by name. ok is false for other values, and for a null or unknown value. The map
// belongs to the value: do not change it.
func Members(v tftypes.Value) (elements map[string]tftypes.Value, ok bool) {
	if !isObject(v) || v.IsNull() || !v.IsKnown() {
		return nil, false
	}
	return elements, v.As(&elements) == nil
}

// Elements returns the elements of a list, tuple or set. ok is false for other values, and for a null or unknown value.
func Elements(v tftypes.Value) (list []tftypes.Value, ok bool) {
	if !isList(v) || v.IsNull() || !v.IsKnown() {
		return nil, false
	}
	return list, v.As(&list) == nil
}

func isObject(v tftypes.Value) bool { return IsA(v, tftypes.Object{}) || IsA(v, tftypes.Map{}) }

func isList(v tftypes.Value) bool {
	return IsA(v, tftypes.List{}) || IsA(v, tftypes.Tuple{}) || IsA(v, tftypes.Set{})
}

// IsA says whether a value has a type. A type of objects or lists without elements stands for all such types.
func IsA(v tftypes.Value, t tftypes.Type) bool { return v.Type() != nil && v.Type().Is(t) }

// AttributesOf returns the attributes of an object, none if it is null or unknown.
func AttributesOf(object tftypes.Value) map[string]tftypes.Value {
	attributes, _ := Members(object)
	return attributes
}

// TextOf returns the text of a value, "" if it is null or unknown.
func TextOf(v tftypes.Value) (text string) {
	if v.IsKnown() && v.As(&text) != nil {
		panic(fmt.Sprintf("%s is no text", v))
	}
	return text
}

// NumberOf returns the number of a value that is known and not null.
func NumberOf(v tftypes.Value) *big.Float {
	var n *big.Float
	if v.As(&n) != nil {
		panic(fmt.Sprintf("%s is no number", v))
	}
	return n
}

// FlagOf returns the bool of a value that is known and not null.
func FlagOf(v tftypes.Value) (flag bool) {
	if v.As(&flag) != nil {
		panic(fmt.Sprintf("%s is no bool", v))
	}
	return flag
}

// Null is the null value of a type.
func Null(t tftypes.Type) tftypes.Value { return tftypes.NewValue(t, nil) }

// Unknown is the value of a type that is known only after apply.
func Unknown(t tftypes.Type) tftypes.Value { return tftypes.NewValue(t, tftypes.UnknownValue) }
