package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

func TestOptionsBetweenABlockAndACluster(t *testing.T) {
	block := func(text string) conflict.Claim {
		return of(conflict.Allocated, ofKind(conflict.Block, "lb", text), "blocks", "lb")
	}
	pods, wide := podsOf("shop", "10.64.0.0/20"), podsOf("shop", "10.64.0.0/16")
	released := ofKind(conflict.Released, "old", "10.64.0.0/16")
	growth := ofKind(conflict.GrowthReserve, "shop", "10.64.0.0/16")
	ofEast := func(f *conflict.Finding) { f.Unwired.APlanner = allocatorEast }
	tests := map[string]struct {
		finding conflict.Finding
		want    []string
	}{
		"Pods in a block": {unwired(pods, block("10.64.0.0/16"), allocatorEast, blocksLB), []string{
			"meant: allocator east: supernets = [10.64.0.0/16]",
			"known: allocator east: foreign_claims + claims of blocks lb",
			"known: blocks lb: foreign_claims + claims of allocator east",
			"other supernets: allocator east: supernets beside [10.64.0.0/16]",
			"other supernets: blocks lb: supernets beside [10.64.0.0/20]",
			"other VRF: blocks lb: vrf = lb",
		}},
		"Pods that are a block": {unwired(pods, block("10.64.0.0/20"), allocatorEast, blocksLB), []string{
			"meant: allocator east: supernets = [10.64.0.0/20]",
			"known: allocator east: foreign_claims + claims of blocks lb",
			"known: blocks lb: foreign_claims + claims of allocator east",
			"other supernets: allocator east: supernets beside [10.64.0.0/20]",
			"other supernets: blocks lb: supernets beside [10.64.0.0/20]",
			"other VRF: blocks lb: vrf = lb",
		}},
		"Pods around a block": {unwired(wide, block("10.64.0.0/24"), allocatorEast, blocksLB, wasHeld), []string{
			"meant: blocks lb: supernets = [10.64.0.0/16]",
			`known: allocator east: foreign_claims + claims of blocks lb; allocator east: renumber["shop"] newtoken`,
			"known: blocks lb: foreign_claims + claims of allocator east",
			`other supernets: allocator east: supernets beside [10.64.0.0/24]; allocator east: renumber["shop"] newtoken`,
			"other supernets: blocks lb: supernets beside [10.64.0.0/16]",
			"other VRF: blocks lb: vrf = lb",
		}},
		"pinned Pods in a block": {
			unwired(pinnedPods("shop", "10.64.0.0/20"), block("10.64.0.0/16"), theCluster, blocksLB, ofEast),
			[]string{
				"meant: allocator east: supernets = [10.64.0.0/16]",
				`any range: cluster shop: clusters["shop"].pod_cidrs beside [10.64.0.0/16]`,
				`known: blocks lb: reserved["shop"] = {cidr = 10.64.0.0/20}`,
				"other supernets: blocks lb: supernets beside [10.64.0.0/20]",
				"other VRF: blocks lb: vrf = lb",
			},
		},
		"a block and a growth reserve around": {unwired(block("10.64.0.0/24"), growth, blocksLB, allocatorEast), []string{
			"known: blocks lb: foreign_claims + claims of allocator east",
			"other supernets: blocks lb: supernets beside [10.64.0.0/16]",
			"other VRF: blocks lb: vrf = lb",
		}},
		"a block and a released range": {unwired(block("10.64.0.0/24"), released, blocksLB, allocatorEast), []string{
			"unused: allocator east: reclaim + old",
			"known: blocks lb: foreign_claims + claims of allocator east",
			"other supernets: blocks lb: supernets beside [10.64.0.0/16]",
			"other VRF: blocks lb: vrf = lb",
		}},
		"Pods and a released block": {unwired(pods, released, allocatorEast, blocksLB), []string{
			"unused: blocks lb: reclaim + old",
			"known: allocator east: foreign_claims + claims of blocks lb",
			"other supernets: allocator east: supernets beside [10.64.0.0/16]",
			"other VRF: blocks lb: vrf = lb",
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantOptions(t, optionsWithoutAcceptance(test.finding), inOrderAcross(test.want)) })
	}
}

func TestOptionsBetweenBlocksOfTwoPlanners(t *testing.T) {
	block := func(owner, text string) conflict.Claim {
		return of(conflict.Allocated, ofKind(conflict.Block, owner, text), "blocks", owner)
	}
	pinned := of(conflict.Pinned, ofKind(conflict.Block, "lb", "10.64.0.0/20"), "blocks", "lb", "cidr")
	released := ofKind(conflict.Released, "old", "10.64.0.0/16")
	tests := map[string]struct {
		finding conflict.Finding
		want    []string
	}{
		"one in the other": {unwired(block("lb", "10.64.0.0/20"), block("net", "10.64.0.0/16"), blocksLB, blocksNet), []string{
			"part: blocks lb: supernets = [10.64.0.0/16]",
			"known: blocks lb: foreign_claims + claims of blocks net",
			"known: blocks net: foreign_claims + claims of blocks lb",
			"other supernets: blocks lb: supernets beside [10.64.0.0/16]",
			"other supernets: blocks net: supernets beside [10.64.0.0/20]",
			"other VRF: blocks net: vrf = net",
		}},
		"one around the other": {unwired(block("lb", "10.64.0.0/16"), block("net", "10.64.0.0/20"), blocksLB, blocksNet), []string{
			"part: blocks net: supernets = [10.64.0.0/16]",
			"known: blocks lb: foreign_claims + claims of blocks net",
			"known: blocks net: foreign_claims + claims of blocks lb",
			"other supernets: blocks lb: supernets beside [10.64.0.0/20]",
			"other supernets: blocks net: supernets beside [10.64.0.0/16]",
			"other VRF: blocks net: vrf = net",
		}},
		"two equal ones": {unwired(block("lb", "10.64.0.0/16"), block("net", "10.64.0.0/16"), blocksLB, blocksNet), []string{
			"part: blocks net: supernets = [10.64.0.0/16]",
			"known: blocks lb: foreign_claims + claims of blocks net",
			"known: blocks net: foreign_claims + claims of blocks lb",
			"other supernets: blocks lb: supernets beside [10.64.0.0/16]",
			"other supernets: blocks net: supernets beside [10.64.0.0/16]",
			"other VRF: blocks net: vrf = net",
		}},
		"a pinned one that was held": {unwired(pinned, block("net", "10.64.0.0/16"), blocksLB, blocksNet, wasHeld), []string{
			`any range: blocks lb: blocks["lb"].cidr beside [10.64.0.0/16]; blocks lb: renumber["lb"] newtoken`,
			"part: blocks lb: supernets = [10.64.0.0/16]",
			`known: blocks net: reserved["lb"] = {cidr = 10.64.0.0/20}`,
			"other supernets: blocks net: supernets beside [10.64.0.0/20]",
			"other VRF: blocks net: vrf = net",
		}},
		"a released one": {unwired(block("lb", "10.64.0.0/20"), released, blocksLB, blocksNet), []string{
			"unused: blocks net: reclaim + old",
			"known: blocks lb: foreign_claims + claims of blocks net",
			"other supernets: blocks lb: supernets beside [10.64.0.0/16]",
			"other VRF: blocks net: vrf = net",
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantOptions(t, optionsWithoutAcceptance(test.finding), inOrderAcross(test.want)) })
	}
}
