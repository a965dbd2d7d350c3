package provider_test

import "testing"

// Terraform reads a data source with an unknown argument during apply. What is wrong with its clusters is reported by the validation, which
// is a part of the plan.
func TestAccDataSourcesWithUnknownArgumentsReportClustersInThePlan(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		existing, cluster string
		want              []string
	}{
		"a family": {
			"", `append_ranges = ["services"], service_cidr = "172.21.0.0/24", further_service_cidrs = ["fd00::/112"]`,
			[]string{"Wrong Address Family", `clusters["shop"].further_service_cidrs[0]`},
		},
		"an argument": {
			"", `service_cidr = "172.21.0.0/24", further_service_cidrs = ["172.22.0.0/24"]`,
			[]string{"Argument Not Accepted", `clusters["shop"].further_service_cidrs`},
		},
		"what exists": {
			`shop = { pod_cidrs = ["10.70.0.0/16"], service_cidr = "172.21.0.0/24" }`, "max_nodes = 8",
			[]string{"Missing Value", `existing["shop"].node_cidr_mask`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, `
resource "terraform_data" "unknown" {
  input = "10.99.0.0/16"
}
data "cidrplan_allocator" "preview" {
  name              = "preview"
  supernets         = ["10.64.0.0/12"]
  service_supernets = ["172.20.0.0/14"]
  declare = {
    vpcs     = { prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] } }
    reserved = { later = { cidr = terraform_data.unknown.output } }
    existing = { `+test.existing+` }
    clusters = { shop = { vpc = "prod", profile = "kubernetes-overlay", `+test.cluster+` } }
  }
}
`)
			w.fails(allOf(test.want...), "plan")
		})
	}
}
