package allocate

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// tiny draws a request whose ranges are pieces of a universe.
type tiny struct {
	*rand.Rand
	u oracle.Universe
}

func (d tiny) chance(percent int) bool { return d.IntN(100) < percent }

// piece is any prefix of the universe that is no larger than a half.
func (d tiny) piece() netip.Prefix {
	all := d.u.Prefixes()[1:]
	for {
		if p := all[d.IntN(len(all))]; p.Bits() > d.u.Block.Bits() {
			return p
		}
	}
}

// supernets are the universe or a few disjoint pieces of it, in any order.
func (d tiny) supernets() []netip.Prefix {
	if d.chance(40) {
		return []netip.Prefix{d.u.Block}
	}
	var list []netip.Prefix
	for range 1 + d.IntN(3) {
		p := d.piece()
		if p.Bits() < d.u.Unit && !slices.ContainsFunc(list, p.Overlaps) {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return []netip.Prefix{d.u.Block}
	}
	return list
}

func (d tiny) length() int {
	return min(d.u.Unit, d.u.Block.Bits()+1+d.IntN(d.u.Unit-d.u.Block.Bits()+2))
}

func (d tiny) request() Request {
	r := Request{Name: "tiny", Supernets: d.supernets(), SharedPods: d.chance(60), SharedServices: d.chance(60)}
	if d.chance(40) {
		r.ServiceSupernets = d.supernets()
	}
	r.Pools = map[string]Pool{"p": {Supernets: d.supernets()}}
	f := &r.Facts
	f.Hubs = map[string]topology.Hub{"h0": {}, "h1": {}}
	f.VPCs, f.Sites = map[string]topology.VPC{}, map[string]topology.Site{}
	f.Clusters, f.Reserved = map[string]topology.Cluster{}, map[string]topology.Reserved{}
	vpcs := 1 + d.IntN(3)
	for i := range vpcs {
		v := topology.VPC{
			CIDRBlocks: []netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 168, byte(i), 0}), 24)},
			Routes:     map[string]topology.Route{},
		}
		if d.chance(20) {
			v.CIDRBlocks = append(v.CIDRBlocks, d.piece())
		}
		if d.chance(20) {
			v.AdvertisedCIDRs = []netip.Prefix{d.piece()}
		}
		for k := range d.IntN(3) {
			v.Routes[fmt.Sprint("r", k)] = topology.Route{
				Destination: d.piece(),
				NextHop:     []string{"vpn", "peering", "instance"}[d.IntN(3)],
			}
		}
		switch {
		case i == 2 && d.chance(60):
			v.VRF = "other"
		default:
			for _, hub := range []string{"h0", "h1"} {
				if d.chance(30) {
					v.Hubs = append(v.Hubs, hub)
				}
			}
		}
		f.VPCs[fmt.Sprint("v", i)] = v
	}
	if d.chance(30) {
		f.Sites["s"] = topology.Site{CIDRBlocks: []netip.Prefix{d.piece()}, Hubs: []string{"h0"}, Peers: []string{"v0"}}
	}
	if d.chance(30) {
		f.Reserved["x"] = topology.Reserved{CIDR: d.piece()}
	}
	if d.chance(20) {
		r.Existing = map[string]Existing{"gone": {PodCIDRs: []netip.Prefix{d.piece()}, ServiceCIDR: d.piece()}}
	}
	for i := range 1 + d.IntN(4) {
		f.Clusters[fmt.Sprint("c", i)] = d.cluster(vpcs)
	}
	if first := f.Clusters["c0"]; f.VPCs["v2"].VRF != "" && first.VPC != "v2" && d.chance(70) {
		f.Clusters["t"] = topology.Cluster{VPC: "v2", Profile: first.Profile, SameAs: "c0"}
	}
	for _, name := range slices.Sorted(maps.Keys(f.Clusters)) {
		cl := f.Clusters[name]
		cl.OtherRanges = d.otherRanges(cl.Profile)
		f.Clusters[name] = cl
	}
	return r
}

// otherRanges are ranges that a cluster of a profile uses beside Pods and Services, mostly none.
func (d tiny) otherRanges(of string) map[string][]netip.Prefix {
	ranges := map[string][]netip.Prefix{}
	for _, use := range map[string][]string{"toy-routed": {"inner", "seen"}, "toy-hidden": {"box", "free"}}[of] {
		if d.chance(15) {
			ranges[use] = []netip.Prefix{d.piece()}
		}
	}
	return ranges
}

// cluster is in one of so many VPCs.
func (d tiny) cluster(vpcs int) topology.Cluster {
	cl := topology.Cluster{
		VPC: fmt.Sprint("v", d.IntN(vpcs)), Profile: []string{"toy-routed", "toy-hidden", "toy-low"}[d.IntN(3)],
		Need: profile.Need{PodLength: d.length(), ServiceLength: d.length()},
	}
	if d.chance(20) {
		cl.Pool = "p"
	}
	if d.chance(20) {
		cl.Meshes = []string{"m"}
	}
	if d.chance(15) {
		cl.Need.PodLength, cl.PodCIDRs = 0, []netip.Prefix{d.piece()}
	}
	if d.chance(15) {
		cl.Need.ServiceLength, cl.ServiceCIDR = 0, d.piece()
	}
	return cl
}
