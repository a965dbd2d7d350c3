package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

func newRequiredRoutesFunction(p messages.Writer) *resourceFunction {
	return &resourceFunction{
		writer: p, name: "required_routes", title: "Routes that networks must carry to reach the Pods of an " +
			"allocator", result: requiredRoutes, clusters: true,
		argument: "A whole `cidrplan_allocator`, resource or data source, such as `cidrplan_allocator.k8s`. " +
			"With `for_each` or `count`, one instance, such as `cidrplan_allocator.k8s[\"prod\"]`.",
		text: "Returns the routes that other networks need to reach the Pods of each cluster: one entry for each connection to the " +
			"network of the cluster and each destination. " +
			"Keys are `network:action:via:other:cluster` and can be used in `for_each`. They are known at plan even if destinations are " +
			"known after apply, and other clusters do not change them. " +
			"There is no entry for a cluster whose Pods use subnets of the VPC or an overlay that is not routed.",
		answer: func(v resourceArgument) any {
			return requiredRoutesValue(v.request.RequiredRoutes(v.result, v.writer.Catalog))
		},
	}
}

// requiredRoutes are the routes that networks must carry so that the Pods of each cluster are reached. The page of the
// function says what the attributes mean.
var requiredRoutes = values.Field{Shape: values.Objects, Fields: values.Fields{
	"action": {Shape: values.Text}, "network": {Shape: values.Text}, "cluster": {Shape: values.Text}, "destination": {Shape: values.Text},
	"from": {Shape: values.Text}, "to": {Shape: values.Text}, "via": {Shape: values.Text}, "declared": {Shape: values.Flag},
}}

// requiredRoutesValue is the value of required_routes, for encode.
func requiredRoutesValue(routes map[string]allocate.RequiredRoute, unknown bool) any {
	if unknown {
		return values.KnownAfterApply{}
	}
	all := map[string]any{}
	for key, r := range routes {
		all[key] = requiredValues(r)
	}
	return all
}

func requiredValues(r allocate.RequiredRoute) map[string]any {
	out := map[string]any{
		"action": string(r.Action), "network": r.Network, "cluster": r.Cluster, "destination": r.Destination.String(),
		"from": r.From, "to": r.To, "via": string(r.Via), "declared": r.Declared,
	}
	if !r.Destination.IsValid() {
		out["destination"] = values.KnownAfterApply{}
	}
	if r.DeclaredUnknown {
		out["declared"] = values.KnownAfterApply{}
	}
	return out
}
