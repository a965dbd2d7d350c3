package provider

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// conformer gives a dynamic value the types of fields, as Terraform converts the arguments of a resource:
// tuples and sets become lists, objects and maps either, missing attributes null, "100" a number, and what
// is unknown stays unknown. Unlike Terraform it reports attributes that the fields lack, which would be
// lost: an object of a map may have an id, which a resource that is given as a whole has.
type conformer struct {
	faults []topology.Fault
	// unused are attributes that the fields lack and whose names resemble none of theirs.
	unused []topology.Fault
}

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

// object converts the attributes of an object or map that is known.
func (c *conformer) object(at topology.Path, v attr.Value, of field) attr.Value {
	given, _ := members(v)
	fs, result := of.fields, of.resultIn(given)
	attributes := map[string]attr.Value{}
	for name, f := range fs {
		attributes[name] = c.field(at.Attr(name), given[name], f)
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		_, known := fs[name]
		_, computed := result[name]
		if !known && !computed && (len(at) == 0 || !exported(name, given[name])) {
			c.surplus(at.Attr(name), name, slices.Collect(maps.Keys(fs)))
		}
	}
	return types.ObjectValueMust(fs.typ().AttrTypes, attributes)
}

// resultIn are the fields of the result that an object is, nil where it is none: a result has all of its attributes, so
// that a misspelled attribute of an object that somebody wrote is still found.
func (f field) resultIn(given map[string]attr.Value) fields {
	for _, result := range f.results {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(result)), func(name string) bool { return given[name] == nil }) {
			return result
		}
	}
	return nil
}

// exported says of an attribute that an object has it because it is a resource of this provider as a whole.
func exported(name string, v attr.Value) bool {
	d, _ := v.(types.Dynamic)
	return name == "id" || name == declareArgument && (v.IsNull() || d.IsUnderlyingValueNull() && !d.IsUnknown())
}

// surplus notes an attribute that the fields lack.
func (c *conformer) surplus(at topology.Path, name string, known []string) {
	fault := topology.Fault{At: at, Problem: topology.Undeclared{What: "argument", Name: name, Known: known}}
	if topology.DidYouMean(name, known) == "" {
		c.unused = append(c.unused, fault)
	} else {
		c.faults = append(c.faults, fault)
	}
}

// field gives a value the type of a field. What cannot have it is a fault and counts as unknown, so that
// it is not reported as missing as well.
func (c *conformer) field(at topology.Path, v attr.Value, f field) attr.Value {
	if d, ok := v.(types.Dynamic); ok && !d.IsUnknown() {
		v = d.UnderlyingValue()
	}
	switch {
	case v == nil:
		return null(f.typ())
	case !convertible(v, f.shape):
		c.wrong(at, v, wanted[f.shape])
		return late(f.typ())
	case v.IsNull():
		return null(f.typ())
	case v.IsUnknown():
		return late(f.typ())
	}
	switch f.shape {
	case texts:
		return c.listed(at, v)
	case textMap, objects:
		return c.mapped(at, v, f)
	case object:
		return c.object(at, v, f)
	default:
		return c.scalar(at, v, f)
	}
}

// wanted is what a message says that a shape needs.
var wanted = map[shape]string{
	text: "a string", number: "a number", flag: "a bool", texts: "a list of strings", textMap: "a map", objects: "a map", object: "an object",
}

// convertible says whether a value of a type, null and unknown ones included, can be that of a shape.
func convertible(v attr.Value, s shape) bool {
	switch v.(type) {
	case types.Dynamic: // of a type that is not known yet
		return true
	case types.String:
		return s == text || s == number || s == flag
	case types.Number:
		return s == text || s == number
	case types.Bool:
		return s == text || s == flag
	case types.List, types.Tuple, types.Set:
		return s == texts
	case types.Object, types.Map:
		return s == textMap || s == objects || s == object
	}
	return false
}

func (c *conformer) listed(at topology.Path, v attr.Value) attr.Value {
	list, _ := elements(v)
	if lateLength(v, list) {
		return late(types.ListType{ElemType: types.StringType})
	}
	var out []attr.Value
	for i, e := range list {
		out = append(out, c.field(at.At(i), e, field{shape: text}))
	}
	return types.ListValueMust(types.StringType, out)
}

// lateLength says of a set that some of its elements may turn out to be equal, so that its length and order
// are not known.
func lateLength(v attr.Value, elements []attr.Value) bool {
	_, isSet := v.(types.Set)
	return isSet && len(elements) > 1 && slices.ContainsFunc(elements, attr.Value.IsUnknown)
}

func (c *conformer) mapped(at topology.Path, v attr.Value, f field) attr.Value {
	given, _ := members(v)
	element := field{shape: text}
	if f.shape == objects {
		element = field{shape: object, fields: f.fields, results: f.results}
	}
	out := map[string]attr.Value{}
	for key, e := range given {
		out[key] = c.field(at.Key(key), e, element)
	}
	return types.MapValueMust(element.typ(), out)
}
