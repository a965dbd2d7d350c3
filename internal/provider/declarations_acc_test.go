package provider_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// Every resource is created, edited in place, imported and destroyed.
func TestAccDeclarationsAreAppliedAndEdited(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ address, first, second string }{
		"hub": {"cidrplan_hub.it", `resource "cidrplan_hub" "it" {
  name = "it"
  kind = "cen"
  labels = { owner = "net" }
}`, `resource "cidrplan_hub" "it" {
  name = "renamed"
  kind = "er"
}`},
		"site": {"cidrplan_site.it", `resource "cidrplan_site" "it" {
  name        = "it"
  cidr_blocks = ["10.0.0.0/12", "2001:db8::/32"]
}`, `resource "cidrplan_site" "it" {
  name        = "renamed"
  description = "moved"
  cidr_blocks = ["10.16.0.0/12"]
  hubs        = ["cen"]
  peers       = ["prod"]
  vrf         = "blue"
}`},
		"vpc": {"cidrplan_vpc.it", `resource "cidrplan_vpc" "it" {
  name        = "it"
  cidr_blocks = ["192.168.0.0/16"]
}`, `resource "cidrplan_vpc" "it" {
  name             = "renamed"
  platform         = "huaweicloud"
  region           = "cn-north-4"
  cidr_blocks      = ["192.168.0.0/16", "10.9.0.0/16"]
  ipv6_cidr_blocks = ["2001:db8:1::/56"]
  subnets          = { a = "192.168.0.0/24", six = "2001:db8:1::/64" }
  routes = {
    d = { destination = "0.0.0.0/0" }
    v = { destination = "10.1.0.0/16", next_hop = "vpn", summary = false, description = "office" }
  }
  route_quota      = 400
}`},
		"cluster": {"cidrplan_cluster.it", `resource "cidrplan_cluster" "it" {
  name      = "it"
  vpc       = "prod"
  profile   = "ack-flannel"
  max_nodes = 100
}`, `resource "cidrplan_cluster" "it" {
  name         = "renamed"
  vpc          = "other"
  profile      = "cce-vpc-router"
  pod_cidrs    = ["172.16.0.0/24", "172.16.1.0/24"]
  service_cidr = "10.247.0.0/16"
  meshes       = ["m"]
}`},
	} {
		t.Run(name, func(t *testing.T) {
			declared := func(config, id string) resource.TestStep {
				return resource.TestStep{
					Config: header + config,
					ConfigPlanChecks: resource.ConfigPlanChecks{
						PreApply: []plancheck.PlanCheck{
							plancheck.ExpectKnownValue(test.address, tfjsonpath.New("id"), knownvalue.StringExact(id)),
						},
					},
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownValue(test.address, tfjsonpath.New("name"), knownvalue.StringExact(id)),
					},
				}
			}
			edited := declared(test.second, "renamed")
			edited.ConfigPlanChecks.PreApply = append(
				edited.ConfigPlanChecks.PreApply,
				plancheck.ExpectResourceAction(test.address, plancheck.ResourceActionUpdate),
			)
			acceptance(t, declared(test.first, "it"), edited)

			// An import is followed by one update in place that fills in the arguments.
			imported := declared(test.first+`
import {
  to = `+test.address+`
  id = "it"
}`, "it")
			imported.ConfigPlanChecks.PreApply = append(
				imported.ConfigPlanChecks.PreApply,
				plancheck.ExpectResourceAction(test.address, plancheck.ResourceActionUpdate),
			)
			acceptance(t, imported)
		})
	}
}

func TestAccImportNeedsAName(t *testing.T) {
	t.Parallel()
	acceptance(t, resource.TestStep{
		Config: header + `
resource "cidrplan_hub" "it" {
  name = "it"
}
import {
  to = cidrplan_hub.it
  id = "it is"
}`,
		PlanOnly: true, ExpectError: allOf("Invalid Name", `"it is" has the character U+0020 (" ") at position 3`),
	})
}

// A declaration alone is checked as far as that is possible.
func TestAccDeclarationsRefuseBadInput(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config string
		texts  []string
	}{
		"hub kind": {
			`resource "cidrplan_hub" "it" {
name = "it"
kind = "cem"
}`,
			[]string{"Value Not Allowed", `"cem" is not one of cc, ccn, cen, er`, `Did you mean "cen"?`},
		},
		"site without block": {
			`resource "cidrplan_site" "it" {
name = "it"
cidr_blocks = []
}`,
			[]string{"Missing Value", "cidr_blocks is required"},
		},
		"site host bits": {
			`resource "cidrplan_site" "it" {
name = "it"
cidr_blocks = ["10.0.0.1/8"]
}`,
			[]string{"Not a Canonical CIDR", `"10.0.0.1/8" has host bits set; did you mean 10.0.0.0/8?`},
		},
		"vpc empty name": {
			`resource "cidrplan_vpc" "it" {
name = ""
cidr_blocks = ["10.0.0.0/8"]
}`,
			[]string{"Missing Value", "name is required"},
		},
		"vpc zero quota": {
			`resource "cidrplan_vpc" "it" {
name = "it"
cidr_blocks = ["10.0.0.0/8"]
route_quota = 0
}`,
			[]string{"Number Out of Range", "route_quota = 0"},
		},
		"cluster at odds": {
			`resource "cidrplan_cluster" "it" {
name = "it"
vpc = "v"
profile = "ack-flannel"
pod_prefix_length = 27
node_cidr_mask = 26
}`,
			[]string{"Size Not Possible", "pod_prefix_length = 27"},
		},
		"cluster profile": {
			`resource "cidrplan_cluster" "it" {
name = "it"
vpc = "v"
profile = "vpc-router"
max_nodes = 1
}`,
			[]string{"Undeclared Name", `no profile named "vpc-router"`, "cce-vpc-router (CCE"},
		},
	} {
		t.Run(name, func(t *testing.T) { acceptance(t, refused(test.config, test.texts...)) })
	}
}

// A route over a whole private block that is not marked asks whether it is a summary.
func TestAccUnmarkedPrivateBlockAsksWhetherItIsASummary(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, `
resource "cidrplan_vpc" "it" {
  name        = "it"
  cidr_blocks = ["192.168.0.0/16"]
  routes      = { hub = { destination = "10.0.0.0/8", next_hop = "transit" } }
}`)
	if out := w.run("plan"); !allOf("Route May Be an Aggregate", "The route to 10.0.0.0/8 covers", "summary = true").MatchString(out) {
		t.Errorf("no warning in\n%s", out)
	}
	w.config(strings.Replace(`
resource "cidrplan_vpc" "it" {
  name        = "it"
  cidr_blocks = ["192.168.0.0/16"]
  routes      = { hub = { destination = "10.0.0.0/8", next_hop = "transit", summary = SAID } }
}`, "SAID", "false", 1))
	if out := w.run("plan"); strings.Contains(out, "Route May Be an Aggregate") {
		t.Errorf("asks although the configuration says so:\n%s", out)
	}
}

// An allocator that is imported by name starts without allocations and reports it.
func TestAccAllocatorImportStartsWithoutRanges(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop)+`
import {
  to = cidrplan_allocator.k8s
  id = "k8s-prod"
}`)
	if out := w.run("plan", "-out=plan"); !allOf("will be updated in-place", "Allocator Has No Prior Allocations").MatchString(out) {
		t.Errorf("no warning in\n%s", out)
	}
	w.applied()
}

// Ranges of clusters that were built before are prior allocations, and stay.
func TestAccExistingRangesAreKept(t *testing.T) {
	t.Parallel()
	existing := `existing = {
    shop = { pod_cidrs = ["10.64.128.0/19"], service_cidr = "172.20.64.0/22", node_cidr_mask = 26 }
    gone = { pod_cidrs = ["10.64.0.0/17"] }
  }`
	held := map[string]string{"shop.pod_cidr": "10.64.128.0/19", "shop.service_cidr": "172.20.64.0/22", "data.pod_cidr": "10.64.160.0/21"}
	acceptance(t,
		holding(network(shop+data, existing), held),
		holding(network(shop+data), held),
		refused(network(strings.Replace(shop, "max_nodes = 100", "max_nodes = 200", 1)+data), "Held Range Is Too Small", "at most 128"),
		holding(network(shop+data), held),
	)
}
