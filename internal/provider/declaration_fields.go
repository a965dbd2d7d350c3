package provider

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// id is the computed attribute that every resource has.
var id = fields{"id": {shape: text, computed: true, about: "The same as `name`."}}

// aboutFields are what people can say of anything.
var aboutFields = fields{
	"description": {shape: text, about: "What this is, in your words. It is shown in messages that name it."},
	"labels":      {shape: textMap, about: "Labels of your own, such as `owner` or `ticket`. They are shown in messages that name it."},
}

// reservedFields are those of a range that nobody may be handed.
var reservedFields = fields{
	"cidr":        {shape: text, about: "The range, such as `10.100.0.0/16`."},
	"description": {shape: text, about: "What the range is kept for. It is shown in messages that name it."},
}

const nameRule = "up to 128 letters and digits of any script and `-_./`"

// textRule is what keys may be that nothing refers to by name.
const textRule = "any text of up to 256 visible characters"

func nameField(what string) field {
	return field{
		shape:    text,
		required: true,
		about: fmt.Sprintf(
			"Name of the %s, %s. Others refer to it by this name. In the maps of an allocator the key is the name, and this attribute may be left out.",
			what, nameRule,
		),
	}
}

// choice lists the values of an attribute.
func choice(values []string) string { return "`" + strings.Join(values, "`, `") + "`" }

// advertisedField is what others see of a network.
func advertisedField(of, blocks string) field {
	return field{
		shape: texts,
		about: "Ranges that other networks see of the " + of + " instead of its " + blocks + ", IPv4 and IPv6, for one behind NAT or joined in part, such as `100.64.0.0/24`. " +
			"Its own clusters stay clear of its blocks; all other networks and their clusters stay clear of these ranges, which may lie outside its blocks. Defaults to its " + blocks + ".",
	}
}

const vrfAbout = "Address realm. Ranges in different VRFs never conflict, and networks in different VRFs cannot be joined. Defaults to one unnamed realm."

// previousNames is the field of names that a network or hub had before.
func previousNames(of string) field {
	return field{
		shape: texts,
		about: "Names under which the " + of + " was declared before. Clusters, conflicts and acceptances that prior state or other workspaces know under such a name are then those of this " + of + ".",
	}
}

// profiles lists the profiles with the platforms' own words.
func profiles(catalog *profile.Catalog) string {
	var list []string
	for _, name := range catalog.Names() {
		p, _ := catalog.Profile(name)
		list = append(list, fmt.Sprintf("%#q (%s)", name, p.Title))
	}
	return strings.Join(list, ", ")
}

func hubFields(catalog *profile.Catalog) fields {
	var kinds []string
	for _, kind := range catalog.HubKinds() {
		kinds = append(kinds, fmt.Sprintf("%#q (%s)", kind, catalog.Hub(kind).Title))
	}
	return aboutFields.with(acceptedField("between members of the hub")).with(fields{
		"name": nameField("hub"),
		"kind": {
			shape: text,
			about: "What the hub is: " + strings.Join(
				kinds,
				", ",
			) + ". It decides which ranges of its members are compared; the guides of the platforms say how. Defaults to `generic`.",
		},
		"protection_level": {
			shape: text,
			about: "Setting of the hub for overlapping VPCs, as the cloud resource has it, such as `REDUCED` of a CEN. Defaults to the hub's usual rules.",
		},
		"vrf":            {shape: text, about: vrfAbout},
		"previous_names": previousNames("hub"),
	})
}

func siteFields() fields {
	return aboutFields.with(acceptedField("of the site")).with(fields{
		"name":             nameField("site"),
		"cidr_blocks":      {shape: texts, required: true, about: "CIDR blocks in use at the site, IPv4 or IPv6, such as `10.0.0.0/12`."},
		"advertised_cidrs": advertisedField("site", "blocks"),
		"hubs":             {shape: texts, about: "Names of the hubs that the site is attached to. All members of a hub reach each other."},
		"peers": {
			shape: texts,
			about: "Names of VPCs and sites that this site is joined to directly. It is enough when one side says so.",
		},
		"vrf":            {shape: text, about: vrfAbout},
		"previous_names": previousNames("site"),
	})
}

func vpcFields(catalog *profile.Catalog) fields {
	return aboutFields.with(acceptedField("of the VPC and its clusters")).with(fields{
		"name": nameField("VPC"),
		"platform": {
			shape: text,
			about: "Platform of the VPC: " + choice(
				catalog.Platforms(),
			) + ". Its rules for blocks, subnets and routes are checked. Defaults to `generic`, which has none.",
		},
		"region": {shape: text, about: "Region of the VPC, for your own orientation."},
		"cidr_blocks": {
			shape:    texts,
			required: true,
			about:    "IPv4 CIDR blocks of the VPC, the primary one first, such as `192.168.0.0/16`.",
		},
		"ipv6_cidr_blocks": {shape: texts, about: "IPv6 CIDR blocks of the VPC."},
		"subnets": {
			shape: textMap,
			about: "Subnets (vSwitches) by name. Each lies inside a block of the VPC and apart from the others.",
		},
		"advertised_cidrs": advertisedField("VPC", "blocks and subnets"),
		"hubs":             {shape: texts, about: "Names of the hubs that the VPC is attached to. All members of a hub reach each other."},
		"peers": {
			shape: texts,
			about: "Names of VPCs and sites that this VPC is joined to directly. It is enough when one side says so; peers of peers are not joined.",
		},
		"routes": {
			shape: objects,
			about: "Entries of the VPC's route table. Each key is " + textRule + ", such as a name or the destination. What is routed elsewhere counts as occupied unless it is a summary.",
			fields: fields{
				"destination": {
					shape:    text,
					required: true,
					about:    "Destination CIDR, such as `10.20.0.0/16`. `0.0.0.0/0` and `::/0` are always summaries.",
				},
				"next_hop": {
					shape: text,
					about: "Where the route leads: " + choice(
						topology.NextHops,
					) + ". A `peering` or `transit` route may cover ranges of the networks that the VPC is joined to, since it is the way there. An `instance` route inside a Pod range of a cluster of this VPC is the way to a node of that cluster and no conflict with it, so a whole route table can be given. Any other route keeps the clusters of those networks off its destination as well.",
				},
				"summary": {
					shape: flag,
					about: "Whether the route is an aggregate that occupies nothing, because what lies behind it is declared as hubs, peers and sites. Defaults to `false`.",
				},
				"description": {shape: text, about: "What this route is for. It is shown in messages that name it."},
			},
		},
		"route_quota": {
			shape: number,
			about: "Number of entries that the VPC's route table may hold. Defaults to the platform's own quota. Clusters whose nodes take a route each are counted against it.",
		},
		"vrf":            {shape: text, about: vrfAbout},
		"previous_names": previousNames("VPC"),
	})
}

func clusterFields(catalog *profile.Catalog) fields {
	return aboutFields.with(fields{
		"name":    nameField("cluster"),
		"vpc":     {shape: text, required: true, about: "Name of the VPC or site that the cluster stands in."},
		"profile": {shape: text, required: true, about: "Platform and container-network mode: " + profiles(catalog) + "."},
		"max_nodes": {
			shape: number,
			about: "Largest number of nodes that the cluster will ever have. It has no default, since the Pod range can never be changed; " +
				"give it, `pod_prefix_length` or `pod_cidrs`. Where Pods live in subnets of the VPC it is optional, and the subnets are checked against it.",
		},
		"pods_per_node": {
			shape: number,
			about: "Largest number of Pods on a node, counted as the platform's own argument counts it: addresses on ACK and TKE (64 is a /26), usable Pods elsewhere (64 needs a /25 on CCE, which loses three of each block). Defaults to 64 on ACK and TKE and 110 elsewhere.",
		},
		"max_services": {
			shape: number,
			about: "Largest number of Services that the cluster will ever have, on TKE counted in addresses as its own argument does. Defaults to 1,000, which is a /22.",
		},
		"pod_prefix_length":     {shape: number, about: "Prefix length of the Pod range, instead of a size from `max_nodes`."},
		"service_prefix_length": {shape: number, about: "Prefix length of the Service range, instead of a size from `max_services`."},
		"node_cidr_mask": {
			shape: number,
			about: "Prefix length of the Pod block of each node, instead of a size from `pods_per_node`.",
		},
		"node_ipv6_cidr_mask": {
			shape: number,
			about: "Prefix length of the IPv6 Pod block of each node, where Pods have an IPv6 range of the cluster's own. Defaults to 64. It is at most 16 bits longer than `pod_ipv6_cidr`, and cannot be changed later.",
		},
		"pod_cidrs": {
			shape: texts,
			about: "Pod ranges that the cluster has or shall have. They are checked and never chosen; several only where the platform takes them.",
		},
		"service_cidr": {
			shape: text,
			about: "Service range that the cluster has or shall have. It is checked and never chosen. A cluster with `pod_cidrs` that says nothing of Services is taken to have the range that its platform takes by itself.",
		},
		"pod_ipv6_cidr": {shape: text, about: "IPv6 Pod range that the cluster has or shall have. It is checked and never chosen."},
		"service_ipv6_cidr": {
			shape: text,
			about: "IPv6 Service range that the cluster has or shall have. It is checked and never chosen.",
		},
		"ip_families": {
			shape: texts,
			about: "Address families of the cluster: `[\"ipv4\"]`, which is the default, or `[\"ipv4\", \"ipv6\"]` where the mode has both. IPv6 ranges come from the IPv6 ranges among the supernets.",
		},
		"node_subnets": {
			shape: texts,
			about: "Names of the VPC's subnets that nodes stand in. They are checked to have addresses for `max_nodes`.",
		},
		"pod_subnets": {
			shape: texts,
			about: "Names of the VPC's subnets that Pods live in, in modes where Pods get addresses of the VPC. They are checked to have addresses for the Pods of all nodes, and others may be added later. Their order is the order of the allocation's `pod_subnets`. Required where the platform creates no cluster without them.",
		},
		"reserve_prefix_length": {
			shape: number,
			about: "Prefix length of a block around the Pod range that is kept free, so that further Pod ranges of the cluster stay inside one aggregate. It cannot be changed later.",
		},
		"previous_names": {
			shape: texts,
			about: "Names under which the cluster was declared before. What it holds is carried over to its new name.",
		},
		"pool": {
			shape: text,
			about: "Name of the allocator's pool to take ranges from. Defaults to the allocator's own supernets.",
		},
		"same_as": {
			shape: text,
			about: "Name of the cluster, of another VRF, whose ranges this cluster is to have: its twin for disaster recovery. Both have the very same Pod and Service ranges, masks and numbers, which are free around both. " +
				"The cluster gives no sizes, pins, families or pool of its own then. What it holds stays when this is taken away; both are renumbered together.",
		},
		"meshes": {
			shape: texts,
			about: "Names of flat meshes that the cluster is a member of. Pod and Service ranges of all members are kept disjoint, also in different VRFs.",
		},
	})
}
