package allocate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// tried says whether a plan of a request, in which one cluster has another profile than in this one, has no finding that is
// worse and no further fault.
func (p *planner) tried(r Request, name string, worse func(conflict.Finding) bool) bool {
	if p.changesAlone(name) {
		if works, certain := p.triedAlone(r, name, worse); certain {
			return works
		}
	}
	trial := newPlanner(r, p.catalog)
	trial.trial = true
	trial.run()
	return !slices.ContainsFunc(trial.result.Findings, worse) && !failsMore(trial.result.Faults, p.result.Faults)
}

// changesAlone says whether another profile of a cluster that holds nothing changes what this plan gathered of that cluster
// alone: no other one has its ranges, it has none that the configuration gives, and nothing that was released may come back.
func (p *planner) changesAlone(name string) bool {
	cl := p.request.Facts.Clusters[name]
	_, _, back := p.comesBack(name)
	_, took := p.back[name]
	shared := cl.SameAs != "" || len(p.mirrors[name]) > 0
	return !shared && !back && !took && p.request.existingKey(name) == "" && len(p.reused) == 0 && p.earlier == nil &&
		!slices.ContainsFunc(p.claims[:p.gathered], func(c conflict.Claim) bool { return isOf(c, name) }) &&
		!slices.ContainsFunc(p.result.Faults, func(f topology.Fault) bool { return !f.Warn })
}

// triedAlone is tried where the edit changes what is gathered of one cluster alone. It looks at that cluster and at what is
// counted in its network, and takes the rest from this plan; certain is false where that does not tell.
func (p *planner) triedAlone(r Request, name string, worse func(conflict.Finding) bool) (works, certain bool) {
	if failsMore(Check(around(r, name), p.catalog), append(Check(around(p.given, name), p.catalog), p.result.Faults...)) {
		return false, true
	}
	t := p.without(name)
	t.given = r
	t.request.Facts.Clusters = maps.Clone(p.request.Facts.Clusters)
	t.request.Facts.Clusters[name] = r.Facts.Clusters[name]
	others := len(t.wants)
	t.settle(name, t.request.Facts.Clusters[name])
	if len(t.claims) > t.gathered {
		return false, false
	}
	near := around(t.request, name).Facts
	near.Clusters = neighbors(t.request.Facts.Clusters, near.Clusters[name].VPC)
	t.weigh(t.world.Counts(near, t.claims))
	if slices.ContainsFunc(t.result.Findings, worse) || failsMore(t.result.Faults, p.result.Faults) {
		return false, true
	}
	return true, t.hasRoomForAll(p.classes, others)
}

// around is a request for one cluster in its network.
func around(r Request, name string) Request {
	cl := r.Facts.Clusters[name]
	near := Request{
		Name: r.Name, Supernets: r.Supernets, ServiceSupernets: r.ServiceSupernets, Pools: r.Pools, Unknown: r.Unknown, AllowClassE: r.AllowClassE,
		Facts: topology.Facts{Hubs: r.Facts.Hubs, Unknown: r.Facts.Unknown, Clusters: map[string]topology.Cluster{name: cl}},
	}
	if v, vpc := r.Facts.VPCs[cl.VPC]; vpc {
		near.Facts.VPCs = map[string]topology.VPC{cl.VPC: v}
	}
	if s, site := r.Facts.Sites[cl.VPC]; site {
		near.Facts.Sites = map[string]topology.Site{cl.VPC: s}
	}
	near.Facts.Reserved = r.Facts.Reserved
	return near
}

// neighbors are the clusters in one network.
func neighbors(clusters map[string]topology.Cluster, network string) map[string]topology.Cluster {
	in := map[string]topology.Cluster{}
	for name, cl := range clusters {
		if cl.VPC == network {
			in[name] = cl
		}
	}
	return in
}

// without is the planner as it was before it placed ranges, without what it gathered of a cluster.
func (p *planner) without(name string) *planner {
	t := *p
	t.trial, t.classes, t.work = true, nil, 0
	t.result.Faults, t.result.Findings = nil, nil
	t.ranges, t.nodes, t.tails, t.growing = maps.Clone(p.ranges), maps.Clone(p.nodes), maps.Clone(p.tails), maps.Clone(p.growing)
	delete(t.ranges, name)
	delete(t.nodes, name)
	delete(t.tails, name)
	delete(t.growing, name)
	t.claims = slices.Clip(p.claims[:p.gathered])
	t.wants = nil
	for _, w := range p.wants {
		if w.name != name {
			t.wants = append(t.wants, w)
		}
	}
	return &t
}

// hasRoomForAll says whether it is certain that all wants are placed. The first of them, as many as others, have classes
// already, which are among those that are given.
//
// Wants are placed largest first, so that one of them keeps no other one of its length out of more places than its addresses
// have. Where a class has as many free places as all wants up to its length have addresses, each of them finds one.
func (p *planner) hasRoomForAll(classes []*class, others int) bool {
	mine := *p
	mine.wants, mine.classes = slices.Clone(p.wants[others:]), nil
	mine.classify()
	all := map[*class]uint64{}
	for _, w := range slices.Concat(p.wants[:others], mine.wants) {
		all[w.class]++
	}
	demands := demandsOf(all)
	for _, c := range slices.Concat(classes, mine.classes) {
		if all[c] > 0 && !c.hasPlaces(demands.places(c)) {
			return false
		}
	}
	return true
}

// uncounted is more than any number of places that is counted.
const uncounted = uint64(1) << 62

// hasPlaces says whether a class has at least so many free places for its ranges. It has none where a supernet is smaller than
// a place.
func (c *class) hasPlaces(count uint64) bool {
	if count >= uncounted || slices.ContainsFunc(c.supernets, func(s netip.Prefix) bool { return s.Bits() > c.length }) {
		return false
	}
	var places uint64
	for _, block := range c.free.space.Blocks() {
		if block.Bits() <= c.length {
			places = min(uncounted, places+placesIn(c.length-block.Bits(), 1))
		}
		if places >= count {
			return true
		}
	}
	return false
}

// demand is how many ranges of each prefix length are wanted of some supernets.
type demand struct {
	supernets []netip.Prefix
	family    cidr.Family
	lengths   [129]uint64
}

type demands map[string]*demand

func demandsOf(wants map[*class]uint64) demands {
	all := demands{}
	for c, count := range wants {
		of := fmt.Sprint(c.family, c.supernets)
		if all[of] == nil {
			all[of] = &demand{supernets: c.supernets, family: c.family}
		}
		all[of].lengths[c.length] += count
	}
	return all
}

// places is the number of places of a class that all wants of its supernets take which are as large.
func (all demands) places(c *class) uint64 {
	var count uint64
	for _, d := range all {
		if d.family != c.family || !overlapAny(d.supernets, c.supernets) {
			continue
		}
		for length, wanted := range d.lengths[:c.length+1] {
			count = min(uncounted, count+placesIn(c.length-length, wanted))
		}
	}
	return count
}

func overlapAny(some, others []netip.Prefix) bool {
	return slices.ContainsFunc(some, func(one netip.Prefix) bool { return slices.ContainsFunc(others, one.Overlaps) })
}

// placesIn is the number of places in so many ranges that are so many bits shorter.
func placesIn(bits int, ranges uint64) uint64 {
	if ranges == 0 {
		return 0
	}
	if bits >= 40 || ranges >= 1<<20 {
		return uncounted
	}
	return ranges << bits
}
