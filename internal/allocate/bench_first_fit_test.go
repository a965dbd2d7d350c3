package allocate

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// firstFit is the allocator that one writes first: it goes through the candidates of a supernet from the lowest one on, and
// compares each with all ranges in use.
//
// It knows addresses only. It does not know who reaches whom, so that all ranges in use are in its way; it has no rules of
// platforms, no prior state, no names of who holds what, and no order of its own: what it chooses depends on the order of the
// requests, a small range can take the only place of a large one, and it searches for no other placement. It warns of nothing.
func firstFit(supernet netip.Prefix, length int, taken []netip.Prefix) (netip.Prefix, bool) {
	for n := uint64(0); ; n++ {
		candidate, ok := cidr.Nth(supernet, length, n)
		if !ok {
			return netip.Prefix{}, false
		}
		if !overlapsAny(candidate, taken) {
			return candidate, true
		}
	}
}

func overlapsAny(candidate netip.Prefix, taken []netip.Prefix) bool {
	for _, t := range taken {
		if t.Overlaps(candidate) {
			return true
		}
	}
	return false
}

// inUse is an allocator with 100 new clusters of one size, in so many of 200 VPCs on one hub. The VPCs have so many routes
// together, to /26 ranges of which each tenth is free.
func inUse(ranges, vpcs int) (r Request, taken []netip.Prefix) {
	r = Request{
		Name: "k8s", Supernets: prefixes("10.0.0.0/8"), ServiceSupernets: prefixes("172.16.0.0/12"),
		Facts: topology.Facts{
			Hubs:     map[string]topology.Hub{"hub": {}},
			VPCs:     map[string]topology.VPC{},
			Clusters: map[string]topology.Cluster{},
		},
	}
	slot := uint64(0)
	for i := range 200 {
		v := topology.VPC{
			CIDRBlocks: prefixes(fmt.Sprintf("192.168.%d.0/24", i)),
			Hubs:       []string{"hub"},
			Routes:     map[string]topology.Route{},
		}
		for k := range ranges / 200 {
			if slot++; slot%10 == 0 {
				slot++
			}
			to, _ := cidr.Nth(r.Supernets[0], 26, slot-1)
			v.Routes[fmt.Sprint("route-", k)] = topology.Route{Destination: to, NextHop: "vpn"}
			taken = append(taken, to)
		}
		r.Facts.VPCs[fmt.Sprintf("vpc-%03d", i)] = v
	}
	for i := range 100 {
		r.Facts.Clusters[fmt.Sprintf("cluster-%02d", i)] = topology.Cluster{
			VPC: fmt.Sprintf(
				"vpc-%03d",
				i%vpcs,
			), Profile: "kubernetes-routed", Need: profile.Need{PodLength: 26, ServiceLength: 26, NodeMask: 28},
		}
	}
	return r, taken
}

// BenchmarkBesideFirstFit plans 100 new clusters beside many ranges in use. times-first-fit is the time of the plan as a multiple
// of what firstFit takes for the same number of Pod and Service ranges, measured in the same run.
func BenchmarkBesideFirstFit(b *testing.B) {
	for _, ranges := range []int{16_000, 100_000} {
		for _, vpcs := range []int{1, 100} {
			b.Run(fmt.Sprintf("%d ranges, new clusters in %d VPCs", ranges, vpcs), func(b *testing.B) {
				r, used := inUse(ranges, vpcs)
				var plan, naive time.Duration
				for b.Loop() {
					plan += planning(b, r)
					start, taken := time.Now(), used
					for range r.Facts.Clusters {
						for _, supernet := range []netip.Prefix{r.Supernets[0], r.ServiceSupernets[0]} {
							chosen, ok := firstFit(supernet, 26, taken)
							if !ok {
								b.Fatal("first-fit finds nothing")
							}
							taken = append(taken, chosen)
						}
					}
					naive += time.Since(start)
				}
				b.ReportMetric(float64(plan)/float64(naive), "times-first-fit")
				b.ReportMetric(1000*plan.Seconds()/float64(b.N), "ms/plan")
				b.ReportMetric(0, "ns/op") // of both together
			})
		}
	}
}
