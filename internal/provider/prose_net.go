package provider

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// outside tells of a broken rule of which no planner has both parties.
func (p prose) outside(f conflict.Finding) message {
	m := message{at: f.Outside.At}
	var what string
	var ways []string
	switch {
	case len(f.Outside.ABlocks) > 0:
		m.summary = "Two Networks of One Name" // as its rule says
		what, ways = twoOfOneName(f)
	case f.A.Kind == conflict.Block:
		m.summary, what, ways = betweenBlocks(f)
	default:
		m.summary, what, ways = outsideAllocators(f)
	}
	parts := []string{what}
	if rule, known := conflict.Describe(f.Code, p.catalog); known {
		parts = append(parts, rule.At(f.Rule.Level))
	}
	parts = append(parts, "Ways out, least harm first:\n  - "+strings.Join(ways, "\n  - "))
	if f.Standing {
		parts = append(parts, "This conflict was there before, so it does not stop the plan.")
	}
	lines := append(p.rule(f.Code, f.Rule), "  "+origin(f.Outside.A)+", "+place(f.A), "  "+origin(f.Outside.B)+", "+place(*f.B))
	m.detail = strings.Join(append(parts, strings.Join(lines, "\n")), "\n\n")
	return m
}

// outsideAllocators tells of two ranges; the way out that always helps comes first.
func outsideAllocators(f conflict.Finding) (summary, what string, ways []string) {
	what = fmt.Sprintf("%s%s. No allocator that was planned before is given both; one that is reports it by itself.", sharing(f), meeting(f))
	ways = []string{"give both to one allocator by value, so that it hands out around them and reports what it cannot"}
	if f.A.OfCluster() && f.A.Pinned {
		ways = append(ways, fmt.Sprintf("give cluster %q another range", f.A.Owner))
	}
	ways = append(ways, others(conflict.Group{Findings: []conflict.Finding{f}})...)
	return "Conflict Outside of Any Allocator", what, append(ways, living(f, "a hub, site, VPC or allocator that takes part"))
}

// betweenBlocks tells of two blocks, or of one and what rests.
func betweenBlocks(f conflict.Finding) (summary, what string, ways []string) {
	what = sharing(f) + ", and neither was handed out inside of the other."
	if f.B.Released {
		ways = append(ways, fmt.Sprintf("add %q to reclaim of %s if nothing uses the range any more", f.B.Owner, origin(f.Outside.B)))
	}
	ways = append(ways, "hand both out from one cidrplan_blocks, which keeps them apart; its existing takes what they hold already")
	for _, party := range []struct {
		conflict.Claim
		from conflict.Origin
	}{{f.A, f.Outside.A}, {*f.B, f.Outside.B}} {
		if party.Pinned {
			ways = append(ways, fmt.Sprintf("give block %q of %s another cidr", party.Owner, origin(party.from)))
		}
	}
	return "Conflict Between Blocks", what, append(ways,
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
	return fmt.Sprintf("live with it, on %s: accepted_conflicts = { %q = { reason = \"<why>\" } }", where, f.Key())
}

// origin names who tells of a fact, as the configuration does.
func origin(o conflict.Origin) string { return fmt.Sprintf("cidrplan_%s %q", o.Kind, o.Name) }

func network(c conflict.Claim, blocks []netip.Prefix, from conflict.Origin) string {
	return fmt.Sprintf("%s %q with %s, of %s,", map[bool]string{true: "site", false: "VPC"}[c.Kind == conflict.Site], c.Owner, join(blocks), origin(from))
}
