package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// numberPrecision is the precision of Terraform's numbers, in bits.
const numberPrecision = 512

// stored reads an object of a state. Attributes that another version had and this one has not are left out; those that it did not
// have are null.
//
// tftypes reads a state as well, each level of it from the text anew: that takes three times as long.
func stored(raw *tfprotov6.RawState, t tftypes.Object) (tftypes.Value, error) {
	if raw == nil {
		return tftypes.NewValue(t, nil), nil
	}
	if raw.JSON == nil {
		return tftypes.Value{}, errors.New("it is not JSON, as Terraform 0.12 and later write it")
	}
	decoder := json.NewDecoder(bytes.NewReader(raw.JSON))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return tftypes.Value{}, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return tftypes.Value{}, errors.New("more follows after its end")
	}
	return fromJSON(t, v)
}

// fromJSON gives a decoded value a type.
func fromJSON(t tftypes.Type, v any) (tftypes.Value, error) {
	if v == nil {
		return tftypes.NewValue(t, nil), nil
	}
	switch t := t.(type) {
	case tftypes.Object:
		return objectFromJSON(t, v)
	case tftypes.Map:
		return mapFromJSON(t, v)
	case tftypes.List:
		return listFromJSON(t, v)
	}
	switch v := v.(type) {
	case string:
		if t.Is(tftypes.String) {
			return tftypes.NewValue(t, v), nil
		}
	case bool:
		if t.Is(tftypes.Bool) {
			return tftypes.NewValue(t, v), nil
		}
	case json.Number:
		if t.Is(tftypes.Number) {
			n, _, err := big.ParseFloat(v.String(), 10, numberPrecision, big.ToNearestEven)
			if err != nil {
				return tftypes.Value{}, err
			}
			return tftypes.NewValue(t, n), nil
		}
	}
	return mistyped(t, v)
}

func objectFromJSON(t tftypes.Object, v any) (tftypes.Value, error) {
	given, ok := v.(map[string]any)
	if !ok {
		return mistyped(t, v)
	}
	attributes := make(map[string]tftypes.Value, len(t.AttributeTypes))
	for name, of := range t.AttributeTypes {
		attribute, err := fromJSON(of, given[name])
		if err != nil {
			return tftypes.Value{}, inside("."+name, err)
		}
		attributes[name] = attribute
	}
	return tftypes.NewValue(t, attributes), nil
}

func mapFromJSON(t tftypes.Map, v any) (tftypes.Value, error) {
	given, ok := v.(map[string]any)
	if !ok {
		return mistyped(t, v)
	}
	all := make(map[string]tftypes.Value, len(given))
	for key, e := range given {
		element, err := fromJSON(t.ElementType, e)
		if err != nil {
			return tftypes.Value{}, inside(fmt.Sprintf("[%q]", key), err)
		}
		all[key] = element
	}
	return tftypes.NewValue(t, all), nil
}

func listFromJSON(t tftypes.List, v any) (tftypes.Value, error) {
	given, ok := v.([]any)
	if !ok {
		return mistyped(t, v)
	}
	all := make([]tftypes.Value, 0, len(given))
	for i, e := range given {
		element, err := fromJSON(t.ElementType, e)
		if err != nil {
			return tftypes.Value{}, inside(fmt.Sprintf("[%d]", i), err)
		}
		all = append(all, element)
	}
	return tftypes.NewValue(t, all), nil
}

// misplaced says what is wrong at a place of a state.
type misplaced struct{ at, why string }

func (m misplaced) Error() string {
	if m.at == "" {
		return m.why
	}
	return strings.TrimPrefix(m.at, ".") + ": " + m.why
}

// inside adds the step that leads to the place of an error.
func inside(step string, err error) error {
	var m misplaced
	if !errors.As(err, &m) {
		m.why = err.Error()
	}
	return misplaced{step + m.at, m.why}
}

func mistyped(t tftypes.Type, v any) (tftypes.Value, error) {
	return tftypes.Value{}, misplaced{why: fmt.Sprintf("%s is expected, and there is %s", kinds(t), kindOf(v))}
}

// kinds names a type in a message.
func kinds(t tftypes.Type) string {
	switch t.(type) {
	case tftypes.Object, tftypes.Map:
		return "an object"
	case tftypes.List:
		return "a list"
	}
	switch {
	case t.Is(tftypes.String):
		return "a text"
	case t.Is(tftypes.Number):
		return "a number"
	case t.Is(tftypes.Bool):
		return "true or false"
	}
	return "nothing"
}

func kindOf(v any) string {
	switch v.(type) {
	case map[string]any:
		return "an object"
	case []any:
		return "a list"
	case json.Number:
		return "a number"
	case bool:
		return "true or false"
	}
	return "a text"
}
