package conflict_test

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// declaration is what one resource registers.
type declaration struct {
	by  topology.Origin
	now conflict.Registration
}

func declared(kind, name string, f topology.Facts) declaration {
	return declaration{topology.Origin{Kind: kind, Name: name}, conflict.Registration{Facts: f}}
}

// nthRange is one of 65,536 ranges that are disjoint.
func nthRange(i int) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(i >> 8), byte(i), 0}), 24)
}

// nestedRange is one of as many ranges, most of which are in others.
func nestedRange(i int) netip.Prefix {
	return netip.PrefixFrom(nthRange(i).Addr(), 8+i%17).Masked()
}

// onOneHub declares VPCs that are on one hub.
func onOneHub(vpcs int, block func(i int) netip.Prefix) []declaration {
	all := []declaration{declared("hub", "cen", topology.Facts{Hubs: map[string]topology.Hub{"cen": {}}})}
	for i := range vpcs {
		name, block := fmt.Sprintf("v%05d", i), block(i)
		v := topology.VPC{Platform: "alicloud", CIDRBlocks: []netip.Prefix{block}, Hubs: []string{"cen"}}
		all = append(all, declared("vpc", name, topology.Facts{VPCs: map[string]topology.VPC{name: v}}))
	}
	return all
}

// pinned declares clusters in VPCs that are all on one hub, each of them in one of its own or all in one.
func pinned(clusters, vpcs int, pods func(i int) netip.Prefix) []declaration {
	all := onOneHub(vpcs, func(i int) netip.Prefix {
		return netip.PrefixFrom(netip.AddrFrom4([4]byte{172, 16, byte(i >> 8), byte(i)}), 32)
	})
	for i := range clusters {
		name := fmt.Sprintf("c%05d", i)
		cl := topology.Cluster{VPC: fmt.Sprintf("v%05d", i%vpcs), Profile: "ack-flannel", PodCIDRs: []netip.Prefix{pods(i)}}
		all = append(all, declared("cluster", name, topology.Facts{Clusters: map[string]topology.Cluster{name: cl}}))
	}
	return all
}

// routed declares clusters with one Pod range in a VPC with routes into it.
func routed(clusters, routes int) []declaration {
	all := pinned(clusters, 1, func(int) netip.Prefix { return prefix("10.0.0.0/8") })
	v := all[1].now.Facts.VPCs["v00000"]
	v.Routes = map[string]topology.Route{}
	for i := range routes {
		v.Routes[fmt.Sprint("r", i)] = topology.Route{Destination: nthRange(i), NextHop: "vpn"}
	}
	all[1].now.Facts.VPCs["v00000"] = v
	return all
}

// registering is the time that it takes to register declarations in turn, and the pairs that are reported.
func registering(all []declaration) (took time.Duration, pairs int) {
	check, start := conflict.NewConfigCheck(profile.Default()), time.Now()
	for _, d := range all {
		for _, g := range conflict.UnwiredGroups(check.Register(d.by, d.now, conflict.Registration{}, conflict.Settings{})) {
			pairs += len(g.Findings) + g.LeftOut
		}
	}
	return time.Since(start), pairs
}

// BenchmarkNetOfManyAlike registers clusters one by one whose ranges conflict. x-disjoint is the time as a part of what as many
// clusters take that do not.
func BenchmarkNetOfManyAlike(b *testing.B) {
	same := func(int) netip.Prefix { return prefix("10.0.0.0/16") }
	for _, n := range []int{800, 2000, 5000, 20_000} {
		for _, bench := range []struct {
			name                string
			conflicts, disjoint []declaration
		}{
			{"one range in one VPC", pinned(n, 1, same), pinned(n, 1, nthRange)},
			{"one range in VPCs of their own", pinned(n, n, same), pinned(n, n, nthRange)},
			{"nested ranges", pinned(n, 1, nestedRange), pinned(n, 1, nthRange)},
			{"one block in all VPCs", onOneHub(n, same), onOneHub(n, nthRange)},
			{"routes", routed(n/2, n/2), pinned(n, 1, nthRange)},
		} {
			b.Run(fmt.Sprint(bench.name, "/", n), func(b *testing.B) {
				disjoint, _ := registering(bench.disjoint)
				b.ReportAllocs()
				pairs := 0
				for b.Loop() {
					_, pairs = registering(bench.conflicts)
				}
				b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(disjoint), "x-disjoint")
				b.ReportMetric(float64(pairs), "pairs")
			})
		}
	}
}

// BenchmarkNetOfManyNetworks registers VPCs one by one, on one hub with one block that all have, or on one hub and a further
// one that each ten share, with blocks of their own. x-linear is the time as a multiple of four times what a fourth takes.
func BenchmarkNetOfManyNetworks(b *testing.B) {
	oneBlock := func(vpcs int) []declaration {
		return onOneHub(vpcs, func(int) netip.Prefix { return prefix("10.0.0.0/16") })
	}
	twoHubs := func(vpcs int) []declaration {
		all := onOneHub(vpcs, nthRange)
		for i, d := range all[1:] {
			for name, v := range d.now.Facts.VPCs {
				v.Hubs = []string{fmt.Sprint("own-", i/10), "cen"}
				d.now.Facts.VPCs[name] = v
			}
		}
		return all
	}
	for _, n := range []int{2000, 5000} {
		for name, declare := range map[string]func(vpcs int) []declaration{"one block": oneBlock, "two hubs": twoHubs} {
			b.Run(fmt.Sprint(name, "/", n), func(b *testing.B) {
				fewer, _ := registering(declare(n / 4))
				all := declare(n)
				for b.Loop() {
					registering(all)
				}
				b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(4*fewer), "x-linear")
			})
		}
	}
}
