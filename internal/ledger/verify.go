package ledger

import (
	"cmp"
	"context"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// StateOf is what a state says of a planner.
type StateOf struct {
	Planner
	Serial  int64
	Token   string
	Entries []Entry
}

// Verified is how the ledger differs from a state.
type Verified struct {
	// Serial is that of the ledger.
	Serial int64
	// OtherToken says that the last apply was of another state. It is false where one of the two has no token.
	OtherToken  bool
	Differences []Difference
}

// DifferenceKind says what differs.
type DifferenceKind string

const (
	// NotInLedger is an entry of the state that is no claim of the ledger; Held says if it is a hold.
	NotInLedger DifferenceKind = "not in the ledger"
	// NotInState is a claim of the ledger that the state does not have.
	NotInState DifferenceKind = "not in the state"
	// OfAnother is an entry of the state that an entry of another planner excludes.
	OfAnother DifferenceKind = "of another planner"
)

// Difference is one entry on which state and ledger differ.
type Difference struct {
	Kind DifferenceKind
	Entry
	Held bool
	// By is the entry of another planner, nil for the other kinds.
	By *Other
}

// identity is what makes two entries of a planner the same one.
type identity struct {
	kind, cluster, vrf, network string
	r                           netip.Prefix
}

func (e Entry) identity() identity { return identity{e.Kind, e.Cluster, e.VRF, e.Network, e.Range} }

// Verify compares the ledger with a state. It writes nothing.
func (l *Ledger) Verify(ctx context.Context, s StateOf) (Verified, error) {
	q := Question{Planner: s.Planner}
	for _, e := range s.Entries {
		q.Ranges = append(q.Ranges, e.Range)
		if !slices.Contains(q.VRFs, e.VRF) {
			q.VRFs = append(q.VRFs, e.VRF)
		}
	}
	view, err := l.Ask(ctx, q)
	if err != nil {
		return Verified{}, err
	}
	return compare(s, view), nil
}

// compare finds the differences, by range.
func compare(s StateOf, view View) Verified {
	v := Verified{Serial: view.Serial, OtherToken: view.Token != "" && s.Token != "" && view.Token != s.Token}
	own := map[identity]Own{}
	for _, o := range view.Own {
		own[o.identity()] = o
	}
	others, kept := indexed(view.Others), KeptFrom(s.Owner, view.Others)
	in := map[identity]bool{}
	for _, e := range s.Entries {
		in[e.identity()] = true
		had, found := own[e.identity()]
		if !found && e.Kind == kindReleased && releasedAround(view.Own, e.Range) {
			continue
		}
		e.Class = cmp.Or(e.Class, had.Class, Unique)
		if !found || had.State != Claim {
			v.Differences = append(v.Differences, Difference{Kind: NotInLedger, Entry: e, Held: found})
		}
		for _, o := range others.overlapping(e.Range) {
			if excludes(o, e, s.Owner) || trespasses(o, e, kept) {
				v.Differences = append(v.Differences, Difference{Kind: OfAnother, Entry: e, By: &o})
			}
		}
	}
	for _, o := range view.Own {
		if o.State == Claim && !in[o.identity()] {
			v.Differences = append(v.Differences, Difference{Kind: NotInState, Entry: o.Entry})
		}
	}
	slices.SortStableFunc(v.Differences, func(a, b Difference) int { return a.Range.Compare(b.Range) })
	return v
}

// releasedAround says whether a released range is a claim of the planner, or inside of one: the ledger has only the outermost ones, and
// only in the VRFs in which they were used, which a state does not say.
func releasedAround(own []Own, r netip.Prefix) bool {
	return slices.ContainsFunc(own, func(o Own) bool {
		return o.Kind == kindReleased && o.State == Claim && o.Range.Bits() <= r.Bits() && o.Range.Overlaps(r)
	})
}

// excludes says whether an entry of another planner keeps one of an owner out.
func excludes(o Other, e Entry, owner string) bool {
	switch {
	case o.VRF != e.VRF || o.Class != e.Class || e.Class == Shared || e.Class == Network && o.Network != e.Network:
		return false
	case o.Kind == kindBlock && (o.Delegate == "" || o.Delegate == owner) && o.Range.Bits() <= e.Range.Bits():
		return e.Kind == kindBlock && o.Range == e.Range
	case e.Kind == kindBlock && (e.Delegate == "" || e.Delegate == o.Owner) && e.Range.Bits() <= o.Range.Bits():
		return false
	}
	return true
}

// trespasses says whether one of two entries is a block for an owner and the other one, of another domain, has addresses of it too.
// kept are the ranges that others keep from the owner of e.
func trespasses(o Other, e Entry, kept map[string]cidr.Set) bool {
	switch {
	case o.VRF != e.VRF:
		return false
	case o.Kind == kindBlock && o.Delegate != "" && e.heedsDelegation():
		return o.Range.Bits() > e.Range.Bits() || kept[e.VRF].Overlaps(e.Range)
	}
	return e.Delegate != "" && o.heedsDelegation() && (o.Owner != e.Delegate || o.Range.Bits() < e.Range.Bits())
}

// index finds entries that overlap a range.
type index struct {
	at     map[netip.Prefix][]Other
	ranges []netip.Prefix // sorted, without repetition
}

func indexed(others []Other) index {
	x := index{at: map[netip.Prefix][]Other{}}
	for _, o := range others {
		if x.at[o.Range] == nil {
			x.ranges = append(x.ranges, o.Range)
		}
		x.at[o.Range] = append(x.at[o.Range], o)
	}
	slices.SortFunc(x.ranges, netip.Prefix.Compare)
	return x
}

func (x index) overlapping(r netip.Prefix) []Other {
	var found []Other
	for bits := range r.Bits() {
		around, err := r.Addr().Prefix(bits)
		if err == nil {
			found = append(found, x.at[around]...)
		}
	}
	first, _ := slices.BinarySearchFunc(x.ranges, r, func(a, b netip.Prefix) int { return a.Addr().Compare(b.Addr()) })
	for _, inside := range x.ranges[first:] {
		if !r.Overlaps(inside) {
			break
		}
		if inside.Bits() >= r.Bits() {
			found = append(found, x.at[inside]...)
		}
	}
	return found
}
