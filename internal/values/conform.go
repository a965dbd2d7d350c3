package values

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Conformer gives a dynamic value the types of fields, as Terraform converts the arguments of a resource:
// tuples and sets become lists, objects become maps or maps objects, missing attributes become null, and "100"
// becomes a number. Unknown values stay unknown. Unlike Terraform it reports attributes that the fields lack,
// which would be lost. An id is not reported, because a resource that is given as a whole has one.
type Conformer struct {
	Faults []topology.Fault
	// Unused are attributes that the fields lack and whose names resemble none of theirs.
	Unused []topology.Fault
	// SurplusAllowed says that attributes which the fields lack are not reported.
	SurplusAllowed bool
}

func (c *Conformer) wrong(at topology.Path, v tftypes.Value, want topology.ValueType) {
	c.Faults = append(c.Faults, topology.Fault{At: at, Problem: topology.WrongType{Is: KindOf(v), Want: want}})
}

// KindOf is the type of a value as Terraform users know it.
func KindOf(v tftypes.Value) topology.ValueType {
	switch {
	case IsA(v, tftypes.String):
		return topology.TextType
	case IsA(v, tftypes.Number):
		return topology.NumberType
	case IsA(v, tftypes.Bool):
		return topology.FlagType
	case isList(v):
		return topology.ListType
	case isObject(v):
		return topology.ObjectType
	}
	return topology.OtherType
}

// object converts the attributes of an object or map that is known.
func (c *Conformer) object(at topology.Path, v tftypes.Value, of Field, t tftypes.Object) tftypes.Value {
	given, _ := Members(v)
	fs, result := of.Fields, of.resultIn(given)
	attributes := make(map[string]tftypes.Value, len(fs))
	for name, f := range fs {
		attributes[name] = c.Field(at.Attr(name), given[name], f, t.AttributeTypes[name])
	}
	if c.SurplusAllowed {
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

// resultIn are the fields of a result if an object is one, such as an element of allocations; nil if it is none. Only an object with all
// attributes of a result is one, so that a misspelled attribute of an object that was written by hand is still found.
func (f Field) resultIn(given map[string]tftypes.Value) Fields {
	for _, result := range f.Results {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(result)), func(name string) bool { return given[name].Type() == nil }) {
			return result
		}
	}
	return nil
}

// exported says whether an object has an attribute only because it is a whole resource of this provider.
func exported(name string, v tftypes.Value) bool {
	return name == "id" || name == topology.DeclareArgument && v.IsNull()
}

// surplus notes an attribute that the fields lack.
func (c *Conformer) surplus(at topology.Path, name string, known []string) {
	fault := topology.Fault{At: at, Problem: topology.Undeclared{Kind: topology.ArgumentName, Name: name, Known: known}}
	if topology.DidYouMean(name, known) == "" {
		c.Unused = append(c.Unused, fault)
	} else {
		c.Faults = append(c.Faults, fault)
	}
}

// Field gives a value the type of a field, which is t. What cannot have it is a fault and counts as unknown, so that
// it is not reported as missing as well.
func (c *Conformer) Field(at topology.Path, v tftypes.Value, f Field, t tftypes.Type) tftypes.Value {
	switch {
	case v.Type() == nil:
		return Null(t)
	case v.Type().Equal(t): // with all that is in it
		return v
	case !convertible(v, f.Shape):
		c.wrong(at, v, wanted[f.Shape])
		return Unknown(t)
	case v.IsNull():
		return Null(t)
	case !v.IsKnown():
		return Unknown(t)
	}
	switch f.Shape {
	case Texts:
		return c.listed(at, v, t)
	case TextMap, Objects, Map:
		return c.mapped(at, v, f, t.(tftypes.Map))
	case Object:
		return c.object(at, v, f, t.(tftypes.Object))
	default:
		return c.scalar(at, v, f, t)
	}
}

// wanted is the type that a shape needs.
var wanted = map[Shape]topology.ValueType{
	Text: topology.TextType, Number: topology.NumberType, Flag: topology.FlagType, Texts: topology.TextListType, TextMap: topology.MapType,
	Objects: topology.MapType, Object: topology.ObjectType, Map: topology.MapType,
}

// convertible says whether a value of a type, null and unknown ones included, can be that of a shape.
func convertible(v tftypes.Value, s Shape) bool {
	switch {
	case IsA(v, tftypes.DynamicPseudoType): // of a type that is not known yet
		return true
	case IsA(v, tftypes.String):
		return s == Text || s == Number || s == Flag
	case IsA(v, tftypes.Number):
		return s == Text || s == Number
	case IsA(v, tftypes.Bool):
		return s == Text || s == Flag
	case isList(v):
		return s == Texts
	}
	return isObject(v) && (s == TextMap || s == Objects || s == Object || s == Map)
}

func (c *Conformer) listed(at topology.Path, v tftypes.Value, t tftypes.Type) tftypes.Value {
	list, _ := Elements(v)
	if unknownLength(v, list) {
		return Unknown(t)
	}
	out := make([]tftypes.Value, 0, len(list))
	for i, e := range list {
		out = append(out, c.Field(at.At(i), e, Field{Shape: Text}, tftypes.String))
	}
	return tftypes.NewValue(t, out)
}

// unknownLength says whether elements of a set may turn out to be equal, so that its length and order are not
// known.
func unknownLength(v tftypes.Value, elements []tftypes.Value) bool {
	return IsA(v, tftypes.Set{}) && len(elements) > 1 && slices.ContainsFunc(elements, func(e tftypes.Value) bool { return !e.IsKnown() })
}

func (c *Conformer) mapped(at topology.Path, v tftypes.Value, f Field, t tftypes.Map) tftypes.Value {
	given, _ := Members(v)
	element := Field{Shape: Text}
	if f.Shape == Objects {
		element = Field{Shape: Object, Fields: f.Fields, Results: f.Results}
	} else if f.Shape == Map {
		element = *f.Element
	}
	out := make(map[string]tftypes.Value, len(given))
	for key, e := range given {
		out[key] = c.Field(at.Key(key), e, element, t.ElementType)
	}
	return tftypes.NewValue(t, out)
}
