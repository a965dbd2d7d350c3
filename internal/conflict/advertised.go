package conflict

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// advertised begins the claims to the ranges that the network declared at a place shows to others.
func advertised(at topology.Path, ranges []netip.Prefix) []Claim {
	var claims []Claim
	for i, p := range ranges {
		claims = append(claims, Claim{Range: p, Advertised: true, At: at.Attr("advertised_cidrs").At(i)})
	}
	return claims
}

// hides says whether others see something else of a network than its blocks, or it is not known yet
// what they see.
func hides(advertised []netip.Prefix, unknown topology.Unknown) bool {
	return len(advertised) > 0 || unknown.Has("advertised_cidrs")
}

// seenOver says whether a claim counts over a link: at home the blocks and subnets of a network do,
// elsewhere what it advertises in their place.
func (c Claim) seenOver(link topology.Link) bool {
	if link == topology.Same {
		return !c.Advertised
	}
	return !c.Hidden
}
