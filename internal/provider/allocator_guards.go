package provider

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// refuseReplacement stops -replace: the memory cannot be carried over to the new object.
func (a *allocatorResource) refuseReplacement(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if !req.State.Raw.IsNull() || req.Private == nil {
		return
	}
	mark, diags := req.Private.GetKey(ctx, heldKey)
	resp.Diagnostics.Append(diags...)
	if bytes.Equal(mark, heldMark) {
		resp.Diagnostics.AddAttributeError(path.Root("name"), "Allocator Cannot Be Replaced",
			"This allocator holds ranges of clusters, and a replacement would forget all of them: every cluster could get another range and would be rebuilt.\n\n"+
				"Plan without -replace, and without a replace_triggered_by on the allocator; every argument can be changed in place.")
	}
}

// refuseLateKeys stops a plan in which nobody knows yet which clusters there are: what they hold
// could not be shown, and everything that takes it would be rebuilt.
func (a *allocatorResource) refuseLateKeys(request allocate.Request, diags *diag.Diagnostics) {
	if request.Prior == nil || !holds(request.Prior.Allocations) || !request.Facts.Unknown.Has("clusters") {
		return
	}
	diags.AddAttributeError(path.Root("clusters"), "Clusters Not Known Until Apply",
		"Which clusters there are is known only after apply, so the plan cannot show what these hold: "+
			listed(slices.Sorted(maps.Keys(request.Prior.Allocations)), 20)+". Every resource that takes their ranges would be rebuilt.\n\n"+
			"Give clusters a map whose keys are known: literal names, variables or the keys of a for_each. Its values may be known later.")
}

// missingMoved stops a plan in which the memory would be left behind at an old address.
func missingMoved(name string, diags *diag.Diagnostics) {
	diags.AddAttributeError(path.Root("name"), "Missing moved Block",
		fmt.Sprintf("This plan destroys an allocator named %q and creates another one of that name: it was renamed or moved into a module. The new one would know nothing of what the old one holds, and every cluster could get other ranges.\n\n"+
			"Add a moved block from the old address to the new one. If the new one is another allocator indeed, give it another name.", name))
}

// remembers says whether there is anything that must not be forgotten.
func remembers(prior *allocate.Prior) bool {
	return prior != nil && (holds(prior.Allocations) || len(prior.Released) > 0)
}

// warnOfForgetting tells who removes an allocator what goes with it. prevent_destroy is gone with
// the block, so that nothing else does.
func (a *allocatorResource) warnOfForgetting(ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) {
	prior := a.prior(ctx, req, diags)
	if !remembers(prior) {
		return
	}
	names := slices.Sorted(maps.Keys(prior.Allocations))
	for _, key := range slices.Sorted(maps.Keys(prior.Released)) {
		names = append(names, key+" (released)")
	}
	var own types.String
	if diags.Append(req.State.GetAttribute(ctx, path.Root("name"), &own)...); a.session.leaves(own.ValueString()) {
		missingMoved(own.ValueString(), diags)
		return
	}
	var guards types.List
	diags.Append(req.State.GetAttribute(ctx, path.Root("prevent_release"), &guards)...)
	for _, guard := range guards.Elements() {
		if name, _ := guard.(types.String); name.ValueString() == "*" || slices.Contains(names, name.ValueString()) {
			diags.AddAttributeError(path.Root("prevent_release"), "Ranges Must Not Be Released",
				"This plan destroys an allocator that holds the ranges of these clusters: "+listed(names, 20)+"; prevent_release guards them.\n\n"+
					"If the allocator was renamed or moved into a module, add a moved block. To destroy it all the same, take the names out of prevent_release and apply that first.")
			return
		}
	}
	diags.AddWarning("Allocator Forgets Its Ranges",
		"This plan destroys an allocator that holds the ranges of these clusters: "+listed(names, 20)+". "+
			"An allocator that is made later does not know them and may hand them out again.\n\n"+
			"If the allocator was renamed or moved into a module, add a moved block instead.")
}

// warnOfNoMemory tells who starts afresh that clusters which exist already are not known.
func (a *allocatorResource) warnOfNoMemory(request allocate.Request, diags *diag.Diagnostics) {
	if request.Prior != nil && holds(request.Prior.Allocations) {
		return
	}
	for name, cl := range request.Facts.Clusters {
		e := request.ExistingOf(name)
		prof, known := a.prose.catalog.Profile(cl.Profile)
		pods := len(cl.PodCIDRs) > 0 || len(e.PodCIDRs) > 0 || known && prof.Pods.From == profile.Subnets
		services := cl.ServiceCIDR.IsValid() || e.ServiceCIDR.IsValid() || pods && known && (prof.Pods.From == profile.Shared || prof.Services.Default.CIDR.IsValid() && cl.Need.MaxServices == 0 && cl.Need.ServiceLength == 0)
		if !pods || !services {
			diags.AddAttributeWarning(path.Root("clusters"), "Allocator Starts Without Memory",
				"This allocator remembers no ranges, so every cluster that has neither pins nor an entry in existing gets new ranges. "+
					"That is right for clusters that are still to be built. For clusters that exist, give what they hold in existing.")
			return
		}
	}
}
