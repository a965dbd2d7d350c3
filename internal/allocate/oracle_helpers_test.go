package allocate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// holding is a range in use as the oracle sees it.
type holding struct {
	oracle.Party
	Name  string
	Range netip.Prefix
	// Chosen says that the plan chose the range; others are declared, pinned or held.
	Chosen bool
}

func (h holding) String() string { return fmt.Sprintf("%s %s %v", h.Kind, h.Name, h.Range) }

// networksOf draws the networks of some facts for the oracle.
func networksOf(f topology.Facts) oracle.Networks {
	networks := oracle.Networks{}
	for name, v := range f.VPCs {
		networks[name] = oracle.Network{VRF: v.VRF, Hubs: v.Hubs, Peers: v.Peers}
	}
	for name, s := range f.Sites {
		networks[name] = oracle.Network{VRF: s.VRF, Hubs: s.Hubs, Peers: s.Peers}
	}
	return networks
}

// rulesOf copies what a profile's data says of overlaps.
func rulesOf(p *profile.Profile) oracle.Rules {
	return oracle.Rules{Profile: p.Name, Levels: levelsOf(p.Overlap)}
}

func levelsOf(overlap map[string]profile.Rule) map[string]int {
	levels := map[string]int{}
	for pair, rule := range overlap {
		levels[pair] = map[profile.Level]int{profile.Allow: 0, profile.Warn: 1, profile.Error: 2}[rule.Level]
	}
	return levels
}

// declared are the holdings of networks, routes and reservations, and of clusters that exist but
// are not declared.
func declared(r Request) []holding {
	var all []holding
	add := func(name string, p netip.Prefix, party oracle.Party) {
		if p.IsValid() {
			all = append(all, holding{Party: party, Name: name, Range: p})
		}
	}
	for name, v := range r.Facts.VPCs {
		for _, block := range slices.Concat(v.CIDRBlocks, v.IPv6CIDRBlocks) {
			add(name, block, oracle.Party{Kind: "vpc", Network: name, Hidden: len(v.AdvertisedCIDRs) > 0})
		}
		for _, shown := range v.AdvertisedCIDRs {
			add(name, shown, oracle.Party{Kind: "vpc", Network: name, Advertised: true})
		}
		for route, rt := range v.Routes {
			summary := rt.Summary != nil && *rt.Summary || rt.Destination.Bits() == 0
			if !summary {
				add(name+" "+route, rt.Destination, oracle.Party{
					Kind: "route", Network: name, NextHop: rt.NextHop,
				})
			}
		}
	}
	for name, s := range r.Facts.Sites {
		for _, block := range s.CIDRBlocks {
			add(name, block, oracle.Party{Kind: "site", Network: name, Hidden: len(s.AdvertisedCIDRs) > 0})
		}
		for _, shown := range s.AdvertisedCIDRs {
			add(name, shown, oracle.Party{Kind: "site", Network: name, Advertised: true})
		}
	}
	for name, reserved := range r.Facts.Reserved {
		add(name, reserved.CIDR, oracle.Party{Kind: "reserved"})
	}
	for name, e := range r.Existing {
		if r.Facts.HasOwner(name) {
			continue
		}
		for _, p := range slices.Concat(
			[]netip.Prefix{e.CIDR, e.ServiceCIDR, e.PodIPv6CIDR, e.ServiceIPv6CIDR}, e.PodCIDRs, e.Further.All(),
		) {
			add(name, p, oracle.Party{Kind: "reserved"})
		}
	}
	return all
}

// othersOf are the ranges that clusters use beside Pods and Services.
func othersOf(r Request, catalog *profile.Catalog) []holding {
	var all []holding
	for name, cl := range r.Facts.Clusters {
		p := profileIn(r, catalog, name)
		for use, data := range p.OtherRanges {
			ranges := slices.Clone(cl.OtherRanges[use])
			for _, standard := range data.Default.CIDRs {
				v4 := standard.Addr().Is4()
				replaced := slices.ContainsFunc(cl.OtherRanges[use], func(r netip.Prefix) bool { return r.Addr().Is4() == v4 })
				if !replaced && (v4 || slices.Contains(cl.IPFamilies, "ipv6")) {
					ranges = append(ranges, standard)
				}
			}
			for _, r := range ranges {
				party := oracle.Party{
					Kind: "other", Network: cl.VPC, Cluster: name, Use: use, Other: levelsOf(data.Overlap),
					Routed: data.Reach == profile.Routed,
				}
				all = append(all, holding{Party: party, Name: name + " " + use, Range: r})
			}
		}
	}
	return all
}

// formersOf are the routed ranges that clusters of the prior state used beside Pods and Services and that the same cluster does not use for
// the same any more. New ranges of their VRF avoid them.
func formersOf(r Request, catalog *profile.Catalog) []holding {
	if r.Prior == nil {
		return nil
	}
	now, formers := othersOf(r, catalog), []holding{}
	for _, h := range othersOf(Request{Facts: r.Prior.Facts}, catalog) {
		stays := slices.ContainsFunc(now, func(other holding) bool { return other.Name == h.Name && other.Range == h.Range })
		if h.Routed && !stays {
			h.Kind = "former"
			formers = append(formers, h)
		}
	}
	return formers
}

// boxes are the ranges of a cluster and its mirrors that its Pods must be inside, a list for each use.
func boxes(r Request, catalog *profile.Catalog, name string) [][]netip.Prefix {
	var all [][]netip.Prefix
	for _, h := range othersOf(r, catalog) {
		mirrors := r.Facts.Clusters[h.Cluster].SameAs == name
		if (h.Cluster == name || mirrors) && profileIn(r, catalog, h.Cluster).OtherRanges[h.Use].Contains.Pods.Level > profile.Allow {
			all = append(all, []netip.Prefix{h.Range})
		}
	}
	return all
}

// profileIn is the profile of a cluster, and one without any rules for a block.
func profileIn(r Request, catalog *profile.Catalog, name string) *profile.Profile {
	if p, known := catalog.Profile(r.Facts.Clusters[name].Profile); known {
		return p
	}
	return &profile.Profile{}
}

// ofCluster is the party of a cluster's Pods or Services.
func ofCluster(r Request, catalog *profile.Catalog, name, kind string) oracle.Party {
	cl := r.Facts.Clusters[name]
	p := profileIn(r, catalog, name)
	return oracle.Party{Kind: kind, Network: cl.VPC, Cluster: name, Rules: rulesOf(p), Meshes: cl.Meshes}
}

// allocatedHoldings are the holdings of all clusters with an allocation. A Service range inside the Pod range
// is part of that.
func allocatedHoldings(r Request, catalog *profile.Catalog, allocations map[string]Allocation) []holding {
	var all []holding
	for name, a := range allocations {
		was := given(r, catalog, name)
		cl, p := r.Facts.Clusters[name], profileIn(r, catalog, name)
		pins := slices.Concat([]netip.Prefix{cl.ServiceCIDR, cl.PodIPv6CIDR, cl.ServiceIPv6CIDR}, cl.PodCIDRs, cl.Further.All())
		add := func(kind string, held netip.Prefix, chosen bool) {
			if chosen = chosen && !slices.Contains(pins, held); held.IsValid() {
				all = append(all, holding{Party: ofCluster(r, catalog, name, kind), Name: name, Range: held, Chosen: chosen})
			}
		}
		add("pod", a.Block, !was.Block.IsValid())
		for _, pods := range a.Pods {
			add("pod", pods, !slices.Contains(was.Pods, pods))
		}
		if p.Pods.From != profile.Shared {
			add("service", a.Service, !was.Service.IsValid())
		}
		add("pod", a.PodIPv6, !was.PodIPv6.IsValid())
		add("service", a.ServiceIPv6, !was.ServiceIPv6.IsValid())
		for _, list := range a.Further.Lists() {
			for _, further := range *list.Ranges {
				add(strings.TrimSuffix(list.Kind, "s"), further, !slices.Contains(was.Further.All(), further))
			}
		}
	}
	return all
}

// mustBeApart says whether a chosen range must not overlap another holding: by a rule, at
// whatever level, or because it is to be unique.
func mustBeApart(r Request, networks oracle.Networks, chosen, other oracle.Party) bool {
	if other.Kind == "former" {
		_, declared := networks[other.Network]
		return !declared || networks[chosen.Network].VRF == networks[other.Network].VRF
	}
	if networks.Apart(chosen, other) > 0 {
		return true
	}
	cluster := func(p oracle.Party) bool { return p.Kind == "pod" || p.Kind == "service" || p.Routed }
	if chosen.Kind == "service" && other.Kind == "service" && chosen.Cluster == other.Cluster {
		return true // else a further range that is chosen would have no addresses of its own
	}
	if !cluster(other) || chosen.Cluster == other.Cluster || networks[chosen.Network].VRF != networks[other.Network].VRF {
		return false
	}
	unique := map[string]bool{"pod": !r.SharedPods, "service": !r.SharedServices}
	return unique[chosen.Kind] || unique[other.Kind]
}

// collisions are all pairs that a plan put on the same addresses though it should not have.
func collisions(r Request, catalog *profile.Catalog, allocations map[string]Allocation) []string {
	var found []string
	networks := networksOf(r.Facts)
	inUse := allocatedHoldings(r, catalog, allocations)
	all := slices.Concat(declared(r), othersOf(r, catalog), formersOf(r, catalog), inUse)
	for _, chosen := range inUse {
		for _, other := range all {
			if chosen.Chosen && chosen.String() != other.String() && chosen.Range.Overlaps(other.Range) &&
				mustBeApart(r, networks, chosen.Party, other.Party) {
				found = append(found, fmt.Sprintf("%v is on %v", chosen, other))
			}
		}
	}
	return found
}

// from are the supernets that a cluster gets ranges of a kind from.
func from(r Request, cl topology.Cluster, kind string) []netip.Prefix {
	pods, services := r.Supernets, r.ServiceSupernets
	if cl.Pool != "" {
		pods, services = r.Pools[cl.Pool].Supernets, r.Pools[cl.Pool].ServiceSupernets
	}
	if kind == "service" && len(services) > 0 {
		return services
	}
	return pods
}
