// Command standin serves a provider that behaves as one of a cloud does where cidrplan's documentation depends on it. Acceptance tests
// install it beside cidrplan. Its cloud is the folder STANDIN_CLOUD of JSON files.
//
// With STANDIN_SCHEMAS, a list of folders with the schemas of clouds, it serves the types of the cloud that the name of the program has at
// its end, such as terraform-provider-alicloud. Otherwise it is huaweicloud/huaweicloud with the resource huaweicloud_cce_cluster.
package main

import (
	"cmp"
	"context"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

func main() {
	if folders := os.Getenv("STANDIN_SCHEMAS"); folders != "" {
		serveSchemas(strings.TrimPrefix(filepath.Base(os.Args[0]), "terraform-provider-"), filepath.SplitList(folders))
		return
	}
	err := providerserver.Serve(context.Background(), func() provider.Provider { return huaweicloud{} }, providerserver.ServeOpts{
		Address: "registry.terraform.io/huaweicloud/huaweicloud",
	})
	if err != nil {
		log.Fatal(err)
	}
}

// platforms are those whose provider has another name.
var platforms = map[string]string{"azurerm": "azure"}

// serveSchemas serves the types of a cloud.
func serveSchemas(cloud string, folders []string) {
	schemas, err := readSchemas(cmp.Or(platforms[cloud], cloud), folders)
	if err == nil {
		err = tf6server.Serve("registry.terraform.io/standin/"+cloud, func() tfprotov6.ProviderServer { return server{schemas: schemas} })
	}
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
