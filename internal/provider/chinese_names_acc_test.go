package provider_test

import (
	"strings"
	"testing"
)

// inChinese has a name of each kind in Chinese, and a route table as data.alicloud_route_entries reads one.
const inChinese = `
locals {
  entries = [{ cidr_block = "0.0.0.0/0" }, { cidr_block = "::/0" }, { cidr_block = "10.20.0.0/16" }]
}

resource "cidrplan_hub" "it" {
  name = "云企业网"
  vrf  = "生产"
}

resource "cidrplan_site" "it" {
  name        = "杭州机房"
  cidr_blocks = ["10.8.0.0/16"]
  hubs        = [cidrplan_hub.it.name]
  vrf         = "生产"
}

resource "cidrplan_vpc" "it" {
  name        = "生产网络"
  platform    = "alicloud"
  cidr_blocks = ["192.168.0.0/16"]
  hubs        = [cidrplan_hub.it.name]
  vrf         = "生产"
  subnets     = { "可用区-1" = "192.168.0.0/20" }
  routes      = { for entry in local.entries : entry.cidr_block => { destination = entry.cidr_block, next_hop = "vpn" } }
}

resource "cidrplan_cluster" "it" {
  name         = "商店"
  vpc          = "生产网络"
  profile      = "ack-flannel"
  max_nodes    = 100
  max_services = 1000
  pool         = "大"
  node_subnets = ["可用区-1"]
  PINS
}

resource "cidrplan_allocator" "it" {
  name      = "分配器"
  supernets = ["10.64.0.0/16"]
  pools     = { "大" = { supernets = ["10.96.0.0/12"], service_supernets = ["172.20.0.0/16"] } }
  hubs      = { "云企业网" = cidrplan_hub.it }
  sites     = { "杭州机房" = cidrplan_site.it }
  vpcs      = { "生产网络" = cidrplan_vpc.it }
  clusters  = { "商店" = cidrplan_cluster.it }
  MORE
}

resource "cidrplan_blocks" "it" {
  name      = "地址块"
  supernets = ["10.128.0.0/16"]
  vrf       = "生产"
  blocks    = { "办公" = { prefix_length = 24 } }
}
`

func TestAccNamesInChinese(t *testing.T) {
	t.Parallel()
	with := func(pins, more string) string {
		return strings.NewReplacer("PINS", pins, "MORE", more).Replace(inChinese)
	}
	w := newWorkspace(t, with("", ""))
	w.run("apply", "-auto-approve")
	w.run("plan", "-detailed-exitcode")
	claims, _ := w.answerOf("claims", "cidrplan_allocator.it").(map[string]any)
	if _, ok := claims["商店/pod/10.96.0.0/19"]; !ok {
		t.Errorf("the claims are %v", claims)
	}
	const pinned = `pod_cidrs = ["10.20.0.0/19"]
  service_cidr = "172.20.0.0/22"`
	w = newWorkspace(t, with(pinned, ""))
	const key = "pod_overlaps_route|10.20.0.0/19|商店+生产网络:10.20.0.0/16"
	w.fails(allOf(`Pod range 10.20.0.0/19 of cluster "商店" and route "10.20.0.0/16"`, `"`+key+`"`), "plan")
	w.config(with(pinned, `accepted_conflicts = { "`+key+`" = { reason = "测试" } }`))
	w.run("plan")
	w.config(strings.Replace(with("", ""), `name = "云企业网"`, `name = "云／企业网"`, 1))
	w.fails(allOf(`The name "云／企业网" has the character U+FF0F ("／") at position 2`, `Write "/" (U+002F) instead`), "plan")
}
