package profile_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// A subnet for some addresses has them beside those that the platform keeps, no smaller one that the
// platform takes does, and it is one that the platform takes: on every platform and in both families.
func TestTheSubnetForSomeAddressesIsTheSmallestThatHasThem(t *testing.T) {
	c := profile.Default()
	for _, name := range c.Platforms() {
		s := c.Platform(name).Networks.Subnets
		for _, family := range []cidr.Family{cidr.V4, cidr.V6} {
			for _, addresses := range []int64{1, 3, 11, 12, 27, 59, 251, 252, 256, 1000, 4091, 65531} {
				length, fault := s.LengthFor(addresses, family)
				if fault != nil {
					t.Fatalf("%s, %s, %d addresses: %v", name, family, addresses, fault)
				}
				base := map[cidr.Family]string{cidr.V4: "10.0.0.0/32", cidr.V6: "fd00::/128"}[family]
				subnet, _ := prefix(base).Addr().Prefix(length)
				longer, _ := prefix(base).Addr().Prefix(min(length+1, family.Bits()))
				if len(s.Check(subnet)) > 0 || s.Usable(subnet) < addresses {
					t.Errorf("%s, %s, %d addresses: a /%d is not taken or has %d", name, family, addresses, length, s.Usable(subnet))
				}
				if longer != subnet && len(s.Check(longer)) == 0 && s.Usable(longer) >= addresses {
					t.Errorf("%s, %s, %d addresses: a /%d would do, not a /%d", name, family, addresses, length+1, length)
				}
			}
		}
	}
	for _, test := range []struct {
		platform  string
		addresses int64
		family    cidr.Family
		want      int
	}{
		{"aws", 256, cidr.V4, 23}, {"aws", 251, cidr.V4, 24}, {"aws", 252, cidr.V4, 23}, {"aws", 3, cidr.V4, 28}, {"aws", 3, cidr.V6, 64},
		{"alicloud", 252, cidr.V4, 24}, {"alicloud", 256, cidr.V6, 64}, {"generic", 256, cidr.V4, 24}, {"generic", 256, cidr.V6, 120},
	} {
		if got, fault := c.Platform(test.platform).Networks.Subnets.LengthFor(test.addresses, test.family); fault != nil ||
			got != test.want {
			t.Errorf("%d %s addresses on %s: /%d (%v), want /%d", test.addresses, test.family, test.platform, got, fault, test.want)
		}
	}
}

func TestAddressesThatNoSubnetHas(t *testing.T) {
	subnets := profile.Default().Platform("aws").Networks.Subnets
	for addresses, want := range map[int64]string{
		0:     "addresses = 0 is outside 1 to 65531, because of the platform's limits",
		1:     "",
		65531: "",
		65532: "addresses = 65532 is outside 1 to 65531, because of the platform's limits",
	} {
		length, err := subnets.LengthFor(addresses, cidr.V4)
		if fault(err) != want || (length == 0) != (want != "") {
			t.Errorf("%d addresses: /%d and %q, want %q", addresses, length, fault(err), want)
		}
		if err != nil && err.Rule.Text == "" {
			t.Errorf("%d addresses: no rule is cited", addresses)
		}
	}
}
