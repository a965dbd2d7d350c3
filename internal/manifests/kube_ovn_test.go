package manifests

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Kube-OVN has one section of values for the families of the cluster.
func TestFamiliesOfKubeOVN(t *testing.T) {
	for name, c := range map[string]struct {
		a    Allocation
		want map[string]any
	}{
		"IPv4": {ipv4Only, map[string]any{
			"networking": map[string]any{"NET_STACK": "ipv4"},
			"ipv4": map[string]any{
				"POD_CIDR": "10.64.0.0/18", "POD_GATEWAY": "10.64.0.1", "SVC_CIDR": "10.65.0.0/20", "JOIN_CIDR": "100.64.0.0/16",
			},
		}},
		"IPv6": {ipv6Only, map[string]any{
			"networking": map[string]any{"NET_STACK": "ipv6"},
			"ipv6": map[string]any{
				"POD_CIDR": "fd00:10:64::/56", "POD_GATEWAY": "fd00:10:64::1", "SVC_CIDR": "fd00:10:65::/112",
				"JOIN_CIDR": "fd00:100:64::/112",
			},
		}},
		"both families": {dualStack, map[string]any{
			"networking": map[string]any{"NET_STACK": "dual_stack"},
			"dual_stack": map[string]any{
				"POD_CIDR": "10.64.0.0/18,fd00:10:64::/56", "POD_GATEWAY": "10.64.0.1,fd00:10:64::1",
				"SVC_CIDR": "10.65.0.0/20,fd00:10:65::/112", "JOIN_CIDR": "100.64.0.0/16,fd00:100:64::/112",
			},
		}},
	} {
		if diff := cmp.Diff(c.want, parsed(t, written(t, "kube-ovn", c.a, Options{}))[0]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// An IPv6 address of digits alone is a text in YAML, not a number to the base of 60.
func TestAnIPv6AddressOfDigitsIsAText(t *testing.T) {
	a := ipv6Only
	a.IPv6.Pods, a.IPv6.NodeMask = prefixes("2001:10:20:30:40:50:11:0/112"), 120
	if got := at(parsed(t, written(t, "kube-ovn", a, Options{}))[0], "ipv6|POD_GATEWAY"); got != "2001:10:20:30:40:50:11:1" {
		t.Errorf("the gateway is read as %v", got)
	}
}
