package provider_test

import (
	"fmt"
	"strings"
	"testing"
)

// huawei is a VPC with subnets, and clusters in it.
func huawei(clusters string, subnets ...string) string {
	return `
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "huaweicloud"
  cidr_blocks = ["192.168.0.0/16"]
  subnets = {
    nodes  = "192.168.0.0/24"
    pods-a = "192.168.64.0/20"
    pods-b = "192.168.80.0/20"
` + strings.Join(subnets, "\n") + `
  }
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  vpcs              = { prod = cidrplan_vpc.prod }
  clusters = {
    ` + clusters + `
  }
}`
}

const (
	batch = `batch = { vpc = "prod", profile = "cce-overlay", max_nodes = 100, max_services = 200 }` + "\n"
	pay   = `pay = { vpc = "prod", profile = "cce-turbo", node_subnets = ["nodes"], pod_subnets = ["pods-a"] }` + "\n"
)

var (
	batchHolds = map[string]any{
		"batch.pod_cidr": "10.64.0.0/18", "batch.pod_cidrs": []string{"10.64.0.0/18"}, "batch.service_cidr": "172.20.4.0/24",
		"batch.node_cidr_mask": nil, "batch.pod_subnets": nil,
		"batch.usable.nodes": 146, "batch.usable.pods_per_node": 110, "batch.usable.services": 254,
		"batch.cce.container_network_type": "overlay_l2", "batch.cce.container_network_cidr": "10.64.0.0/18",
		"batch.cce.service_network_cidr": "172.20.4.0/24", "batch.cce.fix_pool_mask": nil,
	}
	payHolds = map[string]any{
		"pay.pod_cidr": nil, "pay.pod_cidrs": nil, "pay.service_cidr": "172.20.0.0/22", "pay.node_cidr_mask": nil,
		"pay.usable.nodes": nil, "pay.usable.pods_per_node": nil, "pay.usable.services": 1022,
		"pay.cce.container_network_type": "eni", "pay.cce.container_network_cidr": nil,
		"pay.cce.service_network_cidr": "172.20.0.0/22", "pay.cce.fix_pool_mask": nil,
	}
)

// inSubnets is what the Turbo cluster shows with its Pods in these subnets.
func inSubnets(subnets []map[string]any) map[string]any {
	return merged(payHolds, map[string]any{"pay.pod_subnets": subnets})
}

func TestAccCCEOverlayAndTurbo(t *testing.T) {
	t.Parallel()
	first := huawei(batch + pay)
	second := edit(t, first, `["pods-a"]`, `["pods-b", "pods-a"]`)
	a := subnetsOf("pods-a", "192.168.64.0/20")
	b := subnetsOf("pods-a", "192.168.64.0/20", "pods-b", "192.168.80.0/20")
	acceptance(
		t,
		showing(first, merged(batchHolds, inSubnets(a))),
		editing(second, merged(batchHolds, inSubnets(b)), "pay.pod_subnets"),
		refused(first, "Held Value Would Change", `"pay" holds pod_subnets = pods-b (192.168.80.0/20)`, "requests pods-a"),
		refused(edit(t, second, `, pod_subnets = ["pods-b", "pods-a"]`, ``), "Pod Subnets Missing", `clusters["pay"].pod_subnets`),
		refused(
			edit(t, second, "192.168.80.0/20", "192.168.96.0/20"), "Held Value Would Change",
			`"pay" holds pod_subnets = pods-b (192.168.80.0/20)`, "requests pods-b (192.168.96.0/20)",
		),
		editing(edit(t, second, `["pods-b", "pods-a"]`, `["pods-a", "pods-b"], max_nodes = 20`), merged(batchHolds, inSubnets(b))),
		refused(edit(t, second, "cce-overlay", "cce-vpc-router"), "Held Value Would Change", `"batch" holds profile = cce-overlay`),
		refused(edit(t, second, "max_nodes = 100", "max_nodes = 147"), "Held Range Is Too Small", "max_nodes = 147", "at most 146"),
	)
}

// Pod ranges that are appended grow the comma string; earlier ones stay in front.
func TestAccPinnedPodRangesAreAppended(t *testing.T) {
	t.Parallel()
	with := func(pods string) string {
		return huawei(
			`vault = { vpc = "prod", profile = "cce-vpc-router", pods_per_node = 61, service_cidr = "10.248.0.0/16"` + pods + ` }`,
		)
	}
	two, three := `"172.16.0.0/24", "172.16.1.0/24"`, `"172.16.0.0/24", "172.16.1.0/24", "172.16.2.0/24"`
	held := func(joined string, nodes int) map[string]any {
		return map[string]any{
			"vault.pod_cidr": "172.16.0.0/24", "vault.pod_cidrs": strings.Split(joined, ","), "vault.service_cidr": "10.248.0.0/16",
			"vault.node_cidr_mask": 26,
			"vault.usable.nodes":   nodes, "vault.usable.pods_per_node": 61, "vault.usable.services": 65534,
			"vault.cce.container_network_type": "vpc-router", "vault.cce.container_network_cidr": joined,
			"vault.cce.service_network_cidr": "10.248.0.0/16", "vault.cce.fix_pool_mask": "26",
		}
	}
	grown := held("172.16.0.0/24,172.16.1.0/24,172.16.2.0/24", 12)
	var many []string
	for i := range 21 {
		many = append(many, fmt.Sprintf("172.16.%d.0/24", i))
	}
	acceptance(
		t,
		showing(with(`, pod_cidrs = [`+two+`]`), held("172.16.0.0/24,172.16.1.0/24", 8)),
		refused(
			with(`, pod_cidrs = ["172.16.2.0/24", "172.16.0.0/24"]`), "Ranges Can Only Be Appended",
			`"vault" holds pod_cidrs = 172.16.0.0/24, 172.16.1.0/24`, "requests 172.16.2.0/24, 172.16.0.0/24", "order cannot change",
		),
		editing(with(`, pod_cidrs = [`+three+`]`), grown, "vault.cce.container_network_cidr", "vault.pod_cidrs", "vault.usable.nodes"),
		refused(with(`, pod_cidrs = [`+two+`]`), "Ranges Can Only Be Appended"),
		refused(with(`, pod_cidrs = ["172.16.1.0/24", "172.16.0.0/24", "172.16.2.0/24"]`), "Ranges Can Only Be Appended"),
		refused(with(`, pod_cidrs = ["172.16.0.0/23", "172.16.2.0/24"]`), "Ranges Can Only Be Appended"),
		refused(
			with(`, pod_cidrs = [`+quoted(many)+`]`), "Too Many Ranges", "21 ranges are given",
			"CCE with the VPC network accepts at most 20",
		),
		refused(
			with(`, pod_cidrs = [`+three+`, "192.168.128.0/24"]`), overlaps,
			`Pod range 192.168.128.0/24 of cluster "vault" and block 192.168.0.0/16 of VPC "prod"`, `clusters["vault"].pod_cidrs[3]`,
		),
		editing(with(`, max_nodes = 12`), grown), // the pin goes, and what is held stays
		refused(
			with(`, max_nodes = 13, pod_cidrs = [`+three+`]`), "Arguments Contradict Each Other", "max_nodes = 13", "at most 12",
		), // the pins are all of its ranges
		editing(
			with(`, pod_cidrs = [`+quoted(many[:20])+`]`), held(strings.Join(many[:20], ","), 80), "vault.cce.container_network_cidr",
			"vault.pod_cidrs", "vault.usable.nodes",
		),
	)
}

// A range that was allocated is the first of the list that others are appended to.
func TestAccPodRangesAreAppendedToAllocatedOnes(t *testing.T) {
	t.Parallel()
	first := huawei(`vault = { vpc = "prod", profile = "cce-vpc-router", max_nodes = 64 }`)
	grown := map[string]any{
		"vault.pod_cidrs": []string{"10.64.0.0/19", "10.65.0.0/19"}, "vault.cce.container_network_cidr": "10.64.0.0/19,10.65.0.0/19",
		"vault.usable.nodes": 128, "vault.service_cidr": "172.20.0.0/22", "vault.cce.fix_pool_mask": "25",
	}
	appended := edit(t, first, "max_nodes = 64", `max_nodes = 128, pod_cidrs = ["10.64.0.0/19", "10.65.0.0/19"]`)
	acceptance(
		t,
		showing(first, map[string]any{"vault.pod_cidrs": []string{"10.64.0.0/19"}, "vault.usable.nodes": 64}),
		refused(
			edit(t, first, "max_nodes = 64", `max_nodes = 128, pod_cidrs = ["10.64.0.0/19"]`), "Held Range Is Too Small", "at most 64",
		),
		refused(edit(t, appended, "cce-vpc-router", "cce-overlay"), "Too Many Ranges", "accepts at most 1"),
		editing(appended, grown, "vault.cce.container_network_cidr", "vault.pod_cidrs", "vault.usable.nodes"),
		editing(edit(t, first, "max_nodes = 64", "max_nodes = 100"), grown),
	)
}

// What a cluster held before stays true of it when it grows, so the entry in existing may stay.
func TestAccPodRangesAreAppendedToExistingOnes(t *testing.T) {
	t.Parallel()
	first := edit(t, huawei(`vault = { vpc = "prod", profile = "cce-vpc-router", max_nodes = 64 }`), "vpcs  ",
		`existing = { vault = { pod_cidrs = ["10.66.0.0/19"], service_cidr = "172.24.0.0/20", node_cidr_mask = 25 } }`+"\n vpcs  ")
	appended := edit(t, first, "max_nodes = 64", `pod_cidrs = ["10.66.0.0/19", "10.65.0.0/19"]`)
	acceptance(
		t,
		showing(first, map[string]any{"vault.cce.container_network_cidr": "10.66.0.0/19", "vault.service_cidr": "172.24.0.0/20"}),
		editing(
			appended,
			map[string]any{"vault.cce.container_network_cidr": "10.66.0.0/19,10.65.0.0/19", "vault.service_cidr": "172.24.0.0/20"},
			"vault.cce.container_network_cidr", "vault.pod_cidrs", "vault.usable.nodes",
		),
		refused(
			edit(t, appended, `existing = { vault = { pod_cidrs = ["10.66.0.0/19"]`, `existing = { vault = { pod_cidrs = ["10.65.0.0/19"]`),
			"Existing Contradicts State", `existing["vault"].pod_cidrs`,
		),
	)
}
