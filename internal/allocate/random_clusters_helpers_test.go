package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// need is one that the profile serves, mostly.
func (d draw) need(name string) profile.Need {
	n := profile.Need{MaxNodes: int64(one(d, name+" nodes", 1, 2, 5, 16, 60, 100, 300, 1500))}
	if d.chance(60, name+" pods") {
		n.PodsPerNode = int64(one(d, name+" pods", 8, 16, 29, 61, 64, 110, 125, 200))
	}
	if d.chance(60, name+" services") {
		n.MaxServices = int64(one(d, name+" services", 1, 50, 254, 1000, 3000))
	}
	if d.chance(15, name+" by length") {
		n = profile.Need{PodLength: d.number(17, 24, name+" pod length"), ServiceLength: d.number(20, 24, name+" service length")}
	}
	return n
}

func (d draw) cluster(r Request, name string) topology.Cluster {
	networks := slices.Concat(names(r.Facts.VPCs), names(r.Facts.Sites))
	cl := topology.Cluster{VPC: one(d, name+" vpc", networks...), Need: d.need(name)}
	platform := ""
	if v, ok := r.Facts.VPCs[cl.VPC]; ok {
		platform = topology.PlatformOf(v)
	}
	cl.Profile = one(d, name+" profile", profile.Default().Fitting(platform)...)
	cl.Meshes = d.some(name+" mesh", "m")
	if len(r.Pools) > 0 && d.chance(20, name+" pool") {
		cl.Pool = "p"
	}
	if d.chance(25, name+" pinned pods") {
		cl.PodCIDRs = []netip.Prefix{d.prefix(14, 20, name+" pin")}
		cl.Need.MaxNodes, cl.Need.PodLength = min(cl.Need.MaxNodes, 2), 0
	}
	if d.chance(25, name+" pinned services") {
		cl.ServiceCIDR = d.prefix(16, 22, name+" service")
		cl.Need.MaxServices, cl.Need.ServiceLength = 0, 0
	}
	cl = d.allowing(d.suited(cl, r.Facts.VPCs[cl.VPC], name), name)
	return d.others(d.furtherPins(cl, name), name)
}

// podsInSubnets says whether the Pods of a cluster are in subnets.
func podsInSubnets(cl topology.Cluster) bool {
	p, known := profile.Default().Profile(cl.Profile)
	return known && p.Pods.From == profile.Subnets
}

// subnetsAfterApply makes the Pod subnets of a cluster known after apply where it must have some.
func subnetsAfterApply(cl topology.Cluster) topology.Unknown {
	if podsInSubnets(cl) {
		return topology.Unknown{"pod_subnets"}
	}
	return nil
}

// served is the value that a profile serves and that is nearest to one that it does not serve.
func served(e *profile.SizeError) int64 { return max(e.Min, min(e.Max, e.Value)) }

// withinLimits is a need with the sizes of Services and nodes that a profile serves and that are nearest to the given ones.
func withinLimits(n profile.Need, p *profile.Profile) profile.Need {
	if _, fault := p.ServiceSize(n); fault != nil && n.ServiceLength != 0 {
		n.ServiceLength = int(served(fault))
	}
	if _, fault := p.NodeSize(n); fault != nil && fault.Argument == "pods_per_node" {
		n.PodsPerNode = served(fault)
	}
	return n
}

// besideServices is a cluster whose Pod range has room for nodes beside the Services in it.
func besideServices(cl topology.Cluster, p *profile.Profile) topology.Cluster {
	services, _ := p.ServiceSize(cl.Need)
	if p.Pods.From != profile.Shared || services == 0 {
		return cl
	}
	if cl.Need.PodLength != 0 {
		cl.Need.PodLength = min(cl.Need.PodLength, services-4)
	}
	for i, r := range cl.PodCIDRs {
		cl.PodCIDRs[i] = netip.PrefixFrom(r.Addr(), min(r.Bits(), services-1)).Masked()
	}
	return cl
}

// suited takes from a cluster what its profile does not have, and gives it what others do not.
func (d draw) suited(cl topology.Cluster, v topology.VPC, name string) topology.Cluster {
	p, _ := profile.Default().Profile(cl.Profile)
	if cl.Need.PodsPerNode != 0 {
		cl.Need.PodsPerNode = max(cl.Need.PodsPerNode, p.Nodes.PodsPerNode.Min)
	}
	switch p.Pods.From {
	case profile.Own:
		if mask := p.Nodes.DefaultMask; mask != 0 { // a Pod range serves at least one node
			cl.Need.PodLength = min(cl.Need.PodLength, mask)
		}
	case profile.Subnets:
		cl.PodCIDRs, cl.Need.PodLength = nil, 0
		cl.PodSubnets = d.some(name+" pod subnets", names(v.Subnets)...)
		if len(cl.PodSubnets) == 0 {
			cl.Unknown = append(cl.Unknown, "pod_subnets")
		}
	case profile.Shared:
		cl.ServiceCIDR = netip.Prefix{}
		switch {
		case len(cl.PodCIDRs) > 0:
			cl.Need.MaxServices, cl.Need.ServiceLength = 32, 0
		case cl.Need.PodLength != 0:
			cl.Need.PodLength, cl.Need.ServiceLength = min(cl.Need.PodLength, 20), 24
		}
	}
	cl.Need = withinLimits(cl.Need, p)
	cl = besideServices(cl, p)
	cl.NodeSubnets = d.some(name+" node subnets", names(v.Subnets)...)
	if p.IPv6.Dual && d.chance(40, name+" dual") {
		cl.IPFamilies = []string{"ipv4", "ipv6"}
		if p.IPv6.Services == "own" && d.chance(30, name+" pinned IPv6 services") {
			cl.ServiceIPv6CIDR = prefix(one(d, name+" IPv6 service", "fc00::1:0/112", "fc00::/116", "fc00::8000/118"))
		}
		if p.IPv6.Pods == "own" && d.chance(30, name+" pinned IPv6 pods") {
			cl.PodIPv6CIDR = prefix(one(d, name+" IPv6 pods", "fd00::/56", "fd00:0:0:80::/57", "fd00:2::/48"))
		}
	}
	return cl
}

// existing is what a cluster holds, suited to its profile where it is declared.
func (d draw) existing(r Request, name string) Existing {
	e := Existing{ServiceCIDR: d.prefix(16, 24, name+" existing service")}
	cl := r.Facts.Clusters[name]
	p, declared := profile.Default().Profile(cl.Profile)
	assumed := declared && len(p.Pods.Default.CIDRs) > 0 // without a Pod range, it would be the default, wherever that is
	if d.chance(60, name+" existing pods") || assumed {
		e.PodCIDRs, e.NodeMask = []netip.Prefix{d.prefix(14, 22, name+" existing")}, d.number(24, 26, name+" mask")
	}
	switch {
	case declared && p.Pods.From == profile.Subnets:
		e.PodCIDRs, e.NodeMask = nil, 0
	case declared && p.Pods.From == profile.Shared && len(e.PodCIDRs) > 0:
		e.ServiceCIDR = p.ServiceTail(e.PodCIDRs[0], d.number(22, 25, name+" tail"))
	case declared && p.Nodes.Blocks == profile.Dynamic:
		e.NodeMask = 0
	case declared && p.Pods.From == profile.Shared:
		e = Existing{PodCIDRs: []netip.Prefix{d.prefix(14, 20, name+" existing")}, NodeMask: 26, ServiceCIDR: netip.Prefix{}}
		e.ServiceCIDR = p.ServiceTail(e.PodCIDRs[0], 24)
	}
	return e
}
