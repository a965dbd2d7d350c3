package allocate

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// outgoingOf are the claims that a plan leaves for others.
func outgoingOf(r Request, was Result) map[string]topology.Foreign {
	return r.OutgoingClaims(was.Allocations, was.Released, profile.Default())
}

func givenClaims(claims map[string]topology.Foreign) func(*Request) {
	return func(r *Request) { r.Facts.Foreign = claims }
}

// sharedNames are the claims that a result reports as those of another owner of the name, sorted.
func sharedNames(result Result) []string {
	var all []string
	for _, f := range result.Faults {
		if shared, ok := f.Problem.(SharedName); ok {
			for _, c := range shared.Claims {
				all = append(all, fmt.Sprintf("%s %s %s", c.Kind, c.Owner, c.CIDR))
			}
		}
	}
	slices.Sort(all)
	return all
}

var (
	shopOf     = cluster("shop", "ack-flannel", lengths(20, 22, 26))
	webOf      = cluster("web", "ack-flannel", lengths(20, 22, 26))
	called     = func(name string) func(*Request) { return func(r *Request) { r.Name = name } }
	ofAll      = []string{"pod shop 10.0.0.0/20", "service shop 172.20.0.0/22", "supernet k8s 10.0.0.0/16", "supernet k8s 172.20.0.0/16"}
	heldByShop = Existing{PodCIDRs: prefixes("10.0.0.0/20"), ServiceCIDR: prefix("172.20.0.0/22"), NodeMask: 26, Profile: "ack-flannel"}
)

// then plans an edited request on top of what the request before it left.
func then(t *testing.T, r Request, was Result, edits ...func(*Request)) (Request, Result) {
	t.Helper()
	next := edited(after(r, was), edits...)
	next.Prior.Name, next.Prior.Supernets = r.Name, r.AllSupernets()
	return next, planned(t, next)
}

func TestClaimsUnderTheOwnName(t *testing.T) {
	first := request(shopOf)
	was := planned(t, first)
	own := outgoingOf(first, was)
	for name, test := range map[string]struct {
		plan func(t *testing.T) Result
		// shop is the Pod range of cluster shop afterwards.
		shop   string
		shared []string
	}{
		"a second workspace of the same configuration": {
			func(t *testing.T) Result { return planned(t, edited(first, givenClaims(own))) }, "10.0.16.0/20", ofAll,
		},
		"a second workspace of which nothing is built yet": {
			func(t *testing.T) Result {
				return planned(t, edited(first, givenClaims(map[string]topology.Foreign{"x": own["k8s/supernet/10.0.0.0/16"]})))
			}, "10.0.0.0/20", []string{"supernet k8s 10.0.0.0/16"},
		},
		"pins are no evidence of what is held": {
			func(t *testing.T) Result {
				r := request(cluster("shop", "ack-flannel", lengths(0, 0, 26), pins("172.20.0.0/22", "10.0.0.0/20")), givenClaims(own),
					func(r *Request) { r.Settings.WarnOnly = true })
				result := planned(t, r)
				wantFindings(
					t, result, "warn pod_overlaps_cluster_pod shop 10.0.0.0/20 shop 10.0.0.0/20",
					"warn service_overlaps_cluster_service shop 172.20.0.0/22 shop 172.20.0.0/22",
					"warn supernet_overlaps_foreign_supernet k8s 10.0.0.0/16 k8s 10.0.0.0/16",
					"warn supernet_overlaps_foreign_supernet k8s 172.20.0.0/16 k8s 172.20.0.0/16",
				)
				return result
			}, "10.0.0.0/20", ofAll,
		},
		"the same claims come back": {
			func(t *testing.T) Result { _, again := then(t, first, was, givenClaims(own)); return again }, "10.0.0.0/20", nil,
		},
		"a lost state whose lock is given as existing": {
			func(t *testing.T) Result {
				return planned(t, edited(first, givenClaims(own), existing("shop", heldByShop)))
			}, "10.0.0.0/20", nil,
		},
		"a lost state whose lock was imported": {
			func(t *testing.T) Result {
				r := edited(first, givenClaims(own))
				r.Prior = &Prior{Allocations: was.Allocations, Imported: true, Profiles: map[string]string{"shop": "ack-flannel"}}
				return planned(t, r)
			}, "10.0.0.0/20", nil,
		},
		"the cluster is in another network than the claim says": {
			func(t *testing.T) Result {
				moved := own["shop/pod/10.0.0.0/20"]
				moved.Network = "other"
				_, again := then(t, first, was, givenClaims(map[string]topology.Foreign{"x": moved}))
				return again
			}, "10.0.0.0/20", []string{"pod shop 10.0.0.0/20"},
		},
		"the VPC is in another VRF than the claim says": {
			func(t *testing.T) Result {
				moved := own["shop/pod/10.0.0.0/20"]
				moved.VRF = "blue"
				_, again := then(t, first, was, givenClaims(map[string]topology.Foreign{"x": moved}))
				return again
			}, "10.0.0.0/20", []string{"pod shop 10.0.0.0/20"},
		},
		"another cluster of the same name of allocator has a range that is held here": {
			func(t *testing.T) Result {
				other := own["shop/pod/10.0.0.0/20"]
				other.Owner = "web"
				next := edited(after(first, was), givenClaims(map[string]topology.Foreign{"x": other}))
				return Plan(next, profile.Default())
			}, "", []string{"pod web 10.0.0.0/20"},
		},
		"the allocator gets another name": {
			func(t *testing.T) Result {
				_, again := then(t, first, was, givenClaims(own), called("prod"))
				return again
			}, "10.0.0.0/20", nil,
		},
		"the allocator gets a name that is not known yet": {
			func(t *testing.T) Result {
				_, again := then(t, first, was, givenClaims(own), called(""), func(r *Request) { r.Unknown = topology.Unknown{"name"} })
				return again
			}, "10.0.0.0/20", nil,
		},
		"the cluster was renamed after the claims were written": {
			func(t *testing.T) Result {
				renamed := cluster(
					"store", "ack-flannel", lengths(20, 22, 26), func(cl *topology.Cluster) { cl.PreviousNames = []string{"shop"} },
				)
				r, again := then(t, first, was, givenClaims(own), withoutClusters("shop"), renamed)
				_, later := then(t, r, again)
				if list(later.Allocations["store"].Pods) != "10.0.0.0/20" {
					t.Errorf("store has %v", later.Allocations["store"].Pods)
				}
				return later
			}, "", nil,
		},
		"the VPC was renamed after the claims were written": {
			func(t *testing.T) Result {
				r, again := then(t, first, was, givenClaims(own), func(r *Request) {
					renamed := r.Facts.VPCs["ali"]
					renamed.PreviousNames = []string{"ali"}
					r.Facts.VPCs["hangzhou"] = renamed
					delete(r.Facts.VPCs, "ali")
				}, cluster("shop", "ack-flannel", lengths(20, 22, 26), func(cl *topology.Cluster) { cl.VPC = "hangzhou" }))
				_, later := then(t, r, again)
				return later
			}, "10.0.0.0/20", nil,
		},
		"the cluster was removed after the claims were written": {
			func(t *testing.T) Result {
				r, again := then(t, first, was, givenClaims(own), withoutClusters("shop"), webOf)
				_, later := then(t, r, again)
				return later
			}, "", nil,
		},
		"a cluster that was removed comes back": {
			func(t *testing.T) Result {
				r, again := then(t, first, was, givenClaims(own), withoutClusters("shop"))
				_, later := then(t, r, again, shopOf)
				return later
			}, "10.0.0.0/20", nil,
		},
		"the range was reclaimed and claims of before are still given": {
			func(t *testing.T) Result {
				r, again := then(t, first, was, givenClaims(own), withoutClusters("shop"))
				r, again = then(t, r, again, reclaim("shop"))
				_, later := then(t, r, again, webOf)
				if got := list(later.Allocations["web"].Pods); got != "10.0.16.0/20" {
					t.Errorf("web has %s, which the claims say is in use", got)
				}
				return later
			}, "", ofAll[:2],
		},
		"the range is allocated again by the plan that reclaims it": {
			func(t *testing.T) Result {
				r, again := then(t, first, was, givenClaims(own), withoutClusters("shop"))
				r, again = then(t, r, again, webOf, reclaim("shop"))
				if got := list(again.Allocations["web"].Pods); got != "10.0.0.0/20" || sharedNames(again) != nil {
					t.Errorf("web has %s, shared %v", got, sharedNames(again))
				}
				_, later := then(t, r, again)
				if got := list(later.Allocations["web"].Pods); got != "10.0.0.0/20" {
					t.Errorf("web moved to %s", got)
				}
				return later
			}, "", ofAll[:2],
		},
		"a claim that names no allocator is of another workspace": {
			func(t *testing.T) Result {
				nobodys := own["shop/pod/10.0.0.0/20"]
				nobodys.Allocator = ""
				return planned(t, edited(first, givenClaims(map[string]topology.Foreign{"x": nobodys})))
			}, "10.0.16.0/20", nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			result := test.plan(t)
			if got := sharedNames(result); !slices.Equal(got, test.shared) {
				t.Errorf("reported as of another owner of the name: %q, want %q", got, test.shared)
			}
			if got := list(result.Allocations["shop"].Pods); got != test.shop && test.shop != "" {
				t.Errorf("shop has %s, want %s", got, test.shop)
			}
		})
	}
}

// All kinds of claims come back: growth-reserved, released and reserved ranges, supernets, several VRFs.
func TestAllKindsOfOwnClaimsComeBack(t *testing.T) {
	blue := func(r *Request) {
		r.Facts.VPCs["blue"] = topology.VPC{CIDRBlocks: prefixes("192.168.9.0/24"), VRF: "blue"}
		r.Pools["far"] = Pool{Supernets: prefixes("10.9.0.0/16")}
	}
	first := request(blue, shopOf, reserved("vpn", "10.0.240.0/20"), existing("old", Existing{PodCIDRs: prefixes("10.0.224.0/20")}),
		cluster("grow", "cce-vpc-router", lengths(22, 22, 26), func(cl *topology.Cluster) { cl.ReserveLength = 20 }))
	r, was := first, planned(t, first)
	r, was = then(t, r, was, withoutClusters("shop"), webOf)
	own := outgoingOf(r, was)
	kinds := map[string]bool{}
	for _, c := range own {
		kinds[c.Kind+c.VRF] = true
	}
	if len(kinds) < 10 {
		t.Fatalf("claims are only of %v", kinds)
	}
	_, again := then(t, r, was, givenClaims(own))
	if shared := sharedNames(again); shared != nil || !reflect.DeepEqual(again.Allocations, was.Allocations) ||
		!reflect.DeepEqual(again.Released, was.Released) {
		t.Errorf("reported %q, allocations %v, released %v", shared, again.Allocations, again.Released)
	}
}

func TestOwnClaimsOfBlocks(t *testing.T) {
	nets := blocks(ofLength("prod", 20))
	was := planned(t, nets)
	own := outgoingOf(nets, was)
	second := edited(nets, givenClaims(own))
	if got := planned(t, second); got.Allocations["prod"].Block.Overlaps(was.Allocations["prod"].Block) || len(sharedNames(got)) == 0 {
		t.Errorf("a second workspace has %v too, and the report is %q", got.Allocations["prod"].Block, sharedNames(got))
	}
	if _, again := then(t, nets, was, givenClaims(own)); len(sharedNames(again)) > 0 ||
		!reflect.DeepEqual(again.Allocations, was.Allocations) {
		t.Errorf("the own claims come back as %v, reported %q", again.Allocations, sharedNames(again))
	}
	held := Existing{CIDR: was.Allocations["prod"].Block}
	if got := planned(t, edited(second, existing("prod", held))); len(sharedNames(got)) > 0 ||
		!reflect.DeepEqual(got.Allocations, was.Allocations) {
		t.Errorf("after a lost state: %v, reported %q", got.Allocations, sharedNames(got))
	}
}

// A planner whose name is not known yet takes its ranges from claims of any name, and reports none as shared.
func TestClaimsOfAPlannerWithoutAName(t *testing.T) {
	held := request(shopOf, called(""), existing("shop", heldByShop)).holdings()
	claim := func(cidr string) topology.Foreign {
		return topology.Foreign{Kind: topology.ForeignPod, Owner: "shop", Network: "ali", CIDR: prefix(cidr), Allocator: "k8s"}
	}
	others, shared := held.divide(map[string]topology.Foreign{"own": claim("10.0.0.0/20"), "other": claim("10.0.16.0/20")})
	if want := map[string]topology.Foreign{"other": claim("10.0.16.0/20")}; !reflect.DeepEqual(others, want) || shared != nil {
		t.Errorf("got %v and the shared %v, want %v", others, shared, want)
	}
}
