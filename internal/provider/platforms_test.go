package provider_test

import (
	"slices"
	"strings"
	"testing"
)

// One module, written once, feeds clusters of two modes: what a mode does not take is null.
func TestAccOneModuleFeedsClustersOfSeveralModes(t *testing.T) {
	t.Parallel()
	config := `
variable "clusters" {
  default = {
    shop = { profile = "ack-flannel", max_nodes = 100 }
    data = { profile = "ack-terway", max_nodes = 100 }
    jobs = { profile = "ack-serverless" }
  }
}
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  subnets     = { pods-h = "192.168.64.0/18", pods-i = "192.168.128.0/18" }
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  vpcs              = { prod = cidrplan_vpc.prod }
  clusters = { for name, c in var.clusters : name => merge({ max_nodes = null }, c, {
    vpc         = "prod"
    pod_subnets = c.profile == "ack-flannel" ? null : ["pods-h", "pods-i"]
  }) }
}
module "cluster" {
  source   = "./cluster"
  for_each = cidrplan_allocator.k8s.allocations
  ack      = each.value.ack
}
`
	w := newWorkspace(t, config)
	w.file("cluster/main.tf", `
variable "ack" {}
resource "terraform_data" "ack" {
  input = {
    pod_cidr       = var.ack.pod_cidr
    service_cidr   = var.ack.service_cidr
    node_cidr_mask = var.ack.node_cidr_mask
  }
  triggers_replace = [var.ack.pod_cidr, var.ack.service_cidr, var.ack.node_cidr_mask]
}
`)
	w.run("get")
	want := map[string]string{
		`shop.pod_cidr`: `"10.64.0.0/19"`, `shop.service_cidr`: `"172.20.8.0/22"`, `shop.node_cidr_mask`: `26`,
		`data.pod_cidr`: `null`, `data.service_cidr`: `"172.20.0.0/22"`, `data.node_cidr_mask`: `null`,
		`jobs.pod_cidr`: `null`, `jobs.service_cidr`: `"172.20.4.0/22"`, `jobs.node_cidr_mask`: `null`,
	}
	fed := func() {
		t.Helper()
		w.run("plan", "-out=plan")
		got := leaves(t, w.run("show", "-json", "plan"))
		for at, value := range want {
			cluster, argument, _ := strings.Cut(at, ".")
			if leaf := got[`module.cluster["`+cluster+`"].terraform_data.ack.`+argument]; leaf != value {
				t.Errorf("%s is given %q, want %s", at, leaf, value)
			}
		}
	}
	fed()
	w.applied()
	w.config(strings.ReplaceAll(config, "max_nodes = 100", "max_nodes = 128"))
	fed()
	if out := w.run("show", "-no-color", "plan"); !strings.Contains(out, "0 to add, 1 to change, 0 to destroy") {
		t.Errorf("an edit that fits changes more than the allocator:\n%s", out)
	}
	w.applied()
}

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
		"game.pod_cidr": "10.64.0.0/19", "game.pod_cidrs": []string{"10.64.0.0/19"}, "game.service_cidr": "10.64.28.0/22", "game.node_cidr_mask": 26,
		"game.usable.nodes": 112, "game.usable.pods_per_node": 61, "game.usable.services": 1019,
		"game.tke.network_type": "GR", "game.tke.cluster_cidr": "10.64.0.0/19", "game.tke.service_cidr": nil,
		"game.tke.cluster_max_pod_num": 64, "game.tke.cluster_max_service_num": 1024,

		"lake.pod_cidr": "10.64.32.0/19", "lake.service_cidr": "10.64.63.0/24", "lake.node_cidr_mask": 25,
		"lake.tke.network_type": "CiliumOverlay", "lake.tke.cluster_cidr": "10.64.32.0/19", "lake.tke.service_cidr": nil,
		"lake.tke.cluster_max_pod_num": 128, "lake.tke.cluster_max_service_num": 256,

		"chat.pod_cidr": nil, "chat.pod_cidrs": nil, "chat.service_cidr": "172.20.0.0/23", "chat.node_cidr_mask": nil, "chat.pod_subnets": map[string]any{"pods": "10.0.128.0/17"},
		"chat.usable.nodes": nil, "chat.usable.pods_per_node": nil, "chat.usable.services": 507,
		"chat.tke.network_type": "VPC-CNI", "chat.tke.cluster_cidr": nil, "chat.tke.service_cidr": "172.20.0.0/23",
		"chat.tke.cluster_max_pod_num": nil, "chat.tke.cluster_max_service_num": 512,
	}
	fits := edit(t, tke, "max_services = 1000", "max_services = 1024", "max_nodes = 100", "max_nodes = 112", "pods_per_node = 128", "pods_per_node = 65", "max_services = 500", "max_services = 512")
	steps := []step{showing(tke, held), editing(fits, held)}
	for _, test := range []struct {
		from, to string
		texts    []string
	}{
		{"max_services = 1024", "max_services = 1025", []string{"Need Outgrows Held Range", "max_services = 1025", "10.64.28.0/22", "serves at most 1024"}},
		{"pods_per_node = 64", "pods_per_node = 65", []string{"Need Outgrows Held Range", "pods_per_node = 65", "node blocks of /26", "serves at most 64"}},
		{"max_nodes = 112", "max_nodes = 113", []string{"Need Outgrows Held Range", "max_nodes = 113", "serves at most 112"}},
		{"pods_per_node = 65", "pods_per_node = 129", []string{"Need Outgrows Held Range", "pods_per_node = 129", "serves at most 128"}},
		{"max_services = 512", "max_services = 513", []string{"Need Outgrows Held Range", "max_services = 513", "172.20.0.0/23", "serves at most 512"}},
		{"tke-global-router", "tke-cilium-overlay", []string{"Held Value Would Change", `"game" holds profile = tke-global-router`, "asks for tke-cilium-overlay"}},
		{"max_services = 1024", "service_prefix_length = 21", []string{"Need Outgrows Held Range", "service_prefix_length = 21", "at most 22"}},
		{"pods_per_node = 64", "node_cidr_mask = 25", []string{"Held Value Would Change", `"game" holds node_cidr_mask = 26`, "asks for 25"}},
	} {
		steps = append(steps, refused(edit(t, fits, test.from, test.to), test.texts...))
	}
	acceptance(t, append(steps, showing(fits, held))...)
}

// Each profile stands only where its platform is, and the message names those that do.
func TestAccProfilesFitTheirPlatform(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		network, profile string
		texts            []string
	}{
		"CCE on Alibaba Cloud":  {`vpcs = { v = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"] } }`, "cce-turbo", []string{`Profile "cce-turbo" does not fit VPC "v" on alicloud`, "ack-terway (ACK with Terway", "terway-eniip", "kubernetes-routed"}},
		"ACK on Huawei Cloud":   {`vpcs = { v = { platform = "huaweicloud", cidr_blocks = ["192.168.0.0/16"] } }`, "ack-terway", []string{`Profile "ack-terway" does not fit VPC "v" on huaweicloud`, "cce-overlay (CCE with the container tunnel network", "overlay_l2"}},
		"CCE on Tencent Cloud":  {`vpcs = { v = { platform = "tencentcloud", cidr_blocks = ["192.168.0.0/16"] } }`, "cce-overlay", []string{"on tencentcloud", "tke-global-router (TKE with GlobalRouter", "GR"}},
		"TKE on CTyun":          {`vpcs = { v = { platform = "ctyun", cidr_blocks = ["192.168.0.0/16"] } }`, "tke-vpc-cni", []string{"on ctyun", "ccse-cubecni (CCSE with cubecni"}},
		"ACK on AWS":            {`vpcs = { v = { platform = "aws", cidr_blocks = ["192.168.0.0/16"] } }`, "ack-flannel", []string{"on aws", "eks (EKS with the Amazon VPC CNI"}},
		"EKS in a machine room": {`sites = { v = { cidr_blocks = ["192.168.0.0/16"] } }`, "eks", []string{`Profile "eks" does not fit site "v"`, "kubernetes-overlay (self-managed Kubernetes with an overlay network"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acceptance(t, refused(`
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  `+test.network+`
  clusters = { shop = { vpc = "v", profile = "`+test.profile+`", max_nodes = 10 } }
}`, slices.Concat([]string{"Profile Does Not Fit Platform", `clusters["shop"].profile`}, test.texts)...))
		})
	}
}

// Who gives the platform's own word for a mode is told the profile.
func TestAccPlatformWordsPointToTheirProfile(t *testing.T) {
	t.Parallel()
	for word, profile := range map[string]string{"overlay_l2": "cce-overlay", "eni": "cce-turbo", "terway-eniip": "ack-terway", "GR": "tke-global-router", "cubecni": "ccse-cubecni", "VPC-CNI": "tke-vpc-cni"} {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			acceptance(t, refused(`
resource "cidrplan_cluster" "it" {
  name      = "it"
  vpc       = "v"
  max_nodes = 10
  profile   = "`+word+`"
}`, "Undeclared Name", `profile = "`+word+`"`, `There is no profile named "`+word+`". That is the platform's own word for`, profile))
		})
	}
}
