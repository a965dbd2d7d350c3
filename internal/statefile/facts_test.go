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
		"a VPC of two data sources has the key that is no ID": {
			[][]string{{
				resource("data", "huaweicloud_vpcs", "all", `{"vpcs": [{"id": "1", "cidr": "10.0.0.0/16", "secondary_cidrs": []}]}`),
				resource("data", "huaweicloud_vpc", "named", `{"id": "1", "cidr": "10.0.0.0/16", "secondary_cidrs": []}`),
				resource("managed", "huaweicloud_vpc_subnet", "pods", `{"id": "s", "cidr": "10.0.0.0/24", "vpc_id": "1"}`),
			}},
			"named [10.0.0.0/16] subnets [pods] routes [] hubs [] peers []",
		},
		"routes by route tables of their own, one of them of a VPC that is not there": {
			[][]string{{
				resource("managed", "alicloud_vpc", "prod", `{"id": "1", "cidr_block": "10.0.0.0/16", "route_table_id": "t"}`),
				resource("managed", "alicloud_vpc", "r", `{"id": "3", "cidr_block": "10.1.0.0/16", "route_table_id": "w"}`),
				resource("managed", "alicloud_route_table", "own", `{"id": "u", "vpc_id": "1"}`),
				resource("managed", "alicloud_route_table", "lost", `{"id": "v", "vpc_id": "2"}`),
				resource(
					"managed", "alicloud_route_entry", "r",
					`{"id": "e", "route_table_id": "u", "destination_cidrblock": "10.8.0.0/16", "nexthop_type": "VpnGateway"}`,
				),
				resource(
					"managed", "alicloud_route_entry", "lost",
					`{"id": "f", "route_table_id": "v", "destination_cidrblock": "10.9.0.0/16", "nexthop_type": "VpnGateway"}`,
				),
			}},
			"prod [10.0.0.0/16] subnets [] routes [r] hubs [] peers []\nr [10.1.0.0/16] subnets [] routes [] hubs [] peers []\n" +
				"left alicloud_route_entry.lost (file0.tfstate): alicloud_route_entry: nothing in vpcs has the ID v\n" +
				"left alicloud_route_table.lost (file0.tfstate): alicloud_route_table: nothing in vpcs has the ID 2",
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
		"a cluster in a VPC of a resource and of a data source": {
			[][]string{{
				prod, resource("data", "huaweicloud_vpc", "a", `{"id": "1", "cidr": "10.0.0.0/16", "secondary_cidrs": []}`),
				resource(
					"managed", "huaweicloud_cce_cluster", "c",
					`{"id": "c", "vpc_id": "1", "container_network_type": "overlay_l2", "container_network_cidr": "172.16.0.0/16"}`,
				),
			}},
			"prod [10.0.0.0/16] subnets [] routes [] hubs [] peers []\n" + `cluster c in "prod", "cce-overlay"`,
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

// A plan of VPCs that are new, with what is known of them, of what else there is, and of a data source that is read during apply.
const planOfNewVPCs = `{"format_version": "1.2", "planned_values": {"root_module": {"resources": [
  {"address": "huaweicloud_vpc.old", "mode": "managed", "type": "huaweicloud_vpc", "name": "old",
   "values": {"id": "1", "cidr": "10.0.0.0/16", "secondary_cidrs": []}},
  {"address": "huaweicloud_vpc.new", "mode": "managed", "type": "huaweicloud_vpc", "name": "new", "values": {"cidr": "10.1.0.0/16"}},
  {"address": "huaweicloud_vpc.half", "mode": "managed", "type": "huaweicloud_vpc", "name": "half",
   "values": {"id": "3", "cidr": "10.2.0.0/16"}},
  {"address": "huaweicloud_vpc_subnet.in", "mode": "managed", "type": "huaweicloud_vpc_subnet", "name": "in",
   "values": {"cidr": "10.1.1.0/24"}},
  {"address": "huaweicloud_vpc_subnet.out", "mode": "managed", "type": "huaweicloud_vpc_subnet", "name": "out",
   "values": {"cidr": "10.9.1.0/24"}},
  {"address": "huaweicloud_vpc_route.later", "mode": "managed", "type": "huaweicloud_vpc_route", "name": "later",
   "values": {"id": "r", "vpc_id": "1", "type": "vpn"}}
]}}, "resource_changes": [
  {"address": "huaweicloud_vpc.new", "mode": "managed", "type": "huaweicloud_vpc",
   "change": {"after_unknown": {"id": true, "secondary_cidrs": true}}},
  {"address": "huaweicloud_vpc.half", "mode": "managed", "type": "huaweicloud_vpc",
   "change": {"after_unknown": {"secondary_cidrs": true}}},
  {"address": "huaweicloud_vpc_subnet.in", "mode": "managed", "type": "huaweicloud_vpc_subnet",
   "change": {"after_unknown": {"id": true, "vpc_id": true, "ipv6_cidr": true}}},
  {"address": "huaweicloud_vpc_subnet.out", "mode": "managed", "type": "huaweicloud_vpc_subnet",
   "change": {"after_unknown": {"id": true, "vpc_id": true}}},
  {"address": "huaweicloud_vpc_route.later", "mode": "managed", "type": "huaweicloud_vpc_route",
   "change": {"after_unknown": {"destination": true}}}
]}`

// What a plan does not know hides nothing that it knows.
func TestFactsOfAPlanAreAllKnown(t *testing.T) {
	contents, err := Read("plan.json", []byte(planOfNewVPCs), Of(clouds.Default()))
	if err != nil {
		t.Fatal(err)
	}
	later := `{"address": "data.huaweicloud_vpcs.all", "mode": "data", "type": "huaweicloud_vpcs", "name": "all", "values": {}}`
	withData := strings.Replace(planOfNewVPCs, `"resources": [`, `"resources": [`+later+",", 1)
	withData = strings.Replace(withData, `"resource_changes": [`, `"resource_changes": [{"address": "data.huaweicloud_vpcs.all",
	  "mode": "data", "type": "huaweicloud_vpcs", "change": {"after_unknown": {"vpcs": true}}},`, 1)
	const want = `half [10.2.0.0/16] subnets [] routes [] hubs [] peers []
new [10.1.0.0/16] subnets [in] routes [] hubs [] peers []
old [10.0.0.0/16] subnets [] routes [] hubs [] peers []`
	const left = `
left huaweicloud_vpc.half (plan.json): It has ranges that are known only after apply. Use the state after the apply.
left huaweicloud_vpc_route.later (plan.json): It has ranges that are known only after apply. Use the state after the apply.
left huaweicloud_vpc_subnet.out (plan.json): huaweicloud_vpc_subnet: it refers to nothing in vpcs`
	if got := shownFacts(Join(clouds.Default(), []Contents{contents})); got != want+left {
		t.Errorf("got\n%s\nwant\n%s", got, want+left)
	}
	if contents, err = Read("plan.json", []byte(withData), Of(clouds.Default())); err != nil {
		t.Fatal(err)
	}
	const ofData = `
left data.huaweicloud_vpcs.all (plan.json): This data source is read only during apply. Use the state after the apply.`
	if got := shownFacts(Join(clouds.Default(), []Contents{contents})); got != want+ofData+left {
		t.Errorf("with a data source: got\n%s\nwant\n%s", got, want+ofData+left)
	}
}

// States that nobody has written since Terraform 0.11 have attributes in a form that is not read; nothing is left out silently.
func TestObjectsThatAreStoredOtherwiseAreListed(t *testing.T) {
	flat := `{"mode": "managed", "type": "huaweicloud_vpc", "name": "old", "instances": [{"attributes_flat": {"id": "` + secret + `"}}]}`
	got := shownFacts(joinedOf(t, []string{flat, resource("data", "huaweicloud_vpcs", "all", `{"vpcs": ["`+secret+`"]}`)}))
	const want = `left data.huaweicloud_vpcs.all (0) (file0.tfstate): This is a string. Expected an object.
left huaweicloud_vpc.old (file0.tfstate): Its attributes are stored as Terraform 0.11 did. ` +
		"Run terraform apply -refresh-only, which stores them anew."
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A data source that is in the plan and in the state before it is as planned.
func TestAPlannedDataSourceIsNotReadFromTheStateBeforeIt(t *testing.T) {
	data := func(cidr string) string {
		return `{"root_module": {"resources": [{"address": "data.huaweicloud_vpc.a", "mode": "data", "type": "huaweicloud_vpc", "name": "a",
		  "values": {"id": "1", "cidr": "` + cidr + `"}}]}}`
	}
	text := `{"format_version": "1.2", "planned_values": ` + data("10.1.0.0/16") +
		`, "prior_state": {"values": ` + data("10.0.0.0/16") + "}}"
	contents, err := Read("plan.json", []byte(text), Of(clouds.Default()))
	if err != nil {
		t.Fatal(err)
	}
	const want = "a [10.1.0.0/16] subnets [] routes [] hubs [] peers []"
	if got := shownFacts(Join(clouds.Default(), []Contents{contents})); got != want || len(contents.Objects) != 1 {
		t.Errorf("%d objects, got\n%s\nwant\n%s", len(contents.Objects), got, want)
	}
}
