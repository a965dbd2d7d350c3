package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// allocatorDataSource is the planner without memory.
type allocatorDataSource struct {
	prose   prose
	session *session
}

func newAllocatorDataSource(p prose) datasource.DataSource { return &allocatorDataSource{prose: p} }

var (
	_ datasource.DataSourceWithValidateConfig = (*allocatorDataSource)(nil)
	_ datasource.DataSourceWithConfigure      = (*allocatorDataSource)(nil)
)

func (a *allocatorDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	a.session, _ = req.ProviderData.(*session)
}

func (a *allocatorDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_allocator"
}

func (a *allocatorDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	catalog := a.prose.catalog
	resp.Schema = schema.Schema{
		MarkdownDescription: "Answers what an allocator would hand out, as a pure function of its arguments: for previews, what-if and configurations that pin everything. " +
			"It has no memory, so an edit can move its ranges; clusters that are built take theirs from the resource.",
		Attributes: dataSource(allocatorArguments(catalog).with(allocatorResults(catalog)).with(id).resource()),
	}
}

func (a *allocatorDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	resp.Diagnostics.Append(a.prose.validate(ctx, req.Config)...)
}

func (a *allocatorDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config types.Object
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); resp.Diagnostics.HasError() {
		return
	}
	request, faults := readRequest(config)
	request.Leniency = a.session.lenient(request.Leniency)
	result := a.prose.plan(request, faults, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = req.Config.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("allocations"), encodeAllocations(a.prose.catalog, result))...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("required_routes"), encodeRequired(result))...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("claims"), encodeClaims(request, result))...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), request.Name)...)
}
