package statefile

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// value is JSON that is decoded as far as a caller asks. It is not safe for concurrent use.
type value struct {
	raw json.RawMessage
	// unknown is the part of after_unknown for the value: true, or an object or list that has true where a value is not known.
	unknown json.RawMessage

	members  map[string]clouds.Value
	elements []clouds.Value
}

// newValue is the value of JSON that is known to be valid.
func newValue(raw, unknown json.RawMessage) *value {
	return &value{raw: bytes.TrimSpace(raw), unknown: bytes.TrimSpace(unknown)}
}

// Kind is what the first character of JSON says.
func (v *value) Kind() clouds.Kind {
	if string(v.unknown) == "true" {
		return clouds.Unknown
	}
	switch v.first() {
	case '{':
		return clouds.Map
	case '[':
		return clouds.List
	case 0, 'n':
		return v.kindOfUnknown()
	}
	return clouds.Text
}

// kindOfUnknown is the kind of a value of which only unknown parts are there.
func (v *value) kindOfUnknown() clouds.Kind {
	switch {
	case bytes.HasPrefix(v.unknown, []byte("{")) && bytes.Contains(v.unknown, []byte("true")):
		return clouds.Map
	case bytes.HasPrefix(v.unknown, []byte("[")) && bytes.Contains(v.unknown, []byte("true")):
		return clouds.List
	}
	return clouds.Null
}

func (v *value) first() byte {
	if len(v.raw) == 0 {
		return 0
	}
	return v.raw[0]
}

// Text is a string, or a number or flag as Terraform writes it in a string.
func (v *value) Text() string {
	if v.Kind() != clouds.Text {
		return ""
	}
	if v.first() != '"' {
		return number(string(v.raw))
	}
	var text string
	if json.Unmarshal(v.raw, &text) != nil {
		return ""
	}
	return text
}

// number is a number without a fraction of zeros: some providers store the number 24 as 24.0.
func number(text string) string {
	whole, fraction, found := strings.Cut(text, ".")
	if found && strings.Trim(fraction, "0") == "" {
		return whole
	}
	return text
}

// Elements are those of a list, each decoded when it is asked for something.
func (v *value) Elements() []clouds.Value {
	if v.Kind() != clouds.List || v.elements != nil {
		return v.elements
	}
	var raw, unknown []json.RawMessage
	_ = json.Unmarshal(v.raw, &raw)         // valid, or null
	_ = json.Unmarshal(v.unknown, &unknown) // an object where the list is a block that is one object: then all is known
	for i := range max(len(raw), len(unknown)) {
		v.elements = append(v.elements, newValue(at(raw, i), at(unknown, i)))
	}
	return v.elements
}

func at(list []json.RawMessage, i int) json.RawMessage {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// Members are those of an object, each decoded when it is asked for something.
func (v *value) Members() map[string]clouds.Value {
	if v.Kind() != clouds.Map || v.members != nil {
		return v.members
	}
	var raw, unknown map[string]json.RawMessage
	_ = json.Unmarshal(v.raw, &raw)
	_ = json.Unmarshal(v.unknown, &unknown)
	v.members = make(map[string]clouds.Value, max(len(raw), len(unknown)))
	for name, member := range raw {
		v.members[name] = newValue(member, unknown[name])
	}
	for name, member := range unknown {
		if _, known := raw[name]; !known {
			v.members[name] = newValue(nil, member)
		}
	}
	return v.members
}

// Type is the type as Terraform users know it.
func (v *value) Type() topology.ValueType {
	switch v.Kind() {
	case clouds.Null:
		return topology.NullType
	case clouds.Unknown:
		return topology.UnknownType
	case clouds.List:
		return topology.ListType
	case clouds.Map:
		return topology.ObjectType
	}
	switch v.first() {
	case '"':
		return topology.TextType
	case 't', 'f':
		return topology.FlagType
	}
	return topology.NumberType
}
