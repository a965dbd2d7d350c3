package allocate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// trip is one that a packet must be able to make: from a network, to an address of a Pod, into the
// network of its cluster, over a hub or, with "", over a peering. The network "" is one that is
// attached to the hub and that nobody declared.
type trip struct {
	from, into, hub string
	to              netip.Addr
}

// arrives sends the packet off and follows it from table to table. A VPC sends to its hub what it
// does not know; a site has routes only to what is published.
func (t trip) arrives(f topology.Facts, tables []RequiredRoute) bool {
	next := func(at string, over topology.Connection) (string, bool) {
		for _, entry := range tables {
			if entry.From == at && entry.Via == over && entry.Destination.Contains(t.to) {
				if hub := entry.Hub(); hub == "" || hub == t.hub {
					return entry.To, true
				}
			}
		}
		return "", false
	}
	if t.hub == "" {
		to, known := next(t.from, topology.ThroughPeering)
		return known && to == t.into
	}
	if _, site := f.Sites[t.from]; site {
		if to, known := next(t.from, topology.ThroughHub); !known || to != t.hub {
			return false
		}
	}
	to, known := next(t.hub, topology.ThroughHub)
	return known && to == t.into
}

// trips are all that the Pods of some allocations must be able to receive, as the oracle reads the
// networks.
func trips(f topology.Facts, held map[string]Allocation) []trip {
	graph := oracle.Graph{}
	for name, v := range f.VPCs {
		graph[name] = oracle.Vertex{VRF: v.VRF, Hubs: v.Hubs, Peers: v.Peers}
	}
	for name, s := range f.Sites {
		graph[name] = oracle.Vertex{VRF: s.VRF, Hubs: s.Hubs, Peers: s.Peers}
	}
	var all []trip
	for cluster, a := range held {
		into := f.Clusters[cluster].VPC
		if !rulesSeePods(f.Clusters[cluster].Profile) {
			continue
		}
		for _, pods := range append(slices.Clone(a.Pods), a.PodIPv6) {
			for _, address := range ends(pods) {
				for _, hub := range graph[into].Hubs {
					all = append(all, trip{"", into, hub, address})
				}
				for _, from := range graph.Names() {
					_, hubs := graph.Connected(from, into)
					if graph.Peered(from, into) {
						hubs = append(hubs, "")
					}
					for _, hub := range hubs {
						all = append(all, trip{from, into, hub, address})
					}
				}
			}
		}
	}
	return all
}

// rulesSeePods says whether the published rules of a profile keep Pods of joined clusters apart.
func rulesSeePods(name string) bool {
	p, _ := profile.Default().Profile(name)
	return rulesOf(p).Levels[profile.PodPodPeer] > 0
}

// ends are the first and the last address of a range.
func ends(p netip.Prefix) []netip.Addr {
	if !p.IsValid() {
		return nil
	}
	return []netip.Addr{p.Addr(), cidr.Last(p)}
}

// reached is a request with a cluster that peers, a hub and a site reach, beside random networks and clusters; without these where
// the plan would fail with them.
func (d draw) reached() (Request, Result) {
	r := d.request()
	for _, beside := range []bool{true, false} {
		if !beside {
			r = Request{Name: "k8s", Supernets: prefixes("10.0.0.0/12")}
			r.Facts.Hubs, r.Facts.VPCs = map[string]topology.Hub{}, map[string]topology.VPC{}
			r.Facts.Sites, r.Facts.Clusters = map[string]topology.Site{}, map[string]topology.Cluster{}
		}
		r.Facts.Hubs["all"] = topology.Hub{}
		r.Facts.VPCs["near"] = topology.VPC{
			CIDRBlocks: prefixes("10.128.0.0/24"), Hubs: []string{"all"}, Peers: d.some("peers of near", "far", "lab"),
		}
		r.Facts.VPCs["far"] = topology.VPC{
			CIDRBlocks: prefixes("10.128.1.0/24"), Hubs: d.some("hubs of far", "all"), Peers: []string{"near"},
		}
		r.Facts.Sites["lab"] = topology.Site{CIDRBlocks: prefixes("10.128.2.0/24"), Hubs: []string{"all"}}
		r.Facts.Clusters["seen"] = topology.Cluster{
			VPC: "near", Profile: "kubernetes-routed", PodCIDRs: prefixes("10.129.0.0/20"), ServiceCIDR: prefix("10.130.0.0/24"),
			Need: profile.Need{NodeMask: 26},
		}
		if result := Plan(r, profile.Default()); !result.Failed() {
			return r, result
		}
	}
	d.Fatal("not even the cluster alone can be planned")
	return Request{}, Result{}
}

// Every Pod that is to be reached is reached over every way, and no required route can go.
func TestRequiredRoutesReachAllAndNoneIsTooMany(t *testing.T) {
	t.Parallel()
	catalog := profile.Default()
	draws, beside := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		r, result := draw{t}.reached()
		if draws++; len(r.Facts.VPCs) > 2 {
			beside++
		}
		required, unknown := r.RequiredRoutes(result, catalog)
		tables := slices.Collect(maps.Values(required))
		all := trips(r.Facts, result.Allocations)
		for _, trip := range all {
			if !trip.arrives(r.Facts, tables) {
				t.Fatalf("%+v does not arrive with %v", trip, slices.Sorted(maps.Keys(required)))
			}
		}
		entries := map[topology.Action]int{}
		for i, entry := range tables {
			if entries[entry.Action]++; len(result.Findings) > 0 {
				continue // two routes that share addresses can replace each other
			}
			others := slices.Delete(slices.Clone(tables), i, i+1)
			if !slices.ContainsFunc(all, func(trip trip) bool { return !trip.arrives(r.Facts, others) }) {
				t.Fatalf("%s is required by nobody", entry.Key())
			}
		}
		if len(entries) != 3 {
			t.Fatalf("of the three kinds of entries there are %v", entries)
		}
		for key, entry := range required {
			if key != entry.Key() || unknown {
				t.Fatalf("%s has the key %s, unknown %t", entry.Key(), key, unknown)
			}
		}
	})
	if draws >= 100 && beside < draws/10 {
		t.Errorf("only %d of %d requests have other networks", beside, draws)
	}
	t.Logf("%d of %d requests have other networks", beside, draws)
}

// Destinations are the ranges that a cluster holds, no address more, and one where one prefix does.
func TestRequiredDestinationsCoverWhatIsHeld(t *testing.T) {
	lists := map[bool]int{}
	rapid.Check(t, func(t *rapid.T) {
		held := draw{t}.disjointBlocks()
		var covered []netip.Prefix
		for _, d := range destinations(profile.Ranges{Pods: held}) {
			covered = append(covered, d.to)
		}
		for block := range 32 {
			address := netip.AddrFrom4([4]byte{10, 0, byte(block * 8), 1})
			in := func(p netip.Prefix) bool { return p.Contains(address) }
			if slices.ContainsFunc(held, in) != slices.ContainsFunc(covered, in) {
				t.Fatalf("%v is in %v or in %v only", address, held, covered)
			}
		}
		around := held[0]
		for slices.ContainsFunc(held, func(p netip.Prefix) bool { return !cidr.Contains(around, p) }) {
			around, _ = cidr.Parent(around)
		}
		addresses := 0
		for _, p := range held {
			addresses += 1 << (32 - p.Bits())
		}
		whole := addresses == 1<<(32-around.Bits())
		if lists[whole && len(held) > 1]++; whole != (len(covered) == 1) {
			t.Fatalf("%v have the destinations %v", held, covered)
		}
	})
	if lists[true] < atLeast(20) || lists[false] < atLeast(20) {
		t.Errorf("%v: the ranges are too similar to show anything", lists)
	}
}

// disjointBlocks are ranges of /21 to /19 in 10.0.0.0/16 that do not overlap, at least one.
func (d draw) disjointBlocks() []netip.Prefix {
	var blocks []netip.Prefix
	for i := range d.number(1, 4, "count") {
		length := d.number(19, 21, fmt.Sprint("length ", i))
		place := d.number(0, 3, fmt.Sprint("place ", i)) // few places, so that some make one block
		p, _ := cidr.Nth(prefix("10.0.0.0/16"), length, uint64(place))
		if !slices.ContainsFunc(blocks, p.Overlaps) {
			blocks = append(blocks, p)
		}
	}
	return blocks
}

// A cluster that is added changes no entry of another one.
func TestRequiredRoutesOfOthersStay(t *testing.T) {
	t.Parallel()
	catalog := profile.Default()
	rapid.Check(t, func(t *rapid.T) {
		r, first := draw{t}.reached()
		more := after(edited(r), first)
		more.Facts.Clusters["new"] = draw{t}.cluster(r, "new")
		second := Plan(more, catalog)
		if second.Failed() { // which one with ranges that nothing else has does not
			cl := r.Facts.Clusters["seen"]
			cl.PodCIDRs, cl.ServiceCIDR = prefixes("10.131.0.0/20"), prefix("10.132.0.0/24")
			more.Facts.Clusters["new"] = cl
			second = Plan(more, catalog)
		}
		was, _ := r.RequiredRoutes(first, catalog)
		now, _ := more.RequiredRoutes(second, catalog)
		if len(was) == 0 || second.Failed() {
			t.Fatalf("%d entries are compared with those of\n%s", len(was), allReports(second))
		}
		for key, entry := range was {
			if now[key] != entry {
				t.Fatalf("%s was %+v and is %+v", key, entry, now[key])
			}
		}
		for key, entry := range now {
			if _, before := was[key]; !before && entry.Cluster != "new" {
				t.Fatalf("%s came with another cluster", key)
			}
		}
	})
}

func (t trip) String() string {
	return fmt.Sprintf("%q to %v in %s over %q", t.from, t.to, t.into, t.hub)
}
