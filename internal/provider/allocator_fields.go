package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// allocatorArguments are the arguments that resource, data source and function accept.
func allocatorArguments(catalog *profile.Catalog) values.Fields {
	supernets := values.Field{
		Shape: values.Texts,
		Description: "Ranges to allocate from, IPv4 or IPv6, such as `10.64.0.0/10`. They must not overlap. The first range is filled " +
			"first.",
	}
	services := values.Field{Shape: values.Texts, Description: "Ranges to allocate Service ranges from. Defaults to `supernets`."}
	required := supernets
	required.Required = true
	return aboutFields.With(acceptedField("between ranges that the allocator receives")).With(values.Fields{
		"name": {Shape: values.Text, Required: true, Description: "Name of the allocator, " + messages.NameRule + ". A change of the " +
			"name does not change any range."},
		"supernets":         required,
		"service_supernets": services,
		"pools": {
			Shape: values.Objects,
			Description: "Pools by name: separate supernets, for example for a region or a security zone. A cluster selects one with its " +
				"argument `pool`. Each pool requires `supernets`.",
			Fields: values.Fields{
				"supernets":         supernets,
				"service_supernets": services,
			},
		},
		"hubs": {
			Shape: values.Objects,
			Description: "Hubs by name. Each value is a whole `cidrplan_hub` resource, or an object with the same attributes, which " +
				"may be empty.",
			Fields: hubFields(catalog).ByValue(),
		},
		"sites": {
			Shape: values.Objects,
			Description: "Sites by name. Each value is a whole `cidrplan_site` resource, or an object with the same attributes. " +
				"`cidr_blocks` is required.",
			Fields: siteFields().ByValue(),
		},
		"vpcs": {
			Shape: values.Objects,
			Description: "VPCs by name. Each value is a whole `cidrplan_vpc` resource, or an object with the same attributes. " +
				"`cidr_blocks` is required.",
			Fields: vpcFields(catalog).ByValue(),
		},
		"clusters": {
			Shape:    values.Objects,
			Required: true,
			Description: "Clusters by name. Each value is a whole `cidrplan_cluster` resource, or an object with the same attributes. " +
				"`vpc` and `profile` are required. The map may be empty.",
			Fields: clusterFields(catalog).ByValue(),
		},
		"reserved": {
			Shape: values.Objects,
			Description: "Reserved ranges by name. They are not allocated to any cluster. A range in `other_ranges` of a cluster that " +
				"networks route may overlap them with a warning. Each requires `cidr`.",
			Fields: reservedFields,
		},
		"foreign_claims": foreignField,
		"unique_pod_cidrs": {
			Shape: values.Flag,
			Description: "Whether new Pod ranges avoid the Pod ranges of all other clusters in the VRF, including clusters that they do " +
				"not reach today. Defaults to `true`. Pinned ranges are not affected.",
		},
		"unique_service_cidrs": {
			Shape: values.Flag,
			Description: "Whether new Service ranges avoid the Service ranges of all other clusters in the VRF, including clusters that " +
				"they do not reach today. Defaults to `true`. Pinned ranges are not affected.",
		},
		"allow_class_e": classEField,
		"rule_levels": {
			Shape: values.TextMap,
			Description: "Level of a rule in this allocator, by the name of the rule: " + values.Choice(
				conflict.Levels,
			) + ". The guide Rules lists all rules. Allocated ranges never break a rule, whatever its level is.",
		},
		"existing": {
			Shape: values.Objects,
			Description: "Ranges of clusters that were built before this allocator managed them, by the name of the cluster. The cluster " +
				"keeps these ranges, and the entry can be removed after the first apply. A cluster that was built without giving a range " +
				"has the default range of its platform, where the guide of the platform names one: the entry may leave that range out. " +
				"If the name is not in `clusters`, the ranges stay occupied as long as the entry exists. `allocations` and `released` " +
				"of another allocator are accepted without changes.",
			Results: []values.Fields{allocationFields(catalog), allocatorResourceResults["released"].Fields},
			Fields: values.Fields{
				"pod_cidrs": {Shape: values.Texts, Description: "Pod ranges that the cluster holds, in the order in which they " +
					"were added."},
				"service_cidr":               {Shape: values.Text, Description: "Service range that the cluster holds."},
				"pod_ipv6_cidr":              {Shape: values.Text, Description: "IPv6 Pod range that the cluster holds."},
				"service_ipv6_cidr":          {Shape: values.Text, Description: "IPv6 Service range that the cluster holds."},
				"further_service_cidrs":      {Shape: values.Texts, Description: "Service ranges that were appended, in their order."},
				"further_pod_ipv6_cidrs":     {Shape: values.Texts, Description: "IPv6 Pod ranges that were appended, in their order."},
				"further_service_ipv6_cidrs": {Shape: values.Texts, Description: "IPv6 Service ranges that were appended, in their order."},
				"node_cidr_mask":             {Shape: values.Number, Description: "Prefix length of the Pod block of each node."},
				"node_ipv6_cidr_mask": {
					Shape: values.Number,
					Description: "Prefix length of the IPv6 Pod block of each node. Defaults to `64`, the default of " +
						"kube-controller-manager.",
				},
				"other_ranges": {
					Shape:   values.Map,
					Element: &values.Field{Shape: values.Texts},
					Description: "Ranges that the cluster uses beside Pods and Services, as in `other_ranges` of a cluster. They are in " +
						"use as long as the entry exists: add them to `other_ranges` of the cluster before you remove it. Of a " +
						"cluster that is not in `clusters`, those that networks route stay occupied. An entry may have them alone if the " +
						"cluster is not in `clusters`, or if the state or the pins of the cluster have its Pod and Service ranges.",
				},
				"pod_aggregate": {Shape: values.Text, Description: "Range that is kept free for further Pod ranges of the cluster."},
				"profile":       {Shape: values.Text, Description: "Profile with which the ranges were allocated, as a lock records it."},
				"cluster": {
					Shape: values.Text,
					Description: "Name of the cluster that released the ranges. Set it only for released ranges; they stay reserved, " +
						"as in `released`.",
				},
			},
		},
	})
}

// classEField is the same for clusters and blocks.
var classEField = values.Field{
	Shape: values.Flag,
	Description: "Whether ranges in 240.0.0.0/4 (class E) are accepted, for self-managed clusters and for blocks. Defaults to `false`. " +
		"Class E is a reserved address space. Many operating systems (including Windows), routers and appliances drop packets with " +
		"these addresses. Set it to `true` only if every system on the path supports them. Google Cloud accepts such subnets, and " +
		"Submariner uses 242.0.0.0/8 by default.",
}

// allocatorResourceArguments are those that only the resource has, which is stored in a state.
var allocatorResourceArguments = values.Fields{
	"renumber": {
		Shape: values.TextMap,
		Description: "Clusters to move to new ranges: a map from the name of the cluster to a token that you choose, such as a date. A " +
			"new or changed token moves the cluster once. " +
			"The plan lists what moves and which arguments of the cloud resource change. The previous ranges are released.",
	},
	"reclaim": {
		Shape: values.Texts,
		Description: "Released ranges that may be allocated again: names of clusters, or keys of `released`. A name takes effect once, " +
			"when it is added to the list. `[\"*\"]` is for short-lived environments: " +
			"if nothing else is free, the range that was released first is allocated again. Ranges released by the same plan are excluded.",
	},
	"prevent_release": {
		Shape: values.Texts,
		Description: "Names of clusters whose ranges must not be released, or `[\"*\"]` for all. A plan that would release them fails. A " +
			"plan that would destroy the allocator fails too.",
	},
}

// allocatorResourceResults are the results that only the resource has.
var allocatorResourceResults = values.Fields{
	"released": {
		Shape:    values.Objects,
		Computed: true,
		Description: "Released ranges, by the name of the cluster that held them. They stay reserved until `reclaim` names them. A new " +
			"cluster with the same name receives them again.",
		Fields: values.Fields{
			"cluster": {Shape: values.Text, Computed: true, Description: "Name of the cluster that held the ranges."},
			"profile": {Shape: values.Text, Computed: true, Description: "Profile of that cluster."},
			"order": {
				Shape:       values.Number,
				Computed:    true,
				Description: "Sequence number of the release. The lowest number was released first.",
			},
			"pod_cidrs": {
				Shape:       values.Texts,
				Computed:    true,
				Description: "Pod ranges, in the order in which they were added.",
			},
			"service_cidr":      {Shape: values.Text, Computed: true, Description: "Service range."},
			"pod_ipv6_cidr":     {Shape: values.Text, Computed: true, Description: "IPv6 Pod range."},
			"service_ipv6_cidr": {Shape: values.Text, Computed: true, Description: "IPv6 Service range."},
			"further_service_cidrs": {
				Shape:       values.Texts,
				Computed:    true,
				Description: "Service ranges that were appended, in their order.",
			},
			"further_pod_ipv6_cidrs": {
				Shape:       values.Texts,
				Computed:    true,
				Description: "IPv6 Pod ranges that were appended, in their order.",
			},
			"further_service_ipv6_cidrs": {
				Shape:       values.Texts,
				Computed:    true,
				Description: "IPv6 Service ranges that were appended, in their order.",
			},
			"pod_aggregate": {Shape: values.Text, Computed: true, Description: "Range that was kept free for further Pod ranges of " +
				"the cluster."},
			"node_cidr_mask":      {Shape: values.Number, Computed: true, Description: "Prefix length of the Pod block of each node."},
			"node_ipv6_cidr_mask": {Shape: values.Number, Computed: true, Description: "Prefix length of the IPv6 Pod block of each node."},
		},
	},
}

// allocatorResults are the results of resource and data source.
func allocatorResults(catalog *profile.Catalog) values.Fields {
	return values.Fields{
		"allocations": {
			Shape:       values.Objects,
			Computed:    true,
			Fields:      allocationFields(catalog),
			Description: "Allocation of each cluster, by name. The values are known at plan and do not change afterwards.",
		},
	}
}
