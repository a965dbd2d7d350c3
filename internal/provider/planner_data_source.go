package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// plannerDataSource is the planner without memory.
type plannerDataSource struct{ planned }

func newAllocatorDataSource(p prose) datasource.DataSource {
	return &plannerDataSource{plannedClusters(p)}
}

func newBlocksDataSource(p prose) datasource.DataSource { return &plannerDataSource{plannedBlocks(p)} }

var (
	_ datasource.DataSourceWithValidateConfig = (*plannerDataSource)(nil)
	_ datasource.DataSourceWithConfigure      = (*plannerDataSource)(nil)
)

func (a *plannerDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	a.session, _ = req.ProviderData.(*session)
}

func (a *plannerDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + a.door.typeName
}

func (a *plannerDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: a.door.preview,
		Attributes:          dataSource(a.door.arguments.declarable().with(a.door.results).with(id).resource()),
	}
}

func (a *plannerDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	resp.Diagnostics.Append(a.validate(ctx, req.Config)...)
}

func (a *plannerDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config types.Object
	if resp.Diagnostics.Append(req.Config.Get(ctx, &config)...); resp.Diagnostics.HasError() {
		return
	}
	w := a.door.arguments.written(config)
	p := a.prose.from(w)
	request, faults := a.door.read(w.arguments)
	if resp.Diagnostics.Append(p.faults(p.mark(request.Name), w.faults)...); resp.Diagnostics.HasError() {
		return
	}
	request.Leniency = a.session.lenient(request.Leniency)
	a.session.mark(request.Facts.Foreign)
	result := p.plan(request, faults, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = req.Config.Raw
	for name, value := range a.door.encode(request, result) {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), request.Name)...)
}
