package provider_test

import (
	"fmt"
	"strings"
	"testing"
)

// ofPlane is an allocator of one GKE cluster with a control plane in the network.
func ofPlane(cluster, plane, more string) string {
	return fmt.Sprintf(`
resource "cidrplan_allocator" "k8s" {
  name              = "k8s-%[1]s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  vpcs              = { prod = { platform = "google", cidr_blocks = ["192.168.0.0/16"] } }
  clusters = {
    %[1]s = { vpc = "prod", profile = "gke", max_nodes = 30, max_services = 1000, other_ranges = { control_plane = [%[2]q] } }
  }
  %[3]s
}
output "claims" { value = provider::cidrplan::claims(cidrplan_allocator.k8s) }
`, cluster, plane, more)
}

// Workspaces of one ledger know the control planes of each other, in a plan that nobody applied too: new ranges avoid them, given ones on
// them are refused, and verify knows them.
func TestAccLedgerHasRoutedOtherRanges(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	a := newWorkspace(t, sharing(d, "prod", ofPlane("web", "10.64.0.0/28", "")))
	a.plans()
	if held := entries(t, d, "prod", "k8s-web"); !strings.Contains(held, "hold other web 10.64.0.0/28") {
		t.Errorf("the plan holds\n%s", held)
	}
	b := newWorkspace(t, sharing(d, "bank", ofPlane("vault", "10.64.0.0/28", "")))
	b.fails(allOf(
		`Control-plane range 10.64.0.0/28 of cluster "vault"`, `control-plane range 10.64.0.0/28 of cluster "web"`, "owner",
		"other_overlaps_cluster_other",
	), "plan")
	a.run("apply", "plan")
	agrees(t, d, a)
	b.config(sharing(d, "bank", ofPlane("vault", "10.65.0.0/28", "")))
	b.run("apply", "-auto-approve")
	b.empty()
	c := newWorkspace(t, sharing(d, "net", `
resource "cidrplan_blocks" "net" {
  name      = "net"
  supernets = ["10.64.0.0/16", "10.65.0.0/16"]
  blocks    = { plane = { cidr = "10.65.0.0/24" } }
}
`))
	c.fails(allOf(`Block "plane" (10.65.0.0/24)`, `10.65.0.0/28 of cluster "vault"`, "block_overlaps_foreign_other"), "plan")
	if out, exit := ledgerCommand(d, "export"); exit != 0 || !allOf(`"kind": "other"`, `"range": "10.65.0.0/28"`).MatchString(out) {
		t.Errorf("export: exit code %d\n%s", exit, out)
	}
}

// A range that another workspace reserves, or the workspace itself, can be reserved for the control plane: the plan warns, and the ledger
// has both.
func TestAccRoutedOtherRangesInReservedOnes(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	const own = `reserved = { planes = { cidr = "10.65.0.0/24" } }`
	team := newWorkspace(t, sharing(d, "net", `
resource "cidrplan_blocks" "net" {
  name      = "net"
  supernets = ["10.64.0.0/16"]
  blocks    = {}
  reserved  = { idc = { cidr = "10.64.0.0/20" } }
}
`))
	team.run("apply", "-auto-approve")
	a := newWorkspace(t, sharing(d, "prod", ofPlane("web", "10.64.0.0/28", own)))
	elsewhere := allOf("Warning", `reserved range 10.64.0.0/20 "idc"`, "other_overlaps_foreign_block")
	if out := a.run("apply", "-auto-approve"); !elsewhere.MatchString(out) {
		t.Errorf("the plan does not warn of the reservation of another workspace:\n%s", out)
	}
	a.empty()
	if had := entries(t, d, "prod", "k8s-web"); !strings.Contains(had, "claim other web 10.64.0.0/28") {
		t.Errorf("the ledger has\n%s", had)
	}
	a.config(sharing(d, "prod", ofPlane("web", "10.65.0.0/28", own)))
	here := allOf("Warning", `reserved range 10.65.0.0/24 "planes"`, "other_overlaps_reserved")
	if out := a.run("apply", "-auto-approve"); !here.MatchString(out) {
		t.Errorf("the plan does not warn of its own reservation:\n%s", out)
	}
	a.empty()
	if had := entries(t, d, "prod", "k8s-web"); !strings.Contains(had, "claim other web 10.65.0.0/28") {
		t.Errorf("the ledger has\n%s", had)
	}
}

// Without a ledger, claims has the control plane, and the other workspace avoids it.
func TestAccClaimsHaveRoutedOtherRanges(t *testing.T) {
	t.Parallel()
	const theirs = `foreign_claims = { plane = {
    owner = "web", kind = "other", use = "control_plane", cidr = "10.64.0.0/28", network = "prod", profile = "gke", allocator = "k8s-web"
  } }`
	a := newWorkspace(t, ofPlane("web", "10.64.0.0/28", ""))
	a.run("apply", "-auto-approve")
	if out := a.run("output", "-json", "claims"); !allOf(`"web/other/10.64.0.0/28"`, `"control_plane"`).MatchString(out) {
		t.Errorf("claims are %s", out)
	}
	b := newWorkspace(t, ofPlane("vault", "10.65.0.0/28", theirs))
	b.run("apply", "-auto-approve")
	b.empty()
	if got := b.podOf("vault"); strings.HasPrefix(got, "10.64.0.0/") {
		t.Errorf("the Pods are on the control plane: %s", got)
	}
	b.config(ofPlane("vault", "10.64.0.0/28", theirs))
	b.fails(allOf("other_overlaps_cluster_other"), "plan")
}
