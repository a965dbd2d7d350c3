package provider

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// outside tells of a broken rule of which no allocator has both parties.
func (p prose) outside(f conflict.Finding) message {
	m := message{at: f.Outside.At, summary: "Conflict Outside of Any Allocator"}
	what := fmt.Sprintf("%s, of %s, and %s, of %s, share %s%s. No allocator that was planned before is given both; one that is reports it by itself.",
		capital(party(f.A)), origin(f.Outside.A), party(*f.B), origin(f.Outside.B), f.Shared, meeting(f))
	ways := outsideWays(f)
	if len(f.Outside.ABlocks) > 0 {
		m.summary = "Two Networks of One Name"
		what = fmt.Sprintf("%s and %s have the same name and different blocks, so it is unclear which one a cluster, a peer or a route means.",
			capital(network(f.A, f.Outside.ABlocks, f.Outside.A)), network(*f.B, f.Outside.BBlocks, f.Outside.B))
		ways = "Ways out, least harm first:\n  - give both the same blocks if they are one\n  - rename one of the two"
	}
	parts := []string{what}
	if rule, known := conflict.Describe(f.Code, p.catalog); known {
		parts = append(parts, rule.Consequence)
	}
	parts = append(parts, ways)
	if f.Standing {
		parts = append(parts, "This conflict was there before, so it does not stop the plan.")
	}
	lines := append(p.rule(f.Code, f.Rule), "  "+origin(f.Outside.A)+", "+place(f.A), "  "+origin(f.Outside.B)+", "+place(*f.B))
	m.detail = strings.Join(append(parts, strings.Join(lines, "\n")), "\n\n")
	return m
}

// outsideWays lists what can be done. The one that always helps comes first.
func outsideWays(f conflict.Finding) string {
	ways := []string{"give both to one allocator by value, so that it hands out around them and reports what it cannot"}
	if f.A.OfCluster() && f.A.Pinned {
		ways = append(ways, fmt.Sprintf("give cluster %q another range", f.A.Owner))
	}
	ways = append(ways, others(conflict.Group{Findings: []conflict.Finding{f}})...)
	ways = append(ways, fmt.Sprintf("live with it, on a hub, site, VPC or allocator that takes part: accepted_conflicts = { %q = { reason = \"<why>\" } }", f.Key()))
	return "Ways out, least harm first:\n  - " + strings.Join(ways, "\n  - ")
}

// origin names who tells of a fact, as the configuration does.
func origin(o conflict.Origin) string { return fmt.Sprintf("cidrplan_%s %q", o.Kind, o.Name) }

func network(c conflict.Claim, blocks []netip.Prefix, from conflict.Origin) string {
	return fmt.Sprintf("%s %q with %s, of %s,", map[bool]string{true: "site", false: "VPC"}[c.Kind == conflict.Site], c.Owner, join(blocks), origin(from))
}
