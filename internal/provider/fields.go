package provider

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// shape is what an attribute holds.
type shape int

const (
	text shape = iota
	// number is a whole number, which the reader checks: to Terraform it is any number.
	number
	flag
	texts
	textMap
	object
	objects // a map of objects
	list    // a list of objects
	// anyObject is an object whose attributes no schema names. Resources read it and do not store it.
	anyObject
)

// field is one attribute, written once for resources, data sources and function arguments.
type field struct {
	shape shape
	// about is Markdown for a reader of the Registry.
	about    string
	required bool
	computed bool
	// planned says of an argument of a resource that the plan sets it where it is not given.
	planned bool
	// writeOnly says of an argument of a resource that no plan and no state has it.
	writeOnly bool
	fields    fields
	// results are the attributes of results of this provider that are given as a whole, such as an allocation in
	// existing: what such a value has beyond the fields is no mistake.
	results []fields
}

// fields are the attributes of an object by name.
type fields map[string]field

// byValue makes every child optional. Terraform refuses an element that lacks a required one before the provider
// sees it, and says neither why it is needed nor what else would do; our own checks ask for them once they are known.
func (fs fields) byValue() fields {
	out := fields{}
	for name, f := range fs {
		if f.computed {
			continue
		}
		f.required = false
		f.fields = f.fields.byValue()
		out[name] = f
	}
	return out
}

// with returns the fields together with others.
func (fs fields) with(others fields) fields {
	out := fields{}
	for name, f := range fs {
		out[name] = f
	}
	for name, f := range others {
		out[name] = f
	}
	return out
}

// schema describes the fields to Terraform and to the Registry, which reads about of the whole.
func (fs fields) schema(about string) *tfprotov6.Schema {
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{
		Attributes: fs.attributes(), Description: about, DescriptionKind: tfprotov6.StringKindMarkdown,
	}}
}

func (fs fields) attributes() []*tfprotov6.SchemaAttribute {
	var out []*tfprotov6.SchemaAttribute
	for _, name := range slices.Sorted(maps.Keys(fs)) {
		out = append(out, fs[name].attribute(name))
	}
	return out
}

func (f field) attribute(name string) *tfprotov6.SchemaAttribute {
	out := &tfprotov6.SchemaAttribute{
		Name: name, Description: f.about, DescriptionKind: tfprotov6.StringKindMarkdown,
		Required: f.required, Optional: !f.required && !f.computed, Computed: f.computed || f.planned, WriteOnly: f.writeOnly,
	}
	if nesting, nests := nestings[f.shape]; nests {
		out.NestedType = &tfprotov6.SchemaObject{Nesting: nesting, Attributes: f.fields.attributes()}
	} else {
		out.Type = f.typ()
	}
	return out
}

// nestings are how the shapes with attributes of their own are nested.
var nestings = map[shape]tfprotov6.SchemaObjectNestingMode{
	object: tfprotov6.SchemaObjectNestingModeSingle, objects: tfprotov6.SchemaObjectNestingModeMap, list: tfprotov6.SchemaObjectNestingModeList,
}

// typ is the type of an object with the fields.
func (fs fields) typ() tftypes.Object {
	attributes := map[string]tftypes.Type{}
	for name, f := range fs {
		attributes[name] = f.typ()
	}
	return tftypes.Object{AttributeTypes: attributes}
}

func (f field) typ() tftypes.Type {
	switch f.shape {
	case text:
		return tftypes.String
	case number:
		return tftypes.Number
	case flag:
		return tftypes.Bool
	case texts:
		return tftypes.List{ElementType: tftypes.String}
	case textMap:
		return tftypes.Map{ElementType: tftypes.String}
	case object:
		return f.fields.typ()
	case objects:
		return tftypes.Map{ElementType: f.fields.typ()}
	case list:
		return tftypes.List{ElementType: f.fields.typ()}
	default:
		return tftypes.DynamicPseudoType
	}
}

// choice lists the values of an attribute.
func choice(values []string) string { return "`" + strings.Join(values, "`, `") + "`" }
