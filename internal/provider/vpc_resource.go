package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func vpcDeclaration(catalog *profile.Catalog) declared {
	return declared{
		typeName: "vpc",
		about: "Declares a VPC: its blocks, its subnets, what it is joined to and where its route table sends traffic. " +
			"It creates nothing in the cloud; it tells allocators what is in use.",
		fields: vpcFields(catalog),
		check: func(n *node) []topology.Fault {
			v := readVPC(n)
			return append(topology.CheckVPC(nil, v, catalog), conflict.CheckAccepted(nil, v.Accepted)...)
		},
		facts: func(n *node, name string) topology.Facts {
			return topology.Facts{VPCs: map[string]topology.VPC{name: readVPC(n)}}
		},
	}
}
