package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// joined is an allocator over VPCs that are joined over a hub and a peering, and what stands for route
// entries of a cloud.
const joined = `
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/10"]
  service_supernets = ["172.20.0.0/14"]
  hubs  = { cen = {} }
  sites = { idc = { cidr_blocks = ["10.0.0.0/12"], hubs = ["cen"] } }
  vpcs = {
    prod = { cidr_blocks = ["192.168.0.0/18"], hubs = ["cen"] }
    dev  = { cidr_blocks = ["192.168.64.0/18"], hubs = ["cen"] }
    lab  = { cidr_blocks = ["192.168.128.0/18"], peers = ["prod"] }
  }
  clusters = {
    shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 }
    jobs = { vpc = "prod", profile = "kubernetes-overlay", max_nodes = 100 }
  }
}
output "routes" {
  value = provider::cidrplan::required_routes(cidrplan_allocator.k8s)
}
resource "terraform_data" "entry" {
  for_each         = { for key, r in provider::cidrplan::required_routes(cidrplan_allocator.k8s) : key => r if r.cluster != "jobs" }
  input            = each.value.destination
  triggers_replace = [each.value.destination]
}
`

// entries are the required routes of a plan: key and destination, which must be known.
func (w *workspace) entries() map[string]string {
	w.t.Helper()
	routes, ok := w.outputs()["routes"].(map[string]any)
	if !ok {
		w.t.Fatal("the plan has no required routes")
	}
	out := map[string]string{}
	for key, r := range routes {
		out[key] = fmt.Sprint(r.(map[string]any)["destination"])
	}
	return out
}

var shopEntries = map[string]string{
	"prod:publish:hub:cen:shop": "10.64.64.0/19", "idc:advertise:hub:cen:shop": "10.64.64.0/19",
	"lab:route:peering:prod:shop": "10.64.64.0/19",
}

// Keys and values are known in the first plan, a for_each accepts them, and another cluster changes none.
func TestAccRequiredRoutesFeedAForEach(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, joined)
	if got := w.entries(); !maps.Equal(got, shopEntries) {
		t.Errorf("the first plan has %v, want %v", got, shopEntries)
	}
	w.applied()

	w.config(edit(t, joined, "shop = {", `data = { vpc = "dev", profile = "ack-flannel", max_nodes = 50 }`+"\n    shop = {"))
	plans := w.plans()
	for key := range shopEntries {
		if actions := plans[`terraform_data.entry["`+key+`"]`].Change.Actions; !slices.Equal(actions, []string{"no-op"}) {
			t.Errorf("another cluster has %s %v", key, actions)
		}
	}
	created := 0
	for address, p := range plans {
		if slices.Equal(p.Change.Actions, []string{"create"}) && strings.HasPrefix(address, "terraform_data.entry") &&
			strings.HasSuffix(address, `:data"]`) {
			created++
		}
	}
	if created != 2 || len(plans) != 6 {
		t.Errorf("%d entries are created for it, want two, among %d resources", created, len(plans))
	}
	w.applied()

	// A route that is declared once it stands is marked, and what was made of it stays.
	w.config(
		edit(
			t, joined, `peers = ["prod"] }`,
			`peers = ["prod"], routes = { pods = { destination = "10.64.64.0/19", next_hop = "peering" } } }`,
		),
	)
	if actions := w.plans()[`terraform_data.entry["lab:route:peering:prod:shop"]`].Change.Actions; !slices.Equal(
		actions,
		[]string{"no-op"},
	) {
		t.Errorf("the route that is declared now is to %v", actions)
	}
	w.applied()
	if got := w.answerOf("required_routes",
		allocator).(map[string]any)["lab:route:peering:prod:shop"].(map[string]any)["declared"]; got != true {
		t.Errorf("declared is %v", got)
	}
	w.run("destroy", "-auto-approve")
}

// Every attribute of an entry, by attribute and function; no entries are an empty map, which a for_each accepts.
func TestAccRequiredRoutesOfResourceAndDataSource(t *testing.T) {
	t.Parallel()
	entry := func(action, network, destination, from, to, via string, declared bool) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"action": exactly(action), "network": exactly(network), "cluster": exactly("shop"), "destination": exactly(destination),
			"from": exactly(from), "to": exactly(to), "via": exactly(via), "declared": knownvalue.Bool(declared),
		})
	}
	want := knownvalue.MapExact(map[string]knownvalue.Check{
		"prod:publish:hub:cen:shop":   entry("publish", "prod", "10.64.64.0/19", "cen", "prod", "hub", false),
		"idc:advertise:hub:cen:shop":  entry("advertise", "idc", "10.64.64.0/19", "idc", "cen", "hub", false),
		"lab:route:peering:prod:shop": entry("route", "lab", "10.64.64.0/19", "lab", "prod", "peering", false),
	})
	none := knownvalue.MapExact(map[string]knownvalue.Check{})
	data := strings.Replace(strings.Split(joined, "\noutput \"routes\"")[0], "resource", "data", 1)
	both := joined + data + "\noutput \"of_data\" {\n  value = provider::cidrplan::required_routes(data.cidrplan_allocator.k8s)\n}\n"
	alone := edit(t, joined, `, hubs = ["cen"] }`, ` }`, `hubs = ["cen"] }`, `}`, `, peers = ["prod"] }`, ` }`, `, hubs = ["cen"] }`, ` }`)
	acceptance(t,
		resource.TestStep{
			Config: header + both,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{plancheck.ExpectKnownOutputValue("routes", want)},
			},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("routes", want),
				statecheck.ExpectKnownOutputValue("of_data", want),
			},
		},
		resource.TestStep{
			Config:            header + alone,
			ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectKnownOutputValue("routes", none)}},
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("routes", none)},
		},
	)
}

// A fact that comes in apply defers destinations and not keys, and what was planned comes true.
func TestAccRequiredRoutesOfRangesKnownAfterApply(t *testing.T) {
	t.Parallel()
	config := edit(
		t, joined, `cidr_blocks = ["10.0.0.0/12"]`, `cidr_blocks = [terraform_data.idc.output]`,
		"triggers_replace = [each.value.destination]", "",
	) + `
resource "terraform_data" "idc" {
  input = "10.0.0.0/12"
}
`
	w := newWorkspace(t, config)
	unknown := map[string]string{}
	for key := range shopEntries {
		unknown[key] = "<nil>"
	}
	if got := w.entries(); !maps.Equal(got, unknown) {
		t.Errorf("the plan has %v, want %v", got, unknown)
	}
	w.applied()
	if got := w.entries(); !maps.Equal(got, shopEntries) {
		t.Errorf("then there is %v, want %v", got, shopEntries)
	}
}
