package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// Resource, data source and function agree on clusters of every kind, in the plan.
func TestAccResourceDataSourceAndFunctionAgreeOnEveryCluster(t *testing.T) {
	t.Parallel()
	const arguments = `
  name              = "preview"
  supernets         = ["10.64.0.0/16", "fd00:64::/48"]
  service_supernets = ["172.20.0.0/16", "fd00:20::/104"]
  hubs              = { cen = { kind = "cen", protection_level = "REDUCED" } }
  sites             = { room = { cidr_blocks = ["10.0.0.0/16"] } }
  vpcs = {
    ali = {
      platform = "alicloud"
      cidr_blocks = ["192.168.0.0/16"]
      hubs = ["cen"]
      subnets = { nodes = "192.168.0.0/24", pods = "192.168.32.0/19" }
    }
    tencent = { platform = "tencentcloud", cidr_blocks = ["192.168.0.0/16"] }
    huawei  = { platform = "huaweicloud", cidr_blocks = ["192.168.0.0/16"] }
    aws     = { platform = "aws", cidr_blocks = ["192.168.0.0/16"] }
    ctyun   = { platform = "ctyun", cidr_blocks = ["192.168.0.0/16"] }
  }
  clusters = {
    terway = { vpc = "ali", profile = "ack-terway", node_subnets = ["nodes"], pod_subnets = ["pods"] }
    game   = { vpc = "tencent", profile = "tke-global-router", max_nodes = 100 }
    build  = { vpc = "room", profile = "kubernetes-routed", max_nodes = 30, ip_families = ["ipv4", "ipv6"] }
    known  = { vpc = "ali", profile = "ack-flannel", pod_cidrs = ["10.128.0.0/20"] }
    vault  = { vpc = "huawei", profile = "cce-vpc-router", pod_cidrs = ["10.129.0.0/20", "10.130.0.0/20"], max_services = 200 }
    web    = { vpc = "aws", profile = "eks" }
    video  = { vpc = "ctyun", profile = "ccse-calico", max_nodes = 10 }
  }
`
	step := showing(`
resource "cidrplan_allocator" "k8s" {`+arguments+`}
data "cidrplan_allocator" "preview" {`+arguments+`}
output "function" {
  value = jsonencode(provider::cidrplan::allocate({`+arguments+`})) == jsonencode(cidrplan_allocator.k8s.allocations)
}
output "data" {
  value = jsonencode(data.cidrplan_allocator.preview.allocations) == jsonencode(cidrplan_allocator.k8s.allocations)
}
`, map[string]any{
		"terway.pod_cidr": nil, "terway.pod_subnets": subnetsOf("pods", "192.168.32.0/19"), "terway.ack.node_cidr_mask": nil,
		"terway.ack.service_cidr": "172.20.4.0/22",
		"game.tke.cluster_cidr":   "10.64.0.0/19", "game.service_cidr": "10.64.28.0/22",
		"build.kubernetes.pod_subnet": "10.64.32.0/20,fd00:64::/59", "build.kubernetes.node_cidr_mask_size": nil,
		"known.service_cidr": "172.19.0.0/20", "vault.cce.container_network_cidr": "10.129.0.0/20,10.130.0.0/20",
		"web.eks.service_ipv4_cidr": "172.20.12.0/22",
		"video.ccse.network_plugin": "calico",
	})
	for _, planner := range []string{"function", "data"} {
		step.ConfigPlanChecks.PreApply = append(
			step.ConfigPlanChecks.PreApply,
			plancheck.ExpectKnownOutputValue(planner, knownvalue.Bool(true)),
		)
	}
	acceptance(t, step)
}

// Beside subnets that the cloud has yet to make, the function answers what does not follow from them, as the
// resource does.
func TestAccFunctionWaitsForSubnetsKnownAfterApply(t *testing.T) {
	t.Parallel()
	acceptance(t, resource.TestStep{
		Config: header + `
resource "terraform_data" "unknown" {
  input = "192.168.32.0/19"
}
output "preview" {
  value = provider::cidrplan::allocate({
    name      = "preview"
    supernets = ["10.64.0.0/16"]
    vpcs      = { ali = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], subnets = { pods = terraform_data.unknown.output } } }
    clusters  = { terway = { vpc = "ali", profile = "ack-terway", pod_subnets = ["pods"] } }
  }).terway
}`,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply: []plancheck.PlanCheck{
				plancheck.ExpectKnownOutputValueAtPath("preview", tfjsonpath.New("service_cidr"), knownvalue.StringExact("10.64.0.0/22")),
				plancheck.ExpectUnknownOutputValueAtPath("preview", tfjsonpath.New("pod_subnets").AtSliceIndex(0).AtMapKey("cidr")),
			},
		},
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValueAtPath("preview", tfjsonpath.New("service_cidr"), knownvalue.StringExact("10.64.0.0/22")),
			statecheck.ExpectKnownOutputValueAtPath(
				"preview", tfjsonpath.New("pod_subnets"), exactly(subnetsOf("pods", "192.168.32.0/19")),
			),
		},
	})
}
