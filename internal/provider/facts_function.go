package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// factsFunction joins the objects of the clouds' own providers to facts for an allocator.
type factsFunction struct {
	writer messages.Writer
	// catalog is read when the function is called first.
	catalog func() *clouds.Catalog
	result  tftypes.Object
}

func newFactsFunction(p messages.Writer, catalog func() *clouds.Catalog) *factsFunction {
	return &factsFunction{p, catalog, factsFields.Type()}
}

func (f *factsFunction) Definition() *tfprotov6.Function {
	objects := parameter(
		"objects",
		tftypes.DynamicPseudoType,
		"An object with an attribute for each cloud ("+values.Choice(clouds.PlatformNames())+"). Each contains maps of resources of "+
			"the cloud's "+
			"provider, or of elements of its data sources: "+values.Choice(f.arguments())+". "+
			"The keys of `vpcs` are the names of the VPCs, and those of `gateways`, `connections` and `clusters` the names of the "+
			"hubs, sites and "+
			"clusters. "+
			"To name the VPC or hub of an object, add `vpc`, `hub` or `peer` with `merge()`.",
	)
	objects.AllowUnknownValues = true
	return defined(
		"Facts from the resources of the clouds' providers",
		"Converts VPCs, subnets, routes, gateways, connections and clusters of the clouds' own providers to the arguments of an "+
			"allocator, so that no "+
			"network is written twice. The values that are known at plan stay the same at apply. Only attributes with networks are "+
			"read; credentials "+
			"in cluster objects are not. The guide on facts lists all resource types.",
		f.result,
		objects,
	)
}

// arguments are the names of all arguments.
func (f *factsFunction) arguments() []string {
	var names []string
	for _, argument := range clouds.Arguments {
		names = append(names, string(argument))
	}
	return names
}

func (f *factsFunction) Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	facts, faults := f.catalog().Facts(cloudValue{arguments[0]})
	if len(faults) > 0 {
		return tftypes.Value{}, argumentError(0, messages.CloudFaults(faults))
	}
	return values.Encode(f.result, factsValue(facts)), nil
}

// factsFields are the attributes of the result.
var factsFields = values.Fields{
	"hubs": {Shape: values.Objects, Fields: values.Fields{
		"kind": {Shape: values.Text}, "protection_level": {Shape: values.Text},
	}},
	"sites": {Shape: values.Objects, Fields: values.Fields{
		"cidr_blocks": {Shape: values.Texts}, "hubs": {Shape: values.Texts}, "peers": {Shape: values.Texts},
	}},
	"vpcs": {Shape: values.Objects, Fields: values.Fields{
		"platform": {Shape: values.Text}, "region": {Shape: values.Text},
		"cidr_blocks": {Shape: values.Texts}, "ipv6_cidr_blocks": {Shape: values.Texts}, "subnets": {Shape: values.TextMap},
		"hubs": {Shape: values.Texts}, "peers": {Shape: values.Texts},
		"routes": {Shape: values.Objects, Fields: values.Fields{
			"destination": {Shape: values.Text}, "next_hop": {Shape: values.Text}, "summary": {Shape: values.Flag},
		}},
	}},
	"existing": {Shape: values.Objects, Fields: values.Fields{
		"pod_cidrs": {Shape: values.Texts}, "service_cidr": {Shape: values.Text},
		"pod_ipv6_cidr": {Shape: values.Text}, "service_ipv6_cidr": {Shape: values.Text},
		"node_cidr_mask": {Shape: values.Number}, "node_ipv6_cidr_mask": {Shape: values.Number},
		"other_ranges": {Shape: values.Map, Element: &values.Field{Shape: values.Texts}},
	}},
	"block_existing": {Shape: values.Objects, Fields: values.Fields{
		"cidr": {Shape: values.Text, Description: "CIDR block of the VPC."},
	}},
	"unplaced": {Shape: values.TextMap},
}

// factsValue is the result, for values.Encode.
func factsValue(facts clouds.Facts) map[string]any {
	return map[string]any{
		"hubs": eachOf(facts.Hubs, func(h clouds.Hub) any {
			return map[string]any{"kind": textOrNull(h.Kind), "protection_level": textOf(h.ProtectionLevel)}
		}),
		"sites": eachOf(facts.Sites, func(s clouds.Site) any {
			return map[string]any{"cidr_blocks": listOf(s.CIDRBlocks), "hubs": listOf(s.Hubs), "peers": listOf(s.Peers)}
		}),
		"vpcs":     eachOf(facts.VPCs, vpcValue),
		"existing": eachOf(facts.Existing, existingValue),
		"block_existing": eachOf(facts.BlockExisting, func(block clouds.Known[string]) any {
			return map[string]any{"cidr": textOf(block)}
		}),
		"unplaced": eachOf(facts.Unplaced, func(u clouds.Unplaced) any { return messages.Unplaced(u) }),
	}
}

func vpcValue(v clouds.VPC) any {
	return map[string]any{
		"platform": v.Platform, "region": textOf(v.Region),
		"cidr_blocks": listOf(v.CIDRBlocks), "ipv6_cidr_blocks": listOf(v.IPv6CIDRBlocks),
		"subnets": eachOf(v.Subnets, textOf),
		"hubs":    listOf(v.Hubs), "peers": listOf(v.Peers),
		"routes": eachOf(v.Routes, func(r clouds.Route) any {
			return map[string]any{"destination": textOf(r.Destination), "next_hop": textOf(r.NextHop), "summary": flagOf(r.Summary)}
		}),
	}
}

func existingValue(c clouds.Cluster) any {
	return map[string]any{
		"pod_cidrs": listOrNull(c.PodCIDRs), "service_cidr": textOf(c.ServiceCIDR),
		"pod_ipv6_cidr": textOf(c.PodIPv6CIDR), "service_ipv6_cidr": textOf(c.ServiceIPv6CIDR),
		"node_cidr_mask": numberOf(c.NodeCIDRMask), "node_ipv6_cidr_mask": numberOf(c.NodeIPv6CIDRMask),
		"other_ranges": otherRangesOf(c.OtherRanges),
	}
}

// otherRangesOf are lists by name, null for none.
func otherRangesOf(uses clouds.Known[map[string][]string]) any {
	switch {
	case uses.AfterApply:
		return values.KnownAfterApply{}
	case len(uses.Value) == 0:
		return nil
	}
	out := map[string]any{}
	for use, ranges := range uses.Value {
		out[use] = ranges
	}
	return out
}

// eachOf are the values of a map, or a map that is known after apply.
func eachOf[T any](m clouds.Known[map[string]T], value func(T) any) any {
	if m.AfterApply {
		return values.KnownAfterApply{}
	}
	out := map[string]any{}
	for key, v := range m.Value {
		out[key] = value(v)
	}
	return out
}

func listOf(list clouds.Known[[]string]) any {
	if list.AfterApply {
		return values.KnownAfterApply{}
	}
	return list.Value
}

// textOf is a text, null for none.
func textOf(text clouds.Known[string]) any {
	if text.AfterApply {
		return values.KnownAfterApply{}
	}
	return textOrNull(text.Value)
}

// listOrNull is a list, null for an empty one.
func listOrNull(list clouds.Known[[]string]) any {
	if !list.AfterApply && len(list.Value) == 0 {
		return nil
	}
	return listOf(list)
}

func flagOf(flag clouds.Known[bool]) any {
	if flag.AfterApply {
		return values.KnownAfterApply{}
	}
	return flag.Value
}

// numberOf is a number, null for 0.
func numberOf(number clouds.Known[int64]) any {
	switch {
	case number.AfterApply:
		return values.KnownAfterApply{}
	case number.Value == 0:
		return nil
	}
	return number.Value
}
