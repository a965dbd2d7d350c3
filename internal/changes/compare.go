package changes

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Compare returns what a plan changes in a resource, sorted by owner and part.
func Compare(p Planner) Report {
	c := comparison{before: orEmpty(p.Before), after: orEmpty(p.After), gone: p.After == nil}
	c.reserving, c.releasedBy = c.after.reserving(), c.before.releasedBy()
	c.renamed = c.after.renamedFrom(c.before)
	c.owners()
	c.released()
	c.supernets()
	c.reserved()
	c.conflicts()
	slices.SortStableFunc(c.changes, inOrder)
	return Report{
		Address: p.Address, Previous: p.Previous, Created: p.Before == nil,
		Destroyed: p.After == nil && !p.Forgotten, Forgotten: p.After == nil && p.Forgotten,
		Changes: c.changes, Unchanged: c.unchanged,
	}
}

func orEmpty(s *State) State {
	if s == nil {
		return State{}
	}
	return *s
}

// comparison collects the changes between two states.
type comparison struct {
	before, after State
	// gone says that the resource is.
	gone bool
	// reserving are the released ranges that stay reserved, by what they are for.
	reserving map[Part]map[netip.Prefix]bool
	// releasedBy are the ranges that each owner had released.
	releasedBy map[string][]Ranges
	// renamed are the names before by the names after.
	renamed   map[string]string
	changes   []Change
	unchanged int
}

// renamedFrom are the earlier names of owners by their names: earlier names that are held before, and not after.
func (s State) renamedFrom(before State) map[string]string {
	names, taken := map[string]string{}, map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(s.Held)) {
		if _, same := before.Held[name]; same {
			continue
		}
		for _, previous := range s.Held[name].PreviousNames {
			_, held := before.Held[previous]
			if _, still := s.Held[previous]; held && !still && !taken[previous] {
				names[name], taken[previous] = previous, true
				break
			}
		}
	}
	return names
}

// owners compares what each cluster or block holds.
func (c *comparison) owners() {
	gone := maps.Clone(c.before.Held)
	for name, after := range c.after.Held {
		previous := cmp.Or(c.renamed[name], name)
		before := c.before.Held[previous]
		delete(gone, previous)
		changed := len(c.changes)
		if previous != name {
			c.changes = append(c.changes, Change{Kind: Renamed, Owner: name, PreviousName: previous})
		}
		c.owner(name, before, after)
		if len(c.changes) == changed {
			c.unchanged++
		}
	}
	for name, before := range gone {
		for part, ranges := range before.Ranges {
			if !c.after.Unknown {
				c.add(c.leave(name, part, ranges))
			}
		}
	}
	if c.after.Unknown {
		c.add(Change{Kind: Unknown})
	}
}

// owner compares what one owner holds.
func (c *comparison) owner(name string, before, after Holding) {
	if after.Unknown {
		c.add(Change{Kind: Unknown, Owner: name})
	}
	for _, part := range Parts {
		from, to := before.Ranges[part], after.Ranges[part]
		switch {
		case slices.Equal(from, to), len(to) == 0 && after.Unknown:
			continue
		case len(to) == 0:
			c.add(c.leave(name, part, from))
			continue
		}
		change := Change{Kind: Moved, Owner: name, Part: part, From: from, To: to, Nodes: after.Nodes, Services: after.Services}
		switch {
		case len(from) == 0 && c.wasReleased(name, part, to):
			change.Kind = AllocatedAgain
		case len(from) == 0 && after.Adopted:
			change.Kind = Adopted
		case len(from) == 0:
			change.Kind = Allocated
		case slices.Equal(to[:min(len(to), len(from))], from):
			change.Kind, change.To = Appended, to[len(from):]
		case len(from) == 1 && len(to) == 1 && cidr.Contains(to[0], from[0]):
			change.Kind = Extended
		}
		c.add(change)
	}
}

// wasReleased says whether an owner had released all of these ranges.
func (c *comparison) wasReleased(owner string, part Part, ranges []netip.Prefix) bool {
	return slices.ContainsFunc(c.releasedBy[owner], func(r Ranges) bool { return holdsAll(r[part], ranges) })
}

// leave is the change of ranges that their owner does not hold any more.
func (c *comparison) leave(owner string, part Part, ranges []netip.Prefix) Change {
	change := Change{Kind: ReleasedRanges, Owner: owner, Part: part, From: ranges}
	if slices.ContainsFunc(ranges, func(r netip.Prefix) bool { return !c.reserving[part][r] }) {
		change.Kind = Lost
	}
	return change
}

func holdsAll(all, ranges []netip.Prefix) bool {
	return !slices.ContainsFunc(ranges, func(r netip.Prefix) bool { return !slices.Contains(all, r) })
}

// released finds the released ranges that are not reserved any more, but for those that an owner holds again.
func (c *comparison) released() {
	if c.after.Unknown {
		return
	}
	kind := Reclaimed
	if c.gone {
		kind = Lost
	}
	for _, r := range c.before.Released {
		for part, ranges := range r.Ranges {
			free := slices.DeleteFunc(slices.Clone(ranges), func(p netip.Prefix) bool {
				return slices.Contains(c.after.Held[r.Owner].Ranges[part], p) || c.reserving[part][p]
			})
			if len(free) > 0 {
				c.add(Change{Kind: kind, Owner: r.Owner, Part: part, From: free})
			}
		}
	}
}

// releasedBy are the released ranges by their owners.
func (s State) releasedBy() map[string][]Ranges {
	all := map[string][]Ranges{}
	for _, released := range s.Released {
		all[released.Owner] = append(all[released.Owner], released.Ranges)
	}
	return all
}

// reserving are the released ranges by what they are for.
func (s State) reserving() map[Part]map[netip.Prefix]bool {
	all := map[Part]map[netip.Prefix]bool{}
	for _, part := range Parts {
		all[part] = map[netip.Prefix]bool{}
	}
	for _, released := range s.Released {
		for part, ranges := range released.Ranges {
			for _, r := range ranges {
				all[part][r] = true
			}
		}
	}
	return all
}

func (c *comparison) supernets() {
	c.sets("", Supernet, c.before.Supernets, c.after.Supernets)
}

func (c *comparison) reserved() {
	names := maps.Clone(c.before.Reserved)
	if names == nil {
		names = map[string]netip.Prefix{}
	}
	maps.Copy(names, c.after.Reserved)
	for name := range names {
		c.sets(name, Reserved, one(c.before.Reserved, name), one(c.after.Reserved, name))
	}
}

func one(ranges map[string]netip.Prefix, name string) []netip.Prefix {
	if r, has := ranges[name]; has {
		return []netip.Prefix{r}
	}
	return nil
}

// sets compares two sets of ranges.
func (c *comparison) sets(owner string, part Part, from, to []netip.Prefix) {
	without := func(ranges, others []netip.Prefix) []netip.Prefix {
		return slices.DeleteFunc(slices.Clone(ranges), func(r netip.Prefix) bool { return slices.Contains(others, r) })
	}
	if gone := without(from, to); len(gone) > 0 {
		c.add(Change{Kind: Removed, Owner: owner, Part: part, From: gone})
	}
	if added := without(to, from); len(added) > 0 {
		c.add(Change{Kind: Added, Owner: owner, Part: part, To: added})
	}
}

func (c *comparison) conflicts() {
	for key, a := range c.after.Accepted {
		if before, was := c.before.Accepted[key]; !was || before != a {
			c.add(Change{Kind: AcceptedConflict, Owner: key, Acceptance: a})
		}
	}
	for key, a := range c.before.Accepted {
		if _, still := c.after.Accepted[key]; !still {
			c.add(Change{Kind: NoLongerAccepted, Owner: key, Acceptance: a})
		}
	}
}

func (c *comparison) add(change Change) { c.changes = append(c.changes, change) }

// inOrder sorts what is about the resource and its reserved ranges first, conflicts last, and owners by name between them.
func inOrder(a, b Change) int {
	return cmp.Or(
		cmp.Compare(section(a), section(b)),
		cmp.Compare(a.Owner, b.Owner),
		cmp.Compare(slices.Index(Parts, a.Part), slices.Index(Parts, b.Part)),
		strings.Compare(string(a.Kind), string(b.Kind)),
		slices.CompareFunc(a.From, b.From, netip.Prefix.Compare),
	)
}

func section(c Change) int {
	switch {
	case c.Part == Supernet || c.Kind == Unknown && c.Owner == "":
		return 0
	case c.Part == Reserved:
		return 1
	case c.Kind == AcceptedConflict || c.Kind == NoLongerAccepted:
		return 3
	}
	return 2
}
