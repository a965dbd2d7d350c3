package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// origins of the facts of a configuration-wide check.
var (
	allocatorEast = conflict.Origin{Kind: conflict.Allocator, Name: "east"}
	allocatorWest = conflict.Origin{Kind: conflict.Allocator, Name: "west"}
	blocksLB      = conflict.Origin{Kind: conflict.Blocks, Name: "lb"}
	blocksNet     = conflict.Origin{Kind: conflict.Blocks, Name: "net"}
	theVPC        = conflict.Origin{Kind: "vpc", Name: "home"}
	theCluster    = conflict.Origin{Kind: "cluster", Name: "shop"}
	theSite       = conflict.Origin{Kind: "site", Name: "idc"}
)

// unwired is a finding of two parties from two origins. The planner of a party is its origin where that is a planner.
func unwired(a, b conflict.Claim, fromA, fromB conflict.Origin, edits ...func(*conflict.Finding)) conflict.Finding {
	f := fatal(meeting("rule", "", a, b))[0]
	f.Shared, _ = cidr.Overlap(a.Range, b.Range)
	f.Unwired = &conflict.Unwired{A: fromA, B: fromB}
	for _, of := range []struct {
		from    conflict.Origin
		planner *conflict.Origin
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
	plannerOf := func(o conflict.Origin) func(*conflict.Finding) {
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
		f.Separations = []conflict.Edit{{At: place("hubs"), Do: conflict.Take{Name: "cen"}}}
		f.OtherSeparations = []conflict.Edit{{At: place("peers"), Do: conflict.Take{Name: "home"}}}
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
				conflict.Origin{Kind: "vpc", Name: "hub"},
				parted,
			),
			[]string{
				`wider: vpc hub: vpcs["hub"].cidr_blocks without [10.64.0.0/20]`,
				"apart: hubs - cen",
				"apart: peers - home",
			},
		},
		"two pinned ranges": {
			unwired(pinnedPods("shop", "10.64.0.0/20"), pinned, theCluster, conflict.Origin{Kind: "cluster", Name: "data"}),
			[]string{
				`any range: cluster shop: clusters["shop"].pod_cidrs beside [10.64.0.0/16]`,
				`any range: cluster data: clusters["data"].pod_cidrs beside [10.64.0.0/20]`,
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantOptions(t, optionsWithoutAcceptance(test.finding), test.want) })
	}
}

func TestOptionsBetweenClustersOfOneName(t *testing.T) {
	held := func(holder string, c conflict.Claim) conflict.Claim {
		c.Holder = holder
		return c
	}
	services := func(profileName, text string) conflict.Claim {
		return at(claim("service", "shop", "home", profileName), text)
	}
	unnamed := podsOf("shop", "10.64.0.0/20")
	unnamed.Profile = nil
	shared := at(claim("pod", "shop", "home", "tke-global-router"), "10.64.0.0/20")
	met := func(a, b conflict.Claim, edits ...func(*conflict.Finding)) conflict.Finding {
		return unwired(held("east", a), held("west", b), allocatorEast, allocatorWest, edits...)
	}
	tests := map[string]struct {
		finding conflict.Finding
		want    []string
	}{
		"one Pod range": {met(podsOf("shop", "10.64.0.0/20"), podsOf("shop", "10.64.0.0/20")), []string{
			`one only: allocator west: clusters["shop"] remove`,
			`one only: allocator west: clusters["shop"].pod_cidrs = allocator east allocations["shop"].pod_cidrs; ` +
				`allocator west: clusters["shop"].service_cidr = allocator east allocations["shop"].service_cidr`,
			"other supernets: allocator west: supernets beside [10.64.0.0/20]",
			`one only: allocator east: clusters["shop"] remove`,
			`one only: allocator east: clusters["shop"].pod_cidrs = allocator west allocations["shop"].pod_cidrs; ` +
				`allocator east: clusters["shop"].service_cidr = allocator west allocations["shop"].service_cidr`,
			"other supernets: allocator east: supernets beside [10.64.0.0/20]",
		}},
		"one Pod range that the first holds": {met(podsOf("shop", "10.64.0.0/20"), podsOf("shop", "10.64.0.0/20"), wasHeld), []string{
			`one only: allocator west: clusters["shop"] remove`,
			`one only: allocator west: clusters["shop"].pod_cidrs = allocator east allocations["shop"].pod_cidrs; ` +
				`allocator west: clusters["shop"].service_cidr = allocator east allocations["shop"].service_cidr`,
			"other supernets: allocator west: supernets beside [10.64.0.0/20]",
			`one only: allocator east: clusters["shop"] remove`,
			`one only: allocator east: clusters["shop"].pod_cidrs = allocator west allocations["shop"].pod_cidrs`,
			`other supernets: allocator east: supernets beside [10.64.0.0/20]; allocator east: renumber["shop"] newtoken`,
		}},
		"one Pod range that both hold": {
			met(podsOf("shop", "10.64.0.0/20"), podsOf("shop", "10.64.0.0/20"), wasHeld, otherWasHeld),
			[]string{
				`one only: allocator west: clusters["shop"] remove`,
				`one only: allocator west: clusters["shop"].pod_cidrs = allocator east allocations["shop"].pod_cidrs`,
				`other supernets: allocator west: supernets beside [10.64.0.0/20]; allocator west: renumber["shop"] newtoken`,
				`one only: allocator east: clusters["shop"] remove`,
				`one only: allocator east: clusters["shop"].pod_cidrs = allocator west allocations["shop"].pod_cidrs`,
				`other supernets: allocator east: supernets beside [10.64.0.0/20]; allocator east: renumber["shop"] newtoken`,
			},
		},
		"one Pod range without a profile": {met(unnamed, unnamed), []string{
			`one only: allocator west: clusters["shop"] remove`,
			`one only: allocator west: clusters["shop"].pod_cidrs = allocator east allocations["shop"].pod_cidrs`,
			"other supernets: allocator west: supernets beside [10.64.0.0/20]",
			`one only: allocator east: clusters["shop"] remove`,
			`one only: allocator east: clusters["shop"].pod_cidrs = allocator west allocations["shop"].pod_cidrs`,
			"other supernets: allocator east: supernets beside [10.64.0.0/20]",
		}},
		"one Pod range that has the Services": {met(shared, shared), []string{
			`one only: allocator west: clusters["shop"] remove`,
			`one only: allocator west: clusters["shop"].pod_cidrs = allocator east allocations["shop"].pod_cidrs`,
			"other supernets: allocator west: supernets beside [10.64.0.0/20]",
			`one only: allocator east: clusters["shop"] remove`,
			`one only: allocator east: clusters["shop"].pod_cidrs = allocator west allocations["shop"].pod_cidrs`,
			"other supernets: allocator east: supernets beside [10.64.0.0/20]",
		}},
		"one Service range": {met(services("ack-flannel", "10.64.0.0/20"), services("ack-flannel", "10.64.0.0/20")), []string{
			`one only: allocator west: clusters["shop"] remove`,
			`one only: allocator west: clusters["shop"].service_cidr = allocator east allocations["shop"].service_cidr`,
			"other supernets: allocator west: service_supernets beside [10.64.0.0/20]",
			`one only: allocator east: clusters["shop"] remove`,
			`one only: allocator east: clusters["shop"].service_cidr = allocator west allocations["shop"].service_cidr`,
			"other supernets: allocator east: service_supernets beside [10.64.0.0/20]",
		}},
		"two Pod ranges": {met(podsOf("shop", "10.64.0.0/20"), podsOf("shop", "10.64.0.0/16")), []string{
			`one only: allocator west: clusters["shop"] remove`,
			"other supernets: allocator west: supernets beside [10.64.0.0/20]",
			`one only: allocator east: clusters["shop"] remove`,
			"other supernets: allocator east: supernets beside [10.64.0.0/16]",
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantOptions(t, optionsWithoutAcceptance(test.finding), test.want) })
	}
}

func TestOptionsForTwoNetworksOfOneName(t *testing.T) {
	named := func(text string) conflict.Claim {
		return of(conflict.Declared, at(claim("vpc", "", "home", ""), text), "cidr_blocks")
	}
	known := func(text string) conflict.Claim { return blockOf("home", text) }
	blocks := func(f *conflict.Finding) {
		f.Unwired.ABlocks, f.Unwired.BBlocks = prefixes("10.0.0.0/16", "10.1.0.0/16"), prefixes("10.2.0.0/16")
	}
	second := conflict.Origin{Kind: "vpc", Name: "home"}
	tests := map[string]struct {
		finding conflict.Finding
		want    []string
	}{
		"two declarations": {unwired(named("10.0.0.0/16"), named("10.2.0.0/16"), theVPC, second, blocks), []string{
			"equal: vpc home: cidr_blocks = [10.0.0.0/16 10.1.0.0/16]",
			"equal: vpc home: cidr_blocks = [10.2.0.0/16]",
			"renamed: vpc home: name named home-2",
			"renamed: vpc home: name named home-2",
		}},
		"two declarations that were there": {
			unwired(named("10.0.0.0/16"), named("10.2.0.0/16"), theVPC, second, blocks, wasHeld, otherWasHeld),
			[]string{
				"equal: vpc home: cidr_blocks = [10.0.0.0/16 10.1.0.0/16]",
				"equal: vpc home: cidr_blocks = [10.2.0.0/16]",
				"renamed: vpc home: previous_names + home; vpc home: name named home-2",
				"renamed: vpc home: previous_names + home; vpc home: name named home-2",
			},
		},
		"a declaration and an allocator": {
			unwired(named("10.0.0.0/16"), known("10.2.0.0/16"), theVPC, allocatorEast, blocks, otherWasHeld),
			[]string{
				`equal: allocator east: vpcs["home"].cidr_blocks = [10.0.0.0/16 10.1.0.0/16]`,
				"equal: vpc home: cidr_blocks = [10.2.0.0/16]",
				"renamed: vpc home: name named home-2",
				`renamed: allocator east: vpcs["home"].previous_names + home; allocator east: vpcs["home"] named home-2`,
			},
		},
		"two allocators": {unwired(known("10.0.0.0/16"), known("10.2.0.0/16"), allocatorEast, allocatorWest, blocks), []string{
			`equal: allocator west: vpcs["home"].cidr_blocks = [10.0.0.0/16 10.1.0.0/16]`,
			`equal: allocator east: vpcs["home"].cidr_blocks = [10.2.0.0/16]`,
			`renamed: allocator east: vpcs["home"] named home-2`,
			`renamed: allocator west: vpcs["home"] named home-2`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { wantOptions(t, optionTexts(test.finding.UnwiredOptions()), test.want) })
	}
}

// Clusters declare nothing that is accepted: another party, or the network of one, does.
func TestWhereAConflictOutsideOfAllocatorsIsAccepted(t *testing.T) {
	shop, data := pinnedPods("shop", "10.64.0.0/20"), pinnedPods("data", "10.64.0.0/16")
	second := conflict.Origin{Kind: "cluster", Name: "data"}
	homes := func(a, b conflict.Origin) func(*conflict.Finding) {
		return func(f *conflict.Finding) { f.Unwired.AHome, f.Unwired.BHome = a, b }
	}
	none := conflict.Origin{}
	const key = `accepted_conflicts["rule|10.64.0.0/20|data+shop"] = {reason = <why>}`
	for name, test := range map[string]struct {
		finding conflict.Finding
		want    string
	}{
		"in the allocator of the first":  {unwired(shop, data, allocatorEast, second, homes(theVPC, theSite)), "accepted: allocator east: " + key},
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
