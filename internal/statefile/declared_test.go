package statefile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// declaredPlan is the output of terraform show -json for a plan in which some values are known only after apply.
const declaredPlan = `{"format_version": "1.2", "planned_values": {"root_module": {"resources": [
  {"address": "cidrplan_vpc.prod", "mode": "managed", "type": "cidrplan_vpc", "name": "prod", "values": {
    "name": "prod", "platform": "alicloud", "hubs": ["cen"], "peers": null, "vrf": "blue", "route_quota": 200,
    "subnets": {"nodes": "10.0.0.0/20"},
    "routes": {"all": {"destination": "10.0.0.0/8", "next_hop": "transit", "summary": true}, "new": {}}}},
  {"address": "cidrplan_hub.cen", "mode": "managed", "type": "cidrplan_hub", "name": "cen", "values": {"name": "cen", "kind": "cen",
    "accepted_conflicts": {"key": {"reason": "a merger", "until": "2027-06-30"}}}},
  {"address": "cidrplan_site.idc", "mode": "managed", "type": "cidrplan_site", "name": "idc", "values": {"cidr_blocks": ["10.8.0.0/16"]}},
  {"address": "cidrplan_cluster.shop", "mode": "managed", "type": "cidrplan_cluster", "name": "shop", "values": {
    "name": "shop", "vpc": "prod", "profile": "ack-flannel", "pod_cidrs": ["10.64.0.0/18"], "service_cidr": "172.20.0.0/20",
    "node_cidr_mask": 25}},
  {"address": "cidrplan_cluster.ovn", "mode": "managed", "type": "cidrplan_cluster", "name": "ovn", "values": {
    "name": "ovn", "vpc": "prod", "profile": "openshift-ovn", "other_ranges": {"join": ["100.72.0.0/16", "fd99::/64"]}}}
]}}, "resource_changes": [
  {"address": "cidrplan_vpc.prod", "mode": "managed", "type": "cidrplan_vpc", "change": {
    "after_unknown": {"cidr_blocks": true, "routes": {"new": {"destination": true}}}}}
]}`

func TestDeclarationsOfResources(t *testing.T) {
	contents, err := Read("plan.json", []byte(declaredPlan), func(string) (string, bool) { return "", true })
	if err != nil {
		t.Fatal(err)
	}
	all := Declarations(contents.Objects, nil)
	if len(all) != 1 || all[0].Planner != nil {
		t.Fatalf("got %+v", all)
	}
	d := all[0]
	v, h, s, c, ovn := d.VPCs["prod"], d.Hubs["cen"], d.Sites["idc"], d.Clusters["shop"], d.Clusters["ovn"]
	for name, test := range map[string]struct{ got, want string }{
		"VPC": {
			fmt.Sprint(v.Platform, v.Hubs, v.Peers, v.VRF, v.RouteQuota, v.Subnets, v.CIDRBlocks),
			"alicloud[cen] []blue200 map[nodes:10.0.0.0/20] []",
		},
		"what is open": {fmt.Sprint(v.Unknown, v.Routes["new"].Unknown), "[cidr_blocks routes] [destination]"},
		"a summary": {
			fmt.Sprint(v.Routes["all"].Destination, v.Routes["all"].NextHop, *v.Routes["all"].Summary), "10.0.0.0/8transittrue",
		},
		"no summary":   {fmt.Sprint(v.Routes["new"].Summary), "<nil>"},
		"hub":          {fmt.Sprint(h.Kind, h.Accepted), "cenmap[key:{a merger 2027-06-30}]"},
		"unnamed site": {fmt.Sprint(s.Name, s.CIDRBlocks), "idc[10.8.0.0/16]"},
		"cluster": {
			fmt.Sprint(c.VPC, c.Profile, c.PodCIDRs, c.ServiceCIDR, c.Need.NodeMask),
			"prodack-flannel[10.64.0.0/18] 172.20.0.0/20 25",
		},
		"other ranges":    {fmt.Sprint(ovn.OtherRanges), "map[join:[100.72.0.0/16 fd99::/64]]"},
		"no other ranges": {fmt.Sprint(c.OtherRanges == nil), "true"},
		"where it is":     {d.Origin[topology.Path{}.Attr("vpcs").Key("prod").String()].Address(), "cidrplan_vpc.prod"},
		"all their keys": {strings.Join(slices.Sorted(maps.Keys(d.Origin)), " "),
			`clusters["ovn"] clusters["shop"] hubs["cen"] sites["idc"] vpcs["prod"]`},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %s, want %s", name, test.got, test.want)
		}
	}
}

// Networks that a planner received get other names where a cloud has them; what the planner holds is then in these.
func TestAPlannerWithOtherNamesOfNetworks(t *testing.T) {
	contents, err := Read("a.tfstate", []byte(`{"version": 4, "serial": 1, "resources": [
  {"mode": "managed", "type": "cidrplan_allocator", "name": "k8s", "instances": [{"attributes": {"name": "k8s",
    "vpcs": {"prod": {"hubs": ["cen"], "peers": ["lab", "far"]}}, "clusters": {"shop": {"vpc": "prod"}},
    "allocations": {"shop": {"pod_cidrs": ["10.64.0.0/18"]}},
    "foreign_claims": {
      "web": {"owner": "web", "kind": "pod", "cidr": "10.65.0.0/18", "network": "prod", "hubs": ["cen"],
        "peers": ["lab"], "allocator": "eu"},
      "own": {"owner": "shop", "kind": "pod", "cidr": "10.64.0.0/18", "allocator": "k8s"}, "broken": {"owner": "x", "cidr": "x"}
    }}}]}]}`), func(string) (string, bool) { return "", true })
	if err != nil {
		t.Fatal(err)
	}
	planners := Planners(contents.Objects)
	declarations := Declarations(contents.Objects, planners)
	if len(declarations) != 1 || declarations[0].Planner != &planners[0] || len(declarations[0].VPCs) != 1 {
		t.Fatalf("got %+v", declarations)
	}
	p := planners[0].Renamed(map[string]string{"prod": "main", "lab": "test"}, map[string]string{"cen": "hub"})
	if held := p.Held["shop"]; held.VPC != "main" || fmt.Sprint(held.Hubs, held.Peers) != "[hub] [test far]" {
		t.Errorf("held: %+v", held)
	}
	if web := p.Foreign["web"]; len(p.Foreign) != 1 || web.Network != "main" || fmt.Sprint(web.Hubs, web.Peers) != "[hub] [test]" {
		t.Errorf("foreign: %+v", p.Foreign)
	}
	if planners[0].Held["shop"].VPC != "prod" || planners[0].Foreign["web"].Network != "prod" {
		t.Error("the planner itself was changed")
	}
}
