package provider_test

import (
	"testing"
)

// Every bad input gets an error that names its place and an option, at validate where the value
// is known there.
func TestAccBadInputIsRefusedOnItsAttribute(t *testing.T) {
	t.Parallel()
	base := `
resource "cidrplan_allocator" "NAME" {
  name      = "NAME"
  supernets = ["10.64.0.0/16"]
  hubs      = { cen = {} }
  sites     = { idc = { cidr_blocks = ["10.0.0.0/12"], hubs = ["cen"] } }
  vpcs      = { prod = { platform = "alicloud", cidr_blocks = ["192.168.0.0/16"], hubs = ["cen"] } }
  clusters  = { shop = { vpc = "prod", profile = "ack-flannel", max_nodes = 100 } }
}`
	refusals := map[string]refusal{}
	for name, test := range merged(badFacts, badClusters) {
		refusals[name] = refusal{edit(t, base, test.old, test.new), test.texts}
	}
	refusesAll(t, refusals)
}

// All faults and conflicts come in one go and in one order.
func TestAccAllConflictsAreReportedTogether(t *testing.T) {
	t.Parallel()
	acceptance(t, refused(
		`
resource "cidrplan_allocator" "k8s" {
  name      = "k8s"
  supernets = ["10.64.0.0/16"]
  sites     = { idc = { cidr_blocks = ["10.0.0.0/12"], peers = ["prod"], description = "racks" } }
  vpcs = {
    prod = {
      platform = "alicloud"
      cidr_blocks = ["192.168.0.0/16"]
      routes = { vpn = { destination = "172.16.0.0/16", next_hop = "vpn" } }
    }
  }
  clusters = {
    a = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["10.1.0.0/16"], service_cidr = "192.168.8.0/24" }
    b = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["172.16.0.0/20"], service_cidr = "10.64.0.0/24" }
    c = { vpc = "prod", profile = "ack-flannel", pod_cidrs = ["172.16.0.0/21"], service_cidr = "10.64.1.0/24" }
  }
}`,
		`Route "vpn" to 172.16.0.0/16 of VPC "prod" shares addresses with 2 others`,
		`Pod range 172.16.0.0/20 of cluster "b" (clusters["b"].pod_cidrs[0])`,
		`Pod range 172.16.0.0/21 of cluster "c" (clusters["c"].pod_cidrs[0])`,
		`set clusters["b"].pod_cidrs[0] = "10.64.240.0/20"`,
		`set vpcs["prod"].routes["vpn"].summary = true`,
		`Pod range 10.1.0.0/16 of cluster "a" and block 10.0.0.0/12 of site "idc" (racks) share 10.1.0.0/16; networks "prod" and `+
			`"idc" are peers.`,
		"none of this size is free in the supernets: set clusters",
		"Rule: pod_overlaps_site (error)",
		"Source: Plan CIDR blocks for an ACK cluster",
		`clusters["a"].pod_cidrs[0]`,
		`sites["idc"].cidr_blocks[0]`,
		`Service range 192.168.8.0/24 of cluster "a" and block 192.168.0.0/16 of VPC "prod"`,
		`set clusters["a"].service_cidr = "10.64.231.0/24" (or "10.64.230.0/24", "10.64.229.0/24")`,
		`Pod range 172.16.0.0/20 of cluster "b" and Pod range 172.16.0.0/21 of cluster "c" share 172.16.0.0/21`,
		"Rule: pod_overlaps_cluster_pod (error)",
	))
}
