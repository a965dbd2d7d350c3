package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// requiredRoutes are the routes that networks must carry so that the Pods of each cluster are reached. The page of the
// function says what the attributes mean.
var requiredRoutes = field{shape: objects, fields: fields{
	"action": {shape: text}, "network": {shape: text}, "cluster": {shape: text}, "destination": {shape: text},
	"from": {shape: text}, "to": {shape: text}, "via": {shape: text}, "declared": {shape: flag},
}}

// requiredRoutesValue is the value of required_routes, for encode.
func requiredRoutesValue(routes map[string]allocate.RequiredRoute, late bool) any {
	if late {
		return knownAfterApply{}
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
		out["destination"] = knownAfterApply{}
	}
	if r.LateDeclared {
		out["declared"] = knownAfterApply{}
	}
	return out
}
