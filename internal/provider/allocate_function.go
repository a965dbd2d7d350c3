package provider

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// allocateFunction is the planner as a pure function.
type allocateFunction struct {
	prose     prose
	arguments fields
	result    tftypes.Map
}

func newAllocateFunction(p prose) *allocateFunction {
	return &allocateFunction{p, allocatorArguments(p.catalog), tftypes.Map{ElementType: allocationFields(p.catalog).typ()}}
}

func (a *allocateFunction) Definition() *tfprotov6.Function {
	arguments := parameter(
		"arguments",
		tftypes.DynamicPseudoType,
		"An object with the arguments of the `cidrplan_allocator` resource, such as "+
			"`{ name = \"preview\", supernets = [\"10.64.0.0/10\"], vpcs = {…}, clusters = {…} }`.",
	)
	arguments.AllowUnknownValues = true
	return defined(
		"Hand out Pod and Service ranges without memory",
		"Answers what an allocator would hand out, as a pure function of one object with the arguments of the `cidrplan_allocator` resource. "+
			"It is known at plan when its argument is; beside facts that are known after apply, the names of the clusters, their platforms and what is pinned are. It has no memory, so an edit can move its ranges; clusters that are built take theirs from the resource.",
		a.result,
		arguments,
	)
}

func (a *allocateFunction) Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	none, given := tftypes.Value{}, arguments[0]
	if !given.IsKnown() {
		return late(a.result), nil
	}
	c := &conformer{}
	conformed := c.field(nil, given, field{shape: object, fields: a.arguments}, a.arguments.typ())
	if faults := slices.Concat(c.faults, c.unused); len(faults) > 0 { // a function has no place for warnings
		return none, argumentError(0, errorText(a.prose.faultMessages(faults)))
	}
	request, unread := readRequest(attributesOf(conformed))
	messages, result := a.prose.answer(request, unread)
	if text := errorText(messages); text != "" {
		return none, argumentError(0, text)
	}
	if request.Facts.Unknown.Has("clusters") {
		return late(a.result), nil
	}
	return encode(a.result, allocationsValue(a.prose.catalog, request, result)), nil
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
