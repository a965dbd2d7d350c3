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
		got := leaves(t, w.planJSON("plan"))
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

// Each profile stands only where its platform is, and the message names those that do.
func TestAccProfilesFitTheirPlatform(t *testing.T) {
	t.Parallel()
	in := func(network, profile string, texts ...string) refusal {
		return refusal{`
resource "cidrplan_allocator" "NAME" {
  name      = "NAME"
  supernets = ["10.64.0.0/16"]
  ` + network + `
  clusters = { shop = { vpc = "v", profile = "` + profile + `", max_nodes = 10 } }
}`, slices.Concat([]string{"Profile Does Not Fit Platform", `clusters["shop"].profile`}, texts)}
	}
	on := func(platform, profile string, texts ...string) refusal {
		return in(
			`vpcs = { v = { platform = "`+platform+`", cidr_blocks = ["192.168.0.0/16"] } }`,
			profile,
			slices.Concat([]string{`Profile "` + profile + `" is not available for VPC "v" on ` + platform}, texts)...)
	}
	refusesAll(t, map[string]refusal{
		"CCE on Alibaba Cloud": on("alicloud", "cce-turbo", "ack-terway (ACK with Terway", "terway-eniip", "kubernetes-routed"),
		"ACK on Huawei Cloud":  on("huaweicloud", "ack-terway", "cce-overlay (CCE with the container tunnel network", "overlay_l2"),
		"CCE on Tencent Cloud": on("tencentcloud", "cce-overlay", "tke-global-router (TKE with GlobalRouter", "GR"),
		"TKE on CTyun":         on("ctyun", "tke-vpc-cni", "ccse-cubecni (CCSE with cubecni"),
		"ACK on AWS":           on("aws", "ack-flannel", "eks (EKS with the Amazon VPC CNI"),
		"EKS in a machine room": in(
			`sites = { v = { cidr_blocks = ["192.168.0.0/16"] } }`, "eks", `Profile "eks" is not available for site "v"`,
			"kubernetes-overlay (self-managed Kubernetes with an overlay network",
		),
	})
}

// Who gives the platform's own word for a mode is reported the profile.
func TestAccPlatformWordsPointToTheirProfile(t *testing.T) {
	t.Parallel()
	refusals := map[string]refusal{}
	for word, profile := range map[string]string{
		"overlay_l2":   "cce-overlay",
		"eni":          "cce-turbo",
		"terway-eniip": "ack-terway",
		"GR":           "tke-global-router",
		"cubecni":      "ccse-cubecni",
		"VPC-CNI":      "tke-vpc-cni",
	} {
		refusals[word] = refusal{`
resource "cidrplan_cluster" "NAME" {
  name      = "NAME"
  vpc       = "v"
  max_nodes = 10
  profile   = "` + word + `"
}`, []string{
			"Undeclared Name",
			`profile   = "` + word + `"`,
			`There is no profile named "` + word + `". The platform uses that name for`,
			profile,
		}}
	}
	refusesAll(t, refusals)
}

// A cluster that is a resource of its own carries every argument to the allocator, as does what it
// holds already.
func TestAccClusterResourcesCarryEveryArgument(t *testing.T) {
	t.Parallel()
	config := `
resource "cidrplan_vpc" "prod" {
  name        = "prod"
  platform    = "huaweicloud"
  cidr_blocks = ["192.168.0.0/16"]
  subnets     = { nodes = "192.168.0.0/24", pods = "192.168.64.0/20" }
}
resource "cidrplan_cluster" "pay" {
  name              = "pay"
  vpc               = cidrplan_vpc.prod.name
  profile           = "cce-turbo"
  max_nodes         = 20
  pods_per_node     = 100
  ip_families       = ["ipv4", "ipv6"]
  service_ipv6_cidr = "fc00::/112"
  node_subnets      = ["nodes"]
  pod_subnets       = ["pods"]
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  vpcs      = { prod = cidrplan_vpc.prod }
  clusters  = { pay = cidrplan_cluster.pay }
  existing  = { pay = { service_cidr = "172.31.0.0/20" } }
}`
	held := map[string]any{
		"pay.service_cidr": "172.31.0.0/20", "pay.service_ipv6_cidr": "fc00::/112", "pay.pod_subnets": subnetsOf("pods", "192.168.64.0/20"),
		"pay.cce.service_network_cidr": "172.31.0.0/20", "pay.usable.services": 4094,
	}
	acceptance(
		t,
		showing(config, held),
		editing(
			edit(
				t, config, `["nodes"]`+"\n", `["nodes", "pods"]`+"\n", "max_nodes         = 20", "max_nodes         = 30",
				`  existing  = { pay = { service_cidr = "172.31.0.0/20" } }`, ``,
			),
			held,
		),
	)
}
