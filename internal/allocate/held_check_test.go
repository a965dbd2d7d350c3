package allocate

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestPodRangesThatAClusterHoldsWithThoseThatAreAppended(t *testing.T) {
	one, two := topology.Cluster{PodCIDRs: prefixes("10.0.0.0/24")}, topology.Cluster{PodCIDRs: prefixes("10.0.0.0/24", "10.0.1.0/24")}
	unknown := two
	unknown.Unknown = topology.Unknown{"pod_cidrs"}
	for name, test := range map[string]struct {
		profile, held string
		cluster       topology.Cluster
		want          string
	}{
		"a further one":                      {"cce-vpc-router", "10.0.0.0/24", two, "10.0.0.0/24 10.0.1.0/24"},
		"the same one":                       {"cce-vpc-router", "10.0.0.0/24", one, "10.0.0.0/24"},
		"a further one in front":             {"cce-vpc-router", "10.0.1.0/24", two, "10.0.1.0/24"},
		"of a platform that appends nothing": {"ack-flannel", "10.0.0.0/24", two, "10.0.0.0/24"},
		"where some are not known yet":       {"cce-vpc-router", "10.0.0.0/24", unknown, "10.0.0.0/24"},
		"of a cluster that holds none":       {"cce-vpc-router", "", two, ""},
	} {
		got := list(grown(prefixes(strings.Fields(test.held)...), test.cluster, shipped(t, test.profile)))
		if got != list(prefixes(strings.Fields(test.want)...)) {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}
