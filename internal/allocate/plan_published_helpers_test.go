package allocate_test

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// request declares what a case describes: one cluster in its network, and others around it. What is
// not pinned comes from supernets that no case uses.
func (c published) request() allocate.Request {
	b := builder{topology.Facts{
		Hubs: map[string]topology.Hub{}, VPCs: map[string]topology.VPC{}, Sites: map[string]topology.Site{},
		Clusters: map[string]topology.Cluster{},
	}}
	switch {
	case c.Kind == "ambiguous_at_third":
		b.third(c)
	case len(c.VPC) == 0 && len(c.Nodes) > 0:
		b.facts.Sites["hosts"] = topology.Site{CIDRBlocks: c.Nodes}
		b.cluster("cluster", "hosts", c.cluster())
	default:
		if len(c.VPC) == 0 {
			c.VPC = []netip.Prefix{netip.MustParsePrefix("192.168.0.0/16")}
		}
		b.around(c)
	}
	r := allocate.Request{
		Name: "case", Facts: b.facts,
		Supernets:        []netip.Prefix{netip.MustParsePrefix("10.192.0.0/11"), netip.MustParsePrefix("fd12::/40")},
		ServiceSupernets: []netip.Prefix{netip.MustParsePrefix("172.28.0.0/14"), netip.MustParsePrefix("fc00:ffff::/96")},
	}
	if c.SvcIsDefault && len(c.Pod) == 0 && !c.ClusterCIDR.IsValid() { // else the pin says that the cluster exists
		r.Existing = map[string]allocate.Existing{"cluster": {}}
	}
	return r
}

// subnet names a subnet by its range, so that one which is given twice is one.
func subnet(p netip.Prefix) string { return "subnet-" + p.String() }

func subnets(lists ...[]netip.Prefix) map[string]netip.Prefix {
	named := map[string]netip.Prefix{}
	for _, p := range slices.Concat(lists...) {
		named[subnet(p)] = p
	}
	return named
}

// around declares the VPC of a case with its routes, peers and clusters.
func (b builder) around(c published) {
	b.vpc("vpc", c.Profile, c.VPC)
	vpc := b.facts.VPCs["vpc"]
	vpc.Subnets, vpc.Routes = subnets(c.Nodes, c.PodSubnets, c.OtherSubnets, c.Subnets), map[string]topology.Route{}
	for i, route := range c.Routes {
		vpc.Routes[fmt.Sprint("route-", i)] = topology.Route{Destination: route, NextHop: "idc"}
	}
	for i, blocks := range c.Peers {
		peer := fmt.Sprint("peer-", i)
		b.vpc(peer, c.Profile, []netip.Prefix{blocks})
		other := b.facts.VPCs[peer]
		other.Subnets = subnets(c.PeerSubnets)
		if c.Profile == "tencent_ccn" {
			b.facts.Hubs["ccn"] = topology.Hub{Kind: "ccn"}
			vpc.Hubs, other.Hubs = []string{"ccn"}, []string{"ccn"}
		} else {
			vpc.Peers = append(vpc.Peers, peer)
		}
		b.facts.VPCs[peer] = other
	}
	b.facts.VPCs["vpc"] = vpc
	if links[c.Profile] == "" {
		b.cluster("cluster", "vpc", c.cluster())
	}
	for i, n := range c.SameVPCClusters {
		b.cluster(fmt.Sprint("neighbour-", i), "vpc", n.cluster())
	}
	for i, n := range c.PeerClusters {
		b.cluster(fmt.Sprint("neighbour-", i), "peer-0", n.cluster())
	}
}

func (c published) cluster() topology.Cluster {
	if c.ClusterCIDR.IsValid() {
		c.Pod = []netip.Prefix{c.ClusterCIDR}
	}
	if c.SvcIsDefault {
		c.Svc = nil
	}
	cl := neighbour{Profile: c.Profile, Pod: c.Pod, Svc: c.Svc}.cluster()
	cl.Need = profile.Need{
		MaxNodes:    max(c.NodesWanted, cl.Need.MaxNodes),
		PodsPerNode: c.MaxPods, SurgeNodes: c.surge(),
		MaxServices: c.MaxServices,
	}
	if c.givesMask() {
		cl.Need.NodeMask = c.NodeMask
	}
	for _, p := range c.PodSubnets {
		cl.PodSubnets = append(cl.PodSubnets, subnet(p))
	}
	if len(cl.PodSubnets) == 0 { // the case says nothing of them
		cl.Unknown = append(cl.Unknown, "pod_subnets")
	}
	if len(c.VPC) > 0 {
		for _, p := range c.Nodes {
			cl.NodeSubnets = append(cl.NodeSubnets, subnet(p))
		}
	}
	cl.IPFamilies, cl.DNSServiceIP, cl.OtherRanges = c.Families, c.DNSIP, c.otherRanges()
	for _, object := range c.SvcAdd { // each range is an object of its own
		cl.Further.Services = append(slices.Clone(cl.Further.Services), object...)
		cl.AppendRanges = []string{profile.ServiceRanges}
	}
	if len(c.Svc6) > 0 {
		cl.IPFamilies, cl.ServiceIPv6CIDR = topology.Families, c.Svc6[0]
	}
	return cl
}

func (n neighbour) cluster() topology.Cluster {
	cl := topology.Cluster{Profile: cmp.Or(named[n.Profile], n.Profile), PodCIDRs: n.Pod}
	if len(n.Svc) > 0 {
		cl.ServiceCIDR, cl.Further.Services = n.Svc[0], n.Svc[1:]
	}
	p, _ := profileOf(n.Profile)
	if len(n.Pod) == 0 && p.Pods.From != profile.Subnets {
		cl.Need.MaxNodes = 10
	}
	return cl
}

type builder struct{ facts topology.Facts }

// vpc declares a VPC of the platform of a profile or link.
func (b builder) vpc(name, of string, blocks []netip.Prefix) {
	platform := links[of]
	if p, ok := profileOf(of); ok && !profile.Default().Platform(p.Platform).Distributions {
		platform = p.Platform
	}
	b.facts.VPCs[name] = topology.VPC{Platform: platform, CIDRBlocks: blocks}
}

func (b builder) cluster(name, network string, cl topology.Cluster) {
	cl.VPC = network
	b.facts.Clusters[name] = cl
}

// third declares a network that reaches all neighbours, which do not reach each other.
func (b builder) third(c published) {
	var names []string
	for i, n := range c.Neighbours {
		names = append(names, fmt.Sprint("vpc-", i))
		b.vpc(names[i], n.Profile, n.VPC)
		if n.Profile != "" {
			b.cluster(fmt.Sprint("cluster-", i), names[i], n.cluster())
		}
	}
	if blocks, isVPC := c.Third["vpc"]; isVPC {
		b.facts.VPCs["third"] = topology.VPC{CIDRBlocks: blocks, Peers: names}
	} else {
		b.facts.Sites["third"] = topology.Site{CIDRBlocks: c.Third["site"], Peers: names}
	}
}

// pinPods gives the cluster of a request the Pod ranges of a text.
func pinPods(r allocate.Request, text string) {
	cl := r.Facts.Clusters["cluster"]
	cl.PodCIDRs, cl.Need.MaxNodes = ranges(text), 0
	r.Facts.Clusters["cluster"] = cl
}
