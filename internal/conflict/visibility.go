package conflict

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// advertised begins the claims to the ranges that the network declared at a place shows to others.
func advertised(at topology.Path, ranges []netip.Prefix) []Claim {
	var claims []Claim
	for i, p := range ranges {
		claims = append(claims, Claim{Range: p, NetworkRange: NetworkRange{Visibility: SeenOutside}, At: at.Attr("advertised_cidrs").At(i)})
	}
	return claims
}

// visibility is that of the blocks of a network: joined networks see what it advertises in their place. Where it is not
// known yet whether it advertises anything, they see nothing.
func visibility(advertised []netip.Prefix, unknown topology.Unknown) Visibility {
	if len(advertised) > 0 || unknown.Has("advertised_cidrs") {
		return SeenInside
	}
	return SeenEverywhere
}

// seenOver says whether a claim counts over a link: in one network its blocks and subnets do, in others what it advertises.
func (c Claim) seenOver(link topology.Link) bool {
	if link == topology.Same {
		return c.Visibility != SeenOutside
	}
	return c.Visibility != SeenInside
}
