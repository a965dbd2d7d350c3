package allocate

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// wanted is a range that the plan has to choose.
type wanted struct {
	oracle.Party
	oracle.Item
	// mirrors are those who get the same range.
	mirrors []oracle.Party
}

// apart says whether two ranges must be, for one of those who get them.
func (w wanted) apart(other wanted, r Request, networks oracle.Networks) bool {
	for _, a := range append(w.mirrors, w.Party) {
		for _, b := range append(other.mirrors, other.Party) {
			if mustBeApart(r, networks, a, b) {
				return true
			}
		}
	}
	return false
}

// wantedOf are the ranges of a request that are neither pinned nor held, as the oracle is asked
// for them, and those that clusters need beside the ranges that they hold.
func wantedOf(r Request, catalog *profile.Catalog) []wanted {
	networks := networksOf(r.Facts)
	inUse := inUseBefore(r, catalog)
	var all []wanted
	add := func(name, kind string, length int) {
		w := wanted{Party: ofCluster(r, catalog, name, kind), Item: oracle.Item{Length: length}}
		cl := r.Facts.Clusters[name]
		for mirror, other := range r.Facts.Clusters {
			if other.SameAs == name {
				w.mirrors = append(w.mirrors, ofCluster(r, catalog, mirror, kind))
			}
		}
		p, _ := catalog.Profile(cl.Profile)
		limits := p.Pods.Limits
		if kind == "service" {
			limits = p.Services.Limits
		}
		w.Allowed = from(r, cl, kind)
		for _, limit := range limits {
			w.Allowed = within(w.Allowed, limit, length)
		}
		for _, box := range boxes(r, catalog, name) {
			if kind == "pod" {
				w.Allowed = inside(w.Allowed, box)
			}
		}
		for _, f := range p.Forbidden {
			w.Forbidden = append(w.Forbidden, f.CIDR)
		}
		larger := largerAround(given(r, catalog, name).Pods, kind, length, p)
		if larger.IsValid() {
			w.Allowed = inside(w.Allowed, []netip.Prefix{larger})
		}
		for _, h := range inUse {
			own := (h.Cluster == name || r.Facts.Clusters[h.Cluster].SameAs == name) && h.Kind == kind // mirrors grow along
			if !own && w.apart(wanted{Party: h.Party}, r, networks) || own && !larger.IsValid() {
				w.Forbidden = append(w.Forbidden, h.Range)
			}
		}
		all = append(all, w)
	}
	for name, cl := range r.Facts.Clusters {
		was := given(r, catalog, name)
		if cl.SameAs != "" {
			continue
		}
		p, _ := catalog.Profile(cl.Profile)
		if length, lacks := lacksPods(cl, p, was.Pods); lacks {
			add(name, "pod", length)
		}
		if length, lacks := lacksServices(cl, was.Services()); lacks {
			add(name, "service", length)
		}
	}
	// Large ones first only so that the oracle ends sooner.
	slices.SortFunc(all, func(a, b wanted) int { return a.Length - b.Length })
	return all
}

// inUseBefore are the ranges that are in use before a plan.
func inUseBefore(r Request, catalog *profile.Catalog) []holding {
	inUse := slices.Concat(declared(r), othersOf(r, catalog), formersOf(r, catalog))
	for name := range r.Facts.Clusters {
		was := given(r, catalog, name)
		for _, p := range was.Pods {
			inUse = append(inUse, holding{Party: ofCluster(r, catalog, name, "pod"), Range: p})
		}
		for _, p := range was.Services() {
			inUse = append(inUse, holding{Party: ofCluster(r, catalog, name, "service"), Range: p})
		}
	}
	return inUse
}

// within cuts ranges to the windows of a limit that take a length.
func within(ranges []netip.Prefix, limit profile.Limit, length int) []netip.Prefix {
	var cut []netip.Prefix
	for _, r := range ranges {
		for _, w := range limit.Windows {
			switch {
			case !w.CIDR.Overlaps(r) || length < w.Shortest || length > w.Longest:
			case w.CIDR.Bits() > r.Bits():
				cut = append(cut, w.CIDR)
			default:
				cut = append(cut, r)
			}
		}
	}
	return cut
}

// inside are the parts of ranges that are in others.
func inside(ranges, others []netip.Prefix) []netip.Prefix {
	var parts []netip.Prefix
	for _, r := range ranges {
		for _, o := range others {
			if part, ok := cidr.Overlap(r, o); ok {
				parts = append(parts, part)
			}
		}
	}
	return parts
}

// placedByOracle is what a request wants, and whether the oracle places all of it, which is to be so exactly when the plan misses no range.
func placedByOracle(
	u oracle.Universe, r Request, catalog *profile.Catalog, result Result, missing int,
) (all []wanted, placed bool, wrong string) {
	all, networks := wantedOf(r, catalog), networksOf(r.Facts)
	items := make([]oracle.Item, len(all))
	for i, w := range all {
		items[i] = w.Item
	}
	places, placed := u.Place(items, func(i, j int) bool { return all[i].apart(all[j], r, networks) })
	if placed != (missing == 0) {
		wrong = fmt.Sprintf("the oracle places all: %t, %v; the plan leaves %d:\n%s", placed, places, missing, allReports(result))
	}
	return all, placed, wrong
}

// agrees holds one plan in a tiny universe to the oracle: it places everything exactly when that
// can be done, never stops early, and places each range where it may be. It says what is wrong.
func agrees(u oracle.Universe, r Request, catalog *profile.Catalog) (placed bool, wrong string) {
	result := Plan(r, catalog)
	missing := 0
	for _, f := range result.Faults {
		if _, advice := f.Problem.(topology.Refused); advice && f.Warn {
			continue // of a network, such as a route to the VPC's own block
		}
		n, ok := f.Problem.(NoRoom)
		if !ok || n.CutShort {
			return false, fmt.Sprintf("not just a want of room: %v", f)
		}
		missing += 1 + len(n.Others)
	}
	all, placed, wrong := placedByOracle(u, r, catalog, result, missing)
	if wrong != "" {
		return placed, wrong
	}
	if placed && len(result.Allocations) != len(r.Facts.Clusters) {
		return placed, fmt.Sprintf(
			"%d of %d clusters have an allocation and nobody says why", len(result.Allocations), len(r.Facts.Clusters),
		)
	}
	if found := collisions(r, catalog, result.Allocations); len(found) > 0 {
		return placed, strings.Join(found, "\n")
	}
	for _, w := range all {
		a, ok := result.Allocations[w.Cluster]
		if !ok {
			continue
		}
		got := a.Service
		if w.Kind == "pod" {
			got = a.Pods[0]
		}
		if !slices.ContainsFunc(w.Allowed, func(p netip.Prefix) bool { return p.Bits() <= got.Bits() && p.Overlaps(got) }) ||
			got.Bits() != w.Length {
			return placed, fmt.Sprintf("%s of %s is %v, want a /%d in %v", w.Kind, w.Cluster, got, w.Length, w.Allowed)
		}
	}
	return placed, ""
}

// Promise 8. Thousands of tiny universes against the oracle, which tries everything. toy-low takes
// only what lies below 10.0.0.32, so that the places differ.
func TestPlacesAllExactlyWhenThatIsPossible(t *testing.T) {
	t.Parallel()
	for _, size := range []struct {
		block string
		unit  int
		seeds uint64
	}{
		{"10.0.0.0/28", 32, 4000},
		{"10.0.0.16/28", 31, 1000},
		{"10.0.0.0/26", 30, 3000},
		{"10.0.0.0/26", 31, 1000},
	} {
		t.Run(fmt.Sprint(size.block, " of /", size.unit), func(t *testing.T) {
			catalog := made(t)
			u := oracle.NewUniverse(prefix(size.block), size.unit)
			count := map[bool]int{}
			for seed := range seeds(size.seeds) {
				r := tiny{rand.New(rand.NewPCG(seed, 1)), u}.request()
				placed, wrong := agrees(u, r, catalog)
				if wrong != "" {
					t.Fatalf("seed %d: %s\nin %+v", seed, wrong, r)
				}
				count[placed]++
			}
			if least := int(seeds(size.seeds)) / 10; count[true] < least || count[false] < least {
				t.Errorf("%d universes have a placement and %d have none: too few of one to show anything", count[true], count[false])
			}
		})
	}
}

// Promise 8. All universes of four addresses with two clusters whose Pods must be apart or need
// not be, of all lengths, and with three that must be apart and can be; each with every set of
// addresses routed away from each.
func TestPlacesAllInEveryUniverseOfFour(t *testing.T) {
	t.Parallel()
	catalog := made(t)
	u := oracle.NewUniverse(prefix("10.0.0.0/30"), 32)
	var taken [16]map[string]topology.Route
	for set := range taken {
		taken[set] = map[string]topology.Route{}
		for i, cell := range u.OfLength(32) {
			if set>>i&1 == 1 {
				taken[set][cell.String()] = topology.Route{Destination: cell, NextHop: "peering"}
			}
		}
	}
	count := map[bool]int{}
	try := func(joined bool, lengths, sets []int) {
		r := Request{Name: "four", Supernets: []netip.Prefix{u.Block}, SharedPods: true, SharedServices: true}
		r.Facts.VPCs, r.Facts.Clusters = map[string]topology.VPC{}, map[string]topology.Cluster{}
		var earlier []string
		for i, length := range lengths {
			name, n := fmt.Sprint("v", i), byte(i)
			v := topology.VPC{
				CIDRBlocks: []netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 168, n, 0}), 24)},
				Routes:     taken[sets[i]],
			}
			if joined {
				v.Peers = slices.Clone(earlier)
			}
			r.Facts.VPCs[name] = v
			r.Facts.Clusters[name] = topology.Cluster{
				VPC: name, Profile: "toy-routed", Need: profile.Need{PodLength: length},
				ServiceCIDR: netip.PrefixFrom(netip.AddrFrom4([4]byte{172, 20, n, 0}), 24),
			}
			earlier = append(earlier, name)
		}
		placed, wrong := agrees(u, r, catalog)
		if wrong != "" {
			t.Fatalf("%v, joined %t: %s\nin %+v", lengths, joined, wrong, r)
		}
		count[placed]++
	}
	step := 1
	if testing.Short() {
		step = 23 // shares no divisor with the number of sets, so that all sets of each cluster are among them
	}
	for a := 30; a <= 32; a++ {
		for b := 30; b <= 32; b++ {
			for sets := 0; sets < 16*16; sets += step {
				try(true, []int{a, b}, []int{sets % 16, sets / 16})
				try(false, []int{a, b}, []int{sets % 16, sets / 16})
			}
		}
	}
	for _, lengths := range [][]int{{31, 32, 32}, {32, 32, 32}} {
		for sets := 0; sets < 16*16*16; sets += step {
			try(true, lengths, []int{sets % 16, sets / 16 % 16, sets / 256})
		}
	}
	all, fewest := 2*9*16*16+2*16*16*16, 1000/step
	if tried := count[true] + count[false]; tried < all/step || count[true] < fewest || count[false] < fewest {
		t.Errorf("%d universes have a placement and %d have none: not all, or too few of one", count[true], count[false])
	}
}
