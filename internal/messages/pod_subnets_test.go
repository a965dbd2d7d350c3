package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestClustersWithoutPodSubnets(t *testing.T) {
	for name, test := range map[string]struct {
		e     topology.NoPodSubnets
		warn  bool
		parts []string
	}{
		"a cluster of a VPC": {topology.NoPodSubnets{Cluster: "shop", VPC: "prod", Profile: "ack-terway"}, false, []string{
			`Cluster "shop" names no pod_subnets. With ack-terway,`, "Creating the cluster fails at apply.", `subnets of VPC "prod".`,
		}},
		"one without a name": {topology.NoPodSubnets{VPC: "prod"}, true, []string{
			"The cluster names no pod_subnets.", "Nothing checks whether its Pods have enough addresses.", `subnets of VPC "prod".`,
		}},
		"one whose VPC is not known": {
			topology.NoPodSubnets{Cluster: "shop"}, false, []string{`Cluster "shop" names`, "subnets of its VPC."},
		},
	} {
		_, detail := Writer{}.noPodSubnets(topology.Fault{Warn: test.warn}, test.e)
		wantParts(t, name, detail, test.parts...)
	}
}
