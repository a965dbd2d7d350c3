package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestLengthOfServicesInAPodRange(t *testing.T) {
	for name, test := range map[string]struct {
		profile string
		cluster topology.Cluster
		want    int
		known   bool
	}{
		"Services beside the Pods":       {"ack-flannel", topology.Cluster{Need: profile.Need{MaxServices: 100}}, 0, true},
		"a number of Services":           {"tke-global-router", topology.Cluster{Need: profile.Need{MaxServices: 100}}, 25, true},
		"the length that the needs give": {"tke-global-router", topology.Cluster{Need: profile.Need{ServiceLength: 24}}, 24, true},
		"a number that is not known yet": {"tke-global-router", topology.Cluster{Unknown: topology.Unknown{"max_services"}}, 0, false},
		"a length that is not known yet": {
			"tke-global-router", topology.Cluster{Unknown: topology.Unknown{"service_prefix_length"}}, 0, false,
		},
		"more Services than the platform": {"tke-global-router", topology.Cluster{Need: profile.Need{MaxServices: 1 << 20}}, 0, false},
	} {
		if length, known := sharedService(test.cluster, shipped(t, test.profile)); length != test.want || known != test.known {
			t.Errorf("%s: got %d, %t, want %d, %t", name, length, known, test.want, test.known)
		}
	}
}
