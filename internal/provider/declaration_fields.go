package provider

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// id is the computed attribute that every resource has.
var id = values.Fields{"id": {Shape: values.Text, Computed: true, Description: "The same as `name`."}}

// aboutFields are notes of users on any object.
var aboutFields = values.Fields{
	"description": {Shape: values.Text, Description: "Description in your own words. Messages that name the object show it."},
	"labels": {Shape: values.TextMap, Description: "Your own labels, such as `owner` or `ticket`. Messages that name the object " +
		"show them."},
}

// reservedFields are those of a range that is not allocated.
var reservedFields = values.Fields{
	"cidr":        {Shape: values.Text, Description: "The range, such as `10.100.0.0/16`."},
	"description": {Shape: values.Text, Description: "Purpose of the range. Messages that name the range show it."},
}

func nameField(what string) values.Field {
	return values.Field{
		Shape:    values.Text,
		Required: true,
		Description: fmt.Sprintf(
			"Name of the %s, %s. Other objects refer to it by this name. In a map of an allocator the key is the name, and this "+
				"attribute is optional.",
			what, messages.NameRule,
		),
	}
}

const vrfAbout = "Name of the VRF, a separate address space. Ranges in different VRFs never conflict, and networks in different VRFs " +
	"cannot be connected. Defaults to one unnamed VRF."

// previousNames is the field of names that a network or hub had before.
func previousNames(of string) values.Field {
	return values.Field{
		Shape: values.Texts,
		Description: "Earlier names of the " + of + ". Clusters, conflicts and accepted conflicts that are recorded under an earlier " +
			"name, in the state or in claims of other workspaces, then belong to this " + of + ".",
	}
}

func hubFields(catalog *profile.Catalog) values.Fields {
	var kinds []string
	for _, kind := range catalog.HubKinds() {
		kinds = append(kinds, fmt.Sprintf("%#q (%s)", kind, catalog.Hub(kind).Title))
	}
	return aboutFields.With(acceptedField("between members of the hub")).With(values.Fields{
		"name": nameField("hub"),
		"kind": {
			Shape: values.Text,
			Description: "Type of the hub: " + strings.Join(
				kinds,
				", ",
			) + ". The type determines which ranges of the members are compared; see the guides of the platforms. Defaults to `generic`.",
		},
		"protection_level": {
			Shape: values.Text,
			Description: "Setting of the cloud resource for overlapping VPCs, such as `REDUCED` of a CEN. Defaults to the usual rules of " +
				"the hub.",
		},
		"vrf":            {Shape: values.Text, Description: vrfAbout},
		"previous_names": previousNames("hub"),
	})
}

func siteFields() values.Fields {
	return aboutFields.With(acceptedField("of the site")).With(values.Fields{
		"name": nameField("site"),
		"cidr_blocks": {Shape: values.Texts, Required: true, Description: "CIDR blocks that are in use at the site, IPv4 or IPv6, " +
			"such as `10.0.0.0/12`."},
		"advertised_cidrs": advertisedField("site", "blocks"),
		"hubs": {Shape: values.Texts, Description: "Names of the hubs that the site is attached to. All members of a hub " +
			"reach each other."},
		"peers": {
			Shape: values.Texts,
			Description: "Names of VPCs and sites that are connected to this site directly. It is sufficient to declare the connection " +
				"on one side.",
		},
		"vrf":            {Shape: values.Text, Description: vrfAbout},
		"previous_names": previousNames("site"),
	})
}

func vpcFields(catalog *profile.Catalog) values.Fields {
	return aboutFields.With(acceptedField("of the VPC and its clusters")).With(values.Fields{
		"name": nameField("VPC"),
		"platform": {
			Shape: values.Text,
			Description: "Platform of the VPC: " + values.Choice(
				catalog.Platforms(),
			) + ". cidrplan checks the rules of the platform for blocks, subnets and routes. Defaults to `generic`, which has no such " +
				"rules.",
		},
		"region": {Shape: values.Text, Description: "Region of the VPC, for information only."},
		"cidr_blocks": {
			Shape:       values.Texts,
			Required:    true,
			Description: "IPv4 CIDR blocks of the VPC, the primary one first, such as `192.168.0.0/16`.",
		},
		"ipv6_cidr_blocks": {Shape: values.Texts, Description: "IPv6 CIDR blocks of the VPC."},
		"subnets": {
			Shape: values.TextMap,
			Description: "Subnets (vSwitches): a map from the name to the CIDR block. Each must be inside a CIDR block of the VPC, and " +
				"subnets must not overlap.",
		},
		"advertised_cidrs": advertisedField("VPC", "blocks and subnets"),
		"hubs": {Shape: values.Texts, Description: "Names of the hubs that the VPC is attached to. All members of a hub " +
			"reach each other."},
		"peers": {
			Shape: values.Texts,
			Description: "Names of VPCs and sites that are connected to this VPC directly. It is sufficient to declare the connection on " +
				"one side. Peering is not transitive.",
		},
		"routes": {
			Shape: values.Objects,
			Description: "Entries of the VPC's route table. Each key is " + messages.TextRule + ", such as a name or the destination. " +
				"The destination of a route counts as occupied unless the route is a summary.",
			Fields: values.Fields{
				"destination": {
					Shape:       values.Text,
					Required:    true,
					Description: "Destination CIDR, such as `10.20.0.0/16`. `0.0.0.0/0` and `::/0` are always summaries.",
				},
				"next_hop": {
					Shape: values.Text,
					Description: "Type of the next hop: " + values.Choice(
						topology.NextHops,
					) + ". A `peering` or `transit` route may cover ranges of connected networks, because it leads to them. An " +
						"`instance` route inside a Pod range of a cluster of this VPC leads to a node of that cluster and does not " +
						"conflict with it, so a whole route table can be declared. The destination of any other route is occupied for " +
						"the clusters of connected networks too.",
				},
				"summary": {
					Shape: values.Flag,
					Description: "Whether the route is an aggregate that occupies no addresses because the networks behind it are " +
						"declared as hubs, peers and sites. Defaults to `false`.",
				},
				"description": {Shape: values.Text, Description: "Purpose of the route. Messages that name the route show it."},
			},
		},
		"route_quota": {
			Shape: values.Number,
			Description: "Maximum number of entries in the VPC's route table. Defaults to the quota of the platform. Nodes of clusters " +
				"that use one route per node count towards it.",
		},
		"vrf":            {Shape: values.Text, Description: vrfAbout},
		"previous_names": previousNames("VPC"),
	})
}

// advertisedField is what others see of a network.
func advertisedField(of, blocks string) values.Field {
	return values.Field{
		Shape: values.Texts,
		Description: "Ranges that other networks see instead of the " + blocks + " of the " + of + ", IPv4 or IPv6, such as " +
			"`100.64.0.0/24`. Use it if the " + of + " is behind NAT or advertises only a part of its addresses. " +
			"Clusters of the " + of + " avoid its " + blocks + ". All other networks and their clusters avoid the advertised ranges, " +
			"which may be outside the blocks. Defaults to the " + blocks + ".",
	}
}
