package profile

import "github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"

// LengthFor is the prefix length of the smallest subnet of a family that has so many addresses, without those
// that the platform reserves, and that the platform accepts.
func (s VPCSubnets) LengthFor(addresses int64, family cidr.Family) (int, *SizeError) {
	shortest, longest := lengths(s.Limits, family)
	most := s.usable(max(shortest, 1), family)
	if err := within("addresses", addresses, 1, most, PlatformLimit{}, ruleOf(s.Limits, family)); err != nil {
		return 0, err
	}
	return min(longest, cidr.LongestFor(uint64(addresses)+uint64(s.Reserved.Addresses), family)), nil
}

// usable counts the addresses of a prefix length that the platform does not reserve, up to the largest number
// that can be counted.
func (s VPCSubnets) usable(length int, family cidr.Family) int64 {
	if family == cidr.V6 {
		return capacity6(length, s.Reserved.Addresses)
	}
	return capacity(length, s.Reserved.Addresses)
}
