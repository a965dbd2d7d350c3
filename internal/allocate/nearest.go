package allocate

import (
	"fmt"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/placement"
)

// freeNearby finds free ranges near to the range of a claim that has to move.
type freeNearby struct {
	*inputs
	// claims are all in use, around has the same ranges.
	claims []conflict.Claim
	around *placement.Neighborhood
	// elsewhere are the ranges that the ledger keeps from all others.
	elsewhere takenElsewhere
	rooms     map[string]cidr.Set
}

func newFreeNearby(in *inputs, claims []conflict.Claim) *freeNearby {
	used := make([]netip.Prefix, len(claims))
	for i, c := range claims {
		used[i] = c.Range
	}
	return &freeNearby{
		inputs: in, claims: claims, around: placement.NewNeighborhood(used), elsewhere: in.request.Ledger.takenBeside(nil),
		rooms: map[string]cidr.Set{},
	}
}

// nearest are the free ranges nearest to the one of a claim, and as large: up to placement.MaxNearest of them.
func (n *freeNearby) nearest(c conflict.Claim) []netip.Prefix {
	claims, apart := n.claimsWithMirrors(c), n.separation()
	return n.around.Nearest(n.roomOf(c), c.Range, func(used int) bool { return apart.anyAvoids(claims, n.claims[used]) })
}

// roomOf is what a claim may be moved to where nothing is in use but what the ledger says.
func (n *freeNearby) roomOf(c conflict.Claim) cidr.Set {
	length, family, claims := c.Range.Bits(), cidr.FamilyOf(c.Range), n.claimsWithMirrors(c)
	vrfs := n.request.vrfsOf(claims)
	of := fmt.Sprintln(c.LimitsKey(), c.Kind, length, family, n.request.poolOf(c), vrfs, otherUsesKey(claims))
	room, known := n.rooms[of]
	if !known {
		room = n.request.room(claims, length, family)
		if taken := n.elsewhere.in(vrfs); len(taken) > 0 {
			room = room.Minus(cidr.NewSet(taken...))
		}
		n.rooms[of] = room
	}
	return room
}
