package provider_test

import (
	"fmt"
	"strings"
	"testing"
)

// The pictures of the ACK guide on planning CIDR blocks, and a hub.

func TestAccPictureOneVPCOneCluster(t *testing.T) {
	t.Parallel()
	acceptance(t, holding(`
resource "cidrplan_vpc" "one" {
  name        = "one"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  subnets     = { nodes = "192.168.0.0/24" }
}
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["192.168.0.0/16", "172.20.0.0/16"]
  service_supernets = ["172.21.0.0/20"]
  vpcs              = { one = cidrplan_vpc.one }
  clusters = {
    one = { vpc = "one", profile = "ack-flannel", pod_prefix_length = 16, service_prefix_length = 20, node_cidr_mask = 24 }
  }
}`, map[string]string{"one.ack.pod_cidr": "172.20.0.0/16", "one.ack.service_cidr": "172.21.0.0/20"}))
}

func TestAccPictureOneVPCSeveralClusters(t *testing.T) {
	t.Parallel()
	acceptance(t, holding(`
resource "cidrplan_vpc" "one" {
  name        = "one"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["172.16.0.0/12"]
  vpcs      = { one = cidrplan_vpc.one }
  clusters = {
    first  = { vpc = "one", profile = "ack-flannel", max_nodes = 200 }
    second = { vpc = "one", profile = "ack-flannel", max_nodes = 200 }
  }
}`, map[string]string{
		"first.pod_cidr": "172.16.0.0/18", "first.service_cidr": "172.16.128.0/22",
		"second.pod_cidr": "172.16.64.0/18", "second.service_cidr": "172.16.132.0/22",
	}))
}

// One VPC routes 172.16.0.0/12 to the other, so its Pods land in 10.0.0.0/8.
func TestAccPictureTwoJoinedVPCs(t *testing.T) {
	t.Parallel()
	acceptance(t, holding(`
resource "cidrplan_vpc" "one" {
  name        = "one"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  peers       = ["two"]
  routes      = { two = { destination = "172.16.0.0/12", next_hop = "peering", summary = false } }
}
resource "cidrplan_vpc" "two" {
  name        = "two"
  platform    = "alicloud"
  cidr_blocks = ["172.16.0.0/12"]
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["192.168.0.0/16", "172.16.0.0/12", "10.0.0.0/8"]
  vpcs      = { one = cidrplan_vpc.one, two = cidrplan_vpc.two }
  clusters  = { k = { vpc = "one", profile = "ack-flannel", pod_prefix_length = 16, max_services = 65000 } }
}`, map[string]string{"k.ack.pod_cidr": "10.0.0.0/16", "k.ack.service_cidr": "10.1.0.0/16"}))
}

func TestAccPictureVPCAndIDC(t *testing.T) {
	t.Parallel()
	acceptance(t,
		holding(`
resource "cidrplan_hub" "cen" {
  name = "cen"
}
resource "cidrplan_site" "idc" {
  name        = "idc"
  cidr_blocks = ["10.0.0.0/9"]
  hubs        = [cidrplan_hub.cen.name]
}
resource "cidrplan_vpc" "one" {
  name        = "one"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  hubs        = [cidrplan_hub.cen.name]
  routes      = { idc = { destination = "10.128.0.0/16", next_hop = "idc" } }
}
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.0.0.0/8"]
  hubs      = { cen = cidrplan_hub.cen }
  sites     = { idc = cidrplan_site.idc }
  vpcs      = { one = cidrplan_vpc.one }
  clusters  = { k = { vpc = "one", profile = "ack-flannel", pod_prefix_length = 16 } }
}`, map[string]string{"k.pod_cidr": "10.129.0.0/16", "k.service_cidr": "10.130.0.0/22"}))
}

// A hub with twelve VPCs and three IDCs: every VPC carries the summaries of the hub, and a
// cluster in each still gets ranges of its own.
func TestAccPictureHub(t *testing.T) {
	t.Parallel()
	var vpcs, sites, clusters []string
	want := map[string]string{}
	for i := range 12 {
		vpcs = append(vpcs, fmt.Sprintf(`    v%02d = {
      platform    = "alicloud"
      cidr_blocks = ["10.%d.0.0/16"]
      hubs        = ["cen"]
      routes = {
        a = { destination = "10.0.0.0/8", next_hop = "transit", summary = true }
        b = { destination = "172.16.0.0/12", next_hop = "transit", summary = true }
        c = { destination = "192.168.0.0/16", next_hop = "transit", summary = true }
      }
    }`, i, i))
		clusters = append(
			clusters,
			fmt.Sprintf(`    k%02d = { vpc = "v%02d", profile = "ack-flannel", max_nodes = 64, service_prefix_length = 24 }`, i, i),
		)
		// Each Pod range is a /20: 64 nodes with a /26 each.
		want[fmt.Sprintf("k%02d.pod_cidr", i)] = fmt.Sprintf("10.64.%d.0/20", 16*i)
		want[fmt.Sprintf("k%02d.service_cidr", i)] = fmt.Sprintf("172.31.%d.0/24", i)
	}
	for i := range 3 {
		sites = append(sites, fmt.Sprintf(`    idc%d = { cidr_blocks = ["10.%d.0.0/16"], hubs = ["cen"] }`, i, 32+i))
	}
	acceptance(t, holding(`
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.0.0.0/12", "10.32.0.0/15", "10.34.0.0/16", "10.64.0.0/10"]
  service_supernets = ["172.31.0.0/16"]
  hubs = { cen = { kind = "cen" } }
  vpcs = {
`+strings.Join(vpcs, "\n")+`
  }
  sites = {
`+strings.Join(sites, "\n")+`
  }
  reserved = { future = { cidr = "10.12.0.0/14", description = "VPCs to come" } }
  clusters = {
`+strings.Join(clusters, "\n")+`
  }
}`, want))
}
