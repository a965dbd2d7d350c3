package allocate

import (
	"encoding/binary"
	"flag"
	"fmt"
	"maps"
	"net/netip"
	"runtime/debug"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// TestMain raises the number of random requests, which are cheap, unless a flag says otherwise. With -short it is half of that, of
// which rapid draws a fifth. Plans are small and soon garbage: collecting them less often saves a third of the time.
func TestMain(m *testing.M) {
	flag.Parse()
	debug.SetGCPercent(800)
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		checks := "1000"
		if testing.Short() {
			checks = "500"
		}
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
	m.Run()
}

// draw makes random requests that are sound, of few names and few places, so that much of it
// meets.
type draw struct{ *rapid.T }

// chance is rarer than it says, since rapid prefers small numbers; the smallest says no.
func (d draw) chance(percent int, label string) bool {
	return rapid.IntRange(0, 99).Draw(d.T, label) >= 100-percent
}

func (d draw) number(low, high int, label string) int {
	return rapid.IntRange(low, high).Draw(d.T, label)
}

func one[T any](d draw, label string, list ...T) T { return rapid.SampledFrom(list).Draw(d.T, label) }

// names are the keys of a map, sorted.
func names[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// some are few of a list, in its order.
func (d draw) some(label string, list ...string) []string {
	var few []string
	for _, s := range list {
		if d.chance(55, label+" "+s) {
			few = append(few, s)
		}
	}
	return few
}

// grounds are where ranges are taken from and where networks lie.
var grounds = prefixes("10.0.0.0/12", "10.64.0.0/12", "172.16.0.0/14", "192.168.0.0/16", "100.64.0.0/14", "9.0.0.0/12")

// within is a prefix of some length in a ground.
func (d draw) within(ground netip.Prefix, shortest, longest int, label string) netip.Prefix {
	length := d.number(max(shortest, ground.Bits()), max(longest, ground.Bits()), label+" length")
	// Few places, so that prefixes meet.
	place := uint64(d.number(0, 31, label+" place")) << (32 - ground.Bits()) >> 5
	four := ground.Addr().As4()
	binary.BigEndian.PutUint32(four[:], binary.BigEndian.Uint32(four[:])+uint32(place))
	return netip.PrefixFrom(netip.AddrFrom4(four), length).Masked()
}

func (d draw) prefix(shortest, longest int, label string) netip.Prefix {
	return d.within(one(d, label+" ground", grounds...), shortest, longest, label)
}

// disjoint are up to most prefixes that do not overlap, at least one.
func (d draw) disjoint(most, shortest, longest int, label string) []netip.Prefix {
	var list []netip.Prefix
	for i := range d.number(1, most, label+" count") {
		if p := d.prefix(shortest, longest, fmt.Sprint(label, i)); !slices.ContainsFunc(list, p.Overlaps) {
			list = append(list, p)
		}
	}
	return list
}

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
		if cl.Profile == "cce-vpc-router" {
			cl.PodCIDRs = d.disjoint(3, 14, 22, name+" pin")
		}
		cl.Need.MaxNodes, cl.Need.PodLength = min(cl.Need.MaxNodes, 2), 0
	}
	if d.chance(25, name+" pinned services") {
		cl.ServiceCIDR = d.prefix(16, 22, name+" service")
		cl.Need.MaxServices, cl.Need.ServiceLength = 0, 0
	}
	return d.suited(cl, r.Facts.VPCs[cl.VPC], name)
}

// livesInSubnets says whether the Pods of a cluster live in subnets.
func livesInSubnets(cl topology.Cluster) bool {
	p, known := profile.Default().Profile(cl.Profile)
	return known && p.Pods.From == profile.Subnets
}

// lateSubnets makes the Pod subnets of a cluster known after apply where it must have some.
func lateSubnets(cl topology.Cluster) topology.Unknown {
	if livesInSubnets(cl) {
		return topology.Unknown{"pod_subnets"}
	}
	return nil
}

// suited takes from a cluster what its profile does not have, and gives it what others do not.
func (d draw) suited(cl topology.Cluster, v topology.VPC, name string) topology.Cluster {
	p, _ := profile.Default().Profile(cl.Profile)
	switch p.Pods.From {
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
	if d.chance(60, name+" existing pods") {
		e.PodCIDRs, e.NodeMask = []netip.Prefix{d.prefix(14, 22, name+" existing")}, d.number(24, 26, name+" mask")
	}
	cl := r.Facts.Clusters[name]
	p, declared := profile.Default().Profile(cl.Profile)
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

// request is a whole allocator without prior state.
func (d draw) request() Request {
	r := Request{
		Name:           "k8s",
		SharedPods:     d.chance(40, "shared pods"),
		SharedServices: d.chance(40, "shared services"),
		Pools:          map[string]Pool{},
		Existing:       map[string]Existing{},
	}
	r.Supernets = d.supernets("supernets")
	if d.chance(50, "services apart") {
		r.ServiceSupernets = d.supernets("services")
	}
	if d.chance(40, "pool") {
		r.Pools["p"] = Pool{Supernets: d.supernets("pool")}
	}
	r.Facts = topology.Facts{
		Hubs: d.hubs(), Sites: map[string]topology.Site{}, VPCs: map[string]topology.VPC{},
		Clusters: map[string]topology.Cluster{}, Reserved: map[string]topology.Reserved{},
	}
	for i := range d.number(1, 4, "vpcs") {
		name := fmt.Sprint("v", i)
		r.Facts.VPCs[name] = d.vpc(r.Facts, name)
	}
	for i := range d.number(0, 2, "sites") {
		name := fmt.Sprint("s", i)
		r.Facts.Sites[name] = d.site(r.Facts, name)
	}
	for i := range d.number(0, 2, "reserved") {
		r.Facts.Reserved[fmt.Sprint("x", i)] = topology.Reserved{CIDR: d.prefix(14, 26, fmt.Sprint("reserved", i))}
	}
	for i := range d.number(0, 6, "clusters") {
		name := fmt.Sprint("c", i)
		r.Facts.Clusters[name] = d.cluster(r, name)
	}
	for i := range d.number(0, 3, "foreign") {
		if r.Facts.Foreign == nil {
			r.Facts.Foreign = map[string]topology.Foreign{}
		}
		r.Facts.Foreign[fmt.Sprint("f", i)] = d.foreign(fmt.Sprint("foreign", i))
	}
	for _, name := range d.some("existing", "c0", "c1", "gone") {
		if d.chance(60, "existing "+name) {
			r.Existing[name] = d.existing(r, name)
		}
	}
	return r
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

// mirrored is a request in which some clusters have a mirror in the other VRF.
func (d draw) mirrored() Request {
	r := d.request()
	for _, name := range names(r.Facts.Clusters) {
		cl := r.Facts.Clusters[name]
		p, _ := profile.Default().Profile(cl.Profile)
		vrf := r.Facts.VPCs[cl.VPC].VRF + r.Facts.Sites[cl.VPC].VRF
		var elsewhere []string
		for _, network := range slices.Concat(names(r.Facts.VPCs), names(r.Facts.Sites)) {
			v, isVPC := r.Facts.VPCs[network]
			platform := ""
			if isVPC {
				platform = topology.PlatformOf(v)
			}
			if v.VRF+r.Facts.Sites[network].VRF != vrf && p.Fits(platform) {
				elsewhere = append(elsewhere, network)
			}
		}
		if len(elsewhere) > 0 && d.chance(70, name+" has a mirror") {
			r.Facts.Clusters["t"+name] = topology.Cluster{
				VPC:     one(d, name+" mirror", elsewhere...),
				Profile: cl.Profile,
				SameAs:  name,
				Meshes:  d.some(name+" mirror mesh", "mirrors"),
				Unknown: lateSubnets(cl),
			}
		}
	}
	return r
}

// supernets are one or two grounds or parts of them, most of them taken by every platform.
func (d draw) supernets(label string) []netip.Prefix {
	first := one(d, label+" first", grounds[:4]...)
	list := []netip.Prefix{d.within(first, 0, first.Bits()+2, label)}
	list = append(list, one(d, label+" IPv6", prefix("fd00::/40"), prefix("fc00::/96")))
	if second := d.prefix(0, 18, label+" second"); d.chance(50, label+" two") && !second.Overlaps(list[0]) {
		list = append(list, second)
	}
	return list
}

// edit changes a request in one random way. What it returns shares no map with it.
func (d draw) edit(r Request, label string) Request {
	r = edited(r)
	f := &r.Facts
	clusters := names(f.Clusters)
	fresh := func(prefix string) string { return fmt.Sprint(prefix, d.number(5, 9, label+" name")) }
	kind := d.number(0, 14, label+" kind")
	switch {
	case kind <= 1:
		name := fresh("c")
		f.Clusters[name] = d.cluster(r, name)
	case kind == 2 && len(clusters) > 0:
		delete(f.Clusters, one(d, label+" gone", clusters...))
	case kind <= 4 && len(clusters) > 0:
		name := one(d, label+" resized", clusters...)
		cl := f.Clusters[name]
		cl.Need = d.need(label + name)
		if len(cl.PodCIDRs) > 0 {
			cl.Need.MaxNodes, cl.Need.PodLength = 1, 0
		}
		f.Clusters[name] = cl
	case kind == 5 && len(clusters) > 0:
		name := one(d, label+" changed", clusters...)
		f.Clusters[name] = d.cluster(r, name)
	case kind == 6:
		name := fresh("s")
		f.Sites[name] = d.site(*f, name)
	case kind <= 8:
		name := one(d, label+" network", names(f.VPCs)...)
		v := f.VPCs[name]
		v.Routes = maps.Clone(v.Routes)
		if v.Routes == nil {
			v.Routes = map[string]topology.Route{}
		}
		v.Routes["new"] = topology.Route{Destination: d.prefix(14, 26, label+" route"), NextHop: "vpn"}
		if d.chance(30, label+" block") {
			if block := d.prefix(18, 24, label+" block"); !slices.ContainsFunc(v.CIDRBlocks, block.Overlaps) {
				v.CIDRBlocks = append(slices.Clip(v.CIDRBlocks), block)
			}
		}
		f.VPCs[name] = v
	case kind == 9:
		f.Reserved["new"] = topology.Reserved{CIDR: d.prefix(12, 26, label+" reserved")}
	case kind == 10:
		r.Supernets = d.supernets(label)
	case kind == 11:
		r.ServiceSupernets = nil
		if d.chance(70, label+" services") {
			r.ServiceSupernets = d.supernets(label)
		}
	case kind == 12:
		r.SharedPods, r.SharedServices = d.chance(50, label+" pods"), d.chance(50, label+" services")
	case kind == 13:
		name := one(d, label+" joined", names(f.VPCs)...)
		v := f.VPCs[name]
		v.Hubs, v.Peers = d.links(*f, name, v.VRF)
		f.VPCs[name] = v
	default:
		name := one(d, label+" existing", "c0", "c9", "gone", "gone2")
		r.Existing[name] = d.existing(r, name)
	}
	return r
}
