package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
)

// Address is where the Registry has the provider.
const Address = "registry.terraform.io/cidrplan/cidrplan"

// cidrplan is what terraform-plugin-framework serves of the provider: its own arguments.
type cidrplan struct {
	version string
	writer  messages.Writer
	run     *run
}

var _ provider.ProviderWithValidateConfig = (*cidrplan)(nil)

// New returns a maker of the provider's servers. Each is for one configuration of the provider.
func New(version string) func() tfprotov6.ProviderServer { return With(version, profile.Default()) }

// With returns a maker of servers with the platforms of another catalog.
func With(version string, catalog *profile.Catalog) func() tfprotov6.ProviderServer {
	p := messages.Writer{Catalog: catalog}
	return func() tfprotov6.ProviderServer {
		r := new(run)
		return server.New(providerserver.NewProtocol6(&cidrplan{version, p, r})(), resourcesOf(p, r), dataSourcesOf(p, r), functionsOf(p))
	}
}

func resourcesOf(p messages.Writer, r *run) map[string]server.Resource {
	all := map[string]server.Resource{}
	for _, d := range []declared{hubDeclaration(p.Catalog), siteDeclaration(), vpcDeclaration(p.Catalog), clusterDeclaration(p.Catalog)} {
		all["cidrplan_"+d.typeName] = newDeclaration(d, p, r)
	}
	for _, of := range []planner{clusterPlanner(p, r), blockPlanner(p, r)} {
		all["cidrplan"+of.kind.typeName] = newPlannerResource(of)
	}
	return all
}

func dataSourcesOf(p messages.Writer, r *run) map[string]server.DataSource {
	all := map[string]server.DataSource{"cidrplan_audit": newAuditDataSource(p, r), "cidrplan_ledger": newLedgerDataSource(p, r)}
	for _, of := range []planner{clusterPlanner(p, r), blockPlanner(p, r)} {
		all["cidrplan"+of.kind.typeName] = newPlannerDataSource(of)
	}
	return all
}

func functionsOf(p messages.Writer) map[string]server.Function {
	all := map[string]server.Function{
		"allocate": newAllocateFunction(p), "render": newRenderFunction(p), "facts": newFactsFunction(p, clouds.Default),
		"facts_of_state": newFactsOfStateFunction(clouds.Default), "manifests": newManifestsFunction(p),
		"usage": newUsageFunction(p),
	}
	for _, look := range []*resourceFunction{newClaimsFunction(p), newLockFunction(p), newRequiredRoutesFunction(p)} {
		all[look.name] = look
	}
	return all
}

func (c *cidrplan) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "cidrplan"
	resp.Version = c.version
}

func (c *cidrplan) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		Attributes: providerArguments,
		MarkdownDescription: "Plans the addresses of Kubernetes clusters on cloud VPCs: Pod and Service ranges that are known at plan, " +
			"never move and do not overlap other networks. " +
			"By default it requires no server and no credentials. With `ledger`, workspaces that allocate from the same ranges share a " +
			"PostgreSQL database, and two plans at the same time never choose the same range.",
	}
}

// Resources are served by internal/server, and so are data sources and functions.
func (c *cidrplan) Resources(context.Context) []func() resource.Resource { return nil }

// DataSources are served by internal/server.
func (c *cidrplan) DataSources(context.Context) []func() datasource.DataSource { return nil }
