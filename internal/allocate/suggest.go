package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// maxParties is the number of parties of a sample of equal conflicts that ranges are suggested for, and maxSuggested the number of
// ranges for a party.
const (
	maxParties   = 64
	maxSuggested = 3
)

// suggestion are free ranges for a party of findings.
type suggestion struct {
	claim conflict.Claim
	// near and length are what they are to be near to, and their prefix length; free is where they come from where that is
	// not around the range of the claim.
	near   netip.Prefix
	free   *cidr.Space
	length int
	// shared says that other parties can be offered parts of the same range, since it contains theirs.
	shared bool
	ranges []netip.Prefix
}

// withFreeRanges returns findings with the nearest free ranges for their parties. claims are all ranges in use. No address is suggested
// to two parties, so that the suggestions of all messages can be followed together: first each party gets a range, and then further ones.
func withFreeRanges(in *inputs, claims []conflict.Claim, findings []conflict.Finding) []conflict.Finding {
	all, order := map[conflict.ID]*suggestion{}, []*suggestion{}
	parties, alone := map[string]int{}, codesAlone(findings)
	var nearby *freeNearby // nil as long as nobody needs it
	add := func(c conflict.Claim, f conflict.Finding) {
		if !canMove(c) {
			return
		}
		if _, known := all[c.ID()]; known {
			return
		}
		if parties[f.Sample]++; f.Sample != "" && parties[f.Sample] > maxParties {
			return
		}
		if nearby == nil {
			nearby = newFreeNearby(in, claims)
		}
		s := nearby.suggestionFor(c, alone[c.ID()], len(order) < maxParties)
		if s != nil {
			order = append(order, s)
		}
		all[c.ID()] = s
	}
	for _, f := range findings {
		if !suggestable(f) {
			continue
		}
		add(f.A, f)
		if f.B != nil && f.B.Fixed() {
			add(*f.B, f)
		}
	}
	if nearby == nil {
		return findings
	}
	nearby.offer(order)
	out := slices.Clone(findings)
	for i, f := range findings {
		if !suggestable(f) {
			continue
		}
		if s := all[f.A.ID()]; s != nil && (f.A.Part == "" || f.A.Kind == conflict.Other) {
			out[i].FreeRanges = s.ranges
		}
		if f.B != nil && all[f.B.ID()] != nil {
			out[i].OtherFreeRanges = all[f.B.ID()].ranges
		}
	}
	return out
}

// canMove says whether another range can be suggested for a claim: it is the whole range of a cluster or block of this workspace, or one
// that a cluster uses beside Pods and Services.
func canMove(c conflict.Claim) bool {
	if c.Kind == conflict.Other {
		return !c.Foreign()
	}
	return c.OfClusterOrBlock() && !c.Foreign() && c.Part == "" && c.Range.IsValid()
}

// suggestable says whether a finding is one that another range resolves.
func suggestable(f conflict.Finding) bool { return f.Number.Unit == "" && f.Accepted == nil }

// offer gives each suggestion a range, and as long as there are few of them further ones.
func (n *freeNearby) offer(order []*suggestion) {
	rounds := 1
	if len(order) <= maxParties {
		rounds = maxSuggested
	}
	for range rounds {
		for _, s := range order {
			if r := n.next(s); r.IsValid() {
				s.ranges = append(s.ranges, r)
				if s.shared {
					s.free.Remove(r)
				} else {
					n.around.Offer(r)
				}
			}
		}
	}
}

// next is the nearest range that nobody was offered, the zero Prefix where there is none.
func (n *freeNearby) next(s *suggestion) netip.Prefix {
	if s.free == nil {
		return first(n.nearest(s.claim))
	}
	for _, taken := range n.around.Offered() {
		if !s.shared {
			s.free.Remove(taken)
		}
	}
	r, _ := s.free.Nearest(s.near, s.length)
	return r
}

// codesAlone are the rules that claims break by themselves, by claim.
func codesAlone(findings []conflict.Finding) map[conflict.ID][]string {
	codes := map[conflict.ID][]string{}
	for _, f := range findings {
		if f.B == nil && f.Number.Unit == "" && f.Accepted == nil {
			codes[f.A.ID()] = append(codes[f.A.ID()], f.Code)
		}
	}
	return codes
}

// suggestionFor returns where ranges for a party come from that breaks some rules of the platform by itself, nil where none
// is free. With others, such ranges are replaced by ones of another prefix length, or outside of the supernets.
func (n *freeNearby) suggestionFor(c conflict.Claim, broken []string, others bool) *suggestion {
	if c.Kind == conflict.Other {
		return n.suggestionForOther(c)
	}
	keeps := func(r netip.Prefix) bool {
		moved := c
		moved.Range = r
		return r.IsValid() &&
			!slices.ContainsFunc(
				conflict.Ranges([]conflict.Claim{moved}),
				func(again conflict.Finding) bool { return slices.Contains(broken, again.Code) },
			)
	}
	if near := first(n.nearest(c)); keeps(near) {
		return &suggestion{claim: c}
	}
	if len(broken) == 0 || !others {
		return nil
	}
	family, taken := cidr.FamilyOf(c.Range), n.takenByOthers(c)
	for i, from := range [][]netip.Prefix{n.request.supernetsOf(c, family), privateRanges} {
		if i > 0 && c.Kind == conflict.Block {
			break
		}
		for _, length := range lengthsFrom(c.Range) {
			s := suggestion{claim: c, near: c.Range, length: length}
			s.free = cidr.NewSpace(conflict.AllowedRanges(c, length, family, from).Minus(taken))
			if i > 0 && slices.ContainsFunc(broken, wrongPlace) { // not near to what is refused
				s.near, _ = s.free.Fit(length, family)
			}
			if r, ok := nearestOf(s); ok && keeps(r) {
				return &s
			}
		}
	}
	return nil
}

func wrongPlace(code string) bool {
	return conflict.InForbiddenRange(code) || conflict.OutsideAllowedRange(code)
}

func nearestOf(s suggestion) (r netip.Prefix, ok bool) {
	if !s.near.IsValid() {
		return r, false
	}
	return s.free.Nearest(s.near, s.length)
}

// takenByOthers is what is in use by other claims that one must avoid, and those that have the very same ranges, and what the ledger keeps
// from all others.
func (n *freeNearby) takenByOthers(c conflict.Claim) cidr.Set {
	others := slices.DeleteFunc(slices.Clone(n.claims), func(other conflict.Claim) bool { return other.ID() == c.ID() })
	avoiding := n.claimsWithMirrors(c)
	return n.separation().taken(others, avoiding).Union(cidr.NewSet(n.elsewhere.in(n.request.vrfsOf(avoiding))...))
}

// PrivateRanges are the ranges from which options propose some outside the supernets.
func PrivateRanges() []netip.Prefix { return slices.Clone(privateRanges) }

// privateRanges are what clusters may have where no supernet has room that the platform accepts.
var privateRanges = append(cidr.PrivateIPv4(), netip.MustParsePrefix("fc00::/7"))

// lengthsFrom are all prefix lengths, to be tried in place of that of a range: its own one, and then the nearest first.
func lengthsFrom(r netip.Prefix) []int {
	lengths := []int{r.Bits()}
	for d := 1; d < r.Addr().BitLen(); d++ {
		if r.Bits()-d > 0 {
			lengths = append(lengths, r.Bits()-d)
		}
		if r.Bits()+d <= r.Addr().BitLen() {
			lengths = append(lengths, r.Bits()+d)
		}
	}
	return lengths
}
