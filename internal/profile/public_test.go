package profile_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestWhichRangesArePublic(t *testing.T) {
	tests := map[string]struct {
		public  bool
		special string
		private []string // where that is not the range itself
	}{
		"10.0.0.0/8":     {},
		"10.64.0.0/16":   {},
		"100.64.0.0/10":  {},
		"172.31.0.0/16":  {},
		"192.168.0.0/16": {},
		"240.0.0.0/8":    {},
		"127.0.0.0/16":   {},
		"fd00::/8":       {},
		"fc00::/48":      {},
		"0.0.0.0/0": {
			public:  true,
			private: []string{"10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "240.0.0.0/4"},
		},
		"8.0.0.0/5":       {public: true, private: []string{"10.0.0.0/8"}},
		"172.0.0.0/8":     {public: true, private: []string{"172.16.0.0/12"}},
		"9.0.0.0/16":      {public: true},
		"172.32.0.0/16":   {public: true},
		"203.0.113.0/25":  {public: true, special: "set aside for documentation (RFC 5737)"},
		"198.18.0.0/16":   {public: true, special: "set aside for benchmarks (RFC 2544)"},
		"::/0":            {public: true, private: []string{"fc00::/7"}},
		"2000::/3":        {public: true},
		"2400::/15":       {public: true},
		"2400::/16":       {},
		"2400:cb00::/32":  {},
		"2001:db8:1::/48": {special: "set aside for documentation (RFC 3849)"},
		"2002:a00::/24":   {special: "6to4 (RFC 3056)"},
	}
	for text, test := range tests {
		of := netip.MustParsePrefix(text)
		if got := profile.HoldsPublic(of); got != test.public {
			t.Errorf("%s is public: %v", text, got)
		}
		if use, _ := profile.SpecialPurpose(of); use.Use != test.special {
			t.Errorf("%s is %q, want %q", text, use.Use, test.special)
		}
		want := []netip.Prefix{of}
		if test.private != nil {
			want = nil
			for _, part := range test.private {
				want = append(want, netip.MustParsePrefix(part))
			}
		}
		if got := profile.PrivatePart(of); !slices.Equal(got, want) {
			t.Errorf("private part of %s: %v, want %v", text, got, want)
		}
	}
}
