package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

func hubDeclaration(catalog *profile.Catalog) declared {
	return declared{
		typeName: "hub",
		about: "Declares a hub: a routing domain that VPCs and sites are attached to, such as the route table of a CEN transit router, " +
			"an enterprise router or a transit gateway. " +
			"All members of a hub reach each other, so their ranges and the ranges of their clusters must not overlap.",
		fields: hubFields(catalog),
		check: func(n *values.Node) []topology.Fault {
			h := readHub(n)
			return append(topology.CheckHub(nil, h, catalog), conflict.CheckAccepted(nil, h.Accepted)...)
		},
		facts: func(n *values.Node, name string) topology.Facts {
			return topology.Facts{Hubs: map[string]topology.Hub{name: readHub(n)}}
		},
	}
}
