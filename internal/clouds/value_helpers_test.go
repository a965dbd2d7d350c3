package clouds

import (
	"fmt"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// fake is a Value of a Go value: nil, a string, int or bool, unknown, []any (a list), map[string]any (an object) or forbidden.
type fake struct{ v any }

// Values that have no Go value.
type (
	// unknown is known only after apply.
	unknown struct{}
	// forbidden is a value that nobody may look at.
	forbidden struct{}
)

func (f fake) Kind() Kind {
	switch f.v.(type) {
	case nil:
		return Null
	case unknown:
		return Unknown
	case string, int, bool:
		return Text
	case []any:
		return List
	case map[string]any:
		return Map
	case forbidden:
		panic("a value is read that the data does not name")
	}
	panic(fmt.Sprintf("no fake value: %T", f.v))
}

func (f fake) Text() string { return fmt.Sprint(f.v) }

func (f fake) Elements() []Value {
	var out []Value
	for _, element := range f.v.([]any) {
		out = append(out, fake{element})
	}
	return out
}

func (f fake) Members() map[string]Value {
	out := map[string]Value{}
	for _, name := range slices.Sorted(maps.Keys(f.v.(map[string]any))) {
		out[name] = fake{f.v.(map[string]any)[name]}
	}
	return out
}

func (f fake) Type() topology.ValueType {
	return map[Kind]topology.ValueType{
		Null: topology.NullType, Unknown: topology.UnknownType, Text: topology.TextType, List: topology.ListType, Map: topology.ObjectType,
	}[f.Kind()]
}
