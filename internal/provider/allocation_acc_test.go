package provider_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// The range without masquerading of kOps is the Pod range, or follows what the configuration gives, also if that is known after apply.
func TestAccArgumentOfAnotherRangeFollowsTheConfiguration(t *testing.T) {
	t.Parallel()
	config := func(around, others string) string {
		return fmt.Sprintf(`
resource "terraform_data" "around" {
  input = %q
}

resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  vpcs      = { prod = { cidr_blocks = ["192.168.0.0/16"] } }
  clusters = {
    shop = { vpc = "prod", profile = "kops", max_nodes = 8, service_cidr = "172.20.0.0/22", %s }
  }
}

output "spec" {
  value = provider::cidrplan::manifests(cidrplan_allocator.k8s.allocations["shop"], "kops", {
    non_masquerade_cidr = cidrplan_allocator.k8s.allocations["shop"].kops.non_masquerade_cidr
  })
}
`, around, others)
	}
	holds := func(native string) map[string]any {
		return map[string]any{
			"shop.pod_cidr": "10.64.0.0/21", "shop.kops.pod_cidr": "10.64.0.0/21", "shop.kops.non_masquerade_cidr": native,
		}
	}
	later := showing(config("10.0.0.0/8", `other_ranges = { non_masquerade = [terraform_data.around.output] }`), holds("10.0.0.0/8"))
	later.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{
		plancheck.ExpectUnknownValue(allocator, alloc("shop", "kops", "non_masquerade_cidr")),
		plancheck.ExpectKnownValue(allocator, alloc("shop", "kops", "pod_cidr"), exactly("10.64.0.0/21")),
	}
	acceptance(
		t,
		showing(config("", ""), holds("10.64.0.0/21")),
		showing(config("", `other_ranges = { non_masquerade = ["10.64.0.0/10"] }`), holds("10.64.0.0/10")),
		refused(config("", `other_ranges = { non_masquerade = ["10.65.0.0/16"] }`), "10.65.0.0/16", "nonMasqueradeCIDR"),
		later,
		showing(config("", ""), holds("10.64.0.0/21")),
	)
}
