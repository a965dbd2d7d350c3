package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// origins of the facts of a configuration-wide check.
var (
	allocatorEast = topology.Origin{Kind: conflict.Allocator, Name: "east"}
	allocatorWest = topology.Origin{Kind: conflict.Allocator, Name: "west"}
	blocksLB      = topology.Origin{Kind: conflict.Blocks, Name: "lb"}
	blocksNet     = topology.Origin{Kind: conflict.Blocks, Name: "net"}
	theVPC        = topology.Origin{Kind: "vpc", Name: "home"}
	theCluster    = topology.Origin{Kind: "cluster", Name: "shop"}
	theSite       = topology.Origin{Kind: "site", Name: "idc"}
)

// unwired is a finding of two parties from two origins. The planner of a party is its origin where that is a planner.
func unwired(a, b conflict.Claim, fromA, fromB topology.Origin, edits ...func(*conflict.Finding)) conflict.Finding {
	f := fatal(meeting("rule", "", a, b))[0]
	f.Shared, _ = cidr.Overlap(a.Range, b.Range)
	f.Unwired = &conflict.Unwired{A: fromA, B: fromB}
	for _, of := range []struct {
		from    topology.Origin
		planner *topology.Origin
	}{{fromA, &f.Unwired.APlanner}, {fromB, &f.Unwired.BPlanner}} {
		if of.from.Kind == conflict.Allocator || of.from.Kind == conflict.Blocks {
			*of.planner = of.from
		}
	}
	for _, edit := range edits {
		edit(&f)
	}
	return f
}

func wasHeld(f *conflict.Finding)      { f.Held = true }
func otherWasHeld(f *conflict.Finding) { f.OtherHeld = true }

// optionsWithoutAcceptance are the options of a finding but for its acceptance.
func optionsWithoutAcceptance(f conflict.Finding) []string {
	return without(optionTexts(f.UnwiredOptions()), "accepted")
}

func TestOptionsBetweenOwnersThatNoAllocatorKnowsBothOf(t *testing.T) {
	shop, data := podsOf("shop", "10.64.0.0/20"), podsOf("data", "10.64.0.0/16")
	pinned := pinnedPods("data", "10.64.0.0/16")
	plannerOf := func(o topology.Origin) func(*conflict.Finding) {
		return func(f *conflict.Finding) { f.Unwired.BPlanner = o }
	}
	site := of(conflict.Declared, at(claim("site", "", "idc", ""), "10.64.0.0/16"), "sites", "idc", "cidr_blocks")
	growth := ofKind(conflict.GrowthReserve, "data", "10.64.0.0/16")
	released, existing := ofKind(
		conflict.Released,
		"old",
		"10.64.0.0/16",
	), of(
		conflict.Adopted,
		ofKind(conflict.Existing, "old", "10.64.0.0/16"),
		"existing",
		"old",
		"pod_cidrs",
	)
	existingOfBlock := existing
	existingOfBlock.OwnerKind = conflict.BlockOwner
	services := at(claim("service", "shop", "home", "ack-flannel"), "10.64.0.0/20")
	parted := func(f *conflict.Finding) {
		f.Separations = []topology.Edit{topology.RemoveFrom(place("hubs"), "cen")}
		f.OtherSeparations = []topology.Edit{topology.RemoveFrom(place("peers"), "home")}
	}
	tests := map[string]struct {
		finding conflict.Finding
		want    []string
	}{
		"two allocated ranges": {unwired(shop, data, allocatorEast, allocatorWest), []string{
			"known: allocator east: foreign_claims + claims of allocator west",
			"known: allocator west: foreign_claims + claims of allocator east",
		}},
		"two allocated ranges that were held": {unwired(shop, data, allocatorEast, allocatorWest, wasHeld, otherWasHeld), []string{
			`known: allocator east: foreign_claims + claims of allocator west; allocator east: renumber["shop"] newtoken`,
			`known: allocator west: foreign_claims + claims of allocator east; allocator west: renumber["data"] newtoken`,
		}},
		"an allocated and a pinned range": {unwired(shop, pinned, allocatorEast, theCluster), []string{
			`known: allocator east: reserved["data"] = {cidr = 10.64.0.0/16}`,
			`any range: cluster shop: clusters["data"].pod_cidrs beside [10.64.0.0/20]`,
		}},
		"a pinned range that an allocator knows": {
			unwired(shop, pinned, allocatorEast, theCluster, plannerOf(allocatorWest), otherWasHeld),
			[]string{
				`known: allocator east: reserved["data"] = {cidr = 10.64.0.0/16}`,
				`any range: cluster shop: clusters["data"].pod_cidrs beside [10.64.0.0/20]; allocator west: renumber["data"] newtoken`,
			},
		},
		"an allocated range and a VPC": {unwired(shop, blockOf("home", "10.64.0.0/16"), allocatorEast, theVPC), []string{
			`known: allocator east: vpcs["home"] = vpc home`,
			`wider: vpc home: vpcs["home"].cidr_blocks without [10.64.0.0/20]`,
		}},
		"an allocated range that was held, a VPC": {
			unwired(shop, blockOf("home", "10.64.0.0/16"), allocatorEast, theVPC, wasHeld),
			[]string{
				`known: allocator east: vpcs["home"] = vpc home; allocator east: renumber["shop"] newtoken`,
				`wider: vpc home: vpcs["home"].cidr_blocks without [10.64.0.0/20]`,
			},
		},
		"a pinned range that no allocator has and a VPC": {
			unwired(ofKind(conflict.Pod, "x", "10.64.0.0/20"), blockOf("home", "10.64.0.0/16"), theCluster, theVPC),
			[]string{
				`wider: vpc home: vpcs["home"].cidr_blocks without [10.64.0.0/20]`,
			},
		},
		"an allocated range and a site": {unwired(shop, site, allocatorEast, theSite), []string{
			`known: allocator east: sites["idc"] = site idc`,
			`wider: site idc: sites["idc"].cidr_blocks without [10.64.0.0/20]`,
		}},
		"an allocated range and a route": {unwired(shop, routeOf("hub", "vpn", "10.64.0.0/16"), allocatorEast, theVPC), []string{
			`known: allocator east: vpcs["hub"] = vpc home`,
			`aggregate: vpc home: vpcs["hub"].routes["vpn"].summary = true`,
			`leads to home: vpc home: vpcs["hub"].routes["vpn"].next_hop = peering`,
		}},
		"an allocated range and a growth reserve": {unwired(shop, growth, allocatorEast, allocatorWest), []string{
			"known: allocator east: foreign_claims + claims of allocator west",
		}},
		"Services and a growth reserve": {unwired(services, growth, allocatorEast, allocatorWest), []string{
			"known: allocator east: foreign_claims + claims of allocator west",
		}},
		"an allocated and a released range": {unwired(shop, released, allocatorEast, allocatorWest), []string{
			"known: allocator east: foreign_claims + claims of allocator west",
			"unused: allocator west: reclaim + old",
		}},
		"a range that existing names of a cluster": {unwired(shop, existing, allocatorEast, allocatorWest), []string{
			"known: allocator east: foreign_claims + claims of allocator west",
			`named: allocator west: existing["old"].pod_cidrs named shop`,
			`gone: allocator west: existing["old"].pod_cidrs remove`,
		}},
		"a range that existing names of a block": {unwired(shop, existingOfBlock, allocatorEast, allocatorWest), []string{
			"known: allocator east: foreign_claims + claims of allocator west",
			`gone: allocator west: existing["old"].pod_cidrs remove`,
		}},
		"two VPCs": {
			unwired(
				blockOf("home", "10.64.0.0/20"),
				blockOf("hub", "10.64.0.0/16"),
				theVPC,
				topology.Origin{Kind: "vpc", Name: "hub"},
				parted,
			),
			[]string{
				`wider: vpc hub: vpcs["hub"].cidr_blocks without [10.64.0.0/20]`,
				"apart: hubs - cen",
				"apart: peers - home",
			},
		},
		"two pinned ranges": {
			unwired(pinnedPods("shop", "10.64.0.0/20"), pinned, theCluster, topology.Origin{Kind: "cluster", Name: "data"}),
			[]string{
				`any range: cluster shop: clusters["shop"].pod_cidrs beside [10.64.0.0/16]`,
				`any range: cluster data: clusters["data"].pod_cidrs beside [10.64.0.0/20]`,
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantOptions(t, optionsWithoutAcceptance(test.finding), inOrderAcross(test.want)) })
	}
}

// Clusters declare nothing that is accepted: another party, or the network of one, does.
func TestWhereAConflictOutsideOfAllocatorsIsAccepted(t *testing.T) {
	shop, data := pinnedPods("shop", "10.64.0.0/20"), pinnedPods("data", "10.64.0.0/16")
	second := topology.Origin{Kind: "cluster", Name: "data"}
	homes := func(a, b topology.Origin) func(*conflict.Finding) {
		return func(f *conflict.Finding) { f.Unwired.AHome, f.Unwired.BHome = a, b }
	}
	none := topology.Origin{}
	const key = `accepted_conflicts["rule|10.64.0.0/20|data+shop"] = {reason = <why>}`
	for name, test := range map[string]struct {
		finding conflict.Finding
		want    string
	}{
		"in the allocator of the first": {
			unwired(shop, data, allocatorEast, second, homes(theVPC, theSite)), "accepted: allocator east: " + key,
		},
		"in the allocator of the second": {unwired(shop, data, theCluster, allocatorWest), "accepted: allocator west: " + key},
		"in the blocks of the second":    {unwired(shop, data, theCluster, blocksLB), "accepted: blocks lb: " + key},
		"in a VPC that is a party":       {unwired(shop, data, theCluster, theVPC), "accepted: vpc home: " + key},
		"in a site that is a party":      {unwired(shop, data, theSite, theVPC), "accepted: site idc: " + key},
		"in the network of the first":    {unwired(shop, data, theCluster, second, homes(theVPC, theSite)), "accepted: vpc home: " + key},
		"in the network of the second":   {unwired(shop, data, theCluster, second, homes(none, theSite)), "accepted: site idc: " + key},
		"nowhere that is known":          {unwired(shop, data, theCluster, second), "accepted: " + key},
	} {
		t.Run(name, func(t *testing.T) {
			all := optionTexts(test.finding.UnwiredOptions())
			wantOptions(t, all[len(all)-1:], []string{test.want})
		})
	}
}
