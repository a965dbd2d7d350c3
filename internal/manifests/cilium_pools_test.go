package manifests

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The object is the pool that the operator creates from the Helm values, and keeps its first ranges when others are appended.
func TestTheObjectOfCiliumIsThePoolOfTheValues(t *testing.T) {
	grown := withPods(dualStack, "10.80.0.0/18")
	grown.IPv6.Pods = append([]netip.Prefix{grown.IPv6.Pods[0]}, prefixes("fd00:10:80::/56")...)
	for name, a := range map[string]Allocation{"IPv4": ipv4Only, "IPv6": ipv6Only, "both": dualStack, "grown": grown} {
		object := parsed(t, written(t, "cilium-podippools", a, Options{}))
		values := parsed(t, written(t, "cilium-multi-pool", a, Options{}))[0]
		pools := at(values, "ipam|operator|autoCreateCiliumPodIPPools").(map[string]any)
		pool, has := pools[at(object[0], "metadata|name").(string)]
		if diff := cmp.Diff(pool, object[0]["spec"]); len(object) != 1 || !has || diff != "" {
			t.Errorf("%s: %d objects, (-values +object):\n%s", name, len(object), diff)
		}
	}
	want := map[string]any{
		"ipv4": map[string]any{"cidrs": []any{"10.64.0.0/18", "10.80.0.0/18"}, "maskSize": 25},
		"ipv6": map[string]any{"cidrs": []any{"fd00:10:64::/56", "fd00:10:80::/56"}, "maskSize": 64},
	}
	if diff := cmp.Diff(want, parsed(t, written(t, "cilium-podippools", grown, Options{}))[0]["spec"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
