package cidr

import "testing"

func TestFamilyOf(t *testing.T) {
	tests := map[string]struct {
		prefix string
		family Family
		bits   int
		text   string
	}{
		"an IPv4 prefix":                       {"10.0.0.0/8", V4, 32, "IPv4"},
		"all of IPv4":                          {"0.0.0.0/0", V4, 32, "IPv4"},
		"an IPv6 prefix":                       {"2001:db8::/32", V6, 128, "IPv6"},
		"all of IPv6":                          {"::/0", V6, 128, "IPv6"},
		"IPv4 inside IPv6 is IPv6":             {"::ffff:10.0.0.0/104", V6, 128, "IPv6"},
		"an invalid prefix belongs to neither": {"", 0, 0, "no address family"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := FamilyOf(prefix(test.prefix))
			if f != test.family || f.Bits() != test.bits || f.String() != test.text {
				t.Errorf("got %d, %d bits, %q; want %d, %d bits, %q",
					f, f.Bits(), f, test.family, test.bits, test.text)
			}
		})
	}
}
