package provider_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/provider"
)

// fleet has a cluster of every kind that holds something of its own; more is put into the allocator.
func fleet(clusters string, more ...string) string {
	return `
resource "cidrplan_allocator" "k8s" {
  name              = "fleet"
  supernets         = ["10.64.0.0/14", "fd00:64::/48"]
  service_supernets = ["172.20.0.0/16", "fd00:20::/104"]
  sites             = { room = { cidr_blocks = ["192.168.0.0/16", "2001:db8::/56"] } }
  vpcs = {
    ali     = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], subnets = { pods = "192.168.64.0/18" } }
    huawei  = { platform = "huaweicloud", cidr_blocks = ["192.168.0.0/16"] }
    tencent = { platform = "tencentcloud", cidr_blocks = ["10.0.0.0/16"], subnets = { pods = "10.0.128.0/17" } }
  }
  clusters = {
    shop   = { vpc = "ali", profile = "ack-flannel", max_nodes = 100 }
    terway = { vpc = "ali", profile = "ack-terway", pod_subnets = ["pods"] }
    game   = { vpc = "tencent", profile = "tke-global-router", max_nodes = 100, max_services = 500 }
    lake   = { vpc = "tencent", profile = "tke-cilium-overlay", max_nodes = 50, pods_per_node = 128, max_services = 200 }
    chat   = { vpc = "tencent", profile = "tke-vpc-cni", max_nodes = 40, pod_subnets = ["pods"] }
    build  = { vpc = "room", profile = "kubernetes-routed", max_nodes = 30, ip_families = ["ipv4", "ipv6"] }
    batch  = { vpc = "huawei", profile = "cce-overlay", max_nodes = 50 }
    pinned = { vpc = "ali", profile = "ack-flannel", pod_cidrs = ["10.200.0.0/20"], pods_per_node = 30 }
    ` + clusters + `
  }
  ` + strings.Join(more, "\n") + `
}
`
}

const (
	small = `vault = { vpc = "huawei", profile = "cce-vpc-router", max_nodes = 64, reserve_prefix_length = 17 }` + "\n"
	large = `vault = { vpc = "huawei", profile = "cce-vpc-router", max_nodes = 96, reserve_prefix_length = 17 }` + "\n"
	leave = `gone = { vpc = "room", profile = "kubernetes-routed", max_nodes = 30, ip_families = ["ipv4", "ipv6"] }` + "\n" +
		`went = { vpc = "huawei", profile = "cce-vpc-router", max_nodes = 64, reserve_prefix_length = 18 }` + "\n"
	token = `renumber = { shop = "1" }`
)

// everythingLocked is an allocator with everything that a lock can contain, and what it holds.
func everythingLocked(t *testing.T) map[string]any {
	t.Helper()
	w := newWorkspace(t, fleet(small+leave))
	w.run("apply", "-auto-approve")
	w.config(fleet(large+leave, token))
	w.run("apply", "-auto-approve")
	w.config(fleet(large, token))
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
	return w.holds(allocator)
}

// lockIn is the lock of an allocator.
func lockIn(t *testing.T, allocator map[string]any) string {
	t.Helper()
	lock, _ := provider.Looked(t, "lock", allocator).(string)
	return lock
}

// wantSame compares what is held, what is released and the lock. In which order things were released is lost
// with the state, and so is the key that a cluster's former ranges had beside those that it holds.
func wantSame(t *testing.T, what string, got, want map[string]any) {
	t.Helper()
	if at := differing("", want["allocations"], got["allocations"]); len(at) > 0 {
		t.Errorf("%s: allocations differ at %q:\n%v\nwant\n%v", what, at, got["allocations"], want["allocations"])
	}
	if lock, wanted := lockIn(t, got), lockIn(t, want); lock != wanted {
		t.Errorf("%s: the lock is\n%s\nwant\n%s", what, lock, wanted)
	}
	released := func(all map[string]any) map[string]any {
		out := map[string]any{}
		for key, r := range all["released"].(map[string]any) {
			r := maps.Clone(r.(map[string]any))
			delete(r, "order")
			delete(r, "node_ipv6_cidr_mask") // follows from the rest
			out[strings.TrimRight(key, "~")] = r
		}
		return out
	}
	if at := differing("", released(want), released(got)); len(at) > 0 {
		t.Errorf("%s: released differs at %q: %v, want %v", what, at, got["released"], want["released"])
	}
}

// A lock gives a new state all held and all released ranges.
func TestAccLockAsExisting(t *testing.T) {
	t.Parallel()
	held := everythingLocked(t)
	w := newWorkspace(t, fleet(large, token, `existing = jsondecode(file("cidrplan.lock.json"))`))
	w.file("cidrplan.lock.json", lockIn(t, held))
	wantSame(t, "plan", w.plans()[allocator].Change.After, held)
	w.run("apply", "plan")
	wantSame(t, "state", w.holds(allocator), held)
	w.run("plan", "-detailed-exitcode")
	w.config(fleet(large, token)) // the entries may go
	wantSame(t, "without existing", w.plans()[allocator].Change.After, held)
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
	w.config(fleet(large+leave, token)) // released ranges come back
	comesBack(t, w.plans()[allocator], held)
}

// So does an import of the lock: it fills in the arguments, and nothing that is held changes.
func TestAccLockAsImport(t *testing.T) {
	t.Parallel()
	held := everythingLocked(t)
	const imports = `
import {
  to = cidrplan_allocator.k8s
  id = file("cidrplan.lock.json")
}
`
	w := newWorkspace(t, fleet(large, token)+imports)
	w.file("cidrplan.lock.json", lockIn(t, held))
	p := w.plans()[allocator]
	wantSame(t, "import", p.Change.After, held)
	// Subnets are facts, which no lock has.
	if got := differing("", p.Change.Before["allocations"], p.Change.After["allocations"]); !slices.Equal(
		got,
		[]string{"chat.pod_subnets", "terway.pod_subnets"},
	) {
		t.Errorf("after the import the plan changes %q of the allocations", got)
	}
	w.run("apply", "plan")
	wantSame(t, "state", w.holds(allocator), held)
	w.run("plan", "-detailed-exitcode")

	// A cluster that the lock does not know may have been forgotten, at the first plan.
	another := strings.ReplaceAll(small, "vault", "another")
	w = newWorkspace(t, fleet(large+another, token)+imports)
	w.file("cidrplan.lock.json", lockIn(t, held))
	w.fails(
		allOf(
			"Cluster Not in the Imported Lock",
			`does not contain cluster "another"`,
			`remove clusters["another"], and apply. Then restore`,
		),
		"plan",
	)
	w.config(fleet(large, token) + imports)
	w.run("apply", "-auto-approve")
	w.config(fleet(large+another+leave, token) + imports) // released ranges come back
	p = w.plans()[allocator]
	if got := differing("", p.Change.Before["allocations"], p.Change.After["allocations"]); !slices.Equal(
		got,
		[]string{"another", "gone", "went"},
	) {
		t.Errorf("adding clusters changes %q of the allocations", got)
	}
	comesBack(t, p, held)
	w.run("apply", "plan")
	w.run("plan", "-detailed-exitcode")
}

// comesBack checks that clusters get back the ranges that they released, as the state has them.
func comesBack(t *testing.T, p planned, held map[string]any) {
	t.Helper()
	for _, cluster := range []string{"gone", "went"} {
		was := held["released"].(map[string]any)[cluster].(map[string]any)
		now := p.Change.After["allocations"].(map[string]any)[cluster].(map[string]any)
		for _, attribute := range []string{
			"pod_cidrs",
			"service_cidr",
			"pod_ipv6_cidr",
			"service_ipv6_cidr",
			"pod_aggregate",
			"node_cidr_mask",
			"node_ipv6_cidr_mask",
		} {
			if !reflect.DeepEqual(was[attribute], now[attribute]) {
				t.Errorf("%s comes back with %s = %v, and gave up %v", cluster, attribute, now[attribute], was[attribute])
			}
		}
	}
}

// The lock is the same text whenever the same is held.
func TestAccLockIsStableText(t *testing.T) {
	t.Parallel()
	const lock = `{
  "data": {
    "profile": "ack-flannel",
    "pod_cidrs": [
      "10.64.32.0/21"
    ],
    "service_cidr": "172.20.4.0/24",
    "node_cidr_mask": 27
  },
  "shop": {
    "cluster": "shop",
    "profile": "ack-flannel",
    "pod_cidrs": [
      "10.64.0.0/19"
    ],
    "service_cidr": "172.20.0.0/22",
    "node_cidr_mask": 26
  }
}
`
	writes := func(step step, text string) step {
		step.Config += "\noutput \"lock\" {\n  value = provider::cidrplan::lock(cidrplan_allocator.k8s)\n}\n"
		step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply, plancheck.ExpectKnownOutputValue("lock", exactly(text)))
		step.ConfigStateChecks = append(step.ConfigStateChecks, statecheck.ExpectKnownOutputValue("lock", exactly(text)))
		return step
	}
	acceptance(t,
		writes(holding(network(``), nil), "{}\n"),
		holding(network(shop+data), bothHold),
		writes(holding(network(data), dataHolds), lock),
		holding(network(data+shop), bothHold),
		writes(holding(network(data, `labels = { any = "other" }`), dataHolds), lock),
	)
}

// An import by name knows nothing of what was held, and says so.
func TestAccImportByNameStillWorks(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop)+"\nimport {\n  to = cidrplan_allocator.k8s\n  id = \"k8s-prod\"\n}\n")
	if reported := titled(w.reports(), "Allocator Has No Prior Allocations"); len(reported) != 1 {
		t.Errorf("reported %s", reported)
	}
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
	if held := w.holds(allocator)["allocations"].(map[string]any)["shop"].(map[string]any); held["pod_cidr"] != "10.64.0.0/19" {
		t.Errorf("shop holds %v", held)
	}
}
