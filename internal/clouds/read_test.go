package clouds

import (
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// m is an object.
type m = map[string]any

// read reads an object of a type of the shipped data.
func read(t *testing.T, name string, v m) (Object, []topology.Fault) {
	t.Helper()
	return shippedType(t, name).Read(fake{v}, topology.Path{}.Attr("it"))
}

// shippedType is a type of the shipped data.
func shippedType(t *testing.T, name string) *Type {
	t.Helper()
	for _, platform := range Default().Platforms() {
		if typ := Default().Platform(platform).Types[name]; typ != nil {
			return typ
		}
	}
	t.Fatalf("there is no type %s", name)
	return nil
}

// noRanges is a list that is known to be empty, ranges one with ranges, openRanges one that is known only after apply.
var (
	noRanges   Known[[]string]
	openRanges = afterApply[[]string]()
)

func ranges(of ...string) Known[[]string] { return known(of) }

func TestRangesOfAnObject(t *testing.T) {
	for name, c := range map[string]struct {
		typ                    string
		object                 m
		ipv4, ipv6, pods, svcs Known[[]string]
	}{
		"a list and a text": {
			typ: "huaweicloud_vpc", object: m{"cidr": "10.0.0.0/16", "secondary_cidrs": []any{"10.1.0.0/16", "10.2.0.0/16"}},
			ipv4: ranges("10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"),
		},
		"each range once": {
			typ:    "huaweicloud_vpc",
			object: m{"cidr": "10.0.0.0/16", "secondary_cidr": "10.1.0.0/16", "secondary_cidrs": []any{"10.1.0.0/16"}},
			ipv4:   ranges("10.0.0.0/16", "10.1.0.0/16"),
		},
		"ranges with host bits, spaces or without a length, as the cloud received them": {
			typ:    "huaweicloud_vpc",
			object: m{"cidr": " 10.0.0.1/16", "secondary_cidr": "10.0.0.0/16", "secondary_cidrs": []any{"10.1.2.3"}},
			ipv4:   ranges("10.0.0.0/16", "10.1.2.3/32"),
		},
		"empty texts and null are none": {
			typ: "huaweicloud_vpc", object: m{"cidr": "10.0.0.0/16", "secondary_cidr": "", "secondary_cidrs": []any{"", nil}},
			ipv4: ranges("10.0.0.0/16"),
		},
		"attributes that are missing are none": {
			typ: "data.alicloud_vpcs", object: m{}, ipv4: noRanges,
		},
		"IPv6 ranges among those of IPv4 are moved": {
			typ: "alicloud_vpn_connection", object: m{"remote_subnet": []any{"fd00::/64", "10.9.0.0/16"}},
			ipv4: ranges("10.9.0.0/16"), ipv6: ranges("fd00::/64"),
		},
		"IPv6 ranges of their own attribute": {
			typ: "data.ctyun_vpcs", object: m{"cidr": "10.0.0.0/16", "ipv6_cidrs": []any{"fd00::/56"}},
			ipv4: ranges("10.0.0.0/16"), ipv6: ranges("fd00::/56"),
		},
		"a text of several, separated by commas": {
			typ:    "huaweicloud_cce_cluster",
			object: m{"container_network_cidr": "10.0.0.0/16, 10.1.0.0/16,", "service_network_cidr": "10.247.0.0/16"},
			pods:   ranges("10.0.0.0/16", "10.1.0.0/16"), svcs: ranges("10.247.0.0/16"),
		},
		"a dual stack cluster": {
			typ: "alicloud_cs_managed_kubernetes", object: m{"service_cidr": "172.19.0.0/20,fd00::/112"}, svcs: ranges("172.19.0.0/20"),
		},
		"lists of objects on the way": {
			typ: "tencentcloud_vpn_connection", object: m{"security_group_policy": []any{
				m{"local_cidr_block": forbidden{}, "remote_cidr_block": []any{"10.1.0.0/16"}},
				m{"remote_cidr_block": []any{"10.2.0.0/16"}}, nil,
			}}, ipv4: ranges("10.1.0.0/16", "10.2.0.0/16"),
		},
		"an object on the way": {
			typ:    "ctyun_ccse_cluster",
			object: m{"base_info": m{"pod_cidr": "10.0.0.0/16", "password": forbidden{}}}, pods: ranges("10.0.0.0/16"),
		},
		"an unknown object on the way": {typ: "ctyun_ccse_cluster", object: m{"base_info": unknown{}}, pods: openRanges, svcs: openRanges},
		"an old state with an empty text for an object": {
			typ:    "huaweicloud_cce_cluster",
			object: m{"container_network_cidr": "10.0.0.0/16", "extend_params": ""}, pods: ranges("10.0.0.0/16"),
		},
		"an unknown range makes the list unknown, and the one of IPv6, which it may belong to": {
			typ:    "alicloud_vpn_connection",
			object: m{"id": "vco-1", "remote_subnet": []any{"10.9.0.0/16", unknown{}}}, ipv4: openRanges, ipv6: openRanges,
		},
		"an unknown IPv6 list stays unknown beside an IPv6 range among those of IPv4": {
			typ: "data.alicloud_vpcs", object: m{"cidr_block": "fd00::/56", "ipv6_cidr_block": unknown{}}, ipv6: openRanges,
		},
		"an unknown IPv6 range leaves IPv4 known": {
			typ: "data.ctyun_vpcs", object: m{"cidr": "10.0.0.0/16", "ipv6_cidrs": unknown{}},
			ipv4: ranges("10.0.0.0/16"), ipv6: openRanges,
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, faults := read(t, c.typ, c.object)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			for _, list := range []struct {
				what          string
				got, expected Known[[]string]
			}{{"IPv4", o.CIDRs, c.ipv4}, {"IPv6", o.IPv6CIDRs, c.ipv6}, {"Pods", o.Pods, c.pods}, {"Services", o.Services, c.svcs}} {
				if list.got.AfterApply != list.expected.AfterApply || len(list.got.Value)+len(list.expected.Value) > 0 &&
					!reflect.DeepEqual(list.got.Value, list.expected.Value) {
					t.Errorf("%s: %+v, expected %+v", list.what, list.got, list.expected)
				}
			}
		})
	}
}

func TestWhatIsUnknownOnlyBecauseTheObjectIsNew(t *testing.T) {
	for name, c := range map[string]struct {
		typ        string
		object     m
		ipv4, ipv6 Known[[]string]
	}{
		"secondary ranges of a new VPC are none": {
			typ:    "huaweicloud_vpc",
			object: m{"id": unknown{}, "cidr": "10.0.0.0/16", "secondary_cidrs": unknown{}}, ipv4: ranges("10.0.0.0/16"),
		},
		"those of a VPC that exists are unknown": {
			typ: "huaweicloud_vpc", object: m{"id": "vpc-1", "cidr": "10.0.0.0/16", "secondary_cidrs": unknown{}},
			ipv4: openRanges, ipv6: openRanges,
		},
		"a list with an unknown range is not none": {
			typ:    "huaweicloud_vpc",
			object: m{"id": unknown{}, "cidr": "10.0.0.0/16", "secondary_cidrs": []any{unknown{}}}, ipv4: openRanges, ipv6: openRanges,
		},
		"the main range of a new VPC is not none": {
			typ: "huaweicloud_vpc", object: m{"id": unknown{}, "cidr": unknown{}, "secondary_cidrs": unknown{}},
			ipv4: openRanges, ipv6: openRanges,
		},
		"the IPv6 range of a new VPC without IPv6 is none": {
			typ: "alicloud_vpc", object: m{"id": unknown{}, "cidr_block": "10.0.0.0/16", "secondary_cidr_blocks": unknown{},
				"ipv6_cidr_block": unknown{}, "enable_ipv6": unknown{}}, ipv4: ranges("10.0.0.0/16"),
		},
		"the IPv6 range of a new VPC with IPv6 is unknown": {
			typ: "alicloud_vpc", object: m{"id": unknown{}, "cidr_block": "10.0.0.0/16", "secondary_cidr_blocks": unknown{},
				"ipv6_cidr_block": unknown{}, "enable_ipv6": true}, ipv4: ranges("10.0.0.0/16"), ipv6: openRanges,
		},
		"the IPv6 range of a new subnet whose flag is not known is unknown": {
			typ:    "huaweicloud_vpc_subnet",
			object: m{"id": unknown{}, "cidr": "10.0.0.0/24", "ipv6_cidr": unknown{}, "ipv6_enable": unknown{}},
			ipv4:   ranges("10.0.0.0/24"), ipv6: openRanges,
		},
		"the IPv6 range of a new subnet whose flag is false is none": {
			typ: "huaweicloud_vpc_subnet", object: m{"id": unknown{}, "cidr": "10.0.0.0/24", "ipv6_cidr": unknown{}, "ipv6_enable": false},
			ipv4: ranges("10.0.0.0/24"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, faults := read(t, c.typ, c.object)
			if len(faults) > 0 || !reflect.DeepEqual(o.CIDRs, c.ipv4) || !reflect.DeepEqual(o.IPv6CIDRs, c.ipv6) {
				t.Errorf("%+v and %+v (%v), expected %+v and %+v", o.CIDRs, o.IPv6CIDRs, faults, c.ipv4, c.ipv6)
			}
		})
	}
}

func TestReferencesAndLabelsOfAnObject(t *testing.T) {
	o, faults := read(t, "alicloud_cen_transit_router_vpc_attachment", m{
		"id": "tr-1:att-1", "transit_router_attachment_id": "att-1", "vpc_id": " vpc-1 ", "transit_router_id": unknown{}, "cen_id": "cen-1",
		"region_id": "cn-hangzhou", "vpc": "prod", "hub": "", "peer": nil,
	})
	expected := Object{
		Type: o.Type, Counts: known(true), IDs: Refs{known("tr-1:att-1"), known("att-1")}, VPC: Refs{known("vpc-1")},
		Hub: Refs{afterApply[string](), known("cen-1")}, Region: known("cn-hangzhou"), Labels: Labels{VPC: known("prod")},
		CIDRs: o.CIDRs, IPv6CIDRs: o.IPv6CIDRs, Pods: o.Pods, PodsIPv6: o.PodsIPv6, Services: o.Services, ServicesIPv6: o.ServicesIPv6,
	}
	if len(faults) > 0 || !reflect.DeepEqual(o, expected) {
		t.Errorf("%+v (%v), expected %+v", o, faults, expected)
	}
}

func TestAttachmentsOfOtherThingsThanVPCsDoNotCount(t *testing.T) {
	for value, expected := range map[any]Known[bool]{
		"VPC": known(true), "vpc": known(true), "DIRECTCONNECT": known(false),
		nil: known(true), "": known(true), unknown{}: afterApply[bool](),
	} {
		o, _ := read(t, "tencentcloud_ccn_attachment", m{"instance_type": value})
		if o.Counts != expected {
			t.Errorf("%v: %+v, expected %+v", value, o.Counts, expected)
		}
	}
}

func TestPodSubnetsOfAMapAreThoseOfItsMembers(t *testing.T) {
	zones := func(ids any) m {
		subnets := []any{m{"zone_and_id": ids}}
		return m{"cluster_spec": []any{m{"container_network_config": []any{m{"eni_vpc_subnet_ids": subnets}}}}}
	}
	for name, test := range map[string]struct {
		ids  any
		want Refs
	}{
		"one a zone":            {m{"zoneD": "sbn-d", "zoneA": "sbn-a"}, Refs{known("sbn-a"), known("sbn-d")}},
		"known after apply":     {unknown{}, Refs{afterApply[string]()}},
		"one known after apply": {m{"zoneA": unknown{}, "zoneD": "sbn-d"}, Refs{afterApply[string](), known("sbn-d")}},
		"none":                  {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, faults := read(t, "baiducloud_ccev2_cluster", zones(test.ids))
			if len(faults) > 0 || !slices.Equal(got.PodSubnets, test.want) {
				t.Errorf("%v (%v), want %v", got.PodSubnets, faults, test.want)
			}
		})
	}
}

func TestAMaskMayBeANumberOrAText(t *testing.T) {
	for _, c := range []struct {
		typ    string
		object m
		mask   Known[string]
	}{
		{"alicloud_cs_managed_kubernetes", m{"node_cidr_mask": 25}, known("25")},
		{"data.alicloud_cs_clusters", m{"node_cidr_mask": "25"}, known("25")},
		{"data.alicloud_cs_clusters", m{"node_cidr_mask": ""}, known("")},
		{"huaweicloud_cce_cluster", m{"extend_params": []any{m{"fix_pool_mask": "26"}}}, known("26")},
		{"alicloud_cs_managed_kubernetes", m{"node_cidr_mask": unknown{}}, afterApply[string]()},
	} {
		if o, _ := read(t, c.typ, c.object); o.NodeCIDRMask != c.mask {
			t.Errorf("%s %v: %+v, expected %+v", c.typ, c.object, o.NodeCIDRMask, c.mask)
		}
	}
}

func TestWhatHasAnotherTypeThanItsPathNeedsIsAFault(t *testing.T) {
	for name, c := range map[string]struct {
		typ    string
		object m
		at     string
		is     topology.WrongType
	}{
		"an object for a range": {
			"huaweicloud_vpc",
			m{"cidr": m{"v4": forbidden{}}}, "it.cidr", topology.WrongType{Is: topology.ObjectType, Want: topology.TextOrListType},
		},
		"an object in a list of ranges": {
			"huaweicloud_vpc", m{"secondary_cidrs": []any{"10.0.0.0/16", m{}}}, "it.secondary_cidrs[1]",
			topology.WrongType{Is: topology.ObjectType, Want: topology.TextOrListType},
		},
		"a text where an object is on the way": {
			"ctyun_ccse_cluster", m{"base_info": "x"}, "it.base_info", topology.WrongType{Is: topology.TextType, Want: topology.ObjectType},
		},
		"an object for a range in an object": {
			"ctyun_ccse_cluster", m{"base_info": m{"pod_cidr": m{}}}, "it.base_info.pod_cidr",
			topology.WrongType{Is: topology.ObjectType, Want: topology.TextOrListType},
		},
		"an object for a label": {
			"huaweicloud_vpc", m{"vpc": m{}}, "it.vpc", topology.WrongType{Is: topology.ObjectType, Want: topology.TextType},
		},
		"a text for a route": {
			"huaweicloud_vpc_route_table",
			m{"route": []any{"10.0.0.0/8"}}, "it.route[0]", topology.WrongType{Is: topology.TextType, Want: topology.ObjectType},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := read(t, c.typ, c.object)
			if len(faults) != 1 || faults[0].At.String() != c.at || faults[0].Problem != c.is {
				t.Errorf("%v, expected %s: %+v", faults, c.at, c.is)
			}
		})
	}
}
