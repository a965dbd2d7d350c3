package profile

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// SpecialPurpose returns the special-purpose range that contains a range.
func SpecialPurpose(of netip.Prefix) (Special, bool) {
	for _, s := range registries().Special {
		if cidr.Contains(s.CIDR, of) {
			return s, true
		}
	}
	return Special{}, false
}

// shortestGlobal is the shortest prefix length of an IPv6 range of global unicast addresses that one organization can
// own.
const shortestGlobal = 16

// HoldsPublic says whether a range contains public addresses that its user may not own. An IPv6 range of global
// unicast addresses does so only if it is larger than any that one organization owns.
func HoldsPublic(of netip.Prefix) bool {
	for _, p := range registries().Private {
		if cidr.Contains(p, of) {
			return false
		}
	}
	for _, never := range registries().Unusable {
		if cidr.Contains(never.CIDR, of) {
			return false // nothing is allocated from there
		}
	}
	return cidr.FamilyOf(of) == cidr.V4 || of.Bits() < shortestGlobal
}

// PrivatePart are the private ranges inside a range, or the range itself if it contains none.
func PrivatePart(of netip.Prefix) []netip.Prefix {
	var parts []netip.Prefix
	for _, p := range registries().Private {
		if cidr.Contains(of, p) {
			parts = append(parts, p)
		}
	}
	if parts == nil {
		return []netip.Prefix{of}
	}
	return parts
}
