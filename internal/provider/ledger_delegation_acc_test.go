package provider_test

import (
	"fmt"
	"strings"
	"testing"
)

// inSupernet is an allocator of clusters in another supernet than planning has.
func inSupernet(supernet, clusters string, more ...string) string {
	return strings.Replace(planning(clusters, more...), "10.64.0.0/16", supernet, 1)
}

// A platform team delegates blocks to owners. Each allocates its clusters in its own block, and in no other one.
func TestAccLedgerDelegationToOwners(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	delegated := func(shop string) string {
		return central(fmt.Sprintf(`bank = { prefix_length = 16, delegated_to = "bank/prod" }, shop = { prefix_length = 16 %s }`, shop), "")
	}
	network := newWorkspace(t, sharing(d, "network", delegated(`, delegated_to = "shop/prod"`)))
	network.run("plan", "-out=plan")
	network.run("apply", "plan")
	network.empty()
	shop := newWorkspace(t, sharing(d, "shop/prod", inSupernet("10.65.0.0/16", needing("web"))))
	bank := newWorkspace(t, sharing(d, "bank/prod", inSupernet("10.64.0.0/16", needing("vault"))))
	for _, w := range []*workspace{shop, bank} {
		w.run("apply", "-auto-approve")
		w.empty()
		if text := w.allText(); text != "" {
			t.Errorf("a plan reports\n%s", text)
		}
	}
	if got := shop.podOf("web") + " " + bank.podOf("vault"); got != "10.65.0.0/19 10.64.0.0/19" {
		t.Errorf("the clusters have %s", got)
	}

	stranger := newWorkspace(t, sharing(d, "lab", inSupernet("10.65.0.0/16", needing("test"))))
	elsewhere := allOf("No Free Range", "Supernet Is Delegated to Another Owner",
		`block 10.65.0.0/16 of "shop" of cidrplan_blocks "teams" of owner "network", delegated to owner "shop/prod"`,
		`let owner "network" set delegated_to = "lab" for the block`)
	if text := stranger.allText(); !elsewhere.MatchString(text) {
		t.Errorf("a plan of another owner reports\n%s", text)
	}
	stranger.config(sharing(d, "lab", inSupernet(
		"10.65.0.0/16", needing("test"), "unique_pod_cidrs = false", "unique_service_cidrs = false",
	)))
	stranger.fails(allOf("delegated to owner", "No Free Range"), "plan") // also where ranges may repeat
	repeating := []string{"unique_pod_cidrs = false", "unique_service_cidrs = false"}
	stranger.config(sharing(d, "lab", inSupernet("10.64.0.0/14", needing("test"), repeating...)))
	if got := stranger.plannedPod("test"); got != "10.66.0.0/19" {
		t.Errorf("around blocks of other owners, test has %s", got)
	}
	pinned := `test = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.65.64.0/20"], service_cidr = "172.21.0.0/22" }`
	for _, more := range [][]string{nil, repeating} {
		stranger.config(sharing(d, "lab", inSupernet("10.65.0.0/16", pinned, more...)))
		stranger.fails(allOf("Range Is Taken in the Ledger", `Pod range 10.65.64.0/20 of "test" overlaps block 10.65.0.0/16`,
			`delegated to owner "shop/prod"`, `set delegated_to = "lab"`), "plan")
	}
	stranger.config(sharing(d, "lab", inSupernet("10.64.0.0/14", pinned))) // the block is a part of a supernet
	conflicts := stranger.fails(allOf(
		`Pod range 10.65.64.0/20 of cluster "test" overlaps block 10.65.0.0/16 "shop"`,
		`of owner "network", delegated to owner "shop/prod"`, `set blocks["shop"].delegated_to = "lab"; set supernets = ["10.65.0.0/16"]`,
	), "plan")
	if strings.Contains(conflicts, "accepted_conflicts") {
		t.Errorf("the ledger refuses a range whose conflict is accepted, and the message offers it:\n%s", conflicts)
	}
	stranger.config(sharing(d, "lab", strings.Replace(
		inSupernet("10.65.0.0/16", needing("test")), `["10.65.0.0/16"]`, `["10.65.0.0/16", "10.80.0.0/16"]`, 1)))
	stranger.run("apply", "-auto-approve") // with a warning
	if got := stranger.podOf("test"); got != "10.80.0.0/19" {
		t.Errorf("beside the block of another owner, test has %s", got)
	}

	network.config(sharing(d, "network", delegated(`, delegated_to = "lab"`)))
	network.fails(allOf("Block Has Ranges of Others", `block 10.65.0.0/16 of "shop", to be delegated to owner "lab", has Pod range`,
		`of "web" of allocator "k8s" of owner "shop/prod"`), "plan")
	network.config(sharing(d, "network", delegated("")))
	network.run("apply", "-auto-approve")
	network.empty()
	stranger.config(sharing(d, "lab", inSupernet("10.65.0.0/16", needing("more"), `reclaim = ["test"]`)))
	stranger.run("apply", "-auto-approve")
	if got := stranger.podOf("more"); got != "10.65.32.0/19" {
		t.Errorf("in the block that is for everyone, more has %s", got)
	}
}

// Without a ledger nothing keeps others out of a block, and an owner that is not known yet is no owner.
func TestAccLedgerDelegationIsChecked(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, central(`shop = { prefix_length = 16, delegated_to = "shop/prod" }`, ""))
	w.fails(allOf("Delegation Requires a Ledger", `blocks["shop"].delegated_to`, "Block \"shop\" has delegated_to"), "plan")
	w.config(sharing(d, "network", central(`shop = { prefix_length = 16, delegated_to = "no name" }`, "")))
	w.fails(allOf("Invalid Name", `blocks["shop"].delegated_to`), "plan")

	w.config(sharing(d, "network", central(`shop = { prefix_length = 16, delegated_to = terraform_data.owner.output }`, `
}
resource "terraform_data" "owner" {
  input = "shop/prod"`)))
	if text := w.allText(); !allOf("Facts Known Only After Apply", `blocks["shop"].delegated_to`).MatchString(text) {
		t.Errorf("a plan with an owner that is not known reports\n%s", text)
	}
	w.run("apply", "-auto-approve")
	w.empty()
	if got := d.Count(t, `SELECT count(*) FROM entry WHERE delegate = 'shop/prod' AND state = 'claim'`); got != 1 {
		t.Errorf("%d blocks are delegated", got)
	}
}
