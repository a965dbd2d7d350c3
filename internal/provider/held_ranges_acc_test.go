package provider_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// network is what the clusters of the tests below are in; more is put into the allocator.
func network(clusters string, more ...string) string {
	return `
resource "cidrplan_hub" "cen" {
  name = "cen-prod"
  kind = "cen"
}
resource "cidrplan_site" "idc" {
  name        = "idc"
  cidr_blocks = ["10.0.0.0/12"]
  hubs        = [cidrplan_hub.cen.name]
}
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  hubs        = [cidrplan_hub.cen.name]
  routes      = { default = { destination = "0.0.0.0/0", next_hop = "nat" } }
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s-prod"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  hubs              = { cen-prod = cidrplan_hub.cen }
  sites             = { idc = cidrplan_site.idc }
  vpcs              = { prod = cidrplan_vpc.prod }
  clusters          = {` + clusters + `}
` + strings.Join(more, "\n") + `
}`
}

const (
	shop = `shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 }` + "\n"
	data = `data = { vpc = "prod", profile = "ack-flannel", max_nodes = 50, pods_per_node = 32, max_services = 200 }` + "\n"
)

var (
	shopHolds = map[string]string{"shop.pod_cidr": "10.64.0.0/19", "shop.service_cidr": "172.20.0.0/22"}
	dataHolds = map[string]string{"data.pod_cidr": "10.64.32.0/21", "data.service_cidr": "172.20.4.0/24"}
	bothHold  = merged(shopHolds, dataHolds)
)

func merged[V any](maps ...map[string]V) map[string]V {
	out := map[string]V{}
	for _, m := range maps {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

// Plan, apply, edit, apply, destroy: allocated ranges stay under every edit.
func TestAccHeldRangesStayUnderEdits(t *testing.T) {
	t.Parallel()
	acceptance(
		t,
		holding(network(``), nil), // an empty first day
		holding(network(shop+data), bothHold),
		holding(
			network(`aaa = { vpc = "prod", profile = "ack-flannel", max_nodes = 300 }`+"\n"+shop+data),
			bothHold,
		), // sorts first and is larger
		holding(network(shop+data, `reserved = { later = { cidr = "10.64.128.0/17" } }`), bothHold),
		holding(network(data), dataHolds), // the other one goes
		holding(network(strings.Replace(data, "max_nodes = 50", "max_nodes = 10", 1)), dataHolds), // shrinks
		holding(network(strings.Replace(data, "max_nodes = 50", "max_nodes = 64", 1)), dataHolds), // grows within what it holds
		holding(
			strings.Replace(network(data), `supernets         = ["10.64.0.0/16"]`, `supernets         = ["10.65.0.0/16"]`, 1),
			dataHolds,
		),
		holding(network(data, `unique_pod_cidrs = false`, `unique_service_cidrs = false`), dataHolds),
		holding(network(strings.Replace(data, "max_nodes = 50", `pod_cidrs = ["10.64.32.0/21"]`, 1)), dataHolds), // pinned to what it holds
		holding(
			network(strings.Replace(data, "max_nodes = 50, ", "", 1)),
			dataHolds,
		), // the pin goes, and what is held needs no size
		holding(network(data), dataHolds),
	)
}

func TestAccEditsThatWouldChangeAnOutputAreRefused(t *testing.T) {
	t.Parallel()
	steps := []resource.TestStep{holding(network(shop+data), bothHold)}
	for name, test := range map[string]struct {
		edit  [2]string
		texts []string
	}{
		"more nodes than fit": {
			[2]string{"max_nodes = 100", "max_nodes = 129"},
			[]string{"Held Range Is Too Small", `"shop"`, "max_nodes = 129", "at most 128"},
		},
		"more Pods than fit": {
			[2]string{"pods_per_node = 32", "pods_per_node = 33"},
			[]string{"Held Range Is Too Small", `"data"`, "pods_per_node = 33", "at most 32"},
		},
		"more Services than fit": {
			[2]string{"max_services = 200", "max_services = 255"},
			[]string{"Held Range Is Too Small", `"data"`, "max_services = 255", "at most 254"},
		},
		"another node mask": {
			[2]string{"max_nodes = 100", "max_nodes = 100, node_cidr_mask = 25"},
			[]string{"Held Value Would Change", `"shop" holds node_cidr_mask = 26`, "requests 25"},
		},
		"another Pod range": {
			[2]string{"max_nodes = 100", `pod_cidrs = ["10.64.64.0/19"]`},
			[]string{"Held Value Would Change", `"shop" holds pod_cidrs = 10.64.0.0/19`, "10.64.64.0/19"},
		},
		"another Service range": {
			[2]string{"max_nodes = 100", `max_nodes = 100, service_cidr = "172.20.8.0/22"`},
			[]string{"Held Value Would Change", `"shop" holds service_cidr = 172.20.0.0/22`},
		},
		"another profile": {
			[2]string{`profile = "ack-flannel", max_nodes = 100`, `profile = "kubernetes-routed", max_nodes = 100`},
			[]string{"Held Value Would Change", `"shop" holds profile = ack-flannel`, "kubernetes-routed"},
		},
		"a larger Pod range": {
			[2]string{"max_nodes = 100", "max_nodes = 100, pod_prefix_length = 18"},
			[]string{"Held Range Is Too Small", "pod_prefix_length = 18", "at most 19"},
		},
		"a larger Service range": {
			[2]string{"max_nodes = 100", "max_nodes = 100, service_prefix_length = 21"},
			[]string{"Held Range Is Too Small", "service_prefix_length = 21", "at most 22"},
		},
		"a new route over a held one": {
			[2]string{`default = {`, `new = { destination = "10.64.0.0/20", next_hop = "vpn", description = "partner" }, default = {`},
			[]string{overlaps, `cluster "shop"`, `route "new" to 10.64.0.0/20 of VPC "prod" (partner)`, `renumber = { "shop" = "1" }`},
		},
		"a new block over a held one": {
			[2]string{`cidr_blocks = ["192.168.0.0/16"]`, `cidr_blocks = ["192.168.0.0/16", "172.20.0.0/16"]`},
			[]string{
				overlaps,
				`Block 172.20.0.0/16 of VPC "prod" shares addresses with 2 others`,
				`Service range 172.20.4.0/24 of cluster "data"`,
			},
		},
		"existing contradicts a range": {
			[2]string{
				`name              = "k8s-prod"`,
				`name = "k8s-prod"` + "\n" + `existing = { shop = { pod_cidrs = ["10.1.0.0/16"], node_cidr_mask = 26 } }`,
			},
			[]string{"Existing Contradicts State", `"shop"`, "10.1.0.0/16", "10.64.0.0/19"},
		},
	} {
		named := "# " + name + "\n" // a failing step shows its configuration
		steps = append(steps, refused(named+edit(t, network(shop+data), test.edit[0], test.edit[1]), test.texts...))
	}
	acceptance(t, append(steps, holding(network(shop+data), bothHold))...)
}

// Two old ranges that meet because their networks are joined are a new conflict.
func TestAccJoiningNetworksThatConflictIsRefused(t *testing.T) {
	t.Parallel()
	pinned := `old = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.8.0.0/16"], service_cidr = "172.20.128.0/22" }` + "\n"
	apart := strings.Replace(network(pinned), `hubs        = [cidrplan_hub.cen.name]
  routes`, `routes`, 1)
	held := map[string]string{"old.pod_cidr": "10.8.0.0/16"}
	acceptance(t,
		holding(apart, held),
		refused(network(pinned), overlaps, `Pod range 10.8.0.0/16 of cluster "old"`, `block 10.0.0.0/12 of site "idc"`, `hub "cen-prod"`),
		holding(apart, held),
	)
}

// -replace cannot be said through the test framework's steps, so the real command line says it.
func TestAccReplaceIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop))
	w.run("apply", "-auto-approve")
	w.fails(allOf("Allocator Cannot Be Replaced", "holds ranges of clusters"), "plan", "-replace="+allocator)
	w.run("plan", "-detailed-exitcode") // nothing happened
}

// prevent_destroy goes with the block, so the plan itself says what is forgotten.
func TestAccRemovedAllocatorSaysWhatItForgets(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, network(shop+data))
	w.run("apply", "-auto-approve")
	w.config("")
	if out := w.run("plan"); !allOf(
		"Allocator Is Destroyed With Its Allocations",
		"these clusters: data, shop",
		"moved block",
	).MatchString(out) {
		t.Errorf("no warning in\n%s", out)
	}
	w.config(strings.Replace(network(shop+data), `"cidrplan_allocator" "k8s"`, `"cidrplan_allocator" "renamed"`, 1) + `
moved {
  from = cidrplan_allocator.k8s
  to   = cidrplan_allocator.renamed
}`)
	if out := w.run("plan"); strings.Contains(out, "Allocator Is Destroyed") {
		t.Errorf("warns of a move:\n%s", out)
	}
}

// A fact that is known only after apply leaves held ranges as they are and defers new ones.
func TestAccUnknownFactDefersNewRangesOnly(t *testing.T) {
	t.Parallel()
	unknown := func(clusters, cidr string) string {
		return `resource "terraform_data" "unknown" {
  input = "` + cidr + `"
}
` + network(clusters, `reserved = { unknown = { cidr = terraform_data.unknown.output } }`)
	}
	second := resource.TestStep{
		Config: header + unknown(shop+data, "10.64.64.0/18"),
		ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectKnownValue(allocator, alloc("shop", "pod_cidr"), knownvalue.StringExact("10.64.0.0/19")),
			plancheck.ExpectUnknownValue(allocator, alloc("data", "pod_cidr")),
		}},
	}
	acceptance(
		t,
		holding(network(shop), shopHolds),
		second,
		holding(unknown(shop+data, "10.64.64.0/18"), bothHold),
		resource.TestStep{
			Config:      header + unknown(shop+data, "10.64.0.0/17"),
			ExpectError: allOf(overlaps, `Reserved range 10.64.0.0/17 "unknown" shares addresses with 2 others`),
		},
		holding(unknown(shop+data, "10.64.64.0/18"), bothHold),
	)
}

// Where nobody knows which clusters there are, what they hold could not be shown, and whatever
// takes it would be rebuilt.
func TestAccUnknownClustersAreRefusedOnceTheyHoldRanges(t *testing.T) {
	t.Parallel()
	unknown := func(name string) string {
		return strings.Replace(
			network(""),
			"clusters          = {}",
			`clusters          = { for name in ["shop", terraform_data.unknown.output] : name => { vpc = "prod", profile = `+
				`"ack-flannel", max_nodes = 100 } }`,
			1,
		) + `
resource "terraform_data" "unknown" {
  input = "` + name + `"
}`
	}
	acceptance(t,
		resource.TestStep{Config: header + unknown("data")},
		holding(unknown("data"), map[string]string{"data.pod_cidr": "10.64.0.0/19", "shop.pod_cidr": "10.64.32.0/19"}),
		refused(unknown("other"), "Clusters Known Only After Apply", "cannot show the ranges of these clusters: data, shop"),
		holding(unknown("data"), map[string]string{"data.pod_cidr": "10.64.0.0/19", "shop.pod_cidr": "10.64.32.0/19"}),
	)
}
