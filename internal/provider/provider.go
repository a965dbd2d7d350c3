package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Address is where the Registry has the provider.
const Address = "registry.terraform.io/cidrplan/cidrplan"

type cidrplan struct {
	version string
	prose   prose
}

var _ provider.ProviderWithFunctions = (*cidrplan)(nil)

// New returns a maker of the provider.
func New(version string) func() provider.Provider { return With(version, profile.Default()) }

// With returns a maker of the provider with the platforms of another catalog.
func With(version string, catalog *profile.Catalog) func() provider.Provider {
	return func() provider.Provider { return &cidrplan{version: version, prose: prose{catalog: catalog}} }
}

func (c *cidrplan) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "cidrplan"
	resp.Version = c.version
}

func (c *cidrplan) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		Attributes: providerArguments,
		MarkdownDescription: "Plans the addresses of Kubernetes clusters on cloud VPCs: Pod and Service ranges that are known at plan, never move and never collide. " +
			"It needs no server and no credentials.",
	}
}

func (c *cidrplan) Resources(context.Context) []func() resource.Resource {
	var out []func() resource.Resource
	for _, make := range []func(prose) resource.Resource{newHub, newSite, newVPC, newCluster, newAllocatorResource, newBlocksResource} {
		out = append(out, func() resource.Resource { return make(c.prose) })
	}
	return out
}

func (c *cidrplan) DataSources(context.Context) []func() datasource.DataSource {
	var out []func() datasource.DataSource
	for _, make := range []func(prose) datasource.DataSource{newAllocatorDataSource, newBlocksDataSource, newAuditDataSource} {
		out = append(out, func() datasource.DataSource { return make(c.prose) })
	}
	return out
}

func (c *cidrplan) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		func() function.Function { return newAllocateFunction(c.prose) },
		func() function.Function { return newRenderFunction(c.prose) },
	}
}
