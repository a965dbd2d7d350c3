package provider

import (
	"errors"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

func (a planner) typeName() string { return "cidrplan" + a.kind.typeName }

// example is a reference to a resource of the type.
func (a planner) example() string {
	if a.writer.OfBlocks {
		return a.typeName() + ".vpcs"
	}
	return a.typeName() + ".k8s"
}

// attributeTypes are those of an object, also of one that is null or unknown; nil of all else.
func attributeTypes(v tftypes.Value) map[string]tftypes.Type {
	object, _ := v.Type().(tftypes.Object)
	return object.AttributeTypes
}

// plannerOf returns the planner whose resource or data source a value looks like.
func plannerOf(p messages.Writer, v tftypes.Value) (planner, bool) {
	if v.IsNull() {
		return planner{}, false
	}
	has := attributeTypes(v)
	for _, one := range []planner{clusterPlanner(p, nil), blockPlanner(p, nil)} {
		if has[one.kind.main] != nil && has[one.writer.Terms().Many] != nil && has["supernets"] != nil {
			return one, true
		}
	}
	return planner{}, false
}

// lacking are the attributes of a resource, or else of a data source, that a value does not have.
func (v resourceArgument) lacking(given tftypes.Value) []string {
	has := attributeTypes(given)
	wanted := v.kind.arguments
	if ofResource(given) {
		wanted = wanted.With(v.kind.resourceArguments)
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(wanted)), func(name string) bool { return has[name] != nil })
}

// ofResource says whether a value is a resource: a data source does not show what is released.
func ofResource(v tftypes.Value) bool { return attributeTypes(v)["released"] != nil }

// notAPlanner says what a value is that is neither resource nor data source of a planner.
func notAPlanner(p messages.Writer, v tftypes.Value, expected string) error {
	if v.IsNull() {
		return errors.New(messages.ArgumentIs("null", nil, expected))
	}
	list, _ := values.Elements(v)
	for i, e := range list {
		if one, is := plannerOf(p, e); is {
			return errors.New(messages.ArgumentIsList(one.example(), i))
		}
	}
	all, _ := values.Members(v)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if one, is := plannerOf(p, all[key]); is {
			return errors.New(messages.ArgumentIsMap(one.example(), key))
		}
	}
	return errors.New(messages.ArgumentIs(messages.TypeName(values.KindOf(v)), slices.Sorted(maps.Keys(attributeTypes(v))), expected))
}
