package provider_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// growing are clusters of an owner that can grow in each way: into a larger range, of a cluster with a mirror (a) and to the whole of a
// reserve (r), by further ranges of Pods and Services, also of the mirror (l), by further Service ranges that the configuration gives (p).
func growing(owner string, aks, reserving, lab, services int, pinned string) string {
	return strings.NewReplacer("OWNER", owner).Replace(fmt.Sprintf(`
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  vpcs = {
    OWNER-az       = { platform = "azure", cidr_blocks = ["192.168.0.0/24"] }
    OWNER-az-copy  = { platform = "azure", cidr_blocks = ["192.168.0.0/24"], vrf = "copy" }
    OWNER-lab      = { platform = "generic", cidr_blocks = ["192.168.1.0/24"] }
    OWNER-lab-copy = { platform = "generic", cidr_blocks = ["192.168.1.0/24"], vrf = "copy" }
  }
  clusters = {
    a      = { vpc = "OWNER-az", profile = "aks-overlay", max_nodes = %d, pods_per_node = 100, max_services = 200 }
    a-copy = { vpc = "OWNER-az-copy", profile = "aks-overlay", same_as = "a" }
    l = {
      vpc = "OWNER-lab", profile = "kubernetes-overlay", max_nodes = %[3]d, max_services = %[4]d, node_cidr_mask = 24
      append_ranges = ["pods", "services"]
    }
    l-copy = { vpc = "OWNER-lab-copy", profile = "kubernetes-overlay", same_as = "l" }
    p = {
      vpc = "OWNER-lab", profile = "kubernetes-overlay", max_nodes = 16, node_cidr_mask = 24, service_cidr = "172.21.0.0/24"
      append_ranges = ["services"], further_service_cidrs = [%[5]s]
    }
    r = {
      vpc = "OWNER-az", profile = "aks-overlay", max_nodes = %[2]d, pods_per_node = 100, max_services = 200, reserve_prefix_length = 20
    }
  }
}
`, aks, reserving, lab, services, pinned))
}

// Clusters of each kind grow beside a ledger: what the plan says is held in each VRF until its apply, another workspace gets nothing of it,
// and the larger or further ranges become claims.
func TestAccLedgerClustersGrow(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	shop := newWorkspace(t, sharing(d, "shop", growing("shop", 8, 8, 16, 200, "")))
	shop.run("apply", "-auto-approve")
	shop.empty()
	stay := []string{
		"claim pod l 10.64.0.0/20", "claim pod l-copy 10.64.0.0/20", "claim pod p 10.64.16.0/20", "claim kept r 10.64.32.0/20",
		"claim service a 172.20.0.0/24", "claim service a-copy 172.20.0.0/24",
		"claim service l 172.20.1.0/24", "claim service l-copy 172.20.1.0/24",
		"claim service r 172.20.2.0/24", "claim service p 172.21.0.0/24",
	}
	small := []string{"claim pod r 10.64.32.0/21", "claim pod a 10.64.48.0/21", "claim pod a-copy 10.64.48.0/21"}
	grown := []string{
		"pod r 10.64.32.0/20", "pod a 10.64.48.0/20", "pod a-copy 10.64.48.0/20", "pod l 10.64.64.0/22", "pod l-copy 10.64.64.0/22",
		"service l 172.20.4.0/23", "service l-copy 172.20.4.0/23", "service p 172.21.4.0/24",
	}
	has := func(state string, more []string) {
		t.Helper()
		want := slices.Clone(more)
		for _, entry := range grown {
			want = append(want, state+" "+entry)
		}
		got := strings.Split(entries(t, d, "shop", "k8s"), "\n")
		if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
			t.Errorf("the ledger has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(slices.Sorted(slices.Values(want)), "\n"))
		}
	}
	shop.config(sharing(d, "shop", growing("shop", 9, 16, 20, 700, `"172.21.4.0/24"`)))
	planned := shop.plans()[allocator].Change.After["allocations"]
	has("hold", slices.Concat(stay, small))

	bank := newWorkspace(t, sharing(d, "bank", growing("bank", 8, 8, 16, 200, "")))
	bank.run("apply", "-auto-approve")
	bank.empty()
	for cluster, want := range map[string]string{"a": "10.64.72.0/21", "l": "10.64.80.0/20", "p": "10.64.96.0/20", "r": "10.64.112.0/21"} {
		if got := bank.podOf(cluster); got != want {
			t.Errorf("bank's cluster %s has %s, want %s", cluster, got, want)
		}
	}
	shop.run("apply", "plan")
	shop.empty()
	has("claim", stay)
	if now := shop.holds(allocator)["allocations"]; !reflect.DeepEqual(now, planned) {
		t.Errorf("applied %v, planned %v", now, planned)
	}
}

// A larger range whose hold expired can go to another owner. Its apply reports that, and a new plan names who has a part of it. A plan
// that changes nothing reports nothing of it.
func TestAccLedgerLargerRangeIsLost(t *testing.T) {
	t.Parallel()
	d := newLedger(t)
	config := func(owner string, nodes int) string {
		return sharing(d, owner, fmt.Sprintf(`
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/20"]
  service_supernets = ["172.20.0.0/16"]
  vpcs              = { %[1]s = { platform = "azure", cidr_blocks = ["192.168.0.0/24"] } }
  clusters          = { web = { vpc = %[1]q, profile = "aks-overlay", max_nodes = %[2]d, pods_per_node = 100, max_services = 200 } }
}
`, owner, nodes))
	}
	shop, bank := newWorkspace(t, config("shop", 8)), newWorkspace(t, config("bank", 8))
	shop.run("apply", "-auto-approve")
	shop.config(config("shop", 9))
	shop.plans()
	bank.fails(allOf("No Free Range", "ledger: 10.64.0.0/20"), "plan")
	expire(t, d)
	bank.run("apply", "-auto-approve")
	shop.fails(allOf("Held Range Was Lost", `Pod range 10.64.0.0/20 of "web": now of allocator "k8s" of owner "bank"`), "apply", "plan")
	shop.fails(allOf(
		"Held Range Was Lost", "Larger Pod Range Is Not Free",
		`held by: Pod range 10.64.8.0/21 of cluster "web" of allocator "k8s" of owner "bank"`,
	), "plan")
	shop.config(config("shop", 8))
	if text := shop.allText(); text != "" {
		t.Errorf("a plan that changes nothing reports\n%s", text)
	}
	shop.empty()
}
