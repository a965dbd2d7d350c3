package provider_test

import (
	"testing"
)

const tke = `
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "tencentcloud"
  cidr_blocks = ["10.0.0.0/16"]
  subnets     = { pods = "10.0.128.0/17" }
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  vpcs              = { prod = cidrplan_vpc.prod }
  clusters = {
    game = { vpc = "prod", profile = "tke-global-router", max_nodes = 100, pods_per_node = 64, max_services = 1000 }
    lake = { vpc = "prod", profile = "tke-cilium-overlay", max_nodes = 50, pods_per_node = 128, max_services = 200 }
    chat = { vpc = "prod", profile = "tke-vpc-cni", max_nodes = 400, pod_subnets = ["pods"], max_services = 500 }
  }
}`

// TKE counts in block sizes, and two of its modes have their Services at the end of the Pod range.
func TestAccTKEModes(t *testing.T) {
	t.Parallel()
	held := map[string]any{
		"game.pod_cidr": "10.64.0.0/19", "game.pod_cidrs": []string{"10.64.0.0/19"}, "game.service_cidr": "10.64.28.0/22",
		"game.node_cidr_mask": 26,
		"game.usable.nodes":   112, "game.usable.pods_per_node": 61, "game.usable.services": 1019,
		"game.tke.network_type": "GR", "game.tke.cluster_cidr": "10.64.0.0/19", "game.tke.service_cidr": nil,
		"game.tke.cluster_max_pod_num": 64, "game.tke.cluster_max_service_num": 1024,

		"lake.pod_cidr": "10.64.32.0/19", "lake.service_cidr": "10.64.63.0/24", "lake.node_cidr_mask": 25,
		"lake.tke.network_type": "CiliumOverlay", "lake.tke.cluster_cidr": "10.64.32.0/19", "lake.tke.service_cidr": nil,
		"lake.tke.cluster_max_pod_num": 128, "lake.tke.cluster_max_service_num": 256,

		"chat.pod_cidr": nil, "chat.pod_cidrs": nil, "chat.service_cidr": "172.20.0.0/23", "chat.node_cidr_mask": nil,
		"chat.pod_subnets":  subnetsOf("pods", "10.0.128.0/17"),
		"chat.usable.nodes": nil, "chat.usable.pods_per_node": nil, "chat.usable.services": 507,
		"chat.tke.network_type": "VPC-CNI", "chat.tke.cluster_cidr": nil, "chat.tke.service_cidr": "172.20.0.0/23",
		"chat.tke.cluster_max_pod_num": nil, "chat.tke.cluster_max_service_num": 512,
	}
	fits := edit(
		t, tke, "max_services = 1000", "max_services = 1024", "max_nodes = 100", "max_nodes = 112", "pods_per_node = 128",
		"pods_per_node = 65", "max_services = 500", "max_services = 512",
	)
	steps := []step{showing(tke, held), editing(fits, held)}
	for _, test := range []struct {
		from, to string
		texts    []string
	}{
		{
			"max_services = 1024",
			"max_services = 1025",
			[]string{"Held Range Is Too Small", "max_services = 1025", "10.64.28.0/22", "is enough for at most 1024"},
		},
		{
			"pods_per_node = 64",
			"pods_per_node = 65",
			[]string{"Held Range Is Too Small", "pods_per_node = 65", "node blocks of /26", "is enough for at most 64"},
		},
		{"max_nodes = 112", "max_nodes = 113", []string{"Held Range Is Too Small", "max_nodes = 113", "is enough for at most 112"}},
		{
			"pods_per_node = 65",
			"pods_per_node = 129",
			[]string{"Held Range Is Too Small", "pods_per_node = 129", "is enough for at most 128"},
		},
		{
			"max_services = 512",
			"max_services = 513",
			[]string{"Held Range Is Too Small", "max_services = 513", "172.20.0.0/23", "is enough for at most 512"},
		},
		{
			"tke-global-router",
			"tke-cilium-overlay",
			[]string{"Held Value Would Change", `"game" holds profile = tke-global-router`, "requests tke-cilium-overlay"},
		},
		{
			"max_services = 1024",
			"service_prefix_length = 21",
			[]string{"Held Range Is Too Small", "service_prefix_length = 21", "at most 22"},
		},
		{
			"pods_per_node = 64",
			"node_cidr_mask = 25",
			[]string{"Held Value Would Change", `"game" holds node_cidr_mask = 26`, "requests 25"},
		},
	} {
		steps = append(steps, refused(edit(t, fits, test.from, test.to), test.texts...))
	}
	acceptance(t, append(steps, showing(fits, held))...)
}

// What a TKE cluster holds already says its whole layout: where Services lie follows from the Pods,
// and is never guessed.
func TestAccTKEExisting(t *testing.T) {
	t.Parallel()
	adopted := func(label, needs, existing string) string {
		return `
resource "cidrplan_allocator" "` + label + `" {
  name      = "` + label + `"
  supernets = ["10.64.0.0/16"]
  vpcs      = { prod = { platform = "tencentcloud", cidr_blocks = ["10.0.0.0/16"] } }
  clusters  = { game = { vpc = "prod", profile = "tke-global-router", ` + needs + ` } }
  existing  = { game = { ` + existing + ` } }
}`
	}
	held := map[string]any{
		"game.pod_cidr": "172.16.0.0/16", "game.service_cidr": "172.16.252.0/22", "game.node_cidr_mask": 25,
		"game.tke.cluster_cidr": "172.16.0.0/16", "game.tke.service_cidr": nil, "game.tke.cluster_max_pod_num": 128,
		"game.tke.cluster_max_service_num": 1024,
		"game.usable.nodes":                504,
	}
	whole := adopted("k8s", "max_nodes = 10", `pod_cidrs = ["172.16.0.0/16"], service_cidr = "172.16.252.0/22", node_cidr_mask = 25`)
	acceptance(
		t,
		showing(whole, held),
		editing(
			edit(
				t, whole,
				`  existing  = { game = { pod_cidrs = ["172.16.0.0/16"], service_cidr = "172.16.252.0/22", node_cidr_mask = 25 } }`, ``,
			),
			held,
		),
	)
	refusesAll(t, map[string]refusal{
		"Services elsewhere": {
			adopted("NAME", "max_nodes = 10", `pod_cidrs = ["172.16.0.0/16"], service_cidr = "172.20.0.0/22", node_cidr_mask = 25`),
			[]string{
				"Arguments Contradict Each Other",
				`existing["game"].service_cidr = 172.20.0.0/22`,
				"a Service range that is its last part",
			},
		},
		"Services of unknown size": {
			adopted("NAME", "max_nodes = 10", `pod_cidrs = ["172.16.0.0/16"], node_cidr_mask = 25`),
			[]string{"Missing Value", `existing["game"].service_cidr`, "cidrplan does not guess its size"},
		},
		"a Service range written": {
			adopted("NAME", `max_nodes = 10, service_cidr = "172.20.0.0/22"`, `pod_cidrs = ["172.16.0.0/16"], node_cidr_mask = 25`),
			[]string{
				"Argument Not Accepted",
				`clusters["game"].service_cidr = 172.20.0.0/22`,
				"the Service range is the last part of the Pod range",
			},
		},
		"more Services than it has": {
			adopted(
				"NAME", "max_nodes = 10, max_services = 1025",
				`pod_cidrs = ["172.16.0.0/16"], service_cidr = "172.16.252.0/22", node_cidr_mask = 25`,
			),
			[]string{"Held Range Is Too Small", "max_services = 1025", "at most 1024"},
		},
		"more Services than TKE has": {
			adopted("NAME", "max_nodes = 10, max_services = 32769", `service_cidr = "172.16.252.0/22"`),
			[]string{"Size Not Possible", "max_services = 32769"},
		},
	})
}
