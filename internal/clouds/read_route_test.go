package clouds

import (
	"reflect"
	"testing"
)

// routeOf is a route that occupies its destination.
func routeOf(destination, hop string) ObjectRoute {
	return ObjectRoute{Destination: known(destination), NextHop: known(hop)}
}

func TestARouteOfEachCloud(t *testing.T) {
	summary := func(r ObjectRoute) ObjectRoute { r.Summary = known(true); return r }
	skipped := func(r ObjectRoute) ObjectRoute { r.Skipped = known(true); return r }
	for name, c := range map[string]struct {
		typ      string
		object   m
		expected ObjectRoute
	}{
		"of alicloud, to a VPN": {
			"alicloud_route_entry", m{"destination_cidrblock": "10.9.0.0/16", "nexthop_type": "VpnGateway"}, routeOf("10.9.0.0/16", "vpn"),
		},
		"of alicloud, without a type: an instance": {
			"alicloud_route_entry", m{"destination_cidrblock": "10.9.0.0/16", "nexthop_type": nil}, routeOf("10.9.0.0/16", "instance"),
		},
		"of alicloud, a private block to the transit router": {
			"alicloud_route_entry", m{"destination_cidrblock": "10.0.0.0/8", "nexthop_type": "Attachment"},
			summary(routeOf("10.0.0.0/8", "transit")),
		},
		"of alicloud, a private block to a VPN": {
			"alicloud_route_entry", m{"destination_cidrblock": "10.0.0.0/8", "nexthop_type": "VpnGateway"}, routeOf("10.0.0.0/8", "vpn"),
		},
		"of alicloud, of the system": {
			"data.alicloud_route_entries", m{"cidr_block": "10.1.0.0/24", "next_hop_type": "local", "type": "System"},
			skipped(routeOf("10.1.0.0/24", "")),
		},
		"of alicloud, of services of the cloud": {
			"data.alicloud_route_entries", m{"cidr_block": "100.64.0.0/10", "next_hop_type": "service", "type": "System"},
			skipped(routeOf("100.64.0.0/10", "")),
		},
		"of alicloud, of the system to a gateway": {
			"data.alicloud_route_entries", m{"cidr_block": "10.1.0.0/24", "next_hop_type": "Attachment", "type": "system"},
			skipped(routeOf("10.1.0.0/24", "transit")),
		},
		"of alicloud, an aggregation": {
			"alicloud_cen_transit_route_table_aggregation", m{"transit_route_table_aggregation_cidr": "10.64.0.0/10"},
			summary(ObjectRoute{Destination: known("10.64.0.0/10")}),
		},
		"of huaweicloud, of the enterprise router itself": {
			"huaweicloud_vpc_route", m{"destination": "172.16.0.0/12", "type": "er"}, summary(routeOf("172.16.0.0/12", "transit")),
		},
		"of huaweicloud, to a part of a private block": {
			"huaweicloud_vpc_route", m{"destination": "172.16.0.0/16", "type": "er"}, routeOf("172.16.0.0/16", "transit"),
		},
		"of huaweicloud, with a new word": {
			"huaweicloud_vpc_route", m{"destination": "10.9.0.0/16", "type": "satellite"}, routeOf("10.9.0.0/16", "other"),
		},
		"of huaweicloud, local": {
			"data.huaweicloud_vpc_routes", m{"destination": "10.9.0.0/16", "type": "local"}, skipped(routeOf("10.9.0.0/16", "")),
		},
		"of huaweicloud, of a hub to a VPC": {
			"data.huaweicloud_er_available_routes", m{"destination": "10.9.0.0/16", "next_hops": []any{m{"resource_type": "vpc"}}},
			skipped(routeOf("10.9.0.0/16", "")),
		},
		"of huaweicloud, of a hub to two gateways": {
			"data.huaweicloud_er_available_routes", m{"destination": "10.9.0.0/16",
				"next_hops": []any{m{"resource_type": "vgw"}, m{"resource_type": "vgw"}}}, routeOf("10.9.0.0/16", "idc"),
		},
		"of huaweicloud, of a hub to a VPC and a gateway": {
			"data.huaweicloud_er_available_routes", m{"destination": "10.9.0.0/16",
				"next_hops": []any{m{"resource_type": "vpc"}, m{"resource_type": "vgw"}}}, routeOf("10.9.0.0/16", "other"),
		},
		"of tencentcloud, to a CCN": {
			"tencentcloud_route_table_entry",
			m{"destination_cidr_block": "10.9.0.0/16", "next_type": "CCN"}, routeOf("10.9.0.0/16", "transit"),
		},
		"of ctyun, of IPv6": {
			"ctyun_vpc_route_table_rule", m{"destination": "fd00::/64", "next_hop_type": "igw6"}, routeOf("fd00::/64", "internet"),
		},
		"of aws, to a transit gateway": {
			"aws_route",
			m{"destination_cidr_block": "10.9.0.0/16", "transit_gateway_id": "tgw-1", "gateway_id": "", "network_interface_id": nil},
			routeOf("10.9.0.0/16", "transit"),
		},
		"of aws, to a transit gateway that is new": {
			"aws_route", m{"destination_cidr_block": "10.9.0.0/16", "transit_gateway_id": unknown{}, "network_interface_id": unknown{}},
			routeOf("10.9.0.0/16", "transit"),
		},
		"of aws, to a gateway that is new": {
			"aws_route", m{"destination_cidr_block": "0.0.0.0/0", "gateway_id": unknown{}, "network_interface_id": unknown{}},
			routeOf("0.0.0.0/0", "other"),
		},
		"of aws, of IPv6": {
			"aws_route", m{"destination_cidr_block": nil, "destination_ipv6_cidr_block": "::/0", "egress_only_gateway_id": "eigw-1"},
			routeOf("::/0", "internet"),
		},
		"of aws, local": {
			"aws_route", m{"destination_cidr_block": "10.9.0.0/16", "gateway_id": "local"}, skipped(routeOf("10.9.0.0/16", "")),
		},
		"of aws, to a prefix list": {"aws_route", m{"gateway_id": "vpce-1"}, routeOf("", "other")},
		"to what is not known yet": {
			"tencentcloud_route_table_entry", m{"destination_cidr_block": unknown{}, "next_type": unknown{}},
			ObjectRoute{Destination: afterApply[string](), NextHop: afterApply[string]()},
		},
		"that may turn out to be a summary": {
			"huaweicloud_vpc_route", m{"destination": "10.0.0.0/8", "type": unknown{}},
			ObjectRoute{Destination: known("10.0.0.0/8"), NextHop: afterApply[string](), Summary: afterApply[bool]()},
		},
		"that may turn out to lead to a whole private block": {
			"huaweicloud_vpc_route", m{"destination": unknown{}, "type": "er"},
			ObjectRoute{Destination: afterApply[string](), NextHop: known("transit"), Summary: afterApply[bool]()},
		},
		"that can be no summary": {
			"huaweicloud_vpc_route", m{"destination": unknown{}, "type": "vpn"},
			ObjectRoute{Destination: afterApply[string](), NextHop: known("vpn")},
		},
		"that may turn out to be local": {
			"data.ctyun_vpc_route_table_rules", m{"destination": "10.0.0.0/8", "next_hop_type": unknown{}},
			ObjectRoute{Destination: known("10.0.0.0/8"), NextHop: afterApply[string](), Skipped: afterApply[bool]()},
		},
		"that may turn out to be of the system": {
			"data.alicloud_route_entries", m{"cidr_block": "10.1.0.0/16", "next_hop_type": "Instance", "type": unknown{}},
			ObjectRoute{Destination: known("10.1.0.0/16"), NextHop: known("instance"), Skipped: afterApply[bool]()},
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, faults := read(t, c.typ, c.object)
			if len(faults) > 0 || !reflect.DeepEqual(o.Routes, known([]ObjectRoute{c.expected})) {
				t.Errorf("%+v (%v), expected %+v", o.Routes, faults, c.expected)
			}
		})
	}
}

func TestRoutesInARouteTable(t *testing.T) {
	local := ObjectRoute{Destination: known("10.0.0.0/16"), NextHop: known("other"), Skipped: known(true)}
	for name, c := range map[string]struct {
		typ      string
		object   m
		expected Known[[]ObjectRoute]
	}{
		"with the empty elements that the provider of tencentcloud begins the list with": {
			"data.tencentcloud_vpc_route_tables", m{"route_entry_infos": []any{
				m{"destination_cidr_block": "", "next_type": "", "next_hub": ""},
				nil,
				m{"destination_cidr_block": "10.0.0.0/16", "next_type": "LOCAL", "next_hub": "Local", "description": forbidden{}},
				m{"destination_cidr_block": "10.9.0.0/16", "next_type": "DIRECTCONNECT", "next_hub": "dcg-1"},
			}}, known([]ObjectRoute{{}, local, routeOf("10.9.0.0/16", "idc")}),
		},
		"without routes": {"huaweicloud_vpc_route_table", m{"route": []any{}}, known([]ObjectRoute(nil))},
		"with routes that are unknown": {
			"huaweicloud_vpc_route_table", m{"id": unknown{}, "route": unknown{}}, afterApply[[]ObjectRoute](),
		},
		"with a route that is unknown": {
			"huaweicloud_vpc_route_table", m{"route": []any{unknown{}}}, afterApply[[]ObjectRoute](),
		},
		"that is new and has none, which is computed": {
			"aws_route_table", m{"id": unknown{}, "route": unknown{}}, known([]ObjectRoute(nil)),
		},
		"without a path of routes": {
			"tencentcloud_route_table", m{"route_entry_ids": forbidden{}}, known([]ObjectRoute(nil)),
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, faults := read(t, c.typ, c.object)
			if len(faults) > 0 || !reflect.DeepEqual(o.Routes, c.expected) {
				t.Errorf("%+v (%v), expected %+v", o.Routes, faults, c.expected)
			}
		})
	}
}
