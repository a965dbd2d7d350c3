package usage

import (
	"maps"
	"math/big"
	"net/netip"
	"slices"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// compareFacts checks how many unusable addresses each fact keeps further ranges from: the planner is asked for each unusable cell
// whether it could choose it if the fact were the only one.
func compareFacts(t *rapid.T, got Figures, o *oracle) {
	counted := map[string]*big.Int{}
	for _, f := range got.Facts {
		if f.Claim == nil {
			t.Fatalf("the platform refuses %v addresses", f.Addresses)
		}
		if f.Claim.Foreign() && len(o.request.Facts.Foreign) > 1 {
			continue // other claims in a range of another workspace can decide who may use which part of it
		}
		counted[factName(*f.Claim)] = f.Addresses
	}
	cell := new(big.Int).Lsh(bigOf(1), uint(o.family.Bits()-o.cell))
	for name, fact := range o.facts() {
		number := 0
		for at, asks := range o.unusable {
			if fact.r.Overlaps(at) && o.keepsFrom(fact.only, asks, at) {
				number++
			}
		}
		want := new(big.Int).Mul(cell, bigOf(number))
		if have, listed := counted[name]; listed != (number > 0) || listed && have.Cmp(want) != 0 {
			t.Fatalf("%s makes %v addresses unusable, want %v", name, have, want)
		}
		delete(counted, name)
	}
	if len(counted) > 0 {
		t.Fatalf("facts that are not declared: %v", counted)
	}
}

func factName(c conflict.Claim) string {
	return c.Kind.String() + " " + c.Owner + " " + c.Part + " " + c.Range.String()
}

// keepsFrom says whether some range cannot come from a cell where there are only some facts.
func (o *oracle) keepsFrom(only allocate.Request, asks []ask, cell netip.Prefix) bool {
	for _, a := range asks {
		if !o.can(only, a, cell) {
			return true
		}
	}
	return false
}

// aFact is a range of the universe that a network or another workspace has, and a request in which it is the only one in use.
type aFact struct {
	r    netip.Prefix
	only allocate.Request
}

// facts are all of them by their names.
func (o *oracle) facts() map[string]aFact {
	all := map[string]aFact{}
	add := func(name string, r netip.Prefix, edit func(*topology.Facts)) {
		if o.all.Overlaps(r) {
			only := o.withoutFacts()
			edit(&only.Facts)
			all[name+" "+r.String()] = aFact{r, only}
		}
	}
	for name, v := range o.request.Facts.VPCs {
		for _, r := range append(v.CIDRBlocks, v.IPv6CIDRBlocks...) {
			add("vpc "+name+" ", r, func(f *topology.Facts) {
				bare := f.VPCs[name]
				bare.CIDRBlocks, bare.IPv6CIDRBlocks = v.CIDRBlocks, v.IPv6CIDRBlocks
				f.VPCs[name] = bare
			})
		}
		for part, route := range v.Routes {
			add("route "+name+" "+part, route.Destination, func(f *topology.Facts) {
				bare := f.VPCs[name]
				bare.Routes = v.Routes
				f.VPCs[name] = bare
			})
		}
	}
	for name, site := range o.request.Facts.Sites {
		for _, r := range site.CIDRBlocks {
			add("site "+name+" ", r, func(f *topology.Facts) { f.Sites[name] = site })
		}
	}
	kinds := map[string]string{
		topology.ForeignKept: conflict.GrowthReserve.String(), topology.ForeignExisting: conflict.Existing.String(),
		topology.ForeignReleased: conflict.Released.String(),
	}
	for name, foreign := range o.request.Facts.Foreign {
		if len(o.request.Facts.Foreign) > 1 {
			continue
		}
		kind, other := kinds[foreign.Kind]
		if !other {
			kind = foreign.Kind
		}
		add(kind+" "+foreign.Owner+" ", foreign.CIDR, func(f *topology.Facts) { f.Foreign[name] = foreign })
	}
	return all
}

// withoutFacts is the request with nothing in use in the universe: its networks are connected as before, and have other ranges.
func (o *oracle) withoutFacts() allocate.Request {
	r := o.request
	r.Prior, r.Existing = nil, nil
	r.Facts.Clusters, r.Facts.Reserved = map[string]topology.Cluster{}, nil
	r.Facts.Foreign, r.Facts.Sites = map[string]topology.Foreign{}, map[string]topology.Site{}
	for name, site := range o.request.Facts.Sites {
		site.CIDRBlocks = prefixes("192.168.128.0/24")
		r.Facts.Sites[name] = site
	}
	r.Facts.VPCs = maps.Clone(r.Facts.VPCs)
	for name, v := range r.Facts.VPCs {
		v.CIDRBlocks, v.IPv6CIDRBlocks, v.Routes = o.elsewhere(v.CIDRBlocks), o.elsewhere(v.IPv6CIDRBlocks), nil
		r.Facts.VPCs[name] = v
	}
	return r
}

// elsewhere are ranges with others in place of those in the universe.
func (o *oracle) elsewhere(ranges []netip.Prefix) []netip.Prefix {
	all := slices.Clone(ranges)
	for i, r := range ranges {
		switch {
		case !o.all.Overlaps(r):
		case cidr.FamilyOf(r) == cidr.V6:
			all[i] = prefix("fd90::/56")
		default:
			all[i] = prefix("192.168.0.0/24")
		}
	}
	return all
}
