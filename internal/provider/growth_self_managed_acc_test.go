package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// lab is an allocator with a self-managed cluster of Kubernetes 1.33, whose Calico has an IPPool for each Pod range, and its manifests.
func lab(nodes, services int, more ...string) string {
	return fmt.Sprintf(`
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["10.96.0.0/16"]
  vpcs              = { lab = { platform = "generic", cidr_blocks = ["192.168.0.0/20"] } }
  clusters = {
    lab = {
      vpc = "lab", profile = "kubernetes-overlay", max_nodes = %d, max_services = %d, node_cidr_mask = 24
      append_ranges = ["pods", "services"]
      %s
    }
  }
}
locals { lab = cidrplan_allocator.k8s.allocations["lab"] }
output "pools" {
  value = [for pool in split("---", provider::cidrplan::manifests(local.lab, "calico-ippools")) : yamldecode(pool).spec.cidr]
}
output "cilium" { value = yamldecode(provider::cidrplan::manifests(local.lab, "cilium-podippools")).spec.ipv4.cidrs }
output "subnets" {
  value = [for subnet in split("---", provider::cidrplan::manifests(local.lab, "kube-ovn-subnets")) : yamldecode(subnet).spec.cidrBlock]
}
output "services" {
  value = [for object in slice(split("\n---\n", provider::cidrplan::manifests(local.lab, "servicecidr")), 2,
    2 + length(coalesce(local.lab.further_service_cidrs, []))) : yamldecode(object).spec.cidrs]
}
output "kubeadm" { value = local.lab.kubernetes }
`, nodes, services, strings.Join(more, "\n      "))
}

// labHolds is what the cluster shows with these ranges, and its manifests with it.
func labHolds(config string, nodes, services int, pods, further []string) resource.TestStep {
	var none any
	if len(further) > 0 {
		none = further
	}
	step := showing(config, map[string]any{
		"lab.pod_cidr": pods[0], "lab.pod_cidrs": pods, "lab.service_cidr": "10.96.0.0/24", "lab.further_service_cidrs": none,
		"lab.usable.nodes": nodes, "lab.usable.services": services,
		"lab.kubernetes.pod_subnet": pods[0], "lab.kubernetes.service_subnet": "10.96.0.0/24", "lab.kubernetes.cluster_dns": "10.96.0.10",
	})
	var each []knownvalue.Check
	for _, r := range further {
		each = append(each, knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact(r)}))
	}
	var pools []knownvalue.Check
	for _, r := range pods {
		pools = append(pools, knownvalue.StringExact(r))
	}
	all := knownvalue.TupleExact(pools)
	for output, want := range map[string]knownvalue.Check{
		"pools": all, "cilium": all, "subnets": all, "services": knownvalue.TupleExact(each),
	} {
		step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply, plancheck.ExpectKnownOutputValue(output, want))
		step.ConfigStateChecks = append(step.ConfigStateChecks, statecheck.ExpectKnownOutputValue(output, want))
	}
	return step
}

// A self-managed cluster grows twice in Pods and once in Services: old values stay in front of the new ones, and the manifests have both.
func TestAccSelfManagedClusterGrows(t *testing.T) {
	t.Parallel()
	one, two := "10.64.0.0/21", "10.64.8.0/22"
	three, services := "10.64.16.0/20", []string{"10.96.2.0/23"}
	acceptance(t,
		labHolds(lab(8, 200), 8, 254, []string{one}, nil),
		labHolds(lab(12, 200), 12, 254, []string{one, two}, nil),
		labHolds(lab(12, 700), 12, 254+510, []string{one, two}, services),
		labHolds(lab(28, 700), 28, 254+510, []string{one, two, three}, services),
		labHolds(lab(4, 100), 28, 254+510, []string{one, two, three}, services), // what is held stays
		refused(strings.Replace(lab(29, 100), `["pods", "services"]`, `["services"]`, 1), "Held Range Is Too Small", "IPPool",
			`append_ranges = ["pods", "services"]`),
		refused(strings.Replace(lab(4, 1000), `["pods", "services"]`, `["pods"]`, 1), "Held Range Is Too Small", "Kubernetes 1.33",
			`append_ranges = ["pods", "services"]`),
		refused(lab(4, 100, `further_service_cidrs = ["10.96.4.0/24"]`), "Ranges Can Only Be Appended", "further_service_cidrs"),
		refused(lab(4, 100, `further_service_cidrs = ["10.96.2.0/23", "10.64.0.0/24"]`), "overlaps", "10.64.0.0/24"),
		labHolds(
			lab(4, 100, `further_service_cidrs = ["10.96.2.0/23", "10.96.0.0/20"]`), 28, 4094, []string{one, two, three},
			[]string{"10.96.2.0/23", "10.96.0.0/20"},
		),
	)
}
