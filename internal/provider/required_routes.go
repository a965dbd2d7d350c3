package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// requiredRoutes are the routes that networks must carry so that the Pods of each cluster are reached. The page of the
// function says what the attributes mean.
var requiredRoutes = values.Field{Shape: values.Objects, Fields: values.Fields{
	"action": {Shape: values.Text}, "network": {Shape: values.Text}, "cluster": {Shape: values.Text}, "destination": {Shape: values.Text},
	"from": {Shape: values.Text}, "to": {Shape: values.Text}, "via": {Shape: values.Text}, "declared": {Shape: values.Flag},
}}

// requiredRoutesValue is the value of required_routes, for encode.
func requiredRoutesValue(routes map[string]allocate.RequiredRoute, late bool) any {
	if late {
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
