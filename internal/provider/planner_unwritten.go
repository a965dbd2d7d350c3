package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// keepUnwritten leaves a state that lacks later attributes as it is where nothing else changes.
func keepUnwritten(later []string, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.State.Raw.IsNull() {
		return
	}
	was, planned := rawAttributes(req.State.Raw), maps.Clone(rawAttributes(resp.Plan.Raw))
	lacks := false
	for _, name := range later {
		if was[name].IsNull() {
			planned[name], lacks = was[name], true
		}
	}
	if raw := tftypes.NewValue(resp.Plan.Raw.Type(), planned); lacks && raw.Equal(req.State.Raw) {
		resp.Plan.Raw = raw
	}
}

// fillUnwritten makes required_routes and claims of what a state has that lacks them: they follow from
// facts and allocations, a for_each takes no null, and other workspaces would miss what is held here.
// Terraform does not count it as a change.
func fillUnwritten(ctx context.Context, catalog *profile.Catalog, req resource.ReadRequest, resp *resource.ReadResponse) {
	was := rawAttributes(req.State.Raw)
	if !was["required_routes"].IsNull() && !was["claims"].IsNull() || was["clusters"].IsNull() {
		return
	}
	var state types.Object
	if resp.Diagnostics.Append(req.State.Get(ctx, &state)...); resp.Diagnostics.HasError() {
		return
	}
	request, _ := readRequest(state)
	n := (&reader{}).root(state, nil)
	held := allocate.Result{Allocations: readAllocations(catalog, n), Released: readReleased(n)}
	if was["required_routes"].IsNull() {
		held.Required = allocate.RequiredRoutes(request.Facts, catalog, held.Allocations)
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("required_routes"), encodeRequired(held))...)
	}
	if was["claims"].IsNull() {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("claims"), encodeClaims(request, held))...)
	}
}
