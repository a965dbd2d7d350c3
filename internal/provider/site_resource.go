package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

func siteDeclaration() declared {
	return declared{
		typeName: "site",
		about: "Declares a site: a network that is not a VPC, such as an IDC, an office, a partner or the users of a VPN. " +
			"Clusters that reach the site are allocated no range that overlaps its CIDR blocks.",
		fields: siteFields(),
		check: func(n *values.Node) []topology.Fault {
			s := readSite(n)
			return append(topology.CheckSite(nil, s), conflict.CheckAccepted(nil, s.Accepted)...)
		},
		facts: func(n *values.Node, name string) topology.Facts {
			return topology.Facts{Sites: map[string]topology.Site{name: readSite(n)}}
		},
	}
}
