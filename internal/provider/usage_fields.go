package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// usageFields are the attributes of the result of usage.
var usageFields = values.Fields{
	"total": {
		Shape: values.Object, Fields: familiesOfUsage, Description: "All supernets of the resource, each address once.",
	},
	"default_pool": {
		Shape: values.Object, Fields: poolFields,
		Description: "`supernets` and `service_supernets` of the resource itself, which clusters without `pool` and blocks use.",
	},
	"pools":     {Shape: values.Objects, Fields: poolFields, Description: "The same for each pool, by its name."},
	"supernets": {Shape: values.Objects, Fields: countFields, Description: "The numbers of each supernet, by its range."},
	"clusters": {
		Shape: values.Objects, Fields: clusterUsageFields,
		Description: "What each cluster asks for and what its ranges serve, by name. Empty for blocks.",
	},
}

var familiesOfUsage = values.Fields{
	"ipv4": {Shape: values.Object, Fields: countFields, Description: "IPv4 addresses. Null without IPv4 supernets."},
	"ipv6": {Shape: values.Object, Fields: countFields, Description: "IPv6 addresses. Null without IPv6 supernets."},
}

// poolFields are families of supernets, and beside them those of supernets that are for Services alone.
var poolFields = values.Fields{
	"ipv4": {Shape: values.Object, Fields: countFields, Description: "IPv4 `supernets`. Null without any."},
	"ipv6": {Shape: values.Object, Fields: countFields, Description: "IPv6 `supernets`. Null without any."},
	"service_ipv4": {
		Shape: values.Object, Fields: countFields,
		Description: "IPv4 `service_supernets`. Null without any: Service ranges then use `ipv4`.",
	},
	"service_ipv6": {
		Shape: values.Object, Fields: countFields,
		Description: "IPv6 `service_supernets`. Null without any: Service ranges then use `ipv6`.",
	},
}

var aNumber = values.Field{Shape: values.Number}

// countFields are the numbers of some supernets of one family.
var countFields = values.Fields{
	"addresses": {Shape: values.Number, Description: "Number of addresses in all. It is the sum of the six uses."},
	"allocated": {Shape: values.Number, Description: "Addresses of ranges that clusters or blocks of this resource hold."},
	"growth_reserve": {
		Shape: values.Number, Description: "Addresses that are kept free for further Pod ranges of a cluster.",
	},
	"released": {Shape: values.Number, Description: "Addresses of released ranges."},
	"reserved": {Shape: values.Number, Description: "Addresses of `reserved` ranges."},
	"unusable": {
		Shape: values.Number, Description: "Addresses that a new range cannot have because of a network, a route, an existing cluster, " +
			"another workspace or the platform.",
	},
	"free":         {Shape: values.Number, Description: "Addresses that a new range can have."},
	"percent":      {Shape: values.Number, Description: "Percentage of addresses that are not free, rounded down to two decimals."},
	"largest_free": {Shape: values.Text, Description: "Largest range that can be allocated. Null if there is none."},
	"fits": {
		Shape: values.Map, Element: &aNumber,
		Description: "Number of ranges that can still be allocated if all have the same prefix length, by this length, such as " +
			"`fits[\"20\"]`.",
	},
	"unusable_because": {
		Shape: values.List, Description: "What makes addresses unusable.", Fields: values.Fields{
			"kind": {
				Shape: values.Text,
				Description: "`vpc`, `subnet`, `site`, `route`, `existing`; `other` for a range of `other_ranges`; `pod`, " +
					"`service`, `block`, `reserved`, `kept`, `released` or `supernet` of another workspace; or `platform` for " +
					"addresses that the platform does not accept.",
			},
			"name":      {Shape: values.Text, Description: "Name of the network, cluster, block or reservation."},
			"part":      {Shape: values.Text, Description: "Name of the subnet or route, or of the use in `other_ranges`."},
			"cidr":      {Shape: values.Text, Description: "The range."},
			"allocator": {Shape: values.Text, Description: "Name of the allocator or blocks of another workspace."},
			"addresses": {
				Shape: values.Number, Description: "Number of unusable addresses in the range. Ranges that overlap count them each.",
			},
		},
	},
	"networks": {
		Shape: values.Objects, Description: "What a new range can have in each network, by the name of the network.",
		Fields: values.Fields{
			"free":         {Shape: values.Number, Description: "Addresses that a new range in the network can have."},
			"percent":      {Shape: values.Number, Description: "Percentage of addresses that it cannot have."},
			"largest_free": {Shape: values.Text, Description: "Largest range that can be allocated in the network."},
		},
	},
	"months_left": {
		Shape: values.Number,
		Description: "Months until a cluster in `growth` needs a further Pod range and these supernets have none for it. Null if no " +
			"such cluster can use further Pod ranges from them.",
	},
	"lasts_until": {Shape: values.Text, Description: "Day after so many whole months from `date`."},
}

// shareFields are a number of something that is asked for, observed and served.
func shareFields(asked, observed, served string) values.Fields {
	out := values.Fields{
		"asked":   {Shape: values.Number, Description: asked},
		"served":  {Shape: values.Number, Description: served},
		"percent": {Shape: values.Number, Description: "Percentage of `served`."},
	}
	if observed != "" {
		out["observed"] = values.Field{Shape: values.Number, Description: observed}
	}
	return out
}

var clusterUsageFields = values.Fields{
	"nodes": {Shape: values.Object, Description: "Nodes.", Fields: shareFields(
		"`max_nodes` of the cluster.", "Number of nodes in `observed`.", "Number of nodes that the Pod ranges are large enough for.",
	)},
	"pods": {Shape: values.Object, Description: "Pods, counted as `pods_per_node`.", Fields: shareFields(
		"Pods on `max_nodes` nodes.", "Pods that the observed nodes can have, or addresses in use in the Pod subnets.",
		"Pods on all nodes that are served, or addresses of the Pod subnets.",
	)},
	"services": {Shape: values.Object, Description: "Services.", Fields: shareFields(
		"`max_services` of the cluster.", "", "Number of Services that the Service ranges have addresses for.",
	)},
	"pod_ranges": {Shape: values.Object, Description: "IPv4 Pod ranges.", Fields: values.Fields{
		"count":   {Shape: values.Number, Description: "Number of Pod ranges, the appended ones included."},
		"limit":   {Shape: values.Number, Description: "Number of Pod ranges that the platform accepts. Null if Pods use subnets."},
		"percent": {Shape: values.Number, Description: "Percentage of `limit`."},
	}},
	"routes": {Shape: values.Object, Description: "Entries in the route table of the VPC, if nodes use any.", Fields: values.Fields{
		"count":         {Shape: values.Number, Description: "Entries for `max_nodes` of all clusters in the VPC and for declared routes."},
		"limit":         {Shape: values.Number, Description: "Route quota of the VPC."},
		"percent":       {Shape: values.Number, Description: "Percentage of `limit`."},
		"more_clusters": {Shape: values.Number, Description: "Further clusters with as many nodes that the quota is enough for."},
		"months_left": {
			Shape: values.Number,
			Description: "Months until the growth of the clusters in the VPC has used up the quota. A cluster without observed nodes " +
				"counts with `max_nodes`.",
		},
	}},
	"percent": {
		Shape: values.Number, Description: "Highest percentage of `nodes`, `pods` and `services`: of observed numbers if there are any.",
	},
	"more_clusters": {
		Shape: values.Number, Description: "Number of further clusters like this one whose ranges can be allocated.",
	},
	"more_clusters_at_least": {
		Shape: values.Flag, Description: "Whether more clusters may have room: so many are certain to, and others were not tried.",
	},
	"months_left": {
		Shape: values.Number,
		Description: "Months until the first of its limits: the nodes that its Pod ranges serve, the observed free addresses of its Pod " +
			"subnets, or the route quota of its VPC.",
	},
	"lasts_until": {Shape: values.Text, Description: "Day after so many whole months from `date`."},
}
