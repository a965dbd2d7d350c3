package clouds

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestEveryObjectOfAProviderIsOfItsType(t *testing.T) {
	forTypes(t, func(t *testing.T, typ *Type, attributes map[string]*attribute) {
		object := m{}
		for name := range attributes {
			object[name] = forbidden{} // the names decide, not the values
		}
		platform := platformOf(typ)
		for _, labels := range []m{{}, {LabelVPC: "prod", LabelHub: "main", LabelPeer: "test"}} {
			for label, value := range labels {
				object[label] = value
			}
			got, fault := Default().Match(platform, typ.Argument, fake{object}, nil)
			if fault != nil {
				t.Fatal(fault)
			}
			if got != typ && !slices.Equal(readOf(got), readOf(typ)) {
				t.Errorf("it is of %s", got.Name)
			}
		}
		for _, elsewhere := range Default().Platforms() {
			for _, argument := range Arguments {
				if elsewhere == platform && argument == typ.Argument || len(Default().Platform(elsewhere).Of(argument)) == 0 {
					continue
				}
				if got, fault := Default().Match(elsewhere, argument, fake{object}, nil); fault == nil {
					t.Errorf("in %s of %s it is of %s", argument, elsewhere, got.Name)
				}
			}
		}
	})
}

// readOf are the paths of a type but for the flags that matter only to new objects.
func readOf(typ *Type) []string {
	flags := slices.Collect(maps.Values(typ.AbsentUnless))
	return slices.DeleteFunc(typ.Paths(), func(path string) bool { return slices.Contains(flags, path) })
}

// platformOf is the platform of a type of the shipped data.
func platformOf(typ *Type) string {
	for _, name := range Default().Platforms() {
		if Default().Platform(name).Types[typ.Name] == typ {
			return name
		}
	}
	return ""
}

func TestTheTypeOfAnObjectThatSomebodyWroteByHand(t *testing.T) {
	for name, c := range map[string]struct {
		platform string
		argument Argument
		object   m
		typ      string
	}{
		"a VPC with its range":    {"huaweicloud", VPCs, m{"cidr": "10.0.0.0/16"}, "huaweicloud_vpc"},
		"a VPC with ID and range": {"alicloud", VPCs, m{"id": "vpc-1", "cidr_block": "10.0.0.0/16"}, "alicloud_vpc"},
		"a VPC with some of its ranges": {
			"alicloud", VPCs, m{"id": "vpc-1", "cidr_block": "10.0.0.0/16", "secondary_cidr_blocks": nil}, "alicloud_vpc",
		},
		"a VPC of an older provider": {
			"huaweicloud", VPCs, m{"id": "x", "cidr": "x", "name": "x", "region": "x", "tags": m{}}, "huaweicloud_vpc",
		},
		"a subnet with a label": {"tencentcloud", Subnets, m{"cidr_block": "10.0.0.0/24", "vpc": "prod"}, "tencentcloud_subnet"},
		"a subnet with ID and range": {
			"tencentcloud", Subnets, m{"id": "subnet-1", "cidr_block": "10.0.0.0/24"}, "tencentcloud_subnet",
		},
		"a gateway with its ID":           {"huaweicloud", Gateways, m{"id": "er-1"}, "huaweicloud_cc_connection"},
		"an attachment with labels alone": {"huaweicloud", Attachments, m{"vpc": "prod", "hub": "main"}, "huaweicloud_cc_network_instance"},
		"a peering with labels alone":     {"alicloud", Peerings, m{"vpc": "prod", "peer": "test"}, "alicloud_vpc_peer_connection"},
		"a route": {
			"ctyun", Routes, m{"destination": "10.9.0.0/16", "next_hop_type": "dc", "vpc": "prod"}, "ctyun_vpc_route_table_rule",
		},
		"a cluster": {"tencentcloud", Clusters, m{"cluster_cidr": "10.9.0.0/16"}, "tencentcloud_kubernetes_cluster"},
	} {
		t.Run(name, func(t *testing.T) {
			got, fault := Default().Match(c.platform, c.argument, fake{c.object}, nil)
			if fault != nil {
				t.Fatal(fault)
			}
			if got.Name != c.typ {
				t.Errorf("it is of %s, expected %s", got.Name, c.typ)
			}
		})
	}
}

// peering has all attributes of peerings of two clouds.
var peering = m{
	"id": "x", "vpc_id": "x", "peer_vpc_id": "x", "region": "x", "request_vpc_id": "x", "accept_vpc_id": "x", "region_id": "x",
}

func TestAnObjectOfTwoCloudsIsOfTheCloudOfItsArgument(t *testing.T) {
	for platform, expected := range map[string]string{
		"huaweicloud": "huaweicloud_vpc_peering_connection", "ctyun": "ctyun_vpc_peer_connection",
	} {
		if typ, fault := Default().Match(platform, Peerings, fake{peering}, nil); fault != nil || typ.Name != expected {
			t.Errorf("%s: %v (%v), expected %s", platform, typ, fault, expected)
		}
	}
}

func TestObjectsThatDoNotBelongInTheirArgument(t *testing.T) {
	at := topology.Path{}.Attr("huaweicloud").Attr("vpcs").Key("prod")
	vpcs := []string{"huaweicloud_vpc", "data.huaweicloud_vpc", "data.huaweicloud_vpcs"}
	subnet := m{
		"id":             "x",
		"subnet_id":      "x",
		"ipv4_subnet_id": "x",
		"cidr":           "x",
		"ipv6_cidr":      "x",
		"ipv6_enable":    "x",
		"vpc_id":         "x",
		"region":         "x",
		"name":           "x",
		"status":         "x",
	}
	alicloudVPC := m{
		"id":                    "x",
		"cidr_block":            "x",
		"secondary_cidr_blocks": nil,
		"ipv6_cidr_block":       nil,
		"enable_ipv6":           nil,
		"region_id":             "x",
		"route_table_id":        "x",
		"vpc_name":              "x",
	}
	attachments := []string{"huaweicloud_cc_network_instance", "huaweicloud_er_vpc_attachment", "data.huaweicloud_er_attachments"}
	for name, c := range map[string]struct {
		argument Argument
		object   any
		expected any
	}{
		"an object of another argument": {
			VPCs, subnet, WrongObject{"huaweicloud", VPCs, vpcs, "huaweicloud_vpc_subnet", "huaweicloud", Subnets},
		},
		"an object of another cloud": {
			VPCs, alicloudVPC, WrongObject{"huaweicloud", VPCs, vpcs, "alicloud_vpc", "alicloud", VPCs},
		},
		"an object without any path": {VPCs, m{"name": "x", "id": "x"}, WrongObject{"huaweicloud", VPCs, vpcs, "", "", ""}},
		"labels alone, of a VPC":     {VPCs, m{"vpc": "x"}, WrongObject{"huaweicloud", VPCs, vpcs, "", "", ""}},
		"an empty object, of an attachment": {
			Attachments, m{}, WrongObject{"huaweicloud", Attachments, attachments, "", "", ""},
		},
		"an object of two clouds, of which the own one counts": {
			VPCs, peering, WrongObject{"huaweicloud", VPCs, vpcs, "huaweicloud_vpc_peering_connection", "huaweicloud", Peerings},
		},
		"an empty object": {VPCs, m{}, WrongObject{"huaweicloud", VPCs, vpcs, "", "", ""}},
		"a text":          {VPCs, "10.0.0.0/16", topology.WrongType{Is: topology.TextType, Want: topology.ObjectType}},
		"an unlisted type as a gateway": {
			Gateways, m{"id": "eip-1", "region": "x", "bandwidth": "x"},
			WrongObject{"huaweicloud", Gateways, []string{"huaweicloud_cc_connection", "huaweicloud_er_instance"}, "", "", ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			typ, fault := Default().Match("huaweicloud", c.argument, fake{c.object}, at)
			if typ != nil || fault == nil {
				t.Fatalf("it is of %v", typ)
			}
			if fault.At.String() != at.String() || !reflect.DeepEqual(fault.Problem, c.expected) {
				t.Errorf("%+v, expected %+v", fault, c.expected)
			}
		})
	}
}
