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
	attributes := maps.Clone(rawAttributes(plan.Raw))
	for name, value := range computed {
		raw, err := value.ToTerraformValue(ctx)
		if err != nil {
			panic(fmt.Sprintf("%s does not encode: %v", name, err))
		}
		attributes[name] = raw
	}
	plan.Raw = tftypes.NewValue(plan.Raw.Type(), attributes)
}

// rawAttributes are those of a plan or state. It is the own map of the value, which copies share.
func rawAttributes(raw tftypes.Value) map[string]tftypes.Value {
	shared := map[string]tftypes.Value{}
	if err := raw.As(&shared); err != nil {
		panic(fmt.Sprintf("a plan or state is no object: %v", err))
	}
	return shared
}
