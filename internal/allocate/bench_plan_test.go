package allocate

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// large is 1,000 clusters of three platforms in 200 VPCs with 10 routes each, joined by 20 hubs.
func large() Request {
	r := Request{
		Name: "k8s", Supernets: prefixes("10.0.0.0/8"), ServiceSupernets: prefixes("172.20.0.0/14", "10.0.0.0/8"),
		Facts: topology.Facts{Hubs: map[string]topology.Hub{}, VPCs: map[string]topology.VPC{}, Clusters: map[string]topology.Cluster{}},
	}
	platforms := []string{"alicloud", "huaweicloud", "generic"}
	profiles := []string{"ack-flannel", "cce-vpc-router", "kubernetes-routed"}
	nth := func(base string, bits, n int) netip.Prefix {
		four := netip.MustParseAddr(base).As4()
		binary.BigEndian.PutUint32(four[:], binary.BigEndian.Uint32(four[:])+uint32(n)<<(32-bits))
		return netip.PrefixFrom(netip.AddrFrom4(four), bits)
	}
	for i := range 200 {
		hub := fmt.Sprintf("hub-%02d", i%20)
		r.Facts.Hubs[hub] = topology.Hub{}
		v := topology.VPC{
			Platform:   platforms[i%3],
			Hubs:       []string{hub},
			CIDRBlocks: []netip.Prefix{nth("192.168.0.0", 24, i)},
			Routes:     map[string]topology.Route{},
		}
		for k := range 10 {
			v.Routes[fmt.Sprint("vpn-", k)] = topology.Route{Destination: nth("10.0.0.0", 24, 10*i+k), NextHop: "vpn"}
		}
		r.Facts.VPCs[fmt.Sprintf("vpc-%03d", i)] = v
	}
	for i := range 1000 {
		r.Facts.Clusters[fmt.Sprintf("cluster-%04d", i)] = topology.Cluster{
			VPC: fmt.Sprintf("vpc-%03d", i%200), Profile: profiles[i%200%3],
			Need: profile.Need{MaxNodes: int64(5 + i%60), PodsPerNode: int64(16 + i%48), MaxServices: int64(100 + i%800)},
		}
	}
	return r
}

// BenchmarkPlan reports how many times as long a plan takes as the least that any planner of
// these clusters would have to do: to look at every pair of ranges in use once, and see whether
// they overlap.
func BenchmarkPlan(b *testing.B) {
	fresh := large()
	first := planned(b, fresh)
	held := after(fresh, first)
	more := edited(held, func(r *Request) { r.Facts.Clusters["one-more"] = r.Facts.Clusters["cluster-0000"] })
	full := edited(fresh, supernets("10.0.0.0/10"), services("172.20.0.0/14"))
	for _, bench := range []struct {
		name    string
		request Request
		failed  bool
	}{{"fresh", fresh, false}, {"held", held, false}, {"one more", more, false}, {"no room", full, true}} {
		b.Run(bench.name, func(b *testing.B) {
			least := pairs(b, fresh, first)
			for b.Loop() {
				if result := Plan(bench.request, profile.Default()); result.Failed() != bench.failed {
					b.Fatalf("failed: %t\n%s", result.Failed(), allReports(result))
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(least), "x-pairs")
		})
	}
}

// pairs is the time that it takes to compare every two claims of a plan.
func pairs(b *testing.B, r Request, result Result) time.Duration {
	b.Helper()
	claims := conflict.FactClaims(r.Facts, profile.Default())
	for name, a := range result.Allocations {
		cl := r.Facts.Clusters[name]
		p, _ := profile.Default().Profile(cl.Profile)
		of := conflict.ClusterClaimant(name, cl, p)
		claims = append(claims, of.Claim(conflict.Pod, a.Pods[0]), of.Claim(conflict.Service, a.Service))
	}
	if len(claims) != 4200 {
		b.Fatalf("%d claims, want 4200", len(claims))
	}
	const times = 5
	start, overlaps := time.Now(), 0
	for range times {
		for i, one := range claims {
			for _, other := range claims[:i] {
				if one.Range.Overlaps(other.Range) {
					overlaps++
				}
			}
		}
	}
	return time.Since(start) / times
}
