package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func siteDeclaration() declared {
	return declared{
		typeName: "site",
		about: "Declares a site: a network that is not a VPC, such as an IDC, an office, a partner or the users of a VPN. " +
			"No Pod or Service range is handed out over its blocks to a cluster that reaches it.",
		fields: siteFields(),
		check: func(n *node) []topology.Fault {
			s := readSite(n)
			return append(topology.CheckSite(nil, s), conflict.CheckAccepted(nil, s.Accepted)...)
		},
		facts: func(n *node, name string) topology.Facts {
			return topology.Facts{Sites: map[string]topology.Site{name: readSite(n)}}
		},
	}
}
