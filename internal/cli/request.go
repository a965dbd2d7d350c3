package cli

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// topologyOf are the hubs, sites and VPCs of facts, which are all known.
func topologyOf(facts clouds.Facts) topology.Facts {
	out := topology.Facts{Hubs: map[string]topology.Hub{}, Sites: map[string]topology.Site{}, VPCs: map[string]topology.VPC{}}
	for name, h := range facts.Hubs.Value {
		out.Hubs[name] = topology.Hub{Name: name, Kind: h.Kind, ProtectionLevel: h.ProtectionLevel.Value}
	}
	for name, s := range facts.Sites.Value {
		out.Sites[name] = topology.Site{
			Name: name, CIDRBlocks: prefixes(s.CIDRBlocks.Value), Hubs: s.Hubs.Value, Peers: s.Peers.Value,
		}
	}
	for name, v := range facts.VPCs.Value {
		out.VPCs[name] = networkOf(name, v)
	}
	return out
}

func networkOf(name string, v clouds.VPC) topology.VPC {
	out := topology.VPC{
		Name: name, Platform: v.Platform, Region: v.Region.Value,
		CIDRBlocks: prefixes(v.CIDRBlocks.Value), IPv6CIDRBlocks: prefixes(v.IPv6CIDRBlocks.Value),
		Hubs: v.Hubs.Value, Peers: v.Peers.Value,
		Subnets: map[string]netip.Prefix{}, Routes: map[string]topology.Route{},
	}
	for key, subnet := range v.Subnets.Value {
		if p := prefix(subnet.Value); p.IsValid() {
			out.Subnets[key] = p
		}
	}
	for key, r := range v.Routes.Value {
		route := topology.Route{Destination: prefix(r.Destination.Value), NextHop: r.NextHop.Value}
		if r.Summary.Value {
			route.Summary = &r.Summary.Value
		}
		out.Routes[key] = route
	}
	return out
}

// existingOf are the ranges of a cluster.
func existingOf(c clouds.Cluster) allocate.Existing {
	return allocate.Existing{
		PodCIDRs: prefixes(c.PodCIDRs.Value), ServiceCIDR: prefix(c.ServiceCIDR.Value),
		PodIPv6CIDR: prefix(c.PodIPv6CIDR.Value), ServiceIPv6CIDR: prefix(c.ServiceIPv6CIDR.Value),
		NodeMask: int(c.NodeCIDRMask.Value), NodeIPv6Mask: int(c.NodeIPv6CIDRMask.Value), OtherRanges: otherRanges(c),
	}
}

// otherRanges are the ranges that a cluster uses beside Pods and Services, by their uses.
func otherRanges(c clouds.Cluster) map[string][]netip.Prefix {
	out := map[string][]netip.Prefix{}
	for use, ranges := range c.OtherRanges.Value {
		out[use] = prefixes(ranges)
	}
	return out
}

func prefixes(texts []string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		out = append(out, prefix(text))
	}
	return out
}

// prefix is a range of facts, which are canonical; the zero Prefix of "".
func prefix(text string) netip.Prefix {
	p, _ := cidr.Parse(text)
	return p
}
