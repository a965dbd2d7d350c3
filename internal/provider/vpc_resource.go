package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

func vpcDeclaration(catalog *profile.Catalog) declared {
	return declared{
		typeName: "vpc",
		about: "Declares a VPC: its CIDR blocks and subnets, the networks that it is connected to, and its routes. " +
			"It creates nothing in the cloud. Allocators that receive it know which addresses are in use.",
		fields: vpcFields(catalog),
		check: func(n *values.Node) []topology.Fault {
			v := readVPC(n)
			return append(topology.CheckVPC(nil, v, catalog), conflict.CheckAccepted(nil, v.Accepted)...)
		},
		facts: func(n *values.Node, name string) topology.Facts {
			return topology.Facts{VPCs: map[string]topology.VPC{name: readVPC(n)}}
		},
	}
}
