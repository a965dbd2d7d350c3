package clouds

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// attribute is an attribute, or block, of a provider's schema.
type attribute struct {
	Computed, Optional, Required, Sensitive bool
	// leaf is "string", "number" or "bool", "" for objects and lists of objects.
	leaf string
	// list says that it is a list or a set.
	list   bool
	within map[string]*attribute
}

// schemas are the attributes of the types of a platform, by type.
func schemas(t *testing.T, platform string) map[string]map[string]*attribute {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "schemas", platform+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var types map[string]map[string]any
	if err := json.Unmarshal(text, &types); err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]*attribute{}
	for name, schema := range types {
		out[name] = attributesOf(schema)
		if out[name]["id"] == nil && !strings.HasPrefix(name, dataSource) {
			out[name]["id"] = &attribute{Computed: true, leaf: "string"} // the SDK adds it, so that a schema from source does not have it
		}
	}
	return out
}

// attributesOf are the attributes and blocks of a schema, or the attributes alone.
func attributesOf(schema map[string]any) map[string]*attribute {
	attributes, is := schema["attributes"].(map[string]any)
	if !is {
		attributes = schema
	}
	out := map[string]*attribute{}
	for name, v := range attributes {
		out[name] = attributeOf(v.(map[string]any))
	}
	blocks, _ := schema["block_types"].(map[string]any)
	for name, v := range blocks {
		out[name] = &attribute{list: true, within: attributesOf(v.(map[string]any))}
	}
	return out
}

// attributeOf reads an attribute in the words of the protocol, of the framework (nested with a mode) or of the SDK (type with an
// element).
func attributeOf(v map[string]any) *attribute {
	is := func(name string) bool { b, _ := v[name].(bool); return b }
	a := &attribute{Computed: is("computed"), Optional: is("optional"), Required: is("required"), Sensitive: is("sensitive")}
	a.setType(v["type"])
	nested, _ := v["nested"].(map[string]any)
	if nested != nil {
		mode, _ := nested["mode"].(string)
		a.leaf, a.list, a.within = "", a.list || mode == "list" || mode == "set", attributesOf(nested)
	}
	switch element, is := v["element"]; {
	case is && v["type"] == "map":
		a.setType([]any{"map", element})
	case is:
		a.setType(element)
		a.list = true
	}
	return a
}

func (a *attribute) setType(typ any) {
	switch typ := typ.(type) {
	case string:
		words := map[string]string{"string": "string", "number": "number", "int": "number", "float": "number", "bool": "bool"}
		a.leaf, a.list = words[typ], typ == "list" || typ == "set"
	case []any:
		switch typ[0] {
		case "list", "set":
			a.setType(typ[1])
			a.list = true
		case "object":
			a.within = map[string]*attribute{}
			for name, element := range typ[1].(map[string]any) {
				a.within[name] = &attribute{Computed: a.Computed}
				a.within[name].setType(element)
			}
		case "map":
			member := &attribute{Computed: a.Computed}
			member.setType(typ[1])
			a.within = map[string]*attribute{everyMember: member}
		}
	}
}

// alongPath are the attributes on a path; a fault where there is no such attribute.
func alongPath(attributes map[string]*attribute, path string) ([]*attribute, error) {
	var out []*attribute
	for step := range strings.SplitSeq(path, ".") {
		a := attributes[step]
		if a == nil {
			return nil, fmt.Errorf("no attribute %s, only %s", step, slices.Sorted(maps.Keys(attributes)))
		}
		out, attributes = append(out, a), a.within
	}
	return out, nil
}

// objectSchema are the attributes of the objects of a type: of the elements of its list, if it has one.
func objectSchema(t *testing.T, typ *Type, schema map[string]*attribute) map[string]*attribute {
	t.Helper()
	if typ.Elements == "" {
		return schema
	}
	along, err := alongPath(schema, typ.Elements)
	if err != nil {
		t.Fatalf("%s: elements %s: %v", typ.Name, typ.Elements, err)
	}
	last := along[len(along)-1]
	if !last.list || last.within == nil {
		t.Errorf("%s: elements %s is no list of objects", typ.Name, typ.Elements)
	}
	return last.within
}
