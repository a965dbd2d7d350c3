package provider

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// conformer gives a dynamic value the types of fields, as Terraform does for arguments of a
// resource: tuples become lists, objects maps, missing attributes null. Unlike Terraform it
// refuses attributes that the fields lack, which would be lost; only the id, which a resource that
// is given as a whole has, is dropped.
type conformer struct{ faults []topology.Fault }

func (c *conformer) wrong(at topology.Path, v attr.Value, want string) {
	c.faults = append(c.faults, topology.Fault{At: at, Problem: fmt.Errorf("%s is %s; expected %s", nonEmpty(at), kindOf(v), want)})
}

func nonEmpty(at topology.Path) string {
	if len(at) == 0 {
		return "the argument"
	}
	return at.String()
}

// kindOf names the type of a value as Terraform users know it.
func kindOf(v attr.Value) string {
	switch v.(type) {
	case types.String:
		return "a string"
	case types.Number:
		return "a number"
	case types.Bool:
		return "a bool"
	case types.List, types.Tuple, types.Set:
		return "a list"
	case types.Object, types.Map:
		return "an object"
	}
	return "something else"
}

// members are the elements of an object or map.
func members(v attr.Value) (map[string]attr.Value, bool) {
	switch v := v.(type) {
	case types.Dynamic:
		return members(v.UnderlyingValue())
	case types.Object:
		return v.Attributes(), true
	case types.Map:
		return v.Elements(), true
	}
	return nil, false
}

// elements are those of a list, tuple or set.
func elements(v attr.Value) ([]attr.Value, bool) {
	switch v := v.(type) {
	case types.Dynamic:
		return elements(v.UnderlyingValue())
	case types.List:
		return v.Elements(), true
	case types.Tuple:
		return v.Elements(), true
	case types.Set:
		return v.Elements(), true
	}
	return nil, false
}

func (c *conformer) object(at topology.Path, v attr.Value, fs fields) types.Object {
	given, ok := members(v)
	if !ok {
		c.wrong(at, v, "an object")
	}
	attributes := map[string]attr.Value{}
	for name, f := range fs {
		attributes[name] = c.field(at.Attr(name), given[name], f)
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, known := fs[name]; !known && (name != "id" || len(at) == 0) {
			c.faults = append(c.faults, topology.Fault{At: at.Attr(name), Problem: topology.Undeclared{What: "argument", Name: name, Known: slices.Collect(maps.Keys(fs))}})
		}
	}
	return types.ObjectValueMust(fs.typ().AttrTypes, attributes)
}

func (c *conformer) field(at topology.Path, v attr.Value, f field) attr.Value {
	if d, ok := v.(types.Dynamic); ok && !d.IsUnknown() {
		v = d.UnderlyingValue()
	}
	switch {
	case v == nil || v.IsNull():
		return null(f.typ())
	case v.IsUnknown():
		return late(f.typ())
	}
	switch f.shape {
	case texts:
		list, ok := elements(v)
		if !ok {
			c.wrong(at, v, "a list of strings")
			return null(f.typ())
		}
		var out []attr.Value
		for i, e := range list {
			out = append(out, c.field(at.At(i), e, field{shape: text}))
		}
		return types.ListValueMust(types.StringType, out)
	case textMap, objects:
		return c.mapped(at, v, f)
	case object:
		return c.object(at, v, f.fields)
	default:
		return c.scalar(at, v, f)
	}
}

func (c *conformer) mapped(at topology.Path, v attr.Value, f field) attr.Value {
	given, ok := members(v)
	if !ok {
		c.wrong(at, v, "a map")
		return null(f.typ())
	}
	element := field{shape: text}
	if f.shape == objects {
		element = field{shape: object, fields: f.fields}
	}
	out := map[string]attr.Value{}
	for key, e := range given {
		out[key] = c.field(at.Key(key), e, element)
	}
	return types.MapValueMust(element.typ(), out)
}

func (c *conformer) scalar(at topology.Path, v attr.Value, f field) attr.Value {
	switch given := v.(type) {
	case types.String:
		if f.shape == text {
			return given
		}
	case types.Bool:
		if f.shape == flag {
			return given
		}
	case types.Number:
		if f.shape == number {
			return given
		}
	}
	c.wrong(at, v, map[shape]string{text: "a string", flag: "a bool", number: "a number"}[f.shape])
	return null(f.typ())
}
