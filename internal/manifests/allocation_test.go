package manifests

import (
	"net/netip"
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestRangesAreSortedByFamily(t *testing.T) {
	v4, s4 := netip.MustParsePrefix("10.64.0.0/18"), netip.MustParsePrefix("10.65.0.0/20")
	v6, s6 := netip.MustParsePrefix("fd00:10:64::/56"), netip.MustParsePrefix("fd00:10:65::/112")
	for _, c := range []struct {
		name string
		held profile.Ranges
		want Allocation
	}{
		{"nothing", profile.Ranges{}, Allocation{}},
		{"one family", profile.Ranges{Pods: []netip.Prefix{v4}, Service: s4, NodeMask: 25}, ipv4Only},
		{"IPv6 only, in the first fields", profile.Ranges{Pods: []netip.Prefix{v6}, Service: s6, NodeMask: 64}, ipv6Only},
		{"IPv6 only, in the IPv6 fields", profile.Ranges{PodIPv6: v6, ServiceIPv6: s6, NodeIPv6Mask: 64}, ipv6Only},
		{
			"both families", profile.Ranges{
				Pods: []netip.Prefix{v4}, Service: s4, NodeMask: 25, PodIPv6: v6, ServiceIPv6: s6, NodeIPv6Mask: 64,
			}, dualStack,
		},
		{"a growth reserve", profile.Ranges{Aggregate: v4}, Allocation{Aggregate: v4}},
	} {
		if got := Of(c.held); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
