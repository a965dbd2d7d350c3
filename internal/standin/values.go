package main

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// computedPaths are the paths of a block's computed attributes, of which indices are left out.
func computedPaths(block *tfprotov6.SchemaBlock) map[string]bool {
	out := map[string]bool{}
	var ofAttributes func(prefix string, attributes []*tfprotov6.SchemaAttribute)
	ofAttributes = func(prefix string, attributes []*tfprotov6.SchemaAttribute) {
		for _, a := range attributes {
			out[prefix+a.Name] = a.Computed
			if a.NestedType != nil {
				ofAttributes(prefix+a.Name+".", a.NestedType.Attributes)
			}
		}
	}
	var ofBlock func(prefix string, block *tfprotov6.SchemaBlock)
	ofBlock = func(prefix string, block *tfprotov6.SchemaBlock) {
		ofAttributes(prefix, block.Attributes)
		for _, nested := range block.BlockTypes {
			ofBlock(prefix+nested.TypeName+".", nested.Block)
		}
	}
	ofBlock("", block)
	return out
}

// pathOf is a path without indices.
func pathOf(path *tftypes.AttributePath) string {
	var names []string
	for _, step := range path.Steps() {
		if name, is := step.(tftypes.AttributeName); is {
			names = append(names, string(name))
		}
	}
	return strings.Join(names, ".")
}

// planned is what the SDK plans for a new object: each computed attribute that is not set is known after apply, and a set with one
// element that is not known is not known as a whole.
func planned(block *tfprotov6.SchemaBlock, proposed tftypes.Value) (tftypes.Value, error) {
	computed := computedPaths(block)
	return tftypes.Transform(proposed, func(path *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if v.IsNull() && computed[pathOf(path)] || v.Type().Is(tftypes.Set{}) && !v.IsFullyKnown() {
			return tftypes.NewValue(v.Type(), tftypes.UnknownValue), nil
		}
		return v, nil
	})
}

// created is a planned object after its creation: what the configuration sets is so, IDs are invented, all else that was unknown is empty.
// An ID is "alicloud_vpc.prod.id" of the object that has the name "prod".
func created(typ string, v, config tftypes.Value) (tftypes.Value, error) {
	name := nameOf(v)
	return tftypes.Transform(v, func(path *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if v.IsKnown() {
			return v, nil
		}
		if given, _, err := tftypes.WalkAttributePath(config, path); err == nil {
			if given, is := given.(tftypes.Value); is && !given.IsNull() {
				return given, nil
			}
		}
		attribute := pathOf(path)
		if v.Type().Is(tftypes.String) && (attribute == "id" || strings.HasSuffix(attribute, "_id")) {
			return tftypes.NewValue(v.Type(), fmt.Sprintf("%s.%s.%s", typ, name, attribute)), nil
		}
		return empty(v.Type()), nil
	})
}

// nameOf is the name of an object, or its ranges where it has none.
func nameOf(v tftypes.Value) string {
	var all map[string]tftypes.Value
	if err := v.As(&all); err != nil {
		return ""
	}
	for _, suffix := range []string{"name", "destination", "cidr", "cidr_block", "_id"} {
		for _, attribute := range sortedKeys(all) {
			var text string
			if v := all[attribute]; strings.HasSuffix(attribute, suffix) && v.IsKnown() && !v.IsNull() && v.As(&text) == nil && text != "" {
				return text
			}
		}
	}
	return "unnamed"
}

// empty is the value of an attribute that the cloud has nothing for.
func empty(typ tftypes.Type) tftypes.Value {
	switch {
	case typ.Is(tftypes.String):
		return tftypes.NewValue(typ, "")
	case typ.Is(tftypes.Number):
		return tftypes.NewValue(typ, 0)
	case typ.Is(tftypes.Bool):
		return tftypes.NewValue(typ, false)
	case typ.Is(tftypes.Map{}):
		return tftypes.NewValue(typ, map[string]tftypes.Value{})
	case typ.Is(tftypes.List{}), typ.Is(tftypes.Set{}):
		return tftypes.NewValue(typ, []tftypes.Value{})
	}
	return tftypes.NewValue(typ, nil)
}

// decoded is a value of a type from JSON. Attributes that are not there are null.
func decoded(typ tftypes.Type, v any) tftypes.Value {
	var elements []tftypes.Value
	switch typ := typ.(type) {
	case tftypes.Object:
		members, is := v.(map[string]any)
		if !is {
			return tftypes.NewValue(typ, nil)
		}
		out := map[string]tftypes.Value{}
		for name, of := range typ.AttributeTypes {
			out[name] = decoded(of, members[name])
		}
		return tftypes.NewValue(typ, out)
	case tftypes.List:
		for _, element := range listOf(v) {
			elements = append(elements, decoded(typ.ElementType, element))
		}
		return tftypes.NewValue(typ, elements)
	case tftypes.Set:
		for _, element := range listOf(v) {
			elements = append(elements, decoded(typ.ElementType, element))
		}
		return tftypes.NewValue(typ, elements)
	case tftypes.Map:
		return tftypes.NewValue(typ, nil)
	}
	return tftypes.NewValue(typ, v)
}

func listOf(v any) []any { list, _ := v.([]any); return list }
