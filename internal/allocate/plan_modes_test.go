package allocate

import (
	"fmt"
	"net/netip"
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// all is a request with a VPC of every platform in question, each with subnets for nodes and Pods.
func all(edits ...func(*Request)) Request {
	r := request(supernets("10.0.0.0/12", "fd00::/40", "fc00::/96"))
	for name, platform := range map[string]string{"ali": "alicloud", "hua": "huaweicloud", "ten": "tencentcloud", "own": ""} {
		r.Facts.VPCs[name] = topology.VPC{
			Platform: platform, CIDRBlocks: prefixes("192.168.0.0/16"),
			Subnets: map[string]netip.Prefix{
				"nodes": prefix("192.168.0.0/20"),
				"pods":  prefix("192.168.64.0/19"),
				"more":  prefix("192.168.96.0/19"),
			},
		}
	}
	return edited(r, edits...)
}

// in declares a cluster in a VPC.
func in(vpc, name, kind string, need profile.Need, edits ...func(*topology.Cluster)) func(*Request) {
	return cluster(name, kind, need, append([]func(*topology.Cluster){inVPC(vpc)}, edits...)...)
}

// text writes everything that an allocation holds.
func text(a Allocation) string {
	return fmt.Sprintf(
		"%s | %v | /%d | %v %v /%d | %v | %+v", list(a.Pods), a.Service, a.NodeMask, a.PodIPv6, a.ServiceIPv6, a.NodeIPv6Mask, a.PodSubnets,
		a.Usable,
	)
}

func TestModesAllocateWhatTheyHave(t *testing.T) {
	tests := map[string]struct {
		edit func(*Request)
		want string
	}{
		"Pods in subnets need no range": {
			in("ali", "a", "ack-terway", profile.Need{MaxNodes: 50}, podSubnets("pods", "more")),
			"10.0.0.0/8 none | 172.20.0.0/22 | /0 | invalid Prefix invalid Prefix /0 | [{pods 192.168.64.0/19} {more 192.168.96.0/19}] " +
				"| {Nodes:0 PodsPerNode:0 Services:1022}",
		},
		"a mode with both families that leaves IPv6 to the platform": {
			in("ali", "a", "ack-terway", profile.Need{}, dual, podSubnets("pods")),
			"10.0.0.0/8 none | 172.20.0.0/22 | /0 | invalid Prefix invalid Prefix /0 | [{pods 192.168.64.0/19}] | {Nodes:0 " +
				"PodsPerNode:0 Services:1022}",
		},
		"Services at the end of the Pod range": {
			in("ten", "a", "tke-global-router", profile.Need{MaxNodes: 100, PodsPerNode: 64, MaxServices: 256}),
			"10.0.0.0/19 | 10.0.31.0/24 | /26 | invalid Prefix invalid Prefix /0 | [] | {Nodes:124 PodsPerNode:61 Services:251}",
		},
		"a node more than beside the Services takes twice the range": {
			in("ten", "a", "tke-global-router", profile.Need{MaxNodes: 125, PodsPerNode: 64, MaxServices: 256}),
			"10.0.0.0/18 | 10.0.63.0/24 | /26 | invalid Prefix invalid Prefix /0 | [] | {Nodes:252 PodsPerNode:61 Services:251}",
		},
		"blocks on demand": {
			in("hua", "a", "cce-overlay", profile.Need{MaxNodes: 73, PodsPerNode: 110}),
			"10.0.0.0/19 | 172.20.0.0/22 | /0 | invalid Prefix invalid Prefix /0 | [] | {Nodes:73 PodsPerNode:110 Services:1022}",
		},
		"IPv6 Services where the mode takes them": {
			in("hua", "a", "cce-turbo", profile.Need{}, dual, podSubnets("pods")),
			"10.0.0.0/8 none | 172.20.0.0/22 | /0 | invalid Prefix fc00::/112 /0 | [{pods 192.168.64.0/19}] | {Nodes:0 PodsPerNode:0 " +
				"Services:1022}",
		},
		"both families of one's own, IPv6 for as many nodes": {
			in("own", "a", "kubernetes-routed", profile.Need{MaxNodes: 60, PodsPerNode: 110}, dual),
			"10.0.0.0/19 | 172.20.0.0/22 | /25 | fd00::/58 fc00::/112 /64 | [] | {Nodes:64 PodsPerNode:125 Services:1022}",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := all(services("172.20.0.0/16", "fc00::/96", "fd00::/40"), test.edit)
			got := text(planned(t, r).Allocations["a"])
			if len(planned(t, r).Allocations["a"].Pods) == 0 {
				got = "10.0.0.0/8 none" + got
			}
			if got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}

// What is asked for now is served by what the cluster holds, or the plan fails.
func TestHeldModesNeverChange(t *testing.T) {
	const (
		stays = iota
		outgrows
		changes
	)
	need := profile.Need{MaxNodes: 100, PodsPerNode: 64, MaxServices: 256}
	tests := map[string]struct {
		vpc, kind string
		edit      func(*topology.Cluster)
		want      int
		argument  string
	}{
		"TKE: as many nodes as beside the Services": {
			"ten",
			"tke-global-router",
			func(cl *topology.Cluster) { cl.Need.MaxNodes = 124 },
			stays,
			"",
		},
		"TKE: one node more": {
			"ten",
			"tke-global-router",
			func(cl *topology.Cluster) { cl.Need.MaxNodes = 125 },
			outgrows,
			"max_nodes",
		},
		"TKE: more Services": {
			"ten",
			"tke-global-router",
			func(cl *topology.Cluster) { cl.Need.MaxServices = 257 },
			outgrows,
			"max_services",
		},
		"TKE: fewer Services": {
			"ten",
			"tke-global-router",
			func(cl *topology.Cluster) { cl.Need.MaxServices = 32 },
			stays,
			"",
		},
		"TKE: more Pods": {
			"ten",
			"tke-global-router",
			func(cl *topology.Cluster) { cl.Need.PodsPerNode = 65 },
			outgrows,
			"pods_per_node",
		},
		"overlay: as many nodes as there are blocks": {
			"hua",
			"cce-overlay",
			func(cl *topology.Cluster) { cl.Need.MaxNodes = 128 },
			stays,
			"",
		},
		"overlay: one node more": {
			"hua",
			"cce-overlay",
			func(cl *topology.Cluster) { cl.Need.MaxNodes = 129 },
			outgrows,
			"max_nodes",
		},
		"overlay: more Pods on fewer nodes": {
			"hua",
			"cce-overlay",
			func(cl *topology.Cluster) { cl.Need.MaxNodes, cl.Need.PodsPerNode = 64, 128 },
			stays,
			"",
		},
		"overlay: more Pods on as many nodes": {
			"hua",
			"cce-overlay",
			func(cl *topology.Cluster) { cl.Need.PodsPerNode = 128 },
			outgrows,
			"max_nodes",
		},
		"Terway: any number of nodes": {
			"ali",
			"ack-terway",
			func(cl *topology.Cluster) { cl.Need.MaxNodes = 4000 },
			stays,
			"",
		},
		"Terway: more Services": {
			"ali",
			"ack-terway",
			func(cl *topology.Cluster) { cl.Need.MaxServices = 1000 },
			outgrows,
			"max_services",
		},
		"one family becomes two": {"ali", "ack-terway", dual, changes, "ip_families"},
		"an IPv6 pin without the family is no concern": {
			"own",
			"kubernetes-overlay",
			func(cl *topology.Cluster) { cl.IPFamilies = []string{"ipv4"} },
			stays,
			"",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			subnets := func(cl *topology.Cluster) {
				if podsInSubnets(*cl) {
					cl.PodSubnets = []string{"pods"}
				}
			}
			r := all(in(test.vpc, "a", test.kind, need, subnets))
			was := planned(t, r)
			result := Plan(edited(after(r, was), in(test.vpc, "a", test.kind, need, subnets, test.edit)), profile.Default())
			if got, want := result.Allocations["a"], was.Allocations["a"]; !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
			got := stays
			for _, f := range result.Faults {
				if f.Warn {
					continue
				}
				switch f.Problem.(type) {
				case Outgrown:
					got = outgrows
				case Changed:
					got = changes
				default:
					t.Fatalf("fault %v", f)
				}
				if want := `clusters["a"].` + test.argument; f.At.String() != want {
					t.Errorf("at %v, want %s", f.At, want)
				}
			}
			if got != test.want {
				t.Errorf("got %d, want %d: %s", got, test.want, allReports(result))
			}
		})
	}
}
