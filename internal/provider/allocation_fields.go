package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// podSubnetsField are the subnets of one allocation, in an order that stays.
var podSubnetsField = values.Field{
	Shape:    values.List,
	Computed: true,
	Description: "Subnets of the VPC that Pods use, in the order of `pod_subnets` of the cluster. " +
		"Subnets that are added later come last, regardless of their position in the configuration. Null if the cluster names no subnets.",
	Fields: values.Fields{
		"name": {Shape: values.Text, Computed: true, Description: "Name of the subnet. Known at plan if the name is known in the " +
			"configuration."},
		"cidr": {Shape: values.Text, Computed: true, Description: "Range of the subnet."},
	},
}

// allocationFields are the attributes of one allocation. The objects of the platforms come from
// the profiles' data.
func allocationFields(catalog *profile.Catalog) values.Fields {
	out := values.Fields{
		"pod_cidr": {
			Shape:       values.Text,
			Computed:    true,
			Description: "Pod range: the first of `pod_cidrs`. Null if Pods use subnets of the VPC.",
		},
		"pod_cidrs": {
			Shape:       values.Texts,
			Computed:    true,
			Description: "All IPv4 Pod ranges, in the order in which they were added. Null if Pods use subnets of the VPC.",
		},
		"pod_aggregate": {
			Shape:    values.Text,
			Computed: true,
			Description: "Range that contains the Pod ranges and is kept free for further Pod ranges, as `reserve_prefix_length` " +
				"requests. Null without `reserve_prefix_length`.",
		},
		"pod_subnets": podSubnetsField,
		"service_cidr": {
			Shape:       values.Text,
			Computed:    true,
			Description: "Service range. On TKE with Global Router or Cilium overlay it is the last part of the Pod range.",
		},
		"pod_ipv6_cidr": {Shape: values.Text, Computed: true, Description: "IPv6 Pod range. Null if the cluster has no IPv6 Pod range of " +
			"its own."},
		"service_ipv6_cidr": {
			Shape:       values.Text,
			Computed:    true,
			Description: "IPv6 Service range. Null if the cluster has none, or if the platform chooses it.",
		},
		"further_service_cidrs": {
			Shape:    values.Texts,
			Computed: true,
			Description: "Service ranges that were appended to `service_cidr`, in the order in which they were added. Null if there are " +
				"none.",
		},
		"further_pod_ipv6_cidrs": {
			Shape:       values.Texts,
			Computed:    true,
			Description: "IPv6 Pod ranges that were appended to `pod_ipv6_cidr`. Null if there are none.",
		},
		"further_service_ipv6_cidrs": {
			Shape:       values.Texts,
			Computed:    true,
			Description: "IPv6 Service ranges that were appended to `service_ipv6_cidr`. Null if there are none.",
		},
		"node_cidr_mask": {
			Shape:       values.Number,
			Computed:    true,
			Description: "Prefix length of the Pod block of each node. Null if nodes have no Pod block of a fixed size.",
		},
		"node_ipv6_cidr_mask": {
			Shape:       values.Number,
			Computed:    true,
			Description: "Prefix length of the IPv6 Pod block of each node. Null if nodes have no IPv6 Pod block.",
		},
		"usable": {
			Shape:       values.Object,
			Computed:    true,
			Description: "Usable capacity of the ranges, after the addresses that the platform reserves.",
			Fields: values.Fields{
				"nodes": {
					Shape:    values.Number,
					Computed: true,
					Description: "Number of nodes that the Pod ranges are large enough for. With IPv4 and IPv6, the smaller number of " +
						"the two. Null if Pods use subnets of the VPC.",
				},
				"pods_per_node": {
					Shape:    values.Number,
					Computed: true,
					Description: "Number of Pods per node that the node's Pod block has addresses for. With IPv4 and IPv6, the smaller " +
						"number of the two. Null if Pods use subnets of the VPC.",
				},
				"services": {
					Shape:    values.Number,
					Computed: true,
					Description: "Number of Services that the Service ranges have addresses for. With IPv4 and IPv6, the smaller " +
						"number of the two.",
				},
			},
		},
	}
	for name, output := range catalog.Outputs() {
		attributes := values.Fields{}
		for attribute, a := range output.Attributes {
			attributes[attribute] = outputField(a)
		}
		out[name] = values.Field{
			Shape:       values.Object,
			Computed:    true,
			Description: output.Description + " Null for clusters of other platforms.",
			Fields:      attributes,
		}
	}
	return out
}

// outputField is the attribute for an argument of a cloud resource.
func outputField(a profile.OutputAttribute) values.Field {
	shapes := map[string]values.Shape{"string": values.Text, "number": values.Number, "bool": values.Flag, "list": values.Texts}
	field := values.Field{Shape: shapes[a.Type], Computed: true, Description: a.Description}
	if a.Fields == nil {
		return field
	}
	field.Shape, field.Fields = values.List, values.Fields{}
	for _, name := range a.Fields {
		field.Fields[name] = values.Field{Shape: values.Text, Computed: true, Description: "Argument of an element."}
	}
	return field
}
