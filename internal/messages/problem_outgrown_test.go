package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Why a range of a cluster does not grow follows from how the platform lets ranges grow, and from the argument that asks for more.
func TestWhyRangesAreNotEnlarged(t *testing.T) {
	const (
		sameAddress = "can extend the Pod range only to a larger range that begins at the same address."
		oneFamily   = "extends the Pod range of clusters with IPv4 only."
		outside     = "Terraform has no argument for further Pod ranges of"
		never       = "A range of an existing cluster of"
	)
	four, both := profile.Ranges{Pods: prefixes("10.0.0.0/24")}, profile.Ranges{Pods: prefixes("10.0.0.0/24"), PodIPv6: prefix("fd00::/64")}
	for name, test := range map[string]struct {
		profile, argument string
		held              profile.Ranges
		want              string
	}{
		"more nodes, where a range is extended":    {"openshift-ovn", "max_nodes", four, sameAddress},
		"a larger range":                           {"openshift-ovn", "pod_prefix_length", four, sameAddress},
		"more Services":                            {"openshift-ovn", "max_services", four, never},
		"more nodes of two families":               {"openshift-ovn", "max_nodes", both, oneFamily},
		"more Services of two families":            {"openshift-ovn", "max_services", both, never},
		"more nodes, where the platform adds some": {"tke-global-router", "max_nodes", four, outside},
		"more Services there":                      {"tke-global-router", "max_services", four, never},
		"more nodes where nothing grows":           {"ack-flannel", "max_nodes", four, never},
	} {
		e := allocate.Outgrown{Cluster: "a", Wanted: 9, Largest: 4, Profile: shipped(t, test.profile), Held: test.held}
		_, detail := Writer{Catalog: profile.Default()}.problem(topology.Fault{At: pathOf("clusters." + test.argument), Problem: e})
		for _, why := range []string{sameAddress, oneFamily, outside, never} {
			if why != test.want {
				why = "!" + why
			}
			wantParts(t, name, detail, why)
		}
	}
}
