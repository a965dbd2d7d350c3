package provider_test

import (
	"fmt"
	"strings"
)

// farVPC is a VPC that reaches those of the hub cen, with more in it.
func farVPC(more ...string) string {
	return `
resource "cidrplan_hub" "cen" {
  name = "cen"
}
resource "cidrplan_vpc" "far" {
  name        = "far"
  platform    = "alicloud"
  cidr_blocks = ["172.30.0.0/16"]
  hubs        = [cidrplan_hub.cen.name]
` + strings.Join(more, "\n") + "\n}\n"
}

// inPlace is an allocator with all that it needs written in place: a VPC of its name on the hub cen
// and a cluster of its name.
func inPlace(name, block, supernet string) string {
	return fmt.Sprintf(`
resource "cidrplan_allocator" %[1]q {
  name              = %[1]q
  supernets         = [%[3]q]
  service_supernets = ["172.20.0.0/16"]
  hubs              = { cen = {} }
  vpcs              = { %[1]s = { platform = "alicloud", cidr_blocks = [%[2]q], hubs = ["cen"] } }
  clusters          = { %[1]s = { vpc = %[1]q, profile = "ack-flannel", max_nodes = 20 } }
}
`, name, block, supernet)
}

// pinnedCluster declares a VPC and a cluster in it with a Pod range.
func pinnedCluster(name, block, pods string) string {
	return fmt.Sprintf(`
resource "cidrplan_vpc" %[1]q {
  name        = %[1]q
  platform    = "alicloud"
  cidr_blocks = [%[2]q]
  hubs        = ["cen"]
}
resource "cidrplan_cluster" %[1]q {
  name         = %[1]q
  vpc          = %[1]q
  profile      = "ack-flannel"
  pod_cidrs    = [%[3]q]
  service_cidr = "172.21.0.0/20"
}
`, name, block, pods)
}

// takes is an allocator that is given the VPC and the cluster of a name by value.
func takes(name string) string {
	return fmt.Sprintf(`
resource "cidrplan_allocator" %[1]q {
  name      = %[1]q
  supernets = ["10.192.0.0/12"]
  hubs      = { cen = {} }
  vpcs      = { %[1]s = cidrplan_vpc.%[1]s }
  clusters  = { %[1]s = cidrplan_cluster.%[1]s }
}
`, name)
}

// blocksOfOne is a cidrplan_blocks that allocates one block of 10.0.0.0/8.
func blocksOfOne(name string) string {
	return fmt.Sprintf(
		"resource \"cidrplan_blocks\" %[1]q {\n  name = %[1]q\n  supernets = [\"10.0.0.0/8\"]\n  blocks = { main = { prefix_length = "+
			"16 } }\n}\n",
		name,
	)
}

// pinnedClusters are two with one Pod range, in VPCs that do not reach each other.
var pinnedClusters = strings.ReplaceAll(
	pinnedCluster(
		"p", "172.16.0.0/24", "10.64.0.0/20",
	)+edit2(
		pinnedCluster("q", "172.16.1.0/24", "10.64.0.0/20"), "172.21.0.0", "172.22.0.0",
	),
	`hubs        = ["cen"]`,
	"",
)
