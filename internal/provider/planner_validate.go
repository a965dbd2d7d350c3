package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// validate checks the arguments of the planner, for resource and data source alike. Terraform validates again
// in each plan, so that attributes without effect need not be reported by the plan. Other warnings are the plan's.
func (a planned) validate(ctx context.Context, arguments tfsdk.Config) diag.Diagnostics {
	var config types.Object
	diags := arguments.Get(ctx, &config)
	if diags.HasError() {
		return diags
	}
	w := a.door.arguments.written(config)
	p := a.prose.from(w)
	request, faults := a.door.read(w.arguments)
	faults = slices.Concat(faults, w.faults, allocate.Check(request, p.catalog))
	faults = slices.DeleteFunc(faults, func(f topology.Fault) bool { return f.Warn }) // which the plan prints
	messages := p.faultMessages(append(faults, w.unused...))
	return append(diags, a.session.once(diagnostics(apart(p.mark(request.Name), messages)))...)
}

// once leaves out the warnings of a validation without a session. A plan validates twice, before and after it
// configures the provider, and would print each warning twice.
func (s *session) once(diags diag.Diagnostics) diag.Diagnostics {
	if s == nil {
		return diags.Errors()
	}
	return diags
}

// requireWriteOnly reports declare under a Terraform that has no write-only arguments and would store it.
func requireWriteOnly(req resource.ValidateConfigRequest, config types.Object) (diags diag.Diagnostics) {
	declare, _ := config.Attributes()[declareArgument].(types.Dynamic)
	if !req.ClientCapabilities.WriteOnlyAttributesAllowed && !declare.IsNull() && !declare.IsUnderlyingValueNull() {
		diags.AddAttributeError(path.Root(declareArgument), "Terraform Is Too Old for declare",
			"declare needs Terraform 1.11 or OpenTofu 1.11, which have write-only arguments. Use such a version, or give the arguments that declare has as arguments of their own, "+
				"without declare around them.")
	}
	return diags
}
