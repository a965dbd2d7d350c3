package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// requiredRoutesValue is the value of required_routes: never null, so that a for_each can use it.
func requiredRoutesValue(result allocate.Result) any {
	if result.LateRequired {
		return knownAfterApply{}
	}
	all := map[string]any{}
	for key, r := range result.Required {
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
