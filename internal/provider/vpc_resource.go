package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func newVPC(p prose) resource.Resource {
	return &declaration{
		typeName: "vpc",
		about: "Declares a VPC: its blocks, its subnets, what it is joined to and where its route table sends traffic. " +
			"It creates nothing in the cloud; it tells allocators what is in use.",
		fields: vpcFields(p.catalog),
		check: func(n *node) []topology.Fault {
			v := readVPC(n)
			return append(topology.CheckVPC(nil, v, p.catalog), conflict.CheckAccepted(nil, v.Accepted)...)
		},
		facts: func(n *node, name string) topology.Facts {
			return topology.Facts{VPCs: map[string]topology.VPC{name: readVPC(n)}}
		},
		prose: p,
	}
}
