// Command standin serves a provider that behaves as huaweicloud/huaweicloud does where cidrplan's documentation
// depends on it. Acceptance tests install it beside cidrplan. Its cloud is a folder of JSON files.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return huaweicloud{} }, providerserver.ServeOpts{
		Address: "registry.terraform.io/huaweicloud/huaweicloud",
	})
	if err != nil {
		log.Fatal(err)
	}
}

type huaweicloud struct{}

func (huaweicloud) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "huaweicloud"
}

func (huaweicloud) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{}
}

func (huaweicloud) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (huaweicloud) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return cceCluster{} }}
}

func (huaweicloud) DataSources(context.Context) []func() datasource.DataSource { return nil }
