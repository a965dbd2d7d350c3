package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

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
		t.Run(name, func(t *testing.T) { wantOptions(t, optionsWithoutAcceptance(test.finding), inOrderAcross(test.want)) })
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
	second := topology.Origin{Kind: "vpc", Name: "home"}
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
