package conflict_test

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// registrant registers facts.
type registrant struct {
	by  topology.Origin
	now conflict.Registration
}

// configuration is what all registrants register; each fact is the same for every registrant.
type configuration struct {
	facts       topology.Facts
	claims      []conflict.Claim // of what allocators allocate
	registrants []registrant
}

// overlappingRange draws one of a few ranges, of which many overlap.
func overlappingRange(t *rapid.T, label string) netip.Prefix {
	return rapid.SampledFrom(prefixes("10.0.0.0/16", "10.0.0.0/20", "10.0.8.0/21", "10.0.128.0/17", "10.1.0.0/16", "10.0.0.0/8")).
		Draw(t, label)
}

func anyConfiguration(t *rapid.T) configuration {
	hubs := []string{"h0", "h1", "h2"}
	kinds := []string{"", "ccn", "cen"}
	e := configuration{
		facts: topology.Facts{
			Hubs:     map[string]topology.Hub{},
			VPCs:     map[string]topology.VPC{},
			Sites:    map[string]topology.Site{},
			Clusters: map[string]topology.Cluster{},
		},
	}
	declare := func(kind, name string, f topology.Facts) {
		if rapid.IntRange(0, 3).Draw(t, "declared") > 0 {
			e.registrants = append(e.registrants, registrant{topology.Origin{Kind: kind, Name: name}, conflict.Registration{Facts: f}})
		}
	}
	for i, name := range hubs {
		e.facts.Hubs[name] = topology.Hub{Kind: kinds[i]}
		e.registrants = append(
			e.registrants,
			registrant{
				topology.Origin{Kind: "hub", Name: name},
				conflict.Registration{Facts: topology.Facts{Hubs: map[string]topology.Hub{name: e.facts.Hubs[name]}}},
			},
		)
	}
	names := []string{"n0", "n1", "n2", "n3", "n4"}
	for i, name := range names {
		attached := rapid.SliceOfNDistinct(rapid.SampledFrom(hubs), 0, 2, rapid.ID).Draw(t, "hubs")
		peers := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 1, rapid.ID).Draw(t, "peers")
		vrf := rapid.SampledFrom([]string{"", "", "", "blue"}).Draw(t, "vrf")
		if i == 4 {
			e.facts.Sites[name] = topology.Site{
				CIDRBlocks: []netip.Prefix{overlappingRange(t, "block")},
				Hubs:       attached,
				Peers:      peers,
				VRF:        vrf,
			}
			declare("site", name, topology.Facts{Sites: map[string]topology.Site{name: e.facts.Sites[name]}})
			continue
		}
		v := topology.VPC{
			Platform:   rapid.SampledFrom([]string{"alicloud", "tencentcloud", ""}).Draw(t, "platform"),
			CIDRBlocks: []netip.Prefix{overlappingRange(t, "block")},
			Hubs:       attached,
			Peers:      peers,
			VRF:        vrf,
			Subnets:    map[string]netip.Prefix{},
			Routes:     map[string]topology.Route{},
		}
		if rapid.Bool().Draw(t, "subnetted") {
			v.Subnets["s"] = overlappingRange(t, "subnet")
		}
		if rapid.Bool().Draw(t, "routed") {
			v.Routes["r"] = topology.Route{
				Destination: overlappingRange(t, "route"),
				NextHop:     rapid.SampledFrom([]string{"vpn", "transit"}).Draw(t, "hop"),
			}
		}
		e.facts.VPCs[name] = v
		declare("vpc", name, topology.Facts{VPCs: map[string]topology.VPC{name: v}})
	}
	profiles := []string{"ack-flannel", "cce-vpc-router", "kubernetes-overlay"}
	for i := range 6 {
		name, p := fmt.Sprint("c", i), rapid.SampledFrom(profiles).Draw(t, "profile")
		cl := topology.Cluster{VPC: rapid.SampledFrom(names).Draw(t, "in"), Profile: p}
		if i%2 == 0 {
			cl.Meshes = []string{"flat"}
		}
		if i < 3 {
			cl.PodCIDRs, cl.ServiceCIDR = []netip.Prefix{overlappingRange(t, "pods")}, overlappingRange(t, "services")
			declare("cluster", name, topology.Facts{Clusters: map[string]topology.Cluster{name: cl}})
		}
		e.facts.Clusters[name] = cl
	}
	e.allocators(t, names)
	e.registrants = append(e.registrants, anyBlocks(t)...)
	return e
}

// allocators adds two, each with some of the facts; the clusters without pins get ranges from them.
func (e *configuration) allocators(t *rapid.T, names []string) {
	for i, name := range []string{"east", "west"} {
		g := conflict.Registration{
			Facts: topology.Facts{
				Hubs:     e.facts.Hubs,
				VPCs:     map[string]topology.VPC{},
				Sites:    map[string]topology.Site{},
				Clusters: map[string]topology.Cluster{},
			},
		}
		for _, network := range rapid.SliceOfDistinct(rapid.SampledFrom(names), rapid.ID).Draw(t, "networks of "+name) {
			if v, ok := e.facts.VPCs[network]; ok {
				g.Facts.VPCs[network] = v
			} else {
				g.Facts.Sites[network] = e.facts.Sites[network]
			}
		}
		for k, cluster := range slices.Sorted(maps.Keys(e.facts.Clusters)) {
			cl := e.facts.Clusters[cluster]
			_, inVPC := g.Facts.VPCs[cl.VPC]
			_, inSite := g.Facts.Sites[cl.VPC]
			if !inVPC && !inSite || k == 3 && i == 1 || rapid.Bool().Draw(t, "not given") {
				continue
			}
			g.Facts.Clusters[cluster] = cl
			if k >= 3 {
				g.Claims = append(
					g.Claims,
					clusterClaim(cluster, cl, shipped(cl.Profile), conflict.Pod, overlappingRange(t, "allocated")),
				)
			}
		}
		g.Supernets = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) netip.Prefix { return overlappingRange(t, "supernet") }), 0, 2).
			Draw(t, "supernets of "+name)
		if rapid.Bool().Draw(t, "reserves") {
			g.Facts.Reserved = map[string]topology.Reserved{"later": {CIDR: overlappingRange(t, "reserved")}}
		}
		e.claims = append(e.claims, g.Claims...)
		e.registrants = append(e.registrants, registrant{topology.Origin{Kind: conflict.Allocator, Name: name}, g})
	}
}

// claimsOf are the claims of what a reporter registers. What it reserves is for itself alone.
func claimsOf(g conflict.Registration, all topology.Facts) []conflict.Claim {
	f := g.Facts
	f.Hubs, f.Reserved = all.Hubs, nil
	claims := append(conflict.FactClaims(f, profile.Default()), g.Claims...)
	for name, cl := range f.Clusters {
		for _, pods := range cl.PodCIDRs {
			claims = append(claims, clusterClaim(name, cl, shipped(cl.Profile), conflict.Pod, pods))
		}
		if cl.ServiceCIDR.IsValid() {
			claims = append(claims, clusterClaim(name, cl, shipped(cl.Profile), conflict.Service, cl.ServiceCIDR))
		}
	}
	return claims
}

// brokenPair is a pair that breaks a rule, and how serious that is when all is known.
type brokenPair struct {
	a, b  conflict.ID
	level profile.Level
}

// brokenPairs are all pairs of claims, not of one cluster, that break a rule in the whole.
func (e configuration) brokenPairs() map[string]brokenPair {
	reported := e.facts
	reported.VPCs, reported.Sites = map[string]topology.VPC{}, map[string]topology.Site{}
	var claims []conflict.Claim
	known := map[conflict.ID]bool{}
	for _, by := range e.registrants {
		if by.by.Kind == conflict.Blocks {
			continue // compared with each other alone
		}
		maps.Copy(reported.VPCs, by.now.Facts.VPCs)
		maps.Copy(reported.Sites, by.now.Facts.Sites)
		for _, c := range claimsOf(by.now, e.facts) {
			if !known[c.ID()] {
				known[c.ID()] = true
				claims = append(claims, c)
			}
		}
	}
	world := conflict.NewWorld(reported, profile.Default())
	out := brokenBlocks(e.registrants)
	maps.Copy(out, e.brokenAcross())
	maps.Copy(out, e.brokenNames(world))
	for i, a := range claims {
		for _, b := range claims[:i] {
			if v, broken := world.Check(a, b); broken && a.Range.Overlaps(b.Range) && (a.Owner != b.Owner || !a.OfCluster()) {
				out[pairText(a, b)] = brokenPair{a.ID(), b.ID(), v.Rule.Level}
			}
		}
	}
	return out
}

func pairText(a, b conflict.Claim) string {
	parties := []string{fmt.Sprint(a.ID()), fmt.Sprint(b.ID())}
	slices.Sort(parties)
	return fmt.Sprint(parties)
}

// haveBoth says whether one of the allocators has both.
func haveBoth(registrants []registrant, all topology.Facts, pair brokenPair) bool {
	return slices.ContainsFunc(registrants, func(by registrant) bool {
		return by.by.Kind == conflict.Allocator && has(by, all, pair.a) && has(by, all, pair.b)
	})
}

func has(by registrant, all topology.Facts, id conflict.ID) bool {
	return slices.ContainsFunc(claimsOf(by.now, all), func(c conflict.Claim) bool { return c.ID() == id })
}

// allocated says whether some planner has it.
func allocated(e configuration, id conflict.ID) bool {
	return id.Holder != "" ||
		slices.ContainsFunc(e.registrants, func(by registrant) bool { return by.by.Kind == conflict.Allocator && has(by, e.facts, id) })
}
