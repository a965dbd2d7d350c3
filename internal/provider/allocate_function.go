package provider

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// allocateFunction is the planner as a pure function.
type allocateFunction struct {
	writer    messages.Writer
	arguments values.Fields
	result    tftypes.Map
}

func newAllocateFunction(p messages.Writer) *allocateFunction {
	return &allocateFunction{p, allocatorArguments(p.Catalog), tftypes.Map{ElementType: allocationFields(p.Catalog).Type()}}
}

func (a *allocateFunction) Definition() *tfprotov6.Function {
	arguments := parameter(
		"arguments",
		tftypes.DynamicPseudoType,
		"An object with the arguments of the resource `cidrplan_allocator`, such as "+
			"`{ name = \"preview\", supernets = [\"10.64.0.0/10\"], vpcs = {…}, clusters = {…} }`.",
	)
	arguments.AllowUnknownValues = true
	return defined(
		"Allocate Pod and Service ranges without a state",
		"Returns the ranges that an allocator would allocate, from one object with the arguments of the resource `cidrplan_allocator`. "+
			"The result is known at plan if the argument is known. If a fact is known after apply, the names of the clusters, their "+
			"platforms and pinned ranges are still known. "+
			"The function stores nothing, so an edit can change the ranges. Use the resource for clusters that are built.",
		a.result,
		arguments,
	)
}

func (a *allocateFunction) Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	none, given := tftypes.Value{}, arguments[0]
	if !given.IsKnown() {
		return values.Unknown(a.result), nil
	}
	c := &values.Conformer{}
	conformed := c.Field(nil, given, values.Field{Shape: values.Object, Fields: a.arguments}, a.arguments.Type())
	if faults := slices.Concat(c.Faults, c.Unused); len(faults) > 0 { // a function has no place for warnings
		return none, argumentError(0, messages.ErrorText(a.writer.FaultMessages(faults)))
	}
	request, unread := readRequest(values.AttributesOf(conformed))
	found, result := planAndReport(a.writer, request, unread)
	if text := messages.ErrorText(found); text != "" {
		return none, argumentError(0, text)
	}
	if request.Facts.OwnersUnknown() {
		return values.Unknown(a.result), nil
	}
	return values.Encode(a.result, allocationsValue(a.writer.Catalog, request, result)), nil
}
