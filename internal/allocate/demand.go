package allocate

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

// demand is one range that is still to be chosen, for a cluster or a block.
type demand struct {
	// owner is the name of the cluster or block.
	owner string
	// key names the demand where a ledger holds ranges; see demandKey.
	key string
	// claims are those that the range will make: that of the owner, and those of its mirrors.
	claims []conflict.Claim
	length int
	family cidr.Family
	// podLength is the prefix length of the Pod range where the demand is for a growth reserve with a Pod range in it, 0 elsewhere.
	podLength int
	// before is the number of ranges of the kind and family that the cluster has already, for a further one.
	before int
	// beside says that the configuration gives further ranges of the kind and family to a cluster whose first one is still to be chosen.
	beside bool
	// extends is the Pod range that the range contains and takes the place of, invalid for other demands.
	extends netip.Prefix
	// reserve is the growth reserve that a further Pod range comes from if it has room.
	reserve netip.Prefix
}

// claim is the claim that the range will make for its owner.
func (d demand) claim() conflict.Claim { return d.claims[0] }

// need is the argument that asks for a further range.
func (d demand) need() string {
	if d.claim().Kind == conflict.Service {
		return "max_services"
	}
	return "max_nodes"
}

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
