package provider_test

import (
	"fmt"
	"strings"
	"testing"
)

// central delegates blocks of a supernet.
func central(blocks, more string) string {
	return `
resource "cidrplan_blocks" "teams" {
  name      = "teams"
  supernets = ["10.64.0.0/10"]
  blocks    = { ` + blocks + ` }
  ` + more + `
}
output "shop" { value = try(cidrplan_blocks.teams.cidrs["shop"], null) }
`
}

// A row of the spreadsheet keeps the range of a workspace from all others until the workspace is adopted, and goes afterwards.
func TestAccLedgerAdoptsAReservedRange(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	platform := newWorkspace(t, sharing(d, "network", central("", `reserved = { web = { cidr = "10.64.0.0/18" } }`)))
	platform.run("apply", "-auto-approve")
	w := newWorkspace(t, planning(needing("web")))
	w.run("apply", "-auto-approve")
	w.config(sharing(d, "shop/prod", planning(needing("web"))))
	const accepted = `accepted_conflicts = { "pod_overlaps_foreign_block|10.64.0.0/19|web+web@network%3Ablocks/teams" = { reason = `
	w.fails(allOf(`Pod range 10.64.0.0/19 of cluster "web" overlaps reserved range 10.64.0.0/18 "web"`, accepted), "plan")
	w.config(sharing(d, "shop/prod", planning(needing("web"), accepted+`"for now" } }`)))
	w.run("apply", "-auto-approve")
	wantEntries(t, d, "shop/prod", "k8s", webPods, webServices)
	platform.config(sharing(d, "network", central("", "")))
	platform.run("apply", "-auto-approve")
	w.empty()
	w.config(sharing(d, "shop/prod", planning(needing("web"))))
	w.run("apply", "-auto-approve")
	w.empty()
	if got := d.Count(t, `SELECT count(*) FROM entry WHERE class = 'unique' AND state = 'claim'`); got != 2 {
		t.Errorf("%d claims keep others out", got)
	}
	if got := newWorkspace(t, sharing(d, "bank/prod", planning(needing("vault")))).plannedPod("vault"); got != "10.64.32.0/19" {
		t.Errorf("vault has %s", got)
	}
}

// Blocks of one workspace are the supernets of others. A block with ranges of others does not end.
func TestAccLedgerDelegatedBlocks(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	network := newWorkspace(t, sharing(d, "network", central(`shop = { prefix_length = 16 }, bank = { prefix_length = 16 }`, "")))
	network.run("apply", "-auto-approve")
	network.empty()
	wantEntries(t, d, "network", "blocks/teams", "claim block bank 10.64.0.0/16", "claim block shop 10.65.0.0/16")

	shop := newWorkspace(t, sharing(d, "shop/prod", strings.Replace(planning(needing("web")), "10.64.0.0/16", "10.65.0.0/16", 1)))
	shop.run("apply", "-auto-approve")
	shop.empty()
	bank := newWorkspace(t, sharing(d, "bank/prod", planning(needing("vault"))))
	bank.run("apply", "-auto-approve")
	outside := newWorkspace(t, sharing(d, "lab", strings.Replace(planning(needing("test")), "10.64.0.0/16", "10.64.0.0/14", 1)))
	outside.run("apply", "-auto-approve")
	if got := shop.podOf("web") + " " + bank.podOf("vault") + " " + outside.podOf("test"); got != "10.65.0.0/19 10.64.0.0/19 10.66.0.0/19" {
		t.Errorf("the clusters have %s", got)
	}
	if text := shop.allText() + bank.allText() + network.allText(); text != "" {
		t.Errorf("plans report\n%s", text)
	}

	network.config(sharing(d, "network", central(`bank = { prefix_length = 16 }`, `reclaim = ["shop"]`)))
	network.run("apply", "-auto-approve") // releases it; the range stays reserved
	network.config(sharing(d, "network", central(`bank = { prefix_length = 16 }`, `reclaim = ["shop", "*"]`)))
	network.run("apply", "-auto-approve")
	network.config(sharing(d, "network", central(`bank = { prefix_length = 16 }`, "")))
	network.run("apply", "-auto-approve") // each name of reclaim is applied once
	network.config(sharing(d, "network", central(`bank = { prefix_length = 16 }`, `reclaim = ["shop"]`)))
	network.fails(allOf("Block Has Ranges of Others",
		`released range 10.65.0.0/16 of "shop" has Pod range 10.65.0.0/19 of "web" of allocator`,
		`Leave block "shop" out of reclaim`), "plan")
	network.config(sharing(d, "network", ""))
	inside := allOf("Block Has Ranges of Others", `allocator "k8s" of owner "bank/prod"`, "the apply is refused")
	if text := fmt.Sprint(network.allReports()); !inside.MatchString(text) {
		t.Errorf("a plan that destroys the block reports\n%s", text)
	}
	network.fails(allOf("Block Has Ranges of Others", `Pod range`, `allocator "k8s" of owner`), "apply", "-auto-approve")
	if got := network.holds("cidrplan_blocks.teams")["cidrs"].(map[string]any)["bank"]; got != "10.64.0.0/16" {
		t.Errorf("after the refused destroy bank has %v", got)
	}
}

// Blocks and an allocator of one workspace share an owner: the allocator's ranges are in the block in the same apply.
func TestAccLedgerBlocksAndClustersOfOneWorkspace(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	config := central(`shop = { prefix_length = 16 }`, "") +
		strings.Replace(planning(needing("web")), `["10.64.0.0/16"]`, `[cidrplan_blocks.teams.cidrs["shop"]]`, 1)
	w := newWorkspace(t, sharing(d, "shop/prod", config))
	w.run("plan", "-out=plan")
	w.run("apply", "plan")
	w.empty()
	if text := w.allText(); text != "" {
		t.Errorf("the plan reports\n%s", text)
	}
	wantEntries(t, d, "shop/prod", "blocks/teams", "claim block shop 10.64.0.0/16")
	wantEntries(t, d, "shop/prod", "k8s", webPods, webServices)
	w.run("destroy", "-auto-approve")
	wantEntries(t, d, "shop/prod", "blocks/teams", "hold block shop 10.64.0.0/16")
	w.run("apply", "-auto-approve")
	w.empty()
}

// Mirrors have one range in two VRFs. IPv6 ranges are in the ledger as well. Another workspace avoids them in each VRF.
func TestAccLedgerMirrorsAndIPv6(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	config := func(clusters string) string {
		return `
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16", "fd00:64::/32"]
  service_supernets = ["172.20.0.0/16", "fd00:65::/64"]
  vpcs = {
    prod = { cidr_blocks = ["192.168.0.0/16"] }
    copy = { cidr_blocks = ["192.168.0.0/16"], vrf = "copy" }
  }
  clusters = { ` + clusters + ` }
}
`
	}
	dual := `= { vpc = "prod", profile = "kubernetes-routed", max_nodes = 10, max_services = 200, ip_families = ["ipv4", "ipv6"] }`
	a := newWorkspace(t, sharing(d, "shop/prod", config(
		`web `+dual+`, dr = { vpc = "copy", profile = "kubernetes-routed", same_as = "web" }`,
	)))
	a.run("apply", "-auto-approve")
	a.empty()
	b := newWorkspace(t, sharing(d, "bank/prod", config(`vault `+strings.Replace(dual, "prod", "copy", 1))))
	b.run("apply", "-auto-approve")
	b.empty()
	c := newWorkspace(t, sharing(d, "lab", config(`test `+dual)))
	c.run("apply", "-auto-approve")
	of := func(w *workspace, cluster, attribute string) any {
		return w.holds(allocator)["allocations"].(map[string]any)[cluster].(map[string]any)[attribute]
	}
	for _, attribute := range []string{"pod_cidr", "service_cidr", "pod_ipv6_cidr", "service_ipv6_cidr"} {
		web, dr := of(a, "web", attribute), of(a, "dr", attribute)
		vault, test := of(b, "vault", attribute), of(c, "test", attribute)
		if web == nil || web != dr || web == vault || web == test {
			t.Errorf("%s: web %v, dr %v, vault %v, test %v", attribute, web, dr, vault, test)
		}
		if vault != test {
			t.Errorf("%s of different VRFs, free in both: vault %v, test %v", attribute, vault, test)
		}
	}
}

// With unique_pod_cidrs and unique_service_cidrs set to false, only clusters that reach each other have different ranges.
func TestAccLedgerRangesThatRepeat(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	shared := func(vpc, cluster string) string {
		config := planning(needing(cluster), "unique_pod_cidrs = false", "unique_service_cidrs = false")
		return strings.ReplaceAll(config, "prod", vpc)
	}
	a := newWorkspace(t, sharing(d, "shop/prod", shared("one", "web")))
	a.run("apply", "-auto-approve")
	a.empty()
	b := newWorkspace(t, sharing(d, "bank/prod", strings.Replace(shared("two", "vault"), "192.168", "172.30", 1)))
	b.run("apply", "-auto-approve")
	b.empty()
	c := newWorkspace(t, sharing(d, "lab", shared("one", "test"))) // in the network of the first
	c.run("apply", "-auto-approve")
	c.empty()
	if got := a.podOf("web") + " " + b.podOf("vault") + " " + c.podOf("test"); got != "10.64.0.0/19 10.64.0.0/19 10.64.32.0/19" {
		t.Errorf("the clusters have %s", got)
	}
	unique := newWorkspace(t, sharing(d, "strict", planning(needing("strict"))))
	unique.run("apply", "-auto-approve")
	if got := unique.podOf("strict"); got != "10.64.64.0/19" {
		t.Errorf("a cluster with unique ranges has %s", got)
	}
}

// Renamed clusters, moved resources and released ranges change their entries and move no range.
func TestAccLedgerRenamesAndReleases(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, sharing(d, "shop/prod", planning(needing("web")+needing("data"))))
	w.run("apply", "-auto-approve") // data comes before web
	renamed := strings.Replace(needing("site"), "}", `, previous_names = ["web"] }`, 1)
	w.config(sharing(d, "shop/prod", planning(renamed+needing("data"))))
	w.run("apply", "-auto-approve")
	w.empty()
	first, firstServices, second, secondServices := " 10.64.0.0/19", " 172.20.0.0/22", " 10.64.32.0/19", " 172.20.4.0/22"
	wantEntries(t, d, "shop/prod", "k8s",
		"claim pod data"+first, "claim pod site"+second, "claim service data"+firstServices, "claim service site"+secondServices)

	moved := strings.Replace(planning(needing("data")), `"k8s" {`, `"moved" {`, 1) + `
moved {
  from = cidrplan_allocator.k8s
  to   = cidrplan_allocator.moved
}
`
	w.config(sharing(d, "shop/prod", moved))
	w.run("apply", "-auto-approve")
	w.empty()
	wantEntries(t, d, "shop/prod", "k8s",
		"claim pod data"+first, "claim released site"+second, "claim service data"+firstServices, "claim released site"+secondServices)

	b := newWorkspace(t, sharing(d, "bank/prod", planning(needing("vault"))))
	b.run("apply", "-auto-approve") // a released range is reserved
	further := strings.Replace(moved, needing("data"), needing("data")+needing("next"), 1)
	w.config(sharing(d, "shop/prod", strings.Replace(further, "clusters = {", "reclaim = [\"site\"]\n  clusters = {", 1)))
	w.run("plan", "-out=plan")
	w.run("apply", "plan")
	w.empty()
	wantEntries(t, d, "shop/prod", "k8s",
		"claim pod data"+first, "claim pod next"+second, "claim service data"+firstServices, "claim service next"+secondServices)
	if got := b.podOf("vault"); got != "10.64.64.0/19" {
		t.Errorf("vault has %s", got)
	}
}
