package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// shop is a cluster that holds 10.0.0.0/19 with blocks of /26 for 128 nodes and 172.20.0.0/22 for
// 1,022 Services.
func shop(edits ...func(*topology.Cluster)) func(*Request) {
	return cluster("shop", "ack-flannel", profile.Need{MaxNodes: 100, PodsPerNode: 64, MaxServices: 1000}, edits...)
}

var shopHolds = profile.Ranges{Pods: prefixes("10.0.0.0/19"), Service: prefix("172.20.0.0/22"), NodeMask: 26}

func TestHeldRangesServeWhatFitsThem(t *testing.T) {
	tests := map[string]func(*topology.Cluster){
		"the same again":                          func(*topology.Cluster) {},
		"the pins that are held":                  pins("172.20.0.0/22", "10.0.0.0/19"),
		"the mask that is held":                   func(cl *topology.Cluster) { cl.Need.NodeMask = 26 },
		"fewer Pods on a node":                    func(cl *topology.Cluster) { cl.Need.PodsPerNode = 16 },
		"no word on Pods":                         func(cl *topology.Cluster) { cl.Need.PodsPerNode = 0 },
		"as many nodes as there are blocks":       func(cl *topology.Cluster) { cl.Need.MaxNodes = 128 },
		"fewer nodes":                             func(cl *topology.Cluster) { cl.Need.MaxNodes = 1 },
		"the prefix length of the Pods":           func(cl *topology.Cluster) { cl.Need.PodLength = 19 },
		"a smaller Pod range":                     func(cl *topology.Cluster) { cl.Need.PodLength, cl.Need.MaxNodes = 20, 64 },
		"as many Services as there are addresses": func(cl *topology.Cluster) { cl.Need.MaxServices = 1022 },
		"no word on Services":                     func(cl *topology.Cluster) { cl.Need.MaxServices = 0 },
		"the prefix length of the Services":       func(cl *topology.Cluster) { cl.Need.ServiceLength = 22 },
		"a smaller Service range":                 func(cl *topology.Cluster) { cl.Need.ServiceLength, cl.Need.MaxServices = 23, 0 },
		"a mesh":                                  func(cl *topology.Cluster) { cl.Meshes = []string{"m"} },
		"a pool that the ranges are not from":     func(cl *topology.Cluster) { cl.Pool = "far" },
		"a profile that is not known yet": func(cl *topology.Cluster) {
			cl.Profile, cl.Unknown = "", topology.Unknown{"profile"}
		},
		"pins of which one is not known yet": func(cl *topology.Cluster) {
			cl.PodCIDRs, cl.Unknown = prefixes(""), topology.Unknown{"pod_cidrs"}
		},
		"a cluster of which nothing is known yet": func(cl *topology.Cluster) {
			*cl = topology.Cluster{Unknown: topology.Unknown{topology.Everything}}
		},
		"supernets and a pool that have moved away": func(cl *topology.Cluster) { cl.Pool = "far" },
	}
	for name, edit := range tests {
		t.Run(name, func(t *testing.T) {
			r := request(shop())
			was := planned(t, r)
			far := func(r *Request) {
				r.Pools["far"] = Pool{Supernets: prefixes("10.9.0.0/16")}
				r.Supernets, r.ServiceSupernets = prefixes("10.200.0.0/16"), nil
			}
			result := planned(t, edited(after(r, was), shop(edit), far))
			outside := NoLongerInSupernets{
				prefixes("10.0.0.0/16", "172.20.0.0/16"),
				[]ClusterOutside{{"shop", profile.Ranges{Pods: shopHolds.Pods, Service: shopHolds.Service}}},
			}
			wantFaults(t, result.Faults, problem{"supernets", outside, true})
			if got, want := result.Allocations["shop"], was.Allocations["shop"]; !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestHeldRangesAreNeverChanged(t *testing.T) {
	outgrown := func(argument string, wanted, largest int64) []problem {
		p, _ := profile.Default().Profile("ack-flannel")
		return []problem{
			{
				At:      `clusters["shop"].` + argument,
				Problem: Outgrown{Cluster: "shop", Wanted: wanted, Largest: largest, Held: shopHolds, Profile: p},
			},
		}
	}
	changed := func(argument string, was, wanted any) []problem {
		return []problem{
			{At: `clusters["shop"].` + argument, Problem: Changed{Cluster: "shop", Argument: argument, Held: was, Wanted: wanted}},
		}
	}
	tests := map[string]struct {
		edit func(*topology.Cluster)
		want []problem
	}{
		"another profile": {
			func(cl *topology.Cluster) { cl.Profile = "kubernetes-overlay" },
			changed("profile", "ack-flannel", "kubernetes-overlay"),
		},
		"another Pod range": {pins("", "10.0.32.0/19"), changed("pod_cidrs", prefixes("10.0.0.0/19"), prefixes("10.0.32.0/19"))},
		"a part of the Pod range": {
			func(cl *topology.Cluster) { pins("", "10.0.0.0/20")(cl); cl.Need.MaxNodes = 64 },
			changed("pod_cidrs", prefixes("10.0.0.0/19"), prefixes("10.0.0.0/20")),
		},
		"another Service range": {pins("172.20.4.0/22"), changed("service_cidr", prefix("172.20.0.0/22"), prefix("172.20.4.0/22"))},
		"a longer mask": {
			func(cl *topology.Cluster) { cl.Need.NodeMask, cl.Need.PodsPerNode = 27, 0 },
			changed("node_cidr_mask", 26, 27),
		},
		"a shorter mask":             {func(cl *topology.Cluster) { cl.Need.NodeMask = 25 }, changed("node_cidr_mask", 26, 25)},
		"one Pod too many on a node": {func(cl *topology.Cluster) { cl.Need.PodsPerNode = 65 }, outgrown("pods_per_node", 65, 64)},
		"one node too many":          {func(cl *topology.Cluster) { cl.Need.MaxNodes = 129 }, outgrown("max_nodes", 129, 128)},
		"a Pod range twice as large": {func(cl *topology.Cluster) { cl.Need.PodLength = 18 }, outgrown("pod_prefix_length", 18, 19)},
		"one Service too many":       {func(cl *topology.Cluster) { cl.Need.MaxServices = 1023 }, outgrown("max_services", 1023, 1022)},
		"Services twice as large": {
			func(cl *topology.Cluster) { cl.Need.ServiceLength = 21 },
			outgrown("service_prefix_length", 21, 22),
		},
		"several at once, all reported": {
			func(cl *topology.Cluster) { cl.Need.MaxNodes, cl.Need.MaxServices = 1000, 5000 },
			append(outgrown("max_nodes", 1000, 128), outgrown("max_services", 5000, 1022)...),
		},
		"a Service range and a need": {
			func(cl *topology.Cluster) { cl.ServiceCIDR, cl.Need.MaxNodes = prefix("172.20.8.0/22"), 129 },
			append(outgrown("max_nodes", 129, 128), changed("service_cidr", prefix("172.20.0.0/22"), prefix("172.20.8.0/22"))...),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := request(shop())
			was := planned(t, r)
			result := Plan(edited(after(r, was), shop(test.edit)), profile.Default())
			wantFaults(t, result.Faults, test.want...)
			if !result.Failed() {
				t.Error("the plan does not fail")
			}
			if got, want := result.Allocations["shop"], was.Allocations["shop"]; !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

// A cluster that state holds but whose facts it has lost keeps its ranges.
func TestHeldWithoutFacts(t *testing.T) {
	r := request(shop())
	was := planned(t, r)
	r = after(r, was)
	r.Prior.Facts = topology.Facts{}
	result := planned(t, edited(r, shop(func(cl *topology.Cluster) { cl.Profile, cl.Need.PodsPerNode = "kubernetes-overlay", 0 })))
	if got, want := result.Allocations, was.Allocations; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Numbers that a later version would work out otherwise stay as state has them.
func TestHeldNumbersAreNotWorkedOutAgain(t *testing.T) {
	r := request(shop())
	was := planned(t, r)
	old := was.Allocations["shop"]
	old.Usable = profile.Usable{Nodes: 1, PodsPerNode: 2, Services: 3}
	old.Output, old.Values = "ancient", map[string]string{"pod_cidr": "as it was"}
	was.Allocations["shop"] = old
	result := planned(t, after(r, was))
	if got := result.Allocations["shop"]; !reflect.DeepEqual(got, old) {
		t.Errorf("got %+v, want %+v", got, old)
	}
}
