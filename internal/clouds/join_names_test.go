package clouds

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

// vnet and vnetSubnet are objects of Azure, where a subnet names its VNet instead of its ID, which is known only after apply.
func vnet(name string, blocks ...any) m {
	return m{
		"id": unknown{}, "guid": unknown{}, "location": "westeurope", "resource_group_name": "rg", "name": name, "address_space": blocks,
	}
}

func vnetSubnet(group, name, block string) m {
	return m{"id": unknown{}, "resource_group_name": group, "virtual_network_name": name, "address_prefixes": []any{block}}
}

// factsOf are the VPCs of objects of a platform in one line, and the faults.
func factsOf(platform string, objects m) string {
	facts, faults := Default().Facts(fake{m{platform: objects}})
	if len(faults) > 0 {
		var all []string
		for _, f := range faults {
			all = append(all, fmt.Sprintf("%s: %T", f.At, f.Problem))
		}
		return strings.Join(all, ", ")
	}
	shown := shownMap(facts.VPCs, func(v VPC) string {
		return "[" + shownList(v.CIDRBlocks) + "]{" + shownMap(v.Subnets, shownText) + "}" + shownList(v.Peers)
	})
	if facts.Unplaced.AfterApply {
		return shown + " ?"
	}
	for _, key := range sortedKeys(facts.Unplaced.Value) {
		shown += " without " + key
	}
	return shown
}

func TestObjectsThatReferByName(t *testing.T) {
	with := func(more m) m {
		objects := m{"vpcs": m{"prod": vnet("one", "10.0.0.0/16"), "test": vnet("two", "10.0.0.0/16")}}
		maps.Copy(objects, more)
		return objects
	}
	for name, test := range map[string]struct {
		objects m
		want    string
	}{
		"a subnet of one of two VNets with its range": {
			with(m{"subnets": m{"a": vnetSubnet("rg", "two", "10.0.1.0/24")}}), "prod=[10.0.0.0/16]{} test=[10.0.0.0/16]{a=10.0.1.0/24}",
		},
		"a subnet of a VNet that is not there": {
			with(m{"subnets": m{"a": vnetSubnet("rg", "three", "10.0.1.0/24")}}),
			`prod=[10.0.0.0/16]{} test=[10.0.0.0/16]{} without azure.subnets["a"]`,
		},
		"the name in another group is another VNet": {
			with(m{"subnets": m{"a": vnetSubnet("other", "two", "10.9.1.0/24")}}),
			`prod=[10.0.0.0/16]{} test=[10.0.0.0/16]{} without azure.subnets["a"]`,
		},
		"a name that two VNets have": {
			m{
				"vpcs":    m{"prod": vnet("one", "10.0.0.0/16"), "twin": vnet("one", "10.0.0.0/16")},
				"subnets": m{"a": vnetSubnet("rg", "one", "10.0.1.0/24")},
			},
			`azure.subnets["a"]: clouds.TwoOwners`,
		},
		"a name that is not known yet": {
			m{
				"vpcs": m{"prod": m{
					"id": unknown{}, "guid": unknown{}, "resource_group_name": "rg", "name": unknown{}, "address_space": []any{},
					"location": nil,
				}},
				"subnets": m{"a": vnetSubnet("rg", "one", "10.0.1.0/24")},
			},
			"prod=[]{?} ?",
		},
		"a peering": {
			with(m{"peerings": m{"p": m{
				"id": unknown{}, "resource_group_name": "rg", "virtual_network_name": "one", "remote_virtual_network_id": "/test",
			}}, "vpcs": m{
				"prod": vnet("one", "10.0.0.0/16"),
				"test": m{
					"id": "/test", "guid": "", "location": "", "resource_group_name": "rg", "name": "two",
					"address_space": []any{"10.1.0.0/16"},
				},
			}}),
			"prod=[10.0.0.0/16]{}test test=[10.1.0.0/16]{}",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := factsOf("azure", test.objects); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// Routes in a route table that names no VNet are those of the VNet of its label, and so is a route that names the route table.
func TestRoutesThatReferToTheirTableByName(t *testing.T) {
	route := func(destination, hop string) m {
		return m{
			"id": unknown{}, "resource_group_name": "rg", "route_table_name": "table", "address_prefix": destination, "next_hop_type": hop,
		}
	}
	objects := m{
		"vpcs": m{"prod": vnet("one", "10.0.0.0/16")},
		"route_tables": m{"t": m{
			"id": unknown{}, "resource_group_name": "rg", "name": "table", "bgp_route_propagation_enabled": "true", "location": "",
			"vpc": "prod", "route": []any{m{"address_prefix": "10.5.0.0/16", "next_hop_type": "VirtualAppliance", "name": "a"}},
		}},
		"routes": m{
			"r": route("10.6.0.0/16", "VirtualNetworkGateway"), "local": route("10.0.0.0/16", "VnetLocal"),
		},
	}
	facts, faults := Default().Facts(fake{m{"azure": objects}})
	got := shownMap(facts.VPCs.Value["prod"].Routes, func(r Route) string { return shownText(r.Destination) + " " + shownText(r.NextHop) })
	if want := "r=10.6.0.0/16 vpn t/10.5.0.0/16=10.5.0.0/16 instance"; got != want || len(faults) > 0 {
		t.Errorf("got %s and %v, want %s", got, faults, want)
	}
}

// A network of Google Cloud has the blocks of its subnets, and none of secondary ranges.
func TestSubnetsThatAreTheBlocksOfTheirVPC(t *testing.T) {
	network := func(id any) m {
		return m{"id": id, "self_link": id, "auto_create_subnetworks": false, "routing_mode": "", "internal_ipv6_range": nil}
	}
	subnet := func(network, block any) m {
		return m{
			"id": unknown{}, "self_link": unknown{}, "network": network, "ip_cidr_range": block, "region": "", "purpose": "",
			"secondary_ip_range": []any{m{"range_name": "pods", "ip_cidr_range": "10.4.0.0/14"}},
		}
	}
	for name, test := range map[string]struct {
		objects m
		want    string
	}{
		"two subnets": {
			m{"vpcs": m{"prod": network("n")}, "subnets": m{"a": subnet("n", "10.0.0.0/20"), "b": subnet("n", "10.5.0.0/20")}},
			"prod=[10.0.0.0/20,10.5.0.0/20]{a=10.0.0.0/20 b=10.5.0.0/20}",
		},
		"a network without subnets": {m{"vpcs": m{"prod": network("n")}}, "prod=[]{}"},
		"of one of two networks": {
			m{"vpcs": m{"prod": network("n"), "test": network("t")}, "subnets": m{"a": subnet("t", "10.0.0.0/20")}},
			"prod=[]{} test=[10.0.0.0/20]{a=10.0.0.0/20}",
		},
		"of a network whose ID is not known yet": {
			m{"vpcs": m{"prod": network(unknown{})}, "subnets": m{"a": subnet(unknown{}, "10.0.0.0/20")}}, "prod=[?]{?} ?",
		},
		"by its key": {
			m{"vpcs": m{"prod": network(unknown{})}, "subnets": m{"prod/a": subnet(unknown{}, "10.0.0.0/20")}},
			"prod=[10.0.0.0/20]{prod/a=10.0.0.0/20}",
		},
		"subnets not known yet": {m{"vpcs": m{"prod": network("n")}, "subnets": unknown{}}, "prod=[?]{?} ?"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := factsOf("google", test.objects); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
