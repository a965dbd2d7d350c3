package allocate

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// demand is one range that is still to be chosen, for a cluster or a block.
type demand struct {
	// owner is the name of the cluster or block.
	owner string
	// claims are those that the range will make: that of the owner, and those of its mirrors.
	claims []conflict.Claim
	length int
	family cidr.Family
	// podLength is the prefix length of the Pod range where the demand is for a growth reserve with a Pod range in it, 0 elsewhere.
	podLength int
	// reserve is the growth reserve that a further Pod range comes from if it has room.
	reserve netip.Prefix
}

// claim is the claim that the range will make for its owner.
func (d demand) claim() conflict.Claim { return d.claims[0] }

// rangeLength is the prefix length that the rules of the platform are for.
func (d demand) rangeLength() int { return cmp.Or(d.podLength, d.length) }

// sortDemands puts demands into an order that depends on nothing but themselves, the largest first.
func sortDemands(demands []demand) {
	slices.SortFunc(demands, func(a, b demand) int {
		return cmp.Or(
			cmp.Compare(a.family, b.family), cmp.Compare(a.length, b.length), cmp.Compare(a.claim().Kind, b.claim().Kind),
			cmp.Compare(a.owner, b.owner),
		)
	})
}

// separation is what decides which claims a new range must be disjoint from.
func (p *planner) separation() separation {
	return separation{
		world: p.world, facts: p.request.Facts, supernets: p.supernets,
		sharedPods: p.request.SharedPods, sharedServices: p.request.SharedServices,
	}
}

// demand notes that a cluster or block needs a range of a length, and says whether it does.
func (p *planner) demand(name string, prof *profile.Profile, kind conflict.Kind, length int, family cidr.Family) bool {
	if length == 0 {
		return false
	}
	claims := p.claimsWithMirrors(p.claimant(name, prof).demandClaim(kind))
	p.demands = append(p.demands, demand{owner: name, claims: claims, length: length, family: family})
	return true
}
