package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// Facts that are known after apply: what does not follow from them is known in the plan.

// A subnet that the cloud has yet to make is known after apply; all else of its clusters is known.
func TestAccPodSubnetKnownAfterApply(t *testing.T) {
	t.Parallel()
	resourceOf := func(name, cidr string) string {
		return `
resource "terraform_data" "` + name + `" {
  input = "` + cidr + `"
}`
	}
	created := huawei(
		edit(t, pay, `["pods-a"]`, `["pods-a", "pods-b"]`),
		`pods-b = terraform_data.pods-b.output`,
	) + resourceOf(
		"pods-b",
		"192.168.96.0/20",
	)
	added := huawei(
		edit(t, pay, `["pods-a"]`, `["pods-a", "pods-b", "pods-c"]`), `pods-b = terraform_data.pods-b.output`,
		`pods-c = terraform_data.pods-c.output`,
	) + resourceOf(
		"pods-b",
		"192.168.96.0/20",
	) + resourceOf(
		"pods-c",
		"192.168.112.0/20",
	)
	one := subnetsOf("pods-a", "192.168.64.0/20", "pods-b", "192.168.96.0/20")
	two := append(slices.Clone(one), subnetsOf("pods-c", "192.168.112.0/20")...)
	unknown := func(step resource.TestStep, subnets []map[string]any) resource.TestStep {
		last := alloc("pay", "pod_subnets").AtSliceIndex(len(subnets) - 1)
		step.ConfigPlanChecks.PreApply = append(
			step.ConfigPlanChecks.PreApply, plancheck.ExpectUnknownValue(allocator, last.AtMapKey("cidr")),
			plancheck.ExpectKnownValue(allocator, last.AtMapKey("name"), exactly(subnets[len(subnets)-1]["name"])),
		)
		step.ConfigStateChecks = append(
			step.ConfigStateChecks,
			statecheck.ExpectKnownValue(allocator, alloc("pay", "pod_subnets"), exactly(subnets)),
		)
		return step
	}
	acceptance(t,
		unknown(showing(created, payHolds), one),
		showing(created, inSubnets(one)),
		unknown(editing(added, payHolds, "pay.pod_subnets", "pay.pod_subnets[2].cidr"), two),
		showing(added, inSubnets(two)),
		// What a held subnet becomes is not known either when the cloud makes it anew.
		resource.TestStep{
			Config: header + edit(t, added, "192.168.112.0/20", "192.168.128.0/20"),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectKnownValue(allocator, alloc("pay", "service_cidr"), knownvalue.StringExact("172.20.0.0/22")),
				},
			},
			ExpectError: allOf("Held Value Would Change", "pods-c (192.168.112.0/20)", "pods-c (192.168.128.0/20)"),
		},
	)
}

// A Pod range that is known after apply is appended then; what the cluster holds is known before.
func TestAccAppendedPodRangeKnownAfterApply(t *testing.T) {
	t.Parallel()
	with := func(pods, cidrs string) string {
		return huawei(`vault = { vpc = "prod", profile = "cce-vpc-router", max_services = 200, pod_cidrs = `+pods+` }`) + `
resource "terraform_data" "unknown" {
  input = ` + cidrs + `
}`
	}
	held := map[string]any{"vault.pod_cidr": "10.64.0.0/19", "vault.service_cidr": "172.20.0.0/24", "vault.cce.fix_pool_mask": "25"}
	grown := map[string]any{
		"vault.pod_cidrs":                  []string{"10.64.0.0/19", "10.65.0.0/19"},
		"vault.cce.container_network_cidr": "10.64.0.0/19,10.65.0.0/19",
	}
	for name, pods := range map[string]string{
		"one range": `["10.64.0.0/19", terraform_data.unknown.output[1]]`,
		"the list":  `terraform_data.unknown.output`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acceptance(t,
				showing(with(`["10.64.0.0/19"]`, `[]`), held),
				showing(with(pods, `["10.64.0.0/19", "10.65.0.0/19"]`), held),
				showing(with(pods, `["10.64.0.0/19", "10.65.0.0/19"]`), merged(held, grown)),
			)
		})
	}
}

// What IPv6, subnets and hubs are may be known after apply, too; what clusters hold then stays.
func TestAccUnknownFamiliesSubnetsAndLevels(t *testing.T) {
	t.Parallel()
	config := `
resource "terraform_data" "unknown" {
  input = {
    family = "ipv6", pods = "fd00:64::/59", services = "fd00:20::/112", subnet = "pods", level = "REDUCED", kind = "cen", turn = TURN
  }
}
locals {
  unknown = terraform_data.unknown.output
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16", "fc00:64::/48"]
  hubs      = { cen = { kind = local.unknown.kind, protection_level = local.unknown.level } }
  vpcs = {
    own    = { cidr_blocks = ["192.168.0.0/17"], hubs = ["cen"] }
    huawei = { platform = "huaweicloud", cidr_blocks = ["192.168.0.0/16"], hubs = ["cen"], subnets = { pods = "192.168.0.0/24" } }
  }
  clusters = {
    dual = {
      vpc = "own"
      profile = "kubernetes-routed"
      max_nodes = 30
      ip_families = ["ipv4", local.unknown.family]
      pod_ipv6_cidr = local.unknown.pods
      service_ipv6_cidr = local.unknown.services
    }
    turbo = {
      vpc = "huawei"
      profile = "cce-turbo"
      max_nodes = 2
      pods_per_node = 100
      node_subnets = [local.unknown.subnet]
      pod_subnets = [local.unknown.subnet]
    }
  }
}`
	first, second := strings.Replace(config, "TURN", "1", 1), strings.Replace(config, "TURN", "2", 1)
	held := map[string]any{
		"dual.pod_cidr": "10.64.0.0/20", "dual.pod_ipv6_cidr": "fd00:64::/59", "dual.service_ipv6_cidr": "fd00:20::/112",
		"dual.kubernetes.node_cidr_mask_size_ipv6": 64,
		"turbo.service_cidr":                       "10.64.20.0/22", "turbo.cce.service_network_cidr": "10.64.20.0/22",
	}
	subnets := map[string]any{"turbo.pod_subnets": subnetsOf("pods", "192.168.0.0/24")}
	acceptance(t,
		resource.TestStep{Config: header + first},
		showing(first, merged(held, subnets)),
		editing(second, held, "turbo.pod_subnets"),
		showing(second, merged(held, subnets)),
	)
}
