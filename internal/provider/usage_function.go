package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// usageFunction counts what the supernets of a resource are used for.
type usageFunction struct {
	writer messages.Writer
	result tftypes.Object
}

func newUsageFunction(p messages.Writer) *usageFunction { return &usageFunction{p, usageFields.Type()} }

func (u *usageFunction) Definition() *tfprotov6.Function {
	resource := parameter(wholeResource, tftypes.DynamicPseudoType, ofPlanners)
	resource.AllowNullValue, resource.AllowUnknownValues = true, true
	definition := defined(
		"Count used and free addresses",
		"Counts, for each supernet and pool of an allocator or of blocks, what the addresses are used for, what is free and what still "+
			"fits, and for each cluster what it asks for against what its ranges serve. A free address is one that the allocator can "+
			"allocate: the function uses the allocator's own rules. Numbers are exact, also for IPv6. With `observed`, `growth` and "+
			"`date` it also says how long the addresses last.",
		u.result,
		resource,
	)
	definition.VariadicParameter = parameter(
		"options", tftypes.DynamicPseudoType,
		"One object. All attributes are optional. `observed` is what runs in the cloud: `nodes` by cluster, and "+
			"`available_ip_address_count` by VPC and subnet for Pods that use subnets. `growth` has `nodes_per_month` by cluster; it "+
			"requires the observed number of nodes. `date` is the day from which months are counted, such as `2026-12-31` or "+
			"`plantimestamp()`, whose date is used.",
	)
	definition.VariadicParameter.AllowNullValue, definition.VariadicParameter.AllowUnknownValues = true, true
	return definition
}

func (u *usageFunction) Call(arguments []tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	none := tftypes.Value{}
	if len(arguments) > 2 {
		return none, argumentError(2, messages.OneObjectOfOptions)
	}
	v, err := readResourceArgument(u.writer, arguments[0], messages.AnyPlanner)
	if err != nil {
		return none, argumentError(0, err.Error())
	}
	if v.unset || v.unknown {
		return values.Unknown(u.result), nil
	}
	given := values.Null(tftypes.DynamicPseudoType)
	if len(arguments) == 2 {
		given = arguments[1]
	}
	options, faults := readUsageOptions(given, v.request)
	if len(faults) > 0 {
		return none, argumentError(1, messages.ErrorText(v.writer.FaultMessages(faults)))
	}
	survey, err := v.survey()
	if err != nil {
		return none, argumentError(0, err.Error())
	}
	if v.request.SupernetsUnknown() {
		return values.Unknown(u.result), nil
	}
	return values.Encode(u.result, newUsageValue(v, survey, options).attributes()), nil
}
