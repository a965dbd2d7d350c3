package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Blocks are refused the addresses that no network can use. allow_class_e allows 240.0.0.0/4 but for its last address for blocks, and
// not for those that are subnets of a platform.
func TestAddressesOfBlocks(t *testing.T) {
	shipped := profile.Default()
	allowing := shipped.AllowingClassE()
	for name, test := range map[string]struct {
		addresses profile.BlockAddresses
		given     string
		allowed   bool
	}{
		"a private range":                         {shipped.BlockAddresses(profile.Generic), "10.0.0.0/16", true},
		"a private IPv6 range":                    {shipped.BlockAddresses(profile.Generic), "fd00::/48", true},
		"loopback":                                {shipped.BlockAddresses(profile.Generic), "127.1.0.0/16", false},
		"IPv6 multicast":                          {shipped.BlockAddresses(profile.Generic), "ff02::/64", false},
		"class E":                                 {shipped.BlockAddresses(profile.Generic), "240.1.0.0/16", false},
		"class E with the argument":               {allowing.BlockAddresses(profile.Generic), "240.1.0.0/16", true},
		"with it, the broadcast address":          {allowing.BlockAddresses(profile.Generic), "255.0.0.0/8", false},
		"with it, loopback":                       {allowing.BlockAddresses(profile.Generic), "127.1.0.0/16", false},
		"with it, a private range":                {allowing.BlockAddresses(profile.Generic), "10.0.0.0/16", true},
		"with it, a subnet of AWS":                {allowing.BlockAddresses("aws"), "240.1.0.0/16", false},
		"with it, a subnet of Alibaba Cloud":      {allowing.BlockAddresses("alicloud"), "240.1.0.0/16", false},
		"with it, a private subnet of a platform": {allowing.BlockAddresses("aws"), "10.0.0.0/16", true},
	} {
		if hits := test.addresses.ForbiddenFor(prefix(test.given)); (len(hits) == 0) != test.allowed {
			t.Errorf("%s: got %v", name, hits)
		}
	}
}
