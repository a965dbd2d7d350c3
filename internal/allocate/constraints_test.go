package allocate

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Demands that share constraints find the same free as each would by itself, and must be disjoint from the same other demands.
func TestSharedConstraintsAreThoseOfEachDemand(outer *testing.T) {
	outer.Parallel()
	shared := 0
	rapid.Check(outer, func(t *rapid.T) {
		situation, c := collectedOf(outer, draw{t}.ofManyVPCs(), profile.Default())
		s := situation.separation()
		each, distinct, finder := constraintsOf(s, c.claims, c.demands)
		disjoint, of := finder.disjointTable(distinct), map[*constraints]string{}
		for i, d := range c.demands {
			own := s.templateOf(d)
			room := situation.request.room(d.claims, d.rangeLength(), d.family)
			got, want := room.Minus(cidr.NewSet(each[i].taken...)).Prefixes(), room.Minus(takenOfAll(s, c.claims, own.claims)).Prefixes()
			if !slices.Equal(got, want) {
				t.Fatalf("%s of length %d finds free %v, want %v", d.owner, d.length, got, want)
			}
			for k, other := range c.demands {
				got, want := disjoint[each[i].index][each[k].index], s.anyAvoidsAny(own.claims, s.templateOf(other).claims)
				if got != want && i != k {
					t.Fatalf("%s must be disjoint from %s: %v, want %v", d.owner, other.owner, got, want)
				}
			}
			if key := templateKey(own.claim); of[each[i]] != "" && of[each[i]] != key {
				shared++
			}
			of[each[i]] = templateKey(own.claim)
		}
	})
	if shared == 0 {
		outer.Error("no two networks share constraints")
	}
}

// ofManyVPCs is a request of which most VPCs are on one hub and use no part of the supernets.
func (d draw) ofManyVPCs() Request {
	r := d.request()
	r.Facts.Hubs["all"] = topology.Hub{}
	kinds := []string{"kubernetes-overlay", "kubernetes-routed", "ack-flannel", "cce-vpc-router"}
	for i := range d.number(0, 8, "more") {
		name := fmt.Sprint("m", i)
		v := topology.VPC{CIDRBlocks: prefixes(fmt.Sprintf("203.0.113.%d/28", 16*i)), Hubs: []string{"all"}}
		if d.chance(20, name+" inside") {
			v.CIDRBlocks = append(v.CIDRBlocks, d.prefix(16, 24, name+" block"))
		}
		r.Facts.VPCs[name] = v
		in := fmt.Sprint("m", d.number(0, i, name+" VPC"))
		cl := topology.Cluster{VPC: in, Profile: one(d, name+" profile", kinds...), Need: lengths(20, 24, 26)}
		if d.chance(20, name+" pinned") {
			cl.PodCIDRs = d.disjoint(1, 16, 22, name+" Pods")
		}
		r.Facts.Clusters[name] = cl
	}
	return r
}

// clustersApart are clusters that each want ranges in a VPC of their own, all VPCs on one hub.
func clustersApart(clusters int) Request {
	r := request(supernets("10.0.0.0/8"), services("11.0.0.0/8"))
	r.Facts.Hubs["all"] = topology.Hub{}
	for i := range clusters {
		name := fmt.Sprintf("c%05d", i)
		r.Facts.VPCs["v"+name] = topology.VPC{CIDRBlocks: prefixes(fmt.Sprintf("192.%d.%d.0/24", 168+i/256, i%256)), Hubs: []string{"all"}}
		cluster(name, "kubernetes-overlay", lengths(24, 26, 28), func(cl *topology.Cluster) { cl.VPC = "v" + name })(&r)
	}
	return r
}

// What a plan of many clusters allocates grows with their number, not with its square, though each is in a VPC of its own.
func TestMemoryOfAPlanOfManyVPCsIsLinear(t *testing.T) {
	bytes := func(clusters int) uint64 {
		r := clustersApart(clusters)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		result := Plan(r, profile.Default())
		runtime.ReadMemStats(&after)
		if result.Failed() || len(result.Allocations) != clusters {
			t.Fatalf("%d of %d clusters have ranges\n%s", len(result.Allocations), clusters, allReports(result))
		}
		return after.TotalAlloc - before.TotalAlloc
	}
	if few, many := bytes(100), bytes(400); many > 6*few {
		t.Errorf("four times as many clusters take %d bytes instead of %d", many, few)
	}
}
