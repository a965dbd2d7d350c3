package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// tree finds groups of facts by the addresses that they share with a range.
type tree struct {
	at map[netip.Prefix]*node
	// sorted are the keys of at, ascending by cidr.Compare.
	sorted []netip.Prefix
	// lengths are the prefix lengths among the keys, of both families.
	lengths [129]bool
}

// node are the facts that have one range, and those that have a part of it.
type node struct{ equal, inside factGroups }

// node returns the one of a range, which is made where there is none.
func (t *tree) node(r netip.Prefix) *node {
	if at, known := t.at[r]; known {
		return at
	}
	if t.at == nil {
		t.at = map[netip.Prefix]*node{}
	}
	at := &node{}
	i, _ := slices.BinarySearchFunc(t.sorted, r, cidr.Compare)
	t.sorted = slices.Insert(t.sorted, i, r)
	for _, inner := range t.sorted[i+1:] {
		if !cidr.Contains(r, inner) {
			break
		}
		for _, b := range t.at[inner].equal.list {
			for _, f := range b.facts {
				at.inside.add(f)
			}
		}
	}
	t.at[r], t.lengths[r.Bits()] = at, true
	return at
}

// around calls report with each range that contains another one, longest last, but for that one itself.
func (t *tree) around(r netip.Prefix, report func(*node)) {
	for bits, used := range t.lengths[:r.Bits()] {
		if !used {
			continue
		}
		if outer, known := t.at[netip.PrefixFrom(r.Addr(), bits).Masked()]; known {
			report(outer)
		}
	}
}

func (t *tree) add(f *fact) {
	t.node(f.claim.Range).equal.add(f)
	t.around(f.claim.Range, func(outer *node) { outer.inside.add(f) })
}

func (t *tree) remove(f *fact) {
	t.node(f.claim.Range).equal.remove(f)
	t.around(f.claim.Range, func(outer *node) { outer.inside.remove(f) })
}

// touching calls report with the buckets of all facts that share addresses with a range.
func (t *tree) touching(r netip.Prefix, report func(*equalFacts)) {
	each := func(bs *factGroups) {
		for _, b := range bs.list {
			if len(b.facts) > 0 {
				report(b)
			}
		}
	}
	t.around(r, func(outer *node) { each(&outer.equal) })
	at := t.node(r)
	each(&at.equal)
	each(&at.inside)
}

// groupFor is the group that touching reports for a range and that contains a fact, nil where fact and range share no addresses.
func (t *tree) groupFor(r netip.Prefix, f *fact) *equalFacts {
	switch {
	case cidr.Contains(f.claim.Range, r):
		return t.at[f.claim.Range].equal.of[f.comparedBy]
	case cidr.Contains(r, f.claim.Range):
		return t.node(r).inside.of[f.comparedBy]
	}
	return nil
}
