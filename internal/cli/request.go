package cli

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// topologyOf are the hubs, sites and VPCs of facts. What is not a range is left out here and in lists of skipped texts; what is known
// only after apply is marked as unknown.
func topologyOf(facts clouds.Facts) (topology.Facts, []skipped) {
	r := &reader{}
	out := topology.Facts{Hubs: map[string]topology.Hub{}, Sites: map[string]topology.Site{}, VPCs: map[string]topology.VPC{}}
	for name, known := range map[string]bool{
		"hubs": !facts.Hubs.AfterApply, "sites": !facts.Sites.AfterApply, "vpcs": !facts.VPCs.AfterApply,
	} {
		if !known {
			out.Unknown = append(out.Unknown, name)
		}
	}
	slices.Sort(out.Unknown)
	for name, h := range facts.Hubs.Value {
		u := unknowns{}
		out.Hubs[name] = topology.Hub{
			Name: name, Kind: h.Kind, ProtectionLevel: known(&u, "protection_level", h.ProtectionLevel), Unknown: u.names,
		}
	}
	for name, s := range facts.Sites.Value {
		u := unknowns{}
		out.Sites[name] = topology.Site{
			Name: name, CIDRBlocks: r.prefixes("sites", name, known(&u, "cidr_blocks", s.CIDRBlocks)),
			Hubs: known(&u, "hubs", s.Hubs), Peers: known(&u, "peers", s.Peers), Unknown: u.names,
		}
	}
	for name, v := range facts.VPCs.Value {
		out.VPCs[name] = r.vpc(name, v)
	}
	return out, r.skipped
}

// skipped is a text that is not a range.
type skipped struct{ argument, name, text string }

// reader reads ranges. Those that are none are skipped.
type reader struct{ skipped []skipped }

func (r *reader) vpc(name string, v clouds.VPC) topology.VPC {
	u := unknowns{}
	out := topology.VPC{
		Name: name, Platform: v.Platform, Region: known(&u, "region", v.Region),
		CIDRBlocks:     r.prefixes("vpcs", name, known(&u, "cidr_blocks", v.CIDRBlocks)),
		IPv6CIDRBlocks: r.prefixes("vpcs", name, known(&u, "ipv6_cidr_blocks", v.IPv6CIDRBlocks)),
		Hubs:           known(&u, "hubs", v.Hubs), Peers: known(&u, "peers", v.Peers),
		Subnets: map[string]netip.Prefix{}, Routes: map[string]topology.Route{},
	}
	subnets := known(&u, "subnets", v.Subnets)
	for _, key := range slices.Sorted(maps.Keys(subnets)) {
		if subnets[key].AfterApply {
			u.add("subnets")
		} else if p, ok := r.prefix("vpcs", name, subnets[key].Value); ok {
			out.Subnets[key] = p
		}
	}
	routes := known(&u, "routes", v.Routes)
	for _, key := range slices.Sorted(maps.Keys(routes)) {
		of := unknowns{}
		route := topology.Route{NextHop: known(&of, "next_hop", routes[key].NextHop)}
		if summary := known(&of, "summary", routes[key].Summary); summary {
			route.Summary = &summary
		}
		destination := known(&of, "destination", routes[key].Destination)
		if p, ok := r.prefix("vpcs", name, destination); ok || of.has("destination") {
			route.Destination, route.Unknown = p, of.names
			out.Routes[key] = route
		}
	}
	out.Unknown = u.names
	return out
}

func (r *reader) prefixes(argument, name string, texts []string) []netip.Prefix {
	var out []netip.Prefix
	for _, text := range texts {
		if p, ok := r.prefix(argument, name, text); ok {
			out = append(out, p)
		}
	}
	return out
}

// prefix is a range, with its host bits cleared as clouds do.
func (r *reader) prefix(argument, name, text string) (netip.Prefix, bool) {
	if text == "" {
		return netip.Prefix{}, false
	}
	p, err := cidr.Parse(text)
	if err != nil {
		loose, looseErr := netip.ParsePrefix(text)
		if looseErr != nil || loose.Addr().Is4In6() {
			r.skipped = append(r.skipped, skipped{argument, name, text})
			return netip.Prefix{}, false
		}
		p = loose.Masked()
	}
	return p, true
}

// existing are the ranges of a cluster.
func (r *reader) existing(name string, c clouds.Cluster) allocate.Existing {
	u := unknowns{}
	out := allocate.Existing{
		PodCIDRs: r.prefixes("existing", name, known(&u, "pod_cidrs", c.PodCIDRs)),
		NodeMask: int(known(&u, "node_cidr_mask", c.NodeCIDRMask)), NodeMask6: int(known(&u, "node_ipv6_cidr_mask", c.NodeIPv6CIDRMask)),
	}
	out.ServiceCIDR, _ = r.prefix("existing", name, known(&u, "service_cidr", c.ServiceCIDR))
	out.PodIPv6CIDR, _ = r.prefix("existing", name, known(&u, "pod_ipv6_cidr", c.PodIPv6CIDR))
	out.ServiceIPv6CIDR, _ = r.prefix("existing", name, known(&u, "service_ipv6_cidr", c.ServiceIPv6CIDR))
	out.Unknown = u.names
	return out
}

// unknowns are the names of attributes that are known only after apply.
type unknowns struct{ names topology.Unknown }

func (u *unknowns) add(name string) {
	if !u.has(name) {
		u.names = append(u.names, name)
	}
}

func (u *unknowns) has(name string) bool { return slices.Contains(u.names, name) }

// known is a value, or the zero value of one that is known only after apply.
func known[T any](u *unknowns, name string, v clouds.Known[T]) T {
	if v.AfterApply {
		u.add(name)
		var none T
		return none
	}
	return v.Value
}
