package allocate

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// growingWorld is an allocator with a few clusters that can grow, the first one of a profile, and some of them with a mirror cluster.
func (d draw) growingWorld(of string) Request {
	r := request(
		supernets(one(d, "supernet", "10.0.0.0/14", "10.0.0.0/16"), "fd00::/40"), services("172.20.0.0/16", "fc00::/96"),
	)
	platforms := map[string]bool{}
	for _, platform := range growingProfiles {
		platforms[platform] = true
	}
	for i, platform := range names(platforms) {
		block := netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 168, byte(16 * i), 0}), 20)
		r.Facts.VPCs[platform] = topology.VPC{Platform: platform, CIDRBlocks: []netip.Prefix{block}, RouteQuota: 10000}
		r.Facts.VPCs["far-"+platform] = topology.VPC{Platform: platform, CIDRBlocks: []netip.Prefix{block}, VRF: "far", RouteQuota: 10000}
	}
	for i := range d.number(1, 3, "clusters") {
		name := fmt.Sprint("c", i)
		if i > 0 {
			of = one(d, name+" profile", names(growingProfiles)...)
		}
		p, _ := profile.Default().Profile(of)
		cl := topology.Cluster{VPC: growingProfiles[of], Profile: of, Need: profile.Need{
			MaxNodes: int64(one(d, name+" nodes", 2, 5, 16)), MaxServices: int64(one(d, name+" services", 60, 254)),
			SurgeNodes: int64(one(d, name+" surge", 0, 0, 1)),
		}}
		if p.IPv6.Dual && p.IPv6.Pods == "own" && d.chance(70, name+" dual") {
			cl.IPFamilies = topology.Families
			if p.IPv6.Alone.Broken() {
				cl.IPFamilies = nil
			}
		}
		if p.CanAppend(profile.PodRanges) && d.chance(30, name+" reserve") {
			cl.ReserveLength = 20
		}
		r.Facts.Clusters[name] = d.allowing(cl, name)
		if d.chance(50, name+" has a mirror") {
			r.Facts.Clusters["t"+name] = topology.Cluster{VPC: "far-" + cl.VPC, Profile: of, SameAs: name}
		}
		r.Facts.Clusters[name] = d.others(r.Facts.Clusters[name], name)
	}
	return r
}

// Promises 4 and 6. However a cluster asks for more than it holds, what it had stays a prefix of what it has, or part of the one larger
// range; nothing else moves, no two ranges share addresses, mirror clusters follow, what grows is reported, and the next plan has nothing
// to do. A need that is planned is served.
func TestClustersGrow(t *testing.T) {
	t.Parallel()
	for of := range growingProfiles {
		t.Run(of, func(t *testing.T) {
			t.Parallel()
			p, _ := profile.Default().Profile(of)
			grown := map[string]int{}
			rapid.Check(t, func(t *rapid.T) { growAgain(draw{t}, of, grown) })
			for _, way := range waysToGrow(of) {
				if way == "nodes" && p.Growth.Pods == profile.OutsideTerraform {
					continue // no further range is chosen
				}
				if grown[way] < atLeast(5) {
					t.Errorf("grows %d times by %s: too few to show anything", grown[way], way)
				}
			}
		})
	}
}

// growAgain lets clusters grow, one at a time, and counts how the one of a profile did.
func growAgain(d draw, of string, grown map[string]int) {
	r := d.growingWorld(of)
	result := Plan(r, profile.Default())
	if faulty(result) {
		d.Skip("a request with faults, so another one is drawn")
	}
	r = after(r, result)
	for step := range d.number(1, 3, "growths") {
		label := fmt.Sprint("growth ", step)
		name := one(d, label+" of", "c0", fmt.Sprint("c", len(names(r.Facts.Clusters))/2))
		if _, declared := r.Facts.Clusters[name]; !declared {
			name = "c0"
		}
		next, way := d.grow(r, name, result.Allocations[name], label)
		now := Plan(next, profile.Default())
		if now.Failed() {
			continue
		}
		if wrong := wrongGrowth(next, name, result, now, profile.Default()); wrong != "" {
			d.Fatalf("%s of %s: %s\n%s\nbefore\n%s\nafter\n%s",
				name, way, wrong, allReports(now), cast(r, result.Allocations), cast(next, now.Allocations))
		}
		if name == "c0" && !reflect.DeepEqual(result.Allocations[name].Ranges, now.Allocations[name].Ranges) {
			grown[way]++
		}
		r, result = after(next, now), now
	}
}

// wrongGrowth says what is wrong with a plan in which one cluster asks for more, "" if nothing.
func wrongGrowth(r Request, name string, was, now Result, catalog *profile.Catalog) string {
	for other, held := range was.Allocations {
		has := now.Allocations[other]
		original := r.Facts.Clusters[other].SameAs
		switch {
		case other != name && original != name && !reflect.DeepEqual(held, has):
			return fmt.Sprintf("%s held %+v and has %+v", other, held, has)
		case !stays(held, has):
			return fmt.Sprintf("%s held %+v and does not keep it: %+v", other, held, has)
		case original != "" && !reflect.DeepEqual(has.Ranges, now.Allocations[original].Ranges):
			return fmt.Sprintf("mirror cluster %s has %+v", other, has.Ranges)
		}
	}
	has, cl := now.Allocations[name], r.Facts.Clusters[name]
	p, services := profileIn(r, catalog, name), has.Services()
	if cl.Need.Nodes() > has.Usable.Nodes || cl.Need.MaxServices > p.ServicesIn(services) ||
		has.ServiceIPv6.IsValid() && cl.Need.MaxServices > p.ServicesIn(has.ServicesIPv6()) {
		return fmt.Sprintf("asks for %+v, and %+v is usable", cl.Need, has.Usable)
	}
	if found := collisions(r, catalog, now.Allocations); len(found) > 0 {
		return strings.Join(found, "\n")
	}
	if wrong := overlapping(has.Ranges, cl); wrong != "" {
		return wrong
	}
	if wrong := wrongGrowthReports(was, now); wrong != "" {
		return wrong
	}
	again := Plan(after(r, now), catalog)
	reported := len(pick[Appended](again)) + len(pick[ExtendedPods](again))
	if again.Failed() || reported > 0 || !reflect.DeepEqual(again.Allocations, now.Allocations) {
		return "planned again, it differs:\n" + allReports(again)
	}
	return ""
}

// overlapping says which two ranges of one kind of a cluster share addresses. Service ranges that the configuration gives may
// contain others.
func overlapping(has profile.Ranges, cl topology.Cluster) string {
	for _, list := range [][]netip.Prefix{has.Pods, has.PodsIPv6(), has.Services(), has.ServicesIPv6()} {
		for i, a := range list {
			for _, b := range list[:i] {
				given := slices.Contains(cl.Further.All(), a) || slices.Contains(cl.Further.All(), b)
				if a == b || a.Overlaps(b) && !given {
					return fmt.Sprintf("%v overlaps %v", a, b)
				}
			}
		}
	}
	return ""
}

// wrongGrowthReports compares what a plan reports as appended or extended with what it changes.
func wrongGrowthReports(was, now Result) string {
	reported := map[string][]netip.Prefix{}
	for _, f := range now.Faults {
		switch e := f.Problem.(type) {
		case Appended:
			for _, c := range e.Clusters {
				reported[c.Cluster] = append(reported[c.Cluster], c.Added...)
			}
		case ExtendedPods:
			for _, c := range e.Clusters {
				reported[c.Cluster] = append(reported[c.Cluster], c.Now)
			}
		}
	}
	for name, a := range now.Allocations {
		held, added := was.Allocations[name].InUse(), []netip.Prefix{}
		for _, r := range a.InUse() {
			if !slices.Contains(held, r) {
				added = append(added, r)
			}
		}
		slices.SortFunc(added, cidr.Compare)
		slices.SortFunc(reported[name], cidr.Compare)
		if !slices.Equal(added, reported[name]) {
			return fmt.Sprintf("%s gets %v, and %v is reported", name, added, reported[name])
		}
	}
	return ""
}
