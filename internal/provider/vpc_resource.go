package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func vpcDeclaration(catalog *profile.Catalog) declared {
	return declared{
		typeName: "vpc",
		about: "Declares a VPC: its CIDR blocks and subnets, the networks that it is connected to, and its routes. " +
			"It creates nothing in the cloud. Allocators that receive it know which addresses are in use.",
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
