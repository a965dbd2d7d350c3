package profile

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// private are the ranges that any network can use: RFC 1918, the shared space of RFC 6598, and unique local
// addresses of RFC 4193. The addresses of class E have a rule of their own.
var private = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"),
	classE,
	netip.MustParsePrefix("fc00::/7"),
}

// special are ranges of the IANA special-purpose address registries that look like public or private ones.
var special = []Special{
	{netip.MustParsePrefix("192.0.0.0/24"), "set aside for protocols (RFC 6890)"},
	{netip.MustParsePrefix("192.0.2.0/24"), "set aside for documentation (RFC 5737)"},
	{netip.MustParsePrefix("192.88.99.0/24"), "the former 6to4 relays (RFC 7526)"},
	{netip.MustParsePrefix("198.18.0.0/15"), "set aside for benchmarks (RFC 2544)"},
	{netip.MustParsePrefix("198.51.100.0/24"), "set aside for documentation (RFC 5737)"},
	{netip.MustParsePrefix("203.0.113.0/24"), "set aside for documentation (RFC 5737)"},
	{netip.MustParsePrefix("100::/64"), "a sink that discards packets (RFC 6666)"},
	{netip.MustParsePrefix("2001::/23"), "set aside for protocols (RFC 2928)"},
	{netip.MustParsePrefix("2001:db8::/32"), "set aside for documentation (RFC 3849)"},
	{netip.MustParsePrefix("2002::/16"), "6to4 (RFC 3056)"},
	{netip.MustParsePrefix("3fff::/20"), "set aside for documentation (RFC 9637)"},
}

// Special is a range of a special-purpose registry, and what it is for.
type Special struct {
	Range netip.Prefix
	Use   string
}

// SpecialPurpose returns the special-purpose range that holds all of a range.
func SpecialPurpose(of netip.Prefix) (Special, bool) {
	for _, s := range special {
		if cidr.Contains(s.Range, of) {
			return s, true
		}
	}
	return Special{}, false
}

// shortestGlobal is the prefix length from which an IPv6 range of global unicast addresses can be one that an
// organization holds.
const shortestGlobal = 16

// HoldsPublic says whether a range holds public addresses that its user may not hold. An IPv6 range of global
// unicast addresses does so only where it is larger than any that an organization holds.
func HoldsPublic(of netip.Prefix) bool {
	for _, p := range private {
		if cidr.Contains(p, of) {
			return false
		}
	}
	for _, never := range neverUsable {
		if cidr.Contains(never.CIDR, of) {
			return false // nothing is allocated from there
		}
	}
	return cidr.FamilyOf(of) == cidr.V4 || of.Bits() < shortestGlobal
}

// PrivatePart are the private ranges inside of a range; the range itself where it holds none.
func PrivatePart(of netip.Prefix) []netip.Prefix {
	var parts []netip.Prefix
	for _, p := range private {
		if cidr.Contains(of, p) {
			parts = append(parts, p)
		}
	}
	if parts == nil {
		return []netip.Prefix{of}
	}
	return parts
}
