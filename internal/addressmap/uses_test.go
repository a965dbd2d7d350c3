package addressmap

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A use that is given twice is one; uses that differ in kind, range, owner, part, network, VRF or allocator are several.
func TestUsesAreGivenOnce(t *testing.T) {
	to := topology.Route{Destination: netip.MustParsePrefix("10.9.0.0/16"), NextHop: "vpn"}
	in := Input{
		Claims: claimsOf(
			"pod a 10.0.0.0/16 v k8s", "pod a 10.0.0.0/16 w k8s", "service a 10.0.0.0/16 v k8s", "pod a 10.1.0.0/16 v k8s",
			"pod b 10.0.0.0/16 v k8s", "pod a 10.0.0.0/16 v k8s red", "pod a 10.0.0.0/16 v other", "pod a 10.0.0.0/16 v k8s",
		),
		VPCs: map[string]topology.VPC{"v": {Routes: map[string]topology.Route{"r": to, "s": to}}},
		Others: []Use{
			{Kind: Other, Owner: "a", Part: "join", Range: netip.MustParsePrefix("10.64.0.0/16"), Network: "v"},
			{Kind: Other, Owner: "a", Part: "mask", Range: netip.MustParsePrefix("10.64.0.0/16"), Network: "v"},
			{Kind: Other, Owner: "a", Part: "join", Range: netip.MustParsePrefix("10.64.0.0/16"), Network: "v"},
		},
	}
	for _, use := range []string{"plane", "nodes"} { // of one range, which the cluster uses twice
		in.Claims[use] = topology.Foreign{
			Kind: topology.ForeignOther, Owner: "a", CIDR: netip.MustParsePrefix("10.65.0.0/28"), Use: use, Network: "v", Allocator: "k8s",
		}
	}
	var got []string
	for _, u := range uses(in) {
		got = append(got, english.inWords(u)+" "+u.Range.String()+" "+u.Network+u.VRF+u.Allocator)
	}
	want := []string{
		"Services a 10.0.0.0/16 vk8s", "Pods a 10.0.0.0/16 vk8s", "Pods a 10.0.0.0/16 wk8s", "Pods a 10.0.0.0/16 vother",
		"Pods a 10.0.0.0/16 vredk8s",
		"Pods b 10.0.0.0/16 vk8s", "Pods a 10.1.0.0/16 vk8s", "route v/r 10.9.0.0/16 v", "route v/s 10.9.0.0/16 v",
		"other range a/join 10.64.0.0/16 v", "other range a/mask 10.64.0.0/16 v",
		"other range a/nodes 10.65.0.0/28 vk8s", "other range a/plane 10.65.0.0/28 vk8s",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if other := chinese.inWords(uses(in)[len(want)-1]); other != "其他网段 a/plane" {
		t.Errorf("in Chinese: %s", other)
	}
}
