package provider

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// keepUnwritten leaves a state that lacks later attributes as it is where nothing else changes.
func keepUnwritten(later []string, prior, planned tftypes.Value) tftypes.Value {
	was, kept := attributesOf(prior), maps.Clone(attributesOf(planned))
	lacks := false
	for _, name := range later {
		if was != nil && was[name].IsNull() {
			kept[name], lacks = was[name], true
		}
	}
	if same := tftypes.NewValue(planned.Type(), kept); lacks && same.Equal(prior) {
		return same
	}
	return planned
}

// unwritten are required_routes and claims of a state that lacks them: they follow from
// facts and allocations, a for_each takes no null, and other workspaces would miss what is held here.
// Terraform does not count it as a change.
func unwritten(catalog *profile.Catalog, state *node) map[string]any {
	was := state.attrs
	if !was["required_routes"].IsNull() && !was["claims"].IsNull() || was["clusters"].IsNull() {
		return nil
	}
	request, _ := readRequest(was)
	held := allocate.Result{Allocations: readAllocations(catalog, state), Released: readReleased(state)}
	out := map[string]any{}
	if was["required_routes"].IsNull() {
		held.Required = allocate.RequiredRoutes(request.Facts, catalog, held.Allocations)
		out["required_routes"] = requiredRoutesValue(held)
	}
	if was["claims"].IsNull() {
		out["claims"] = claimsValue(request, held)
	}
	return out
}
