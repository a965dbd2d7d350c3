package server

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// same says whether two values of one type are equal. Value.Equal lists all differences with their places first, which
// takes longer than to encode the value.
func same(a, b tftypes.Value) bool { return a.Type().Equal(b.Type()) && sameOfType(a, b) }

func sameOfType(a, b tftypes.Value) bool {
	if a.IsKnown() != b.IsKnown() || a.IsNull() != b.IsNull() {
		return false
	}
	if !a.IsKnown() || a.IsNull() {
		return true
	}
	switch a.Type().(type) {
	case tftypes.Object, tftypes.Map:
		return sameMembers(contentOf[map[string]tftypes.Value](a), contentOf[map[string]tftypes.Value](b))
	case tftypes.List, tftypes.Tuple:
		return sameElements(contentOf[[]tftypes.Value](a), contentOf[[]tftypes.Value](b))
	}
	switch {
	case a.Type().Is(tftypes.String):
		return contentOf[string](a) == contentOf[string](b)
	case a.Type().Is(tftypes.Number):
		return contentOf[*big.Float](a).Cmp(contentOf[*big.Float](b)) == 0
	case a.Type().Is(tftypes.Bool):
		return contentOf[bool](a) == contentOf[bool](b)
	}
	return a.Equal(b)
}

func sameMembers(a, b map[string]tftypes.Value) bool {
	if len(a) != len(b) {
		return false
	}
	for key, v := range a {
		if other, has := b[key]; !has || !sameOfType(v, other) {
			return false
		}
	}
	return true
}

func sameElements(a, b []tftypes.Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !sameOfType(a[i], b[i]) {
			return false
		}
	}
	return true
}

// contentOf is the Go value of a value that is known and not null.
func contentOf[T any](v tftypes.Value) (content T) {
	if err := v.As(&content); err != nil {
		panic(err) // its type says that it is one
	}
	return content
}
