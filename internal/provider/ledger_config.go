package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ledgerArgument says where the ledger is that this workspace shares with others, and who this workspace is there.
var ledgerArgument = schema.SingleNestedAttribute{
	Optional: true,
	MarkdownDescription: "Ledger that several workspaces share: a PostgreSQL database that keeps two plans from choosing the same " +
		"range. A " +
		"plan holds the ranges that it chooses, and an apply claims them. Without `ledger`, the state is the only storage. The data " +
		"source " +
		"`cidrplan_ledger` shows it; the other data sources and the functions do not use it. The guide Shared ledger has the steps.",
	Attributes: map[string]schema.Attribute{
		"owner": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Name of this workspace in the ledger, " + messages.NameRule + ", such as " +
				"`shop/${terraform.workspace}`. " +
				"Each workspace needs a name of its own: two states with one owner are refused.",
		},
		"postgresql": schema.SingleNestedAttribute{
			Required: true,
			MarkdownDescription: "The database. It may be empty: the environment variables `PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER`, " +
				"`PGPASSWORD` and the others that psql reads give the connection. TLS is `verify-full` by default. `sslmode` changes " +
				"it, and " +
				"connections by a Unix socket have no TLS.",
			Attributes: map[string]schema.Attribute{
				"schema": schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "Schema of the ledger. Defaults to `" + ledger.DefaultSchema + "`.",
				},
				"conn_str": schema.StringAttribute{
					Optional:  true,
					Sensitive: true,
					MarkdownDescription: "Connection string as for psql: a URL, or keywords and values. The environment gives what it " +
						"leaves out. " +
						"A value from a variable is stored in saved plans, so prefer the environment or an ephemeral value for passwords.",
				},
			},
		},
	},
}

var ledgerPath = path.Root("ledger")

// sharedLedger is the ledger of a run.
type sharedLedger struct {
	*ledger.Ledger
	owner string
	// unknown says that it is not known yet which ledger or which owner it is. Then there is no Ledger.
	unknown bool
}

// ledgerOf reads the ledger of a configuration, nil where it has none.
func ledgerOf(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) *sharedLedger {
	var whole, database types.Object
	diags.Append(config.GetAttribute(ctx, ledgerPath, &whole)...)
	if diags.HasError() || whole.IsNull() {
		return nil
	}
	diags.Append(config.GetAttribute(ctx, ledgerPath.AtName("postgresql"), &database)...)
	texts := map[string]types.String{}
	unknown := whole.IsUnknown() || database.IsUnknown()
	for name, at := range map[string]path.Path{
		"owner":  ledgerPath.AtName("owner"),
		"schema": ledgerPath.AtName("postgresql").AtName("schema"), "conn_str": ledgerPath.AtName("postgresql").AtName("conn_str"),
	} {
		var text types.String
		diags.Append(config.GetAttribute(ctx, at, &text)...)
		texts[name], unknown = text, unknown || text.IsUnknown()
	}
	if diags.HasError() || unknown {
		return &sharedLedger{unknown: true}
	}
	schema := ledger.DefaultSchema
	if given := texts["schema"]; !given.IsNull() {
		schema = given.ValueString()
	}
	opened, err := ledger.Open(ledger.Config{ConnString: texts["conn_str"].ValueString(), Schema: schema})
	if err != nil {
		addBadLedger(err, diags)
		return nil
	}
	return &sharedLedger{Ledger: opened, owner: texts["owner"].ValueString()}
}

func addBadLedger(err error, diags *diag.Diagnostics) {
	var bad ledger.BadConfig
	if !errors.As(err, &bad) {
		bad = ledger.BadConfig{Cause: err}
	}
	m := messages.BadLedger(bad)
	at := path.Empty()
	for _, step := range m.At {
		at = at.AtName(step.Attr)
	}
	for _, d := range diagnostics([]messages.Message{m}) {
		diags.AddAttributeError(at, d.Summary, d.Detail)
	}
}

// checkOwner checks the name of the owner, if it is known.
func checkOwner(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) []topology.Fault {
	var owner types.String
	var whole types.Object
	diags.Append(config.GetAttribute(ctx, ledgerPath, &whole)...)
	if diags.HasError() || whole.IsNull() || whole.IsUnknown() {
		return nil
	}
	diags.Append(config.GetAttribute(ctx, ledgerPath.AtName("owner"), &owner)...)
	if diags.HasError() || owner.IsNull() || owner.IsUnknown() {
		return nil
	}
	at := topology.Path{}.Attr("ledger").Attr("owner")
	if owner.ValueString() == "" {
		return []topology.Fault{{At: at, Problem: topology.Missing{}}}
	}
	var faults []topology.Fault
	topology.CheckName(owner.ValueString(), func(problem topology.BadName) {
		faults = append(faults, topology.Fault{At: at, Problem: problem})
	})
	return faults
}
