package allocate

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// planted gives each of some VPCs a cluster for which a range is known, and joins pairs of VPCs whose ranges are disjoint to a
// site of their own. Ranges of VPCs that share no site may be the same.
func planted(seed uint64, planting oracle.Planting) Request {
	made := planting.Plant(seed)
	r := Request{
		Name: "planted", SharedPods: true, SharedServices: true,
		Supernets: []netip.Prefix{made.Supernet}, ServiceSupernets: prefixes("172.20.0.0/14"),
	}
	r.Facts.VPCs, r.Facts.Sites, r.Facts.Clusters = map[string]topology.VPC{}, map[string]topology.Site{}, map[string]topology.Cluster{}
	var names []string
	for i, plant := range made.Ranges {
		name := fmt.Sprintf("v%03d", i)
		names = append(names, name)
		r.Facts.VPCs[name] = topology.VPC{CIDRBlocks: []netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 168, byte(i), 0}), 24)}}
		r.Facts.Clusters["c"+name] = topology.Cluster{VPC: name, Profile: "kubernetes-routed", Need: lengths(plant.Bits(), 28, 28)}
	}
	r.Facts.Reserved, r.Facts.Foreign = map[string]topology.Reserved{}, map[string]topology.Foreign{}
	for i := range uint64(3) {
		block, _ := cidr.Nth(prefix("172.20.0.0/24"), 28, 3*i)
		r.Facts.Reserved[fmt.Sprint("r", i)] = topology.Reserved{CIDR: block}
		block, _ = cidr.Nth(prefix("172.20.1.0/24"), 28, 5*i)
		r.Facts.Foreign[fmt.Sprint("f", i)] = topology.Foreign{Owner: fmt.Sprint("other", i), Kind: topology.ForeignBlock, CIDR: block}
	}
	for n, pair := range made.Pairs {
		block, _ := cidr.Nth(prefix("100.64.0.0/10"), 24, uint64(n))
		r.Facts.Sites[fmt.Sprintf("s-%d-%d", pair[0], pair[1])] = topology.Site{
			CIDRBlocks: []netip.Prefix{block}, Peers: []string{names[pair[0]], names[pair[1]]},
		}
	}
	return r
}

// placesPlanted says whether all of a planted request is placed. It must not be said to be impossible.
func placesPlanted(t testing.TB, r Request) (placed bool, result Result) {
	t.Helper()
	result = Plan(r, profile.Default())
	for _, f := range result.Faults {
		n, ok := f.Problem.(NoRoom)
		if !ok || !n.CutShort {
			t.Fatalf("there is a placement, and the plan says %.500v", f)
		}
	}
	for pair, site := range r.Facts.Sites {
		a, b := result.Allocations["c"+site.Peers[0]], result.Allocations["c"+site.Peers[1]]
		if len(a.Pods) > 0 && len(b.Pods) > 0 && a.Pods[0].Overlaps(b.Pods[0]) {
			t.Fatalf("the VPCs of %s have Pods in %v and %v", pair, a.Pods, b.Pods)
		}
	}
	return !result.Failed() && len(result.Allocations) == len(r.Facts.Clusters), result
}

// permuted is the same request with everything under other names that no range depends on, in another order: the
// allocator, VPCs, sites, reserved ranges, claims of others and their keys. Names of clusters stay.
func permuted(r Request, seed uint64) Request {
	d := rand.New(rand.NewPCG(seed, 12))
	r = rebuilt(r)
	r.Name = "another"
	order := names(r.Facts.VPCs)
	d.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	renames := topology.Renames{Networks: map[string]string{}}
	for i, name := range order {
		renames.Networks[name] = fmt.Sprintf("net-%03d", i)
	}
	r.Facts = r.Facts.Renamed(renames)
	r.Facts.Sites = relabeled(r.Facts.Sites, d)
	for _, s := range r.Facts.Sites {
		slices.Reverse(s.Peers)
	}
	r.Facts.Reserved, r.Facts.Foreign = relabeled(r.Facts.Reserved, d), relabeled(r.Facts.Foreign, d)
	return r
}

// relabeled is a map under other keys, which sort in another order.
func relabeled[V any](all map[string]V, d *rand.Rand) map[string]V {
	out := map[string]V{}
	keys := names(all)
	for i, n := range d.Perm(len(keys)) {
		out[fmt.Sprintf("k%04d", n)] = all[keys[i]]
	}
	return out
}

// All of a planted request is placed, and the same again whatever the order and the names of all but clusters.
func TestPlacesPlantedRequestsInAnyOrder(t *testing.T) {
	t.Parallel()
	plantings := []oracle.Planting{
		{Ranges: 80, Places: 4, Pairs: 260, Halves: true}, {Ranges: 100, Places: 4, Pairs: 420}, {Ranges: 80, Places: 8, Pairs: 900},
	}
	if testing.Short() {
		plantings = plantings[:1]
	}
	for _, k := range plantings {
		t.Run(k.String(), func(t *testing.T) {
			for seed := range seeds(2) {
				r := planted(seed, k)
				placed, result := placesPlanted(t, r)
				if !placed {
					t.Errorf("seed %d is not placed", seed)
				}
				again := Plan(permuted(r, seed), profile.Default())
				for name, a := range result.Allocations {
					if other := again.Allocations[name]; list(a.Pods) != list(other.Pods) || a.Service != other.Service {
						t.Errorf("%s has %v and %v, and %v and %v in another order", name, a.Pods, a.Service, other.Pods, other.Service)
					}
				}
			}
		})
	}
}
