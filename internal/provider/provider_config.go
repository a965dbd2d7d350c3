package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// levels are the values of arguments that say how serious something is, the default first.
var levels = []string{"warn", "error"}

// providerArguments are those of the provider's own block.
func providerArguments() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"unwired_conflicts": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "How serious a conflict is between two ranges that no single allocator is given: " + choice(levels) + ". " +
				"With `warn`, the default, a pair is an error only if both ranges are given to allocators or handed out by them. With `error` every new one is an error. " +
				"What was there before only warns, whatever is set. A value that is known only after apply counts as `warn` until then.",
		},
	}
}

var _ provider.ProviderWithValidateConfig = (*cidrplan)(nil)

func (c *cidrplan) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var level types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("unwired_conflicts"), &level)...)
	if level.IsNull() || level.IsUnknown() {
		return
	}
	for _, known := range levels {
		if level.ValueString() == known {
			return
		}
	}
	at := topology.Path{}.Attr("unwired_conflicts")
	resp.Diagnostics.Append(c.prose.faults([]topology.Fault{{At: at, Problem: topology.NotOneOf{Value: level.ValueString(), Allowed: levels}}})...)
}

func (c *cidrplan) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var level types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("unwired_conflicts"), &level)...)
	s := newSession(c.prose.catalog)
	s.strict = level.ValueString() == "error"
	resp.ResourceData = s
}
