package provider

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
)

// allocatorResource is the planner with memory: what it handed out stays.
type allocatorResource struct {
	prose   prose
	session *session
}

func newAllocatorResource(p prose) resource.Resource { return &allocatorResource{prose: p} }

var (
	_ resource.ResourceWithValidateConfig = (*allocatorResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*allocatorResource)(nil)
	_ resource.ResourceWithImportState    = (*allocatorResource)(nil)
	_ resource.ResourceWithConfigure      = (*allocatorResource)(nil)
)

func (a *allocatorResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	a.session, _ = req.ProviderData.(*session)
}

func (a *allocatorResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_allocator"
}

func (a *allocatorResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	catalog := a.prose.catalog
	resp.Schema = schema.Schema{
		MarkdownDescription: "Hands out Pod and Service ranges that collide with nothing it is given. They are literal in the plan and never move afterwards: " +
			"the memory is the state, so keep `prevent_destroy` on it. No argument forces replacement, and `-replace` is refused.",
		Attributes: allocatorArguments(catalog).with(memoryArguments).with(allocatorResults(catalog)).with(memoryResults).with(id).resource(),
	}
}

func (a *allocatorResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	resp.Diagnostics.Append(a.prose.validate(ctx, req.Config)...)
}

// heldKey marks in private state that an allocator holds ranges. A replacement is planned twice,
// the second time without prior state but with the private state of the first.
const heldKey = "held"

var heldMark = []byte(`true`)

func (a *allocatorResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
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
	request, faults := readRequest(config)
	request.Leniency = a.session.lenient(request.Leniency)
	request.Prior = a.prior(ctx, req, &resp.Diagnostics)
	if request.Prior != nil {
		mark := strconv.AppendBool(nil, remembers(request.Prior))
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, heldKey, mark)...)
	}
	if a.refuseLateKeys(request, &resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	if req.State.Raw.IsNull() && a.session.comes(request.Name) {
		missingMoved(request.Name, &resp.Diagnostics)
		return
	}
	result := a.prose.plan(request, faults, &resp.Diagnostics)
	resp.Diagnostics.Append(a.session.registerAllocator(a.prose, request, result)...)
	if resp.Diagnostics.HasError() {
		return
	}
	a.warnOfNoMemory(request, &resp.Diagnostics)
	computed := map[string]attr.Value{"id": config.Attributes()["name"]}
	if !request.Facts.Unknown.Has("clusters") {
		computed["allocations"] = encodeAllocations(a.prose.catalog, result)
		computed["released"] = encodeReleased(result)
		computed["lock"] = a.lock(request, result)
		computed["required_routes"] = encodeRequired(result)
		computed["claims"] = encodeClaims(request, result)
	}
	setComputed(ctx, &resp.Plan, computed)
	keepUnwritten(req, resp)
}

// lock is that of what is held after the plan, unknown where some of it is.
func (a *allocatorResource) lock(request allocate.Request, result allocate.Result) attr.Value {
	if len(result.Deferred) > 0 || result.LateReleased {
		return types.StringUnknown()
	}
	profiles := map[string]string{}
	for name, allocation := range result.Allocations {
		if allocation.LatePods {
			return types.StringUnknown()
		}
		profiles[name] = request.Facts.Clusters[name].Profile
		if profiles[name] == "" && request.Prior != nil {
			profiles[name] = request.Prior.Facts.Clusters[name].Profile
		}
	}
	return types.StringValue(lockOf(result.Allocations, profiles, result.Released))
}

// prior reads the memory from the state.
func (a *allocatorResource) prior(ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) *allocate.Prior {
	if req.State.Raw.IsNull() {
		return nil
	}
	var state types.Object
	if diags.Append(req.State.Get(ctx, &state)...); diags.HasError() {
		return nil
	}
	was, _ := readRequest(state)
	prior := &allocate.Prior{
		Facts: was.Facts, Supernets: was.AllSupernets(), Existing: was.Existing, Renumber: was.Renumber, Reclaim: was.Reclaim,
		Allocations: readAllocations(a.prose.catalog, state), Released: readReleased(state),
	}
	if req.Private != nil {
		mark, more := req.Private.GetKey(ctx, importedKey)
		diags.Append(more...)
		prior.Imported = json.Unmarshal(mark, &prior.Profiles) == nil && prior.Profiles != nil
	}
	return prior
}

// importedKey marks in private state that the memory was restored and nothing was planned on it yet:
// it holds the profiles of the clusters, which the state has no place for.
const importedKey = "imported"

func (a *allocatorResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
	var allocations types.Map
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("allocations"), &allocations)...)
	if len(allocations.Elements()) > 0 {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, heldKey, heldMark)...)
	}
}

func (a *allocatorResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	a.fillUnwritten(ctx, req, resp)
}

func (a *allocatorResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, importedKey, []byte(`null`))...)
}

func (a *allocatorResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}

func (a *allocatorResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if !strings.HasPrefix(strings.TrimSpace(req.ID), "{") {
		importByName(ctx, req, resp, a.prose)
		return
	}
	held, released, profiles, err := readLock(a.prose.catalog, req.ID)
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("lock"), "Lock Cannot Be Read", sentence(err.Error())+" Import the lock that the allocator wrote, as a whole.")
		return
	}
	result := allocate.Result{Allocations: held, Released: released}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("allocations"), encodeAllocations(a.prose.catalog, result))...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("released"), encodeReleased(result))...)
	mark, err := json.Marshal(profiles)
	if err != nil {
		panic(err) // names and texts
	}
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, importedKey, mark)...)
}
