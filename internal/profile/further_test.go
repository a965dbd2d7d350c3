package profile_test

import (
	"math"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Ranges of a cluster stay as they are when further ones are appended, and are changed in every other case.
func TestFurtherRangesStartWithThoseBefore(t *testing.T) {
	further := func(texts ...string) profile.Further { return profile.Further{Services: prefixes(texts...)} }
	other := profile.Further{Services: prefixes("10.1.0.0/24"), ServicesIPv6: prefixes("fd00::/112")}
	tests := map[string]struct {
		now, before profile.Further
		want        bool
	}{
		"none and none":            {further(), further(), true},
		"the same":                 {further("10.1.0.0/24"), further("10.1.0.0/24"), true},
		"one appended":             {further("10.1.0.0/24", "10.2.0.0/24"), further("10.1.0.0/24"), true},
		"one removed":              {further("10.1.0.0/24"), further("10.1.0.0/24", "10.2.0.0/24"), false},
		"the only one removed":     {further(), further("10.1.0.0/24"), false},
		"one put before":           {further("10.2.0.0/24", "10.1.0.0/24"), further("10.1.0.0/24"), false},
		"one of another list":      {other, further("10.1.0.0/24"), true},
		"one of another list gone": {further("10.1.0.0/24"), other, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.now.StartsWith(test.before); got != test.want {
				t.Errorf("starts with: got %t", got)
			}
			equal := test.want && len(test.now.All()) == len(test.before.All())
			if got := test.now.Equal(test.before); got != equal {
				t.Errorf("equal: got %t, want %t", got, equal)
			}
		})
	}
}

// The range before those of a list is the one of its attribute, and no other.
func TestTheRangeBeforeAList(t *testing.T) {
	r := profile.Ranges{Service: netip.MustParsePrefix("10.0.0.0/20"), ServiceIPv6: netip.MustParsePrefix("fd01::/112")}
	want := map[string]netip.Prefix{"further_service_cidrs": r.Service, "further_service_ipv6_cidrs": r.ServiceIPv6}
	for _, list := range r.Further.Lists() {
		if got := r.FirstOf(list); got != want[list.Attr] {
			t.Errorf("%s: %v, want %v", list.Attr, got, want[list.Attr])
		}
	}
}

func TestServicesOfSeveralRanges(t *testing.T) {
	usable := fictitiousMany(t, "fictitious-dynamic") // two addresses of each range are no Services
	addresses := changed(usable, func(p *profile.Profile) { p.Services.Counts = "addresses" })
	tests := map[string]struct {
		p      *profile.Profile
		ranges []netip.Prefix
		want   int64
	}{
		"no range":                         {usable, nil, 0},
		"one":                              {usable, prefixes("10.1.0.0/24"), 254},
		"each range loses some":            {usable, prefixes("10.1.0.0/24", "10.2.0.0/25"), 254 + 126},
		"addresses count on a platform":    {addresses, prefixes("10.1.0.0/24", "10.2.0.0/25"), 256 + 128},
		"one inside of another":            {usable, prefixes("10.1.0.0/25", "10.1.0.0/24"), 254},
		"one of IPv6":                      {usable, prefixes("fd00::/120"), 254},
		"addresses of IPv6":                {addresses, prefixes("fd00::/120", "fd01::/120"), 512},
		"more of IPv6 than can be counted": {usable, prefixes("fd00::/32", "fd01::/32"), math.MaxInt64},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.p.ServicesIn(test.ranges); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestNodesOfSeveralIPv6PodRanges(t *testing.T) {
	p := fictitiousMany(t, "fictitious-dynamic")
	for want, ranges := range map[int64][]netip.Prefix{
		0:          nil,
		1 << 16:    prefixes("fd00::/64"),
		1<<16 + 16: prefixes("fd00::/64", "fd01::/76"),
	} {
		if got := p.NodesIn6(ranges, 80); got != want {
			t.Errorf("%v: got %d, want %d", ranges, got, want)
		}
	}
}

// A further Service range holds the Services that are asked for beside the addresses that the platform uses, and is of a length that the
// platform accepts. What is chosen for a cluster's first range has its own bounds.
func TestFurtherServiceSize(t *testing.T) {
	fixed := known(t, load(t, fictitiousOneFiles(t)), "fictitious-fixed") // /20 to /26, four addresses lost
	sized := changed(fixed, func(p *profile.Profile) { p.Services.SizedLongest = 24 })
	loose := changed(fixed, func(p *profile.Profile) { p.Services.SizedLongest = 28 })
	tests := map[string]struct {
		p        *profile.Profile
		services int64
		want     int
	}{
		"one gets the smallest range":         {fixed, 1, 26},
		"60 fill it":                          {fixed, 60, 26},
		"61 do not":                           {fixed, 61, 25},
		"4,092 fill the largest":              {fixed, 4092, 20},
		"a profile that chooses no small one": {sized, 1, 24},
		"more than that one holds":            {sized, 253, 23},
		"a bound that the limits do not have": {loose, 1, 26},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, err := test.p.FurtherServiceSize(test.services); got != test.want || err != nil {
				t.Errorf("got /%d, %q, want /%d", got, fault(err), test.want)
			}
		})
	}
	const want = "max_services = 4093 is outside 1 to 4092, because of the platform's limits"
	if got, err := fixed.FurtherServiceSize(4093); got != 0 || fault(err) != want {
		t.Errorf("more than the largest range holds: got /%d, %q", got, fault(err))
	}
}
