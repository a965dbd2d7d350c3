package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// declaration is a resource that only declares: what it is given is its state. Hubs, sites,
// VPCs and clusters are all of this kind.
type declaration struct {
	typeName string
	about    string
	fields   fields
	// check reads the configuration of the resource and checks it.
	check func(*node) []topology.Fault
	// facts reads what the resource declares under a name.
	facts func(n *node, name string) topology.Facts
	// sameThing are the arguments that say which thing is declared: resources of one name that agree in them declare it
	// together. Without them, no two resources may have one name.
	sameThing []string
	prose     prose
	session   *session
}

var (
	_ resource.ResourceWithValidateConfig = (*declaration)(nil)
	_ resource.ResourceWithModifyPlan     = (*declaration)(nil)
	_ resource.ResourceWithImportState    = (*declaration)(nil)
	_ resource.ResourceWithConfigure      = (*declaration)(nil)
)

func (d *declaration) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	d.session, _ = req.ProviderData.(*session)
}

func (d *declaration) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.typeName
}

func (d *declaration) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{MarkdownDescription: d.about, Attributes: d.fields.plannedDeclarable().with(id).resource()}
}

func (d *declaration) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config types.Object
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	w, r := d.fields.written(config), &reader{}
	p, n := d.prose.from(w), r.root(w.arguments, nil)
	faults := append(d.check(n), w.faults...)
	faults = append(append(r.faults, faults...), w.unused...)
	resp.Diagnostics.Append(d.session.once(p.faults(markOf(d.typeName, n.text("name")), faults))...)
	resp.Diagnostics.Append(requireWriteOnly(req, config)...)
}

// ModifyPlan sets the id in every plan: a computed attribute that is left alone is unknown
// after any edit.
func (d *declaration) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var name types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("name"), &name)...)
	computed := map[string]attr.Value{"id": name}
	var config types.Object
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); resp.Diagnostics.HasError() {
		return
	}
	w := d.fields.written(config)
	if resp.Diagnostics.Append(d.prose.faults(markOf(d.typeName, name.ValueString()), w.faults)...); resp.Diagnostics.HasError() {
		return
	}
	maps.Copy(computed, w.planned(d.fields, config))
	setComputed(ctx, &resp.Plan, computed)
	if d.session == nil || d.facts == nil {
		return
	}
	d.session.refuseSecond(ctx, req, resp, resourceName{"cidrplan_" + d.typeName, name.ValueString()}, d.sameThing)
	if resp.Diagnostics.HasError() {
		return
	}
	now, before := d.given(ctx, resp.Plan, &resp.Diagnostics), conflict.Given{}
	if !req.State.Raw.IsNull() {
		before = d.given(ctx, req.State, &resp.Diagnostics)
		if imported(req.State) { // what was there before is not known, and a recovery is not stopped by it
			before = now
		}
	}
	resp.Diagnostics.Append(d.session.register(d.prose.from(w), conflict.Origin{Kind: d.typeName, Name: name.ValueString()}, now, before)...)
}

// imported says whether a state has no more than an import by name knows.
func imported(state tfsdk.State) bool {
	attributes := map[string]tftypes.Value{}
	if err := state.Raw.As(&attributes); err != nil {
		return false
	}
	for name, value := range attributes {
		if name != "name" && name != "id" && !value.IsNull() {
			return false
		}
	}
	return true
}

// given is what the resource declares in a plan or state.
func (d *declaration) given(ctx context.Context, from interface {
	Get(context.Context, any) diag.Diagnostics
}, diags *diag.Diagnostics,
) conflict.Given {
	var whole types.Object
	if diags.Append(from.Get(ctx, &whole)...); diags.HasError() {
		return conflict.Given{}
	}
	n := (&reader{}).root(whole, nil)
	return conflict.Given{Facts: d.facts(n, n.text("name"))}
}

func (d *declaration) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (d *declaration) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (d *declaration) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (d *declaration) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

func (d *declaration) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importByName(ctx, req, resp, d.prose)
}

// importByName starts a state that has only its name; the update that follows fills in the rest.
func importByName(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, p prose) {
	var bad []topology.Fault
	if req.ID == "" {
		bad = append(bad, topology.Fault{At: topology.Path{}.Attr("name"), Problem: topology.Missing{Why: "import by name"}})
	}
	topology.CheckName(req.ID, func(problem topology.BadName) {
		bad = append(bad, topology.Fault{At: topology.Path{}.Attr("name"), Problem: problem})
	})
	if resp.Diagnostics.Append(p.faults("", bad)...); resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("name"), req.ID)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), req.ID)...)
}
