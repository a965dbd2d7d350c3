package provider_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// overlays are AKS Overlay clusters of an owner, whose Pod ranges may repeat, also in one VPC, with further arguments.
func overlays(owner, clusters string, more ...string) string {
	return fmt.Sprintf(`
resource "cidrplan_allocator" "k8s" {
  name                 = "k8s"
  supernets            = ["10.64.0.0/16"]
  service_supernets    = ["172.20.0.0/16"]
  unique_pod_cidrs     = false
  unique_service_cidrs = false
  vpcs                 = { %s = { platform = "azure", cidr_blocks = ["192.168.0.0/24"] } }
  clusters             = { %s }
  %s
}
`, owner, clusters, strings.Join(more, "\n  "))
}

// overlayIn is one of overlays.
func overlayIn(vpc, name string, nodes int) string {
	return fmt.Sprintf("%s = { vpc = %q, profile = %q, max_nodes = %d, pods_per_node = 100, max_services = 200 }\n",
		name, vpc, "aks-overlay", nodes)
}

// appliesAsPlanned applies the saved plan, which must bring the allocations of all plans since the first one.
func (w *workspace) appliesAsPlanned(planned ...any) {
	w.t.Helper()
	w.run("apply", "plan")
	w.wantAllocations(planned...)
	w.empty()
}

// appliesQuietly plans and applies, after which a plan reports nothing.
func (w *workspace) appliesQuietly() {
	w.t.Helper()
	planned := w.plans()[allocator].Change.After["allocations"]
	w.appliesAsPlanned(planned)
	w.reportsNothing()
}

// reportsNothing plans after an apply.
func (w *workspace) reportsNothing() {
	w.t.Helper()
	if text := w.allText(); text != "" {
		w.t.Errorf("after the apply a plan reports\n%s", text)
	}
}

// wantAllocations compares the allocations with those that plans had.
func (w *workspace) wantAllocations(planned ...any) {
	w.t.Helper()
	now := w.holds(allocator)["allocations"]
	for _, was := range planned {
		if !reflect.DeepEqual(now, was) {
			w.t.Errorf("planned %v, applied %v", was, now)
		}
	}
}

// A range that a plan holds stays the one of its apply, also if another workspace, whose ranges may repeat, uses the same addresses since,
// and also if that one releases them.
func TestAccLedgerHoldsBesideRangesThatRepeat(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	shop := newWorkspace(t, sharing(d, "shop", planning(needing("web"))))
	planned := shop.plans()[allocator].Change.After["allocations"]
	lab := newWorkspace(t, sharing(d, "lab", overlays("lab", overlayIn("lab", "test", 32))))
	lab.run("apply", "-auto-approve")
	if got := lab.podOf("test"); got != "10.64.0.0/19" {
		t.Errorf("test has %s", got)
	}
	again := shop.plans()[allocator].Change.After["allocations"]
	lab.config(sharing(d, "lab", overlays("lab", "")))
	lab.run("apply", "-auto-approve")
	shop.appliesAsPlanned(planned, again)
}

// So does a range that the ledger has from an apply that the state lacks, as after a provider that ended or in a restored state, also if
// another workspace releases its addresses and reserves some of them.
func TestAccLedgerClaimsThatTheStateLacksBesideRangesThatRepeat(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	shop := newWorkspace(t, sharing(d, "shop", overlays("hub", "")))
	shop.run("apply", "-auto-approve")
	restore := shop.keep()
	shop.config(sharing(d, "shop", overlays("hub", overlayIn("hub", "web", 32))))
	shop.run("apply", "-auto-approve")
	lab := newWorkspace(t, sharing(d, "lab", overlays("lab", overlayIn("lab", "test", 32))))
	lab.run("apply", "-auto-approve")
	restore()
	planned := shop.plans()[allocator].Change.After["allocations"]
	lab.config(sharing(d, "lab", overlays("lab", "", `reserved = { idc = { cidr = "10.64.0.0/20" } }`)))
	lab.run("apply", "-auto-approve")
	shop.appliesAsPlanned(planned)
}

// The same holds where the ranges of the plan repeat among themselves, and addresses before them become free.
func TestAccLedgerHoldsOfRangesThatRepeat(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	bank := newWorkspace(t, sharing(d, "bank", overlays("bank", overlayIn("bank", "vault", 40))))
	bank.run("apply", "-auto-approve")
	bank.config(sharing(d, "bank", overlays("bank", "")))
	bank.run("apply", "-auto-approve")
	shop := newWorkspace(t, sharing(d, "shop", overlays("hub", overlayIn("hub", "one", 8)+overlayIn("hub", "two", 22))))
	planned := shop.plans()[allocator].Change.After["allocations"]
	bank.config(sharing(d, "bank", overlays("bank", "", `reclaim = ["vault"]`)))
	bank.run("apply", "-auto-approve")
	shop.appliesAsPlanned(planned)
}

// Pod ranges that the rules permit twice in one network can be in the ledger twice, of one workspace and of several.
func TestAccLedgerRangesThatRepeatInOneNetwork(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	a := newWorkspace(t, sharing(d, "shop", overlays("hub", overlayIn("hub", "one", 8)+overlayIn("hub", "two", 22))))
	a.run("apply", "-auto-approve")
	a.empty()
	b := newWorkspace(t, sharing(d, "bank", overlays("hub", overlayIn("hub", "three", 16))))
	b.run("apply", "-auto-approve")
	b.empty()
	a.config(sharing(d, "shop", overlays("hub", overlayIn("hub", "one", 9)+overlayIn("hub", "two", 22))))
	a.run("apply", "-auto-approve")
	a.empty()
	got := strings.Join([]string{a.podOf("one"), a.podOf("two"), b.podOf("three")}, " ")
	if got != "10.64.0.0/20 10.64.0.0/19 10.64.0.0/20" {
		t.Errorf("the clusters have %s", got)
	}
}

// A growth reserve is released with the Pod range in it, and stays reserved in the VRF in which it was used.
func TestAccLedgerReleasesAGrowthReserve(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	config := func(owner, clusters string) string {
		return sharing(d, owner, fmt.Sprintf(`
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  vpcs = {
    %[1]s-near = { platform = "azure", cidr_blocks = ["192.168.0.0/24"] }
    %[1]s-far  = { platform = "azure", cidr_blocks = ["192.168.1.0/24"], vrf = "far" }
  }
  clusters = { %[2]s }
}
`, owner, clusters))
	}
	reserving := strings.Replace(overlayIn("shop-far", "web", 8), " }", ", reserve_prefix_length = 19 }", 1)
	shop := newWorkspace(t, config("shop", reserving))
	shop.run("apply", "-auto-approve")
	shop.config(config("shop", ""))
	shop.run("apply", "-auto-approve")
	shop.empty()
	wantEntries(t, d, "shop", "k8s", "claim released web 10.64.0.0/19", "claim released web 172.20.0.0/24")
	if n := d.Count(t, `SELECT count(*) FROM entry WHERE vrf = 'far'`); n != 2 {
		t.Errorf("%d ranges are reserved in the VRF that had them", n)
	}
	bank := newWorkspace(t, config("bank", overlayIn("bank-near", "vault", 8)+overlayIn("bank-far", "copy", 8)))
	bank.run("apply", "-auto-approve")
	if got := bank.podOf("vault") + " " + bank.podOf("copy"); got != "10.64.0.0/21 10.64.32.0/21" {
		t.Errorf("bank has %s", got)
	}
	if text := bank.allText() + shop.allText(); text != "" {
		t.Errorf("plans report\n%s", text)
	}
	shop.config(config("shop", reserving))
	shop.run("apply", "-auto-approve")
	shop.empty()
	wantEntries(t, d, "shop", "k8s", "claim kept web 10.64.0.0/19", "claim pod web 10.64.0.0/21", "claim service web 172.20.0.0/24")
}

// What repeats inside of a block of the same workspace is no conflict with the block.
func TestAccLedgerBlocksWithRangesThatRepeat(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	w := newWorkspace(t, sharing(d, "shop", central(`shop = { prefix_length = 16 }`, "")+
		strings.Replace(overlays("shop", overlayIn("shop", "web", 8)), `["10.64.0.0/16"]`, `[cidrplan_blocks.teams.cidrs["shop"]]`, 1)))
	w.run("apply", "-auto-approve")
	w.empty()
	if text := w.allText(); text != "" {
		t.Errorf("a plan reports\n%s", text)
	}
}
