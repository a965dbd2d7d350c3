package messages

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Report returns one message for each cause of findings. Accepted findings, notes, and those that another resource reports have
// none.
func (p Writer) Report(findings []conflict.Finding) []Message {
	reported := slices.DeleteFunc(slices.Clone(findings), func(f conflict.Finding) bool {
		return f.Level() == profile.Allow || p.Reported != nil && p.Reported(f)
	})
	var messages []Message
	for _, g := range conflict.Groups(reported) {
		messages = append(messages, p.Group(g))
	}
	return messages
}

// Group is the message of findings of one cause: all parties, the effect, the options with the line that accepts it, and the rule
// with its source.
func (p Writer) Group(g conflict.Group) Message {
	f := g.Findings[0]
	m := Message{At: causeOf(g), Warn: f.Level() < profile.Error}
	m.Summary = SummaryOf(g)
	parts := []string{WhatIsWrong(g)}
	if rule, known := rules.Find(f.Code, p.Catalog); known && rule.EffectAt(f.Rule.Level) != "" {
		parts = append(parts, effect(rule.EffectAt(f.Rule.Level)))
	}
	if !IsNote(f) {
		parts = slices.Concat(parts, preExisting(f), lapsed(f), []string{p.optionsText(g.Options()) + p.heldByPlans(g)})
	}
	m.Detail = strings.Join(append(parts, p.facts(g)), "\n\n")
	return m
}

// WhatIsWrong says who shares what with whom.
func WhatIsWrong(g conflict.Group) string {
	if len(g.Findings) == 1 {
		return single(g.Findings[0])
	}
	return several(g)
}

// properNoun matches sentences that begin with a word that is always capital.
var properNoun = regexp.MustCompile("^(Pod|Pods|Service|Services) ")

// effect says what would happen if nobody noticed.
func effect(consequence string) string {
	first, size := utf8.DecodeRuneInString(consequence)
	if second, _ := utf8.DecodeRuneInString(consequence[size:]); !unicode.IsUpper(second) &&
		!properNoun.MatchString(consequence) { // no abbreviation
		consequence = string(unicode.ToLower(first)) + consequence[size:]
	}
	return "Effect: " + consequence
}

// causeOf is the place of the party that is in all findings, or of the one that moves more easily.
func causeOf(g conflict.Group) topology.Path {
	if g.Common != nil {
		return g.Common.At
	}
	return g.Findings[0].A.At
}

// preExisting says why a finding does not stop the plan, where it would.
func preExisting(f conflict.Finding) []string {
	switch {
	case f.PreExisting && f.VPCPlatform != "":
		return []string{"This was so before the change, so it does not stop the plan."}
	case f.HeldFirst:
		return []string{
			"The ledger held the range for an earlier plan before the other one was there. This plan keeps it, so that a saved plan can " +
				"be applied, and the conflict does not stop it. Resolve it before the range is used.",
		}
	case f.PreExisting:
		return []string{"This conflict existed before this change, so it does not stop the plan. New allocations avoid these addresses."}
	case f.WarnOnly && stops(f):
		return []string{
			`The provider is configured with conflicts = "warn", so this does not stop the plan. ` +
				"Remove that setting after the existing networks are adopted.",
		}
	case f.BetweenNetworks() && f.Rule.Level == profile.Error && f.Level() == profile.Warn:
		return []string{"No cluster of this allocator is involved, so the conflict does not stop the plan."}
	}
	return nil
}

// stops says whether a finding would stop a plan of a provider that does not adopt existing networks.
func stops(f conflict.Finding) bool {
	f.WarnOnly = false
	return f.Level() == profile.Error
}

// lapsed says why an acceptance does not cover a finding any more.
func lapsed(f conflict.Finding) []string {
	switch {
	case f.Lapsed == nil:
		return nil
	case f.Lapsed.Until != "":
		return []string{fmt.Sprintf("It was accepted until %s. That date has passed.", Line(f.Lapsed.Until))}
	}
	return []string{fmt.Sprintf("The conflict was accepted with the key %q and has grown since.", f.Lapsed.Key)}
}

// several words findings of one cause.
func several(g conflict.Group) string {
	members, f := g.Members(), g.Findings[0]
	var lines []string
	for _, c := range members[:min(maxListed, len(members))] {
		lines = append(lines, fmt.Sprintf("  %s (%s)", party(c), c.At))
	}
	if more := len(members) - len(lines); more > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", more))
	}
	list := "\n" + strings.Join(lines, "\n")
	switch {
	case g.Sampled() && !equalRanges(g):
		return fmt.Sprintf(
			"%d %s share addresses in %s%s. Each of them is listed once:%s",
			len(members), called(members), sharedBy(g), meetings(g), list,
		)
	case f.B == nil && unusable(f):
		return fmt.Sprintf("These %d ranges contain addresses that no network can use:%s", len(members), list)
	case f.B == nil:
		return severalRanges(f, len(members), list)
	case g.Common != nil:
		return fmt.Sprintf("%s shares addresses with %d others%s:%s", Capital(party(*g.Common)), len(members), meetings(g), list)
	}
	return fmt.Sprintf("%d %s have the range %s%s:%s", len(members), called(members), f.Shared, meetings(g), list)
}

// sharedBy names the largest ranges that parties of a group share.
func sharedBy(g conflict.Group) string {
	const most = 4
	var ranges []string
	for _, key := range g.Keys() {
		ranges = append(ranges, key.Shared.String())
	}
	return Listed(ranges, most)
}

// equalRanges says whether all parties of a group of pairs have the same range.
func equalRanges(g conflict.Group) bool {
	return !slices.ContainsFunc(g.Members(), func(c conflict.Claim) bool { return c.Range != g.Findings[0].Shared })
}

// called is what several parties are together.
func called(members []conflict.Claim) string {
	of := map[string]bool{}
	for _, c := range members {
		of[wordsFor(c).Many] = true
	}
	if len(of) > 1 {
		return "parties"
	}
	return wordsFor(members[0]).Many
}

// meetings says how the networks of several findings are connected.
func meetings(g conflict.Group) string {
	f := g.Findings[0]
	switch {
	case f.Mesh != "" || networks(g) < 3:
		return meeting(f)
	case f.Third != "":
		return fmt.Sprintf("; %q is connected to all of them and can reach only one", f.Third)
	case f.Hub != "":
		return fmt.Sprintf("; all these networks are attached to hub %q", f.Hub)
	}
	return "; their networks are peers"
}

// networks is the number of networks that the parties of a group belong to.
func networks(g conflict.Group) int {
	seen := map[string]bool{}
	for _, f := range g.Findings {
		seen[f.A.Network] = true
		if f.B != nil {
			seen[f.B.Network] = true
		}
	}
	delete(seen, "") // what is reserved belongs to none
	return len(seen)
}

// facts is the block of plain data that ends a message.
func (p Writer) facts(g conflict.Group) string {
	f := g.Findings[0]
	lines := p.ruleAt(f.Code, f.Rule, levelText(f))
	if f.Number.Unit == "" && len(g.Findings) == 1 {
		declared := []string{place(f.A)}
		if f.B != nil {
			declared = append(declared, place(*f.B))
		}
		lines = append(lines, "Declared in: "+strings.Join(declared, ", "))
	}
	return strings.Join(lines, "\n")
}
