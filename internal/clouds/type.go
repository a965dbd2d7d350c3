package clouds

import (
	"maps"
	"slices"
	"strings"
)

// Platform is what is known of one cloud's provider.
type Platform struct {
	Name string `yaml:"platform"`
	// Provider is the address of the provider's source, such as "huaweicloud/huaweicloud".
	Provider string `yaml:"provider"`
	// Version is the version in which the paths were read, Source where.
	Version string `yaml:"version"`
	Source  string `yaml:"source"`
	// Types are resource types such as "huaweicloud_vpc", and data sources such as "data.huaweicloud_vpcs".
	Types map[string]*Type `yaml:"types"`
}

// Argument is a kind of objects: the name of the argument that has them.
type Argument string

// Arguments.
const (
	VPCs Argument = "vpcs"
	// VPCBlocks are further CIDR blocks of VPCs, where these are objects of their own.
	VPCBlocks   Argument = "vpc_cidr_blocks"
	Subnets     Argument = "subnets"
	Gateways    Argument = "gateways" // hubs
	Attachments Argument = "attachments"
	Peerings    Argument = "peerings"
	// RouteTables are those of VPCs, with or without their routes.
	RouteTables Argument = "route_tables"
	Routes      Argument = "routes"
	// HubRoutes are routes of the route tables of hubs.
	HubRoutes Argument = "hub_routes"
	// PrefixLists are named lists of ranges, to which routes can lead.
	PrefixLists Argument = "prefix_lists"
	// SiteGateways are the cloud's ends of VPN connections and dedicated lines.
	SiteGateways Argument = "site_gateways"
	// Connections are VPN connections and dedicated lines: sites.
	Connections Argument = "connections"
	Clusters    Argument = "clusters"
)

// Arguments are all arguments, in the order of documentation.
var Arguments = []Argument{
	VPCs, VPCBlocks, Subnets, Gateways, Attachments, Peerings, RouteTables, Routes, HubRoutes, PrefixLists, SiteGateways, Connections,
	Clusters,
}

// Type is a resource type or a data source, with the paths of what is read. A path names attributes, joined by dots; a list on
// the way stands for all of its elements, and * for every member of a map. Names that are unique only together are joined by a plus,
// such as group+name.
type Type struct {
	// Name is the key of the type in the data.
	Name     string   `yaml:"-"`
	Argument Argument `yaml:"argument"`
	// Elements is the path of the list of a data source whose elements are the objects; "" where the type is one object itself.
	Elements string `yaml:"elements"`
	// ID are paths of IDs of the object. Any of them may be referred to.
	ID []string `yaml:"id"`
	// Names are paths of names by which other objects refer to the object where they do not have its ID. Two objects may have one name.
	Names []string `yaml:"names"`
	// Marks are attributes that distinguish objects of the type from those of others, where its paths do not. Their values are not read.
	Marks []string `yaml:"marks"`
	// CIDRs are paths of IPv4 ranges: a text, a text of several separated by commas, a list or a set; "" is none. IPv6 ranges in
	// them are moved to the IPv6 ranges. An address and a prefix length that are joined by a plus are a range. Those of a gateway are
	// addresses of the hub itself.
	CIDRs     []string `yaml:"cidrs"`
	IPv6CIDRs []string `yaml:"ipv6_cidrs"`
	// AbsentWhenNew are paths of the above that are computed and optional: unknown in an object that is new, where they mean none.
	AbsentWhenNew []string `yaml:"absent_when_new"`
	// AbsentUnless are paths that mean none when they are unknown in an object that is new, unless the flag that each of them names
	// is true, such as {ipv6_cidr: ipv6_enable}. A flag that is itself computed and optional is in AbsentWhenNew too.
	AbsentUnless map[string]string `yaml:"absent_unless"`
	// Blocks says that the IPv4 ranges of subnets of the type are the blocks of their VPC, which has none of its own.
	Blocks bool   `yaml:"blocks"`
	Region string `yaml:"region"`

	// VPC, PeerVPC, Hub, RouteTable and SiteGateway are paths of the IDs of what the object belongs to; of a VPC, RouteTable is the
	// one of its own table.
	VPC         []string `yaml:"vpc"`
	PeerVPC     []string `yaml:"peer_vpc"`
	Hub         []string `yaml:"hub"`
	RouteTable  []string `yaml:"route_table"`
	SiteGateway []string `yaml:"site_gateway"`
	// Connection are paths of the ID of the connection that the object, itself one of the connections, is a route of.
	Connection []string `yaml:"connection"`
	// Attachment are paths of the IDs of the attachments that the routes of a hub lead over. One of a VPC makes no site.
	Attachment []string `yaml:"attachment"`
	// Only are values that an attribute must have for the object to count, such as {instance_type: [VPC]}. Other objects of the type
	// are left out without a word.
	Only map[string][]string `yaml:"only"`

	// HubKind is the kind of hub of a gateway, such as "cen"; ProtectionLevel the path of its setting.
	HubKind         string `yaml:"hub_kind"`
	ProtectionLevel string `yaml:"protection_level"`

	// Route is how the object is a route; RoutesIn the path of the list of routes of a route table.
	Route    *RoutePaths `yaml:"route"`
	RoutesIn string      `yaml:"routes_in"`

	Pods         []string `yaml:"pods"`
	Services     []string `yaml:"services"`
	PodsIPv6     []string `yaml:"pods_ipv6"`
	ServicesIPv6 []string `yaml:"services_ipv6"`
	// OtherRanges are paths of the ranges, of both families, that a cluster uses beside Pods and Services, by the name that its profile has
	// for the use.
	OtherRanges map[string][]string `yaml:"other_ranges"`
	// Repeats are paths of ranges that repeat what is at another path, such as {cluster_cidr: policy.cluster_cidr}: where that one has a
	// value, known or not, they are not read.
	Repeats map[string]string `yaml:"repeats"`
	// PodSubnets are paths of the IDs of the subnets that the Pods of a cluster use: a text, a text of several separated by commas, or
	// a list.
	PodSubnets       []string `yaml:"pod_subnets"`
	NodeCIDRMask     string   `yaml:"node_cidr_mask"`
	NodeIPv6CIDRMask string   `yaml:"node_ipv6_cidr_mask"`
	// Profiles say which profile of cidrplan a cluster has; the first one that matches counts.
	Profiles []ProfileRule `yaml:"profiles"`

	// Note is a trap of the type, for the guide.
	Note string `yaml:"note"`
	// Unchecked says why the paths were not held against the provider's schema; "" where they were.
	Unchecked string `yaml:"unchecked"`

	// attributes are those in which the paths of the type begin, and its marks.
	attributes []string
	// identifying are the attributes in which IdentifyingPaths begin.
	identifying []string
}

// RoutePaths are the paths of a route.
type RoutePaths struct {
	Destination []string `yaml:"destination"`
	// Lists are paths of IDs of prefix lists, which are destinations too. A route to a list that has a value at one of Services leads to a
	// service of the cloud with public addresses, and occupies nothing.
	Lists    []string `yaml:"lists"`
	Services []string `yaml:"services"`
	// NextHop is the path of the type of the next hop; Hops what its values mean, in any case: a next hop of cidrplan_vpc, or Local for
	// a route that the cloud makes for the VPC's own subnets, or a hub for its VPCs, and that occupies nothing. Other values are "other".
	NextHop string            `yaml:"next_hop"`
	Hops    map[string]string `yaml:"hops"`
	// Targets are for routes without a type of next hop: paths of IDs, of which the first one that is not null says what the next
	// hop is. An ID that Hops has means what it says there.
	Targets []Target `yaml:"targets"`
	// Skip are values of attributes of routes that occupy nothing, in any case, such as {type: [System]}.
	Skip map[string][]string `yaml:"skip"`
	// Summaries are destinations of routes that lead to networks that are declared, by the next hop, such as {transit: [10.0.0.0/8]}.
	Summaries map[string][]string `yaml:"summaries"`
	// Summary says that every route of the type is a summary.
	Summary bool `yaml:"summary"`
}

// Target is a path of the ID of a next hop, and what the next hop is.
type Target struct {
	Path string `yaml:"path"`
	Hop  string `yaml:"hop"`
}

// Local is what Hops say of routes to the VPC's own subnets, and of routes of hubs to VPCs.
const Local = "local"

// Of are the types of an argument: resources, then data sources, in the order of their names.
func (p *Platform) Of(argument Argument) []*Type {
	var resources, sources []*Type
	for _, name := range slices.Sorted(maps.Keys(p.Types)) {
		switch t := p.Types[name]; {
		case t.Argument != argument:
		case strings.HasPrefix(name, dataSource):
			sources = append(sources, t)
		default:
			resources = append(resources, t)
		}
	}
	return append(resources, sources...)
}

// subnetsAreBlocks says whether subnets have the blocks of VPCs.
func (p *Platform) subnetsAreBlocks() bool {
	return slices.ContainsFunc(p.Of(Subnets), func(t *Type) bool { return t.Blocks })
}

// hubsHaveRanges says whether hubs have addresses of their own.
func (p *Platform) hubsHaveRanges() bool {
	return slices.ContainsFunc(p.Of(Gateways), func(t *Type) bool { return len(t.CIDRs) > 0 })
}

// all are the types of the platform, by argument.
func (p *Platform) all() []*Type {
	var out []*Type
	for _, argument := range Arguments {
		out = append(out, p.Of(argument)...)
	}
	return out
}

// Arguments are those of which the platform has types.
func (p *Platform) Arguments() []Argument {
	return slices.DeleteFunc(slices.Clone(Arguments), func(a Argument) bool { return len(p.Of(a)) == 0 })
}

// Paths are all paths that are read of an object of the type.
func (t *Type) Paths() []string {
	out := append(t.typicalPaths(), t.PodSubnets...)
	slices.Sort(out)
	return slices.Compact(out)
}

// joined splits paths that are joined by a plus.
func joined(paths []string) []string {
	var out []string
	for _, path := range paths {
		out = append(out, strings.Split(path, "+")...)
	}
	return out
}

// typicalPaths are the paths that distinguish objects of the type from others: all but those of Pod subnets, since other types of a
// cloud have attributes of these names for other subnets.
func (t *Type) typicalPaths() []string {
	var out []string
	for _, of := range [][]string{
		t.ID, t.Names, t.CIDRs, t.IPv6CIDRs, t.VPC, t.PeerVPC, t.Hub, t.RouteTable, t.SiteGateway, t.Connection, t.Attachment,
		t.Pods, t.Services, t.PodsIPv6, t.ServicesIPv6,
		slices.Collect(maps.Keys(t.Only)), slices.Collect(maps.Values(t.AbsentUnless)),
		{t.Region, t.ProtectionLevel, t.RoutesIn, t.NodeCIDRMask, t.NodeIPv6CIDRMask},
	} {
		out = append(out, of...)
	}
	for _, paths := range t.OtherRanges {
		out = append(out, paths...)
	}
	for _, rule := range t.Profiles {
		out = slices.AppendSeq(out, maps.Keys(rule.When))
	}
	if t.Route != nil {
		prefix := ""
		if t.RoutesIn != "" {
			prefix = t.RoutesIn + "."
		}
		for _, path := range t.Route.paths() {
			out = append(out, prefix+path)
		}
	}
	out = joined(out)
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(path string) bool { return path == "" })
}

// paths are the paths of a route, from the route.
func (p *RoutePaths) paths() []string {
	out := slices.Concat(p.Destination, p.Lists, p.Services, slices.Collect(maps.Keys(p.Skip)))
	for _, target := range p.Targets {
		out = append(out, target.Path)
	}
	if p.NextHop != "" {
		out = append(out, p.NextHop)
	}
	return out
}
