package provider

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// readRequest reads the arguments of an allocator; faults are what could not be read.
func readRequest(arguments map[string]tftypes.Value) (allocate.Request, []topology.Fault) {
	r := &values.Reader{}
	n := r.Attributes(arguments, nil)
	request := allocate.Request{
		Name: n.Text("name"), Supernets: n.Prefixes("supernets"), ServiceSupernets: n.Prefixes("service_supernets"),
		Pools:          values.Each(n, "pools", readPool),
		Existing:       values.Each(n, "existing", readExisting),
		SharedPods:     denied(n.Flag("unique_pod_cidrs")),
		SharedServices: denied(n.Flag("unique_service_cidrs")),
		AllowClassE:    granted(n.Flag("allow_class_e")),
		Renumber:       n.TextMap("renumber"), Reclaim: n.Texts("reclaim"), PreventRelease: n.Texts("prevent_release"),
		Settings: conflict.Settings{Levels: n.TextMap("rule_levels"), Accepted: values.Each(n, "accepted_conflicts", readAcceptance)},
		Facts: topology.Facts{
			Hubs:     values.Each(n, "hubs", readHub),
			Sites:    values.Each(n, "sites", readSite),
			VPCs:     values.Each(n, "vpcs", readVPC),
			Clusters: values.Each(n, "clusters", readCluster),
			Reserved: values.Each(n, "reserved", readReserved),
			Foreign:  values.Each(n, "foreign_claims", readForeign),
		},
	}
	split(n.Unknown, &request)
	r.Attributes(arguments, nil).TextMap("labels") // which no plan depends on, also while they are unknown
	return request, r.Faults
}

// split notes what is unknown of a request where it belongs: with the facts, or with itself.
func split(unknown topology.Unknown, request *allocate.Request) {
	for _, attribute := range unknown {
		if slices.Contains([]string{"hubs", "sites", "vpcs", "clusters", "blocks", "reserved", "foreign_claims", "vrf"}, attribute) {
			request.Facts.Unknown = append(request.Facts.Unknown, attribute)
		} else {
			request.Unknown = append(request.Unknown, attribute)
		}
	}
}

func granted(flag *bool) bool { return flag != nil && *flag }

func denied(flag *bool) bool { return flag != nil && !*flag }

func readPool(n *values.Node) allocate.Pool {
	p := allocate.Pool{Supernets: n.Prefixes("supernets"), ServiceSupernets: n.Prefixes("service_supernets")}
	p.Unknown = n.Unknown
	return p
}

func readExisting(n *values.Node) allocate.Existing {
	e := allocate.Existing{
		PodCIDRs: n.Prefixes("pod_cidrs"), ServiceCIDR: n.Prefix("service_cidr"), NodeMask: int(n.Number("node_cidr_mask")),
		NodeIPv6Mask: int(n.Number("node_ipv6_cidr_mask")),
		PodIPv6CIDR:  n.Prefix("pod_ipv6_cidr"), ServiceIPv6CIDR: n.Prefix("service_ipv6_cidr"),
		Profile: n.Text("profile"), Cluster: n.Text("cluster"), Aggregate: n.Prefix("pod_aggregate"),
		Further: readFurther(n), OtherRanges: n.PrefixLists("other_ranges"),
	}
	e.Unknown = n.Unknown
	return e
}
