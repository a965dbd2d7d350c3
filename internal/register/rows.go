package register

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Claim is a claim as it travels. Claims without a range have no row.
type Claim = topology.Foreign

// Free is the kind of rows that are free: what is left of a supernet.
const Free = "free"

// Row is a range with what it is used for.
type Row struct {
	VRF  string
	CIDR netip.Prefix
	// Kind is that of the claim, or Free.
	Kind string
	// Owner of a free row is the allocator that may allocate it.
	Owner, Network, Allocator, Profile string
	Hubs                               []string
	Description                        string
	Labels                             map[string]string
}

// Rows are the register of some claims, sorted by VRF and address. Ranges of clusters and released ranges are
// a row each. Supernets, blocks and what is kept or reserved are rows as far as nothing else is in them, so
// that each address of a supernet is in one row, as long as no two clusters have it.
func Rows(claims map[string]Claim) []Row {
	o := order(sorted(claims))
	var rows []Row
	for i, c := range o.claims {
		for _, left := range o.left(i) {
			rows = append(rows, rowOf(c, left))
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.VRF, b.VRF), cidr.Compare(a.CIDR, b.CIDR))
	})
	return rows
}

// sorted are the claims that have a range, each once.
func sorted(claims map[string]Claim) []Claim {
	var all []Claim
	for _, c := range claims {
		if c.CIDR.IsValid() {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, compareClaims)
	return slices.CompactFunc(all, func(a, b Claim) bool { return compareClaims(a, b) == 0 })
}

func rowOf(c Claim, left netip.Prefix) Row {
	r := Row{
		VRF: c.VRF, CIDR: left, Kind: cmp.Or(c.Kind, topology.ForeignBlock), Owner: c.Owner, Network: c.Network,
		Allocator: c.Allocator, Profile: c.Profile, Hubs: c.Hubs, Description: describedUse(c), Labels: c.Labels,
	}
	if c.Kind == topology.ForeignSupernet {
		r.Kind = Free
	}
	return r
}

// describedUse is the description of a claim. The description of an other range of a cluster begins with the name of its use, since
// registers have no column for it.
func describedUse(c Claim) string {
	if c.Use == "" || c.Description == "" {
		return cmp.Or(c.Use, c.Description)
	}
	return c.Use + ": " + c.Description
}

// around says whether other claims may be inside the range of a claim.
func around(c Claim) bool {
	return depths[c.Kind] < inUse
}

// ordered are claims in the order of compareClaims, with what says how deep those are that may be around others.
type ordered struct {
	claims []Claim
	depth  []int
	// outer is the nearest claim before each that contains its range, -1 where none does.
	outer []int
}

// depths are those of claims by kind, the outer ones first; blocks and reserved ranges have depth 0. A supernet that is delegated
// is the outermost.
const (
	outermost = -1
	inUse     = 3
)

var depths = map[string]int{
	topology.ForeignSupernet: 1, topology.ForeignKept: 2,
	topology.ForeignPod: inUse, topology.ForeignService: inUse, topology.ForeignOther: inUse,
	topology.ForeignExisting: inUse, topology.ForeignReleased: inUse,
}

// order finds out how deep claims of one range are: the outermost supernet, a block or reserved range that is delegated, the
// supernets made of it, growth reserves of clusters.
func order(claims []Claim) ordered {
	type place struct {
		allocator string
		cidr      netip.Prefix
	}
	delegated := map[place]bool{}
	for _, c := range claims {
		if around(c) && c.Kind != topology.ForeignSupernet && c.Kind != topology.ForeignKept {
			delegated[place{c.Allocator, c.CIDR}] = true
		}
	}
	o := ordered{claims, make([]int, len(claims)), make([]int, len(claims))}
	for i, c := range claims {
		o.depth[i] = depths[c.Kind]
		if c.Kind == topology.ForeignSupernet && delegated[place{c.Allocator, c.CIDR}] {
			o.depth[i] = outermost
		}
		o.outer[i] = i - 1
		for o.outer[i] >= 0 && !cidr.Contains(claims[o.outer[i]].CIDR, c.CIDR) {
			o.outer[i] = o.outer[o.outer[i]]
		}
	}
	return o
}

// left are the addresses of a claim that belong to no other claim. Those of a range in use never belong to another one, even where it
// is wider.
func (o ordered) left(of int) []netip.Prefix {
	claim := o.claims[of]
	if claim.Kind != topology.ForeignReleased && !around(claim) {
		return []netip.Prefix{claim.CIDR}
	}
	var taken []netip.Prefix
	take := func(i int) {
		if o.takes(i, of) {
			taken = append(taken, o.claims[i].CIDR)
		}
	}
	for i := o.outer[of]; i >= 0; i = o.outer[i] {
		take(i)
	}
	for i := of + 1; i < len(o.claims) && cidr.Contains(claim.CIDR, o.claims[i].CIDR); i++ {
		take(i)
	}
	return cidr.NewSet(claim.CIDR).Minus(cidr.NewSet(taken...)).Prefixes()
}

// takes says whether addresses that two claims share belong to the first one.
func (o ordered) takes(i, of int) bool {
	inner, outer := &o.claims[i], &o.claims[of]
	inside := cidr.Contains(outer.CIDR, inner.CIDR) && o.deeper(i, of)
	if outer.Kind == topology.ForeignReleased {
		// The growth reserve of a cluster stays released together with the ranges in it.
		return inner.Kind == outer.Kind && inner.Owner == outer.Owner && inner.Allocator == outer.Allocator && inner.VRF == outer.VRF &&
			inside
	}
	return inner.VRF == outer.VRF && (!around(*inner) || inside)
}

// deeper says whether the first of two claims is inside the second.
func (o ordered) deeper(i, j int) bool {
	return cmp.Or(cmp.Compare(o.claims[i].CIDR.Bits(), o.claims[j].CIDR.Bits()), cmp.Compare(o.depth[i], o.depth[j]), cmp.Compare(i, j)) > 0
}

// compareClaims orders claims by all that a row shows of them.
func compareClaims(a, b Claim) int {
	if order := cmp.Or(cidr.Compare(a.CIDR, b.CIDR), cmp.Compare(a.VRF, b.VRF)); order != 0 {
		return order // without the texts of the labels
	}
	return cmp.Or(
		cmp.Compare(a.Allocator, b.Allocator),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Owner, b.Owner),
		cmp.Compare(a.Network, b.Network),
		cmp.Compare(a.Profile, b.Profile),
		cmp.Compare(a.Description, b.Description),
		cmp.Compare(labelled(a.Labels), labelled(b.Labels)),
		slices.Compare(a.Hubs, b.Hubs),
	)
}
