package provider

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

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
	// surplusAllowed says that attributes which the fields lack are no mistake.
	surplusAllowed bool
}

func (c *conformer) wrong(at topology.Path, v tftypes.Value, want string) {
	c.faults = append(c.faults, topology.Fault{At: at, Problem: fmt.Errorf("%s is %s; expected %s", nonEmpty(at), kindOf(v), want)})
}

func nonEmpty(at topology.Path) string {
	if len(at) == 0 {
		return "the argument"
	}
	return at.String()
}

// kindOf names the type of a value as Terraform users know it.
func kindOf(v tftypes.Value) string {
	switch {
	case isA(v, tftypes.String):
		return "a string"
	case isA(v, tftypes.Number):
		return "a number"
	case isA(v, tftypes.Bool):
		return "a bool"
	case isList(v):
		return "a list"
	case isObject(v):
		return "an object"
	}
	return "something else"
}

// object converts the attributes of an object or map that is known.
func (c *conformer) object(at topology.Path, v tftypes.Value, of field, t tftypes.Object) tftypes.Value {
	given, _ := members(v)
	fs, result := of.fields, of.resultIn(given)
	attributes := make(map[string]tftypes.Value, len(fs))
	for name, f := range fs {
		attributes[name] = c.field(at.Attr(name), given[name], f, t.AttributeTypes[name])
	}
	if c.surplusAllowed {
		return tftypes.NewValue(t, attributes)
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		_, known := fs[name]
		_, computed := result[name]
		if !known && !computed && (len(at) == 0 || !exported(name, given[name])) {
			c.surplus(at.Attr(name), name, slices.Collect(maps.Keys(fs)))
		}
	}
	return tftypes.NewValue(t, attributes)
}

// resultIn are the fields of the result that an object is, nil where it is none: a result has all of its attributes, so
// that a misspelled attribute of an object that somebody wrote is still found.
func (f field) resultIn(given map[string]tftypes.Value) fields {
	for _, result := range f.results {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(result)), func(name string) bool { return given[name].Type() == nil }) {
			return result
		}
	}
	return nil
}

// exported says of an attribute that an object has it because it is a resource of this provider as a whole.
func exported(name string, v tftypes.Value) bool {
	return name == "id" || name == topology.DeclareArgument && v.IsNull()
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

// field gives a value the type of a field, which is t. What cannot have it is a fault and counts as unknown, so that
// it is not reported as missing as well.
func (c *conformer) field(at topology.Path, v tftypes.Value, f field, t tftypes.Type) tftypes.Value {
	switch {
	case v.Type() == nil:
		return null(t)
	case v.Type().Equal(t): // with all that is in it
		return v
	case !convertible(v, f.shape):
		c.wrong(at, v, wanted[f.shape])
		return late(t)
	case v.IsNull():
		return null(t)
	case !v.IsKnown():
		return late(t)
	}
	switch f.shape {
	case texts:
		return c.listed(at, v, t)
	case textMap, objects:
		return c.mapped(at, v, f, t.(tftypes.Map))
	case object:
		return c.object(at, v, f, t.(tftypes.Object))
	default:
		return c.scalar(at, v, f, t)
	}
}

// wanted is what a message says that a shape needs.
var wanted = map[shape]string{
	text: "a string", number: "a number", flag: "a bool", texts: "a list of strings", textMap: "a map", objects: "a map", object: "an object",
}

// convertible says whether a value of a type, null and unknown ones included, can be that of a shape.
func convertible(v tftypes.Value, s shape) bool {
	switch {
	case isA(v, tftypes.DynamicPseudoType): // of a type that is not known yet
		return true
	case isA(v, tftypes.String):
		return s == text || s == number || s == flag
	case isA(v, tftypes.Number):
		return s == text || s == number
	case isA(v, tftypes.Bool):
		return s == text || s == flag
	case isList(v):
		return s == texts
	}
	return isObject(v) && (s == textMap || s == objects || s == object)
}

func (c *conformer) listed(at topology.Path, v tftypes.Value, t tftypes.Type) tftypes.Value {
	list, _ := elements(v)
	if lateLength(v, list) {
		return late(t)
	}
	out := make([]tftypes.Value, 0, len(list))
	for i, e := range list {
		out = append(out, c.field(at.At(i), e, field{shape: text}, tftypes.String))
	}
	return tftypes.NewValue(t, out)
}

// lateLength says of a set that some of its elements may turn out to be equal, so that its length and order
// are not known.
func lateLength(v tftypes.Value, elements []tftypes.Value) bool {
	return isA(v, tftypes.Set{}) && len(elements) > 1 && slices.ContainsFunc(elements, func(e tftypes.Value) bool { return !e.IsKnown() })
}

func (c *conformer) mapped(at topology.Path, v tftypes.Value, f field, t tftypes.Map) tftypes.Value {
	given, _ := members(v)
	element := field{shape: text}
	if f.shape == objects {
		element = field{shape: object, fields: f.fields, results: f.results}
	}
	out := make(map[string]tftypes.Value, len(given))
	for key, e := range given {
		out[key] = c.field(at.Key(key), e, element, t.ElementType)
	}
	return tftypes.NewValue(t, out)
}
