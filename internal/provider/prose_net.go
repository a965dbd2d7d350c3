package provider

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// outside tells of a broken rule of which no planner has both parties.
func (p prose) outside(f conflict.Finding) message {
	summary, what, ways := p.outsideWords(f)
	return p.outsideMessage(f, summary, what, ways, []conflict.Finding{f})
}

// outsideWords are the summary of a finding, the sentence that names both parties, and the options.
func (p prose) outsideWords(f conflict.Finding) (summary, what string, ways []string) {
	pair := summaryOf(conflict.Group{Findings: []conflict.Finding{f}})
	summary = "Outside of Any Allocator: " + pair
	switch {
	case len(f.Outside.ABlocks) > 0:
		summary = "Two Networks of One Name: " + strconv.Quote(f.A.Owner) // as its rule says
		what, ways = twoOfOneName(f)
	case (f.Outside.A.Kind == conflict.Blocks) != (f.Outside.B.Kind == conflict.Blocks):
		summary = "Two Planners Allocate the Same Addresses: " + pair
		what, ways = acrossPlanners(f)
	case f.A.Kind == conflict.Block:
		summary = "Conflict Between Blocks: " + pair
		what, ways = betweenBlocks(f)
	default:
		what, ways = outsideAllocators(f)
	}
	return summary, what, ways
}

// maxPairs is the number of pairs that a message on many names.
const maxPairs = 10

// outsideAll tells of many findings of one cause: all have the options of the first one, but for the key.
func (p prose) outsideAll(g conflict.Group) message {
	f, listed := g.Findings[0], g.Findings[:min(maxPairs, len(g.Findings))]
	summary, what, ways := p.outsideWords(f)
	var lines []string
	for _, f := range listed {
		lines = append(lines, "  - "+outsidePair(f))
	}
	if more := len(g.Findings) - len(listed) + g.More; more > 0 {
		lines = append(lines, fmt.Sprintf("  - and %d more pairs", more))
	}
	summary = fmt.Sprintf("%s and %d more pairs", summary, len(g.Findings)+g.More-1)
	what = fmt.Sprintf("%d pairs of ranges break one rule. The first one: %s\n\nAll of them:\n%s", len(g.Findings)+g.More, what, strings.Join(lines, "\n"))
	ways[len(ways)-1] = "for the first pair, " + ways[len(ways)-1]
	return p.outsideMessage(f, summary, what, ways, nil)
}

// outsidePair names the parties of a finding and their origins.
func outsidePair(f conflict.Finding) string {
	if len(f.Outside.ABlocks) > 0 {
		return fmt.Sprintf("%s and %s", strings.TrimSuffix(network(f.A, f.Outside.ABlocks, f.Outside.A), ","), strings.TrimSuffix(network(*f.B, f.Outside.BBlocks, f.Outside.B), ","))
	}
	return fmt.Sprintf("%s (%s) and %s (%s): %s", party(f.A), origin(f.Outside.A), party(*f.B), origin(f.Outside.B), f.Shared)
}

// outsideMessage is a message with the places of some findings.
func (p prose) outsideMessage(f conflict.Finding, summary, what string, ways []string, placed []conflict.Finding) message {
	parts := []string{what}
	if rule, known := conflict.Describe(f.Code, p.catalog); known {
		parts = append(parts, effect(rule.At(f.Rule.Level)))
	}
	parts = append(parts, "To resolve, do one of the following:\n  - "+strings.Join(ways, "\n  - "))
	if f.Standing {
		parts = append(parts, "This conflict was there before, so it does not stop the plan.")
	}
	lines := p.rule(f.Code, f.Rule)
	for _, f := range placed {
		lines = append(lines, fmt.Sprintf("Declared in: %s of %s, %s of %s", place(f.A), origin(f.Outside.A), place(*f.B), origin(f.Outside.B)))
	}
	return message{at: f.Outside.At, summary: summary, detail: strings.Join(append(parts, strings.Join(lines, "\n")), "\n\n")}
}

// outsideAllocators tells of two ranges; the way out that always helps comes first.
func outsideAllocators(f conflict.Finding) (what string, ways []string) {
	if f.A.Allocator != "" && f.A.Owner == f.B.Owner {
		return sharing(f) + meeting(f) + ".", ofOneName(f)
	}
	what = fmt.Sprintf("%s%s. No allocator that was planned before is given both; one that is reports it by itself.", sharing(f), meeting(f))
	ways = []string{"give both to one allocator by value, so that it hands out around them and reports what it cannot"}
	if f.A.OfCluster() && f.A.Pinned {
		ways = append(ways, fmt.Sprintf("give cluster %q another range", f.A.Owner))
	}
	ways = append(ways, namedByExisting(f)...)
	ways = append(ways, others(conflict.Group{Findings: []conflict.Finding{f}})...)
	return what, append(ways, living(f, "a hub, site, VPC or allocator that takes part"))
}

// ofOneName are the options where two allocators allocated for clusters of one name.
func ofOneName(f conflict.Finding) []string {
	pin := "pod_cidrs"
	if f.A.Kind == conflict.Service {
		pin = "service_cidr"
	}
	given := fmt.Sprintf("clusters = { %q = { %s = cidrplan_allocator.<%s>.allocations[%q].%s, ... } }", f.A.Owner, pin, f.A.Allocator, f.A.Owner, pin)
	return []string{
		fmt.Sprintf("if both are one cluster, declare it in one allocator only, or give the other allocator its ranges: %s", given),
		"if they are two clusters, give the allocators supernets that share no addresses, or declare both clusters, under two names, in one allocator",
		living(f, "either allocator"),
	}
}

// acrossPlanners words that a block and a range of a cluster share addresses, which two planners allocated.
func acrossPlanners(f conflict.Finding) (what string, ways []string) {
	block, cluster, planner := *f.B, f.A, f.Outside.B
	if f.Outside.A.Kind == conflict.Blocks {
		block, cluster, planner = f.A, *f.B, f.Outside.A
	}
	what = sharing(f) + ". Neither planner knows of the other one's allocations."
	if block.Released {
		ways = append(ways, fmt.Sprintf("add %q to reclaim of %s if nothing uses the range any more", block.Owner, origin(planner)))
	} else if cluster.Released {
		ways = append(ways, fmt.Sprintf("add %q to reclaim of the allocator if nothing uses the range any more", cluster.Owner))
	}
	if !block.Released && cidr.Contains(block.Range, cluster.Range) {
		ways = append(ways, fmt.Sprintf("if block %q is meant for the clusters, allocate their ranges from it: supernets = [%q] on the allocator", block.Owner, block.Range))
	} else if block.Kind == conflict.Block && cluster.OfCluster() && cidr.Contains(cluster.Range, block.Range) {
		ways = append(ways, fmt.Sprintf("if block %q is a part of the range of cluster %q, give the cidrplan_blocks the whole range: supernets = [%q]", block.Owner, cluster.Owner, cluster.Range))
	}
	ways = append(ways, keptByExisting(f)...)
	ways = append(ways,
		"give the allocator and the cidrplan_blocks supernets that share no addresses, such as two blocks of another cidrplan_blocks; what is held already moves only with renumber",
		fmt.Sprintf("let the one that is new avoid the other one: foreign_claims = cidrplan_blocks.<%s>.claims on the allocator, or the claims of the allocator on the cidrplan_blocks (not both, which is a cycle)", planner.Name),
		"if the block is a network of the clusters, give the allocator this network in vpcs or sites",
		"if they never meet, set a vrf of its own on the cidrplan_blocks, or on the VPC of the cluster",
		living(f, "the allocator or the cidrplan_blocks"),
	)
	return what, ways
}

// namedByExisting is the option where existing of one planner may mean the cluster or block of the other one.
func namedByExisting(f conflict.Finding) []string {
	if !f.B.Undeclared {
		return nil
	}
	return []string{fmt.Sprintf("if %s is %s, give the entry in existing that name", f.B.At, ownerOf(f.A))}
}

// keptByExisting are the options where existing of one planner names a range that another one allocates.
func keptByExisting(f conflict.Finding) []string {
	if !f.B.Undeclared {
		return nil
	}
	return []string{
		fmt.Sprintf("remove %s if the %s is gone or does not hold this range", f.B.At, wordsFor(*f.B).one),
		fmt.Sprintf("write %s in reserved instead if it only keeps this planner off the range", f.B.At),
	}
}

// betweenBlocks tells of two blocks, or of one and what rests.
func betweenBlocks(f conflict.Finding) (what string, ways []string) {
	what = sharing(f) + ", and neither was handed out inside of the other."
	if f.B.Released {
		ways = append(ways, fmt.Sprintf("add %q to reclaim of %s if nothing uses the range any more", f.B.Owner, origin(f.Outside.B)))
	}
	ways = append(ways, namedByExisting(f)...)
	ways = append(ways, keptByExisting(f)...)
	ways = append(ways, "hand both out from one cidrplan_blocks, which keeps them apart; its existing takes what they hold already")
	for _, party := range []struct {
		conflict.Claim
		from conflict.Origin
	}{{f.A, f.Outside.A}, {*f.B, f.Outside.B}} {
		if party.Pinned {
			ways = append(ways, fmt.Sprintf("give block %q of %s another cidr", party.Owner, origin(party.from)))
		}
	}
	return what, append(ways,
		"let one hand out inside of the other: its supernets are a block of the other's cidrs",
		"give the two supernets that share no addresses",
		"give them a vrf each if what is built in them never meets",
		living(f, "either cidrplan_blocks"),
	)
}

// twoOfOneName tells of two networks that are declared under one name.
func twoOfOneName(f conflict.Finding) (what string, ways []string) {
	what = fmt.Sprintf("%s and %s have the same name and different blocks, so it is unclear which one a cluster, a peer or a route means.",
		capital(network(f.A, f.Outside.ABlocks, f.Outside.A)), network(*f.B, f.Outside.BBlocks, f.Outside.B))
	return what, []string{"give both the same blocks if they are one", "rename one of the two"}
}

// sharing begins a sentence on two ranges and where they come from.
func sharing(f conflict.Finding) string {
	return fmt.Sprintf("%s, of %s, and %s, of %s, share %s", capital(party(f.A)), origin(f.Outside.A), party(*f.B), origin(f.Outside.B), f.Shared)
}

// living is the way out that changes nothing; where says who can take it.
func living(f conflict.Finding, where string) string {
	return fmt.Sprintf("Accept the conflict, on %s: %s", where, accepting([]conflict.Key{f.Key()}))
}

// origin names who tells of a fact, as the configuration does.
func origin(o conflict.Origin) string { return fmt.Sprintf("cidrplan_%s %q", o.Kind, o.Name) }

func network(c conflict.Claim, blocks []netip.Prefix, from conflict.Origin) string {
	return fmt.Sprintf("%s %q with %s, of %s,", map[bool]string{true: "site", false: "VPC"}[c.Kind == conflict.Site], c.Owner, join(blocks), origin(from))
}
