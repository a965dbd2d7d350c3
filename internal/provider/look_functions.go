package provider

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// lookFunction is a function of a cidrplan_allocator or cidrplan_blocks that is given as a whole. It says what follows
// from the resource's arguments and ranges, and changes nothing.
type lookFunction struct {
	writer            messages.Writer
	name, title, text string
	// argument is the description of the parameter.
	argument string
	// result is the field of the answer.
	result values.Field
	// clusters says that the answer is one on clusters, which blocks do not have.
	clusters bool
	// answer is the answer for a view that is neither unset nor unknown, for encode.
	answer func(view) any
}

func (l *lookFunction) Definition() *tfprotov6.Function {
	resource := parameter(wholeResource, tftypes.DynamicPseudoType, l.argument)
	resource.AllowNullValue, resource.AllowUnknownValues = true, true
	return defined(l.title, l.text, l.result.Type(), resource)
}

func (l *lookFunction) Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	answer, err := l.look(arguments[0])
	if err != nil {
		return answer, argumentError(0, err.Error())
	}
	return answer, nil
}

// look is the answer for an argument. The error says what is wrong with the argument.
func (l *lookFunction) look(given tftypes.Value) (tftypes.Value, error) {
	expected := anyPlanner
	if l.clusters {
		expected = anyAllocator
	}
	v, err := viewOf(l.writer, given, expected)
	if err == nil && l.clusters && v.writer.Blocks {
		err = errors.New("the argument is a cidrplan_blocks. " + expected)
	}
	if err != nil {
		return tftypes.Value{}, err
	}
	return l.of(v), nil
}

// of is the answer for a view. Of a resource that was imported and not applied nothing is known, since its arguments are
// not in the state yet; only that it requires routes is not assumed, so that the command import accepts a for_each of them.
func (l *lookFunction) of(v view) tftypes.Value {
	switch {
	case v.unset && l.clusters:
		return values.Encode(l.result.Type(), map[string]any{})
	case v.unset, v.unknown:
		return values.Unknown(l.result.Type())
	}
	return values.Encode(l.result.Type(), l.answer(v))
}

const ofPlanners = "A whole `cidrplan_allocator` or `cidrplan_blocks`, resource or data source, such as `cidrplan_allocator.k8s`. " +
	"With `for_each` or `count`, one instance, such as `cidrplan_allocator.k8s[\"prod\"]`."

// theLock is the lock of everything that a resource holds.
var theLock = values.Field{Shape: values.Text}

func newClaimsFunction(p messages.Writer) *lookFunction {
	return &lookFunction{
		writer: p, name: "claims", title: "Claims of an allocator or of blocks, for other " +
			"workspaces", argument: ofPlanners, result: claimsField,
		text: "Returns all allocated ranges, ranges kept free for growth, released and reserved ranges, and the supernets, keyed " +
			"`owner/kind/cidr`. Other workspaces use them as `foreign_claims`, and the function `render` writes them as an address " +
			"register. " +
			"With several VRFs, keys of ranges outside any network end in `/vrf`. A slash in a name is written as `%2F`. VPCs, sites " +
			"and routes are not included. " +
			"The result is known at plan if the ranges and the number of VRFs are known.",
		answer: func(v view) any { return claimsValue(v.request, v.result) },
	}
}

func newLockFunction(p messages.Writer) *lookFunction {
	return &lookFunction{
		writer: p, name: "lock", title: "Lock of an allocator or of blocks, to restore a lost state", argument: ofPlanners, result: theLock,
		text: "Returns all allocated and released ranges as canonical JSON. Commit the text beside the configuration. " +
			"If the state is lost, `existing = jsondecode(file(\"cidrplan.lock.json\"))` or an `import` with the text as the ID " +
			"restores every range. " +
			"The result is known at plan if the ranges are known.",
		answer: func(v view) any { return v.door.lockAfter(v.result) },
	}
}

func newRequiredRoutesFunction(p messages.Writer) *lookFunction {
	return &lookFunction{
		writer: p, name: "required_routes", title: "Routes that networks must carry to reach the Pods of an " +
			"allocator", result: requiredRoutes, clusters: true,
		argument: "A whole `cidrplan_allocator`, resource or data source, such as `cidrplan_allocator.k8s`. " +
			"With `for_each` or `count`, one instance, such as `cidrplan_allocator.k8s[\"prod\"]`.",
		text: "Returns the routes that other networks need to reach the Pods of each cluster: one entry for each connection to the " +
			"network of the cluster and each destination. " +
			"Keys are `network:action:via:other:cluster` and can be used in `for_each`. They are known at plan even if destinations are " +
			"known after apply, and other clusters do not change them. " +
			"There is no entry for a cluster whose Pods use subnets of the VPC or an overlay that is not routed.",
		answer: func(v view) any {
			return requiredRoutesValue(v.request.RequiredRoutes(v.result, v.writer.Catalog))
		},
	}
}
