package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// allocatorArguments are the arguments that all three doors of the planner take.
func allocatorArguments(catalog *profile.Catalog) fields {
	supernets := field{
		shape: texts,
		about: "Ranges that may be handed out from, such as `10.64.0.0/10`, IPv4 and IPv6. They must be disjoint; earlier ones fill first.",
	}
	services := field{shape: texts, about: "Ranges that Service ranges are handed out from. Defaults to `supernets`."}
	required := supernets
	required.required = true
	return aboutFields.with(acceptedField("among what the allocator is given")).with(fields{
		"name":              {shape: text, required: true, about: "Name of the allocator, " + nameRule + ". No range depends on it."},
		"supernets":         required,
		"service_supernets": services,
		"pools": {
			shape: objects,
			about: "Supernets of their own, by name, that clusters ask for with `pool`: a region, a security zone. Each needs `supernets`.",
			fields: fields{
				"supernets":         supernets,
				"service_supernets": services,
			},
		},
		"hubs": {
			shape:  objects,
			about:  "Hubs by name. The value is a `cidrplan_hub` as a whole, or an object with the same attributes; an empty object is enough.",
			fields: hubFields(catalog).byValue(),
		},
		"sites": {
			shape:  objects,
			about:  "Sites by name. The value is a `cidrplan_site` as a whole, or an object with the same attributes, of which `cidr_blocks` is needed.",
			fields: siteFields().byValue(),
		},
		"vpcs": {
			shape:  objects,
			about:  "VPCs by name. The value is a `cidrplan_vpc` as a whole, or an object with the same attributes, of which `cidr_blocks` is needed.",
			fields: vpcFields(catalog).byValue(),
		},
		"clusters": {
			shape:    objects,
			required: true,
			about:    "Clusters by name. The value is a `cidrplan_cluster` as a whole, or an object with the same attributes, of which `vpc` and `profile` are needed. An empty map is a valid first day.",
			fields:   clusterFields(catalog).byValue(),
		},
		"reserved": {
			shape:  objects,
			about:  "Ranges that no cluster may have, by name. Each needs `cidr`.",
			fields: reservedFields,
		},
		"foreign_claims": foreignField,
		"unique_pod_cidrs": {
			shape: flag,
			about: "Whether Pod ranges are handed out disjoint from those of all other clusters of the VRF, also where the clusters do not reach each other today. Defaults to `true`. It never judges pinned ranges.",
		},
		"unique_service_cidrs": {
			shape: flag,
			about: "Whether Service ranges are handed out disjoint from those of all other clusters of the VRF, also where the clusters do not reach each other today. Defaults to `true`. It never judges pinned ranges.",
		},
		"allow_class_e": classEField,
		"rule_levels": {
			shape: textMap,
			about: "How serious rules are here, by the rule's name: " + choice(
				conflict.Levels,
			) + ". The guide on conflicts lists all rules. What is handed out breaks none of them, whatever is set.",
		},
		"existing": {
			shape:   objects,
			about:   "What clusters hold that were built before this allocator knew them, by cluster. It is memory, not a wish: the cluster keeps it from then on, and the entry may go after the first apply. A name that is not in `clusters` keeps its ranges occupied as long as the entry stands. `allocations` and `released` of another allocator can be given as they are.",
			results: []fields{allocationFields(catalog), memoryResults["released"].fields},
			fields: fields{
				"pod_cidrs":         {shape: texts, about: "Pod ranges that the cluster holds, in the order in which it got them."},
				"service_cidr":      {shape: text, about: "Service range that the cluster holds."},
				"pod_ipv6_cidr":     {shape: text, about: "IPv6 Pod range that the cluster holds."},
				"service_ipv6_cidr": {shape: text, about: "IPv6 Service range that the cluster holds."},
				"node_cidr_mask":    {shape: number, about: "Prefix length of the Pod block of each of its nodes."},
				"node_ipv6_cidr_mask": {
					shape: number,
					about: "Prefix length of the IPv6 Pod block of each of its nodes. Defaults to 64, which is the default of kube-controller-manager.",
				},
				"pod_aggregate": {shape: text, about: "Block that the cluster keeps free for further Pod ranges."},
				"profile":       {shape: text, about: "Profile with which the cluster got its ranges, as a lock says it."},
				"cluster": {
					shape: text,
					about: "Set where the entry is not held any more: name of the cluster that gave the ranges up. They rest, as in `released`.",
				},
			},
		},
	})
}

// classEField is the same for clusters and blocks.
var classEField = field{
	shape: flag,
	about: "Whether ranges from 240.0.0.0/4 (class E) are accepted, for self-managed clusters and for blocks. Defaults to `false`. The addresses are reserved: many operating systems, among them Windows, and many routers and appliances drop their packets. " +
		"Use it only where every system on the way is known to carry them; Google Cloud accepts such subnets, and Submariner uses 242.0.0.0/8 by default.",
}

// memoryArguments are those that only an allocator with memory takes.
var memoryArguments = fields{
	"renumber": {
		shape: textMap,
		about: "Clusters that shall get other ranges, with a token of your own such as a date. A token acts once, when it differs from the one before; " +
			"the plan says what moves and which arguments of the cloud resource are replaced. What the cluster held is released.",
	},
	"reclaim": {
		shape: texts,
		about: "Names of clusters, or keys of `released`, whose released ranges may be used again. A name acts once, when it was not in the list before. `[\"*\"]` is for throw-away environments: " +
			"what rests longest is used again when nothing else is free, and nothing that is released by the same plan.",
	},
	"prevent_release": {
		shape: texts,
		about: "Names of clusters whose ranges must not be released, or `[\"*\"]` for all. A plan that would release them is refused, and so is one that destroys the allocator.",
	},
}

// memoryResults are what only an allocator with memory computes.
var memoryResults = fields{
	"released": {
		shape:    objects,
		computed: true,
		about:    "Ranges that clusters gave up, by the name of the cluster. They stay occupied until `reclaim` names them, and go back to a cluster of that name.",
		fields: fields{
			"cluster": {shape: text, computed: true, about: "Name of the cluster that held the ranges."},
			"profile": {shape: text, computed: true, about: "Profile of that cluster."},
			"order": {
				shape:    number,
				computed: true,
				about:    "Counts the plans that released something; the lowest rests longest.",
			},
			"pod_cidrs":           {shape: texts, computed: true, about: "Pod ranges, in the order in which the cluster got them."},
			"service_cidr":        {shape: text, computed: true, about: "Service range."},
			"pod_ipv6_cidr":       {shape: text, computed: true, about: "IPv6 Pod range."},
			"service_ipv6_cidr":   {shape: text, computed: true, about: "IPv6 Service range."},
			"pod_aggregate":       {shape: text, computed: true, about: "Block that the cluster kept free for further Pod ranges."},
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
			about:    "What every cluster gets, by name: literal in the plan, and never changed afterwards.",
		},
	}
}

// podSubnetsField are the subnets of one allocation, in an order that stays.
var podSubnetsField = field{
	shape:    list,
	computed: true,
	about: "Subnets of the VPC that Pods live in, in the order of `pod_subnets` of the cluster. " +
		"Subnets that are added later come last, wherever the configuration lists them. Null where the cluster names none.",
	fields: fields{
		"name": {shape: text, computed: true, about: "Name of the subnet. It is known at plan where the configuration gives it."},
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
			about:    "Pod range; the first of `pod_cidrs`. Null where Pods live in subnets of the VPC.",
		},
		"pod_cidrs": {
			shape:    texts,
			computed: true,
			about:    "All IPv4 Pod ranges, in the order in which the cluster got them. Null where Pods live in subnets of the VPC.",
		},
		"pod_aggregate": {
			shape:    text,
			computed: true,
			about:    "Block around the Pod ranges that is kept free for further ones, as `reserve_prefix_length` asks for it. Null without that.",
		},
		"pod_subnets": podSubnetsField,
		"service_cidr": {
			shape:    text,
			computed: true,
			about:    "Service range. On TKE with Global Router and Cilium overlay it is the last part of the Pod range.",
		},
		"pod_ipv6_cidr": {shape: text, computed: true, about: "IPv6 Pod range. Null where the cluster has none of its own."},
		"service_ipv6_cidr": {
			shape:    text,
			computed: true,
			about:    "IPv6 Service range. Null where the cluster has none, or where the platform chooses it.",
		},
		"node_cidr_mask": {
			shape:    number,
			computed: true,
			about:    "Prefix length of the Pod block of each node. Null where nodes have no block of one size.",
		},
		"node_ipv6_cidr_mask": {
			shape:    number,
			computed: true,
			about:    "Prefix length of the IPv6 Pod block of each node. Null where nodes have none.",
		},
		"usable": {
			shape:    object,
			computed: true,
			about:    "What can really be used of the ranges, net of what the platform takes.",
			fields: fields{
				"nodes": {
					shape:    number,
					computed: true,
					about:    "Number of nodes that the Pod ranges serve, with two families the smaller number. Null where Pods live in subnets of the VPC.",
				},
				"pods_per_node": {
					shape:    number,
					computed: true,
					about:    "Number of Pods on a node that have addresses, with two families one of each. Null where Pods live in subnets of the VPC.",
				},
				"services": {
					shape:    number,
					computed: true,
					about:    "Number of Services that the Service ranges have addresses for, with two families the smaller number.",
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
