package allocate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func (d draw) hubs() map[string]topology.Hub {
	hubs := map[string]topology.Hub{
		"h0":  {},
		"h1":  {Kind: "cen"},
		"h2":  {Kind: "ccn"},
		"h3":  {Kind: "cen", ProtectionLevel: "REDUCED"},
		"red": {VRF: "red"},
	}
	for _, name := range names(hubs) {
		if d.chance(10, "drop hub "+name) {
			delete(hubs, name)
		}
	}
	return hubs
}

// links are the hubs and peers of a network, of its own VRF and declared.
func (d draw) links(f topology.Facts, self, vrf string) (hubs, peers []string) {
	for _, hub := range d.some(self+" hubs", names(f.Hubs)...) {
		if f.Hubs[hub].VRF == vrf {
			hubs = append(hubs, hub)
		}
	}
	for _, peer := range d.some(self+" peers", slices.Concat(names(f.VPCs), names(f.Sites))...) {
		other := f.VPCs[peer].VRF + f.Sites[peer].VRF
		if peer != self && other == vrf && d.chance(60, self+" peers") {
			peers = append(peers, peer)
		}
	}
	return hubs, peers
}

func (d draw) vpc(f topology.Facts, name string) topology.VPC {
	v := topology.VPC{
		Platform:   one(d, name+" platform", "alicloud", "huaweicloud", "tencentcloud", "ctyun", "generic", "", "aws"),
		CIDRBlocks: d.disjoint(2, 16, 24, name), Routes: map[string]topology.Route{},
	}
	if d.chance(20, name+" vrf") {
		v.VRF = "red"
	}
	if d.chance(20, name+" ipv6") {
		v.IPv6CIDRBlocks = prefixes("2001:db8::/48")
	}
	v.Hubs, v.Peers = d.links(f, name, v.VRF)
	v.AdvertisedCIDRs = d.advertised(name)
	for i := range d.number(0, 2, name+" subnets") {
		v.Subnets = map[string]netip.Prefix{}
		if subnet := d.within(v.CIDRBlocks[0], 20, 26, fmt.Sprint(name, " subnet ", i)); cidr.Contains(v.CIDRBlocks[0], subnet) {
			v.Subnets[fmt.Sprint("n", i)] = subnet
		}
	}
	for i := range d.number(0, 3, name+" routes") {
		label := fmt.Sprint(name, " route ", i)
		r := topology.Route{
			Destination: d.prefix(14, 26, label),
			NextHop:     one(d, label+" hop", "", "vpn", "idc", "peering", "transit", "nat", "instance"),
		}
		switch d.number(0, 9, label+" summary") {
		case 0:
			r.Destination = prefix("0.0.0.0/0")
		case 1, 2:
			summary := d.chance(50, label+" is")
			r.Summary = &summary
		}
		v.Routes[fmt.Sprint("r", i)] = r
	}
	if slices.ContainsFunc(topology.CheckVPC(nil, named(v), profile.Default()), func(f topology.Fault) bool { return !f.Warn }) {
		v.Platform = profile.Generic // whose rules take everything
	}
	return v
}

func named(v topology.VPC) topology.VPC {
	v.Name = "vpc"
	return v
}

// advertised is what others see of a network, mostly its blocks.
func (d draw) advertised(name string) []netip.Prefix {
	if !d.chance(30, name+" advertises") {
		return nil
	}
	return d.disjoint(2, 14, 26, name+" advertised")
}

func (d draw) site(f topology.Facts, name string) topology.Site {
	s := topology.Site{CIDRBlocks: d.disjoint(2, 16, 24, name)}
	if d.chance(15, name+" vrf") {
		s.VRF = "red"
	}
	if d.chance(15, name+" ipv6") {
		s.CIDRBlocks = append(s.CIDRBlocks, prefix("fd00:1::/48"))
	}
	s.Hubs, s.Peers = d.links(f, name, s.VRF)
	s.AdvertisedCIDRs = d.advertised(name)
	return s
}

// foreign is a claim of another workspace.
func (d draw) foreign(label string) topology.Foreign {
	c := topology.Foreign{
		Owner: one(d, label, "c0", "c1", "far"), Kind: one(d, label+" kind", topology.ForeignKinds...), CIDR: d.prefix(14, 26, label),
		Network: one(
			d, label+" network", "", "v0", "far", "s0",
		), VRF: one(d, label+" vrf", "", "red"), Allocator: one(d, label+" allocator", "team-a", "team-b"),
		Profile: one(d, label+" profile", "", "ack-flannel", "kubernetes-overlay"),
	}
	c.Hubs, c.Peers = d.some(label+" hubs", "h0", "red", "h9"), d.some(label+" peers", "v0", "s0")
	return c
}
