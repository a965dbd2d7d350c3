package messages

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A value is unknown at plan because the configuration takes it from an attribute that the cloud computes. A provider
// sees only that it is unknown, so the reasons here are the likely ones for each kind of fact.

// hint is what a message says about facts of one kind that are unknown at plan.
type hint struct {
	// of are the attributes that paths of the kind end in, none for whole maps and their elements.
	of []string
	// why names the attributes of cloud resources that such a fact usually comes from, and instead what to write.
	why, instead string
}

// inLocal is the option for ranges: the configuration has the value, and gives it to both.
const inLocal = "Write the ranges as literals in a local that both the cloud resource and this argument use, or refer to an argument " +
	"that the configuration sets"

var hints = []hint{
	{
		[]string{"cidr_blocks"},
		"secondary_cidrs of huaweicloud_vpc, assistant_cidrs of tencentcloud_vpc and secondary_cidr_blocks of alicloud_vpc are computed " +
			"while the configuration does not set them",
		inLocal + ", such as cidr or cidr_block",
	},
	{
		[]string{"ipv6_cidr_blocks", "pod_ipv6_cidr", "service_ipv6_cidr"},
		"the cloud chooses IPv6 ranges, such as ipv6_cidr_block of alicloud_vpc, when it creates the network",
		"Leave the argument out until the network exists, then give the range as a literal",
	},
	{
		[]string{
			"cidr",
			"advertised_cidrs",
			"destination",
			"supernets",
			"service_supernets",
			"ipv6_supernets",
			"ipv6_service_supernets",
			"prefix_length",
			"addresses",
		},
		"a computed attribute of a resource that does not exist yet, or a data source that is read during apply because it depends on one",
		inLocal,
	},
	{
		[]string{"routes", "next_hop", "summary"},
		"a data source of routes is read during apply when it refers to a resource with pending changes",
		"Declare the routes as literals, or refer to destination arguments of the route resources",
	},
	{
		[]string{"name", "hubs", "peers", "vpc", "vrf", "previous_names", "same_as", "cluster", "block", "owner", "pool"},
		"the id of a cloud resource is used as a name, and the cloud chooses IDs during apply",
		"Use the name that is declared here, such as cidrplan_vpc.prod.name or a literal",
	},
	{
		[]string{"pod_cidrs", "service_cidr", "node_cidr_mask", "node_ipv6_cidr_mask"},
		"the resource of the cluster computes what it is not given, such as container_network_cidr of huaweicloud_cce_cluster",
		"Remove the argument where cidrplan chooses the range, and write a literal for a cluster that exists",
	},
	{
		[]string{"foreign_claims", "kind"},
		"a data source such as terraform_remote_state is read during apply when it refers to a resource with pending changes, or has " +
			"depends_on",
		"Refer to nothing but literals, variables and locals in that data source",
	},
	{
		[]string{"ledger"},
		"the database role may not hold ranges, or the server is a read-only replica, or ledger of the provider has values that are " +
			"known only after apply",
		"Plan with a member of the ledger's planner role on the primary server (PGUSER, PGHOST), and give ledger.owner as a literal and " +
			"the connection by the PG* environment variables",
	},
}

// ofMaps is for whole maps, and ofElements for a whole element of one.
var (
	ofMaps = hint{
		why:     "the keys of the map are IDs or other computed attributes, or a for_each over them",
		instead: "Write the keys as literals or in a local; the values may be known later",
	}
	ofElements = hint{
		why:     "the element is a whole object of a data source or module that is read during apply",
		instead: "Give an object with attributes that you write, or the resource itself instead of a data source",
	}
	ofOthers = hint{
		why:     "a computed attribute of a resource that does not exist yet",
		instead: "Write a literal, or refer to an argument that the configuration sets",
	}
)

// hintOf is the hint for a path, which declare may lead.
func hintOf(at topology.Path) hint {
	at = withoutDeclare(at)
	last := at[len(at)-1]
	for _, h := range hints {
		if slices.Contains(h.of, last.Attr) && (len(at) > 1 || !isMap(last.Attr)) {
			return h
		}
	}
	switch {
	case last.Attr == "":
		return ofElements
	case len(at) == 1 && isMap(last.Attr), last.Attr == "subnets":
		return ofMaps
	}
	return ofOthers
}

// isMap says whether an argument of a planner is a map keyed by names.
func isMap(argument string) bool {
	return slices.Contains([]string{"hubs", "sites", "vpcs", "clusters", "blocks", "reserved", "pools", "existing", "renumber"}, argument)
}

// WhyUnknown names facts that are unknown at plan, with the likely reason and what to write instead, one line for each
// kind of fact. The last line is the way for values that only the cloud can choose.
func WhyUnknown(facts []topology.Path) string {
	type kind struct {
		hint
		paths []string
	}
	var kinds []*kind
	for _, at := range facts {
		h := hintOf(at)
		i := slices.IndexFunc(kinds, func(k *kind) bool { return k.why == h.why })
		if i < 0 {
			kinds, i = append(kinds, &kind{hint: h}), len(kinds)
		}
		kinds[i].paths = append(kinds[i].paths, at.String())
	}
	out := "Likely reasons, and what to write instead:\n"
	for _, k := range kinds {
		out += "  - " + Listed(k.paths, 10) + ": " + k.why + ". " + k.instead + ".\n"
	}
	if !slices.ContainsFunc(facts, func(at topology.Path) bool { return at.String() != "ledger" }) {
		return strings.TrimSuffix(out, "\n")
	}
	return out + "If only the cloud can choose a value, create its resource first: terraform apply -target=ADDRESS, or tofu apply " +
		"-target=ADDRESS."
}

// unknownMaps are the maps of names that cannot be looked up.
func unknownMaps(all []topology.Unchecked) []topology.Path {
	var out []topology.Path
	for _, in := range all {
		out = append(out, in.Map)
	}
	return out
}
