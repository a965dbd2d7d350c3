package conflict

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Described is a rule that findings name, in words.
type Described struct {
	Code string
	// Means says when the rule is broken.
	Means string
	// Consequence says what would happen if nobody noticed. Where the rule only warns, see Advised.
	Consequence string
}

// Rules describes every rule that a finding can name, in the order of the codes.
func Rules(catalog *profile.Catalog) []Described {
	return slices.DeleteFunc(described(catalog), func(d Described) bool { return len(Bases(d.Code, catalog)) == 0 })
}

// described are all rules that there are words for, also those that no platform of the catalog has.
func described(catalog *profile.Catalog) []Described {
	rules := slices.Concat(ofClusters, ofBlocks, ofNetworks, ofPlatform(catalog))
	slices.SortFunc(rules, func(a, b Described) int { return strings.Compare(a.Code, b.Code) })
	return rules
}

// Describe describes one rule. ok is false for a code that no finding has.
func Describe(code string, catalog *profile.Catalog) (d Described, ok bool) {
	rules := described(catalog)
	i, ok := slices.BinarySearchFunc(rules, code, func(d Described, code string) int { return strings.Compare(d.Code, code) })
	if !ok || len(Bases(code, catalog)) == 0 {
		return Described{}, false
	}
	return rules[i], true
}

// Codes are the codes of all rules, sorted.
func Codes(catalog *profile.Catalog) []string {
	var codes []string
	for _, d := range Rules(catalog) {
		codes = append(codes, d.Code)
	}
	return codes
}

// AllocatorCodes are the codes of the rules that an allocator can find broken, and so set a level for: all
// but those of blocks, which it has none of. A block of another workspace can lie in what a cluster keeps.
func AllocatorCodes(catalog *profile.Catalog) []string {
	return withoutBlocks(catalog, "block_overlaps_aggregate")
}

// AuditCodes are those of an audit, which also compares blocks of other workspaces with each other.
func AuditCodes(catalog *profile.Catalog) []string {
	return withoutBlocks(catalog, "block_overlaps_aggregate", "block_overlaps_foreign_block", "block_overlaps_released")
}

// withoutBlocks are all codes but those of rules on blocks, and yet some of these.
func withoutBlocks(catalog *profile.Catalog, but ...string) []string {
	return slices.DeleteFunc(Codes(catalog), func(code string) bool {
		return slices.ContainsFunc(ofBlocks, func(d Described) bool { return d.Code == code }) && !slices.Contains(but, code)
	})
}

// ofClusters are the rules between ranges of clusters and what a configuration keeps free.
var ofClusters = []Described{
	{"pod_overlaps_service", "A Pod range and the Service range of one cluster share addresses.",
		"A Pod can get the address of a Service: traffic to that Service is then answered by the Pod, or the Pod cannot be reached."},
	{"pod_overlaps_own_pod", "Two Pod ranges of one cluster share addresses.",
		"Two nodes are given the same block, and Pods on them the same addresses."},
	{"pod_overlaps_cluster_pod", "Pod ranges of two clusters of one network share addresses.",
		"The network has one route for each node block, so Pods of one of the clusters get no traffic, or that of the other."},
	{"pod_overlaps_cluster_service", "A Pod range shares addresses with the Service range of another cluster of the network.",
		"From the cluster with the Services nobody reaches the other one's Pods: their addresses are taken for Services."},
	{"service_overlaps_cluster_service", "Service ranges of two clusters of one network share addresses.",
		"Services are seen inside their own cluster only, so this hurts once one cluster calls Services of the other by address."},
	{"pod_overlaps_peer_pod", "Pod ranges of clusters in two joined networks share addresses.",
		"A packet between the clusters is taken for one of the own cluster and never leaves it; the routes for both cannot stand in one table."},
	{"pod_overlaps_peer_service", "A Pod range shares addresses with the Service range of a cluster in a joined network.",
		"From the cluster with the Services nobody reaches the other one's Pods: their addresses are taken for Services."},
	{"service_overlaps_peer_service", "Service ranges of clusters in two joined networks share addresses.",
		"Services are seen inside their own cluster only, so this hurts once the clusters call each other's Services by address."},
	{"pod_overlaps_mesh_pod", "Pod ranges of two members of a flat mesh share addresses.",
		"The mesh sends traffic straight to the addresses of Pods, and reaches those of the wrong cluster."},
	{"pod_overlaps_mesh_service", "A Pod range and a Service range of two members of a flat mesh share addresses.",
		"The mesh cannot tell Pods of one member from Services of the other."},
	{"service_overlaps_mesh_service", "Service ranges of two members of a flat mesh share addresses.",
		"The mesh cannot tell Services of the members apart by address."},
	{"pod_overlaps_aggregate", "A Pod range lies in the block that another cluster keeps for further Pod ranges.",
		"The other cluster cannot grow inside its aggregate, and a route to the aggregate takes this cluster's traffic along."},
	{"service_overlaps_aggregate", "A Service range lies in the block that a cluster keeps for further Pod ranges.",
		"That cluster cannot grow inside its aggregate."},
	{"pod_overlaps_released", "A Pod range was released by another cluster and rests still.",
		"Where the other cluster is not gone yet, or comes back, both use the same addresses."},
	{"service_overlaps_released", "A Service range was released by another cluster and rests still.",
		"Where the other cluster is not gone yet, or comes back, both use the same addresses."},
	{"pod_overlaps_existing", "A Pod range is held by a cluster that existing names and nobody declares here.",
		"Two clusters use the same addresses."},
	{"service_overlaps_existing", "A Service range is held by a cluster that existing names and nobody declares here.",
		"Two clusters use the same addresses."},
	{"pod_overlaps_reserved", "A Pod range lies in a reserved range.", "What the range is reserved for finds its addresses in use."},
	{
		"service_overlaps_reserved",
		"A Service range lies in a reserved range.",
		"What the range is reserved for cannot be reached from the cluster.",
	},
	{
		"pod_overlaps_foreign_block",
		"A Pod range shares addresses with a block or reservation of another workspace, with a range of a cluster of one that does not say in which network it is, or with a block of a cidrplan_blocks of this configuration.",
		"The range is held for another use, now or later, and its addresses would be used twice.",
	},
	{
		"service_overlaps_foreign_block",
		"A Service range shares addresses with a block or reservation of another workspace, with a range of a cluster of one that does not say in which network it is, or with a block of a cidrplan_blocks of this configuration.",
		"The range is held for another use, now or later, and what uses it cannot be reached from the cluster.",
	},
	{sameSupernet, "Two workspaces hand out from the same addresses, and neither was given them by the other.",
		"Both can choose one range at the same time, and neither plan shows it."},
}

// ofBlocks are the rules between blocks and what a configuration keeps free.
var ofBlocks = []Described{
	{"block_overlaps_block", "Two blocks share addresses.", "Two networks use the same addresses, and cannot be joined."},
	{
		"block_overlaps_released",
		"A block shares addresses with a range that was given up and rests still.",
		"Where what stood in that range is not gone yet, or comes back, both use the same addresses.",
	},
	{
		"block_overlaps_existing",
		"A block shares addresses with one that existing names and nobody declares here.",
		"Two networks use the same addresses, and cannot be joined.",
	},
	{
		"block_overlaps_reserved",
		"A block shares addresses with a reserved range.",
		"What the range is reserved for finds its addresses in use.",
	},
	{
		"block_overlaps_aggregate",
		"A block shares addresses with what a cluster keeps for further Pod ranges.",
		"That cluster cannot grow inside its aggregate, and a route to the aggregate takes the traffic of the block along.",
	},
	{
		"block_overlaps_foreign_block",
		"A block shares addresses with a block or reservation of another workspace.",
		"Both use the same addresses, now or later, and the networks cannot be joined.",
	},
	{
		"block_overlaps_foreign_pod",
		"A block shares addresses with a Pod range of another workspace that was not handed out inside of it.",
		"Pods and what stands in the block have the same addresses.",
	},
	{
		"block_overlaps_foreign_service",
		"A block shares addresses with a Service range of another workspace that was not handed out inside of it.",
		"Nodes of that cluster take those addresses for Services: what stands in the block cannot be reached from it.",
	},
	{
		"block" + inForbidden,
		"A block shares addresses with a range that no network can use.",
		"Hosts on those addresses cannot be reached.",
	},
	{
		"block6" + inForbidden,
		"An IPv6 block shares addresses with a range that no network can use.",
		"Hosts on those addresses cannot be reached.",
	},
}

// ofNetworks are the rules between ranges of clusters, networks and routes.
var ofNetworks = []Described{
	{"pod_overlaps_vpc", "A Pod range shares addresses with a block of the cluster's own VPC.",
		"Where the platform takes it at all, hosts of the VPC on those addresses and Pods of the cluster cannot reach each other."},
	{"service_overlaps_vpc", "A Service range shares addresses with a block of the cluster's own VPC.",
		"Nodes take those addresses of the VPC for Services: hosts, databases and load balancers on them cannot be reached from the cluster."},
	{"pod_overlaps_host_network", "A Pod range shares addresses with the network that the cluster's nodes stand in.",
		"Hosts on those addresses and Pods of the cluster cannot reach each other."},
	{"service_overlaps_host_network", "A Service range shares addresses with the network that the cluster's nodes stand in.",
		"Nodes take those addresses for Services: hosts on them cannot be reached from the cluster."},
	{"pod_overlaps_peer", "A Pod range shares addresses with a block of a joined VPC.",
		"The VPC cannot have a route to both: hosts of the joined VPC on those addresses and Pods of the cluster do not reach each other."},
	{"service_overlaps_peer", "A Service range shares addresses with a block of a joined VPC.",
		"Nodes take those addresses for Services: hosts of the joined VPC on them cannot be reached from the cluster."},
	{"pod_overlaps_site", "A Pod range shares addresses with a block of a joined site.",
		"Packets to the site stay in the cluster or go astray, and machines of the site send answers to their own neighbours: connections hang for those addresses alone."},
	{"service_overlaps_site", "A Service range shares addresses with a block of a joined site.",
		"Nodes take those addresses for Services: machines of the site on them cannot be reached from the cluster."},
	{"pod_overlaps_route", "A Pod range shares addresses with a destination that the VPC routes elsewhere.",
		"The more specific route wins: either Pods lose their traffic to that next hop, or the destination is cut off for the whole VPC."},
	{"service_overlaps_route", "A Service range shares addresses with a destination that the VPC routes elsewhere.",
		"Nodes take those addresses for Services: what lies behind the route cannot be reached from the cluster."},
	{"pod_overlaps_peer_route", "A Pod range shares addresses with a destination that a joined VPC routes elsewhere.",
		"That VPC sends what is meant for the Pods to the next hop of its route."},
	{ambiguous, "Two ranges share addresses, and a third network reaches both.",
		"The third network can have a route to one of them only, and the other one is cut off from it."},
	{"vpc_overlaps_peer", "A block of a VPC shares addresses with a joined VPC or site.",
		"The platform refuses the connection or its routes; where it does not, hosts on the shared addresses cannot reach each other."},
	{"subnet_overlaps_peer", "A subnet of a VPC shares addresses with a subnet or block of a joined network.",
		"The hub turns off the route to one of them, and the other gets all traffic."},
	{sameName, "Two networks with different blocks have one name.",
		"Whoever refers to the name may mean either; clusters are placed around the wrong blocks."},
	{"site_overlaps_peer", "Blocks of two joined sites share addresses.",
		"Machines on the shared addresses cannot reach each other, and other members reach one of the two sites only."},
}

// ofPlatform are the rules that platforms have for single ranges, numbers and subnets.
func ofPlatform(catalog *profile.Catalog) []Described {
	rules := []Described{
		{
			"nodes_over_cap",
			"A cluster asks for more nodes than its platform accepts or advises.",
			"Nodes beyond the limit cannot join, years after the ranges were chosen for them.",
		},
		{
			"pods_over_cap",
			"A cluster asks for more Pods than its platform takes.",
			"Pods beyond the limit are not scheduled, or the control plane slows down.",
		},
		{
			"route_quota_exceeded",
			"Nodes and declared routes take more entries than the route table of the VPC holds.",
			"The node that finds the table full gets no route: its Pods have no network.",
		},
		{
			"node_subnets_too_small",
			"The subnets that nodes stand in have fewer addresses than nodes are asked for.",
			"Nodes beyond that cannot be built.",
		},
		{
			"pod_subnets_too_small",
			"The subnets that Pods live in have fewer addresses than Pods are asked for.",
			"Pods beyond that wait for an address for ever.",
		},
		{
			"pod_subnet_prefix_out_of_range",
			"A subnet that Pods live in is smaller than the platform accepts or advises.",
			"The platform refuses the subnet.",
		},
		{
			"pod_subnet_shared_with_nodes",
			"Nodes and Pods take addresses of one subnet.",
			"Pods can use up the addresses that new nodes need, and the other way round.",
		},
		{
			"pod_subnet_shared_with_pods",
			"Pods of two clusters take addresses of one subnet.",
			"One cluster can use up the addresses of the other.",
		},
	}
	for _, of := range []struct{ code, name string }{{"pod", "A Pod range"}, {"service", "A Service range"}, {"pod6", "An IPv6 Pod range"}, {"service6", "An IPv6 Service range"}} {
		rules = append(
			rules,
			Described{
				of.code + inForbidden,
				of.name + " shares addresses with a range that the platform keeps for itself or that is no private one.",
				"The platform refuses the cluster after minutes of apply, or nothing on these addresses can be reached.",
			},
			Described{of.code + wrongLength, of.name + " is larger or smaller than the platform accepts or advises.",
				"The platform refuses the cluster after minutes of apply."},
			Described{of.code + outside, of.name + " lies outside of the ranges that the platform accepts or advises.",
				"The platform refuses the cluster after minutes of apply."},
		)
	}
	for _, name := range catalog.Names() {
		p, _ := catalog.Profile(name)
		d := Described{
			Code:        maskDifferenceOver(p.Nodes.MaxDifference),
			Means:       "Node blocks are too many bits longer than the Pod range.",
			Consequence: "The controller that hands out node blocks does not start, and no node gets Pods.",
		}
		if p.Nodes.MaxDifference != 0 && !slices.Contains(rules, d) {
			rules = append(rules, d)
		}
		six := Described{
			Code:        mask6DifferenceOver(p.IPv6.MaxDifference),
			Means:       "IPv6 node blocks are too many bits longer than the IPv6 Pod range.",
			Consequence: d.Consequence,
		}
		if p.IPv6.MaxDifference != 0 && !slices.Contains(rules, six) {
			rules = append(rules, six)
		}
	}
	return rules
}

// The endings of codes about single ranges.
const (
	inForbidden = "_in_forbidden_range"
	wrongLength = "_prefix_out_of_range"
	outside     = "_out_of_allowed_range"
)

func maskDifferenceOver(bits int) string { return fmt.Sprintf("node_mask_difference_over_%d", bits) }

func mask6DifferenceOver(bits int) string { return fmt.Sprintf("node6_mask_difference_over_%d", bits) }

// InForbiddenRange says of the code of a rule on a single range that the range overlaps addresses that are excluded.
func InForbiddenRange(code string) bool { return strings.HasSuffix(code, inForbidden) }

// OutsideAllowedRange says of the code of a rule on a single range that it lies outside the ranges that are allowed.
func OutsideAllowedRange(code string) bool { return strings.HasSuffix(code, outside) }

// OfPods says whether the code of a rule is about Pods, and not about nodes.
func OfPods(code string) bool { return strings.HasPrefix(code, Pod.String()) }
