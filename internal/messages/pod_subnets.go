package messages

import (
	"fmt"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// noPodSubnets says that a cluster names no subnets for its Pods.
func (p Writer) noPodSubnets(f topology.Fault, e topology.NoPodSubnets) (summary, detail string) {
	cluster, vpc := "The cluster", "its VPC"
	if e.Cluster != "" {
		cluster = fmt.Sprintf("Cluster %q", e.Cluster)
	}
	if e.VPC != "" {
		vpc = fmt.Sprintf("VPC %q", e.VPC)
	}
	effect := "Creating the cluster fails at apply."
	if f.Warn {
		effect = "Nothing checks whether its Pods have enough addresses."
	}
	return "Pod Subnets Missing", fmt.Sprintf("%s names no pod_subnets. With %s, Pods use addresses of subnets of the VPC.\n\n"+
		"Effect: %s The subnets are declared in the subnets of %s.", cluster, e.Profile, effect, vpc)
}
