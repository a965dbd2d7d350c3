package addressmap

import (
	"cmp"
	"net/netip"
	"slices"
	"sort"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// partition divides a range into spans. uses are inside the range, sorted by compareUses; wider are uses that contain the whole range.
// Addresses without a use are free in a supernet, and undeclared elsewhere.
func partition(block netip.Prefix, uses, wider []Use, supernet bool) []Span {
	p := partitioner{supernet: supernet, next: block.Addr(), wider: wider}
	for _, u := range uses {
		p.leaveTo(u.Range)
		if p.next.Less(u.Range.Addr()) {
			p.emit(u.Range.Addr().Prev())
		}
		p.around = append(p.around, u)
	}
	p.leaveTo(netip.Prefix{})
	if last := cidr.Last(block); p.next.IsValid() && p.next.Compare(last) <= 0 {
		p.emit(last)
	}
	return p.spans
}

// partitioner walks over the addresses of a range. around are the uses that contain next, the outer ones first.
type partitioner struct {
	supernet bool
	next     netip.Addr // the zero Addr after the last address of the family
	wider    []Use
	around   []Use
	spans    []Span
}

// leaveTo ends all uses that do not contain a range.
func (p *partitioner) leaveTo(r netip.Prefix) {
	for len(p.around) > 0 && !cidr.Contains(p.around[len(p.around)-1].Range, r) {
		if last := cidr.Last(p.around[len(p.around)-1].Range); p.next.IsValid() && p.next.Compare(last) <= 0 {
			p.emit(last)
		}
		p.around = p.around[:len(p.around)-1]
	}
}

// emit adds the span from next to an address.
func (p *partitioner) emit(last netip.Addr) {
	s := Span{interval: interval{p.next, last}, Uses: shownFirst(slices.Concat(p.wider, p.around)), Kind: Undeclared}
	switch {
	case len(s.Uses) > 0 && s.Uses[0].Kind == Supernet && p.supernet, len(s.Uses) == 0 && p.supernet:
		s.Kind = Free
	case len(s.Uses) > 0:
		s.Kind = s.Uses[0].Kind
	}
	p.spans, p.next = append(p.spans, s), last.Next()
}

// shownFirst sorts the uses of the same addresses: those of clusters before all others, then the narrower ones, then the inner ones.
func shownFirst(uses []Use) []Use {
	all := slices.Clone(uses)
	order := func(u Use) int {
		if u.Kind.ofCluster() {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b Use) int {
		return cmp.Or(
			cmp.Compare(order(a), order(b)), cmp.Compare(b.Range.Bits(), a.Range.Bits()), cmp.Compare(depth(b, uses), depth(a, uses)),
		)
	})
	return all
}

// depth orders uses of the same range, the outer ones first. A supernet is the outermost. But if another planner delegated the range, as
// a block or reserved range, the supernet is inside of that.
func depth(u Use, among []Use) int {
	delegated := func(o Use) bool {
		return (o.Kind == Block || o.Kind == Reserved) && o.Range == u.Range && o.Allocator != u.Allocator
	}
	if u.Kind == Supernet && slices.ContainsFunc(among, delegated) {
		return int(Reserved)
	}
	return int(u.Kind)
}

// markConflicts sets the conflicts of each span, and whether several owners use it. marked has an element for each conflict, which
// becomes true if the conflict is at a span.
func markConflicts(spans []Span, in Input, marked []bool) {
	for n, c := range in.Conflicts {
		shared := intervalOf(c.Shared)
		from := sort.Search(len(spans), func(i int) bool { return spans[i].Last.Compare(shared.First) >= 0 })
		for i := from; i < len(spans) && spans[i].overlaps(shared); i++ {
			if spans[i].has(c.A) && spans[i].has(c.B) {
				spans[i].Conflicts, marked[n] = append(spans[i].Conflicts, c), true
			}
		}
	}
	for i := range spans {
		s := &spans[i]
		if !in.Checked {
			s.Conflicts = append(s.Conflicts, s.collisions()...)
		}
		slices.SortStableFunc(
			s.Conflicts,
			func(a, b Conflict) int { return strings.Compare(a.class(), b.class()) },
		) // those not accepted first
		s.Shared = len(s.Conflicts) == 0 && s.owners() > 1
	}
}

// has says whether a party uses the addresses. It is true for clusters with Pods or nodes in subnets: the owner of these addresses is the
// VPC.
func (s Span) has(p Party) bool {
	return p.Kind.ofCluster() && p.Part != "" ||
		slices.ContainsFunc(s.Uses, func(u Use) bool { return u.Owner == p.Owner && u.Part == p.Part })
}

// owners is the number of clusters that use the addresses, or of networks where that is more.
func (s Span) owners() int {
	var clusters, networks []string
	for _, u := range s.Uses {
		switch {
		case u.Kind.ofCluster():
			clusters = append(clusters, u.Owner+"\x00"+u.Allocator)
		case u.Kind == VPC || u.Kind == Site:
			networks = append(networks, u.Owner)
		}
	}
	different := func(names []string) int {
		slices.Sort(names)
		return len(slices.Compact(names))
	}
	return max(different(clusters), different(networks))
}

// collisions are pairs of clusters that use the addresses, in networks that the uses show as connected. Each cluster of such a pair is in
// at least one listed pair, but if many clusters use one range, not all pairs are listed.
func (s Span) collisions() []Conflict {
	var out []Conflict
	listed := make([]bool, len(s.Uses))
	for i, a := range s.Uses {
		for j, b := range s.Uses[:i] {
			if listed[i] && listed[j] || !a.Kind.ofCluster() || !b.Kind.ofCluster() || !joined(a, b) {
				continue
			}
			if a.Owner != b.Owner || a.Allocator != b.Allocator {
				shared, _ := cidr.Overlap(a.Range, b.Range)
				out = append(out, Conflict{A: b.party(), B: a.party(), Shared: shared})
				listed[i], listed[j] = true, true
			}
		}
	}
	return out
}

// joined says whether two uses are in one network, in networks connected by a hub or a peering, or in a network that is not known.
func joined(a, b Use) bool {
	switch {
	case a.Network == "" || b.Network == "" || a.Network == b.Network:
		return true
	case slices.Contains(a.Peers, b.Network) || slices.Contains(b.Peers, a.Network):
		return true
	}
	return slices.ContainsFunc(a.Hubs, func(hub string) bool { return slices.Contains(b.Hubs, hub) })
}
