package profile

import (
	"net/netip"
	"slices"
	"testing"
)

// The ranges in use come in one order, without those that are not valid, and the growth reserve behind them.
func TestRangesInUseAndTheGrowthReserve(t *testing.T) {
	of := netip.MustParsePrefix
	pods, further, service, reserve := of("10.0.0.0/24"), of("10.0.1.0/24"), of("172.16.0.0/24"), of("10.0.0.0/20")
	for name, test := range map[string]struct {
		ranges Ranges
		inUse  []netip.Prefix
		length int
	}{
		"none":                  {Ranges{}, nil, 0},
		"Pods before Services":  {Ranges{Pods: []netip.Prefix{pods}, Service: service}, []netip.Prefix{pods, service}, 2},
		"a range not known yet": {Ranges{Pods: []netip.Prefix{pods, {}}}, []netip.Prefix{pods}, 2},
		"a block":               {Ranges{Block: pods}, []netip.Prefix{pods}, 1},
		"further Services behind the first": {
			Ranges{Service: service, Further: Further{Services: []netip.Prefix{further}}}, []netip.Prefix{service, further}, 2,
		},
		"a growth reserve": {Ranges{Pods: []netip.Prefix{pods}, Aggregate: reserve}, []netip.Prefix{pods}, 2},
	} {
		all := test.inUse
		if test.ranges.Aggregate.IsValid() {
			all = append(slices.Clone(all), test.ranges.Aggregate)
		}
		if got := test.ranges.InUse(); !slices.Equal(got, test.inUse) {
			t.Errorf("%s: in use are %v, want %v", name, got, test.inUse)
		}
		if got := test.ranges.AppendAll([]netip.Prefix{further}); !slices.Equal(got[1:], all) || got[0] != further {
			t.Errorf("%s: appended to a list, all are %v, want %v", name, got, all)
		}
		if got := test.ranges.Len(); got != test.length {
			t.Errorf("%s: %d ranges, want %d", name, got, test.length)
		}
	}
}
