package cli

import (
	"fmt"
	"strings"
	"testing"
)

// Attributes of resources of this provider and of a cloud, as states have them.
var (
	cloudVPC   = [3]string{"alicloud_vpc", "main", `{"id": "v", "cidr_block": "192.168.0.0/16"}`}
	cloudHub   = [3]string{"alicloud_cen_instance", "cen", `{"id": "cen"}`}
	attachment = [3]string{
		"alicloud_cen_instance_attachment", "main", `{"id": "a", "instance_id": "cen", "child_instance_id": "v",
			"child_instance_type": "VPC"}`,
	}
	vpcOf = func(name, attributes string) [3]string {
		return [3]string{"cidrplan_vpc", name, fmt.Sprintf(`{"name": %q, "platform": "alicloud", %s}`, name, attributes)}
	}
	allocatorOf = func(attributes string) [3]string {
		return [3]string{"cidrplan_allocator", "k8s", `{"name": "k8s", "supernets": ["10.64.0.0/10"], ` + attributes + `}`}
	}
	clusterOf = func(pods, vpc string) [3]string {
		return [3]string{"cidrplan_cluster", "shop", fmt.Sprintf(
			`{"name": "shop", "vpc": %q, "profile": "ack-flannel", "pod_cidrs": [%q],
				"service_cidr": "172.20.0.0/20", "node_cidr_mask": 25}`,
			vpc, pods,
		)}
	}
)

// blocks are the blocks of cloudVPC, vpn a route of it.
const (
	blocks = `"cidr_blocks": ["192.168.0.0/16"]`
	vpn    = `"routes": {"vpn": {"destination": "10.64.0.0/16", "next_hop": "vpn", "summary": null}}`
)

func TestScanOfWhatResourcesOfThisProviderDeclare(t *testing.T) {
	shop := `"clusters": {"shop": {"vpc": "prod", "profile": "ack-flannel"}},
		"allocations": {"shop": {"pod_cidrs": ["10.64.0.0/18"], "service_cidr": "172.20.0.0/20"}}`
	hub := [3]string{"cidrplan_hub", "cen", `{"name": "cen-prod", "kind": "cen"}`}
	data := vpcOf("data", `"cidr_blocks": ["10.64.0.0/20"], "hubs": ["cen-prod"]`)
	for name, test := range map[string]struct {
		resources []([3]string)
		want      string
	}{
		"a VPC, a site and a hub": {
			[][3]string{
				vpcOf("prod", blocks+`, "hubs": ["cen-prod"]`), hub,
				{"cidrplan_site", "idc", `{"name": "idc", "cidr_blocks": ["192.168.8.0/24"], "hubs": ["cen-prod"]}`},
			},
			`Error: Block 192.168.0.0/16 of VPC "prod" overlaps block 192.168.8.0/24 of site "idc"

  cidrplan_vpc.prod (stdin)
  cidrplan_site.idc (stdin)
`,
		},
		"networks that only an allocator received": {
			[][3]string{allocatorOf(shop + `, "vpcs": {"prod": {"cidr_blocks": ["192.168.0.0/16"], ` + vpn + `}}`)},
			`Error: Route "vpn" to 10.64.0.0/16 of VPC "prod" overlaps Pod range 10.64.0.0/18 of cluster "shop" of allocator "k8s"`,
		},
		"a declaration of a VPC of the cloud": {
			[][3]string{cloudVPC, vpcOf("main", blocks+`, `+vpn)}, "Found 1 VPC, 1 route.",
		},
		"a declaration under another name": {
			[][3]string{cloudVPC, vpcOf("prod", blocks+`, `+vpn), allocatorOf(shop + `, "vpcs": {"prod": {` + blocks + `}}`)},
			`Error: Route "vpn" to 10.64.0.0/16 of VPC "main" overlaps Pod range 10.64.0.0/18 of cluster "shop" of allocator "k8s"`,
		},
		"another network of the same name": {
			[][3]string{cloudVPC, vpcOf("main", `"cidr_blocks": ["172.16.0.0/16"]`)}, "Found 2 VPCs.",
		},
		"a block of two VPCs of the cloud": {
			[][3]string{cloudVPC, {"alicloud_vpc", "twin", `{"id": "w", "cidr_block": "192.168.0.0/16"}`}, vpcOf("prod", blocks)},
			"Found 3 VPCs.",
		},
		"a block of a VPC of another platform": {
			[][3]string{cloudVPC, {"cidrplan_vpc", "prod", `{"name": "prod", "platform": "aws", ` + blocks + `}`}}, "Found 2 VPCs.",
		},
		"another VRF": {
			[][3]string{vpcOf("prod", blocks), allocatorOf(`"vpcs": {"prod": {"vrf": "lab", ` + blocks + `}}`)}, "Found 2 VPCs, 1 claim.",
		},
		"a VPC, and the same one that an allocator received": {
			[][3]string{vpcOf("prod", blocks), allocatorOf(`"vpcs": {"prod": {` + blocks + `}}`)}, "Found 1 VPC, 1 claim.",
		},
		"a hub, whose members are those of a hub of the cloud": {
			[][3]string{cloudVPC, cloudHub, attachment, vpcOf("prod", blocks+`, "hubs": ["cen-prod"]`), hub}, "Found 1 VPC, 1 hub.",
		},
		"a hub with other members": {
			[][3]string{cloudVPC, cloudHub, vpcOf("prod", blocks+`, "hubs": ["cen-prod"]`), hub}, "Found 1 VPC, 2 hubs.",
		},
		"blocks that only the declaration has": {
			[][3]string{cloudVPC, vpcOf("main", `"cidr_blocks": ["192.168.0.0/16", "10.64.0.0/16"]`), clusterOf("10.64.0.0/18", "main")},
			`overlaps block 10.64.0.0/16 of VPC "main"`,
		},
		"a pinned cluster": {
			[][3]string{cloudVPC, vpcOf("prod", blocks+`, `+vpn), clusterOf("10.64.0.0/18", "prod")},
			"cidrplan_cluster.shop (stdin)\n  alicloud_vpc.main (stdin)\n",
		},
		"a pinned cluster that the cloud has": {
			[][3]string{cloudVPC, vpcOf("prod", blocks), clusterOf("10.64.0.0/18", "prod"), {
				"alicloud_cs_managed_kubernetes", "main",
				`{"id": "c", "vpc_id": "v", "pod_cidr": "10.64.0.0/18", "service_cidr": "172.20.0.0/20", "node_cidr_mask": 25}`,
			}},
			"Found 1 VPC, 1 cluster.",
		},
		"a pinned cluster that an allocator holds": {
			[][3]string{vpcOf("prod", blocks), clusterOf("10.64.0.0/18", "prod"), allocatorOf(shop)}, "Found 1 VPC, 3 claims.",
		},
		"a pinned cluster of a VPC that is not in the files": {
			[][3]string{clusterOf("10.64.0.0/18", "prod")}, "cidrplan_cluster.shop (stdin): Its VPC is not in the files.",
		},
		"ranges that an allocator received": {
			[][3]string{allocatorOf(`"existing": {"old": {"pod_cidrs": ["10.64.0.0/16"]}},
				"reserved": {"later": {"cidr": "10.65.0.0/16"}}`)},
			"Found 3 claims.",
		},
		"a claim of a workspace that is not in the files": {
			[][3]string{vpcOf("prod", blocks+`, `+vpn), allocatorOf(`"vpcs": {"prod": {` + blocks + `}},
				"foreign_claims": {"web/pod/10.64.0.0/20":
				{"owner": "web", "kind": "pod", "cidr": "10.64.0.0/20", "network": "prod", "allocator": "k8s-eu"}}`)},
			`Route "vpn" to 10.64.0.0/16 of VPC "prod" overlaps Pod range 10.64.0.0/20 of cluster "web" of allocator "k8s-eu"`,
		},
		"nodes of an allocated cluster in a route table of the cloud": {
			[][3]string{
				cloudVPC, vpcOf("prod", blocks), allocatorOf(shop + `, "vpcs": {"prod": {` + blocks + `}}`),
				{"alicloud_route_entry", "main/node", `{"id": "r", "destination_cidrblock": "10.64.0.0/25",
					"nexthop_type": "Instance", "vpc": "main"}`},
			},
			"No conflicts.\nFound 1 VPC, 1 route, 3 claims.",
		},
		"a conflict that a hub accepts": {
			[][3]string{
				{"cidrplan_hub", "cen", `{"name": "cen-prod", "kind": "cen",
					"accepted_conflicts": {"vpc_overlaps_peer|10.64.0.0/20|data+prod": {"reason": "a merger"}}}`},
				data, vpcOf("prod", `"cidr_blocks": ["10.64.0.0/16"], "hubs": ["cen-prod"]`),
			},
			"0 errors, 0 warnings, 1 note.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := runWith(t, IO{In: strings.NewReader(stateOf(test.resources...))}, "scan", "-")
			if !strings.Contains(r.out, test.want) {
				t.Errorf("want %s\n%s%s", test.want, r.out, r.err)
			}
		})
	}
}
