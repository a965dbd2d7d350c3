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

// A family is enabled if the cluster has Pods of it, and has values only then.
func TestFamiliesOfCilium(t *testing.T) {
	values := map[string]map[string][]string{
		"cilium": {
			"ipv4": {"ipam|operator|clusterPoolIPv4PodCIDRList", "ipam|operator|clusterPoolIPv4MaskSize"},
			"ipv6": {"ipam|operator|clusterPoolIPv6PodCIDRList", "ipam|operator|clusterPoolIPv6MaskSize"},
		},
		"cilium-multi-pool": {
			"ipv4": {"ipam|operator|autoCreateCiliumPodIPPools|default|ipv4"},
			"ipv6": {"ipam|operator|autoCreateCiliumPodIPPools|default|ipv6"},
		},
	}
	for name, c := range map[string]struct {
		a    Allocation
		uses map[string]bool
	}{
		"IPv4": {ipv4Only, map[string]bool{"ipv4": true}}, "IPv6": {ipv6Only, map[string]bool{"ipv6": true}},
		"both": {dualStack, map[string]bool{"ipv4": true, "ipv6": true}},
	} {
		for format, families := range values {
			written(t, format, c.a, Options{Routed: true})
			got := parsed(t, written(t, format, c.a, Options{}))[0]
			for family, paths := range families {
				if at(got, family+"|enabled") != c.uses[family] {
					t.Errorf("%s, %s: %s is enabled: %v", name, format, family, at(got, family+"|enabled"))
				}
				for _, path := range paths {
					if has := at(got, path) != nil; has != c.uses[family] {
						t.Errorf("%s, %s: it has %s: %t", name, format, path, has)
					}
				}
			}
		}
	}
}
