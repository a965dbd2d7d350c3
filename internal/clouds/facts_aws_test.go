package clouds

import "testing"

// A network of AWS with an office behind a VPN connection and a data center behind Direct Connect, before anything exists: each object
// refers to others by IDs that are known only after apply, and keys and labels say what belongs to what.
func awsNetwork(isNew bool) map[string]any {
	id := func(id string) any {
		if isNew {
			return unknown{}
		}
		return id
	}
	routes := func(lans ...any) any {
		if isNew {
			return unknown{}
		}
		return lans
	}
	everything := any("0.0.0.0/0")
	if isNew {
		everything = unknown{}
	}
	return m{
		"vpcs":     m{"prod": m{"id": id("vpc-1"), "cidr_block": "10.0.0.0/16", "assign_generated_ipv6_cidr_block": false}},
		"gateways": m{"tgw": m{"id": id("tgw-1"), "amazon_side_asn": 64512, "transit_gateway_cidr_blocks": []any{"10.254.0.0/24"}}},
		"attachments": m{"prod": m{
			"id": id("att-1"), "vpc_id": id("vpc-1"), "transit_gateway_id": id("tgw-1"), "subnet_ids": []any{}}},
		"prefix_lists": m{"lan": m{"id": id("pl-1"), "max_entries": 2,
			"entry": []any{m{"cidr": "192.168.8.0/24"}, m{"cidr": "192.168.9.0/24"}}}},
		"site_gateways": m{
			"prod": m{"id": id("vgw-1"), "amazon_side_asn": 64512, "availability_zone": nil, "vpc_id": id("vpc-1")},
			"dx": m{"id": id("ga-1"), "dx_gateway_id": "dxgw-1", "associated_gateway_id": id("tgw-1"),
				"allowed_prefixes": []any{"10.0.0.0/16"}, "transit_gateway_attachment_id": id("att-2")},
		},
		"connections": m{
			"office": m{"id": id("vpn-1"), "customer_gateway_id": id("cgw-1"), "vpn_gateway_id": id("vgw-1"), "transit_gateway_id": nil,
				"transit_gateway_attachment_id": id(""), "local_ipv4_network_cidr": everything, "local_ipv6_network_cidr": everything,
				"routes": routes(m{"destination_cidr_block": "172.16.1.0/24"}), "tunnel1_preshared_key": forbidden{}, "vpc": "prod"},
			"office/lan": m{"id": id("r-1"), "destination_cidr_block": "172.16.1.0/24", "vpn_connection_id": id("vpn-1")},
			"clients": m{"id": id("cvpn-1"), "client_cidr_block": "172.20.0.0/22", "server_certificate_arn": forbidden{},
				"vpc_id": id("vpc-1"), "vpc": "prod"},
		},
		"hub_routes": m{
			"dc": m{"id": id("h-1"), "destination_cidr_block": "172.30.0.0/16", "transit_gateway_attachment_id": id("att-2"),
				"transit_gateway_route_table_id": id("rtb-1"), "blackhole": false},
			"dropped": m{"id": id("h-2"), "destination_cidr_block": "10.0.0.0/8", "transit_gateway_attachment_id": nil,
				"transit_gateway_route_table_id": id("rtb-1"), "blackhole": true},
		},
	}
}

func factsOfAWS(t *testing.T, objects map[string]any) Facts {
	t.Helper()
	facts, faults := Default().Facts(fake{m{"aws": objects}})
	if len(faults) > 0 {
		t.Fatalf("%+v", faults)
	}
	return facts
}

func TestSitesOfAWS(t *testing.T) {
	const want = "clients=172.20.0.0/22 hubs  peers prod dc=172.30.0.0/16 hubs tgw peers  " +
		"office/lan=172.16.1.0/24 hubs  peers prod tgw/own=10.254.0.0/24 hubs tgw peers "
	facts := factsOfAWS(t, awsNetwork(false))
	if got := shownSites(facts); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	wantUnplaced(t, facts, "")
}

// In the first plan, whether a route leads over the attachment of the VPC is known only after apply, unless it is left out here.
func TestSitesOfAWSInTheFirstPlan(t *testing.T) {
	const want = "clients=172.20.0.0/22 hubs  peers prod office/lan=172.16.1.0/24 hubs  peers prod tgw/own=10.254.0.0/24 hubs tgw peers "
	objects := awsNetwork(true)
	if facts := factsOfAWS(t, objects); !facts.Sites.AfterApply {
		t.Errorf("%+v", facts.Sites)
	}
	delete(objects, "hub_routes")
	if got := shownSites(factsOfAWS(t, objects)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRoutesOfATransitGateway(t *testing.T) {
	table := func(routes ...m) Facts {
		objects, of := awsNetwork(false), m{}
		for _, r := range routes {
			of[r["destination_cidr_block"].(string)] = r
		}
		objects["hub_routes"], objects["connections"] = of, m{}
		return factsOfAWS(t, objects)
	}
	route := func(destination, how, state string) m {
		return m{"destination_cidr_block": destination, "prefix_list_id": "", "state": state, "type": how,
			"transit_gateway_route_table_announcement_id": ""}
	}
	facts := table(route("10.0.0.0/16", "propagated", "active"), route("172.16.0.0/12", "propagated", "active"),
		route("10.0.0.0/8", "static", "blackhole"), route("0.0.0.0/0", "static", "active"))
	if got := shownSites(facts); got != "172.16.0.0/12=172.16.0.0/12 hubs tgw peers  tgw/own=10.254.0.0/24 hubs tgw peers " {
		t.Error(got)
	}
}

func TestRoutesOfAWSToPrefixLists(t *testing.T) {
	objects := awsNetwork(false)
	objects["hub_routes"] = m{"lan": m{"id": "x", "prefix_list_id": "pl-1", "transit_gateway_attachment_id": "att-2", "blackhole": false}}
	objects["routes"] = m{
		"prod/lan": m{"id": "r-1", "route_table_id": "rtb-1", "destination_prefix_list_id": "pl-1", "transit_gateway_id": "tgw-1"},
		"prod/s3":  m{"id": "r-2", "route_table_id": "rtb-1", "destination_prefix_list_id": "pl-63a5400a", "vpc_endpoint_id": "vpce-1"},
	}
	objects["route_tables"] = m{"prod": m{"id": "rtb-1", "vpc_id": "vpc-1", "propagating_vgws": []any{}, "route": []any{
		m{"cidr_block": "", "destination_prefix_list_id": "pl-9", "transit_gateway_id": "tgw-1"}}}}
	facts := factsOfAWS(t, objects)
	if got := shownMap(facts.VPCs.Value["prod"].Routes, func(r Route) string { return r.NextHop.Value }); got !=
		"prod/lan/192.168.8.0/24=transit prod/lan/192.168.9.0/24=transit" {
		t.Error(got)
	}
	if site := facts.Sites.Value["lan/192.168.8.0/24"]; shownList(site.CIDRBlocks) != "192.168.8.0/24" || shownList(site.Hubs) != "tgw" {
		t.Errorf("%+v", facts.Sites)
	}
	wantUnplaced(t, facts, `aws.route_tables["prod"]`)
}

// Further transit gateways may have addresses of their own, those of a cloud whose hubs have none change nothing.
func TestSitesWhileFurtherHubsMayCome(t *testing.T) {
	for platform, want := range map[string]bool{"aws": true, "alicloud": false} {
		facts, faults := Default().Facts(fake{m{platform: m{"gateways": unknown{}}}})
		if len(faults) > 0 || facts.Sites.AfterApply != want {
			t.Errorf("%s: sites known after apply: %t (%v)", platform, facts.Sites.AfterApply, faults)
		}
	}
}
