package allocate

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// plantation is a kind of requests that are made from a placement, so that they have one.
type plantation struct {
	vpcs, places, pairs int
	// halves says that half of the clusters take half a place.
	halves bool
}

func (k plantation) String() string {
	halves := ""
	if k.halves {
		halves = " and halves"
	}
	return fmt.Sprintf("%d VPCs and %d sites on %d places%s", k.vpcs, k.pairs, k.places, halves)
}

// planted gives each of some VPCs a cluster with a range in one of a few places, and joins pairs of VPCs whose
// ranges are disjoint to a site of their own. Ranges of VPCs that share no site may be the same.
func planted(seed uint64, k plantation) Request {
	d := rand.New(rand.NewPCG(seed, 11))
	supernet := netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), 24-cidr.Bits(uint64(k.places)))
	r := Request{
		Name: "planted", SharedPods: true, SharedServices: true,
		Supernets: []netip.Prefix{supernet}, ServiceSupernets: prefixes("172.20.0.0/14"),
	}
	r.Facts.VPCs, r.Facts.Sites, r.Facts.Clusters = map[string]topology.VPC{}, map[string]topology.Site{}, map[string]topology.Cluster{}
	var names []string
	var plants []netip.Prefix
	for i := range k.vpcs {
		name, length := fmt.Sprintf("v%03d", i), 24
		if k.halves && i%2 == 1 {
			length = 25
		}
		plant, _ := cidr.Nth(supernet, length, d.Uint64N(uint64(k.places)<<(length-24)))
		names, plants = append(names, name), append(plants, plant)
		r.Facts.VPCs[name] = topology.VPC{CIDRBlocks: []netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 168, byte(i), 0}), 24)}}
		r.Facts.Clusters["c"+name] = topology.Cluster{VPC: name, Profile: "kubernetes-routed", Need: lengths(length, 28, 28)}
	}
	r.Facts.Reserved, r.Facts.Foreign = map[string]topology.Reserved{}, map[string]topology.Foreign{}
	for i := range uint64(3) {
		block, _ := cidr.Nth(prefix("172.20.0.0/24"), 28, 3*i)
		r.Facts.Reserved[fmt.Sprint("r", i)] = topology.Reserved{CIDR: block}
		block, _ = cidr.Nth(prefix("172.20.1.0/24"), 28, 5*i)
		r.Facts.Foreign[fmt.Sprint("f", i)] = topology.Foreign{Owner: fmt.Sprint("other", i), Kind: topology.ForeignBlock, CIDR: block}
	}
	for n := 0; n < k.pairs; {
		i, j := d.IntN(k.vpcs), d.IntN(k.vpcs)
		pair := fmt.Sprintf("s-%d-%d", min(i, j), max(i, j))
		if _, joined := r.Facts.Sites[pair]; joined || plants[i].Overlaps(plants[j]) {
			continue
		}
		block, _ := cidr.Nth(prefix("100.64.0.0/10"), 24, uint64(n))
		r.Facts.Sites[pair] = topology.Site{CIDRBlocks: []netip.Prefix{block}, Peers: []string{names[i], names[j]}}
		n++
	}
	return r
}

// placesPlanted says whether all of a planted request is placed. It must not be said to be impossible.
func placesPlanted(t testing.TB, r Request) (placed bool, result Result) {
	t.Helper()
	result = Plan(r, profile.Default())
	for _, f := range result.Faults {
		n, ok := f.Problem.(NoRoom)
		if !ok || !n.GaveUp {
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

var plantations = []plantation{
	{80, 4, 340, false}, {120, 4, 500, false}, {160, 4, 680, false}, {200, 4, 800, false}, {200, 4, 900, false}, {200, 4, 1000, false},
	{80, 8, 1000, false}, {120, 8, 1600, false}, {200, 8, 2400, false}, {200, 8, 2800, false},
	{120, 4, 400, true}, {200, 8, 2000, true},
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

// A repair places what a search gives up on, and the same again whatever the order and the names of all but clusters.
func TestPlacesPlantedRequests(t *testing.T) {
	for _, k := range []plantation{{100, 4, 420, false}, {80, 4, 260, true}, {80, 8, 900, false}} {
		t.Run(k.String(), func(t *testing.T) {
			repaired := 0
			for seed := range uint64(2) {
				r := planted(seed, k)
				placed, result := placesPlanted(t, r)
				if !placed {
					t.Errorf("seed %d is not placed", seed)
				}
				p := newPlanner(permuted(r, seed), profile.Default())
				p.gather()
				p.place()
				if p.work > maxWork {
					repaired++
				}
				for name, a := range result.Allocations {
					if other := p.ranges[name]; a.Pods[0] != other.Pods[0] || a.Service != other.Service {
						t.Errorf("%s has %v and %v, and %v and %v in another order", name, a.Pods, a.Service, other.Pods, other.Service)
					}
				}
			}
			if !k.halves && repaired == 0 {
				t.Error("a search places all of them, so that nothing is repaired")
			}
		})
	}
}

// A repair that finds nothing, as where there is nothing, only says that the search was cut short.
func TestRepairOfWhatIsImpossible(t *testing.T) {
	r := planted(1, plantation{8, 4, 12, false})
	for i := range 5 { // five that must all be apart, on four places
		for j := range i {
			block, _ := cidr.Nth(prefix("100.96.0.0/16"), 24, uint64(5*i+j))
			r.Facts.Sites[fmt.Sprint("x", i, j)] = topology.Site{
				CIDRBlocks: []netip.Prefix{block},
				Peers:      []string{fmt.Sprintf("v%03d", i), fmt.Sprintf("v%03d", j)},
			}
		}
	}
	p := newPlanner(r, profile.Default())
	p.work = maxWork + 1
	p.gather()
	p.place()
	if len(p.result.Faults) == 0 || p.work <= maxRepairWork {
		t.Fatalf("got %d faults after %d steps of work", len(p.result.Faults), p.work)
	}
	for _, f := range p.result.Faults {
		if n, ok := f.Problem.(NoRoom); !ok || !n.GaveUp {
			t.Errorf("got %.500v", f)
		}
	}
}

// Without any search a repair takes only what is free, and places what is possible and nothing else.
func TestRepairKeepsApart(t *testing.T) {
	catalog, u := made(t), oracle.NewUniverse(prefix("10.0.0.0/26"), 30)
	possible, repaired := 0, 0
	for seed := range uint64(2000) {
		r := tiny{rand.New(rand.NewPCG(seed, 3)), u}.request()
		if len(leftOutBy(r, catalog)) == 0 {
			continue
		}
		p := newPlanner(r, catalog)
		p.work = maxRepairWork - 50_000
		p.gather()
		p.place()
		p.complete()
		if found := collisions(r, catalog, p.result.Allocations); len(found) > 0 {
			t.Fatalf("seed %d: %s", seed, found[0])
		}
		crowded := Plan(r, catalog).crowded() // others are wrong by what is pinned
		switch {
		case !crowded && p.result.crowded():
			possible++
		case !crowded:
			possible, repaired = possible+1, repaired+1
		case !p.result.crowded():
			t.Errorf("seed %d: a repair places what cannot be placed", seed)
		}
	}
	if possible < 20 || repaired < possible {
		t.Errorf("a repair places %d of %d", repaired, possible)
	}
}

// BenchmarkPlanted reports the share of planted requests that are placed, the share that a search without
// repairs places, and the longest time of one against the time that first fit takes for it.
func BenchmarkPlanted(b *testing.B) {
	for _, k := range plantations {
		b.Run(k.String(), func(b *testing.B) {
			var placed, searched, tried, ratio, longest float64
			for b.Loop() {
				r := planted(uint64(tried), k)
				tried++
				firstFit := elapsed(func() {
					p := newPlanner(r, profile.Default())
					p.gather()
					p.sortWants()
					p.classify()
					p.greedy()
				})
				p := newPlanner(r, profile.Default())
				all := elapsed(func() {
					p.gather()
					p.place()
				})
				longest, ratio = max(longest, all), max(ratio, all/firstFit)
				if !p.result.Failed() {
					placed++
					if p.work <= maxWork {
						searched++
					}
				}
			}
			b.ReportMetric(100*placed/tried, "%placed")
			b.ReportMetric(100*searched/tried, "%searched")
			b.ReportMetric(longest, "s-longest")
			b.ReportMetric(ratio, "x-first-fit")
		})
	}
}

// elapsed is how many seconds something takes.
func elapsed(do func()) float64 {
	start := time.Now()
	do()
	return time.Since(start).Seconds()
}
