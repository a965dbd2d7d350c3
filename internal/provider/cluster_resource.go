package provider

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

func clusterDeclaration(catalog *profile.Catalog) declared {
	return declared{
		typeName: "cluster",
		about: "Declares a Kubernetes cluster: its sizes, and the ranges that it already has. An allocator that receives it, as in " +
			"`clusters = cidrplan_cluster.all`, allocates the missing ranges. The same object can also be written directly in " +
			"`clusters` of the allocator.",
		fields: clusterFields(catalog),
		check: func(n *values.Node) []topology.Fault {
			cl := readCluster(n)
			// The allocator lists all clusters whose IPv6 Service range Terraform cannot set, and knows which exist.
			leave := func(string) bool { return true }
			faults := topology.GatherUnset(topology.CheckCluster(nil, cl, catalog), leave)
			refused := slices.ContainsFunc(faults, func(f topology.Fault) bool { return !f.Warn })
			if refused || len(n.Faults) > 0 {
				return faults
			}
			return append(faults, allocate.CheckNeed(nil, cl.Name, cl, catalog)...)
		},
		facts: func(n *values.Node, name string) topology.Facts {
			return topology.Facts{Clusters: map[string]topology.Cluster{name: readCluster(n)}}
		},
		sameThing: []string{"vpc", "profile", "pod_cidrs", "service_cidr", "pod_ipv6_cidr", "service_ipv6_cidr", "node_cidr_mask",
			"further_service_cidrs", "further_pod_ipv6_cidrs", "further_service_ipv6_cidrs"},
	}
}
