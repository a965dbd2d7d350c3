package provider_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// chained goes from a company's range to clusters: VPC blocks, zone subnets inside a VPC, the VPC with
// them, and an allocator in a block beside it.
func chained(zones string) string {
	return `
resource "cidrplan_blocks" "vpcs" {
  name      = "vpcs"
  supernets = ["10.0.0.0/8"]
  blocks    = { pods = { prefix_length = 14 }, prod = { prefix_length = 16 }, test = { prefix_length = 18 } }
}

locals { zones = [` + zones + `] }

resource "cidrplan_blocks" "zones" {
  name      = "zones"
  supernets = [cidrplan_blocks.vpcs.cidrs["prod"]]
  blocks    = { for zone in local.zones : zone => { addresses = 1000, platform = "alicloud" } }
}

resource "terraform_data" "vswitch" {
  for_each         = cidrplan_blocks.zones.cidrs
  input            = each.value
  triggers_replace = each.value
}

resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = [cidrplan_blocks.vpcs.cidrs["prod"]]
  subnets     = cidrplan_blocks.zones.cidrs
}

resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = [cidrplan_blocks.vpcs.cidrs["pods"]]
  service_supernets = ["172.20.0.0/16"]
  vpcs              = { prod = cidrplan_vpc.prod }
  clusters          = { shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100, node_subnets = ["h"] } }
}

resource "terraform_data" "cluster" {
  input            = cidrplan_allocator.k8s.allocations["shop"]
  triggers_replace = cidrplan_allocator.k8s.allocations["shop"]
}
`
}

// unknownInputs are the places that a plan leaves unknown, the computed attributes of stand-ins aside.
func (w *workspace) unknownInputs() []string {
	w.t.Helper()
	var out []string
	for address, p := range w.plans() {
		for _, at := range unknowns(address, p.Change.AfterUnknown) {
			if !strings.HasPrefix(address, "terraform_data.") || !strings.HasSuffix(at, ".id") && !strings.Contains(at, ".output") {
				out = append(out, at)
			}
		}
	}
	slices.Sort(out)
	return out
}

// From blocks for VPCs to Pod ranges everything is known in the first plan, and a zone in front changes
// nothing that is there.
func TestAccChainFromBlocksToClusters(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, chained(`"h", "i"`))
	if unknown := w.unknownInputs(); len(unknown) > 0 {
		t.Fatalf("the first plan leaves unknown: %v", unknown)
	}
	first := w.plans()
	wantCIDRs(t, first["cidrplan_blocks.vpcs"], map[string]string{"pods": "10.0.0.0/14", "prod": "10.4.0.0/16", "test": "10.5.0.0/18"})
	wantCIDRs(t, first["cidrplan_blocks.zones"], map[string]string{"h": "10.4.0.0/22", "i": "10.4.4.0/22"})
	shopHas := first[allocator].Change.After["allocations"].(map[string]any)["shop"].(map[string]any)
	if shopHas["pod_cidr"] != "10.0.0.0/19" {
		t.Errorf("shop has %v", shopHas["pod_cidr"])
	}
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")

	w.config(chained(`"a", "g", "h", "i"`))
	changes := map[string]string{}
	plans := w.plans()
	for address, p := range plans {
		if action := strings.Join(p.Change.Actions, ","); action != "no-op" {
			changes[address] = action
		}
	}
	want := map[string]string{
		"cidrplan_blocks.zones": "update", "cidrplan_vpc.prod": "update", "cidrplan_allocator.k8s": "update",
		`terraform_data.vswitch["a"]`: "create", `terraform_data.vswitch["g"]`: "create",
	}
	if !maps.Equal(changes, want) {
		t.Errorf("a zone in front changes %v, want %v", changes, want)
	}
	wantCIDRs(
		t, plans["cidrplan_blocks.zones"],
		map[string]string{"a": "10.4.8.0/22", "g": "10.4.12.0/22", "h": "10.4.0.0/22", "i": "10.4.4.0/22"},
	)
	if unknown := w.unknownInputs(); len(unknown) > 0 {
		t.Errorf("the edit leaves unknown: %v", unknown)
	}
	if at := differing("", plans[allocator].Change.Before["allocations"], plans[allocator].Change.After["allocations"]); len(at) > 0 {
		t.Errorf("the edit changes %v of the allocations", at)
	}
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	w.run("destroy", "-auto-approve")
}

func wantCIDRs(t *testing.T, p planned, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	all, _ := p.Change.After["cidrs"].(map[string]any)
	for name, held := range all {
		got[name], _ = held.(string)
	}
	if !maps.Equal(got, want) {
		t.Errorf("%s: cidrs = %v, want %v", p.Address, got, want)
	}
}

// Each team allocates from a supernet of its own, so a change of one team moves nothing of the others.
func TestAccDelegatedSupernets(t *testing.T) {
	t.Parallel()
	teams := func(teams, nodes string) string {
		return `
locals { teams = { ` + teams + ` } }
resource "cidrplan_blocks" "teams" {
  name      = "teams"
  supernets = ["10.0.0.0/12"]
  blocks    = { for team, length in local.teams : team => { prefix_length = length } }
}
resource "cidrplan_allocator" "team" {
  for_each          = local.teams
  name              = each.key
  supernets         = [cidrplan_blocks.teams.cidrs[each.key]]
  service_supernets = ["172.20.0.0/16"]
  vpcs              = { (each.key) = { cidr_blocks = ["192.168.0.0/16"] } }
  clusters = {
    (each.key) = { vpc = each.key, profile = "kubernetes-routed", max_nodes = each.key == "shop" ? ` + nodes + ` : 20 }
  }
}
`
	}
	pods := func(plans map[string]planned, team string) any {
		return plans[`cidrplan_allocator.team["`+team+`"]`].Change.After["allocations"].(map[string]any)[team].(map[string]any)["pod_cidr"]
	}
	w := newWorkspace(t, teams("shop = 16, data = 15", "20"))
	if unknown := w.unknownInputs(); len(unknown) > 0 {
		t.Fatalf("the first plan leaves unknown: %v", unknown)
	}
	plans := w.plans()
	wantCIDRs(t, plans["cidrplan_blocks.teams"], map[string]string{"data": "10.0.0.0/15", "shop": "10.2.0.0/16"})
	if shop, data := pods(plans, "shop"), pods(plans, "data"); shop != "10.2.0.0/20" || data != "10.0.0.0/20" {
		t.Errorf("shop has %v, data has %v", shop, data)
	}
	w.run("apply", "plan")
	w.config(teams("alpha = 14, shop = 16, data = 15", "20"))
	plans = w.plans()
	wantCIDRs(t, plans["cidrplan_blocks.teams"], map[string]string{"alpha": "10.4.0.0/14", "data": "10.0.0.0/15", "shop": "10.2.0.0/16"})
	for address, p := range plans {
		if action := strings.Join(p.Change.Actions, ","); action != "no-op" && address != "cidrplan_blocks.teams" &&
			address != `cidrplan_allocator.team["alpha"]` {
			t.Errorf("%s: %s", address, action)
		}
	}
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	w.config(teams("alpha = 14, shop = 16, data = 15", "2000")) // more than the team has
	w.fails(allOf("Held Range Is Too Small"), "plan")
	w.config(teams("alpha = 14, shop = 16, data = 15, web = 17", "20"))
	w.run("plan")
}
