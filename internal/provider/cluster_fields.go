package provider

import (
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// profiles lists the profiles with the platforms' own words.
func profiles(catalog *profile.Catalog) string {
	var list []string
	for _, name := range catalog.Names() {
		p, _ := catalog.Profile(name)
		list = append(list, fmt.Sprintf("%#q (%s)", name, p.Title))
	}
	return strings.Join(list, ", ")
}

func clusterFields(catalog *profile.Catalog) values.Fields {
	return aboutFields.With(values.Fields{
		"name":    nameField("cluster"),
		"vpc":     {Shape: values.Text, Required: true, Description: "Name of the VPC or site that the cluster is in."},
		"profile": {Shape: values.Text, Required: true, Description: "Platform and container-network mode: " + profiles(catalog) + "."},
		"max_nodes": {
			Shape: values.Number,
			Description: "Maximum number of nodes that the cluster will ever have. There is no default, because the Pod range cannot be " +
				"changed later: set `max_nodes`, `pod_prefix_length` or `pod_cidrs`. " +
				"If Pods use subnets of the VPC, it is optional, and cidrplan checks that the subnets have enough addresses.",
		},
		"pods_per_node": {
			Shape: values.Number,
			Description: "Maximum number of Pods per node, counted in the same way as the argument of the cloud resource: addresses on " +
				"ACK and TKE (64 is a /26), usable Pods elsewhere (64 requires a /25 on CCE, which reserves three addresses of each " +
				"block). The default is that of the profile, such as 64 on ACK and TKE and 110 on CCE; see the " +
				"guides of the platforms.",
		},
		"max_services": {
			Shape: values.Number,
			Description: "Maximum number of Services that the cluster will ever have. On TKE it is the number of addresses, as in the " +
				"argument of the cloud resource. Defaults to 1,000, which is a /22.",
		},
		"pod_prefix_length": {Shape: values.Number, Description: "Prefix length of the Pod range, such as `18`. Without it, the size " +
			"follows from `max_nodes`."},
		"service_prefix_length": {Shape: values.Number, Description: "Prefix length of the Service range, such as `22`. Without it, the " +
			"size follows from `max_services`."},
		"node_cidr_mask": {
			Shape:       values.Number,
			Description: "Prefix length of the Pod block of each node, such as `25`. Without it, the size follows from `pods_per_node`.",
		},
		"node_ipv6_cidr_mask": {
			Shape: values.Number,
			Description: "Prefix length of the IPv6 Pod block of each node, for clusters with an IPv6 Pod range of their own. " +
				"Defaults to `64`. It must be at most 16 bits longer than `pod_ipv6_cidr`. It cannot be changed later.",
		},
		"pod_cidrs": {
			Shape: values.Texts,
			Description: "Pod ranges of the cluster (pinned). cidrplan checks them and does not choose others. Several ranges are " +
				"possible only if the platform supports them.",
		},
		"service_cidr": {
			Shape: values.Text,
			Description: "Service range of the cluster (pinned). cidrplan checks it and does not choose another one. If `pod_cidrs` is " +
				"set and the cluster sets nothing about Services, cidrplan assumes the default Service range of the platform.",
		},
		"pod_ipv6_cidr": {Shape: values.Text, Description: "IPv6 Pod range of the cluster (pinned). cidrplan checks it and does not " +
			"choose another one."},
		"service_ipv6_cidr": {
			Shape:       values.Text,
			Description: "IPv6 Service range of the cluster (pinned). cidrplan checks it and does not choose another one.",
		},
		"further_service_cidrs": {
			Shape: values.Texts,
			Description: "Service ranges of the cluster beside `service_cidr` (pinned), each a ServiceCIDR object of Kubernetes. " +
				"cidrplan checks them and does not choose others. Ranges can only be appended. Requires `services` in `append_ranges`.",
		},
		"further_pod_ipv6_cidrs": {
			Shape: values.Texts,
			Description: "IPv6 Pod ranges of the cluster beside `pod_ipv6_cidr` (pinned). Ranges can only be appended. Requires `pods` " +
				"in `append_ranges`.",
		},
		"further_service_ipv6_cidrs": {
			Shape: values.Texts,
			Description: "IPv6 Service ranges of the cluster beside `service_ipv6_cidr` (pinned). Ranges can only be appended. " +
				"Requires `services` in `append_ranges`.",
		},
		"ip_families": {
			Shape: values.Texts,
			Description: "Address families of the cluster: `[\"ipv4\"]` (the default), or `[\"ipv4\", \"ipv6\"]` if the network mode " +
				"supports both. IPv6 ranges are allocated from the IPv6 supernets.",
		},
		"dns_service_ip": {
			Shape: values.Text,
			Description: "Address of cluster DNS in the Service range, on platforms that accept one. Defaults to the tenth address of " +
				"the Service range. If no Service range is set, cidrplan chooses a range without regard to this address and refuses the " +
				"plan if the range does not contain it: set `service_cidr` beside it.",
		},
		"surge_nodes": {
			Shape: values.Number,
			Description: "Number of nodes that an upgrade adds for a time, such as the surge of the node pools. Subnets and IPv4 Pod " +
				"ranges require addresses for these nodes beside `max_nodes`. Requires `max_nodes`.",
		},
		"node_subnets": {
			Shape: values.Texts,
			Description: "Names of the VPC's subnets that nodes use. cidrplan checks that they have enough addresses for `max_nodes` " +
				"and `surge_nodes`, and for Pods if they use the subnets of their nodes.",
		},
		"pod_subnets": {
			Shape: values.Texts,
			Description: "Names of the VPC's subnets that Pods use, for network modes in which Pods have addresses of the VPC. cidrplan " +
				"checks that they have enough addresses for the Pods of all nodes. More subnets can be added later. `pod_subnets` of " +
				"the allocation has the same order. Required if the platform cannot create a cluster without them.",
		},
		"reserve_prefix_length": {
			Shape: values.Number,
			Description: "Prefix length of a range that contains the Pod range and is kept free for further Pod ranges of the " +
				"cluster, so that all of them are in one aggregate. It cannot be changed later.",
		},
		"append_ranges": {
			Shape: values.Texts,
			Description: "Ranges that cidrplan may append to the cluster when it needs more than it holds: `pods` and `services`. " +
				"Set it only if the cluster can use further ranges, which depends on its network plug-in and version: the guide of the " +
				"platform says what is required. Platforms that always append Pod ranges, such as CCE with the VPC network, do not " +
				"need it.",
		},
		"previous_names": {
			Shape:       values.Texts,
			Description: "Earlier names of the cluster. The ranges of an earlier name are carried over to the new name.",
		},
		"pool": {
			Shape:       values.Text,
			Description: "Name of the allocator's pool to allocate from. Defaults to the supernets of the allocator itself.",
		},
		"cloud_name": {
			Shape: values.Text,
			Description: "Name or ID of the cluster in the cloud, if it is not the name of the cluster: an entry of `existing` with " +
				"this key is this " +
				"cluster.",
		},
		"same_as": {
			Shape: values.Text,
			Description: "Name of a cluster in another VRF whose ranges this cluster uses too: a mirror cluster for disaster recovery. " +
				"Both clusters have the same Pod and Service ranges, masks and sizes, which are free in both networks. " +
				"A mirror cluster sets no sizes, pinned ranges, address families or pool. If `same_as` is removed, the cluster keeps " +
				"its ranges. Both clusters must be renumbered together.",
		},
		"other_ranges": otherRangesField(catalog),
		"meshes": {
			Shape: values.Texts,
			Description: "Names of the flat meshes that the cluster is a member of. Pod and Service ranges of all members must not " +
				"overlap, even in different VRFs.",
		},
	})
}
