package clouds

import "testing"

// The ranges behind VPN connections, dedicated lines and hubs of each cloud, and those of VPN clients.
func TestSitesOfEachCloud(t *testing.T) {
	for name, c := range map[string]struct {
		platform       string
		objects        m
		want, unplaced string
	}{
		"google, a tunnel of Classic VPN": {"google", m{
			"vpcs":          m{"prod": googleNetwork()},
			"site_gateways": m{"vpn": m{"id": "gw-1", "self_link": "link/gw-1", "gateway_id": 1, "network": "link/net-1"}},
			"connections": m{"office": m{"id": "t-1", "ike_version": 2, "target_vpn_gateway": "link/gw-1", "vpn_gateway": "",
				"remote_traffic_selector": []any{"172.16.0.0/16"}, "shared_secret": forbidden{}}},
		}, "office=172.16.0.0/16 hubs  peers prod", ""},
		"google, a tunnel of HA VPN, which learns its ranges": {"google", m{
			"vpcs":          m{"prod": googleNetwork()},
			"site_gateways": m{"vpn": m{"id": "gw-1", "self_link": "link/gw-1", "vpn_interfaces": []any{}, "network": "link/net-1"}},
			"connections": m{"office": m{"id": "t-1", "ike_version": 2, "target_vpn_gateway": "", "vpn_gateway": "gw-1",
				"remote_traffic_selector": []any{"0.0.0.0/0"}}},
		}, "", `google.connections["office"]`},
		"google, a peer of a router": {"google", m{
			"vpcs": m{"prod": googleNetwork()},
			"site_gateways": m{"router": m{"id": "r-1", "region": "europe-west1", "name": "main", "network": "net-1", "bgp": []any{},
				"encrypted_interconnect_router": false}},
			"connections": m{"dc": m{"id": "p-1", "peer_asn": 65001, "region": "europe-west1", "router": "main",
				"advertised_ip_ranges":     forbidden{},
				"custom_learned_ip_ranges": []any{m{"range": "172.16.0.0/16"}, m{"range": "10.9.0.1"}}}},
		}, "dc=172.16.0.0/16,10.9.0.1/32 hubs  peers prod", ""},
		"google, a range of private services access": {"google", m{
			"vpcs": m{"prod": googleNetwork()},
			"connections": m{
				"sql": m{"id": "a-1", "address": "10.100.0.0", "prefix_length": 16, "address_type": "INTERNAL", "purpose": "VPC_PEERING",
					"network": "net-1"},
				"web": m{"id": "a-2", "address": "203.0.113.7", "prefix_length": 0, "address_type": "EXTERNAL", "purpose": "",
					"network": ""},
			},
		}, "sql=10.100.0.0/16 hubs  peers prod", ""},
		"google, a range of private services access that Google chooses": {"google", m{
			"vpcs": m{"prod": googleNetwork()},
			"connections": m{"sql": m{"id": unknown{}, "address": unknown{}, "prefix_length": 16, "address_type": "INTERNAL",
				"purpose": "VPC_PEERING", "network": "net-1"}},
		}, "?", "?"},
		"azure, VPN clients of a VNet, of a hub, and a hub with routes": {"azure", m{
			"vpcs": m{"prod": vnet("prod", "10.0.0.0/16")},
			"gateways": m{"hub": m{"id": "hub-1", "virtual_wan_id": "wan-1", "virtual_router_asn": 65515, "address_prefix": "10.250.0.0/23",
				"location": "westeurope"}},
			"connections": m{
				"clients": m{"id": "g-1", "ip_configuration": []any{}, "sku": "VpnGw1", "location": "westeurope", "vpc": "prod",
					"vpn_client_configuration": []any{m{"address_space": []any{"172.20.0.0/24"}, "root_certificate": forbidden{}}}},
				"remote": m{"id": "p-1", "vpn_server_configuration_id": "c-1", "virtual_hub_id": "hub-1", "location": "westeurope",
					"connection_configuration": []any{m{"vpn_client_address_pool": []any{m{"address_prefixes": []any{"172.21.0.0/24"}}}}}},
				"branch": m{"id": "s-1", "virtual_wan_id": "wan-1", "link": []any{}, "address_cidrs": []any{"172.22.0.0/24"}, "hub": "hub"},
			},
			"hub_routes": m{"dc": m{"id": "r-1", "destinations": []any{"172.30.0.0/16", "172.31.0.0/16", "10.0.4.0/24", "Service"},
				"destinations_type": "CIDR", "next_hop": "firewall", "next_hop_type": "ResourceId"}},
		}, "branch=172.22.0.0/24 hubs hub peers  clients=172.20.0.0/24 hubs  peers prod dc/172.30.0.0/16=172.30.0.0/16 hubs hub peers  " +
			"dc/172.31.0.0/16=172.31.0.0/16 hubs hub peers  hub/own=10.250.0.0/23 hubs hub peers  remote=172.21.0.0/24 hubs hub peers ",
			`azure.hub_routes["dc"]`},
		"volcengine, a line to a transit router, and a route of it into a VPC": {"volcengine", m{
			"vpcs":        m{"prod": m{"id": "vpc-1", "dns_servers": nil, "secondary_cidr_blocks": nil, "cidr_block": "10.0.0.0/16"}},
			"gateways":    m{"tr": m{"id": "tr-1", "asn": 64512, "transit_router_name": "tr"}},
			"attachments": m{"prod": m{"id": "a-1", "transit_router_attachment_id": "a-1", "vpc_id": "vpc-1", "transit_router_id": "tr-1"}},
			"site_gateways": m{"line": m{"id": "x", "transit_router_attachment_id": "a-2", "direct_connect_gateway_id": "dcg-1",
				"transit_router_attachment_name": "line", "transit_router_id": "tr-1"}},
			"connections": m{"dc": m{"id": "r-1", "destination_cidr_block": "172.30.0.0/16", "direct_connect_gateway_id": "dcg-1",
				"next_hop_id": "vif-1"}},
			"hub_routes": m{
				"prod": m{"id": "e-1", "transit_router_route_entry_id": "e-1", "destination_cidr_block": "10.0.0.0/16",
					"transit_router_route_entry_next_hop_id": "a-1", "transit_router_route_entry_next_hop_type": "Attachment"},
				"line": m{"id": "e-2", "transit_router_route_entry_id": "e-2", "destination_cidr_block": "172.30.0.0/16",
					"transit_router_route_entry_next_hop_id": "a-2", "transit_router_route_entry_next_hop_type": "Attachment"},
			},
		}, "dc=172.30.0.0/16 hubs tr peers ", ""},
		"alicloud, an IPsec connection to a transit router with a route, and a prefix list of it": {"alicloud", m{
			"gateways":      m{"cen": m{"id": "cen-1", "protection_level": "REDUCED"}},
			"site_gateways": m{"line": m{"id": "att-1", "vpn_id": "vco-1", "transit_router_id": "tr-1", "cen_id": "cen-1"}},
			"prefix_lists": m{"lan": m{"id": "pl-1", "prefix_list_id": "pl-1", "max_entries": 2,
				"entrys": []any{m{"cidr": "172.30.1.0/24"}}}},
			"connections": m{
				"dc":     m{"id": "vco-1", "vpn_attachment_name": "dc", "remote_subnet": "0.0.0.0/0"},
				"dc/lan": m{"id": "r-1", "route_dest": "172.30.0.0/16", "vpn_connection_id": "vco-1"},
			},
			"hub_routes": m{"lan": m{"id": "a", "transit_router_id": "tr-1", "prefix_list_id": "pl-1", "next_hop": "att-1",
				"next_hop_type": "VBR"}},
		}, "dc/lan=172.30.0.0/16 hubs cen peers ", ""},
		"ksyun, a line with learned ranges and a route": {"ksyun", m{
			"vpcs": m{"prod": m{"id": "vpc-1", "provided_ipv6_cidr_block": false, "vpc_name": "prod", "cidr_block": "10.0.0.0/16"}},
			"connections": m{
				"line": m{"id": "d-1", "direct_connect_gateway_id": "d-1", "vpc_id": "vpc-1", "remote_cidr_set": []any{"172.30.0.0/16"}},
				"lan": m{"id": "r-1", "direct_connect_gateway_route_id": "r-1", "destination_cidr_block": "172.31.0.0/16",
					"direct_connect_gateway_id": "d-1", "next_hop_type": "DirectConnect"},
				"prod": m{"id": "r-2", "direct_connect_gateway_route_id": "r-2", "destination_cidr_block": "10.0.0.0/16",
					"direct_connect_gateway_id": "d-1", "next_hop_type": "Vpc"},
			},
		}, "lan=172.31.0.0/16 hubs  peers prod line=172.30.0.0/16 hubs  peers prod", ""},
		"tencentcloud, VPN clients and a line": {"tencentcloud", m{
			"gateways": m{"ccn": m{"id": "ccn-1", "qos": "AU", "instance_count": 1}},
			"site_gateways": m{
				"dcg": m{"id": "dcg-1", "cnn_route_type": "STATIC", "network_type": "CCN", "network_instance_id": "ccn-1"},
				"vpn": m{"id": "gw-1", "public_ip_address": "", "restrict_state": "", "vpc_id": "", "hub": "ccn"},
			},
			"connections": m{
				"clients": m{"id": "s-1", "ssl_vpn_server_name": "x", "remote_address": "172.20.0.0/24", "vpn_gateway_id": "gw-1"},
				"dc":      m{"id": "r-1", "cidr_block": "172.30.0.0/16", "dcg_id": "dcg-1"},
			},
		}, "clients=172.20.0.0/24 hubs ccn peers  dc=172.30.0.0/16 hubs ccn peers ", ""},
	} {
		t.Run(name, func(t *testing.T) {
			facts, faults := Default().Facts(fake{m{c.platform: c.objects}})
			if len(faults) > 0 {
				t.Fatalf("%+v", faults)
			}
			if got := shownSites(facts); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			wantUnplaced(t, facts, c.unplaced)
		})
	}
}

func googleNetwork() m {
	return m{"id": "net-1", "self_link": "link/net-1", "auto_create_subnetworks": false, "routing_mode": "GLOBAL",
		"internal_ipv6_range": ""}
}
