package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// allocatorArguments are the arguments that all three doors of the planner take.
func allocatorArguments(catalog *profile.Catalog) fields {
	supernets := field{
		shape: texts,
		about: "Ranges to allocate from, IPv4 or IPv6, such as `10.64.0.0/10`. They must not overlap. The first range is filled first.",
	}
	services := field{shape: texts, about: "Ranges to allocate Service ranges from. Defaults to `supernets`."}
	required := supernets
	required.required = true
	return aboutFields.with(acceptedField("between ranges that the allocator receives")).with(fields{
		"name": {shape: text, required: true, about: "Name of the allocator, " + messages.NameRule + ". A change of the name does " +
			"not change any range."},
		"supernets":         required,
		"service_supernets": services,
		"pools": {
			shape: objects,
			about: "Pools by name: separate supernets, for example for a region or a security zone. A cluster selects one with its " +
				"argument `pool`. Each pool requires `supernets`.",
			fields: fields{
				"supernets":         supernets,
				"service_supernets": services,
			},
		},
		"hubs": {
			shape: objects,
			about: "Hubs by name. Each value is a whole `cidrplan_hub` resource, or an object with the same attributes, which may be " +
				"empty.",
			fields: hubFields(catalog).byValue(),
		},
		"sites": {
			shape: objects,
			about: "Sites by name. Each value is a whole `cidrplan_site` resource, or an object with the same attributes. " +
				"`cidr_blocks` is required.",
			fields: siteFields().byValue(),
		},
		"vpcs": {
			shape: objects,
			about: "VPCs by name. Each value is a whole `cidrplan_vpc` resource, or an object with the same attributes. `cidr_blocks` " +
				"is required.",
			fields: vpcFields(catalog).byValue(),
		},
		"clusters": {
			shape:    objects,
			required: true,
			about: "Clusters by name. Each value is a whole `cidrplan_cluster` resource, or an object with the same attributes. " +
				"`vpc` and `profile` are required. The map may be empty.",
			fields: clusterFields(catalog).byValue(),
		},
		"reserved": {
			shape:  objects,
			about:  "Reserved ranges by name. They are not allocated to any cluster. Each requires `cidr`.",
			fields: reservedFields,
		},
		"foreign_claims": foreignField,
		"unique_pod_cidrs": {
			shape: flag,
			about: "Whether new Pod ranges avoid the Pod ranges of all other clusters in the VRF, including clusters that they do not " +
				"reach today. Defaults to `true`. Pinned ranges are not affected.",
		},
		"unique_service_cidrs": {
			shape: flag,
			about: "Whether new Service ranges avoid the Service ranges of all other clusters in the VRF, including clusters that they " +
				"do not reach today. Defaults to `true`. Pinned ranges are not affected.",
		},
		"allow_class_e": classEField,
		"rule_levels": {
			shape: textMap,
			about: "Level of a rule in this allocator, by the name of the rule: " + choice(
				conflict.Levels,
			) + ". The guide Rules lists all rules. Allocated ranges never break a rule, whatever its level is.",
		},
		"existing": {
			shape: objects,
			about: "Ranges of clusters that were built before this allocator managed them, by the name of the cluster. The cluster " +
				"keeps these ranges, and the entry can be removed after the first apply. " +
				"If the name is not in `clusters`, the ranges stay occupied as long as the entry exists. `allocations` and `released` " +
				"of another allocator are accepted without changes.",
			results: []fields{allocationFields(catalog), memoryResults["released"].fields},
			fields: fields{
				"pod_cidrs":         {shape: texts, about: "Pod ranges that the cluster holds, in the order in which they were added."},
				"service_cidr":      {shape: text, about: "Service range that the cluster holds."},
				"pod_ipv6_cidr":     {shape: text, about: "IPv6 Pod range that the cluster holds."},
				"service_ipv6_cidr": {shape: text, about: "IPv6 Service range that the cluster holds."},
				"node_cidr_mask":    {shape: number, about: "Prefix length of the Pod block of each node."},
				"node_ipv6_cidr_mask": {
					shape: number,
					about: "Prefix length of the IPv6 Pod block of each node. Defaults to `64`, the default of kube-controller-manager.",
				},
				"pod_aggregate": {shape: text, about: "Range that is kept free for further Pod ranges of the cluster."},
				"profile":       {shape: text, about: "Profile with which the ranges were allocated, as a lock records it."},
				"cluster": {
					shape: text,
					about: "Name of the cluster that released the ranges. Set it only for released ranges; they stay reserved, as in " +
						"`released`.",
				},
			},
		},
	})
}

// classEField is the same for clusters and blocks.
var classEField = field{
	shape: flag,
	about: "Whether ranges in 240.0.0.0/4 (class E) are accepted, for self-managed clusters and for blocks. Defaults to `false`. Class " +
		"E is a reserved address space. Many operating systems (including Windows), routers and appliances drop packets with these " +
		"addresses. " +
		"Set it to `true` only if every system on the path supports them. Google Cloud accepts such subnets, and Submariner uses " +
		"242.0.0.0/8 by default.",
}

// memoryArguments are those that only an allocator with memory takes.
var memoryArguments = fields{
	"renumber": {
		shape: textMap,
		about: "Clusters to move to new ranges: a map from the name of the cluster to a token that you choose, such as a date. A new or " +
			"changed token moves the cluster once. " +
			"The plan lists what moves and which arguments of the cloud resource change. The previous ranges are released.",
	},
	"reclaim": {
		shape: texts,
		about: "Released ranges that may be allocated again: names of clusters, or keys of `released`. A name takes effect once, when " +
			"it is added to the list. `[\"*\"]` is for short-lived environments: " +
			"if nothing else is free, the range that was released first is allocated again. Ranges released by the same plan are excluded.",
	},
	"prevent_release": {
		shape: texts,
		about: "Names of clusters whose ranges must not be released, or `[\"*\"]` for all. A plan that would release them fails. A plan " +
			"that would destroy the allocator fails too.",
	},
}

// memoryResults are what only an allocator with memory computes.
var memoryResults = fields{
	"released": {
		shape:    objects,
		computed: true,
		about: "Released ranges, by the name of the cluster that held them. They stay reserved until `reclaim` names them. A new " +
			"cluster with the same name receives them again.",
		fields: fields{
			"cluster": {shape: text, computed: true, about: "Name of the cluster that held the ranges."},
			"profile": {shape: text, computed: true, about: "Profile of that cluster."},
			"order": {
				shape:    number,
				computed: true,
				about:    "Sequence number of the release. The lowest number was released first.",
			},
			"pod_cidrs":           {shape: texts, computed: true, about: "Pod ranges, in the order in which they were added."},
			"service_cidr":        {shape: text, computed: true, about: "Service range."},
			"pod_ipv6_cidr":       {shape: text, computed: true, about: "IPv6 Pod range."},
			"service_ipv6_cidr":   {shape: text, computed: true, about: "IPv6 Service range."},
			"pod_aggregate":       {shape: text, computed: true, about: "Range that was kept free for further Pod ranges of the cluster."},
			"node_cidr_mask":      {shape: number, computed: true, about: "Prefix length of the Pod block of each node."},
			"node_ipv6_cidr_mask": {shape: number, computed: true, about: "Prefix length of the IPv6 Pod block of each node."},
		},
	},
}

// allocatorResults are what an allocator computes.
func allocatorResults(catalog *profile.Catalog) fields {
	return fields{
		"allocations": {
			shape:    objects,
			computed: true,
			fields:   allocationFields(catalog),
			about:    "Allocation of each cluster, by name. The values are known at plan and do not change afterwards.",
		},
	}
}

// podSubnetsField are the subnets of one allocation, in an order that stays.
var podSubnetsField = field{
	shape:    list,
	computed: true,
	about: "Subnets of the VPC that Pods use, in the order of `pod_subnets` of the cluster. " +
		"Subnets that are added later come last, regardless of their position in the configuration. Null if the cluster names no subnets.",
	fields: fields{
		"name": {shape: text, computed: true, about: "Name of the subnet. Known at plan if the name is known in the configuration."},
		"cidr": {shape: text, computed: true, about: "Range of the subnet."},
	},
}

// allocationFields are the attributes of one allocation. The objects of the platforms come from
// the profiles' data.
func allocationFields(catalog *profile.Catalog) fields {
	out := fields{
		"pod_cidr": {
			shape:    text,
			computed: true,
			about:    "Pod range: the first of `pod_cidrs`. Null if Pods use subnets of the VPC.",
		},
		"pod_cidrs": {
			shape:    texts,
			computed: true,
			about:    "All IPv4 Pod ranges, in the order in which they were added. Null if Pods use subnets of the VPC.",
		},
		"pod_aggregate": {
			shape:    text,
			computed: true,
			about: "Range that contains the Pod ranges and is kept free for further Pod ranges, as `reserve_prefix_length` requests. " +
				"Null without `reserve_prefix_length`.",
		},
		"pod_subnets": podSubnetsField,
		"service_cidr": {
			shape:    text,
			computed: true,
			about:    "Service range. On TKE with Global Router or Cilium overlay it is the last part of the Pod range.",
		},
		"pod_ipv6_cidr": {shape: text, computed: true, about: "IPv6 Pod range. Null if the cluster has no IPv6 Pod range of its own."},
		"service_ipv6_cidr": {
			shape:    text,
			computed: true,
			about:    "IPv6 Service range. Null if the cluster has none, or if the platform chooses it.",
		},
		"node_cidr_mask": {
			shape:    number,
			computed: true,
			about:    "Prefix length of the Pod block of each node. Null if nodes have no Pod block of a fixed size.",
		},
		"node_ipv6_cidr_mask": {
			shape:    number,
			computed: true,
			about:    "Prefix length of the IPv6 Pod block of each node. Null if nodes have no IPv6 Pod block.",
		},
		"usable": {
			shape:    object,
			computed: true,
			about:    "Usable capacity of the ranges, after the addresses that the platform reserves.",
			fields: fields{
				"nodes": {
					shape:    number,
					computed: true,
					about: "Number of nodes that the Pod ranges are large enough for. With IPv4 and IPv6, the smaller number of the " +
						"two. Null if Pods use subnets of the VPC.",
				},
				"pods_per_node": {
					shape:    number,
					computed: true,
					about: "Number of Pods per node that the node's Pod block has addresses for. With IPv4 and IPv6, the smaller " +
						"number of the two. Null if Pods use subnets of the VPC.",
				},
				"services": {
					shape:    number,
					computed: true,
					about: "Number of Services that the Service ranges have addresses for. With IPv4 and IPv6, the smaller number of " +
						"the two.",
				},
			},
		},
	}
	for name, output := range catalog.Outputs() {
		attributes := fields{}
		for attribute, a := range output.Attributes {
			attributes[attribute] = outputField(a)
		}
		out[name] = field{
			shape:    object,
			computed: true,
			about:    output.Description + " Null for clusters of other platforms.",
			fields:   attributes,
		}
	}
	return out
}

// outputField is the attribute for an argument of a cloud resource.
func outputField(a profile.OutputAttribute) field {
	shapes := map[string]shape{"string": text, "number": number, "bool": flag}
	return field{shape: shapes[a.Type], computed: true, about: a.Description}
}
