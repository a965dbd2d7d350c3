package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func newCluster(p prose) resource.Resource {
	return &declaration{
		typeName: "cluster",
		about: "Declares what a Kubernetes cluster needs, and the ranges that it already has. An allocator takes it by value, " +
			"`clusters = cidrplan_cluster.all`, and hands out the rest. The same object can be written into the allocator's `clusters` in place.",
		fields: clusterFields(p.catalog),
		check: func(n *node) []topology.Fault {
			cl := readCluster(n)
			if faults := topology.CheckCluster(nil, cl, p.catalog); len(faults) > 0 || len(n.faults) > 0 {
				return faults
			}
			return allocate.CheckNeed(nil, cl.Name, cl, p.catalog)
		},
		facts: func(n *node, name string) topology.Facts {
			return topology.Facts{Clusters: map[string]topology.Cluster{name: readCluster(n)}}
		},
		sameThing: []string{"vpc", "profile", "pod_cidrs", "service_cidr", "pod_ipv6_cidr", "service_ipv6_cidr", "node_cidr_mask"},
		prose:     p,
	}
}
