package cli

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Pod ranges are in use wherever the cluster is. Service ranges are only in a network, so an entry with others has them as a comment as
// long as the network is not known.
func TestRangesOfAClusterThatAreWritten(t *testing.T) {
	further := profile.Further{
		Services: []netip.Prefix{netip.MustParsePrefix("172.21.0.0/24")}, PodsIPv6: []netip.Prefix{netip.MustParsePrefix("fd01::/64")},
	}
	pods := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/16")}
	const (
		begin, podsLine = "shop = {\n", "pod_cidrs = [\"10.0.0.0/16\"]\n"
		services        = "further_service_cidrs = [\"172.21.0.0/24\"]\n"
		comment         = "# further_service_cidrs = [\"172.21.0.0/24\"] # when the cluster is declared above\n"
		podsIPv6        = "further_pod_ipv6_cidrs = [\"fd01::/64\"]\n"
	)
	for name, test := range map[string]struct {
		e        allocate.Existing
		declared bool
		want     string
	}{
		"no further ranges": {allocate.Existing{PodCIDRs: pods}, false, begin + podsLine + "}\n"},
		"of a declared cluster": {
			allocate.Existing{PodCIDRs: pods, Further: further}, true, begin + podsLine + services + podsIPv6 + "}\n",
		},
		"of a cluster in an unknown place": {
			allocate.Existing{PodCIDRs: pods, Further: further}, false, begin + podsLine + comment + podsIPv6 + "}\n",
		},
		"Services alone, which are written": {
			allocate.Existing{Further: profile.Further{Services: further.Services}}, false, begin + services + "}\n",
		},
	} {
		w := &hclWriter{}
		w.ranges("shop", test.e, test.declared)
		if got := w.String(); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
		}
	}
}
