package cli

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/clouds"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func (d declarations) addHubs(declared statefile.Declared, n names) {
	for name, h := range declared.Hubs {
		to := n.hubs[name]
		if found, is := d.facts.Hubs[to]; is {
			found.ProtectionLevel, found.VRF = cmp.Or(found.ProtectionLevel, h.ProtectionLevel), cmp.Or(found.VRF, h.VRF)
			found.Accepted = both(found.Accepted, h.Accepted)
			d.facts.Hubs[to] = found
			continue
		}
		h.Name = to
		d.facts.Hubs[to] = h
		d.declared(declared, "hubs", name, clouds.Gateways, to)
	}
}

// declared notes the resource that declares what no object of a cloud is.
func (d declarations) declared(of statefile.Declared, place, name string, argument clouds.Argument, to string) {
	d.declaredBy[topology.Path{}.Attr(string(argument)).Key(to).String()] = of.Origin[topology.Path{}.Attr(place).Key(name).String()]
}

func (d declarations) addNetworks(declared statefile.Declared, n names) {
	for _, name := range slices.Sorted(maps.Keys(declared.VPCs)) {
		v, to := declared.VPCs[name], n.networks[name]
		v.Hubs, v.Peers = renamed(n.hubs, v.Hubs), renamed(n.networks, v.Peers)
		if found, is := d.facts.VPCs[to]; is {
			d.facts.VPCs[to] = mergedVPC(found, v)
			continue
		}
		v.Name = to
		d.facts.VPCs[to] = v
		d.declared(declared, "vpcs", name, clouds.VPCs, to)
	}
	for _, name := range slices.Sorted(maps.Keys(declared.Sites)) {
		s, to := declared.Sites[name], n.networks[name]
		s.Hubs, s.Peers = renamed(n.hubs, s.Hubs), renamed(n.networks, s.Peers)
		if found, is := d.facts.Sites[to]; is {
			found.CIDRBlocks = withRanges(found.CIDRBlocks, s.CIDRBlocks)
			found.AdvertisedCIDRs = withRanges(found.AdvertisedCIDRs, s.AdvertisedCIDRs)
			found.Hubs, found.Peers = withTexts(found.Hubs, s.Hubs), withTexts(found.Peers, s.Peers)
			found.Accepted = both(found.Accepted, s.Accepted)
			d.facts.Sites[to] = found
			continue
		}
		s.Name = to
		d.facts.Sites[to] = s
		d.declared(declared, "sites", name, clouds.Connections, to)
	}
}

// mergedVPC is a VPC with what a declaration of it adds.
func mergedVPC(v, declared topology.VPC) topology.VPC {
	v.CIDRBlocks, v.IPv6CIDRBlocks = withRanges(v.CIDRBlocks, declared.CIDRBlocks), withRanges(v.IPv6CIDRBlocks, declared.IPv6CIDRBlocks)
	v.AdvertisedCIDRs = withRanges(v.AdvertisedCIDRs, declared.AdvertisedCIDRs)
	v.Hubs, v.Peers = withTexts(v.Hubs, declared.Hubs), withTexts(v.Peers, declared.Peers)
	v.Region, v.VRF = cmp.Or(v.Region, declared.Region), cmp.Or(v.VRF, declared.VRF)
	v.RouteQuota, v.Accepted = cmp.Or(v.RouteQuota, declared.RouteQuota), both(v.Accepted, declared.Accepted)
	subnets := slices.Collect(maps.Values(v.Subnets))
	v.Subnets = maps.Clone(v.Subnets)
	for _, name := range slices.Sorted(maps.Keys(declared.Subnets)) {
		if r := declared.Subnets[name]; !slices.Contains(subnets, r) {
			v.Subnets[free(name, func(name string) bool { _, is := v.Subnets[name]; return is })] = r
		}
	}
	to := map[netip.Prefix]string{}
	v.Routes = maps.Clone(v.Routes)
	for name, r := range v.Routes {
		to[r.Destination] = name
	}
	for _, name := range slices.Sorted(maps.Keys(declared.Routes)) {
		r := declared.Routes[name]
		if same, is := to[r.Destination]; is {
			found := v.Routes[same]
			if r.Summary != nil && found.Summary == nil { // only its owner knows
				found.Summary = r.Summary
				v.Routes[same] = found
			}
			continue
		}
		v.Routes[free(name, func(name string) bool { _, is := v.Routes[name]; return is })] = r
	}
	return v
}

func renamed(of map[string]string, names []string) []string {
	var out []string
	for _, name := range names {
		out = append(out, cmp.Or(of[name], name))
	}
	return out
}

// withRanges are ranges with those of another list that are in none of them.
func withRanges(ranges, more []netip.Prefix) []netip.Prefix {
	for _, r := range more {
		if !slices.ContainsFunc(ranges, func(p netip.Prefix) bool { return cidr.Contains(p, r) }) {
			ranges = append(slices.Clone(ranges), r)
		}
	}
	return ranges
}

func withTexts(texts, more []string) []string {
	for _, text := range more {
		if !slices.Contains(texts, text) {
			texts = append(slices.Clone(texts), text)
		}
	}
	return texts
}

func both(a, b map[string]topology.Acceptance) map[string]topology.Acceptance {
	out := map[string]topology.Acceptance{}
	maps.Copy(out, a)
	maps.Copy(out, b)
	return out
}
