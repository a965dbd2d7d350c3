package provider

import (
	"context"
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// plannerResource is the planner with memory: what it handed out stays.
type plannerResource struct{ planned }

func newAllocatorResource(p prose) resource.Resource { return &plannerResource{plannedClusters(p)} }

func newBlocksResource(p prose) resource.Resource { return &plannerResource{plannedBlocks(p)} }

var (
	_ resource.ResourceWithValidateConfig = (*plannerResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*plannerResource)(nil)
	_ resource.ResourceWithImportState    = (*plannerResource)(nil)
	_ resource.ResourceWithConfigure      = (*plannerResource)(nil)
)

func (a *plannerResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	a.session, _ = req.ProviderData.(*session)
}

func (a *plannerResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + a.door.typeName
}

func (a *plannerResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	d := a.door
	resp.Schema = schema.Schema{
		MarkdownDescription: d.about,
		Attributes:          d.arguments.plannedDeclarable().with(d.memory).with(d.results).with(d.remembered).with(id).resource(),
	}
}

func (a *plannerResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	resp.Diagnostics.Append(a.validate(ctx, req.Config)...)
	var config types.Object
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(requireWriteOnly(req, config)...)
}

// heldKey marks in private state that ranges are held. A replacement is planned twice,
// the second time without prior state but with the private state of the first.
const heldKey = "held"

var heldMark = []byte(`true`)

func (a *plannerResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		a.warnOfForgetting(ctx, req, &resp.Diagnostics)
		return
	}
	if a.refuseReplacement(ctx, req, resp); resp.Diagnostics.HasError() {
		return
	}
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
	request.Leniency.Netted = a.session != nil
	a.session.mark(request.Facts.Foreign)
	if request.Prior = a.prior(ctx, req, &resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	if request.Prior != nil {
		mark := strconv.AppendBool(nil, remembers(request.Prior))
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, heldKey, mark)...)
	}
	if a.refuseLateKeys(p, request, &resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	if req.State.Raw.IsNull() && a.session.comes(a.door.typeName, request.Name) {
		a.missingMoved(request.Name, &resp.Diagnostics)
		return
	}
	a.session.refuseSecond(ctx, req, resp, resourceName{"cidrplan" + a.door.typeName, request.Name}, nil)
	if resp.Diagnostics.HasError() {
		return
	}
	result := p.plan(request, faults, &resp.Diagnostics)
	resp.Diagnostics.Append(a.session.registerPlanner(p, request, result)...)
	if resp.Diagnostics.HasError() {
		return
	}
	a.warnOfNoMemory(p, request, &resp.Diagnostics)
	computed := a.door.computed(config, request, result)
	maps.Copy(computed, w.planned(a.door.arguments, config))
	setComputed(ctx, &resp.Plan, computed)
	keepUnwritten(a.door.later, req, resp)
}

// prior reads the memory from the state.
func (a *plannerResource) prior(ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) *allocate.Prior {
	if req.State.Raw.IsNull() {
		return nil
	}
	var state types.Object
	if diags.Append(req.State.Get(ctx, &state)...); diags.HasError() {
		return nil
	}
	if !req.Plan.Raw.IsNull() { // a resource with a damaged state can be destroyed
		if a.damaged(state, diags); diags.HasError() {
			return nil
		}
	}
	prior := a.door.prior(state)
	if req.Private != nil {
		mark, more := req.Private.GetKey(ctx, importedKey)
		diags.Append(more...)
		prior.Imported = json.Unmarshal(mark, &prior.Profiles) == nil && prior.Profiles != nil
	}
	return prior
}

// importedKey marks in private state that the memory was restored and nothing was planned on it yet:
// it holds the profiles of those who hold ranges, which the state has no place for.
const importedKey = "imported"

func (a *plannerResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
	var all types.Map
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root(a.door.main), &all)...)
	if len(all.Elements()) > 0 {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, heldKey, heldMark)...)
	}
}

func (a *plannerResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	if a.door.fill != nil {
		a.door.fill(ctx, req, resp)
	}
}

func (a *plannerResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, importedKey, []byte(`null`))...)
}

func (a *plannerResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}

func (a *plannerResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !strings.ContainsAny(req.ID, "{}[]\"\n<>") { // no sign of a lock, damaged or whole
		importByName(ctx, req, resp, a.prose)
		return
	}
	held, released, profiles, err := a.door.unlock(req.ID)
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("lock"), "Lock Cannot Be Read", sentence(line(err.Error()))+" Import the lock that the "+a.prose.words().planner+" wrote, as a whole.")
		return
	}
	result := allocate.Result{Allocations: held, Released: released}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(a.door.main), a.door.encode(allocate.Request{}, result)[a.door.main])...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("released"), a.door.encodeReleased(result))...)
	mark, err := json.Marshal(profiles)
	if err != nil {
		panic(err) // names and texts
	}
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, importedKey, mark)...)
}
