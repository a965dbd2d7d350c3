package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// from is what an allocator has, with what it allocates from.
func from(g conflict.Registration, supernets ...string) conflict.Registration {
	g.Supernets = prefixes(supernets...)
	return g
}

// keeping is what an allocator has, with a range that it keeps free.
func keeping(g conflict.Registration, reserved string) conflict.Registration {
	g.Facts.Reserved = map[string]topology.Reserved{"later": {CIDR: prefix(reserved)}}
	return g
}

// knowing is what a planner has, with a claim of another one.
func knowing(g conflict.Registration, allocator, cidr string) conflict.Registration {
	g.Facts.Foreign = map[string]topology.Foreign{"x": {Owner: "x", Allocator: allocator, CIDR: prefix(cidr)}}
	return g
}

// Two planners of different kinds never have the same addresses unnoticed, in either order.
func TestConfigCheckOfBlocksAndClusters(t *testing.T) {
	pool := []string{"10.64.0.0/10"}
	slb := blocksOf(pool, "slb 10.64.0.0/16")
	shop := func(pods, word string) conflict.Registration {
		return from(together(inA, clusterFacts("shop", "a", ""), holds("shop", "a", pods, word)), "10.64.0.0/10")
	}
	pinned := func(pods string) conflict.Registration {
		return from(together(inA, clusterFacts("shop", "a", pods)), "10.64.0.0/10")
	}
	services := from(together(inA, clusterFacts("shop", "a", "")), "10.64.0.0/10")
	services.Claims = []conflict.Claim{
		clusterClaim("shop", topology.Cluster{VPC: "a"}, shipped("ack-flannel"), conflict.Service, prefix("10.64.0.0/20")),
	}
	const both = "error pod_overlaps_foreign_block: shop 10.64.0.0/19 of {allocator k8s} and slb 10.64.0.0/16 of {blocks lb}, reported by"
	inBlue := shop("10.64.0.0/19", "")
	v := inBlue.Facts.VPCs["a"]
	v.VRF = "blue"
	inBlue.Facts.VPCs = map[string]topology.VPC{"a": v}
	vrfUnknown := inBlue
	v.VRF, v.Unknown = "", topology.Unknown{"vrf"}
	vrfUnknown.Facts.VPCs = map[string]topology.VPC{"a": v}
	blocksVRFUnknown := slb
	blocksVRFUnknown.Facts.Unknown = topology.Unknown{"vrf"}
	supernetsUnknown := shop("10.64.0.0/19", "")
	supernetsUnknown.Supernets, supernetsUnknown.SupernetsUnknown = nil, true
	for name, test := range map[string]struct {
		blocks, allocator conflict.Registration
		want              string // "" for none
	}{
		"Pods in a block for something else": {slb, shop("10.64.0.0/19", ""), both},
		"a block in Pods": {
			blocksOf(pool, "slb 10.64.0.0/24"), shop("10.64.0.0/19", ""),
			"error pod_overlaps_foreign_block: shop 10.64.0.0/19 of {allocator k8s} and slb 10.64.0.0/24 of {blocks lb}, reported by",
		},
		"the same range": {
			blocksOf(pool, "slb 10.64.0.0/19"), shop("10.64.0.0/19", ""),
			"error pod_overlaps_foreign_block: shop 10.64.0.0/19 of {allocator k8s} and slb 10.64.0.0/19 of {blocks lb}, reported by",
		},
		"Services": {
			slb, services,
			"error service_overlaps_foreign_block: shop 10.64.0.0/20 of {allocator k8s} and slb 10.64.0.0/16 of {blocks lb}, reported by",
		},
		"what a cluster keeps": {
			slb, shop("10.64.0.0/17", "kept"),
			"error block_overlaps_aggregate: slb 10.64.0.0/16 of {blocks lb} and shop 10.64.0.0/17 of {allocator k8s}, reported by",
		},
		"released by a cluster": {
			slb, shop("10.64.0.0/17", "released"),
			"error block_overlaps_released: slb 10.64.0.0/16 of {blocks lb} and shop 10.64.0.0/17 of {allocator k8s}, reported by",
		},
		"released by a block": {
			blocksOf(pool, "slb 10.64.0.0/16-"), shop("10.64.0.0/19", ""),
			"error pod_overlaps_released: shop 10.64.0.0/19 of {allocator k8s} and slb 10.64.0.0/16 of {blocks lb}, reported by",
		},
		"released by both":                         {blocksOf(pool, "slb 10.64.0.0/16-"), shop("10.64.0.0/19", "released"), ""},
		"released by a block, kept by a cluster":   {blocksOf(pool, "slb 10.64.0.0/16-"), shop("10.64.0.0/19", "kept"), ""},
		"pinned Pods in a part of a block":         {slb, pinned("10.64.0.0/19"), both},
		"Pods that are pinned to a block":          {slb, pinned("10.64.0.0/16"), ""},
		"a pinned block":                           {blocksOf(pool, "slb 10.64.0.0/16!"), shop("10.64.0.0/19", ""), both},
		"a block that is the allocator's supernet": {slb, from(shop("10.64.0.0/19", ""), "10.64.0.0/16"), ""},
		"a block around the allocator's supernet":  {slb, from(shop("10.64.0.0/19", ""), "10.64.0.0/18"), ""},
		"a block that is one of its supernets":     {slb, from(shop("10.64.0.0/19", ""), "10.128.0.0/16", "10.64.0.0/16"), ""},
		"another block beside the delegated one": {
			blocksOf(pool, "k8s 10.128.0.0/16", "slb 10.64.0.0/16"), from(shop("10.64.0.0/19", ""), "10.128.0.0/16"), both,
		},
		"supernets that are not known yet": {slb, supernetsUnknown, ""},
		"blocks that divide the Pods":      {blocksOf([]string{"10.64.0.0/19"}, "zone 10.64.0.0/21"), shop("10.64.0.0/19", ""), ""},
		"blocks from a part of the Pods": {
			blocksOf([]string{"10.64.0.0/20"}, "zone 10.64.0.0/21"), shop("10.64.0.0/19", ""),
			"error pod_overlaps_foreign_block: shop 10.64.0.0/19 of {allocator k8s} and zone 10.64.0.0/21 of {blocks lb}, reported by",
		},
		"blocks from a part of what a cluster keeps": {
			blocksOf([]string{"10.64.0.0/20"}, "zone 10.64.0.0/21"), shop("10.64.0.0/17", "kept"),
			"error block_overlaps_aggregate: zone 10.64.0.0/21 of {blocks lb} and shop 10.64.0.0/17 of {allocator k8s}, reported by",
		},
		"what a cluster has by existing": {
			slb, shop("10.64.0.0/17", "undeclared"),
			"error block_overlaps_existing: slb 10.64.0.0/16 of {blocks lb} and shop 10.64.0.0/17 of {allocator k8s}, reported by",
		},
		"existing that names the block": {slb, shop("10.64.0.0/16", "undeclared"), ""},
		"what a block has by existing": {
			existingBlock(blocksOf(pool), "old", "10.64.0.0/16"), shop("10.64.0.0/19", ""),
			"error pod_overlaps_existing: shop 10.64.0.0/19 of {allocator k8s} and old 10.64.0.0/16 of {blocks lb}, reported by",
		},
		"what both have by existing": {
			existingBlock(blocksOf(pool), "old", "10.64.0.0/16"), shop("10.64.0.0/19", "undeclared"), "",
		},
		"blocks from the allocator's own supernet": {
			blocksOf([]string{"10.64.0.0/19"}, "zone 10.64.0.0/21"), from(shop("10.64.0.0/19", ""), "10.64.0.0/19"),
			"error pod_overlaps_foreign_block: shop 10.64.0.0/19 of {allocator k8s} and zone 10.64.0.0/21 of {blocks lb}, reported by",
		},
		"a block that is the cluster's VPC":          {blocksOf(pool, "vpc 172.16.0.0/24"), shop("172.16.0.0/25", ""), ""},
		"a subnet of the cluster's VPC":              {blocksOf(pool, "zone 172.16.0.0/26"), shop("172.16.0.0/25", ""), ""},
		"another VRF":                                {slb, inBlue, ""},
		"blocks whose VRF is not known yet":          {blocksVRFUnknown, shop("10.64.0.0/19", ""), ""},
		"the same VRF":                               {inVRF("blue", slb), inBlue, both},
		"a VRF that is not known yet":                {slb, vrfUnknown, ""},
		"the allocator keeps the block free":         {slb, keeping(pinned("10.64.0.0/19"), "10.64.0.0/16"), ""},
		"the allocator was given the claims":         {slb, knowing(pinned("10.64.0.0/19"), "blocks/lb", "10.64.0.0/16"), ""},
		"the allocator was given other claims":       {slb, knowing(pinned("10.64.0.0/19"), "blocks/other", "10.64.0.0/16"), both},
		"the blocks keep the range free":             {keeping(slb, "10.64.0.0/19"), shop("10.64.0.0/19", ""), ""},
		"the blocks were given the claims":           {knowing(slb, "k8s", "10.64.0.0/19"), shop("10.64.0.0/19", ""), ""},
		"the blocks were given those of another one": {knowing(slb, "k9s", "10.64.0.0/19"), shop("10.64.0.0/19", ""), both},
	} {
		t.Run(name, func(t *testing.T) {
			for _, blocksFirst := range []bool{true, false} {
				r := &registers{check: conflict.NewConfigCheck(profile.Default())}
				for _, blocks := range []bool{blocksFirst, !blocksFirst} {
					if blocks {
						r.register("blocks", "lb", test.blocks, nothing)
					} else {
						r.register("allocator", "k8s", test.allocator, nothing)
					}
				}
				found := len(r.out) == 1 && test.want != "" && len(r.out[0]) > len(test.want) && r.out[0][:len(test.want)] == test.want
				if !found && (test.want != "" || len(r.out) > 0) {
					t.Errorf("blocks first %t: reported %q, want %q", blocksFirst, r.out, test.want)
				}
			}
		})
	}
	r := &registers{check: conflict.NewConfigCheck(profile.Default())}
	r.register("blocks", "lb", slb, slb)
	r.register("allocator", "k8s", shop("10.64.0.0/19", ""), shop("10.64.0.0/19", ""))
	if want := "warn" + both[len("error"):] + ` k8s at clusters["shop"], allocated, pre-existing`; len(r.out) != 1 || r.out[0] != want {
		t.Errorf("both were there: reported %q, want %q", r.out, want)
	}
	r = &registers{check: conflict.NewConfigCheck(profile.Default())}
	r.register("allocator", "k8s", from(shop("10.64.0.0/19", ""), "10.64.0.0/16"), nothing)
	r.register("allocator", "other", from(together(inA, clusterFacts("shop", "a", "10.64.0.0/19")), "10.128.0.0/16"), nothing)
	r.register("blocks", "lb", slb, nothing)
	if len(r.out) > 0 {
		t.Errorf("an allocator that only knows of the range decides nothing: reported %q", r.out)
	}
	r = &registers{check: conflict.NewConfigCheck(profile.Default())}
	r.register("cluster", "shop", clusterFacts("shop", "a", "10.64.0.0/19"), nothing)
	r.register("vpc", "a", inA, nothing)
	r.register("blocks", "lb", slb, nothing)
	if len(r.out) > 0 {
		t.Errorf("a cluster that no allocator has: reported %q", r.out)
	}
}

// The owner of what an allocator chose is the cluster and the allocator; of what is pinned it is the cluster.
func TestConfigCheckOfClustersOfOneName(t *testing.T) {
	shop := func(vpc conflict.Registration, network, pods string) conflict.Registration {
		return together(vpc, clusterFacts("shop", network, ""), holds("shop", network, pods, ""))
	}
	pinned := together(inA, clusterFacts("shop", "a", "10.0.0.0/16"))
	pinnedClaim := holds("shop", "a", "10.0.0.0/16", "").Claims[0]
	pinnedClaim.Source = conflict.Pinned
	adopted := shop(inA, "a", "10.0.0.0/16")
	adopted.Adopted = map[string]bool{"shop": true}
	const same = `error pod_overlaps_cluster_pod: shop 10.0.0.0/16 of {allocator team-a} and shop 10.0.0.0/16 of {allocator team-b}, ` +
		`reported by team-b at clusters["shop"], allocated`
	for name, test := range map[string]struct {
		steps func(r *registers)
		want  []string
	}{
		"two allocators choose one range in one network": {func(r *registers) {
			r.register("allocator", "team-a", shop(inA, "a", "10.0.0.0/16"), nothing)
			r.register("allocator", "team-b", shop(inA, "a", "10.0.0.0/16"), nothing)
			r.register("allocator", "team-a", shop(inA, "a", "10.0.0.0/16"), nothing)
		}, []string{same}},
		"three allocators": {func(r *registers) {
			for _, name := range []string{"team-a", "team-b", "team-c"} {
				r.register("allocator", name, shop(inA, "a", "10.0.0.0/16"), nothing)
			}
		}, []string{
			same,
			`error pod_overlaps_cluster_pod: shop 10.0.0.0/16 of {allocator team-a} and shop 10.0.0.0/16 of {allocator team-c}, ` +
				`reported by team-c at clusters["shop"], allocated`,
			`error pod_overlaps_cluster_pod: shop 10.0.0.0/16 of {allocator team-b} and shop 10.0.0.0/16 of {allocator team-c}, ` +
				`reported by team-c at clusters["shop"], allocated`,
		}},
		"ranges that overlap": {func(r *registers) {
			r.register("allocator", "team-b", shop(inA, "a", "10.0.0.0/20"), nothing)
			r.register("allocator", "team-a", shop(inA, "a", "10.0.0.0/16"), nothing)
		}, []string{`error pod_overlaps_cluster_pod: shop 10.0.0.0/16 of {allocator team-a} ` +
			`and shop 10.0.0.0/20 of {allocator team-b}, reported by team-a at clusters["shop"], allocated`}},
		"ranges that do not": {func(r *registers) {
			r.register("allocator", "team-a", shop(inA, "a", "10.0.0.0/16"), nothing)
			r.register("allocator", "team-b", shop(inA, "a", "10.1.0.0/16"), nothing)
		}, nil},
		"one is given what the other one chose": {func(r *registers) {
			r.register("allocator", "team-a", shop(inA, "a", "10.0.0.0/16"), nothing)
			r.register("allocator", "team-b", pinned, nothing)
			r.register("allocator", "team-c", adopted, nothing)
			r.register("cluster", "shop", clusterFacts("shop", "a", "10.0.0.0/16"), nothing)
		}, nil},
		"a cluster that is declared and given to its allocator": {func(r *registers) {
			r.register("cluster", "shop", clusterFacts("shop", "a", "10.0.0.0/16"), nothing)
			r.register("cluster", "shop", clusterFacts("shop", "a", "10.0.0.0/16"), nothing)
			r.register("allocator", "team-a", together(pinned, holds("shop", "a", "10.0.0.0/16", "")), nothing)
		}, nil},
		"both held it before": {func(r *registers) {
			r.register("allocator", "team-a", shop(inA, "a", "10.0.0.0/16"), shop(inA, "a", "10.0.0.0/16"))
			r.register("allocator", "team-b", shop(inA, "a", "10.0.0.0/16"), shop(inA, "a", "10.0.0.0/16"))
		}, []string{"warn" + same[len("error"):] + ", pre-existing"}},
		"both were given it before, and a network was renamed": {func(r *registers) {
			renamed := vpcFacts("z", "172.16.9.0/24")
			v := renamed.Facts.VPCs["z"]
			v.PreviousNames = []string{"y"}
			renamed.Facts.VPCs["z"] = v
			r.register("vpc", "z", renamed, vpcFacts("y", "172.16.9.0/24"))
			given := together(pinned, conflict.Registration{Claims: []conflict.Claim{pinnedClaim}})
			r.register("allocator", "team-a", shop(inA, "a", "10.0.0.0/16"), given)
			r.register("allocator", "team-b", shop(inA, "a", "10.0.0.0/16"), given)
		}, []string{"warn" + same[len("error"):] + ", pre-existing"}},
		"one held it before": {func(r *registers) {
			r.register("allocator", "team-a", shop(inA, "a", "10.0.0.0/16"), shop(inA, "a", "10.0.0.0/16"))
			r.register("allocator", "team-b", shop(inA, "a", "10.0.0.0/16"), nothing)
		}, []string{same}},
	} {
		t.Run(name, func(t *testing.T) { wantReported(t, test.steps, test.want) })
	}
	check := conflict.NewConfigCheck(profile.Default())
	check.Register(topology.Origin{Kind: conflict.Allocator, Name: "team-a"}, shop(inA, "a", "10.0.0.0/16"), nothing, conflict.Settings{})
	found := check.Register(
		topology.Origin{Kind: conflict.Allocator, Name: "team-b"}, shop(inA, "a", "10.0.0.0/16"), nothing, conflict.Settings{},
	)
	if key := found[0].Key().String(); key != "pod_overlaps_cluster_pod|10.0.0.0/16|shop@team-a+shop@team-b" {
		t.Errorf("the key does not name the allocators: %s", key)
	}
}
