package addressmap

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// claimsOf are claims written "kind owner range network allocator vrf", with - for what is not said.
func claimsOf(lines ...string) map[string]topology.Foreign {
	all := map[string]topology.Foreign{}
	for i, line := range lines {
		f := append(strings.Fields(line), "-", "-", "-")
		for j := range f {
			if f[j] == "-" {
				f[j] = ""
			}
		}
		all[fmt.Sprint(i)] = topology.Foreign{
			Kind: f[0], Owner: f[1], CIDR: netip.MustParsePrefix(f[2]), Network: f[3], Allocator: f[4], VRF: f[5],
		}
	}
	return all
}

func ranges(texts ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		out = append(out, netip.MustParsePrefix(text))
	}
	return out
}

// mainExample is what the main example of the documentation has.
func mainExample() Input {
	summary := true
	route := func(to, via string, summary *bool) topology.Route {
		return topology.Route{Destination: netip.MustParsePrefix(to), NextHop: via, Summary: summary}
	}
	return Input{
		Name: "k8s-prod", Checked: true,
		Claims: claimsOf(
			"supernet k8s-prod 10.64.0.0/10 - k8s-prod",
			"supernet k8s-prod 172.20.0.0/14 - k8s-prod",
			"pod search 10.64.0.0/17 huawei-prod k8s-prod",
			"pod shop 10.64.128.0/19 prod k8s-prod",
			"pod data 10.64.160.0/21 prod k8s-prod",
			"service search 172.20.0.0/23 huawei-prod k8s-prod",
			"service shop 172.20.4.0/22 prod k8s-prod",
			"service data 172.20.2.0/24 prod k8s-prod",
		),
		Sites: map[string]topology.Site{"idc-hangzhou": {CIDRBlocks: ranges("10.0.0.0/12"), Hubs: []string{"cen-prod"}}},
		VPCs: map[string]topology.VPC{
			"prod": {
				Platform: "alicloud", CIDRBlocks: ranges("192.168.0.0/16"), Hubs: []string{"cen-prod"},
				Routes: map[string]topology.Route{"vpn": route("10.20.0.0/16", "vpn", nil), "default": route("0.0.0.0/0", "nat", nil)},
			},
			"huawei-prod": {
				Platform: "huaweicloud", CIDRBlocks: ranges("172.16.0.0/16"), Hubs: []string{"er-prod"},
				Routes: map[string]topology.Route{"er-10": route("10.0.0.0/8", "transit", &summary)},
			},
		},
	}
}

// small is a supernet with two clusters, one of which uses addresses of a site.
func small() Input {
	return Input{
		Checked: true,
		Claims:  claimsOf("supernet k8s 10.64.0.0/16 - k8s", "pod shop 10.64.0.0/18 prod k8s", "pod data 10.64.64.0/20 prod k8s"),
		Sites:   map[string]topology.Site{"idc": {CIDRBlocks: ranges("10.64.64.0/22")}},
		Conflicts: []Conflict{{
			A: Party{
				Kind:  Pod,
				Owner: "data",
			}, B: Party{Kind: Site, Owner: "idc"}, Shared: netip.MustParsePrefix("10.64.64.0/22"), Code: "pod_overlaps_site",
		}},
	}
}

// everything has each kind of range, two conflicts, two VRFs, IPv6, a pool and addresses that cannot be allocated.
func everything() Input {
	in := mainExample()
	in.Claims = claimsOf(
		"supernet k8s-prod 10.64.0.0/12 - k8s-prod",
		"supernet k8s-prod fd00:10::/44 - k8s-prod",
		"supernet k8s-lab 10.64.0.0/16 - k8s-lab lab",
		"pod search 10.64.0.0/17 huawei-prod k8s-prod",
		"pod shop 10.64.128.0/20 prod k8s-prod",
		"kept shop 10.64.128.0/18 prod k8s-prod",
		"pod data 10.64.192.0/21 prod k8s-prod",
		"released old 10.64.208.0/20 - k8s-prod",
		"reserved load-balancers 10.65.0.0/18 - k8s-prod",
		"existing legacy 10.65.64.0/18 prod k8s-prod",
		"block team-a 10.66.0.0/16 - blocks:vpcs",
		"pod foreign 10.64.192.0/22 prod k8s-other",
		"service shop 10.67.0.0/20 prod k8s-prod",
		"service search 10.67.16.0/20 huawei-prod k8s-prod",
		"service data 10.67.16.0/20 prod k8s-prod",
		"pod shop fd00:10::/56 prod k8s-prod",
		"service shop fd00:10:8::/108 prod k8s-prod",
		"pod lab-1 10.64.0.0/18 lab k8s-lab lab",
		"pod lab-2 10.64.64.0/18 lab k8s-lab lab",
	)
	prod := in.VPCs["prod"]
	prod.Subnets = map[string]netip.Prefix{
		"zone-a": netip.MustParsePrefix("192.168.0.0/18"), "zone-b": netip.MustParsePrefix("192.168.64.0/18"),
		"pods-c": netip.MustParsePrefix("192.168.128.0/20"),
	}
	prod.Routes["idc"] = topology.Route{Destination: netip.MustParsePrefix("10.64.136.0/21"), NextHop: "vpn"}
	in.VPCs["prod"] = prod
	in.VPCs["team-a"] = topology.VPC{CIDRBlocks: ranges("10.66.0.0/17"), Subnets: map[string]netip.Prefix{
		"a": netip.MustParsePrefix("10.66.0.0/19"), "b": netip.MustParsePrefix("10.66.32.0/19"),
	}}
	in.Pools = map[netip.Prefix][]string{netip.MustParsePrefix("fd00:10::/44"): {"gpu"}}
	in.Unusable = map[string][]netip.Prefix{"": ranges("10.72.0.0/14")}
	in.Conflicts = []Conflict{
		{
			A: Party{Kind: Pod, Owner: "data"}, B: Party{Kind: Pod, Owner: "foreign"}, Shared: netip.MustParsePrefix("10.64.192.0/22"),
			Code: "pods_overlap",
		},
		{
			A: Party{Kind: Pod, Owner: "shop"}, B: Party{Kind: Route, Owner: "prod", Part: "idc"},
			Shared: netip.MustParsePrefix("10.64.136.0/21"), Code: "pod_overlaps_route", Accepted: true,
		},
	}
	return in
}

// crowded has ranges that are too small to be drawn alone, between ones that are not; in blocks, beside conflicts and free ranges.
func crowded() Input {
	in := Input{Name: "k8s", Claims: claimsOf(
		"supernet k8s 10.0.0.0/16 - k8s", "block left 10.0.0.0/17 - blocks:b", "block right 10.0.128.0/18 - blocks:b",
		"pod large 10.0.64.0/18 v k8s", "pod clash 10.0.40.0/26 v k8s", "pod other 10.0.40.0/27 v k8s",
		"service odd 10.0.200.0/28 v k8s", "reserved later 10.0.200.16/28 - k8s", "pod alone 10.0.255.192/26 v k8s",
		"supernet k8s fd00::/48 - k8s", "pod six fd00::/64 v k8s",
	)}
	for i := range 20 {
		c := claimsOf(fmt.Sprintf("pod c%d 10.0.%d.%d/%d v k8s", i, 128+2*i, 64*(i%4), 26+i%3))["0"]
		in.Claims[fmt.Sprint("c", i)] = c
	}
	return in
}

// generated is an allocator with so many clusters of many sizes.
func generated(clusters int) Input {
	in := Input{Name: "k8s-prod", Checked: true, Claims: map[string]topology.Foreign{}, VPCs: map[string]topology.VPC{}}
	add := func(kind, owner, network string, r netip.Prefix) {
		in.Claims[fmt.Sprint(len(in.Claims))] = topology.Foreign{
			Kind: kind, Owner: owner, CIDR: r, Network: network, Allocator: "k8s-prod", Hubs: []string{"cen"},
		}
	}
	pods, services := netip.MustParsePrefix("10.64.0.0/10"), netip.MustParsePrefix("172.16.0.0/12")
	add("supernet", "k8s-prod", "", pods)
	add("supernet", "k8s-prod", "", services)
	room, serviceRoom := cidr.NewSpace(cidr.NewSet(pods)), cidr.NewSpace(cidr.NewSet(services))
	for i := range clusters {
		name, network := fmt.Sprintf("cluster-%03d", i), fmt.Sprintf("vpc-%02d", i/10)
		for _, want := range []struct {
			space *cidr.Space
			bits  int
			kind  string
		}{{room, 19 + (i*7)%5, "pod"}, {serviceRoom, 22 + (i*3)%3, "service"}} {
			if r, ok := want.space.Fit(want.bits, cidr.V4); ok {
				want.space.Remove(r)
				add(want.kind, name, network, r)
			}
		}
		if i%10 == 0 {
			block, _ := cidr.Nth(netip.MustParsePrefix("10.0.0.0/9"), 16, uint64(i/10))
			zone, _ := cidr.First(block, 18)
			in.VPCs[network] = topology.VPC{
				CIDRBlocks: []netip.Prefix{block},
				Hubs:       []string{"cen"},
				Subnets:    map[string]netip.Prefix{"a": zone},
			}
		}
	}
	return in
}
