package provider_test

import (
	"fmt"
	"testing"
)

// sizedOnAzure is a cluster of AKS with sizes, in a subnet for its nodes.
func sizedOnAzure(sizes string) string {
	return fmt.Sprintf(`
resource "cidrplan_allocator" "k8s" {
  name              = "k8s"
  supernets         = ["10.64.0.0/16"]
  service_supernets = ["172.20.0.0/16"]
  vpcs = {
    prod = { platform = "azure", cidr_blocks = ["10.0.0.0/16"], subnets = { nodes = "10.0.0.0/28" } }
  }
  clusters = {
    shop = { vpc = "prod", profile = "aks-overlay", node_subnets = ["nodes"], max_services = 200, %s }
  }
}
`, sizes)
}

// Nodes of an upgrade need room in the Pod range beside the others.
func TestAccNodesOfAnUpgradeNeedRanges(t *testing.T) {
	t.Parallel()
	eight, more := map[string]any{"shop.pod_cidr": "10.64.0.0/21"}, map[string]any{"shop.pod_cidr": "10.64.0.0/20"}
	acceptance(
		t,
		showing(sizedOnAzure("max_nodes = 7, surge_nodes = 1"), eight),
		showing(sizedOnAzure("max_nodes = 6, surge_nodes = 2"), eight), // as many nodes
		showing(sizedOnAzure("max_nodes = 7, surge_nodes = 2"), more),
		showing(sizedOnAzure("max_nodes = 7"), more), // what is held stays
		refused(sizedOnAzure("surge_nodes = 2"), "surge_nodes", "max_nodes"),
	)
}

// Cluster DNS has the address that is asked for. It cannot change, and must be free in the Service range.
func TestAccAddressOfClusterDNS(t *testing.T) {
	t.Parallel()
	config := func(dns string) string { return sizedOnAzure("max_nodes = 4, " + dns) }
	holds := map[string]any{"shop.service_cidr": "172.20.0.0/24", "shop.aks.dns_service_ip": "172.20.0.53"}
	acceptance(
		t,
		refused(config(`dns_service_ip = "172.20.0.1"`), "DNS Address Is Not Free in the Service Range", "172.20.0.1"),
		refused(config(`dns_service_ip = "172.21.0.10"`), "172.21.0.10"),
		showing(config(`dns_service_ip = "172.20.0.53"`), holds),
		refused(config(`dns_service_ip = "172.20.0.54"`), "Held Value Would Change", "172.20.0.53", "172.20.0.54"),
		showing(config(""), holds), // without the argument, what is held stays
		showing(config(`surge_nodes = 1, dns_service_ip = "172.20.0.53"`), holds),
	)
}
