package provider

import (
	"fmt"
)

// wrongConfigurations are configurations with everything that a message can be about. Each is reported as a whole.
var wrongConfigurations = []struct {
	story string
	given map[string]any
}{
	{"every kind of party, near and far", map[string]any{
		"hubs": map[string]any{"cen": map[string]any{}, "er": map[string]any{}},
		"sites": map[string]any{
			"idc": map[string]any{
				"cidr_blocks": []string{"10.0.0.0/12"},
				"hubs":        []string{"cen"},
				"description": "machine rooms",
				"labels":      map[string]any{"owner": "net", "ticket": "7"},
			},
			"office": map[string]any{"cidr_blocks": []string{"10.200.0.0/16"}, "hubs": []string{"cen", "er"}},
			"lab":    map[string]any{"cidr_blocks": []string{"192.168.9.0/24"}},
		},
		"vpcs": map[string]any{
			"prod": map[string]any{
				"platform": "alicloud", "cidr_blocks": []string{"192.168.0.0/16"}, "hubs": []string{"cen"}, "peers": []string{"next"},
				"routes": map[string]any{"vpn": map[string]any{"destination": "10.20.0.0/16", "next_hop": "vpn", "description": "partner"}},
			},
			"next": map[string]any{"platform": "alicloud", "cidr_blocks": []string{"172.30.0.0/16"}},
			"far":  map[string]any{"platform": "huaweicloud", "cidr_blocks": []string{"172.28.0.0/16"}, "hubs": []string{"er"}},
		},
		"reserved": map[string]any{"later": map[string]any{"cidr": "10.90.0.0/16", "description": "for later"}},
		"clusters": map[string]any{
			"onsite":     pinned("prod", "ack-flannel", "10.1.0.0/16", "10.80.0.0/24"),
			"onroute":    pinned("prod", "ack-flannel", "10.20.0.0/20", "10.80.1.0/24"),
			"farroute":   pinned("next", "ack-flannel", "10.20.16.0/20", "10.80.2.0/24"),
			"onpeer":     pinned("prod", "ack-flannel", "172.30.0.0/20", "10.80.3.0/24"),
			"onkept":     pinned("prod", "ack-flannel", "10.90.0.0/20", "10.80.4.0/24"),
			"mirror":     pinned("prod", "ack-flannel", "10.100.0.0/20", "10.80.5.0/24"),
			"far-mirror": pinned("far", "cce-vpc-router", "10.100.0.0/19", "10.80.6.0/24"),
			"self":       pinned("prod", "ack-flannel", "10.101.0.0/20", "10.101.0.0/24"),
			"public":     pinned("prod", "ack-flannel", "11.0.0.0/16", "10.80.0.0/12"),
			"shared":     pinned("prod", "ack-flannel", "100.64.0.0/16", "10.80.7.0/24"),
			"hosts":      pinned("lab", "kubernetes-overlay", "192.168.0.0/16", "10.96.0.0/12"),
			"meshed":     with(pinned("lab", "kubernetes-overlay", "10.110.0.0/16", "10.82.0.0/24"), "meshes", []string{"m"}),
			"member":     with(pinned("prod", "ack-flannel", "10.110.0.0/20", "10.80.8.0/24"), "meshes", []string{"m"}),
			"known":      map[string]any{"vpc": "prod", "profile": "ack-flannel", "max_nodes": int64(10)},
		},
		"existing": map[string]any{
			"known":     map[string]any{"pod_cidrs": []string{"10.2.0.0/16"}, "node_cidr_mask": int64(26)},
			"elsewhere": map[string]any{"pod_cidrs": []string{"10.1.0.0/17"}},
		},
	}},
	{"names that refer to maps which are known after apply", map[string]any{
		"hubs": unset{},
		"vpcs": map[string]any{
			"prod": map[string]any{
				"platform":    "alicloud",
				"cidr_blocks": []string{"192.168.0.0/16"},
				"hubs":        []string{"cen"},
				"subnets":     unset{},
			},
		},
		"clusters": map[string]any{
			"shop": with(pinned("prod", "ack-flannel", "10.1.0.0/16", "10.80.0.0/24"), "node_subnets", []string{"prod-nodes"}),
			"data": with(
				pinned("prod", "ack-flannel", "10.2.0.0/16", "10.80.1.0/24"), "node_subnets", []string{"prod-nodes", "more-nodes"},
			),
		},
	}},
	{"networks that cannot be connected to another VRF", map[string]any{
		"vpcs": map[string]any{
			"a": map[string]any{"platform": "huaweicloud", "cidr_blocks": []string{"10.0.0.0/16"}, "peers": []string{"b"}},
			"b": map[string]any{"platform": "huaweicloud", "cidr_blocks": []string{"10.0.0.0/16"}, "peers": []string{"c"}},
			"c": map[string]any{"cidr_blocks": []string{"10.0.0.0/16"}},
		},
		"clusters": map[string]any{},
	}},
	{"numbers that are too large", map[string]any{
		"vpcs": map[string]any{"a": map[string]any{"platform": "huaweicloud", "cidr_blocks": []string{"192.168.0.0/16"}}},
		"clusters": map[string]any{
			"advised": map[string]any{"vpc": "a", "profile": "cce-vpc-router", "max_nodes": int64(1001)},
			"doubled": map[string]any{"vpc": "a", "profile": "cce-vpc-router", "max_nodes": int64(20), "pods_per_node": int64(64)},
			"wide":    with(pinned("a", "kubernetes-routed", "10.0.0.0/8", "172.16.0.0/16"), "node_cidr_mask", int64(26)),
		},
	}},
	{"what the platforms do not take", map[string]any{
		"hubs": map[string]any{
			"er":  map[string]any{"kind": "er", "protection_level": "REDUCED"},
			"cen": map[string]any{"kind": "cen", "protection_level": "LOW"},
		},
		"vpcs": map[string]any{
			"ali": map[string]any{
				"platform": "alicloud", "cidr_blocks": []string{"100.64.0.0/16", "10.0.0.0/29"},
				"subnets": map[string]any{"a": "100.64.0.0/20", "tiny": "10.0.0.0/30"},
				"routes": map[string]any{
					"slb":    map[string]any{"destination": "100.100.0.0/16"},
					"inside": map[string]any{"destination": "100.64.1.0/24"},
				},
			},
			"hua": map[string]any{"platform": "huaweicloud", "cidr_blocks": []string{"192.168.0.0/16", "172.16.0.0/12", "10.9.0.0/16"}},
			"ten": map[string]any{
				"platform": "tencentcloud",
				"cidr_blocks": []string{
					"10.0.0.0/16",
					"10.1.0.0/16",
					"10.2.0.0/16",
					"10.3.0.0/16",
					"10.4.0.0/16",
					"10.5.0.0/16",
					"10.6.0.0/16",
				},
				"peers": []string{"hua"},
			},
		},
		"clusters": map[string]any{
			"word":   map[string]any{"vpc": "hua", "profile": "overlay_l2", "max_nodes": int64(5)},
			"abroad": map[string]any{"vpc": "ten", "profile": "ack-flannel", "max_nodes": int64(5)},
			"both": map[string]any{
				"vpc":         "ali",
				"profile":     "ack-terway",
				"pod_cidrs":   []string{"172.20.0.0/16"},
				"pod_subnets": []string{"b"},
			},
			"flannel": map[string]any{
				"vpc":         "ali",
				"profile":     "ack-flannel",
				"max_nodes":   int64(5),
				"pod_subnets": []string{"a"},
				"ip_families": []string{"ipv4", "ipv6"},
			},
			"overlay": map[string]any{
				"vpc":         "hua",
				"profile":     "cce-overlay",
				"max_nodes":   int64(5),
				"ip_families": []string{"ipv4", "ipv6"},
			},
			"tail": map[string]any{"vpc": "ten", "profile": "tke-global-router", "max_nodes": int64(5), "service_cidr": "172.16.0.0/24"},
			"single-stack": map[string]any{
				"vpc":               "hua",
				"profile":           "kubernetes-overlay",
				"max_nodes":         int64(5),
				"service_ipv6_cidr": "fc00::/112",
			},
			"first": map[string]any{
				"vpc":         "hua",
				"profile":     "kubernetes-overlay",
				"max_nodes":   int64(5),
				"ip_families": []string{"ipv6", "ipv4"},
			},
			"bare": map[string]any{"vpc": "hua", "profile": "cce-turbo"},
			"ask":  map[string]any{"vpc": "ali", "profile": "ack-serverless"},
		},
	}},
	{"a range without room for a node", map[string]any{
		"vpcs": map[string]any{"ten": map[string]any{"platform": "tencentcloud", "cidr_blocks": []string{"192.168.0.0/16"}}},
		"clusters": map[string]any{
			"full": map[string]any{
				"vpc":           "ten",
				"profile":       "tke-global-router",
				"pod_cidrs":     []string{"10.1.0.0/24"},
				"pods_per_node": int64(64),
				"max_services":  int64(256),
			},
		},
	}},
	{"subnets, routes, defaults and families", map[string]any{
		"hubs": map[string]any{"ccn": map[string]any{"kind": "ccn"}},
		"vpcs": map[string]any{
			"ali": map[string]any{
				"platform": "alicloud", "cidr_blocks": []string{"192.168.0.0/16"},
				"subnets":     map[string]any{"a": "192.168.0.0/24", "b": "192.168.8.0/25"},
				"route_quota": int64(150), "routes": map[string]any{"vpn": map[string]any{"destination": "10.20.0.0/16"}},
			},
			"hua": map[string]any{
				"platform":    "huaweicloud",
				"cidr_blocks": []string{"172.16.0.0/12"},
				"subnets":     map[string]any{"p": "172.24.0.0/14"},
			},
			"here": map[string]any{
				"platform":    "tencentcloud",
				"cidr_blocks": []string{"10.200.0.0/16"},
				"hubs":        []string{"ccn"},
				"subnets":     map[string]any{"x": "10.200.0.0/20"},
			},
			"away": map[string]any{
				"platform":    "tencentcloud",
				"cidr_blocks": []string{"10.200.0.0/16"},
				"hubs":        []string{"ccn"},
				"subnets":     map[string]any{"y": "10.200.8.0/22"},
			},
		},
		"clusters": map[string]any{
			"shop":    map[string]any{"vpc": "ali", "profile": "ack-flannel", "max_nodes": int64(100), "node_subnets": []string{"a"}},
			"data":    map[string]any{"vpc": "ali", "profile": "ack-flannel", "max_nodes": int64(160), "node_subnets": []string{"a"}},
			"game":    map[string]any{"vpc": "ali", "profile": "ack-terway", "max_nodes": int64(3), "pod_subnets": []string{"a", "b"}},
			"default": map[string]any{"vpc": "hua", "profile": "cce-overlay", "pod_cidrs": []string{"10.240.0.0/13"}},
			"six": map[string]any{
				"vpc":         "hua",
				"profile":     "cce-turbo",
				"pod_subnets": []string{"p"},
				"ip_families": []string{"ipv4", "ipv6"},
			},
			"wrong": map[string]any{
				"vpc":               "hua",
				"profile":           "cce-turbo",
				"pod_subnets":       []string{"p"},
				"ip_families":       []string{"ipv4", "ipv6"},
				"service_ipv6_cidr": "fd00::/112",
				"max_nodes":         int64(1000),
				"pods_per_node":     int64(110),
			},
		},
	}},
	{"mirrors, and networks seen in part", map[string]any{
		"sites": map[string]any{
			"bank": map[string]any{
				"cidr_blocks":      []string{"10.0.0.0/8"},
				"advertised_cidrs": []string{"10.70.0.0/20"},
				"peers":            []string{"copy"},
				"vrf":              "far",
			},
		},
		"vpcs": map[string]any{
			"prod": map[string]any{"platform": "alicloud", "cidr_blocks": []string{"192.168.0.0/16"}},
			"copy": map[string]any{
				"platform":         "alicloud",
				"cidr_blocks":      []string{"192.168.0.0/16"},
				"advertised_cidrs": []string{"10.70.0.0/24"},
				"vrf":              "far",
			},
		},
		"clusters": map[string]any{
			"shop": pinned(
				"prod", "ack-flannel", "10.70.0.0/19", "10.80.0.0/24",
			), "shop-dr": map[string]any{"vpc": "copy", "profile": "ack-flannel", "same_as": "shop"},
			"data": map[string]any{
				"vpc":       "prod",
				"profile":   "ack-flannel",
				"max_nodes": int64(10),
			}, "data-dr": map[string]any{"vpc": "copy", "profile": "ack-flannel", "same_as": "data"},
			"own": pinned("copy", "ack-flannel", "10.70.16.0/24", "10.81.0.0/24"),
		},
		"existing": map[string]any{"data-dr": map[string]any{"pod_cidrs": []string{"10.90.0.0/20"}}},
	}},
	{"no room in the supernets", map[string]any{
		"supernets": []string{"10.64.0.0/20"},
		"pools": map[string]any{
			"south": map[string]any{"supernets": []string{"10.65.0.0/20"}},
			"odd":   map[string]any{"supernets": []string{"11.0.0.0/16"}},
		},
		"vpcs":     map[string]any{"a": map[string]any{"platform": "alicloud", "cidr_blocks": []string{"192.168.0.0/16"}}},
		"clusters": manyClusters(),
	}},
}

func with(cluster map[string]any, key string, value any) map[string]any {
	cluster[key] = value
	return cluster
}

func manyClusters() map[string]any {
	clusters := map[string]any{
		"large": map[string]any{"vpc": "a", "profile": "ack-flannel", "max_nodes": int64(100)},
		"south": map[string]any{"vpc": "a", "profile": "ack-flannel", "max_nodes": int64(100), "pool": "south"},
		"odd":   map[string]any{"vpc": "a", "profile": "ack-flannel", "max_nodes": int64(1), "pool": "odd"},
	}
	for i := range 12 {
		clusters[fmt.Sprintf("small%02d", i)] = pinned(
			"a", "ack-flannel", fmt.Sprintf("10.64.%d.0/25", i), fmt.Sprintf("172.16.%d.0/24", i),
		)
	}
	return clusters
}
