package topology_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
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
