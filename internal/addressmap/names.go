package addressmap

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// namesOf are the names in a cell of a span, the longest first: its owners, or what it is where it has none.
func (w *words) namesOf(s Span) []string {
	u := s.use()
	switch owners := s.owners(); {
	case len(s.Conflicts) > 0:
		c := s.Conflicts[0]
		return []string{clean(c.A.ownerName()) + w.and + clean(c.B.ownerName())}
	case s.Kind.unused():
		if pools := s.pools(); len(pools) > 0 && s.nested() {
			return []string{w.kinds[s.Kind] + w.comma + w.poolNames(pools), w.kinds[s.Kind]}
		}
		return []string{w.kinds[s.Kind]}
	case owners > 2:
		return []string{fmt.Sprintf(w.several, owners)}
	case s.Shared:
		i := slices.IndexFunc(s.Uses, func(o Use) bool { return o.Owner != u.Owner || o.Allocator != u.Allocator })
		return []string{clean(u.Owner) + w.and + clean(s.Uses[i].Owner)}
	case u.Part != "":
		return []string{clean(u.party().ownerName()), clean(u.Part)}
	}
	return []string{clean(u.Owner)}
}

// pools are the pools of the innermost supernet of the planner that the map is of.
func (s Span) pools() []string {
	for _, u := range s.Uses {
		if len(u.Pools) > 0 {
			return u.Pools
		}
	}
	return nil
}

// nested says whether the addresses are in a supernet inside of another one.
func (s Span) nested() bool {
	ranges := map[netip.Prefix]bool{}
	for _, u := range s.Uses {
		if u.Kind == Supernet {
			ranges[u.Range] = true
		}
	}
	return len(ranges) > 1
}

// usesOf are texts that say what a span is used for, and how large it is, the longest first.
func (w *words) usesOf(s Span) []string {
	size := brief(s.Count())
	if s.blank() {
		return []string{s.String() + " · " + w.briefCount(s.Count()), w.briefCount(s.Count()), size}
	}
	kind := w.kinds[s.Kind]
	if len(s.Conflicts) > 0 {
		kind += ", " + w.conflict
	}
	if p, ok := s.Prefix(); ok {
		bits := fmt.Sprintf("/%d", p.Bits())
		return []string{kind + " " + p.String() + " · " + w.briefCount(s.Count()), kind + " " + p.String(), kind + " " + bits, bits}
	}
	return []string{kind + " · " + w.briefCount(s.Count()), kind + " " + size, kind}
}

// runInWords says what a run of ranges is: 37 clusters, and how large each is; both also in short.
func (w *words) runInWords(c cell) (names, sizes []string) {
	owners := map[string]bool{}
	used, clusters, shortest, longest := 0, 0, 0, 0
	for _, s := range c.spans {
		if s.Kind.unused() {
			continue
		}
		used++
		if s.Kind.ofCluster() {
			clusters++
		}
		owners[s.use().Owner+"\x00"+s.use().Allocator] = true
		for i, p := range s.Prefixes() {
			if used == 1 && i == 0 {
				shortest, longest = p.Bits(), p.Bits()
			}
			shortest, longest = min(shortest, p.Bits()), max(longest, p.Bits())
		}
	}
	sizes = []string{w.prefixes(shortest, longest), fmt.Sprintf("/%d", longest)}
	if shortest != longest {
		sizes[1] = fmt.Sprintf("/%d–%d", shortest, longest)
	}
	switch {
	case used == 0:
		return []string{w.kinds[c.spans[0].Kind]}, []string{""}
	case used == 1:
		i := slices.IndexFunc(c.spans, func(s Span) bool { return !s.Kind.unused() })
		return w.namesOf(c.spans[i]), []string{w.kinds[c.spans[i].Kind]}
	case clusters == used && len(owners) == 1:
		i := slices.IndexFunc(c.spans, func(s Span) bool { return !s.Kind.unused() })
		return w.namesOf(c.spans[i]), sizes
	case clusters == used:
		return []string{fmt.Sprintf(w.clusters, len(owners)), fmt.Sprintf("%d×", len(owners))}, sizes
	}
	return []string{fmt.Sprintf(w.ranges, used), fmt.Sprintf("%d×", used)}, sizes
}

// titleOfSpan is all that is known of a span, a line each.
func (w *words) titleOfSpan(a Area, s Span) string {
	lines := []string{s.String()}
	if _, ok := s.Prefix(); ok {
		lines[0] += " (" + s.First.String() + " – " + s.Last.String() + ")"
	}
	lines = append(lines, w.count(s.Count())+", "+fmt.Sprintf(w.ofAll, percent(s.Count(), intervalOf(a.Range).Count()), a.Range))
	for _, c := range s.Conflicts {
		lines = append(lines, w.conflictText(c))
	}
	if len(s.Uses) == 0 {
		return strings.Join(append(lines, w.kinds[s.Kind]), "\n")
	}
	for i, u := range s.Uses {
		if i == 0 && s.Kind.unused() {
			lines = append(lines, w.unusedInWords(s.Kind))
		}
		lines = append(lines, w.describe(u))
		if i == maxUses {
			break
		}
	}
	return strings.Join(lines, "\n")
}

// unusedInWords says what addresses are that nothing uses.
func (w *words) unusedInWords(k Kind) string {
	if k == Unusable {
		return w.kinds[k] + w.colon + w.whyUnusable
	}
	return w.kinds[k]
}

// maxUses is the number of uses of one span that a text lists.
const maxUses = 8

// describe is all that is known of a use, in one line.
func (w *words) describe(u Use) string {
	out := w.inWords(u) + " " + u.Range.String()
	for _, more := range []struct{ word, text string }{
		{w.network, u.Network}, {"VRF", u.VRF}, {w.profile, u.Profile}, {w.allocator, u.Allocator}, {w.description, u.Description},
	} {
		if more.text != "" && more.text != u.Owner {
			out += ", " + more.word + " " + clean(more.text)
		}
	}
	return out
}

// titleOfRun lists the ranges of a run, not more than a pointer shows well.
func (w *words) titleOfRun(c cell) string {
	const most = 24
	names, sizes := w.runInWords(c)
	whole := c.whole()
	lines := []string{strings.TrimSuffix(whole.String()+": "+names[0]+", "+sizes[0], ", "), w.count(whole.Count())}
	for i, conflict := range c.conflicts() {
		if i == maxUses {
			lines = append(lines, "…")
			break
		}
		lines = append(lines, w.conflictText(conflict))
	}
	for i, s := range c.spans {
		if i == most {
			lines = append(lines, "…")
			break
		}
		if s.Kind.unused() {
			lines = append(lines, s.String()+"  "+w.kinds[s.Kind])
		} else {
			lines = append(lines, s.String()+"  "+w.inWords(s.use()))
		}
	}
	return strings.Join(lines, "\n")
}
