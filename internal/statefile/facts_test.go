package statefile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
)

// resource is a resource of a state with one instance.
func resource(mode, typeName, name, attributes string) string {
	return fmt.Sprintf(`{"mode": %q, "type": %q, "name": %q, "instances": [{"attributes": %s}]}`, mode, typeName, name, attributes)
}

// joinedOf joins the objects of files, each with some resources.
func joinedOf(t *testing.T, files ...[]string) Joined {
	t.Helper()
	var all []Contents
	for i, resources := range files {
		text := `{"version": 4, "serial": 1, "resources": [` + strings.Join(resources, ",") + "]}"
		contents, err := Read(fmt.Sprintf("file%d.tfstate", i), []byte(text), Of(clouds.Default()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, contents)
	}
	return Join(clouds.Default(), all)
}

// shownFacts are the VPCs with what belongs to them, and what is left.
func shownFacts(j Joined) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(j.Facts.VPCs.Value)) {
		v := j.Facts.VPCs.Value[name]
		lines = append(lines, fmt.Sprintf("%s %v subnets %v routes %v hubs %v peers %v", name, v.CIDRBlocks.Value,
			slices.Sorted(maps.Keys(v.Subnets.Value)), slices.Sorted(maps.Keys(v.Routes.Value)), v.Hubs.Value, v.Peers.Value))
	}
	for _, name := range slices.Sorted(maps.Keys(j.Facts.Existing.Value)) {
		lines = append(lines, fmt.Sprintf("cluster %s in %q, %q", name, j.Cluster[name].VPC, j.Cluster[name].Profile))
	}
	for _, l := range j.Left {
		lines = append(lines, fmt.Sprintf("left %s (%s): %s", l.Address, l.File, l.Reason))
	}
	return strings.Join(lines, "\n")
}

func TestObjectsAreJoinedByTheirIDs(t *testing.T) {
	prod := resource("managed", "huaweicloud_vpc", "prod", `{"id": "1", "cidr": "10.0.0.0/16", "secondary_cidrs": []}`)
	test := resource("managed", "huaweicloud_vpc", "test", `{"id": "2", "cidr": "10.1.0.0/16", "secondary_cidrs": []}`)
	for name, c := range map[string]struct {
		files [][]string
		want  string
	}{
		"a subnet with the name of another VPC, inside of another VPC": {
			[][]string{
				{prod, test, resource("managed", "huaweicloud_vpc_subnet", "test", `{"id": "s", "cidr": "10.1.0.0/24", "vpc_id": "1"}`)},
			},
			"prod [10.0.0.0/16] subnets [test] routes [] hubs [] peers []\ntest [10.1.0.0/16] subnets [] routes [] hubs [] peers []",
		},
		"a route with the name of a VPC, of a VPC that is not there": {
			[][]string{
				{
					prod, resource(
						"managed", "huaweicloud_vpc_route", "prod",
						`{"id": "r", "destination": "10.8.0.0/16", "type": "vpn", "vpc_id": "9"}`,
					),
				},
			},
			"prod [10.0.0.0/16] subnets [] routes [] hubs [] peers []\n" +
				"left huaweicloud_vpc_route.prod (file0.tfstate): huaweicloud_vpc_route: nothing in vpcs has the ID 9",
		},
		"an attachment to a hub that is not there, beside another hub": {
			[][]string{{
				prod, resource("managed", "huaweicloud_er_instance", "main", `{"id": "er-1", "asn": 1, "availability_zones": []}`),
				resource("managed", "huaweicloud_er_vpc_attachment", "main", `{"id": "a", "vpc_id": "1", "instance_id": "er-2"}`),
			}},
			"prod [10.0.0.0/16] subnets [] routes [] hubs [] peers []\n" +
				"left huaweicloud_er_vpc_attachment.main (file0.tfstate): " +
				"huaweicloud_er_vpc_attachment: nothing in gateways has the ID er-2",
		},
		"objects in two files": {
			[][]string{
				{prod, resource("managed", "huaweicloud_er_instance", "main", `{"id": "er-1", "asn": 1, "availability_zones": []}`)},
				{resource("managed", "huaweicloud_er_vpc_attachment", "x", `{"id": "a", "vpc_id": "1", "instance_id": "er-1"}`)},
			},
			"prod [10.0.0.0/16] subnets [] routes [] hubs [main] peers []",
		},
		"a VPC of a resource and of data sources, with a peering": {
			[][]string{
				{
					prod, test, resource(
						"managed", "huaweicloud_vpc_peering_connection", "p", `{"id": "p", "vpc_id": "1", "peer_vpc_id": "2"}`,
					),
				},
				{
					resource("data", "huaweicloud_vpcs", "all", `{"vpcs": [{"id": "1", "cidr": "10.0.0.0/16", "secondary_cidrs": []}]}`),
					resource("data", "huaweicloud_vpc", "test", `{"id": "2", "cidr": "10.1.0.0/16", "secondary_cidrs": []}`),
				},
			},
			"prod [10.0.0.0/16] subnets [] routes [] hubs [] peers [test]\ntest [10.1.0.0/16] subnets [] routes [] hubs [] peers []",
		},
		"a route by its route table": {
			[][]string{{
				resource("managed", "alicloud_vpc", "prod", `{"id": "1", "cidr_block": "10.0.0.0/16", "route_table_id": "t"}`),
				resource("managed", "alicloud_vpc", "r", `{"id": "2", "cidr_block": "10.1.0.0/16", "route_table_id": "u"}`),
				resource(
					"managed", "alicloud_route_entry", "r",
					`{"id": "e", "route_table_id": "t", "destination_cidrblock": "10.8.0.0/16", "nexthop_type": "VpnGateway"}`,
				),
			}},
			"prod [10.0.0.0/16] subnets [] routes [r] hubs [] peers []\nr [10.1.0.0/16] subnets [] routes [] hubs [] peers []",
		},
		"clusters": {
			[][]string{{
				prod, resource(
					"managed", "huaweicloud_cce_cluster", "prod",
					`{"id": "c", "vpc_id": "1", "container_network_type": "eni", "service_network_cidr": "10.247.0.0/16"}`,
				),
				resource(
					"managed", "huaweicloud_cce_cluster", "lost",
					`{"id": "d", "vpc_id": "7", "container_network_type": "overlay_l2", "container_network_cidr": "172.16.0.0/16"}`,
				),
			}},
			"prod [10.0.0.0/16] subnets [] routes [] hubs [] peers []\n" +
				`cluster lost in "", "cce-overlay"` + "\n" + `cluster prod in "prod", "cce-turbo"`,
		},
		"an attribute of another type": {
			[][]string{{resource("managed", "huaweicloud_vpc", "prod", `{"id": "1", "cidr": {"x": "`+secret+`"}}`)}},
			"prod [] subnets [] routes [] hubs [] peers []\n" +
				"left huaweicloud_vpc.prod (file0.tfstate): This is an object. Expected a string or a list of strings.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := shownFacts(joinedOf(t, c.files...)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
