package provider

import (
	"errors"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// resourceArgument is a cidrplan_allocator or cidrplan_blocks that a function receives as a whole.
type resourceArgument struct {
	planner
	// unset says that the resource was imported and has no arguments yet, unknown that its ranges are known only after apply.
	unset, unknown bool
	request        allocate.Request
	// result has the Allocations, Profiles, Deferred and Released of the resource, and nothing else.
	result allocate.Result
}

// wholeResource is the parameter of a function for a resource or data source as a whole.
const wholeResource = "resource"

// readResourceArgument reads an argument that is a resource or data source as a whole. The error says what is wrong with the argument, and
// where it is nothing of the kind what is expected.
func readResourceArgument(p messages.Writer, given tftypes.Value, expected string) (resourceArgument, error) {
	if !given.IsKnown() && values.IsA(given, tftypes.DynamicPseudoType) {
		return resourceArgument{unknown: true}, nil
	}
	v := resourceArgument{}
	var is bool
	if v.planner, is = plannerOf(p, given); !is {
		return v, notAPlanner(p, given, expected)
	}
	if lacking := v.lacking(given); len(lacking) > 0 {
		return v, errors.New(messages.ArgumentLacks(v.typeName(), lacking, v.example()))
	}
	if !given.IsKnown() {
		v.unknown = true
		return v, nil
	}
	err := v.read(given)
	return v, err
}

// read reads arguments and ranges of a resource or data source.
func (v *resourceArgument) read(given tftypes.Value) error {
	attributes, faults := v.conformed(given)
	request, unread := v.kind.read(attributes)
	r := &values.Reader{}
	n := r.Attributes(attributes, nil)
	v.request = request
	v.readAllocations(n)
	v.result.Released = v.kind.released(n)
	v.result.ReleasedUnknown = n.Unknown.Has("released")
	unread = append(unread, slices.DeleteFunc(r.Faults, isCountOfNone)...)
	if faults = append(faults, unread...); len(faults) > 0 {
		return errors.New(messages.ErrorText(v.writer.FaultMessages(faults)))
	}
	many, main := attributes[v.writer.Terms().Many], attributes[v.kind.main]
	v.unset = many.IsNull() || main.IsNull()
	v.unknown = !v.unset && (!many.IsKnown() || !main.IsKnown())
	if !ofResource(given) && !v.unset && !v.unknown {
		v.result.Released = allocate.Plan(request, v.writer.Catalog).Released // which a data source does not show
	}
	return nil
}

// conformed gives the arguments and the ranges of a resource or data source the types of their fields. What a data source
// has in declare is in the places of its own names. The faults are what has another type, and attributes that no argument has.
func (v *resourceArgument) conformed(given tftypes.Value) (out map[string]tftypes.Value, faults []topology.Fault) {
	c, ofRanges := &values.Conformer{}, &values.Conformer{SurplusAllowed: true} // versions differ in what else an allocation has
	attributes, inside := values.AttributesOf(given), v.kind.arguments.ObjectArguments()
	root, field := topology.Path{}.Attr(topology.DeclareArgument), values.Field{Shape: values.Object, Fields: inside}
	declared := values.AttributesOf(c.Field(root, attributes[topology.DeclareArgument], field, inside.Type()))
	out = map[string]tftypes.Value{}
	for name, f := range v.ranges() {
		out[name] = ofRanges.Field(topology.Path{}.Attr(name), attributes[name], f, f.Type())
	}
	for name, f := range v.kind.arguments {
		own := attributes[name]
		if value, has := declared[name]; has && !value.IsNull() && own.IsNull() {
			out[name] = value
		} else {
			out[name] = c.Field(topology.Path{}.Attr(name), own, f, f.Type())
		}
	}
	return out, slices.Concat(c.Faults, c.Unused, ofRanges.Faults)
}
