package allocate

import (
	"fmt"
	"maps"
	"net/netip"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func withoutClusters(clusters ...string) func(*Request) {
	return func(r *Request) {
		for _, name := range clusters {
			delete(r.Facts.Clusters, name)
			delete(r.Facts.Blocks, name)
		}
	}
}

func reclaim(list ...string) func(*Request) {
	return func(r *Request) { r.Reclaim = list }
}

func preventing(list ...string) func(*Request) {
	return func(r *Request) { r.PreventRelease = list }
}

func renumber(name, token string) func(*Request) {
	return func(r *Request) {
		r.Renumber = maps.Clone(r.Renumber)
		if r.Renumber == nil {
			r.Renumber = map[string]string{}
		}
		r.Renumber[name] = token
	}
}

func previously(old ...string) func(*topology.Cluster) {
	return func(cl *topology.Cluster) { cl.PreviousNames = old }
}

// web is a cluster like shop beside it, for 16 nodes.
func web(edits ...func(*topology.Cluster)) func(*Request) {
	return cluster("web", "ack-flannel", profile.Need{MaxNodes: 16, PodsPerNode: 64, MaxServices: 200}, edits...)
}

// nodes is a need of an ACK cluster with blocks of /26.
func nodes(name string, n int64, edits ...func(*topology.Cluster)) func(*Request) {
	return cluster(name, "ack-flannel", profile.Need{MaxNodes: n, PodsPerNode: 64, MaxServices: 200}, edits...)
}

// applied plans a request and then with each further edit what it left, up to a request that is ready
// to be planned next.
func applied(t testing.TB, r Request, turns ...func(*Request)) Request {
	t.Helper()
	for _, turn := range turns {
		r = edited(after(r, planned(t, r)), turn)
	}
	return after(r, planned(t, r))
}

// wantReleased compares the released ranges, written "cluster pods services", by key.
func wantReleased(t *testing.T, got Result, want map[string]string) {
	t.Helper()
	texts := map[string]string{}
	for key, r := range got.Released {
		texts[key] = fmt.Sprintf("%s %s %v", r.Cluster, list(r.Pods), r.Service)
	}
	if !maps.Equal(texts, want) {
		t.Errorf("released %q, want %q", texts, want)
	}
}

// pick are the faults whose problem is of one type.
func pick[P any](r Result) []topology.Fault {
	return slices.DeleteFunc(slices.Clone(r.Faults), func(f topology.Fault) bool { _, is := f.Problem.(P); return !is })
}

const (
	releasedShop = "shop 10.0.0.0/19 172.20.0.0/22"
	releasedWeb  = "web 10.0.32.0/22 172.20.4.0/24"
)

func TestNoEditOfAnythingElseChangesAnOutput(t *testing.T) {
	ali := func(edit func(*topology.VPC)) func(*Request) { return vpc("ali", edit) }
	tests := map[string]func(*Request){
		"a cluster whose name comes first": nodes("a", 100),
		"a cluster that is larger":         nodes("z", 300),
		"a cluster removed":                withoutClusters("web"),
		"a cluster resized":                web(func(cl *topology.Cluster) { cl.Need.MaxNodes = 3 }),
		"a cluster renumbered":             renumber("web", "1"),
		"a cluster renamed":                func(r *Request) { withoutClusters("web")(r); nodes("www", 16, previously("web"))(r) },
		"a hub":                            func(r *Request) { r.Facts.Hubs["h"] = topology.Hub{Kind: "cen"} },
		"a hub that joins two VPCs": func(r *Request) {
			r.Facts.Hubs["h"] = topology.Hub{}
			for _, n := range []string{"ali", "hua"} {
				vpc(n, func(v *topology.VPC) { v.Hubs = []string{"h"} })(r)
			}
		},
		"a site elsewhere": func(r *Request) {
			r.Facts.Sites["idc"] = topology.Site{CIDRBlocks: prefixes("10.200.0.0/16"), Peers: []string{"ali"}}
		},
		"another VPC":      func(r *Request) { r.Facts.VPCs["new"] = topology.VPC{CIDRBlocks: prefixes("10.0.0.0/16")} },
		"a VPC undeclared": func(r *Request) { delete(r.Facts.VPCs, "hua") },
		"a peer":           ali(func(v *topology.VPC) { v.Peers = []string{"hua", "own"} }),
		"another block":    ali(func(v *topology.VPC) { v.CIDRBlocks = append(slices.Clone(v.CIDRBlocks), prefix("192.168.7.0/24")) }),
		"a route elsewhere": ali(func(v *topology.VPC) {
			v.Routes = map[string]topology.Route{"r": {Destination: prefix("10.99.0.0/16"), NextHop: "vpn"}}
		}),
		"a range reserved in front":               reserved("x", "10.0.128.0/20"),
		"supernets elsewhere":                     supernets("10.128.0.0/16"),
		"a supernet in front":                     supernets("10.128.0.0/16", "10.0.0.0/16"),
		"a smaller supernet":                      supernets("10.0.0.0/18"),
		"Services with the Pods":                  func(r *Request) { r.ServiceSupernets = nil },
		"a pool":                                  func(r *Request) { r.Pools["p"] = Pool{Supernets: prefixes("10.0.0.0/16")} },
		"the flags flipped":                       func(r *Request) { r.SharedPods, r.SharedServices = true, true },
		"what exists elsewhere":                   existing("old", Existing{PodCIDRs: prefixes("10.70.0.0/16")}),
		"a name without released ranges":          reclaim("nobody"),
		"all released ranges may be used, nobody": reclaim(everyone),
		"everything guarded":                      preventing(everyone),
	}
	for name, edit := range tests {
		t.Run(name, func(t *testing.T) {
			r := applied(t, request(shop(), web()))
			result := planned(t, edited(r, edit))
			if got, want := result.Allocations["shop"], r.Prior.Allocations["shop"]; !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestPinsOfWhatIsHeld(t *testing.T) {
	r := applied(t, request(shop()))
	held := map[string]string{"shop": "10.0.0.0/19 172.20.0.0/22 /26"}
	pinned := applied(t, r, shop(pins("172.20.0.0/22", "10.0.0.0/19")))
	t.Run("pinning to what is held changes nothing", func(t *testing.T) {
		if !reflect.DeepEqual(pinned.Prior.Allocations, r.Prior.Allocations) {
			t.Errorf("got %+v, want %+v", pinned.Prior.Allocations, r.Prior.Allocations)
		}
	})
	t.Run("removing the pin keeps it", func(t *testing.T) {
		result := planned(t, edited(pinned, shop()))
		wantRanges(t, result, held)
		wantFaults(t, result.Faults)
	})
	t.Run("removing a pin that the supernets do not hold keeps it", func(t *testing.T) {
		r := applied(t, request(shop(pins("172.30.0.0/22", "10.77.0.0/19"))))
		wantRanges(t, planned(t, edited(r, shop())), map[string]string{"shop": "10.77.0.0/19 172.30.0.0/22 /26"})
	})
	elsewhere := shop(pins("172.20.0.0/22", "10.0.64.0/19"))
	t.Run("pinning elsewhere is refused", func(t *testing.T) {
		result := Plan(edited(r, elsewhere), profile.Default())
		wantFaults(
			t,
			result.Faults,
			problem{
				At:      `clusters["shop"].pod_cidrs`,
				Problem: Changed{Cluster: "shop", Argument: "pod_cidrs", Held: prefixes("10.0.0.0/19"), Wanted: prefixes("10.0.64.0/19")},
			},
		)
	})
	t.Run("pinning elsewhere moves with renumber", func(t *testing.T) {
		result := planned(t, edited(r, elsewhere, renumber("shop", "1")))
		wantRanges(t, result, map[string]string{"shop": "10.0.64.0/19 172.20.0.0/22 /26"})
		wantReleased(t, result, map[string]string{"shop": releasedShop})
	})
	t.Run("others cannot be pinned to what is held", func(t *testing.T) {
		result := Plan(edited(r, web(pins("172.20.9.0/24", "10.0.0.0/22"))), profile.Default())
		wantFindings(t, result, "error pod_overlaps_cluster_pod web 10.0.0.0/22 shop 10.0.0.0/19")
	})
}

// A need that outgrows what is held, and a new fact on it, fail the plan, and what is held stays.
func TestNothingMovesSilently(t *testing.T) {
	r := applied(t, request(shop()))
	tests := map[string]struct {
		edit  func(*Request)
		fails bool
	}{
		"a block of its VPC on it": {
			vpc("ali", func(v *topology.VPC) { v.CIDRBlocks = prefixes("192.168.0.0/24", "10.0.0.0/24") }),
			true,
		},
		"a block of its VPC beside it": {
			vpc("ali", func(v *topology.VPC) { v.CIDRBlocks = prefixes("192.168.0.0/24", "10.0.32.0/24") }),
			false,
		},
		"a peer on it": {func(r *Request) {
			r.Facts.VPCs["new"] = topology.VPC{CIDRBlocks: prefixes("10.0.0.0/18"), Peers: []string{"ali"}}
		}, true},
		"a peer beside it": {func(r *Request) {
			r.Facts.VPCs["new"] = topology.VPC{CIDRBlocks: prefixes("10.1.0.0/16"), Peers: []string{"ali"}}
		}, false},
		"a route of its VPC on it": {vpc("ali", func(v *topology.VPC) {
			v.Routes = map[string]topology.Route{"r": {Destination: prefix("10.0.16.0/24"), NextHop: "vpn"}}
		}), true},
		"a summary over it": {vpc("ali", func(v *topology.VPC) {
			v.Routes = map[string]topology.Route{"r": {Destination: prefix("0.0.0.0/0"), NextHop: "nat"}}
		}), false},
		"a reservation of it":           {reserved("x", "10.0.16.0/24"), true},
		"a need that it does not serve": {shop(func(cl *topology.Cluster) { cl.Need.MaxNodes = 129 }), true},
		"a need that it serves":         {shop(func(cl *topology.Cluster) { cl.Need.MaxNodes = 128 }), false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			result := Plan(edited(r, test.edit), profile.Default())
			if result.Failed() != test.fails {
				t.Errorf("failed %t, want %t\n%s", result.Failed(), test.fails, allReports(result))
			}
			if got, want := result.Allocations["shop"], r.Prior.Allocations["shop"]; !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
			// the option moves it once, and only there
			if moved := Plan(edited(r, test.edit, renumber("shop", "1")), profile.Default()); test.fails &&
				(moved.Failed() || slices.ContainsFunc(moved.Allocations["shop"].Pods, netip.MustParsePrefix("10.0.0.0/19").Overlaps)) {
				t.Errorf("renumbered: %+v\n%s", moved.Allocations["shop"], allReports(moved))
			}
		})
	}
}
