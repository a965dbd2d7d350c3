package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// heldBy makes a claim one of another workspace, by its planner.
func heldBy(planner string, c conflict.Claim) conflict.Claim {
	c.Source, c.Holder = conflict.OtherWorkspace, planner
	return c
}

// ofKind is a claim of a kind that only its owner and range are known of.
func ofKind(kind conflict.Kind, owner, text string) conflict.Claim {
	return conflict.Claim{Kind: kind, Owner: owner, Range: prefix(text)}
}

func TestOptionsInOtherWorkspaces(t *testing.T) {
	shop := podsOf("shop", "10.64.0.0/20")
	on := func(c conflict.Claim, edits ...func(*conflict.Finding)) conflict.Finding {
		f := fatal(meeting("pod_overlaps_foreign", "10.64.0.0/20", shop, c))[0]
		for _, edit := range edits {
			edit(&f)
		}
		return f
	}
	held := func(f *conflict.Finding) { f.Held, f.Holder = true, "mid" }
	planned := func(f *conflict.Finding) { f.Holder = "mid" }
	theirPods := at(podsOf("data", "10.64.0.0/20"), "10.64.0.0/20")
	here := theirPods
	here.Source, here.Holder = conflict.OtherPlanner, "east"
	other := on(heldBy("east", podsOf("ml", "10.64.0.0/20")))
	between := meeting("vpc_overlaps_peer", "10.64.0.0/20", heldBy("east", shop), heldBy("west", theirPods))
	tests := map[string]struct {
		findings []conflict.Finding
		want     []string
	}{
		"a range of a cluster": {fatal(on(heldBy("east", theirPods))), []string{
			`moves there: other workspace, allocator east: renumber["data"] newtoken`,
		}},
		"a range of a cluster of no name": {fatal(on(heldBy("", theirPods))), []string{
			`moves there: other workspace, renumber["data"] newtoken`,
		}},
		"a range that waits for this one": {fatal(on(heldBy("east", theirPods), held)), nil},
		"a range that moves before this one": {fatal(on(heldBy("zoo", theirPods), held)), []string{
			`moves later: other workspace, allocator zoo: renumber["data"] newtoken`,
		}},
		"a range that is older than this one": {fatal(on(heldBy("zoo", theirPods), planned)), []string{
			`moves there: other workspace, allocator zoo: renumber["data"] newtoken`,
		}},
		"a block": {fatal(on(heldBy("blocks/net", ofKind(conflict.Block, "lb", "10.64.0.0/24")))), []string{
			`moves there: other workspace, blocks net: renumber["lb"] newtoken`,
		}},
		"a block of this configuration": {fatal(on(here)), []string{
			`moves there: allocator east: renumber["data"] newtoken`,
		}},
		"a released range": {fatal(on(heldBy("east", ofKind(conflict.Released, "old", "10.64.0.0/24")))), []string{
			"unused: other workspace, allocator east: reclaim + old",
		}},
		"a released block of another owner of a ledger, around the range": {
			fatal(on(heldBy("shop/prod:blocks/net", ofKind(conflict.Released, "old", "10.64.0.0/16")))), nil,
		},
		"a released block of another owner of a ledger, inside of the range": {
			fatal(on(heldBy("shop/prod:blocks/net", ofKind(conflict.Released, "old", "10.64.0.0/24")))), []string{
				"unused: other workspace, blocks net: reclaim + old",
			},
		},
		"a released block of a workspace without a ledger": {
			fatal(on(heldBy("blocks/net", ofKind(conflict.Released, "old", "10.64.0.0/16")))), []string{
				"unused: other workspace, blocks net: reclaim + old",
			},
		},
		"a released range of a cluster of another owner of a ledger": {
			fatal(on(heldBy("shop/prod:zoo", ofKind(conflict.Released, "old", "10.64.0.0/16")))), []string{
				"unused: other workspace, allocator zoo: reclaim + old",
			},
		},
		"a range that another owner of a ledger has": {fatal(on(heldBy("shop/prod:zoo", theirPods), held)), []string{
			`moves there: other workspace, allocator zoo: renumber["data"] newtoken`,
		}},
		"a released range beside a held one": {fatal(on(heldBy("zoo", ofKind(conflict.Released, "old", "10.64.0.0/24")), held)), []string{
			"unused: other workspace, allocator zoo: reclaim + old",
		}},
		"a range that existing names": {fatal(on(heldBy("east", ofKind(conflict.Existing, "old", "10.64.0.0/24")))), []string{
			`gone: other workspace, allocator east: existing["old"] remove`,
		}},
		"a reserved range": {fatal(on(heldBy("east", ofKind(conflict.Reserved, "later", "10.64.0.0/24")))), []string{
			`unused: other workspace, allocator east: reserved["later"] remove`,
		}},
		"two clusters": {fatal(on(heldBy("east", theirPods)), other), []string{
			`moves there: other workspace, allocator east: renumber["data"] newtoken; ` +
				`other workspace, allocator east: renumber["ml"] newtoken`,
		}},
		"ranges of two workspaces": {fatal(between), []string{
			`moves there: other workspace, allocator west: renumber["data"] newtoken`,
			`moves there: other workspace, allocator east: renumber["shop"] newtoken`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantOptions(t, without(optionsOf(t, test.findings...), "accepted", "moved", "meant"), test.want)
		})
	}
}

func TestOptionsOfSupernetsOfTwoPlanners(t *testing.T) {
	own := of(conflict.Declared, ofKind(conflict.Supernet, "mid", "10.64.0.0/12"), "supernets")
	named := of(conflict.Declared, ofKind(conflict.Supernet, "mid", "10.64.0.0/12"), "declare")
	named.At = named.At.Attr("supernets").At(1)
	east := heldBy("east", ofKind(conflict.Supernet, "east", "10.64.0.0/16"))
	west := heldBy("west", ofKind(conflict.Supernet, "west", "10.65.0.0/16"))
	blocks := heldBy("blocks/net", ofKind(conflict.Supernet, "net", "10.0.0.0/8"))
	equal := heldBy("east", ofKind(conflict.Supernet, "east", "10.64.0.0/12"))
	met := func(a, b conflict.Claim) conflict.Finding {
		return fatal(meeting("supernet_overlaps_foreign_supernet", b.Range.String(), a, b))[0]
	}
	tests := map[string]struct {
		findings []conflict.Finding
		want     []string
	}{
		"one inside of that of this planner": {fatal(met(own, east)), []string{
			`delegated: reserved["east"] = {cidr = 10.64.0.0/16}`,
			"other supernets: supernets beside [10.64.0.0/16]",
			"other supernets: other workspace, allocator east: supernets beside [10.64.0.0/12]",
		}},
		"one around that of this planner": {fatal(met(own, blocks)), []string{
			`delegated: other workspace, blocks net: blocks["mid"] = {cidr = 10.64.0.0/12}`,
			"other supernets: supernets beside [10.0.0.0/8]",
			"other supernets: other workspace, blocks net: supernets beside [10.64.0.0/12]",
		}},
		"an equal one": {fatal(met(own, equal)), []string{
			`delegated: other workspace, allocator east: reserved["mid"] = {cidr = 10.64.0.0/12}`,
			"other supernets: supernets beside [10.64.0.0/12]",
			"other supernets: other workspace, allocator east: supernets beside [10.64.0.0/12]",
		}},
		"one that the configuration places": {fatal(met(named, east)), []string{
			`delegated: reserved["east"] = {cidr = 10.64.0.0/16}`,
			"other supernets: declare.supernets[1] beside [10.64.0.0/16]",
			"other supernets: other workspace, allocator east: supernets beside [10.64.0.0/12]",
		}},
		"one without a place": {fatal(met(ofKind(conflict.Supernet, "mid", "10.64.0.0/12"), east)), []string{
			`delegated: reserved["east"] = {cidr = 10.64.0.0/16}`,
			"other supernets: supernets beside [10.64.0.0/16]",
			"other supernets: other workspace, allocator east: supernets beside [10.64.0.0/12]",
		}},
		"two of other workspaces": {fatal(met(east, blocks)), []string{
			`delegated: other workspace, blocks net: blocks["east"] = {cidr = 10.64.0.0/16}`,
			"other supernets: other workspace, allocator east: supernets beside [10.0.0.0/8]",
			"other supernets: other workspace, blocks net: supernets beside [10.64.0.0/16]",
		}},
		"two that this one has in common": {fatal(met(own, east), met(own, west)), []string{
			"other supernets: supernets beside [10.64.0.0/16 10.65.0.0/16]",
		}},
		"two that another one has in common": {fatal(met(east, blocks), met(west, blocks)), []string{
			"other supernets: other workspace, blocks net: supernets beside [10.64.0.0/16 10.65.0.0/16]",
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantOptions(t, without(optionsOf(t, test.findings...), "accepted"), test.want)
		})
	}
	first, second := met(own, east), met(west, blocks)
	first.Shared, second.Shared = prefix("10.64.0.0/24"), prefix("10.64.0.0/24")
	apart := conflict.Group{Findings: []conflict.Finding{first, second}}
	wantOptions(t, without(optionTexts(apart.Options()), "accepted"), nil)
}

func TestOptionsWhereOneRangeIsMeantForTheOther(t *testing.T) {
	block := func(owner, text string) conflict.Claim {
		return of(conflict.Pinned, ofKind(conflict.Block, owner, text), "blocks", owner, "cidr")
	}
	there := func(kind conflict.Kind, text string) conflict.Claim {
		return heldBy("east", ofKind(kind, "data", text))
	}
	pods, services := podsOf("shop", "10.64.0.0/20"), at(claim("service", "shop", "home", "ack-flannel"), "10.64.0.0/20")
	met := func(a, b conflict.Claim, edits ...func(*conflict.Finding)) conflict.Finding {
		f := fatal(meeting("rule", "10.64.0.0/24", a, b))[0]
		f.Holder = "west"
		for _, edit := range edits {
			edit(&f)
		}
		return f
	}
	unnamed := func(f *conflict.Finding) { f.Holder = "" }
	held := func(f *conflict.Finding) { f.Held = true }
	otherHeld := func(f *conflict.Finding) { f.OtherHeld = true }
	small, large := block("lb", "10.64.0.0/24"), block("net", "10.64.0.0/16")
	tests := map[string]struct {
		findings []conflict.Finding
		want     []string
	}{
		"a range without a second one": {fatal(meeting("pod_in_forbidden_range", "10.64.0.0/24", pods)), nil},
		"Pods in a block elsewhere": {fatal(met(pods, there(conflict.Block, "10.64.0.0/16"))), []string{
			"meant: supernets = [10.64.0.0/16]",
		}},
		"Pods in a block for another owner": {fatal(met(pods, delegated(there(conflict.Block, "10.64.0.0/16")))), []string{
			`meant: other workspace, allocator east: blocks["data"].delegated_to = shop; supernets = [10.64.0.0/16]`,
		}},
		"Pods of an allocator without a name": {fatal(met(pods, there(conflict.Block, "10.64.0.0/16"), unnamed)), nil},
		"Pods that are a block elsewhere": {fatal(met(pods, there(conflict.Block, "10.64.0.0/20"))), []string{
			"meant: supernets = [10.64.0.0/20]",
		}},
		"Services in a block elsewhere": {fatal(met(services, there(conflict.Block, "10.64.0.0/16"))), []string{
			"meant: service_supernets = [10.64.0.0/16]",
		}},
		"Pods in a reserved range elsewhere": {fatal(met(pods, there(conflict.Reserved, "10.64.0.0/16"))), []string{
			"meant: supernets = [10.64.0.0/16]",
		}},
		"Pods in a released range elsewhere": {fatal(met(pods, there(conflict.Released, "10.64.0.0/16"))), nil},
		"Pods in a growth reserve elsewhere": {fatal(met(pods, there(conflict.GrowthReserve, "10.64.0.0/16"))), nil},
		"Pods around a block elsewhere":      {fatal(met(pods, there(conflict.Block, "10.64.0.0/24"))), nil},
		"Pods in Pods elsewhere":             {fatal(met(pods, there(conflict.Pod, "10.64.0.0/16"))), nil},
		"a block around Pods elsewhere": {fatal(met(large, there(conflict.Pod, "10.64.0.0/20"))), []string{
			"meant: other workspace, allocator east: supernets = [10.64.0.0/16]",
		}},
		"a block around Services elsewhere": {fatal(met(large, there(conflict.Service, "10.64.0.0/20"))), []string{
			"meant: other workspace, allocator east: service_supernets = [10.64.0.0/16]",
		}},
		"a block around Pods of no planner": {fatal(met(large, heldBy("", there(conflict.Pod, "10.64.0.0/20")))), nil},
		"a block inside of Pods elsewhere":  {fatal(met(small, there(conflict.Pod, "10.64.0.0/20"))), nil},
		"a block around a block elsewhere": {fatal(met(large, there(conflict.Block, "10.64.0.0/20"))), []string{
			"meant: other workspace, allocator east: supernets = [10.64.0.0/16]",
		}},
		"a block in a block elsewhere": {fatal(met(small, there(conflict.Block, "10.64.0.0/20"))), []string{
			"meant: supernets = [10.64.0.0/20]",
		}},
		"a range elsewhere and a block elsewhere": {
			fatal(met(there(conflict.Pod, "10.64.0.0/24"), there(conflict.Block, "10.64.0.0/16"))),
			nil,
		},
		"a block in a block": {fatal(met(small, large)), []string{
			`part: blocks["lb"] remove; blocks net: supernets = [10.64.0.0/16]; blocks net: blocks["lb"] = {cidr = 10.64.0.0/24}`,
		}},
		"a block around a block": {fatal(met(large, small)), []string{
			`part: blocks["lb"] remove; blocks net: supernets = [10.64.0.0/16]; blocks net: blocks["lb"] = {cidr = 10.64.0.0/24}`,
		}},
		"two equal blocks":                {fatal(met(small, block("net", "10.64.0.0/24"))), nil},
		"a block that is held in a block": {fatal(met(small, large, held)), nil},
		"a block in a block that is held": {fatal(met(small, large, otherHeld)), []string{
			`part: blocks["lb"] remove; blocks net: supernets = [10.64.0.0/16]; blocks net: blocks["lb"] = {cidr = 10.64.0.0/24}`,
		}},
		"a block around a block that is held": {fatal(met(large, small, otherHeld)), nil},
		"a block that is held around a block": {fatal(met(large, small, held)), []string{
			`part: blocks["lb"] remove; blocks net: supernets = [10.64.0.0/16]; blocks net: blocks["lb"] = {cidr = 10.64.0.0/24}`,
		}},
		"a block and Pods": {fatal(met(pods, large)), nil},
		"a block and a reserved range": {
			fatal(met(small, of(conflict.Declared, ofKind(conflict.Reserved, "later", "10.64.0.0/16"), "reserved", "later", "cidr"))),
			nil,
		},
		"two findings": {fatal(met(small, large), met(block("lb2", "10.64.2.0/24"), large)), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := without(optionsOf(t, test.findings...),
				"accepted", "moved", "moves there", "unused", "other range", "other ranges", "none free", "wider", "gone")
			wantOptions(t, got, test.want)
		})
	}
}
