package values

import (
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type (
	// KnownAfterApply is a value of any type that is known after apply.
	KnownAfterApply struct{}
	// EachKnownAfterApply is an object whose attributes are all known after apply. Terraform shows the attributes,
	// which it does not do for an object that is unknown as a whole.
	EachKnownAfterApply struct{}
)

// Encode makes the value of a type of Go values: string, int64, *big.Int, *big.Float, bool, []string, map[string]string,
// map[string]any for objects and maps, and []map[string]any for lists of objects. nil is null, and so is an attribute that an object
// lacks.
func Encode(t tftypes.Type, v any) tftypes.Value {
	switch v := v.(type) {
	case nil:
		return Null(t)
	case KnownAfterApply:
		return Unknown(t)
	case EachKnownAfterApply:
		return encodeObject(t.(tftypes.Object), func(string) any { return KnownAfterApply{} })
	case int64:
		return tftypes.NewValue(t, new(big.Float).SetInt64(v))
	case *big.Int:
		return tftypes.NewValue(t, new(big.Float).SetPrec(numberPrecision).SetInt(v))
	case string, bool, *big.Float:
		return tftypes.NewValue(t, v)
	case []string:
		return encodeList(t, v)
	case []map[string]any:
		return encodeList(t, v)
	case map[string]string:
		return encodeMap(t.(tftypes.Map), v)
	case map[string]any:
		if m, is := t.(tftypes.Map); is {
			return encodeMap(m, v)
		}
		return encodeObject(t.(tftypes.Object), func(name string) any { return v[name] })
	}
	panic(fmt.Sprintf("no encoding of %T as %s", v, t))
}

func encodeObject(t tftypes.Object, attribute func(name string) any) tftypes.Value {
	attributes := make(map[string]tftypes.Value, len(t.AttributeTypes))
	for name, of := range t.AttributeTypes {
		attributes[name] = Encode(of, attribute(name))
	}
	return tftypes.NewValue(t, attributes)
}

func encodeMap[T any](t tftypes.Map, given map[string]T) tftypes.Value {
	all := make(map[string]tftypes.Value, len(given))
	for key, e := range given {
		all[key] = Encode(t.ElementType, e)
	}
	return tftypes.NewValue(t, all)
}

func encodeList[T any](t tftypes.Type, given []T) tftypes.Value {
	all := make([]tftypes.Value, 0, len(given))
	for _, e := range given {
		all = append(all, Encode(t.(tftypes.List).ElementType, e))
	}
	return tftypes.NewValue(t, all)
}
