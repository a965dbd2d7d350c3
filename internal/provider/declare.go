package provider

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The readers below serve the resources that declare and the by-value inputs of allocators
// alike: both have the same attributes.

func readHub(n *node) topology.Hub {
	h := topology.Hub{
		Name:            n.text("name"),
		Kind:            n.word("kind"),
		ProtectionLevel: n.word("protection_level"),
		VRF:             n.text("vrf"),
		PreviousNames:   n.texts("previous_names"),
		Accepted:        each(n, "accepted_conflicts", readAcceptance),
		About:           readAbout(n),
	}
	h.Unknown = n.unknown
	return h
}

func readSite(n *node) topology.Site {
	s := topology.Site{
		Name: n.text("name"), CIDRBlocks: n.prefixes("cidr_blocks"), AdvertisedCIDRs: n.prefixes("advertised_cidrs"),
		Hubs: n.texts("hubs"), Peers: n.texts("peers"), VRF: n.text("vrf"), PreviousNames: n.texts("previous_names"),
		Accepted: each(n, "accepted_conflicts", readAcceptance), About: readAbout(n),
	}
	s.Unknown = n.unknown
	return s
}

func readVPC(n *node) topology.VPC {
	v := topology.VPC{
		Name: n.text("name"), Platform: n.word("platform"), Region: n.text("region"),
		CIDRBlocks: n.prefixes("cidr_blocks"), IPv6CIDRBlocks: n.prefixes("ipv6_cidr_blocks"), Subnets: n.prefixMap("subnets"),
		AdvertisedCIDRs: n.prefixes("advertised_cidrs"),
		Hubs:            n.texts("hubs"), Peers: n.texts("peers"), Routes: each(n, "routes", readRoute),
		RouteQuota: n.number("route_quota"), VRF: n.text("vrf"), PreviousNames: n.texts("previous_names"),
		Accepted: each(n, "accepted_conflicts", readAcceptance), About: readAbout(n),
	}
	v.Unknown = n.unknown
	return v
}

func readRoute(n *node) topology.Route {
	r := topology.Route{
		Destination: n.prefix("destination"), NextHop: n.word("next_hop"),
		Summary: n.flag("summary"), Description: n.text("description"),
	}
	r.Unknown = n.unknown
	return r
}

func readCluster(n *node) topology.Cluster {
	c := topology.Cluster{
		Name: n.text("name"), VPC: n.text("vpc"), Profile: n.text("profile"),
		Need: profile.Need{
			MaxNodes: n.number("max_nodes"), PodsPerNode: n.number("pods_per_node"), MaxServices: n.number("max_services"),
			PodLength: int(n.number("pod_prefix_length")), ServiceLength: int(n.number("service_prefix_length")),
			NodeMask: int(n.number("node_cidr_mask")), NodeMask6: int(n.number("node_ipv6_cidr_mask")),
		},
		PodCIDRs: n.prefixes("pod_cidrs"), ServiceCIDR: n.prefix("service_cidr"),
		PodIPv6CIDR: n.prefix("pod_ipv6_cidr"), ServiceIPv6CIDR: n.prefix("service_ipv6_cidr"),
		NodeSubnets: n.texts("node_subnets"), PodSubnets: n.texts("pod_subnets"), IPFamilies: n.texts("ip_families"),
		PreviousNames: n.texts("previous_names"), ReserveLength: int(n.number("reserve_prefix_length")),
		Pool: n.text("pool"), Meshes: n.texts("meshes"), SameAs: n.text("same_as"), About: readAbout(n),
	}
	c.Unknown = n.unknown
	return c
}

func readReserved(n *node) topology.Reserved {
	r := topology.Reserved{CIDR: n.prefix("cidr"), Description: n.text("description")}
	r.Unknown = n.unknown
	return r
}

func readAbout(n *node) topology.About {
	return topology.About{Description: n.text("description"), Labels: n.textMap("labels")}
}

// readRequest reads the arguments of an allocator; faults are what could not be read.
func readRequest(arguments map[string]tftypes.Value) (allocate.Request, []topology.Fault) {
	r := &reader{}
	n := r.attributes(arguments, nil)
	request := allocate.Request{
		Name: n.text("name"), Supernets: n.prefixes("supernets"), ServiceSupernets: n.prefixes("service_supernets"),
		Pools:          each(n, "pools", readPool),
		Existing:       each(n, "existing", readExisting),
		SharedPods:     denied(n.flag("unique_pod_cidrs")),
		SharedServices: denied(n.flag("unique_service_cidrs")),
		AllowClassE:    granted(n.flag("allow_class_e")),
		Renumber:       n.textMap("renumber"), Reclaim: n.texts("reclaim"), PreventRelease: n.texts("prevent_release"),
		Leniency: conflict.Settings{Levels: n.textMap("rule_levels"), Accepted: each(n, "accepted_conflicts", readAcceptance)},
		Facts: topology.Facts{
			Hubs:     each(n, "hubs", readHub),
			Sites:    each(n, "sites", readSite),
			VPCs:     each(n, "vpcs", readVPC),
			Clusters: each(n, "clusters", readCluster),
			Reserved: each(n, "reserved", readReserved),
			Foreign:  each(n, "foreign_claims", readForeign),
		},
	}
	split(n.unknown, &request)
	return request, r.faults
}

// split notes what is unknown of a request where it belongs: with the facts, or with itself.
func split(unknown topology.Unknown, request *allocate.Request) {
	for _, attribute := range unknown {
		if slices.Contains([]string{"hubs", "sites", "vpcs", "clusters", "reserved", "foreign_claims", "vrf"}, attribute) {
			request.Facts.Unknown = append(request.Facts.Unknown, attribute)
		} else {
			request.Unknown = append(request.Unknown, attribute)
		}
	}
}

func granted(flag *bool) bool { return flag != nil && *flag }

func denied(flag *bool) bool { return flag != nil && !*flag }

func readPool(n *node) allocate.Pool {
	p := allocate.Pool{Supernets: n.prefixes("supernets"), ServiceSupernets: n.prefixes("service_supernets")}
	p.Unknown = n.unknown
	return p
}

func readExisting(n *node) allocate.Existing {
	e := allocate.Existing{
		PodCIDRs: n.prefixes("pod_cidrs"), ServiceCIDR: n.prefix("service_cidr"), NodeMask: int(n.number("node_cidr_mask")),
		NodeMask6:   int(n.number("node_ipv6_cidr_mask")),
		PodIPv6CIDR: n.prefix("pod_ipv6_cidr"), ServiceIPv6CIDR: n.prefix("service_ipv6_cidr"),
		Profile: n.text("profile"), Cluster: n.text("cluster"), Aggregate: n.prefix("pod_aggregate"),
	}
	e.Unknown = n.unknown
	return e
}
