package topology_test

import (
	"net/netip"
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestPinsAreTheArgumentsOfOneRange(t *testing.T) {
	c := topology.Cluster{PodCIDRs: prefixes("10.1.0.0/16"), ServiceCIDR: prefix("10.2.0.0/16"), ServiceIPv6CIDR: prefix("fd00::/112")}
	want := []topology.Pin{
		{Attr: "service_cidr", Range: prefix("10.2.0.0/16"), Family: cidr.V4},
		{Attr: "pod_ipv6_cidr", Family: cidr.V6},
		{Attr: "service_ipv6_cidr", Range: prefix("fd00::/112"), Family: cidr.V6},
	}
	got := c.Pins()
	if len(got) != len(want) {
		t.Fatalf("%d pins, want %d", len(got), len(want))
	}
	for i, pin := range got {
		if pin != want[i] {
			t.Errorf("pin %d: got %+v, want %+v", i, pin, want[i])
		}
	}
}

// The ranges that a cluster is pinned to are all of its pins, and the only ones.
func TestPinnedRanges(t *testing.T) {
	pins := profile.Ranges{
		Pods: []netip.Prefix{prefix("10.0.0.0/20"), prefix("10.1.0.0/20")}, Service: prefix("172.20.0.0/22"),
		PodIPv6: prefix("fd00::/56"), ServiceIPv6: prefix("fd01::/112"),
	}
	pinned := topology.Cluster{Name: "shop"}.WithPins(pins)
	if got := pinned.PinnedRanges(); !reflect.DeepEqual(got, pins) || pinned.Name != "shop" {
		t.Errorf("got %+v of %q", got, pinned.Name)
	}
	for _, pin := range pinned.Pins() {
		if !pin.Range.IsValid() || cidr.FamilyOf(pin.Range) != pin.Family {
			t.Errorf("%s is %s", pin.Attr, pin.Range)
		}
	}
	if got := pinned.WithPins(profile.Ranges{}).PinnedRanges(); !reflect.DeepEqual(got, profile.Ranges{}) {
		t.Errorf("without pins: %+v", got)
	}
}
