package values

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Shape is what an attribute holds.
type Shape int

// Shapes of attributes.
const (
	Text Shape = iota
	// Number is a whole number, which the reader checks: to Terraform it is any number.
	Number
	Flag
	Texts
	TextMap
	Object
	Objects // a map of objects
	List    // a list of objects
	Map     // a map of values of one field, Element
	// anyObject is an object whose attributes no schema names. Resources read it and do not store it.
	anyObject
)

// Field is one attribute, written once for resources, data sources and function arguments.
type Field struct {
	Shape Shape
	// Description is Markdown for a reader of the Registry.
	Description string
	Required    bool
	Computed    bool
	// planned says that the plan sets the argument of a resource if it is not given.
	planned bool
	// writeOnly says that no plan and no state has the argument of a resource.
	writeOnly bool
	Fields    Fields
	// Element is the field of each value of a Map.
	Element *Field
	// Results are the attributes of results of this provider that are given as a whole, such as an allocation in
	// existing: what such a value has beyond the fields is no mistake.
	Results []Fields
}

// Fields are the attributes of an object by name.
type Fields map[string]Field

// ByValue makes every child optional. Terraform refuses an element that lacks a required one before the provider
// sees it, and says neither why it is needed nor what else would do; our own checks ask for them once they are known.
func (fs Fields) ByValue() Fields {
	out := Fields{}
	for name, f := range fs {
		if f.Computed {
			continue
		}
		f.Required = false
		f.Fields = f.Fields.ByValue()
		out[name] = f
	}
	return out
}

// With returns the fields together with others.
func (fs Fields) With(others Fields) Fields {
	out := Fields{}
	for name, f := range fs {
		out[name] = f
	}
	for name, f := range others {
		out[name] = f
	}
	return out
}

// Schema describes the fields to Terraform and to the Registry, which reads about of the whole.
func (fs Fields) Schema(about string) *tfprotov6.Schema {
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{
		Attributes: fs.attributes(), Description: about, DescriptionKind: tfprotov6.StringKindMarkdown,
	}}
}

func (fs Fields) attributes() []*tfprotov6.SchemaAttribute {
	var out []*tfprotov6.SchemaAttribute
	for _, name := range slices.Sorted(maps.Keys(fs)) {
		out = append(out, fs[name].attribute(name))
	}
	return out
}

func (f Field) attribute(name string) *tfprotov6.SchemaAttribute {
	out := &tfprotov6.SchemaAttribute{
		Name: name, Description: f.Description, DescriptionKind: tfprotov6.StringKindMarkdown,
		Required: f.Required, Optional: !f.Required && !f.Computed, Computed: f.Computed || f.planned, WriteOnly: f.writeOnly,
	}
	if nesting, nests := nestings[f.Shape]; nests {
		out.NestedType = &tfprotov6.SchemaObject{Nesting: nesting, Attributes: f.Fields.attributes()}
	} else {
		out.Type = f.Type()
	}
	return out
}

// nestings are how the shapes with attributes of their own are nested.
var nestings = map[Shape]tfprotov6.SchemaObjectNestingMode{
	Object: tfprotov6.SchemaObjectNestingModeSingle, Objects: tfprotov6.SchemaObjectNestingModeMap,
	List: tfprotov6.SchemaObjectNestingModeList,
}

// Type is the type of an object with the fields.
func (fs Fields) Type() tftypes.Object {
	attributes := map[string]tftypes.Type{}
	for name, f := range fs {
		attributes[name] = f.Type()
	}
	return tftypes.Object{AttributeTypes: attributes}
}

// Type returns the type of an attribute.
func (f Field) Type() tftypes.Type {
	switch f.Shape {
	case Text:
		return tftypes.String
	case Number:
		return tftypes.Number
	case Flag:
		return tftypes.Bool
	case Texts:
		return tftypes.List{ElementType: tftypes.String}
	case TextMap:
		return tftypes.Map{ElementType: tftypes.String}
	case Object:
		return f.Fields.Type()
	case Objects:
		return tftypes.Map{ElementType: f.Fields.Type()}
	case List:
		return tftypes.List{ElementType: f.Fields.Type()}
	case Map:
		return tftypes.Map{ElementType: f.Element.Type()}
	default:
		return tftypes.DynamicPseudoType
	}
}

// Choice lists the values of an attribute.
func Choice(values []string) string { return "`" + strings.Join(values, "`, `") + "`" }
