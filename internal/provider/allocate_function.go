package provider

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
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
		Return: function.MapReturn{ElementType: frameworkType(allocationFields(catalog).typ())},
	}
}

func (a *allocateFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var arguments types.Dynamic
	if resp.Error = req.Arguments.Get(ctx, &arguments); resp.Error != nil {
		return
	}
	result := tftypes.Map{ElementType: allocationFields(a.prose.catalog).typ()}
	whole := argumentValue(ctx, arguments)
	if !whole.IsKnown() {
		resp.Error = resp.Result.Set(ctx, returned(ctx, late(result)))
		return
	}
	c, of := &conformer{}, allocatorArguments(a.prose.catalog)
	conformed := c.field(nil, whole, field{shape: object, fields: of}, of.typ())
	if faults := slices.Concat(c.faults, c.unused); len(faults) > 0 { // a function has no place for warnings
		resp.Error = function.NewArgumentFuncError(0, errorText(a.prose.faultMessages(faults)))
		return
	}
	request, unread := readRequest(attributesOf(conformed))
	messages, planned := a.prose.answer(request, unread)
	if text := errorText(messages); text != "" {
		resp.Error = function.NewArgumentFuncError(0, text)
		return
	}
	if request.Facts.Unknown.Has("clusters") {
		resp.Error = resp.Result.Set(ctx, returned(ctx, late(result)))
		return
	}
	resp.Error = resp.Result.Set(ctx, returned(ctx, encode(result, allocationsValue(a.prose.catalog, request, planned))))
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
