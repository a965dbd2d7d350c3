package conflict_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// blocksOf is what a cidrplan_blocks of the supernets has: blocks, one that ends with ! pinned and one with
// - released.
func blocksOf(supernets []string, blocks ...string) conflict.Registration {
	g := conflict.Registration{Facts: topology.Facts{Blocks: map[string]topology.Block{}}, Supernets: prefixes(supernets...)}
	for _, text := range blocks {
		name, held, _ := strings.Cut(text, " ")
		b := topology.Block{}
		switch held, kind := strings.TrimRight(held, "!-"), held[len(held)-1]; kind {
		case '-':
			g.Claims = append(
				g.Claims,
				conflict.Claim{
					Owner:     name,
					OwnerKind: conflict.BlockOwner,
					Kind:      conflict.Released,
					Range:     prefix(held),
					At:        topology.Path{}.Attr("released").Key(name),
				},
			)
			continue
		case '!':
			b.CIDR = prefix(held)
		default:
			g.Claims = append(g.Claims, blockClaim(name, prefix(held)))
		}
		g.Facts.Blocks[name] = b
	}
	return g
}

// inVRF puts blocks into a VRF.
func inVRF(vrf string, g conflict.Registration) conflict.Registration {
	g.Facts.VRF = vrf
	return g
}

var (
	wide  = []string{"10.0.0.0/8"}
	teamA = blocksOf(wide, "main 10.0.0.0/16")
	teamB = blocksOf(wide, "main 10.0.0.0/20")
)

const mainOfBoth = "error block_overlaps_block: main 10.0.0.0/16 of {blocks a} and main 10.0.0.0/20 of {blocks b}"

func TestConfigCheckOfBlocks(t *testing.T) {
	supernetsUnknown := func(g conflict.Registration) conflict.Registration {
		g.SupernetsUnknown, g.Supernets = true, nil
		return g
	}
	vrfUnknown := func(g conflict.Registration) conflict.Registration {
		g.Facts.Unknown = topology.Unknown{"vrf"}
		return g
	}
	for name, test := range map[string]struct {
		steps func(r *registers)
		want  []string
	}{
		"two that allocate from one supernet": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "b", teamB, nothing)
		}, []string{mainOfBoth + `, reported by b at blocks["main"], allocated`}},
		"the same in the other order": {func(r *registers) {
			r.register("blocks", "b", teamB, nothing)
			r.register("blocks", "a", teamA, nothing)
		}, []string{mainOfBoth + `, reported by a at blocks["main"], allocated`}},
		"the very same range": {func(r *registers) {
			r.register("blocks", "b", teamA, nothing)
			r.register("blocks", "a", teamA, nothing)
		}, []string{`error block_overlaps_block: main 10.0.0.0/16 of {blocks a} and main 10.0.0.0/16 of {blocks b}, ` +
			`reported by a at blocks["main"], allocated`}},
		"supernets that overlap only": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "b", blocksOf([]string{"10.0.0.0/12"}, "main 10.0.0.0/20"), nothing)
			r.register("blocks", "c", blocksOf([]string{"10.0.0.0/12"}, "main 10.1.0.0/20"), nothing)
		}, []string{mainOfBoth + `, reported by b at blocks["main"], allocated`}},
		"a pin, where nothing could be planned": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "b", blocksOf(nil, "main 10.0.0.0/20!"), nothing)
		}, []string{`error block_overlaps_block: main 10.0.0.0/20 of {blocks b} and main 10.0.0.0/16 of {blocks a}, ` +
			`reported by b at blocks["main"].cidr, allocated`}},
		"what is planned twice": {func(r *registers) {
			for range 2 {
				r.register("blocks", "a", teamA, nothing)
				r.register("blocks", "b", teamB, nothing)
			}
		}, []string{mainOfBoth + `, reported by b at blocks["main"], allocated`}},
		"the same facts under one name are one": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "a", teamA, nothing)
		}, nil},
		"a copy with more blocks still shares what both have": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "a", blocksOf(wide, "main 10.0.0.0/16", "more 10.1.0.0/16"), nothing)
		}, nil},
		"two of one name that differ are two": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "a", teamB, nothing)
		}, []string{`error block_overlaps_block: main 10.0.0.0/16 of {blocks a} and main 10.0.0.0/20 of {blocks a}, ` +
			`reported by a at blocks["main"], allocated`}},
		"and so are two with other supernets": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "a", blocksOf([]string{"10.0.0.0/12"}, "main 10.0.0.0/16"), nothing)
		}, []string{`error block_overlaps_block: main 10.0.0.0/16 of {blocks a} and main 10.0.0.0/16 of {blocks a}, ` +
			`reported by a at blocks["main"], allocated`}},
		"the order of supernets is no difference": {func(r *registers) {
			r.register("blocks", "a", blocksOf([]string{"10.0.0.0/8", "172.16.0.0/12"}, "main 10.0.0.0/16"), nothing)
			r.register("blocks", "a", blocksOf([]string{"172.16.0.0/12", "10.0.0.0/8"}, "main 10.0.0.0/16"), nothing)
		}, nil},
		"inside of one resource it is that one's business": {func(r *registers) {
			r.register("blocks", "a", blocksOf(wide, "main 10.0.0.0/16", "pin 10.0.0.0/20!", "old 10.0.128.0/20-"), nothing)
		}, nil},
		"one was reported of the other by its claims": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			knows := blocksOf(wide, "main 10.0.0.0/20!")
			knows.Facts.Foreign = map[string]topology.Foreign{"x": {Owner: "main", CIDR: prefix("10.0.0.0/16"), Allocator: "blocks/a"}}
			r.register("blocks", "b", knows, nothing)
			r.register("blocks", "c", blocksOf(wide, "main 10.0.0.0/20!"), nothing)
		}, []string{
			`error block_overlaps_block: main 10.0.0.0/20 of {blocks b} and main 10.0.0.0/20 of {blocks c}, ` +
				`reported by c at blocks["main"].cidr, allocated`,
			`error block_overlaps_block: main 10.0.0.0/20 of {blocks c} and main 10.0.0.0/16 of {blocks a}, ` +
				`reported by c at blocks["main"].cidr, allocated`,
		}},
		"different VRFs": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "b", inVRF("blue", teamB), nothing)
			r.register("blocks", "a", inVRF("red", teamA), nothing)
			r.out = append(r.out, "so far")
			r.register("blocks", "c", inVRF("blue", teamA), nothing)
		}, []string{"so far", `error block_overlaps_block: main 10.0.0.0/16 of {blocks c} and main 10.0.0.0/20 of {blocks b}, ` +
			`reported by c at blocks["main"], allocated`}},
		"a released range": {func(r *registers) {
			r.register("blocks", "a", blocksOf(wide, "main 10.0.0.0/16-"), nothing)
			r.register("blocks", "b", teamB, nothing)
		}, []string{`error block_overlaps_released: main 10.0.0.0/20 of {blocks b} and main 10.0.0.0/16 of {blocks a}, ` +
			`reported by b at blocks["main"], allocated`}},
		"two released ranges": {func(r *registers) {
			r.register("blocks", "a", blocksOf(wide, "main 10.0.0.0/16-"), nothing)
			r.register("blocks", "b", blocksOf(wide, "main 10.0.0.0/20-"), nothing)
		}, nil},
		"released ranges inside a block, and around one": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "b", blocksOf([]string{"10.0.0.0/16"}, "zone 10.0.0.0/20-", "other 10.0.16.0/20-"), nothing)
			r.register("blocks", "c", blocksOf([]string{"10.0.0.0/20"}, "app 10.0.0.0/24"), nothing)
		}, nil},
		"pre-existing where both were there": {func(r *registers) {
			r.register("blocks", "a", teamA, teamA)
			r.register("blocks", "b", teamB, teamB)
		}, []string{"warn" + mainOfBoth[len("error"):] + `, reported by b at blocks["main"], allocated, pre-existing`}},
		"pre-existing although the supernets are others now": {func(r *registers) {
			r.register("blocks", "a", teamA, teamA)
			r.register("blocks", "b", blocksOf([]string{"10.0.0.0/8", "172.16.0.0/12"}, "main 10.0.0.0/20"), teamB)
		}, []string{"warn" + mainOfBoth[len("error"):] + `, reported by b at blocks["main"], allocated, pre-existing`}},
		"new where one was allocated inside the other before": {func(r *registers) {
			r.register("blocks", "a", teamA, teamA)
			r.register("blocks", "b", teamB, blocksOf([]string{"10.0.0.0/16"}, "main 10.0.0.0/20"))
		}, []string{mainOfBoth + `, reported by b at blocks["main"], allocated`}},
		"new where the VRFs were others": {func(r *registers) {
			r.register("blocks", "a", teamA, teamA)
			r.register("blocks", "b", teamB, inVRF("blue", teamB))
		}, []string{mainOfBoth + `, reported by b at blocks["main"], allocated`}},
		"a block around it that is renumbered": {func(r *registers) {
			r.register("blocks", "a", blocksOf(wide, "main 10.1.0.0/16", "main 10.0.0.0/16-"), teamA)
			r.register("blocks", "b", blocksOf([]string{"10.1.0.0/16"}, "main 10.0.0.0/20", "new "+
				"10.1.0.0/20"), blocksOf([]string{"10.0.0.0/16"}, "main 10.0.0.0/20"))
		}, nil},
		"pre-existing and released now": {func(r *registers) {
			r.register("blocks", "a", blocksOf(wide, "main 10.0.0.0/16-"), blocksOf(wide, "main 10.0.0.0/16", "main 10.0.0.0/16-"))
			r.register("blocks", "b", teamB, teamB)
		}, nil},
		"supernets that are not known yet may lie anywhere": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "b", supernetsUnknown(teamB), nothing)
		}, nil},
		"but no block around them was allocated from there": {func(r *registers) {
			r.register("blocks", "a", supernetsUnknown(teamA), nothing)
			r.register("blocks", "b", teamB, nothing)
		}, []string{mainOfBoth + `, reported by b at blocks["main"], allocated`}},
		"a VRF that is not known yet": {func(r *registers) {
			r.register("blocks", "a", vrfUnknown(teamA), nothing)
			r.register("blocks", "b", teamB, nothing)
		}, nil},
		"networks, routes, reservations and clusters that are with no allocator": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			routed := vpcFacts("far", "10.0.64.0/20")
			v := routed.Facts.VPCs["far"]
			v.Routes = map[string]topology.Route{"vpn": {Destination: prefix("10.0.0.0/18"), NextHop: "vpn"}}
			routed.Facts.VPCs["far"] = v
			r.register("vpc", "far", routed, nothing)
			r.register("cluster", "pa", clusterFacts("pa", "far", "10.0.128.0/20"), nothing)
			reserved := blocksOf(wide)
			reserved.Facts.Reserved = map[string]topology.Reserved{"x": {CIDR: prefix("10.0.0.0/16")}}
			reserved.Claims = conflict.FactClaims(reserved.Facts, profile.Default())
			r.register("blocks", "b", reserved, nothing)
		}, nil},
		"what a block holds by existing": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "b", existingBlock(blocksOf(wide), "old", "10.0.0.0/16"), nothing)
		}, []string{`error block_overlaps_existing: main 10.0.0.0/16 of {blocks a} and old 10.0.0.0/16 of {blocks b}, ` +
			`reported by b at existing["old"], allocated`}},
		"a block of the same name by existing, and what blocks inside of it are": {func(r *registers) {
			r.register("blocks", "a", teamA, nothing)
			r.register("blocks", "b", existingBlock(blocksOf(wide), "main", "10.0.0.0/16"), nothing)
			r.register("blocks", "c", existingBlock(blocksOf([]string{"10.0.0.0/16"}), "part", "10.0.0.0/20"), nothing)
		}, nil},
	} {
		t.Run(name, func(t *testing.T) { wantReported(t, test.steps, test.want) })
	}
}

// existingBlock is what a cidrplan_blocks has, with a range of a block that it does not declare.
func existingBlock(g conflict.Registration, owner, held string) conflict.Registration {
	g.Claims = append(g.Claims, conflict.Claim{
		Owner: owner, OwnerKind: conflict.BlockOwner, Kind: conflict.Existing, Range: prefix(held),
		At: topology.Path{}.Attr("existing").Key(owner),
	})
	return g
}

// The key that accepts a conflict of two planners names them, so that no other pair is meant, and none of
// them alone says that there is nothing to accept.
func TestConfigCheckOfBlocksHasKeysOfItsOwn(t *testing.T) {
	check := conflict.NewConfigCheck(profile.Default())
	check.Register(topology.Origin{Kind: conflict.Blocks, Name: "a"}, teamA, nothing, conflict.Settings{})
	found := check.Register(topology.Origin{Kind: conflict.Blocks, Name: "b"}, teamB, nothing, conflict.Settings{})
	key := fmt.Sprint(found[0].Key())
	if want := "block_overlaps_block|10.0.0.0/20|main@blocks/a+main@blocks/b"; key != want {
		t.Fatalf("the key is %s, want %s", key, want)
	}
	leniency := conflict.Settings{Accepted: map[string]topology.Acceptance{key: {Reason: "moves"}}}
	if kept, unused := leniency.Apply(found, topology.Facts{}); kept[0].Accepted == nil || len(unused) > 0 {
		t.Errorf("accepted %v, unused %v", kept[0].Accepted, unused)
	}
	reported := topology.Facts{Foreign: map[string]topology.Foreign{"x": {Owner: "main", Allocator: "blocks/b"}}}
	for _, test := range []struct {
		factKey string
		facts   topology.Facts
		unused  int
	}{
		{key, topology.Facts{}, 0}, {key, reported, 1},
		{
			"block_overlaps_block|10.0.0.0/20|main+other", topology.Facts{}, 1}, {"block_overlaps_foreign_block|10.0.0.0/20|main+main@b",
			topology.Facts{}, 1,
		},
	} {
		leniency := conflict.Settings{Accepted: map[string]topology.Acceptance{test.factKey: {Reason: "moves"}}}
		if _, unused := leniency.Apply(nil, test.facts); len(unused) != test.unused {
			t.Errorf("%s: unused %v", test.factKey, unused)
		}
	}
}
