package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// PairwiseLimit is the number of equal claims to one range that are compared pair by pair. Of more such claims, only a sample
// of the pairs is found.
const PairwiseLimit = 32

// Overlaps finds every two claims that share addresses and must not.
func (w World) Overlaps(claims []Claim) []Finding {
	return newSweep(w, Traits{}, 0).all(entriesOf(claims))
}

// OverlappingPairs is the number of pairs of claims that share addresses, whether or not they must not.
func OverlappingPairs(claims []Claim) int {
	pairs := 0
	var around []netip.Prefix
	for _, c := range slices.SortedFunc(slices.Values(claims), func(a, b Claim) int { return cidr.Compare(a.Range, b.Range) }) {
		for len(around) > 0 && !cidr.Contains(around[len(around)-1], c.Range) {
			around = around[:len(around)-1]
		}
		pairs += len(around)
		around = append(around, c.Range)
	}
	return pairs
}

// SampledOverlaps is Overlaps in memory that grows with the number of claims, and not with that of the pairs: where many
// claims that share addresses with one range break one rule, only so many pairs are found that each claim is in one. Such
// findings have a Sample. If many of the claims have one comparison key, this holds for the time as well. Pairs with different
// traits never represent each other.
func (w World) SampledOverlaps(claims []Claim, marks ...Traits) []Finding {
	return w.sampledOverlapsFrom(claims, marks, PairwiseLimit)
}

// sampledOverlapsFrom is SampledOverlaps for samples of more than size claims.
func (w World) sampledOverlapsFrom(claims []Claim, marks []Traits, size int) []Finding {
	all, entries := joinTraits(marks), entriesOf(claims)
	if mayHaveSamples(entries, size) {
		w.findSamples(entries, all, size)
	}
	return newSweep(w, all, size).all(entries)
}

// sweep passes over the sorted claims with those around each on a stack: two prefixes share addresses only if
// one holds the other.
type sweep struct {
	world  World
	traits Traits
	// most is the number of findings of one range and rule up to which all of them are kept; -1 for all.
	most     int
	findings []Finding
}

// newSweep returns a sweep in which more than size equal claims are sampled, or none if size is 0.
func newSweep(w World, marks Traits, size int) *sweep {
	s := &sweep{world: w, traits: marks, most: -1}
	if size > 0 {
		s.most = size * (size - 1) / 2
	}
	return s
}

func (s *sweep) all(entries []*entry) []Finding {
	slices.SortStableFunc(entries, func(a, b *entry) int {
		if order := cidr.Compare(a.Range, b.Range); order != 0 {
			return order
		}
		return compareClaims(a.Claim, b.Claim)
	})
	var around []*rangeLevel
	leave := func() {
		s.nameSamples(around[len(around)-1])
		around = around[:len(around)-1]
	}
	for i, e := range entries {
		e.at = i
		for len(around) > 0 && !cidr.Contains(around[len(around)-1].held, e.Range) {
			leave()
		}
		for _, l := range around {
			s.compare(l, e)
		}
		if len(around) == 0 || around[len(around)-1].held != e.Range {
			around = append(around, &rangeLevel{held: e.Range})
		}
		around[len(around)-1].add(e)
	}
	for len(around) > 0 {
		leave()
	}
	return s.findings
}

// compare compares a claim with the claims to each range around it.
func (s *sweep) compare(l *rangeLevel, e *entry) {
	for _, outer := range l.singles {
		s.find(l, outer, e, false)
	}
	for _, k := range l.samples {
		k.pairWith(e, func(member *entry, sampled bool) bool { return s.find(l, member, e, sampled) })
	}
}

// find notes that two claims break a rule, if they do; sampled says that they represent pairs that are not compared.
func (s *sweep) find(l *rangeLevel, outer, e *entry, sampled bool) (broken bool) {
	v, broken := s.world.Check(*outer.Claim, *e.Claim)
	if !broken || isNodeRoute(*e.Claim, *outer.Claim) || isNodeRoute(*outer.Claim, *e.Claim) {
		return false
	}
	if s.most < 0 {
		s.findings = append(s.findings, overlap(v, *outer.Claim, *e.Claim))
		return true
	}
	cause := l.cause(v, s.traits.OfPair(*outer.Claim, *e.Claim))
	cause.partly = cause.partly || sampled
	if cause.keeps(outer.at, e.at, s.most) {
		cause.found = append(cause.found, len(s.findings))
		s.findings = append(s.findings, overlap(v, *outer.Claim, *e.Claim))
	}
	return true
}

// nameSamples sets Sample of the findings of which a range has more.
func (s *sweep) nameSamples(l *rangeLevel) {
	for _, c := range l.causes {
		for _, i := range c.found {
			if c.partly {
				s.findings[i].Sample = l.held.String()
			}
		}
	}
}
