package provider

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// levels are the values of arguments that say how serious something is.
var levels = []string{"warn", "error"}

// providerArguments are those of the provider's own block.
var providerArguments = map[string]schema.Attribute{
	"ledger": ledgerArgument,
	"conflicts": schema.StringAttribute{
		Optional: true,
		MarkdownDescription: "Level of new conflicts: " + values.Choice(
			levels,
		) + ". Defaults to `error`. With `warn`, no conflict stops a plan. Use it for the apply that adopts networks with pre-existing " +
			"conflicts, and remove it afterwards: pre-existing conflicts are only warnings.",
	},
	"unwired_conflicts": schema.StringAttribute{
		Optional: true,
		MarkdownDescription: "Level of a conflict between two ranges that no single allocator receives, or between two blocks of " +
			"different `cidrplan_blocks`: " + values.Choice(
			levels,
		) + ". " +
			"`warn` (default): report an error only if (a) both ranges are known to allocators and at least one belongs to a cluster, " +
			"or (b) both are blocks; otherwise warn. `error`: report an error for every new conflict. " +
			"Pre-existing conflicts are always warnings. If the value is known after apply, `warn` applies until then.",
	},
	"today": schema.StringAttribute{
		Optional: true,
		MarkdownDescription: "Current date, such as `2026-11-22` or `plantimestamp()`, whose date is used. `until` of accepted " +
			"conflicts is compared with it. Without `today`, `until` has no effect.",
	},
}

func (c *cidrplan) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var faults []topology.Fault
	for _, attribute := range []string{"conflicts", "unwired_conflicts"} {
		if level := configured(ctx, req.Config, attribute, &resp.Diagnostics); level != "" && !slices.Contains(levels, level) {
			faults = append(
				faults,
				topology.Fault{At: topology.Path{}.Attr(attribute), Problem: topology.NotOneOf{Value: level, Allowed: levels}},
			)
		}
	}
	if today := configured(ctx, req.Config, "today", &resp.Diagnostics); today != "" && dayOf(today) == "" {
		faults = append(
			faults,
			topology.Fault{
				At:      topology.Path{}.Attr("today"),
				Problem: messages.NotADate{Text: today},
			},
		)
	}
	faults = append(faults, checkOwner(ctx, req.Config, &resp.Diagnostics)...)
	for _, f := range faults {
		at := path.Empty()
		for _, step := range f.At {
			at = at.AtName(step.Attr)
		}
		for _, d := range diagnostics(c.writer.Faults("", []topology.Fault{f})) {
			resp.Diagnostics.AddAttributeError(at, d.Summary, d.Detail)
		}
	}
}

func (c *cidrplan) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	if refuseOldVersion(req.TerraformVersion, &resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	s := newSession(c.writer.Catalog)
	s.adopting = configured(ctx, req.Config, "conflicts", &resp.Diagnostics) == "warn"
	s.strict = configured(ctx, req.Config, "unwired_conflicts", &resp.Diagnostics) == "error"
	today := configuredValue(ctx, req.Config, "today", &resp.Diagnostics)
	s.today, s.todayUnknown = dayOf(today.ValueString()), today.IsUnknown()
	s.ledger = ledgerOf(ctx, req.Config, &resp.Diagnostics)
	c.run.Store(s)
}

// configured is the text of an argument, "" where it is not set or not known yet.
func configured(ctx context.Context, config tfsdk.Config, attribute string, diags *diag.Diagnostics) string {
	return configuredValue(ctx, config, attribute, diags).ValueString()
}

func configuredValue(ctx context.Context, config tfsdk.Config, attribute string, diags *diag.Diagnostics) types.String {
	var text types.String
	diags.Append(config.GetAttribute(ctx, path.Root(attribute), &text)...)
	return text
}

// dayOf is the day of a date or timestamp, "" where it is neither.
func dayOf(text string) string {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if day, err := time.Parse(layout, text); err == nil {
			return day.Format(time.DateOnly)
		}
	}
	return ""
}
