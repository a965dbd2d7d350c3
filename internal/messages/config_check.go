package messages

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Unwired is the message of a broken rule of which no planner receives both parties.
func (p Writer) Unwired(f conflict.Finding) Message {
	summary, what := unwiredWords(f)
	return p.unwiredMessage(f, summary, what, p.optionsText(f.Unwired.Options), []conflict.Finding{f})
}

// unwiredWords are the summary of a finding and the sentence that names both parties.
func unwiredWords(f conflict.Finding) (summary, what string) {
	pair := SummaryOf(conflict.Group{Findings: []conflict.Finding{f}})
	summary = "Outside of Any Allocator: " + pair
	switch {
	case len(f.Unwired.ABlocks) > 0:
		summary = "Two Networks Have the Same Name: " + strconv.Quote(f.A.Owner) // as its rule says
		what = twoOfOneName(f)
	case (f.Unwired.A.Kind == conflict.Blocks) != (f.Unwired.B.Kind == conflict.Blocks):
		summary = "Two Resources Allocate the Same Addresses: " + pair
		what = sharing(f) + ". Neither resource knows the allocations of the other."
	case f.A.Kind == conflict.Block:
		summary = "Conflict Between Blocks: " + pair
		what = sharing(f) + ", and neither was allocated from the other."
	case f.A.Holder != "" && f.A.Owner == f.B.Owner:
		what = sharing(f) + meeting(f) + "."
	default:
		what = fmt.Sprintf(
			"%s%s. No allocator planned so far knows both ranges. An allocator that receives both reports this conflict itself.",
			sharing(f), meeting(f),
		)
	}
	return summary, what
}

// maxPairs is the number of pairs that a message on many of them lists.
const maxPairs = 10

// UnwiredGroup is the message of many such findings of one cause: the options are those of the first one.
func (p Writer) UnwiredGroup(g conflict.Group) Message {
	f, listed := g.Findings[0], g.Findings[:min(maxPairs, len(g.Findings))]
	summary, what := unwiredWords(f)
	var lines []string
	for _, f := range listed {
		lines = append(lines, "  - "+unwiredPair(f))
	}
	if more := len(g.Findings) - len(listed) + g.LeftOut; more > 0 {
		lines = append(lines, fmt.Sprintf("  - and %d more pairs", more))
	}
	summary = fmt.Sprintf("%s and %d more pairs", summary, len(g.Findings)+g.LeftOut-1)
	what = fmt.Sprintf(
		"%d pairs of ranges break the same rule. First pair: %s\n\nAll pairs:\n%s",
		len(g.Findings)+g.LeftOut, what, strings.Join(lines, "\n"),
	)
	options := "To resolve the first pair, and in the same way the others, do one of the following:\n  - " +
		p.optionLines(f.Unwired.Options)
	return p.unwiredMessage(f, summary, what, options, nil)
}

// unwiredPair names the parties of a finding and their origins.
func unwiredPair(f conflict.Finding) string {
	if len(f.Unwired.ABlocks) > 0 {
		return fmt.Sprintf(
			"%s and %s", strings.TrimSuffix(network(f.A, f.Unwired.ABlocks, f.Unwired.A), ","),
			strings.TrimSuffix(network(*f.B, f.Unwired.BBlocks, f.Unwired.B), ","),
		)
	}
	return fmt.Sprintf("%s (%s) and %s (%s): %s", party(f.A), origin(f.Unwired.A), party(*f.B), origin(f.Unwired.B), f.Shared)
}

// unwiredMessage is a message with the places of some findings.
func (p Writer) unwiredMessage(f conflict.Finding, summary, what, options string, placed []conflict.Finding) Message {
	parts := []string{what}
	if rule, known := rules.Find(f.Code, p.Catalog); known {
		parts = append(parts, effect(rule.EffectAt(f.Rule.Level)))
	}
	parts = append(parts, options)
	if f.PreExisting {
		parts = append(parts, "This conflict existed before this change, so it does not stop the plan.")
	}
	lines := p.rule(f.Code, f.Rule)
	for _, f := range placed {
		lines = append(
			lines,
			fmt.Sprintf("Declared in: %s of %s, %s of %s", place(f.A), origin(f.Unwired.A), place(*f.B), origin(f.Unwired.B)),
		)
	}
	return Message{At: p.Place(f.Unwired.At), Summary: summary, Detail: strings.Join(append(parts, strings.Join(lines, "\n")), "\n\n")}
}

// twoOfOneName reports two networks that are declared under one name.
func twoOfOneName(f conflict.Finding) string {
	return fmt.Sprintf("%s and %s have the same name and different blocks, so it is unclear which of them a cluster, a peer or a route "+
		"refers to.",
		Capital(network(f.A, f.Unwired.ABlocks, f.Unwired.A)), network(*f.B, f.Unwired.BBlocks, f.Unwired.B))
}

// sharing begins a sentence on two ranges and where they come from.
func sharing(f conflict.Finding) string {
	return fmt.Sprintf(
		"%s, of %s, and %s, of %s, share %s", Capital(party(f.A)), origin(f.Unwired.A), party(*f.B), origin(f.Unwired.B), f.Shared,
	)
}

// origin names the resource that declares a fact, as the configuration does.
func origin(o topology.Origin) string { return fmt.Sprintf("cidrplan_%s %q", o.Kind, o.Name) }

func network(c conflict.Claim, blocks []netip.Prefix, from topology.Origin) string {
	return fmt.Sprintf(
		"%s %q with %s, of %s,", map[bool]string{true: "site", false: "VPC"}[c.Kind == conflict.Site], c.Owner, Join(blocks), origin(from),
	)
}
