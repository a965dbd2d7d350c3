package usage

import (
	"fmt"
	"maps"
	"math/big"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// universe is a small space that requests are drawn in: cells are as small as ranges are.
type universe struct {
	family     cidr.Family
	pods, edge string // supernets of clusters without a pool, and of the pool edge
	services   string
	all        netip.Prefix // contains the three
	cell       int          // prefix length
	longest    int          // prefix length of ranges
	// shortestServices is the shortest prefix length of Service ranges that Kubernetes accepts.
	shortestServices int
	needOfOneCell    profile.Need
}

var universes = map[string]universe{
	"IPv4": {
		cidr.V4, "10.0.0.0/25", "10.0.0.128/26", "10.0.0.192/26", prefix("10.0.0.0/24"), 28, 28, 12,
		profile.Need{PodLength: 28, ServiceLength: 28, NodeMask: 28},
	},
	"IPv6": {
		cidr.V6, "fd00::/61", "fd00:0:0:8::/62", "fd00:0:0:c::/62", prefix("fd00::/60"), 64, 124, 108,
		profile.Need{MaxNodes: 1, NodeMask: 28, ServiceLength: 28},
	},
}

// cells are all cells of a range.
func (u universe) cells(within netip.Prefix) []netip.Prefix {
	var all []netip.Prefix
	for n := uint64(0); ; n++ {
		cell, ok := cidr.Nth(within, u.cell, n)
		if !ok {
			return all
		}
		all = append(all, cell)
	}
}

// draw draws a range of the universe.
func (u universe) draw(t *rapid.T, what string) netip.Prefix {
	length := rapid.IntRange(u.cell-3, u.cell).Draw(t, what+" length")
	n := rapid.Uint64Range(0, 1<<(length-u.all.Bits())-1).Draw(t, what)
	r, _ := cidr.Nth(u.all, length, n)
	return r
}

// request draws an allocator whose ranges and facts are in the universe. What a plan allocates is its prior state.
func (u universe) request(t *rapid.T) allocate.Request {
	chance := func(what string, of int) bool { return rapid.IntRange(1, of).Draw(t, what) == 1 }
	r := request(supernets(u.pods), services(u.services))
	switch rapid.IntRange(0, 5).Draw(t, "supernets of Services") {
	case 0: // those of Pods
		r.ServiceSupernets = nil
	case 1: // a part of those of Pods
		part, _ := cidr.Nth(r.Supernets[0], r.Supernets[0].Bits()+1, 1)
		r.ServiceSupernets = append(r.ServiceSupernets, part)
	}
	r.Pools["edge"] = allocate.Pool{Supernets: prefixes(u.edge)}
	r.SharedPods, r.SharedServices = chance("shared Pods", 4), chance("shared Services", 4)
	r.Facts.Hubs["tr"] = topology.Hub{}
	for _, name := range []string{"prod", "dev", "lab"} {
		v := topology.VPC{CIDRBlocks: prefixes("192.168.0.0/24"), Routes: map[string]topology.Route{}}
		switch rapid.IntRange(0, 3).Draw(t, name+" is connected") {
		case 0, 1:
			v.Hubs = []string{"tr"}
		case 2:
			v.VRF = "other"
		}
		if block := u.draw(t, name); chance(name+" has a block", 2) {
			if u.family == cidr.V6 {
				v.IPv6CIDRBlocks = []netip.Prefix{block}
			} else {
				v.CIDRBlocks = []netip.Prefix{block}
			}
		}
		if chance(name+" has a route", 2) {
			v.Routes["far"] = topology.Route{Destination: u.draw(t, name+" route"), NextHop: "vpn"}
		}
		r.Facts.VPCs[name] = v
	}
	if chance("a site", 2) {
		r.Facts.Sites["idc"] = topology.Site{CIDRBlocks: []netip.Prefix{u.draw(t, "site")}, Hubs: []string{"tr"}}
	}
	if chance("a reserved range", 2) {
		r.Facts.Reserved["later"] = topology.Reserved{CIDR: u.draw(t, "reserved")}
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "foreign claims") {
		kinds := []string{"pod", "service", "reserved", "existing", "released", "kept", "supernet"}
		r.Facts.Foreign[fmt.Sprint(i)] = topology.Foreign{
			Owner: fmt.Sprint("far", i), Allocator: "another", CIDR: u.draw(t, fmt.Sprint("foreign", i)),
			Kind:    rapid.SampledFrom(kinds).Draw(t, fmt.Sprint("kind", i)),
			Network: rapid.SampledFrom([]string{"", "prod", "lab", "elsewhere"}).Draw(t, fmt.Sprint("network", i)),
		}
	}
	u.clusters(t, &r)
	r = keepHeld(r)
	for _, name := range slices.Sorted(maps.Keys(r.Facts.Clusters)) {
		if chance(name+" is released", 4) {
			release(r, name, r.Facts.Clusters[name].Profile)
		}
	}
	return r
}

// keepHeld plans a request. What a plan allocates is its prior state, and what it cannot allocate is not declared.
func keepHeld(r allocate.Request) allocate.Request {
	result := allocate.Plan(r, profile.Default())
	r.Prior = &allocate.Prior{
		Name: r.Name, Facts: r.Facts, Supernets: r.AllSupernets(), Existing: r.Existing, Allocations: result.Allocations,
		Released: map[string]allocate.Released{},
	}
	maps.DeleteFunc(r.Facts.Clusters, func(name string, _ topology.Cluster) bool { return !result.Allocations[name].Held() })
	maps.DeleteFunc(r.Facts.Blocks, func(name string, _ topology.Block) bool { return !result.Allocations[name].Held() })
	return r
}

// release makes a cluster or block that holds ranges one that is not declared any more.
func release(r allocate.Request, name, profile string) {
	r.Prior.Released[name] = allocate.Released{
		Cluster: name, Profile: profile, Allocation: r.Prior.Allocations[name], Order: 1,
	}
	delete(r.Prior.Allocations, name)
	delete(r.Facts.Clusters, name)
	delete(r.Facts.Blocks, name)
}

func (u universe) clusters(t *rapid.T, r *allocate.Request) {
	for i := range rapid.IntRange(0, 4).Draw(t, "clusters") {
		name := fmt.Sprint("c", i)
		draw := func(what string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name+" "+what) }
		cl := topology.Cluster{
			VPC: draw("network", "prod", "dev", "lab"), Profile: draw("profile", "kubernetes-routed", "kubernetes-overlay"),
			Pool: draw("pool", "", "", "edge"), Need: u.needOfOneCell,
		}
		if mesh := draw("mesh", "", "", "flat"); mesh != "" {
			cl.Meshes = []string{mesh}
		}
		switch pin := u.draw(t, name+" pin"); {
		case u.family == cidr.V6:
			cl.IPFamilies = topology.Families
			cl.PodCIDRs, cl.ServiceCIDR = prefixes(fmt.Sprintf("10.9.%d.0/28", i)), prefix(fmt.Sprintf("10.8.%d.0/28", i))
			cl.ServiceIPv6CIDR = prefix(fmt.Sprintf("fd99::%d:0/112", i))
		case draw("is pinned", "no", "no", "yes") == "yes":
			cl.PodCIDRs, cl.Need.PodLength = []netip.Prefix{pin}, pin.Bits()
		}
		r.Facts.Clusters[name] = cl
	}
}

// filled is a request in which all cells of the universe but one are in use by a cluster that is not declared.
func (u universe) filled(r allocate.Request, free netip.Prefix) allocate.Request {
	r.Existing = map[string]allocate.Existing{}
	for i, rest := range cidr.NewSet(u.all).Minus(cidr.NewSet(free)).Prefixes() {
		e := allocate.Existing{PodCIDRs: []netip.Prefix{rest}, NodeMask: 28}
		if u.family == cidr.V6 {
			e = allocate.Existing{PodCIDRs: prefixes("100.66.0.0/24"), NodeMask: 28, PodIPv6CIDR: rest, NodeIPv6Mask: 64}
		}
		r.Existing[fmt.Sprint("fill", i)] = e
	}
	return r
}

// canHave asks the planner whether a further cluster in a network can have a cell for its Pods, or a range in it for its Services.
func (u universe) canHave(r allocate.Request, like topology.Cluster, cell netip.Prefix, services bool) bool {
	r = u.filled(r, cell)
	r.Facts.Clusters = maps.Clone(r.Facts.Clusters)
	r.Facts.Clusters["probe"] = u.probe(like, services)
	a := allocate.Plan(r, profile.Default()).Allocations["probe"]
	switch {
	case services && u.family == cidr.V6:
		return a.ServiceIPv6.IsValid() && cidr.Contains(cell, a.ServiceIPv6)
	case services:
		return a.Service == cell
	case u.family == cidr.V6:
		return a.PodIPv6 == cell
	}
	return slices.Contains(a.Pods, cell)
}

// probe is a further cluster that demands one range in the universe, and has its other ranges elsewhere.
func (u universe) probe(like topology.Cluster, services bool) topology.Cluster {
	probe := topology.Cluster{VPC: like.VPC, Profile: like.Profile, Pool: like.Pool, Meshes: like.Meshes, Need: u.needOfOneCell}
	probe.ServiceCIDR = prefix("100.64.0.0/28")
	if u.family == cidr.V6 {
		probe.IPFamilies, probe.PodCIDRs = topology.Families, prefixes("100.65.0.0/28")
		if services {
			probe.PodIPv6CIDR = prefix("fd97::/64")
		} else {
			probe.ServiceIPv6CIDR = prefix("fd98::/112")
		}
	} else if services {
		probe.PodCIDRs, probe.ServiceCIDR, probe.Need.PodLength = prefixes("100.65.0.0/28"), netip.Prefix{}, 28
	}
	return probe
}

func bigOf(n int) *big.Int { return big.NewInt(int64(n)) }

// reached checks that draws, of which seen has the number, reached each of some cases a few times; few draws need not.
func reached(t *testing.T, seen map[string]int, cases ...string) {
	t.Helper()
	for _, one := range cases {
		if seen[one] < 3 && seen["draws"] >= 100 {
			t.Errorf("%s: %d draws", one, seen[one])
		}
	}
}
