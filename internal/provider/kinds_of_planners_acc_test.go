package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// The other two planners: the data source and the function.

const arguments = `
  name      = "preview"
  supernets = ["10.64.0.0/16"]
  vpcs      = { prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] } }
  clusters  = { shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 } }
`

func TestAccResourceDataSourceAndFunctionGiveOneAnswer(t *testing.T) {
	t.Parallel()
	has := map[string]knownvalue.Check{
		"pod_cidr":       knownvalue.StringExact("10.64.0.0/19"),
		"pod_cidrs":      knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("10.64.0.0/19")}),
		"service_cidr":   knownvalue.StringExact("10.64.32.0/22"),
		"node_cidr_mask": knownvalue.Int64Exact(26),
		"usable": knownvalue.ObjectExact(map[string]knownvalue.Check{
			"nodes": knownvalue.Int64Exact(128), "pods_per_node": knownvalue.Int64Exact(63), "services": knownvalue.Int64Exact(1022),
		}),
		"ack": knownvalue.ObjectExact(map[string]knownvalue.Check{
			"pod_cidr": knownvalue.StringExact(
				"10.64.0.0/19",
			), "service_cidr": knownvalue.StringExact("10.64.32.0/22"), "node_cidr_mask": knownvalue.Int64Exact(26),
			"ip_stack": knownvalue.Null(),
		}),
		"pod_subnets": knownvalue.Null(), "pod_aggregate": knownvalue.Null(), "pod_ipv6_cidr": knownvalue.Null(),
		"service_ipv6_cidr": knownvalue.Null(), "node_ipv6_cidr_mask": knownvalue.Null(),
		"further_service_cidrs": knownvalue.Null(), "further_pod_ipv6_cidrs": knownvalue.Null(),
		"further_service_ipv6_cidrs": knownvalue.Null(),
	}
	for output := range profile.Default().Outputs() {
		if has[output] == nil { // those of other platforms
			has[output] = knownvalue.Null()
		}
	}
	shop := knownvalue.ObjectExact(has)
	acceptance(t, resource.TestStep{
		Config: header + `
resource "cidrplan_allocator" "k8s" {` + arguments + `}
data "cidrplan_allocator" "preview" {` + arguments + `}
output "answer" {
  value = provider::cidrplan::allocate({` + arguments + `})
}
`,
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectKnownValue(allocator, alloc("shop"), shop),
			plancheck.ExpectKnownOutputValueAtPath("answer", tfjsonpath.New("shop"), shop),
		}},
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(allocator, alloc("shop"), shop),
			statecheck.ExpectKnownValue("data.cidrplan_allocator.preview", alloc("shop"), shop),
			statecheck.ExpectKnownOutputValueAtPath("answer", tfjsonpath.New("shop"), shop),
		},
	})
}

func output(function string) string { return `output "answer" { value = ` + function + ` }` }

func TestAccFunctionTakesWholeResourcesAndUnknowns(t *testing.T) {
	t.Parallel()
	config := `
resource "terraform_data" "unknown" {
  input = "10.64.0.0/16"
}
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}
` + output(`provider::cidrplan::allocate({
  name      = "f"
  supernets = [terraform_data.unknown.output]
  vpcs      = { prod = cidrplan_vpc.prod }
  clusters  = { shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 } }
}).shop.pod_cidr`)
	acceptance(t, resource.TestStep{
		Config:            header + config,
		ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectUnknownOutputValue("answer")}},
		ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("answer", knownvalue.StringExact("10.64.0.0/19"))},
	})
}

func TestAccFunctionRefusesBadArguments(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		argument string
		texts    []string
	}{
		"null":     {`null`, []string{"argument must not be null"}},
		"a string": {`"10.0.0.0/8"`, []string{"the argument is", "expected an object"}},
		"a misspelled name": {
			`{ name = "f", supernet = ["10.0.0.0/8"], clusters = {} }`,
			[]string{`no argument named "supernet". Did you mean "supernets"?`},
		},
		"a string for list": {
			`{ name = "f", supernets = "10.0.0.0/8", clusters = {} }`,
			[]string{"supernets is", "expected a list of strings"},
		},
		"a list for a map": {`{ name = "f", supernets = ["10.0.0.0/8"], clusters = [] }`, []string{"clusters is", "expected a map"}},
		"a lost attribute": {
			`{ name = "f", supernets = ["10.0.0.0/8"], reserved = { x = { cidr = "10.0.0.0/9", cidrs = [] } }, clusters = {} }`,
			[]string{`reserved["x"].cidrs: Undeclared Name`, `Did you mean "cidr"?`},
		},
		"a fraction": {
			`{ name = "f", supernets = ["10.0.0.0/8"], clusters = { a = { vpc = "v", profile = "ack-flannel", max_nodes = 1.5 } } }`,
			[]string{`clusters["a"].max_nodes: Number Out of Range`, "max_nodes = 1.5 is not a whole number"},
		},
		"host bits": {
			`{ name = "f", supernets = ["10.1.0.0/8"], clusters = {} }`,
			[]string{"supernets[0]: Not a Canonical CIDR", "did you mean 10.0.0.0/8?"},
		},
		"an undeclared name": {
			`{ name = "f", supernets = ["10.0.0.0/8"], clusters = { a = { vpc = "v", profile = "ack-flannel", max_nodes = 1 } } }`,
			[]string{`clusters["a"].vpc: Undeclared Name`},
		},
		"a conflict": {`{ name = "f", supernets = ["10.0.0.0/8"], vpcs = { v = { cidr_blocks = ["10.0.0.0/16"] } },
			clusters = { a = { vpc = "v", profile = "kubernetes-routed", pod_cidrs = ["10.0.0.0/17"] } } }`, []string{overlaps,
			"10.0.0.0/17"}},
	} {
		t.Run(name, func(t *testing.T) {
			acceptance(t, refused(output("provider::cidrplan::allocate("+test.argument+")"), test.texts...))
		})
	}
}

func TestAccDataSourceRefusesConflicts(t *testing.T) {
	t.Parallel()
	acceptance(t, refused(`
data "cidrplan_allocator" "preview" {
  name      = "preview"
  supernets = ["10.64.0.0/16"]
  vpcs      = { prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] } }
  clusters  = { shop = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["192.168.128.0/17"] } }
}`, overlaps, `Pod range 192.168.128.0/17 of cluster "shop" and block 192.168.0.0/16 of VPC "prod"`))
}
