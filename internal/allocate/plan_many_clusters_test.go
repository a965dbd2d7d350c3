package allocate

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// equalPins are clusters that were all built with the default ranges of their platform, each in a VPC of its
// own on one hub.
func equalPins(clusters int) Request {
	r := request(func(r *Request) { r.Facts.Hubs["all"] = topology.Hub{} })
	for i := range clusters {
		name := fmt.Sprintf("c%05d", i)
		r.Facts.VPCs["v"+name] = topology.VPC{
			Platform: "alicloud", CIDRBlocks: prefixes(fmt.Sprintf("192.%d.%d.0/24", 168+i/256, i%256)), Hubs: []string{"all"},
		}
		cluster(
			name, "ack-flannel", profile.Need{}, pins("172.20.0.0/16", "172.19.0.0/20"), func(cl *topology.Cluster) { cl.VPC = "v" + name },
		)(
			&r,
		)
	}
	return r
}

// What many clusters on one range cost grows with their number, not with its square, in a plan and in an audit.
func TestConflictsOfManyClustersAreLinear(t *testing.T) {
	measured := func(clusters int) (findings int, bytes uint64) {
		r := equalPins(clusters)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		found := Audit(r, topology.WhatIf{}, profile.Default())
		runtime.ReadMemStats(&after)
		return len(found.Findings), after.TotalAlloc - before.TotalAlloc
	}
	few, fewBytes := measured(100)
	many, manyBytes := measured(400)
	if few < 198 || many > 4*few+8 || manyBytes > 8*fewBytes {
		t.Errorf("100 clusters have %d findings in %d bytes, 400 have %d in %d", few, fewBytes, many, manyBytes)
	}
}

// An acceptance of a pair, or of a whole group, covers what it names and nothing else, also among many.
func TestAcceptancesAmongManyClusters(t *testing.T) {
	open := func(result Result) map[string]bool {
		names := map[string]bool{}
		for _, f := range result.Findings {
			if f.Accepted == nil && f.B != nil {
				names[f.A.Owner], names[f.B.Owner] = true, true
			}
		}
		return names
	}
	r := equalPins(100)
	groups := conflict.Groups(Plan(r, profile.Default()).Findings)
	accepted := map[string]topology.Acceptance{}
	for _, g := range groups {
		for _, key := range g.Keys() {
			accepted[key.String()] = topology.Acceptance{Reason: "why"}
		}
	}
	r.Settings.Accepted = accepted
	if result := Plan(r, profile.Default()); len(open(result)) > 0 || len(result.Faults) > 0 {
		t.Errorf("%d clusters are left of %d that were accepted, %d faults", len(open(result)), 100, len(result.Faults))
	}
	r.Facts = equalPins(101).Facts
	if names := open(Plan(r, profile.Default())); !names["c00100"] {
		t.Errorf("one more cluster is not reported: %v", names)
	}

	pair := fmt.Sprintf("%s|%s|c00020+c00071", groups[0].Findings[0].Code, groups[0].Findings[0].Shared)
	r = equalPins(100)
	r.Settings.Accepted = map[string]topology.Acceptance{pair: {Reason: "why"}}
	result, covered := Plan(r, profile.Default()), 0
	for _, f := range result.Findings {
		if f.Accepted != nil {
			covered++
			if f.A.Owner != "c00020" || f.B.Owner != "c00071" {
				t.Errorf("%s is accepted", f.Key())
			}
		}
	}
	if covered != 1 || len(open(result)) != 100 || len(result.Faults) != 0 {
		t.Errorf("%d pairs are accepted by %s, %d clusters are reported, %d faults", covered, pair, len(open(result)), len(result.Faults))
	}
}

// Beside many clusters that conflict already, those that do not stop a plan, one more does.
func TestOneMoreClusterAmongMany(t *testing.T) {
	r := equalPins(60)
	before := Plan(r, profile.Default())
	r.Prior = &Prior{Facts: r.Facts, Supernets: r.AllSupernets(), Allocations: before.Allocations}
	again := equalPins(61)
	again.Prior = r.Prior
	fresh := map[string]bool{}
	for _, f := range Plan(again, profile.Default()).Findings {
		if !f.PreExisting {
			fresh[f.A.Owner], fresh[f.B.Owner] = true, true
		}
	}
	if !fresh["c00060"] || len(fresh) != 61 {
		t.Errorf("%d clusters are in new conflicts: all are in one with the new cluster", len(fresh))
	}
	for _, f := range Plan(r, profile.Default()).Findings {
		if !f.PreExisting {
			t.Fatalf("%s is new though nothing changed", f.Key())
		}
	}
}

// disjointPins are as many clusters with ranges of their own.
func disjointPins(clusters int) Request {
	r := equalPins(clusters)
	for i := range clusters {
		name := fmt.Sprintf("c%05d", i)
		cl := r.Facts.Clusters[name]
		pins(fmt.Sprintf("11.%d.%d.0/24", i/256, i%256), fmt.Sprintf("10.%d.%d.0/24", i/256, i%256))(&cl)
		r.Facts.Clusters[name] = cl
	}
	return r
}

// BenchmarkOfManyClusters audits clusters that share one range, and plans clusters in VPCs of their own. x-disjoint is the time
// as a part of what an audit of as many clusters with ranges of their own takes.
func BenchmarkOfManyClusters(b *testing.B) {
	audit := func(r Request) func() { return func() { Audit(r, topology.WhatIf{}, profile.Default()) } }
	for _, clusters := range []int{800, 2000, 5000, 20_000} {
		apart := clustersApart(clusters)
		for name, run := range map[string]func(){
			"one range":    audit(equalPins(clusters)),
			"VPCs of each": func() { Plan(apart, profile.Default()) },
		} {
			b.Run(fmt.Sprint(name, "/", clusters), func(b *testing.B) {
				disjoint := elapsed(audit(disjointPins(clusters)))
				b.ReportAllocs()
				for b.Loop() {
					run()
				}
				b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/disjoint, "x-disjoint")
			})
		}
	}
}

// elapsed is how many seconds something takes.
func elapsed(do func()) float64 {
	start := time.Now()
	do()
	return time.Since(start).Seconds()
}
