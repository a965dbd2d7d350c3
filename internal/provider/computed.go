package provider

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// setComputed puts computed values into a plan in one step. Plan.SetAttribute rebuilds the whole
// plan for each, which for 1,000 clusters takes longer than to plan them.
func setComputed(ctx context.Context, plan *tfsdk.Plan, computed map[string]attr.Value) {
	shared := map[string]tftypes.Value{} // As gives the plan's own map, which copies of the plan share
	if err := plan.Raw.As(&shared); err != nil {
		panic(fmt.Sprintf("a plan is no object: %v", err))
	}
	attributes := maps.Clone(shared)
	for name, value := range computed {
		raw, err := value.ToTerraformValue(ctx)
		if err != nil {
			panic(fmt.Sprintf("%s does not encode: %v", name, err))
		}
		attributes[name] = raw
	}
	plan.Raw = tftypes.NewValue(plan.Raw.Type(), attributes)
}
