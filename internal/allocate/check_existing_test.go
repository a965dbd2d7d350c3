package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestTheProfileOfExistingIsThatOfTheCluster(t *testing.T) {
	at := topology.Path{}.Attr("existing").Key("a")
	for name, test := range map[string]struct {
		existing, cluster string
		want              []problem
	}{
		"the same":                       {"ack-flannel", "ack-flannel", nil},
		"existing gives none":            {"", "ack-flannel", nil},
		"that of the cluster is unknown": {"ack-flannel", "", nil},
		"another one": {"gke-routes", "ack-flannel", []problem{{
			At:      `existing["a"].profile`,
			Problem: topology.Contradicting{Value: "gke-routes", Other: topology.ProfileOfCluster{}, Gives: "ack-flannel"},
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			c := checker{}
			c.existingFits(at, topology.Cluster{Profile: test.cluster}, Existing{Profile: test.existing}, profile.Default())
			wantFaults(t, c.faults, test.want...)
		})
	}
}
