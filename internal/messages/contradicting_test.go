package messages

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestWordsOfValues(t *testing.T) {
	pods := netip.MustParsePrefix("10.0.0.0/20")
	for _, test := range []struct {
		value any
		want  string
	}{
		{"ack-flannel", "ack-flannel"},
		{0, "0"},
		{pods, "10.0.0.0/20"},
		{netip.Prefix{}, "none"},
		{[]netip.Prefix{pods, pods}, "10.0.0.0/20, 10.0.0.0/20"},
		{[]string{"a", "b"}, "a, b"},
		{[]string{}, "none"},
		{topology.AtMost(4), "at most 4"},
		{topology.KnownAfterApply{}, "(known after apply)"},
		{topology.LastPartOfPods{}, "a Service range that is its last part"},
		{allocate.HeldSubnet{Name: "a", CIDR: pods}, "a (10.0.0.0/20)"},
		{allocate.ProfileOfSubnets{}, "one whose Pods are in subnets"},
		{allocate.NotChosen{}, "a range that is still to be chosen"},
		{allocate.AnotherRange{}, "another one"},
	} {
		if got := given(test.value); got != test.want {
			t.Errorf("%#v is %q, want %q", test.value, got, test.want)
		}
	}
}

func TestRangesWithWhatEachServes(t *testing.T) {
	other := topology.CountedRanges{Ranges: prefixes("172.20.0.0/24", "172.21.0.0/23", "172.21.0.0/24"), Served: []int64{254, 510, 0}}
	const want = "the ranges 172.20.0.0/24 (254) and 172.21.0.0/23 (510) and 172.21.0.0/24 (inside of another one)"
	if got := contradicted(other); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
