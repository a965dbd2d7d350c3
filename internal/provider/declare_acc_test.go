package provider_test

import (
	"strings"
	"testing"
)

// shopArguments are arguments with objects, and the same ones in declare.
const shopArguments = `
  hubs     = { cen = {} }
  vpcs     = cidrplan_vpc.all
  clusters = { shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 } }
`

const declaredShop = `
  declare = {
    hubs = { cen = {} }
    vpcs = cidrplan_vpc.all
    clusters = {
      shop = { vpc = "prod", profile = "ack-flannel", max_nodes = "100" }
    }
  }
`

// declaring is a configuration whose allocator has these arguments.
func declaring(arguments string) string {
	routes := `routes = { vpn = { destination = "10.20.0.0/16", next_hop = "vpn" } }`
	if arguments == declaredShop {
		routes = "declare = { " + routes + " }"
	}
	return `
resource "cidrplan_vpc" "all" {
  for_each    = toset(["prod"])
  name        = each.key
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  hubs        = ["cen"]
` + routes + `
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/12"]
` + arguments + `}
output "nodes" {
  value = cidrplan_allocator.k8s.clusters["shop"].max_nodes
}
`
}

// Moving arguments of an allocator and of a VPC into declare or out of it plans no change. Every further plan is empty too, unlike the
// plans of dynamic write-only arguments in https://github.com/hashicorp/terraform-plugin-framework/issues/1096.
func TestAccDeclare(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, declaring(shopArguments))
	w.run("apply", "-auto-approve")
	for _, arguments := range []string{declaredShop, shopArguments} {
		w.config(declaring(arguments))
		w.run("plan", "-detailed-exitcode")
	}

	w.config(edit(t, declaring(declaredShop), `"100"`, `"90", kubernetes_version = "1.30"`))
	out := w.run("apply", "-auto-approve")
	for _, want := range []string{
		"max_nodes = 100 -> 90",
		"nodes = 90",
		"Attributes Without Effect",
		`declare.clusters["shop"].kubernetes_version`,
		"clusters = {",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the apply does not print %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "allocations") {
		t.Errorf("the edit changes allocations:\n%s", out)
	}
	w.run("plan", "-detailed-exitcode")

	w.config(edit(t, declaring(declaredShop), `"100"`, `90, pod_per_node = 128`))
	w.fails(
		allOf(
			"Undeclared Name", `clusters = {`,
			`declare.clusters["shop"].pod_per_node: There is no argument named "pod_per_node". Did you mean "pods_per_node"?`,
		),
		"validate",
	)
}

// In data sources declare is an ordinary argument.
func TestAccDataSourcesTakeDeclare(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, `
data "cidrplan_allocator" "preview" {
  name      = "preview"
  supernets = ["10.64.0.0/12"]
  declare = {
    vpcs     = { prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] } }
    clusters = { shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 } }
  }
}
data "cidrplan_blocks" "preview" {
  name      = "preview"
  supernets = ["10.0.0.0/8"]
  declare   = { blocks = { dmz = { prefix_length = 24 } } }
}
data "cidrplan_audit" "fleet" {
  declare = {
    vpcs     = { prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], region = "cn", zone = "a" } }
    clusters = { shop = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["192.168.0.0/20"], pod_per_node = 128 } }
    what_if  = { peered = ["prod", "none"] }
  }
}
output "answer" {
  value = jsonencode([
    data.cidrplan_allocator.preview.allocations["shop"].pod_cidr,
    data.cidrplan_blocks.preview.cidrs["dmz"],
    [for key, f in data.cidrplan_audit.fleet.findings : "${f.level} ${f.first.at} ${f.hypothetical}"],
  ])
}
`)
	out := w.run("plan")
	for _, want := range []string{
		"10.64.0.0/19",
		"10.0.0.0/24",
		`error declare.clusters[\"shop\"].pod_per_node`,
		`warn declare.vpcs[\"prod\"].zone`,
		"error declare.what_if.peered[1] true",
		`error declare.clusters[\"shop\"].pod_cidrs[0]`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the plan does not print %s:\n%s", want, out)
		}
	}
}
