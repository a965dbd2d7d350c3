package provider

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// waysOut lists what can be done, the least harm first, a line each: Terraform leaves lines that begin
// with a space as they are, so that the one that accepts the conflict can be pasted.
func (p prose) waysOut(g conflict.Group) string {
	ways := slices.Concat(p.delegation(g), own(g), settings(g.Findings[0]), others(g))
	if f := g.Findings[0]; len(ways) == 0 && f.B == nil && f.Number.Name == "" {
		ways = append(ways, "choose a range that the rule below allows")
	}
	ways = append(ways, acceptWay(g))
	if moving := renumberWay(g); moving != "" {
		ways = append(ways, moving)
	}
	return "To resolve, do one of the following:\n  - " + strings.Join(ways, "\n  - ")
}

// settings are the numbers that resolve a finding of a rule that counts.
func settings(f conflict.Finding) []string {
	var ways []string
	for _, s := range f.Settings {
		switch {
		case s.Argument == "route_quota":
			ways = append(ways, fmt.Sprintf("If the route table holds more, or after the cloud has raised its quota, set route_quota of VPC %q to that number: route_quota = %d, or more.", s.Owner, s.Value))
		case s.Least:
			ways = append(ways, fmt.Sprintf("Set %s of cluster %q to %d or more.", s.Argument, s.Owner, s.Value))
		default:
			ways = append(ways, fmt.Sprintf("Set %s of cluster %q to %d or less.", s.Argument, s.Owner, s.Value))
		}
	}
	switch excess := f.Number.Value - f.Limit.Value; f.Number.Name {
	case "bits":
		ways = append(ways, fmt.Sprintf("Use a Pod range of cluster %q with the prefix length /%d or longer.", f.A.Owner, int64(f.A.Range.Bits())+excess))
	case "routes":
		ways = append(ways, fmt.Sprintf("Lower max_nodes of clusters of VPC %q so that they need %d routes less.", f.A.Network, excess))
	case "addresses":
		ways = append(ways, fmt.Sprintf("Add a subnet with %d or more usable addresses to %s.", excess, f.A.At))
	}
	return ways
}

// renumberWay is the option that moves all clusters or blocks of a group that would have to move, "" where that does not
// resolve it.
func renumberWay(g conflict.Group) string {
	movers := g.Movers()
	if elsewhere, known := g.Findings[0].MovesElsewhere(); len(movers) == 0 || known && elsewhere {
		return ""
	}
	var tokens []string
	for _, c := range movers {
		for _, name := range append([]string{c.Owner}, c.Twins...) {
			if token := fmt.Sprintf("%q = %q", name, g.Token(name)); !slices.Contains(tokens, token) {
				tokens = append(tokens, token)
			}
		}
	}
	who := fmt.Sprintf("Move %s", ownerOf(movers[0]))
	if len(movers) > 1 {
		who = fmt.Sprintf("Move all %d %s", len(movers), wordsFor(movers[0]).many)
	}
	return fmt.Sprintf("%s to other ranges, which rebuilds %s: renumber = { %s }", who, wordsFor(movers[0]).moved, strings.Join(tokens, ", "))
}

// maxKeyParties is the number of parties that the keys of one message name.
const maxKeyParties = 64

// acceptWay is the option that changes nothing. Keys of more parties than anybody reads are left to an audit.
func acceptWay(g conflict.Group) string {
	if keys := g.Keys(); partiesOf(keys) <= maxKeyParties {
		if number := keys[0].Number; number.Name != "" {
			return fmt.Sprintf("Accept up to %d %s, or write a larger number in the key to accept more: %s", number.Value, number.Name, accepting(keys))
		}
		return "Accept the conflict: " + accepting(keys)
	}
	return fmt.Sprintf("Accept the conflict in accepted_conflicts, by the keys that findings of data.cidrplan_audit have for it, or set rule_levels = { %s = \"warn\" }", g.Findings[0].Code)
}

// partiesOf counts the parties that keys name.
func partiesOf(keys []conflict.Key) int {
	count := 0
	for _, key := range keys {
		count += len(key.Parties)
	}
	return count
}

// accepting is the argument that accepts conflicts by their keys.
func accepting(keys []conflict.Key) string {
	var entries []string
	for _, key := range keys {
		entries = append(entries, fmt.Sprintf("%q = { reason = \"<why>\" }", key))
	}
	return "accepted_conflicts = { " + strings.Join(entries, ", ") + " }"
}

// firsts are the first parties of all findings of the group, each once: those that move more easily.
func firsts(g conflict.Group) []conflict.Claim {
	var list []conflict.Claim
	seen := map[conflict.ID]bool{}
	for _, f := range g.Findings {
		if !seen[f.A.ID()] {
			seen[f.A.ID()] = true
			list = append(list, f.A)
		}
	}
	return list
}

// own are the ways out on the side of who moves more easily.
func own(g conflict.Group) []string {
	f, movers := g.Findings[0], firsts(g)
	if len(movers) > 1 && f.A.HandedOut() {
		return ownOfSeveral(g)
	}
	switch {
	case f.Number.Name != "" || f.A.Elsewhere:
		return nil // told with the numbers, or by the other workspace
	case f.A.HandedOut() && f.A.Part != "":
		return []string{fmt.Sprintf("give the Pods of cluster %q a subnet of their own that the rule below allows", f.A.Owner)}
	case f.A.SameAs != "" && f.A.Pinned:
		return []string{twinsWay(f.A)}
	case f.A.Assumed:
		return []string{fmt.Sprintf("set service_cidr of cluster %q to the range that it really has", f.A.Owner)}
	case f.A.HandedOut() && f.A.Pinned && len(f.Instead) > 0:
		return []string{fmt.Sprintf("give %s another range; the nearest free ones of this size are %s", ownerOf(f.A), join(f.Instead))}
	case f.B == nil && f.A.Kind == conflict.Block && f.A.Pinned:
		return []string{fmt.Sprintf("give %s another range; none of this size that a network can use is free in the supernets", ownerOf(f.A))}
	case f.B == nil: // the rule says which ranges would do
		return nil
	case f.A.HandedOut() && f.A.Pinned:
		return []string{fmt.Sprintf("give %s another range; none of this size is free in the supernets", ownerOf(f.A))}
	case f.A.HandedOut() && f.A.At[0].Attr == "existing":
		return []string{fmt.Sprintf("correct %s if %s does not hold this range", f.A.At, ownerOf(f.A))}
	case f.A.HandedOut() && !f.Standing && !broughtElsewhere(f):
		return []string{fmt.Sprintf("undo the change that brought the conflict: %s holds its range already, and it is never moved silently", ownerOf(f.A))}
	}
	return nil
}

// broughtElsewhere says of a new finding that it is another workspace that came with it: nothing here joins
// the two.
func broughtElsewhere(f conflict.Finding) bool {
	return f.B.Elsewhere && f.Hub == "" && f.Third == ""
}

// ownOfSeveral is own where several clusters would have to move.
func ownOfSeveral(g conflict.Group) []string {
	var ways []string
	held, given, pinned, assumed := false, false, false, false
	for _, c := range firsts(g) {
		existing := c.At[0].Attr == "existing"
		assumed = assumed || c.Assumed
		pinned = pinned || c.Pinned && !c.Assumed
		given = given || existing
		held = held || !c.Pinned && !c.Assumed && !existing
	}
	if assumed {
		ways = append(ways, "set service_cidr of these clusters to the ranges that they really have")
	}
	if given {
		ways = append(ways, "correct existing where "+wordsFor(g.Findings[0].A).many+" do not hold these ranges")
	}
	if f := g.Findings[0]; held && f.B != nil && !f.Standing && !broughtElsewhere(f) {
		ways = append(ways, "undo the change that brought the conflict: these "+wordsFor(f.A).many+" hold their ranges already, and they are never moved silently")
	}
	if pinned {
		ways = append(ways, "give the "+wordsFor(g.Findings[0].A).many+" other ranges, such as those beside them")
	}
	return ways
}

// others are the ways out on the other side, and between the two.
func others(g conflict.Group) []string {
	f := g.Findings[0]
	if f.B == nil || f.A.HandedOut() && f.A.Part != "" {
		return nil
	}
	ways := otherParty(g)
	switch {
	case f.Mesh != "":
		ways = append(ways, fmt.Sprintf("take one of the clusters out of mesh %q", f.Mesh))
	case (f.Third != "" || f.Hub != "") && networks(g) > 2:
		ways = append(ways, "detach the networks that need not reach each other")
	case f.Third != "" || f.Hub != "":
		ways = append(ways, "detach one of the two networks")
	}
	return ways
}

// wayTo is the next hop of a route that leads to the network of the other party.
func wayTo(f conflict.Finding) string {
	if f.Hub == "" {
		return "peering"
	}
	return "transit"
}

// otherParty are the ways out of who moves less easily.
func otherParty(g conflict.Group) []string {
	f := g.Findings[0]
	if f.B.Elsewhere {
		return foreignWays(g)
	}
	switch f.B.Kind {
	case conflict.Route:
		ways := []string{fmt.Sprintf("set summary = true on route %q if it is an aggregate that occupies nothing", f.B.Part)}
		if f.B.Network != f.A.Network {
			ways = append(ways, fmt.Sprintf("set its next_hop to %s if it is the way to network %q", wayTo(f), f.A.Network))
		}
		return ways
	case conflict.Reserved:
		switch {
		case f.B.Kept:
			return nil
		case f.Restored != nil:
			return []string{fmt.Sprintf("remove %s if nothing uses the range any more", f.Restored)}
		case f.B.Released:
			return []string{fmt.Sprintf("add %q to reclaim if nothing uses the range any more", f.B.Owner)}
		case f.B.Undeclared:
			return []string{fmt.Sprintf("remove %s if the %s is gone or does not hold this range", f.B.At, wordsFor(*f.B).one)}
		}
		return []string{fmt.Sprintf("narrow or remove %q", f.B.Owner)}
	case conflict.Subnet, conflict.VPC, conflict.Site:
		whose := fmt.Sprintf("%q", f.B.Owner)
		if !f.A.HandedOut() {
			whose = fmt.Sprintf("%q or %q", f.A.Owner, f.B.Owner)
		}
		if !f.A.HandedOut() && len(g.Findings) > 1 {
			whose = "these networks"
		}
		what := "blocks"
		if f.B.Kind == conflict.Subnet {
			what = "subnets"
		}
		if f.B.Advertised {
			what = "advertised_cidrs"
		}
		return []string{fmt.Sprintf("correct the %s of %s if they are wider than what is in use", what, whose)}
	}
	switch {
	case f.B.SameAs != "" && f.B.Pinned && f.B.Owner != f.A.Owner:
		return []string{twinsWay(*f.B)}
	case f.B.Assumed && len(g.Findings) == 1:
		return []string{fmt.Sprintf("set service_cidr of cluster %q to the range that it really has", f.B.Owner)}
	case f.B.Pinned && f.B.Owner != f.A.Owner && (len(g.Findings) == 1 || g.Common != nil && g.Common.ID() == f.B.ID()):
		return []string{fmt.Sprintf("give %s another range", ownerOf(*f.B))}
	}
	return nil
}
