package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// The readers of this file are for the resources that declare networks and clusters, and for the arguments of allocators with
// the same attributes.

func readHub(n *values.Node) topology.Hub {
	h := topology.Hub{
		Name:            n.Text("name"),
		Kind:            n.Word("kind"),
		ProtectionLevel: n.Word("protection_level"),
		VRF:             n.Text("vrf"),
		PreviousNames:   n.Texts("previous_names"),
		Accepted:        values.Each(n, "accepted_conflicts", readAcceptance),
		About:           readAbout(n),
	}
	h.Unknown = n.Unknown
	return h
}

func readSite(n *values.Node) topology.Site {
	s := topology.Site{
		Name: n.Text("name"), CIDRBlocks: n.Prefixes("cidr_blocks"), AdvertisedCIDRs: n.Prefixes("advertised_cidrs"),
		Hubs: n.Texts("hubs"), Peers: n.Texts("peers"), VRF: n.Text("vrf"), PreviousNames: n.Texts("previous_names"),
		Accepted: values.Each(n, "accepted_conflicts", readAcceptance), About: readAbout(n),
	}
	s.Unknown = n.Unknown
	return s
}

func readVPC(n *values.Node) topology.VPC {
	v := topology.VPC{
		Name: n.Text("name"), Platform: n.Word("platform"), Region: n.Text("region"),
		CIDRBlocks: n.Prefixes("cidr_blocks"), IPv6CIDRBlocks: n.Prefixes("ipv6_cidr_blocks"), Subnets: n.PrefixMap("subnets"),
		AdvertisedCIDRs: n.Prefixes("advertised_cidrs"),
		Hubs:            n.Texts("hubs"), Peers: n.Texts("peers"), Routes: values.Each(n, "routes", readRoute),
		RouteQuota: n.Number("route_quota"), VRF: n.Text("vrf"), PreviousNames: n.Texts("previous_names"),
		Accepted: values.Each(n, "accepted_conflicts", readAcceptance), About: readAbout(n),
	}
	v.Unknown = n.Unknown
	return v
}

func readRoute(n *values.Node) topology.Route {
	r := topology.Route{
		Destination: n.Prefix("destination"), NextHop: n.Word("next_hop"),
		Summary: n.Flag("summary"), Description: n.Text("description"),
	}
	r.Unknown = n.Unknown
	return r
}

func readCluster(n *values.Node) topology.Cluster {
	c := topology.Cluster{
		Name: n.Text("name"), VPC: n.Text("vpc"), Profile: n.Text("profile"),
		Need: profile.Need{
			MaxNodes: n.Number("max_nodes"), PodsPerNode: n.Number("pods_per_node"), MaxServices: n.Number("max_services"),
			PodLength: int(n.Number("pod_prefix_length")), ServiceLength: int(n.Number("service_prefix_length")),
			NodeMask: int(n.Number("node_cidr_mask")), NodeIPv6Mask: int(n.Number("node_ipv6_cidr_mask")),
			SurgeNodes: n.Number("surge_nodes"),
		},
		PodCIDRs: n.Prefixes("pod_cidrs"), ServiceCIDR: n.Prefix("service_cidr"),
		DNSServiceIP: n.Address("dns_service_ip"),
		PodIPv6CIDR:  n.Prefix("pod_ipv6_cidr"), ServiceIPv6CIDR: n.Prefix("service_ipv6_cidr"),
		NodeSubnets: n.Texts("node_subnets"), PodSubnets: n.Texts("pod_subnets"), IPFamilies: n.Texts("ip_families"),
		PreviousNames: n.Texts("previous_names"), ReserveLength: int(n.Number("reserve_prefix_length")),
		Pool: n.Text("pool"), Meshes: n.Texts("meshes"), SameAs: n.Text("same_as"), CloudName: n.Text("cloud_name"),
		AppendRanges: n.Texts("append_ranges"), Further: readFurther(n), OtherRanges: n.PrefixLists("other_ranges"), About: readAbout(n),
	}
	c.Unknown = n.Unknown
	return c
}

func readReserved(n *values.Node) topology.Reserved {
	r := topology.Reserved{CIDR: n.Prefix("cidr"), Description: n.Text("description")}
	r.Unknown = n.Unknown
	return r
}

func readAbout(n *values.Node) topology.About {
	return topology.About{Description: n.Text("description"), Labels: n.TextMap("labels")}
}
