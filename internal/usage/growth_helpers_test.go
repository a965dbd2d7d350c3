package usage

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"net/netip"
	"slices"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// growing is a request whose clusters grow, with what is observed.
type growing struct {
	request  allocate.Request
	observed Observed
	growth   Growth
	// taken is how many addresses each cluster takes in a step.
	taken map[string]int64
}

// stepsInMonth are steps in each of which a growing cluster takes a whole number of addresses.
const stepsInMonth = 60

// cellOfNode is the number of addresses of the block of a node.
const cellOfNode = 16

// drawGrowing draws an allocator on Huawei Cloud: clusters that append Pod ranges of node blocks, and clusters whose Pods use subnets.
func drawGrowing(t *rapid.T) growing {
	chance := func(what string) bool { return rapid.Bool().Draw(t, what) }
	u := universes["IPv4"]
	r := request(supernets(u.pods, "10.0.0.192/27"), services("172.20.0.0/20"))
	r.Pools["edge"] = allocate.Pool{Supernets: prefixes(u.edge), ServiceSupernets: prefixes("172.20.16.0/20")}
	r.Facts.Hubs["tr"] = topology.Hub{}
	r.SharedPods = chance("shared Pods")
	for i, name := range []string{"prod", "dev", "lab"} {
		in := func(format string) netip.Prefix { return prefix(fmt.Sprintf(format, i)) }
		v := topology.VPC{
			CIDRBlocks: []netip.Prefix{in("192.168.%d.0/24")}, Platform: "huaweicloud",
			Subnets: map[string]netip.Prefix{"a": in("192.168.%d.0/27"), "b": in("192.168.%d.32/28")},
		}
		switch rapid.IntRange(0, 2).Draw(t, name+" is connected") {
		case 0:
			v.Hubs = []string{"tr"}
		case 1:
			v.VRF = "other"
		}
		v.RouteQuota = rapid.Int64Range(0, 20).Draw(t, name+" quota")
		if chance(name + " has a route") {
			v.Routes = map[string]topology.Route{"far": {Destination: u.draw(t, name+" route"), NextHop: "vpn"}}
		}
		r.Facts.VPCs[name] = v
	}
	if chance("a reserved range") {
		r.Facts.Reserved["later"] = topology.Reserved{CIDR: u.draw(t, "reserved")}
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "clusters") {
		name := fmt.Sprint("c", i)
		cl := topology.Cluster{
			VPC: rapid.SampledFrom([]string{"prod", "dev", "lab"}).Draw(t, name+" VPC"), Profile: "cce-vpc-router",
			Pool: rapid.SampledFrom([]string{"", "", "edge"}).Draw(t, name+" pool"),
			Need: profile.Need{NodeMask: 28, ServiceLength: 24, PodLength: rapid.IntRange(26, 28).Draw(t, name+" length")},
		}
		cl.Need.MaxNodes = rapid.Int64Range(0, 1<<(28-cl.Need.PodLength)).Draw(t, name+" nodes")
		switch rapid.IntRange(0, 3).Draw(t, name+" is of a kind") {
		case 0:
			cl.Profile, cl.Need.NodeMask, cl.Need.PodLength, cl.Pool = "cce-turbo", 0, 0, ""
			cl.Need.PodsPerNode = rapid.Int64Range(1, 6).Draw(t, name+" Pods")
			cl.PodSubnets = rapid.SampledFrom([][]string{{"a"}, {"b"}, {"a", "b"}}).Draw(t, name+" subnets")
		case 1:
			cl.ReserveLength = rapid.IntRange(25, cl.Need.PodLength).Draw(t, name+" reserve")
		}
		r.Facts.Clusters[name] = cl
	}
	if original := r.Facts.Clusters["c0"]; original.Profile == "cce-vpc-router" && chance("a mirror cluster") {
		r.Facts.Clusters["mirror"] = topology.Cluster{
			VPC: rapid.SampledFrom([]string{"prod", "dev", "lab"}).Draw(t, "mirror VPC"), Profile: original.Profile, SameAs: "c0",
		}
		if r.Facts.VPCs[r.Facts.Clusters["mirror"].VPC].VRF == r.Facts.VPCs[original.VPC].VRF {
			delete(r.Facts.Clusters, "mirror")
		}
	}
	return observe(t, keepHeld(r))
}

// declared is what a cluster declares, a mirror cluster with the needs of its original.
func (g growing) declared(name string) topology.Cluster {
	cl := g.request.Facts.Clusters[name]
	if cl.SameAs != "" {
		original := g.request.Facts.Clusters[cl.SameAs]
		cl.Need, cl.Pool = original.Need, original.Pool
	}
	return cl
}

// original is the cluster that a mirror cluster has the ranges of, for others the cluster itself.
func (g growing) original(name string) string {
	return cmp.Or(g.request.Facts.Clusters[name].SameAs, name)
}

// alike are the clusters that have the same ranges as one, that one among them.
func (g growing) alike(name string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(g.request.Facts.Clusters)), func(other string) bool {
		return g.original(other) != g.original(name)
	})
}

func observe(t *rapid.T, r allocate.Request) growing {
	g := growing{request: r, growth: Growth{}, taken: map[string]int64{}}
	g.observed = Observed{Nodes: map[string]int64{}, Available: map[string]map[string]int64{}}
	for _, name := range slices.Sorted(maps.Keys(r.Facts.Clusters)) {
		if rapid.IntRange(0, 3).Draw(t, name+" is observed") > 0 {
			g.observed.Nodes[name] = rapid.Int64Range(0, 4).Draw(t, name+" nodes that run")
			if taken := rapid.Int64Range(0, 4).Draw(t, name+" grows by"); taken > 0 {
				g.taken[name] = taken
				g.growth[name] = big.NewRat(taken*stepsInMonth, cellOfNode)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Facts.VPCs)) {
		g.observed.Available[name] = map[string]int64{}
		for _, subnet := range []string{"a", "b"} {
			if rapid.IntRange(0, 3).Draw(t, name+" "+subnet+" is observed") > 0 {
				g.observed.Available[name][subnet] = rapid.Int64Range(0, 12).Draw(t, name+" "+subnet+" available")
			}
		}
	}
	return g
}

// nodesServed counts the node blocks in the Pod ranges of a cluster one by one.
func (g growing) nodesServed(name string) (nodes int64) {
	for _, pods := range g.request.Prior.Allocations[name].Pods {
		nodes += int64(len(universes["IPv4"].cells(pods)))
	}
	return nodes
}

// sharesRoom says whether two clusters must have disjoint Pod ranges, in the network of one of those that have the same ranges.
func (g growing) sharesRoom(a, b string) bool {
	for _, one := range g.alike(a) {
		for _, other := range g.alike(b) {
			if one != other && g.mustBeDisjoint(one, other) {
				return g.original(a) != g.original(b)
			}
		}
	}
	return false
}

// mustBeDisjoint asks the planner whether two clusters must have disjoint Pod ranges: it cannot give both of them one cell.
func (g growing) mustBeDisjoint(a, b string) bool {
	u, r := universes["IPv4"], g.request
	first, second := g.declared(a), g.declared(b)
	if first.Pool != second.Pool {
		return false // no supernet is in two pools
	}
	cell := u.cells(prefix(u.pods))[0]
	if first.Pool == "edge" {
		cell = u.cells(prefix(u.edge))[0]
	}
	o := oracle{universe: u, request: r}
	bare := u.filled(o.withoutFacts(), cell)
	bare.Facts.Clusters[a], bare.Facts.Clusters[b] = probeOfGrowth(first, 0), probeOfGrowth(second, 1)
	held := allocate.Plan(bare, profile.Default()).Allocations
	return !slices.Equal(held[a].Pods, []netip.Prefix{cell}) || !slices.Equal(held[b].Pods, []netip.Prefix{cell})
}

// probeOfGrowth is a further cluster that demands one cell, with one of some Service ranges.
func probeOfGrowth(like topology.Cluster, number int) topology.Cluster {
	return topology.Cluster{
		VPC: like.VPC, Profile: like.Profile, Pool: like.Pool, Need: profile.Need{NodeMask: 28, PodLength: 28},
		ServiceCIDR: prefix(fmt.Sprintf("172.21.%d.0/24", number)),
	}
}

// room counts the cells of supernets that the planner can choose for a cluster, and for each cluster that has the same ranges.
func (g growing) room(name string, supernets []netip.Prefix) (cells int64) {
	u := universes["IPv4"]
	for _, supernet := range supernets {
		for _, cell := range u.cells(supernet) {
			if !slices.ContainsFunc(g.alike(name), func(other string) bool { return !g.canHave(other, cell) }) {
				cells++
			}
		}
	}
	return cells
}

// canHave asks the planner whether a further cluster like one can have a cell.
func (g growing) canHave(name string, cell netip.Prefix) bool {
	r := universes["IPv4"].filled(g.request, cell)
	r.Facts.Clusters = maps.Clone(r.Facts.Clusters)
	r.Facts.Clusters["probe"] = probeOfGrowth(g.declared(name), 0)
	return slices.Equal(allocate.Plan(r, profile.Default()).Allocations["probe"].Pods, []netip.Prefix{cell})
}

// steps goes through steps until something has taken all that is left, and says how many that takes.
func steps(left int64, taken func(step int64) int64) int64 {
	for step := int64(0); ; step++ {
		if left <= 0 {
			return step
		}
		left -= taken(step)
	}
}

// isWithin says whether a number of months ends in the step before a number of steps.
func isWithin(months *big.Rat, steps int64) bool {
	return months.Cmp(big.NewRat(max(steps-1, 0), stepsInMonth)) >= 0 && months.Cmp(big.NewRat(steps, stepsInMonth)) <= 0
}

// addressesOf counts the addresses of a range one by one.
func addressesOf(r netip.Prefix) (number int64) {
	for at := r.Addr(); r.Contains(at); at = at.Next() {
		number++
	}
	return number
}
