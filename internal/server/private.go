package server

import (
	"encoding/json"
	"fmt"
	"maps"
)

// Private is the private state of a resource, by key: Terraform stores it beside the value, passes it on and does not show it. In a
// state it is a JSON object of base64 texts, as terraform-plugin-framework writes it. Keys that begin with a full stop belong to the
// framework.
type Private map[string][]byte

// With returns the same with one more key. Without a value the key is taken away.
func (p Private) With(key string, value []byte) Private {
	out := maps.Clone(p)
	if out == nil {
		out = Private{}
	}
	if out[key] = value; value == nil {
		delete(out, key)
	}
	return out
}

func unpack(packed []byte) (Private, error) {
	if len(packed) == 0 {
		return nil, nil
	}
	var p Private
	if err := json.Unmarshal(packed, &p); err != nil {
		return nil, fmt.Errorf("the private data of the state cannot be read: %w", err)
	}
	maps.DeleteFunc(p, func(key string, _ []byte) bool { return key == "" || key[0] == '.' })
	return p, nil
}

func (p Private) pack() []byte {
	if len(p) == 0 {
		return nil
	}
	packed, err := json.Marshal(p)
	if err != nil {
		panic(err) // a map of bytes
	}
	return packed
}
