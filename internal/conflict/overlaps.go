package conflict

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// CrowdSize is the number of claims to one range that are compared pair by pair. More of them that are alike
// are a crowd.
const CrowdSize = 32

// Overlaps finds every two claims that share addresses and must not.
func (w World) Overlaps(claims []Claim) []Finding {
	entries := make([]entry, 0, len(claims))
	for _, c := range claims {
		entries = append(entries, entry{Claim: c})
	}
	return w.sweep(entries)
}

// Pairs is the number of pairs of claims that share addresses, whether or not they must not.
func Pairs(claims []Claim) int {
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

// OverlapsOfCrowds is Overlaps in time and memory that grow with the number of claims, and not with that of
// the pairs: where many claims to one range are alike, only so many pairs are found that each claim is in one.
// Such findings name their Crowd. Claims of which mark returns different texts are never alike.
func (w World) OverlapsOfCrowds(claims []Claim, mark func(Claim) string) []Finding {
	return w.overlapsFrom(claims, mark, CrowdSize)
}

// overlapsFrom is OverlapsOfCrowds for crowds of more than size claims.
func (w World) overlapsFrom(claims []Claim, mark func(Claim) string, size int) []Finding {
	type place struct {
		held  netip.Prefix
		class string
	}
	entries, counts, standings := make([]entry, 0, len(claims)), map[place]int{}, map[string]string{}
	for _, c := range claims {
		e := entry{Claim: c}
		if c.crowds() {
			if _, known := standings[c.Network]; !known {
				standings[c.Network] = w.Reach.Standing(c.Network)
			}
			e.class = c.alike() + standings[c.Network] + "\n" + mark(c)
			counts[place{c.Range, e.class}]++
		}
		entries = append(entries, e)
	}
	for i, e := range entries {
		entries[i].crowded = e.class != "" && counts[place{e.Range, e.class}] > size
	}
	return w.sweep(entries)
}

// entry is a claim with its class, the same for all that are alike; "" for one that is like no other. It is
// crowded where it is one of a crowd.
type entry struct {
	Claim
	class   string
	crowded bool
}

// crowds says whether the claim can be one of a crowd.
func (c Claim) crowds() bool {
	return !c.Elsewhere && c.Allocator == "" && c.SameAs == "" && len(c.Twins) == 0 && (c.HandedOut() || c.Kind == VPC || c.Kind == Site) &&
		(c.Kind == Block || !c.HandedOut() || c.Profile != nil)
}

// alike is the same for claims that stand to others alike, wherever their networks are joined in the same way.
func (c Claim) alike() string {
	profile, from := "", ""
	if c.Profile != nil {
		profile = c.Profile.Name
	}
	if len(c.At) > 0 {
		from = c.At[0].Attr
	}
	return fmt.Sprintf("%d %s %s %q %q %q %t%t%t%t%t%t\n", c.Kind, profile, from, c.Meshes, c.Part, c.Platform,
		c.Pinned, c.Appended, c.Assumed, c.Subnetted, c.Hidden, c.Advertised)
}

// level are the claims to one range: those of crowds by class, and all others.
type level struct {
	held    netip.Prefix
	singles []Claim
	crowds  []*crowd
}

// sweep passes over the sorted claims with those around each on a stack: two prefixes share addresses only if
// one holds the other.
func (w World) sweep(entries []entry) []Finding {
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Or(cidr.Compare(a.Range, b.Range), CompareClaims(a.Claim, b.Claim)) })
	var findings []Finding
	find := func(outer, c Claim, crowd string) bool {
		v, broken := w.Between(outer, c)
		if !broken || isNodeRoute(c, outer) || isNodeRoute(outer, c) {
			return false
		}
		f := overlap(v, outer, c)
		f.Crowd = crowd
		findings = append(findings, f)
		return true
	}
	var around []*level
	for _, e := range entries {
		for len(around) > 0 && !cidr.Contains(around[len(around)-1].held, e.Range) {
			around = around[:len(around)-1]
		}
		for _, l := range around {
			for _, outer := range l.singles {
				find(outer, e.Claim, "")
			}
			for _, crowd := range l.crowds {
				crowd.meet(e.Claim, e.class, find)
			}
		}
		if len(around) == 0 || around[len(around)-1].held != e.Range {
			around = append(around, &level{held: e.Range})
		}
		around[len(around)-1].add(e)
	}
	return findings
}

func (l *level) add(e entry) {
	if !e.crowded {
		l.singles = append(l.singles, e.Claim)
		return
	}
	i := slices.IndexFunc(l.crowds, func(crowd *crowd) bool { return crowd.class == e.class })
	if i < 0 {
		i = len(l.crowds)
		l.crowds = append(l.crowds, newCrowd(e.class, e.Range))
	}
	l.crowds[i].add(e.Claim)
}
