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

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// TestMain raises the number of random requests, which are cheap, unless flags say otherwise. With -short it is half of that, of which
// rapid draws a fifth, and these are always the same: so few do not always hold what a property has to see. Plans are small and soon
// garbage: collecting them less often saves a third of the time.
func TestMain(m *testing.M) {
	flag.Parse()
	if flag.Lookup("test.bench").Value.String() == "" { // benchmarks measure with the collector that users have
		debug.SetGCPercent(800)
	}
	defaults := map[string]string{"rapid.checks": "1000"}
	if testing.Short() {
		defaults = map[string]string{"rapid.checks": "500", "rapid.seed": "1"}
	}
	flag.Visit(func(f *flag.Flag) { delete(defaults, f.Name) })
	for name, value := range defaults {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	m.Run()
}

// draw makes random sound requests of few names and few places, so that many ranges share addresses.
type draw struct{ *rapid.T }

// chance is rarer than it says, since rapid prefers small numbers; the smallest says no.
func (d draw) chance(percent int, label string) bool {
	return rapid.IntRange(0, 99).Draw(d.T, label) >= 100-percent
}

func (d draw) number(low, high int, label string) int {
	return rapid.IntRange(low, high).Draw(d.T, label)
}

func one[T any](d draw, label string, list ...T) T { return rapid.SampledFrom(list).Draw(d.T, label) }

// faulty says whether a plan has faults, be they in the request or a lack of room.
func faulty(r Result) bool {
	return slices.ContainsFunc(r.Faults, func(f topology.Fault) bool { return !f.Warn })
}

// planOrDrawAgain plans a request. Where the plan has faults, rapid draws another request instead: a skipped draw is no check, and the
// test fails if rapid cannot draw enough requests without faults.
func planOrDrawAgain(t *rapid.T, r Request) Result {
	result := Plan(r, profile.Default())
	if faulty(result) {
		t.Skip("a request with faults, so another one is drawn")
	}
	return result
}

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
			mirror := topology.Cluster{
				VPC:     one(d, name+" mirror", elsewhere...),
				Profile: cl.Profile,
				SameAs:  name,
				Meshes:  d.some(name+" mirror mesh", "mirrors"),
				Unknown: subnetsAfterApply(cl),
			}
			r.Facts.Clusters["t"+name] = d.others(mirror, "t"+name)
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
	kind := d.number(0, 16, label+" kind")
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
		d.newRoute(f, label)
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
	case kind <= 15:
		return d.grown(r, clusters, label)
	default:
		name := one(d, label+" existing", "c0", "c9", "gone", "gone2")
		r.Existing[name] = d.existing(r, name)
	}
	return r
}

// newRoute gives a VPC another route, and now and then another block.
func (d draw) newRoute(f *topology.Facts, label string) {
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
}
