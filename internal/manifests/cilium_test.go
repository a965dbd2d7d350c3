package manifests

import (
	"net/netip"
	"strings"
	"testing"
)

// Cilium routes natively in one range of each family: the Pod range, or the aggregate of several.
func TestNativeRangesOfCilium(t *testing.T) {
	o, several := Options{Routed: true}, withPods(dualStack, "10.64.64.0/18")
	for _, format := range []string{"cilium", "cilium-multi-pool"} {
		values := parsed(t, written(t, format, dualStack, o))[0]
		if values["ipv4NativeRoutingCIDR"] != "10.64.0.0/18" || values["ipv6NativeRoutingCIDR"] != "fd00:10:64::/56" {
			t.Errorf("%s: %v", format, values)
		}
		if got := failsWith[NoNativeRange](t, format, several, o); len(got.Ranges) != 2 {
			t.Errorf("%s: %v", format, got)
		}
		held := several
		held.Aggregate = netip.MustParsePrefix("10.64.0.0/16")
		if got := parsed(t, written(t, format, held, o))[0]["ipv4NativeRoutingCIDR"]; got != "10.64.0.0/16" {
			t.Errorf("%s: the native range is %v", format, got)
		}
		held.IPv4.Pods = prefixes("10.64.0.0/18", "10.80.0.0/18") // the second one had no room in the aggregate
		failsWith[NoNativeRange](t, format, held, o)
		if text := written(t, format, several, Options{}); strings.Contains(text, "NativeRouting") {
			t.Errorf("%s: a native range of encapsulated Pods: %s", format, text)
		}
	}
}
