package provider

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// placed are the VPCs for clusters of the platforms that networks spells out; each other platform has a VPC of its
// own name.
var placed = map[string]string{"alicloud": "prod", "huaweicloud": "hw", "tencentcloud": "tx", profile.Generic: "own"}

// otherVPCs are the VPCs of the platforms that placed does not have.
func otherVPCs() given {
	vpcs := given{}
	for i, platform := range profile.Default().Platforms() {
		if placed[platform] == "" {
			at := fmt.Sprintf("172.%d.", 18+i)
			vpcs[platform] = given{
				"platform":    platform,
				"cidr_blocks": []string{at + "0.0/16"},
				"subnets":     given{"pods": at + "32.0/19", "more": at + "64.0/19"},
			}
		}
	}
	return vpcs
}

// networks are VPCs and sites of which no two that are joined share addresses.
func (d dice) networks() (vpcs, sites given) {
	vpcs = given{
		"prod": given{
			"platform":    "alicloud",
			"cidr_blocks": []string{"192.168.0.0/17"},
			"subnets":     given{"a": "192.168.0.0/24", "pods": "192.168.32.0/19", "more": "192.168.64.0/19"},
		},
		"hw": given{
			"platform":    "huaweicloud",
			"cidr_blocks": []string{"192.168.128.0/18"},
			"subnets":     given{"pods": "192.168.128.0/20", "more": "192.168.144.0/20"},
			"route_quota": int64(5000),
		},
		"own": given{"cidr_blocks": []string{"192.168.192.0/19"}},
		"red": given{"cidr_blocks": []string{"192.168.0.0/17"}, "vrf": "red"},
		"tx": given{
			"platform":    "tencentcloud",
			"cidr_blocks": []string{"192.168.224.0/19"},
			"subnets":     given{"pods": "192.168.224.0/20", "more": "192.168.240.0/20"},
		},
	}
	maps.Copy(vpcs, otherVPCs())
	sites = given{
		"idc": given{"cidr_blocks": []string{"10.0.0.0/16"}},
		"dr":  given{"cidr_blocks": []string{"10.1.0.0/16"}, "vrf": "red"},
	}
	for _, name := range []string{"prod", "hw", "own", "tx"} {
		v := vpcs[name].(given)
		d.put(v, 50, "hubs", []string{"cen"}, []string{"cen", "er"})
		if name != "own" {
			d.put(v, 40, "peers", []string{"own"}, []string{"own", "idc"})
		}
		if d.likely(40, name+" routes") {
			v["routes"] = given{
				"vpn": given{"destination": "10.2.0.0/16", "next_hop": "vpn"},
				"pods": given{
					"destination": pick(d, name+" destination", "10.64.0.0/20", "10.64.0.0/12"),
					"next_hop":    pick(d, name+" hop", "peering", "transit"),
					"summary":     true,
				},
			}
		}
		d.put(v, 20, "advertised_cidrs", []string{"100.100.0.0/24"})
		d.put(v, 20, "ipv6_cidr_blocks", []string{"2001:db8::/56"})
	}
	d.put(sites["idc"].(given), 60, "hubs", []string{"cen"})
	d.put(vpcs["red"].(given), 50, "peers", []string{"dr"})
	return vpcs, sites
}

// cluster is one that fits into the networks.
func (d dice) cluster() given {
	name := pick(d, "profile", profile.Default().Names()...)
	p, _ := profile.Default().Profile(name)
	network := cmp.Or(placed[p.Platform], p.Platform)
	if p.Anywhere == "any" {
		network = pick(d, "vpc", "own", "red", "prod", "idc", "dr")
	}
	c := given{"vpc": network, "profile": name, "max_nodes": pick(d, "max_nodes", int64(4), int64(20), int64(60))}
	d.put(c, 40, "pods_per_node", int64(16), int64(60))
	d.put(c, 40, "max_services", int64(64), int64(200))
	d.put(c, 20, "description", "one", "two")
	d.put(c, 20, "labels", given{"owner": "net"}, given{"owner": "app", "ticket": "1"})
	d.put(c, 15, "meshes", []string{"m"})
	d.put(c, 15, "pool", "south")
	if p.Pods.From == profile.Subnets && network != "own" {
		c["pod_subnets"] = pick(d, "pod_subnets", []string{"pods"}, []string{"pods"})
	}
	if p.IPv6.Dual {
		d.put(c, 40, "ip_families", []string{"ipv4", "ipv6"})
	}
	if name == "cce-vpc-router" && d.likely(50, "reserve") {
		c["reserve_prefix_length"] = int64(16)
	}
	if name == "cce-vpc-router" && c["reserve_prefix_length"] == nil && d.likely(30, "pin") {
		delete(c, "max_nodes")
		c["pod_cidrs"] = []string{pick(d, "pod_cidrs", "10.128.0.0/20", "10.129.0.0/20")}
	}
	return c
}

// configuration is that of an allocator.
func configuration(t *rapid.T) given {
	d := dice{t, "first"}
	v := given{
		"name":      "k8s",
		"supernets": []string{"10.64.0.0/12", "fd00::/40", "fc00::/96"},
		"pools":     given{"south": given{"supernets": []string{"10.96.0.0/12", "fd01::/40", "fc01::/96"}}},
		"hubs":      given{"cen": given{"kind": "cen"}, "er": given{}},
	}
	v["vpcs"], v["sites"] = d.networks()
	d.put(v, 40, "service_supernets", []string{"10.80.0.0/12", "fc00:1::/96"})
	d.put(v, 20, "unique_pod_cidrs", true, false)
	d.put(v, 20, "unique_service_cidrs", true, false)
	d.put(v, 40, "reserved", given{"later": given{"cidr": "10.64.0.0/20", "description": "later"}})
	d.put(v, 40, "foreign_claims", given{
		"b": given{"owner": "b", "kind": "block", "cidr": "10.69.0.0/16", "allocator": "net"},
		"p": given{"owner": "a", "kind": "pod", "cidr": "10.70.0.0/20", "network": "prod", "hubs": []string{"cen"}, "allocator": "team"},
		"s": given{"owner": "team", "kind": "supernet", "cidr": "10.70.0.0/16", "allocator": "team"},
	})
	if d.likely(30, "existing") {
		v["existing"] = given{
			"gone": given{"pod_cidrs": []string{"10.65.0.0/20"}, "service_cidr": "10.66.0.0/24", "node_cidr_mask": int64(24)},
			"released": given{
				"cluster":        "a",
				"profile":        "ack-flannel",
				"pod_cidrs":      []string{"10.67.0.0/20"},
				"service_cidr":   "10.68.0.0/22",
				"node_cidr_mask": int64(26),
			},
		}
	}
	clusters := given{}
	for _, name := range d.some("cluster", "a", "b", "c", "d") {
		clusters[name] = dice{t, "first " + name}.cluster()
	}
	v["clusters"] = clusters
	return v
}

// copied shares no map with a configuration that an edit changes.
func copied(v given) given {
	out := given{}
	for name, e := range v {
		if inside, is := e.(given); is {
			e = copied(inside)
		}
		out[name] = e
	}
	return out
}

// edited is a configuration with one edit that does not fail, as a rule.
func edited(t *rapid.T, label string, v given) given {
	v = copied(v)
	d, all := dice{t, label}, v["clusters"].(given)
	names := slices.Sorted(maps.Keys(all))
	kinds := []string{"nothing", "add", "add", "reclaim", "join", "reserve", "guard"}
	if len(names) > 0 {
		kinds = append(kinds, "drop", "drop", "rename", "rename", "renumber", "words", "grow", "mirror", "restate", "append")
	}
	kind := pick(d, "kind", kinds...)
	name, c := "", given(nil)
	if len(names) > 0 {
		name = pick(d, "cluster", names...)
		c = all[name].(given)
	}
	switch kind {
	case "drop":
		delete(all, name)
		delete(into(v, "renumber"), name)
	case "rename":
		to := pick(d, "to", "n1", "n2", "n3")
		if c["same_as"] == nil {
			rename(v, all, name, to)
		}
	case "renumber":
		into(v, "renumber")[name] = pick(d, "token", "1", "2")
	case "mirror":
		if profile := fmt.Sprint(c["profile"]); c["same_as"] == nil &&
			(profile == "kubernetes-routed" || profile == "kubernetes-overlay") &&
			c["vpc"] != "red" &&
			c["vpc"] != "dr" {
			all["t"+name] = given{"vpc": "dr", "profile": profile, "same_as": name}
		}
	default:
		d.editPlanner(v, kind)
		d.editCluster(c, kind)
	}
	return v
}

// editPlanner edits what an allocator has beside its clusters, or adds a cluster.
func (d dice) editPlanner(v given, kind string) {
	switch all := v["clusters"].(given); kind {
	case "add":
		name := pick(d, "new", "a", "b", "c", "d", "e", "n1")
		if all[name] == nil {
			all[name] = d.cluster()
		}
	case "reclaim":
		v["reclaim"] = d.some("reclaims", "a", "b", "c", "d", "n1", "*")
	case "guard":
		v["prevent_release"] = d.some("guards", "a", "b", "n1")
	case "join":
		v["vpcs"], v["sites"] = d.networks()
	case "reserve":
		into(v, "reserved")["new"] = given{"cidr": pick(d, "reserved", "10.71.0.0/20", "10.99.0.0/20")}
	}
}

// editCluster edits one cluster.
func (d dice) editCluster(c given, kind string) {
	switch kind {
	case "words":
		d.put(c, 50, "description", "three")
		d.put(c, 50, "labels", given{"owner": "new"})
		d.put(c, 50, "meshes", []string{"m"}, []string{"m", "k"})
	case "grow":
		if c["profile"] == "cce-vpc-router" && c["pod_cidrs"] == nil {
			c["max_nodes"] = pick(d, "nodes", int64(80), int64(150))
		}
	case "append":
		if pods, pinned := c["pod_cidrs"].([]string); pinned && c["profile"] == "cce-vpc-router" {
			c["pod_cidrs"] = append(slices.Clip(pods), pick(d, "appended", "10.140.0.0/20", "10.141.0.0/20"))
		}
		if subnets, has := c["pod_subnets"].([]string); has && !slices.Contains(subnets, "more") {
			c["pod_subnets"] = append(slices.Clip(subnets), "more")
		}
	case "restate":
		d.put(c, 50, "max_services", int64(32))
		d.put(c, 50, "previous_names", []string{"z"}, []string{"z", "y"})
	}
}

// rename gives a cluster or block another name, with its token, unless another one has that name.
func rename(v, all given, name, to string) {
	if all[to] != nil {
		return
	}
	one := all[name].(given)
	delete(all, name)
	all[to] = one
	one["previous_names"] = []string{name}
	if token := into(v, "renumber")[name]; token != nil {
		delete(into(v, "renumber"), name)
		into(v, "renumber")[to] = token
	}
}

// into is a map among the arguments, which is made where there is none.
func into(v given, name string) given {
	if v[name] == nil {
		v[name] = given{}
	}
	return v[name].(given)
}

// Whatever is unknown at plan, a computed value that is known there is the same at apply. Terraform fails an
// apply in which it is not: "Provider produced inconsistent final plan".
func TestKnownAtPlanIsTheSameAtApply(t *testing.T) {
	p := messages.Writer{Catalog: profile.Default()}
	monotone(t, planning{T: t, writer: p, kind: allocatorKind(p.Catalog)}, configuration, edited)
}
