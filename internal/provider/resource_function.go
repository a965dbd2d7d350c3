package provider

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// resourceFunction is a function of a cidrplan_allocator or cidrplan_blocks that is given as a whole. Its result follows from
// the arguments and ranges of the resource.
type resourceFunction struct {
	writer            messages.Writer
	name, title, text string
	// argument is the description of the parameter.
	argument string
	// result is the field of the answer.
	result values.Field
	// clusters says that the answer is one on clusters, which blocks do not have.
	clusters bool
	// answer is the answer for an argument that is neither unset nor unknown, for values.Encode.
	answer func(resourceArgument) any
}

func (l *resourceFunction) Definition() *tfprotov6.Function {
	resource := parameter(wholeResource, tftypes.DynamicPseudoType, l.argument)
	resource.AllowNullValue, resource.AllowUnknownValues = true, true
	return defined(l.title, l.text, l.result.Type(), resource)
}

func (l *resourceFunction) Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	answer, err := l.look(arguments[0])
	if err != nil {
		return answer, argumentError(0, err.Error())
	}
	return answer, nil
}

// look is the answer for an argument. The error says what is wrong with the argument.
func (l *resourceFunction) look(given tftypes.Value) (tftypes.Value, error) {
	expected := messages.AnyPlanner
	if l.clusters {
		expected = messages.AnyAllocator
	}
	v, err := readResourceArgument(l.writer, given, expected)
	if err == nil && l.clusters && v.writer.OfBlocks {
		err = errors.New(messages.ArgumentIs("a cidrplan_blocks", nil, expected))
	}
	if err != nil {
		return tftypes.Value{}, err
	}
	return l.of(v), nil
}

// of is the answer for an argument that was read. Of a resource that was imported and not applied nothing is known, since its arguments are
// not in the state yet; only that it requires routes is not assumed, so that the command import accepts a for_each of them.
func (l *resourceFunction) of(v resourceArgument) tftypes.Value {
	switch {
	case v.unset && l.clusters:
		return values.Encode(l.result.Type(), map[string]any{})
	case v.unset, v.unknown:
		return values.Unknown(l.result.Type())
	}
	return values.Encode(l.result.Type(), l.answer(v))
}

// ofPlanners describes the parameter of functions of both kinds of planners.
const ofPlanners = "A whole `cidrplan_allocator` or `cidrplan_blocks`, resource or data source, such as `cidrplan_allocator.k8s`. " +
	"With `for_each` or `count`, one instance, such as `cidrplan_allocator.k8s[\"prod\"]`."
