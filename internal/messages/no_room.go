package messages

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// maxListed is the number of clusters, blocks or parties that one message lists.
const maxListed = 24

// noRoom says which ranges are missing, what is free and who holds the rest.
func (p Writer) noRoom(e allocate.NoRoom) string {
	from := Join(e.From)
	if e.Pool != "" {
		from += fmt.Sprintf(" (pool %q)", e.Pool)
	}
	if from == "" {
		from = fmt.Sprintf("the supernets, which have no %s range", e.Family)
	}
	out := p.lack(e, from)
	if e.CutShort {
		out += " The search stopped before it tried every placement. A placement can still exist; pin some ranges to help the search."
	}
	switch nowhere := len(e.Room) == 0 && len(e.From) > 0; {
	case nowhere && p.OfBlocks:
		out += " No network can use the addresses of these supernets."
	case nowhere:
		out += " The platform does not accept or does not recommend ranges of this size there."
	}
	return out
}

// noRoomGrounds are who lacks ranges, what is free, who holds the rest, and the rules that leave nothing.
func (p Writer) noRoomGrounds(e allocate.NoRoom) string {
	out := "\n\n" + p.lackFacts(e)
	for _, rule := range e.Excluding {
		out += p.ruled(rule)
	}
	return out
}

// lack says in a sentence which ranges are missing.
func (p Writer) lack(e allocate.NoRoom, from string) string {
	lacked := p.lackedBy(e)
	if len(lacked) == 1 {
		return fmt.Sprintf("%s needs %s, and none is free in %s.", p.called(e.Cluster), strings.Join(lacked[e.Cluster], " and "), from)
	}
	sizes := map[allocate.MissingRange]int{}
	for _, one := range lackers(e) {
		sizes[allocate.MissingRange{Kind: one.Kind, Length: one.Length}]++
	}
	var counts []string
	for _, size := range slices.SortedFunc(maps.Keys(sizes), func(a, b allocate.MissingRange) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Length, b.Length))
	}) {
		_, bare, _ := strings.Cut(p.lacked(size, e.Family), " ")
		counts = append(counts, fmt.Sprintf("%d × %s", sizes[size], bare))
	}
	return fmt.Sprintf("%d %s need ranges that are not free in %s: %s.", len(lacked), p.Terms().Many, from, Listed(counts, maxListed))
}

// lacked names a range that is missing, with its article.
func (p Writer) lacked(one allocate.MissingRange, family cidr.Family) string {
	switch kind := Capital(one.Kind.String()); {
	case p.OfBlocks:
		return fmt.Sprintf("an %s range of /%d", family, one.Length)
	case family == cidr.V6:
		return fmt.Sprintf("an IPv6 %s range of /%d", kind, one.Length)
	default:
		return fmt.Sprintf("a %s range of /%d", kind, one.Length)
	}
}

// lackFacts are the lines on who lacks ranges where several do, what is free and who holds the rest.
func (p Writer) lackFacts(e allocate.NoRoom) string {
	var lines []string
	if lacked := p.lackedBy(e); len(lacked) > 1 {
		var each []string
		for _, name := range slices.Sorted(maps.Keys(lacked)) {
			each = append(each, fmt.Sprintf("%s %q: %s", p.Terms().One, name, strings.Join(lacked[name], " and ")))
		}
		lines = column(lines, "needed:  ", each, 0)
	}
	var free []string
	for _, size := range e.Free {
		free = append(free, fmt.Sprintf("%d × /%d", size.N, size.Bits))
	}
	if len(free) == 0 {
		free = []string{"nothing"}
	}
	lines = append(lines, "  free:    "+strings.Join(free, ", "))
	var holders []string
	for _, c := range e.Holders {
		holders = append(holders, party(c))
	}
	lines = column(lines, "held by: ", holders, e.HolderCount-len(e.Holders))
	if len(e.Elsewhere) > 0 {
		var ranges []string
		for _, r := range e.Elsewhere {
			ranges = append(ranges, r.String())
		}
		if more := e.ElsewhereCount - len(e.Elsewhere); more > 0 {
			ranges = append(ranges, fmt.Sprintf("and %d more", more))
		}
		lines = append(lines, "  ledger:  "+strings.Join(ranges, ", ")+
			" (in use by other planners of the ledger, or held there for other demands of this one)")
	}
	return strings.Join(lines, "\n")
}

// lackers are all ranges that are missing, Pods before Services and larger ones first.
func lackers(e allocate.NoRoom) []allocate.MissingRange {
	all := append([]allocate.MissingRange{e.MissingRange}, e.Others...)
	return slices.SortedStableFunc(slices.Values(all), func(a, b allocate.MissingRange) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Length, b.Length))
	})
}

// lackedBy names the ranges that each cluster lacks.
func (p Writer) lackedBy(e allocate.NoRoom) map[string][]string {
	lacked := map[string][]string{}
	for _, one := range lackers(e) {
		lacked[one.Cluster] = append(lacked[one.Cluster], p.lacked(one, e.Family))
	}
	return lacked
}

// column adds a labelled list to lines, of many items the first ones and how many more there are; more are
// those that are not among the items.
func column(lines []string, label string, items []string, more int) []string {
	for i, item := range items[:min(maxListed, len(items))] {
		if i > 0 {
			label = strings.Repeat(" ", len(label))
		}
		lines = append(lines, "  "+label+item)
	}
	if more += max(len(items)-maxListed, 0); more > 0 {
		lines = append(lines, fmt.Sprintf("  %sand %d more", strings.Repeat(" ", len(label)), more))
	}
	return lines
}
