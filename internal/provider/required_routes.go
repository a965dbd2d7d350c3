package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// encodeRequired makes the value of required_routes: never null, so that a for_each can take it.
func encodeRequired(result allocate.Result) attr.Value {
	if result.LateRequired {
		return late(requiredRoutes.typ())
	}
	all := map[string]any{}
	for key, r := range result.Required {
		all[key] = requiredValues(r)
	}
	return encode(requiredRoutes, all)
}

func requiredValues(r allocate.RequiredRoute) map[string]any {
	out := map[string]any{
		"action": string(r.Action), "network": r.Network, "cluster": r.Cluster, "destination": r.Destination.String(),
		"from": r.From, "to": r.To, "via": string(r.Via), "declared": r.Declared,
	}
	if !r.Destination.IsValid() {
		out["destination"] = late(types.StringType)
	}
	if r.LateDeclared {
		out["declared"] = late(types.BoolType)
	}
	return out
}
