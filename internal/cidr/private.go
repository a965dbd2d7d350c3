package cidr

import "net/netip"

// PrivateIPv4 are the private IPv4 blocks, of RFC 1918.
func PrivateIPv4() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"),
		netip.MustParsePrefix("172.16.0.0/12"),
		netip.MustParsePrefix("192.168.0.0/16"),
	}
}
