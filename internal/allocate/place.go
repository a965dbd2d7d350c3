package allocate

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// place chooses all ranges that are wanted, largest first. Where that leaves one without, a
// search looks for a placement of all.
func (p *planner) place() {
	for i := range p.wants {
		p.wants[i].class = p.classOf(p.wants[i].claim, p.wants[i].length)
	}
	slices.SortFunc(p.wants, func(a, b want) int {
		return cmp.Or(cmp.Compare(a.length, b.length), cmp.Compare(a.claim.Kind, b.claim.Kind), cmp.Compare(a.name, b.name))
	})
	chosen, missing := p.greedy()
	gaveUp := false
	if len(missing) > 0 {
		s := p.newSearch()
		if found, ok := s.run(); ok {
			chosen, missing = found, nil
		}
		gaveUp = s.gaveUp
	}
	for i, w := range p.wants {
		if chosen[i].IsValid() {
			p.take(w, chosen[i])
		}
	}
	for _, i := range missing {
		p.noRoom(p.wants[i], gaveUp)
	}
}

// greedy places the wants in order; missing are the indices of those without a range.
func (p *planner) greedy() (chosen []netip.Prefix, missing []int) {
	chosen = make([]netip.Prefix, len(p.wants))
	spaces := map[*class]*cidr.Space{}
	for _, c := range p.order {
		spaces[c] = c.space.Clone()
	}
	own := map[string][]conflict.Claim{}
	for _, c := range p.claims {
		if c.OfCluster() {
			own[c.Owner] = append(own[c.Owner], c)
		}
	}
	for i, w := range p.wants {
		got, ok := fit(p.free(w, spaces[w.class], own[w.name]), w.class.supernets, w.length)
		if !ok {
			missing = append(missing, i)
			continue
		}
		chosen[i] = got
		claim := w.claim
		claim.Range = got
		own[w.name] = append(own[w.name], claim)
		for _, c := range p.order {
			if p.avoids(c.template, claim) {
				spaces[c].Remove(got)
			}
		}
	}
	return chosen, missing
}

// take makes the claim of a want that got its range.
func (p *planner) take(w want, got netip.Prefix) {
	w.claim.Range = got
	p.claims = append(p.claims, w.claim)
	ranges := p.ranges[w.name]
	if w.claim.Kind == conflict.Pod {
		ranges.Pods = []netip.Prefix{got}
	} else {
		ranges.Service = got
	}
	p.ranges[w.name] = ranges
	for _, c := range p.order {
		if p.avoids(c.template, w.claim) {
			c.space.Remove(got)
		}
	}
}

// noRoom tells why a want got nothing.
func (p *planner) noRoom(w want, gaveUp bool) {
	var holders []conflict.Claim
	for _, c := range p.claims {
		if w.class.room.Overlaps(c.Range) && p.avoids(w.class.template, c) {
			holders = append(holders, c)
		}
	}
	slices.SortFunc(holders, func(a, b conflict.Claim) int {
		return cmp.Or(cmp.Compare(a.Range.Bits(), b.Range.Bits()), conflict.CompareClaims(a, b))
	})
	p.fault(w.claim.At, NoRoom{
		Cluster: w.name, Kind: w.claim.Kind, Length: w.length, From: w.class.supernets, Pool: w.class.pool,
		Room: w.class.room.Prefixes(), Free: w.class.space.CountBySize(cidr.V4), Holders: holders, GaveUp: gaveUp,
	})
}
