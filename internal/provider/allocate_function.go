package provider

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// allocateFunction is the planner as a pure function.
type allocateFunction struct{ prose prose }

func newAllocateFunction(p prose) function.Function { return &allocateFunction{prose: p} }

func (a *allocateFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "allocate"
}

func (a *allocateFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	catalog := a.prose.catalog
	resp.Definition = function.Definition{
		Summary: "Hand out Pod and Service ranges without memory",
		MarkdownDescription: "Answers what an allocator would hand out, as a pure function of one object with the arguments of the `cidrplan_allocator` resource. " +
			"It is known at plan when its argument is; beside facts that are known after apply, the names of the clusters, their platforms and what is pinned are. It has no memory, so an edit can move its ranges; clusters that are built take theirs from the resource.",
		Parameters: []function.Parameter{function.DynamicParameter{
			Name:               "arguments",
			AllowUnknownValues: true,
			MarkdownDescription: "An object with the arguments of the `cidrplan_allocator` resource, such as " +
				"`{ name = \"preview\", supernets = [\"10.64.0.0/10\"], vpcs = {…}, clusters = {…} }`.",
		}},
		Return: function.MapReturn{ElementType: allocationFields(catalog).typ()},
	}
}

func (a *allocateFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var given types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &given); resp.Error != nil {
		return
	}
	unknown := late(types.MapType{ElemType: allocationFields(a.prose.catalog).typ()})
	if given.IsUnknown() || given.IsUnderlyingValueUnknown() {
		resp.Error = resp.Result.Set(ctx, unknown)
		return
	}
	c := &conformer{}
	conformed := c.field(nil, given, field{shape: object, fields: allocatorArguments(a.prose.catalog)})
	if faults := slices.Concat(c.faults, c.unused); len(faults) > 0 { // a function has no place for warnings
		resp.Error = function.NewArgumentFuncError(0, errorText(a.prose.faultMessages(faults)))
		return
	}
	request, unread := readRequest(conformed.(types.Object))
	messages, result := a.prose.answer(request, unread)
	if text := errorText(messages); text != "" {
		resp.Error = function.NewArgumentFuncError(0, text)
		return
	}
	if request.Facts.Unknown.Has("clusters") {
		resp.Error = resp.Result.Set(ctx, unknown)
		return
	}
	resp.Error = resp.Result.Set(ctx, encodeAllocations(a.prose.catalog, request, result))
}

// errorText joins the errors among messages; a function has no place for warnings. Terraform ends
// the text with a full stop of its own.
func errorText(messages []message) string {
	var errors []string
	for _, m := range safe(messages) {
		if !m.warn {
			errors = append(errors, nonEmpty(m.at)+": "+m.summary+"\n"+m.detail)
		}
	}
	return strings.TrimSuffix(strings.Join(errors, "\n\n"), ".")
}
