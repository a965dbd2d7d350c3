package conflict

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// decisiveAttributes of a foreign claim have to be known to compare it.
var decisiveAttributes = []string{"kind", "use", "network", "vrf", "allocator", "profile"}

// foreignClaims are the claims of other workspaces, each once however often it is given. Claims that cannot be compared yet
// are left out.
func foreignClaims(f topology.Facts, catalog *profile.Catalog) []Claim {
	type claimed struct {
		ID
		network string
	}
	var claims []Claim
	if len(f.Foreign) == 0 {
		return nil
	}
	known, unnamed := map[claimed]int{}, catalog.Unnamed()
	for _, key := range slices.Sorted(maps.Keys(f.Foreign)) {
		given := f.Foreign[key]
		if given.Owner == "" || slices.ContainsFunc(decisiveAttributes, given.Unknown.Has) {
			continue
		}
		c := foreignClaim(given, catalog, unnamed)
		id := claimed{c.ID(), ""}
		if c.At = placeOfForeign(key, given); c.Kind != Supernet { // which is one for all its VRFs
			c.Network = f.Home(given)
			id.network = c.Network
		}
		i, again := known[id]
		switch {
		case !again:
			known[id] = len(claims)
			claims = append(claims, c)
		case c.Kind == Supernet && !slices.Contains(claims[i].VRFs, given.VRF):
			claims[i].VRFs = append(claims[i].VRFs, given.VRF)
		}
	}
	return claims
}

// placeOfForeign is where a claim comes from: foreign_claims, or an owner of a ledger.
func placeOfForeign(key string, given topology.Foreign) topology.Path {
	if given.Ledger != "" {
		return topology.Path{}.Attr("ledger").Key(given.Ledger)
	}
	return topology.Path{}.Attr("foreign_claims").Key(key)
}

// foreignClaim makes a claim of another workspace comparable. A cluster without a known profile has unnamed.
func foreignClaim(given topology.Foreign, catalog *profile.Catalog, unnamed *profile.Profile) Claim {
	c := Claim{
		Owner: given.Owner, Kind: Block, Range: given.CIDR, About: given.About, Source: OtherWorkspace, Holder: given.Allocator,
		Unplaced: !given.Placed(), HeldUntil: given.HeldUntil, Ledger: given.Ledger, Delegation: given.Delegation,
	}
	if given.Here {
		c.Source = OtherPlanner
	}
	switch given.Kind {
	case topology.ForeignReserved:
		c.Kind = Reserved
	case topology.ForeignExisting:
		c.Kind = Existing
	case topology.ForeignPod, topology.ForeignService:
		c.Kind = Pod
		if given.Kind == topology.ForeignService {
			c.Kind = Service
		}
		p, known := catalog.Profile(given.Profile)
		if !known {
			p = unnamed
		}
		c.Profile, c.Meshes = p, given.Meshes
	case topology.ForeignOther:
		c.Kind, c.Part, c.Profile = Other, given.Use, withRoutedUse(given, catalog, unnamed)
	case topology.ForeignSupernet:
		c.Kind, c.VRFs = Supernet, []string{given.VRF}
	case topology.ForeignKept:
		c.Kind, c.Meshes = GrowthReserve, given.Meshes
	case topology.ForeignReleased:
		c.Kind = Released
	}
	return c
}

// isCompared says whether two claims, given in the order of their kinds, are compared here. Claims of two other workspaces, or
// of one with facts of this configuration, are left to an audit.
func (w World) isCompared(a, b Claim) bool {
	switch {
	case !a.Foreign() && !b.Foreign():
		return b.Kind != Supernet
	case a.holder() == b.holder():
		return false // that allocator looks after it
	case b.Kind == Supernet:
		return a.Kind == Supernet && (w.AmongForeign || !a.Foreign() || !b.Foreign())
	case w.AmongForeign:
		return true
	case a.Foreign() && b.Foreign():
		return false
	case a.Foreign():
		return b.OfClusterOrBlock() || b.Kind == GrowthReserve || b.Kind == Other
	}
	return a.OfClusterOrBlock() || a.Kind == Other
}

// supernets checks that two allocators do not allocate from the same addresses, unless one delegated them to the other. In one
// configuration, a ConfigCheck compares what they allocate.
func (w World) supernets(a, b Claim) Violation {
	if a.Source == OtherPlanner || b.Source == OtherPlanner {
		return Violation{}
	}
	shared := func(vrf string) bool { return slices.Contains(b.VRFs, vrf) }
	if !slices.ContainsFunc(a.VRFs, shared) || slices.Contains(a.Delegations, b.holder()) || slices.Contains(b.Delegations, a.holder()) {
		return Violation{}
	}
	return Violation{Code: sameSupernet, Rule: supernetRule}
}

// sameSupernet is the code of two allocators that allocate from the same addresses.
const sameSupernet = "supernet_overlaps_foreign_supernet"

var supernetRule = rules.Everywhere("shared_supernet")

var foreignRule, foreignReservedOtherRule = rules.Everywhere("foreign"), rules.Everywhere("foreign_reserved_other")

// withForeignReservation keeps clusters and blocks of this workspace out of ranges that other workspaces reserve, released or
// use otherwise, and clusters and blocks of other workspaces out of growth reserves and blocks of this workspace. If it is not
// known where such a range is used, the rule holds for its whole VRF.
func (w World) withForeignReservation(a, b Claim) Violation {
	network := b.ComparedIn()
	link, through := w.Reach.Between(a.Network, network)
	placed := a.networkKnown() && b.networkKnown()
	switch {
	case !heldFor(a, b):
		return Violation{}
	case !w.Reach.SameVRF(a.Network, network) || placed && link == topology.Apart:
		if b.Kind == GrowthReserve {
			return w.growthReserveOfMesh(a, b)
		}
		return Violation{}
	case slices.Contains(a.Delegations, b.holder()) || slices.Contains(b.Delegations, a.holder()):
		return Violation{}
	}
	v := heldByForeign(a, b)
	if !placed {
		return v // nothing that joins networks is why
	}
	return v.over(link, through)
}

// heldFor says whether the first of two claims, in the order of their kinds, must stay out of the range of the second one if networks reach
// both. Of ranges beside Pods and Services these are those that networks route; two of them may be the same where the rules of their uses
// let them in one network.
func heldFor(a, b Claim) bool {
	switch {
	case !a.Occupies() || b.Kind.Reservation() && b.Kind != GrowthReserve && !b.Foreign():
		return false
	case a.Kind == Other && b.Kind == Other:
		return b.Routed() && sameNetworkRule(a, b).Broken()
	}
	return b.Kind != Other || b.Routed()
}

// heldByForeign is the rule that keeps two claims, in the order of their kinds, apart. At least one is of another planner.
func heldByForeign(a, b Claim) Violation {
	v := Violation{Code: a.Kind.String() + "_overlaps_foreign_block", Rule: foreignRule}
	if a.Source == OtherPlanner || b.Source == OtherPlanner {
		v.Rule = acrossRule
	}
	switch {
	case a.Kind == Other && b.Kind == Reserved:
		v.Rule = foreignReservedOtherRule
	case b.Kind == GrowthReserve:
		return Violation{Code: a.Kind.String() + "_overlaps_aggregate", Rule: growthReserveRule}
	case b.Kind == Released:
		return Violation{Code: a.Kind.String() + "_overlaps_released", Rule: releasedRule}
	case !b.Foreign() && b.Kind == Block:
		v.Code = "block_overlaps_foreign_" + a.Kind.String()
	case !b.Foreign() && b.Kind == Other:
		v.Code = b.Kind.String() + "_overlaps_foreign_block"
	}
	return v
}

// networkKnown says whether it is known in which network the range is used, or would be used. A block of this configuration has no
// network.
func (c Claim) networkKnown() bool {
	if c.Foreign() {
		return !c.Unplaced
	}
	return c.ComparedIn() != "" && c.Kind != Block
}

// WithSupernets adds the supernets of an allocator to the claims that are compared with claims of other workspaces, and notes
// delegations. Without such claims nothing is added; nor is it for an allocator without a name, as in an audit.
func WithSupernets(claims []Claim, allocator string, supernets []netip.Prefix, f topology.Facts) []Claim {
	if !slices.ContainsFunc(claims, func(c Claim) bool { return c.Foreign() }) {
		return claims
	}
	if allocator == "" {
		supernets = nil
	}
	vrfs, _ := f.VRFs()
	for _, supernet := range supernets {
		claims = append(claims, Claim{Owner: allocator, Kind: Supernet, Range: supernet, VRFs: vrfs, At: topology.Path{}.Attr("supernets")})
	}
	delegate(claims)
	return claims
}

// delegate notes which supernets were delegated: those that are in a block or reserved range of another holder. Such a block
// is no obstacle to the allocator that it is for, nor are the ranges of that allocator to the block. The claims are changed in
// place.
func delegate(claims []Claim) {
	blocks := containing{at: map[netip.Prefix][]int{}}
	for i, c := range claims {
		if (c.Kind == Block || c.Kind == Reserved) && c.Range.IsValid() {
			blocks.add(c.Range, i)
		}
	}
	for i := range claims {
		if claims[i].Kind != Supernet || !claims[i].Range.IsValid() {
			continue
		}
		supernet := &claims[i]
		for _, b := range blocks.of(supernet.Range) {
			block := &claims[b]
			if supernet.holder() != block.holder() {
				supernet.Delegations = withName(supernet.Delegations, block.holder())
				block.Delegations = withName(block.Delegations, supernet.holder())
			}
		}
	}
}

// withName is a list with a name in it once.
func withName(list []string, name string) []string {
	if slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

// containing finds the places of ranges that contain another one.
type containing struct {
	at map[netip.Prefix][]int
	// lengths are the prefix lengths of the ranges.
	lengths [129]bool
}

func (c *containing) add(r netip.Prefix, place int) {
	c.at[r] = append(c.at[r], place)
	c.lengths[r.Bits()] = true
}

// of are the places of the ranges that contain r, those of the widest ones first.
func (c *containing) of(r netip.Prefix) []int {
	var places []int
	for bits, used := range c.lengths[:r.Bits()+1] {
		if used {
			places = append(places, c.at[netip.PrefixFrom(r.Addr(), bits).Masked()]...)
		}
	}
	return places
}
