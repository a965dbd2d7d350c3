package usage

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Survey knows what the supernets of an allocator or of blocks are used for.
type Survey struct {
	request allocate.Request
	inUse   *allocate.InUse
	// claims are all but those to supernets of the request, in the order of CompareClaims.
	claims []conflict.Claim
	// further are the ranges that may be demanded. avoided says whether further range i and claim j must be disjoint: avoided[i][j].
	further []further
	avoided [][]bool
	// networks has the lists of FreeIn and NotIn by which of the further ranges are free.
	networks map[string]spanNetworks
	// alike is how many further clusters like one have room, by what these declare.
	alike map[string]*allocate.More
}

// further is a range that a further cluster may demand.
type further struct {
	pool  string
	claim conflict.Claim
	*origin
}

// origin is where further ranges of a kind, family and profile from a pool can come from, beside the same other ranges of their cluster.
type origin struct {
	family cidr.Family
	// area are the supernets; for Services those that no Pod range of the pool can come from.
	area cidr.Set
	// accepted is what the platform accepts of the area for ranges of any length, refused what it does not accept for those of each
	// length.
	accepted cidr.Set
	refused  []cidr.Set
}

func newOrigin(area cidr.Set, supernets []netip.Prefix, c conflict.Claim, family cidr.Family) *origin {
	o, taken := &origin{family: family, area: area}, cidr.NewSet(c.TakenByOwner(family)...)
	var accepted []netip.Prefix
	for length := range family.Bits() + 1 {
		allowed := conflict.AllowedRanges(c, length, family, supernets).Intersect(area).Minus(taken)
		accepted = append(accepted, allowed.Prefixes()...)
		o.refused = append(o.refused, area.Minus(allowed))
	}
	o.accepted = cidr.NewSet(accepted...)
	return o
}

// New surveys the supernets of a request. Its Prior says what is held, as after a plan. faults are what makes the request unusable.
func New(r allocate.Request, catalog *profile.Catalog) (*Survey, []topology.Fault) {
	inUse, faults := allocate.NewInUse(r, catalog)
	if inUse == nil {
		return nil, faults
	}
	s := &Survey{request: r, inUse: inUse, networks: map[string]spanNetworks{}, alike: map[string]*allocate.More{}}
	for _, c := range inUse.Claims() {
		if own := c.Kind == conflict.Supernet && !c.Foreign(); !own && c.Range.IsValid() {
			s.claims = append(s.claims, c)
		}
	}
	slices.SortStableFunc(s.claims, conflict.CompareClaims)
	for _, pool := range s.Pools() {
		s.addFurther(pool)
	}
	for _, f := range s.further {
		row := make([]bool, len(s.claims))
		for i, c := range s.claims {
			row[i] = inUse.Avoids(f.claim, c)
		}
		s.avoided = append(s.avoided, row)
	}
	return s, nil
}

// Unknown says whether facts are not known yet that can change what is in use.
func (s *Survey) Unknown() bool { return len(s.inUse.Unknown()) > 0 }

// Pools are the names of the pools, sorted; the first one is "", for clusters that name no pool.
func (s *Survey) Pools() []string {
	return append([]string{""}, slices.Sorted(maps.Keys(s.request.Pools))...)
}

// Supernets are those of some pools, or of all pools where none is named, each once: in the order of Compare. Some can be a part of
// others: a range for Services alone of one for both.
func (s *Survey) Supernets(pools ...string) []netip.Prefix {
	if len(pools) == 0 {
		return s.request.AllSupernets()
	}
	r := allocate.Request{Pools: map[string]allocate.Pool{}}
	for _, name := range pools {
		r.Pools[name] = s.Pool(name)
	}
	return r.AllSupernets()
}

// Pool are the supernets of a pool, of clusters that name no pool with "".
func (s *Survey) Pool(name string) allocate.Pool {
	if name == "" {
		return allocate.Pool{Supernets: s.request.Supernets, ServiceSupernets: s.request.ServiceSupernets}
	}
	return s.request.Pools[name]
}

// addFurther notes which ranges may be demanded from the supernets of a pool: Pod ranges, and Service ranges where no Pod range can come
// from.
func (s *Survey) addFurther(name string) {
	pool := s.Pool(name)
	services := pool.ServiceSupernets
	if len(services) == 0 {
		services = pool.Supernets
	}
	for _, family := range []cidr.Family{cidr.V4, cidr.V6} {
		pods := s.addKind(name, conflict.Pod, family, pool.Supernets, cidr.Set{})
		if !s.request.OfBlocks {
			s.addKind(name, conflict.Service, family, services, pods)
		}
	}
}

// addKind notes the ranges of a kind and family that may be demanded from some supernets, without an area that is for others. It
// returns the area that they can come from.
func (s *Survey) addKind(pool string, kind conflict.Kind, family cidr.Family, supernets []netip.Prefix, without cidr.Set) cidr.Set {
	from := slices.DeleteFunc(slices.Clone(supernets), func(p netip.Prefix) bool { return cidr.FamilyOf(p) != family })
	area := cidr.NewSet(from...).Minus(without)
	if area.IsEmpty() {
		return area
	}
	all, origins := s.inUse.Further(pool, kind, family), map[string]*origin{}
	for _, claim := range all {
		of := claim.LimitsKey() + "\n" + claim.OtherUsesKey()
		if origins[of] == nil {
			origins[of] = newOrigin(area, from, claim, family)
		}
		s.further = append(s.further, further{pool, claim, origins[of]})
	}
	if len(all) == 0 {
		return cidr.Set{}
	}
	return area
}
