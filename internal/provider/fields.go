package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	dschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	rschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// shape is what an attribute holds.
type shape int

const (
	text shape = iota
	// number is a whole number. The framework's own type for it refuses others without a place and
	// stops reading, so it is a plain number here, and the reader checks it.
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
	fields  fields
	// results are the attributes of results of this provider that are given as a whole, such as an allocation in
	// existing: what such a value has beyond the fields is no mistake.
	results []fields
}

// fields are the attributes of an object by name.
type fields map[string]field

// byValue makes every child optional. An element that comes from a resource is an unknown
// object during validate, and the framework would report each required child as missing; our
// own checks ask for them once they are known.
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

func (fs fields) resource() map[string]rschema.Attribute {
	out := map[string]rschema.Attribute{}
	for name, f := range fs {
		out[name] = f.resource()
	}
	return out
}

func (f field) optional() bool { return !f.required && !f.computed }

// ofPlan says whether a plan may set the attribute.
func (f field) ofPlan() bool { return f.computed || f.planned }

func (f field) resource() rschema.Attribute {
	switch f.shape {
	case text:
		return rschema.StringAttribute{MarkdownDescription: f.about, Required: f.required, Optional: f.optional(), Computed: f.ofPlan()}
	case number:
		return rschema.NumberAttribute{MarkdownDescription: f.about, Required: f.required, Optional: f.optional(), Computed: f.ofPlan()}
	case flag:
		return rschema.BoolAttribute{MarkdownDescription: f.about, Required: f.required, Optional: f.optional(), Computed: f.ofPlan()}
	case texts:
		return rschema.ListAttribute{MarkdownDescription: f.about, Required: f.required, Optional: f.optional(), Computed: f.ofPlan(), ElementType: types.StringType}
	case textMap:
		return rschema.MapAttribute{MarkdownDescription: f.about, Required: f.required, Optional: f.optional(), Computed: f.ofPlan(), ElementType: types.StringType}
	case object:
		return rschema.SingleNestedAttribute{MarkdownDescription: f.about, Required: f.required, Optional: f.optional(), Computed: f.ofPlan(), Attributes: f.fields.resource()}
	case anyObject:
		return rschema.DynamicAttribute{MarkdownDescription: f.about, Optional: true, WriteOnly: true}
	case list:
		return rschema.ListNestedAttribute{
			MarkdownDescription: f.about, Required: f.required, Optional: f.optional(), Computed: f.ofPlan(),
			NestedObject: rschema.NestedAttributeObject{Attributes: f.fields.resource()},
		}
	default:
		return rschema.MapNestedAttribute{
			MarkdownDescription: f.about, Required: f.required, Optional: f.optional(), Computed: f.ofPlan(),
			NestedObject: rschema.NestedAttributeObject{Attributes: f.fields.resource()},
		}
	}
}

// dataSource turns the attributes of a resource into those of a data source.
func dataSource(attributes map[string]rschema.Attribute) map[string]dschema.Attribute {
	out := map[string]dschema.Attribute{}
	for name, a := range attributes {
		switch a := a.(type) {
		case rschema.StringAttribute:
			out[name] = dschema.StringAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Computed: a.Computed}
		case rschema.NumberAttribute:
			out[name] = dschema.NumberAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Computed: a.Computed}
		case rschema.BoolAttribute:
			out[name] = dschema.BoolAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Computed: a.Computed}
		case rschema.ListAttribute:
			out[name] = dschema.ListAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Computed: a.Computed, ElementType: a.ElementType}
		case rschema.MapAttribute:
			out[name] = dschema.MapAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Computed: a.Computed, ElementType: a.ElementType}
		case rschema.DynamicAttribute:
			out[name] = dschema.DynamicAttribute{MarkdownDescription: a.MarkdownDescription, Optional: a.Optional}
		case rschema.SingleNestedAttribute:
			out[name] = dschema.SingleNestedAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Computed: a.Computed, Attributes: dataSource(a.Attributes)}
		case rschema.ListNestedAttribute:
			out[name] = dschema.ListNestedAttribute{
				MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Computed: a.Computed,
				NestedObject: dschema.NestedAttributeObject{Attributes: dataSource(a.NestedObject.Attributes)},
			}
		case rschema.MapNestedAttribute:
			out[name] = dschema.MapNestedAttribute{
				MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Computed: a.Computed,
				NestedObject: dschema.NestedAttributeObject{Attributes: dataSource(a.NestedObject.Attributes)},
			}
		}
	}
	return out
}

// typ is the type of an object with the fields.
func (fs fields) typ() types.ObjectType {
	attributes := map[string]attr.Type{}
	for name, f := range fs {
		attributes[name] = f.typ()
	}
	return types.ObjectType{AttrTypes: attributes}
}

func (f field) typ() attr.Type { return f.resource().GetType() }
