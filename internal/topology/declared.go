package topology

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Facts are everything that an allocator is given by value, each map keyed by name.
type Facts struct {
	Hubs     map[string]Hub
	Sites    map[string]Site
	VPCs     map[string]VPC
	Clusters map[string]Cluster
	// Blocks are those of a cidrplan_blocks, which has no clusters. An allocator has no blocks.
	Blocks   map[string]Block
	Reserved map[string]Reserved
	// Foreign are the claims of other workspaces, by any key; those of the allocator itself are not
	// among them: see ForeignOf.
	Foreign map[string]Foreign
	// VRF is that of blocks, which are in no network.
	VRF string
	// Unknown names the maps that are unknown as a whole, and VRF.
	Unknown Unknown
}

// Unknown names the attributes of an entity that are not known yet, in whole or in part. An
// entity of which nothing is known has the single name Everything.
type Unknown []string

// Everything stands for all attributes of an entity.
const Everything = "*"

// Has says whether the value of the attribute is known only after apply.
func (u Unknown) Has(attribute string) bool {
	return slices.Contains(u, attribute) || slices.Contains(u, Everything)
}

// HasAny says whether the value of one of the attributes is known only after apply.
func (u Unknown) HasAny(attributes ...string) bool { return slices.ContainsFunc(attributes, u.Has) }

// About is the description and the labels of an entity, for messages and exports.
type About struct {
	Description string
	Labels      map[string]string
}

// Acceptance says why a conflict is accepted.
type Acceptance struct {
	Reason string
	// Until is the last day of the acceptance, such as "2026-12-31"; "" is for ever.
	Until string
}

// Hub is one routing domain; its members reach each other.
type Hub struct {
	Name string
	Kind string
	// ProtectionLevel is the hub's own setting of what may overlap, "" for its default.
	ProtectionLevel string
	VRF             string
	// PreviousNames are names under which the hub was declared before; so for sites and VPCs.
	PreviousNames []string
	// Accepted are conflicts of its members that are accepted, by key.
	Accepted map[string]Acceptance
	About
	Unknown Unknown
}

// Site is a network that is not a VPC.
type Site struct {
	Name string
	// CIDRBlocks keep the order of the configuration; an element that could not be read is the
	// zero Prefix, here as in all lists of this package.
	CIDRBlocks []netip.Prefix
	// AdvertisedCIDRs are what other networks see instead of the blocks; none means the blocks.
	AdvertisedCIDRs []netip.Prefix
	Hubs            []string
	Peers           []string
	VRF             string
	PreviousNames   []string
	// Accepted are conflicts of the site that are accepted, by key.
	Accepted map[string]Acceptance
	About
	Unknown Unknown
}

// VPC is a private network on a platform.
type VPC struct {
	Name           string
	Platform       string
	Region         string
	CIDRBlocks     []netip.Prefix
	IPv6CIDRBlocks []netip.Prefix
	Subnets        map[string]netip.Prefix
	// AdvertisedCIDRs are what other networks see instead of blocks and subnets, of both families;
	// none means that they see these.
	AdvertisedCIDRs []netip.Prefix
	Hubs            []string
	Peers           []string
	Routes          map[string]Route
	// RouteQuota is the number of entries of the VPC's route table; 0 is the platform's default.
	RouteQuota    int64
	VRF           string
	PreviousNames []string
	// Accepted are conflicts of the VPC that are accepted, by key.
	Accepted map[string]Acceptance
	About
	Unknown Unknown
}

// Route is a destination that the VPC's route table sends elsewhere.
type Route struct {
	Destination netip.Prefix
	NextHop     string
	// Summary says that the route occupies nothing; nil when the configuration does not set it.
	Summary     *bool
	Description string
	Unknown     Unknown
}

// NextHops are the kinds of next hops.
var NextHops = []string{"idc", "vpn", "peering", "transit", "nat", "internet", "instance", "other"}

// connectionOfHop are the connections that a next hop leads over, none for those that lead to no network that is declared.
var connectionOfHop = map[string][]Connection{"peering": {ThroughPeering}, "transit": {ThroughHub}}

// Occupies says whether the destination counts as in use. A default route never does; other
// summaries do not because the configuration says so.
func (r Route) Occupies() bool {
	return r.Destination.IsValid() && r.Destination.Bits() > 0 && (r.Summary == nil || !*r.Summary)
}

// MayLeadOver are the connections that the next hop may lead over: what networks hold that the VPC is connected to in
// that way may be behind the route. It is both for a next hop that is not known yet.
func (r Route) MayLeadOver() []Connection {
	if r.Unknown.Has("next_hop") {
		return []Connection{ThroughHub, ThroughPeering}
	}
	return connectionOfHop[r.NextHop]
}

// LeadsToInstance says whether the next hop is an instance, which may be a node of a cluster, or may
// yet turn out to be one.
func (r Route) LeadsToInstance() bool { return r.NextHop == "instance" || r.Unknown.Has("next_hop") }

// Cluster is a Kubernetes cluster in a VPC or site.
type Cluster struct {
	Name string
	// VPC names a VPC or a site.
	VPC     string
	Profile string
	Need    profile.Need
	// PodCIDRs and ServiceCIDR are pins: ranges that the configuration gives.
	PodCIDRs                     []netip.Prefix
	ServiceCIDR                  netip.Prefix
	PodIPv6CIDR, ServiceIPv6CIDR netip.Prefix
	// Further are pins of further ranges.
	Further profile.Further
	// ReserveLength is the prefix length of a block around the Pod range that is kept free, 0 for
	// none.
	ReserveLength int
	// AppendRanges are the ranges that may be appended to the cluster, of profile.Appended, where its profile says that this depends on
	// the cluster.
	AppendRanges []string
	// DNSServiceIP is the address of cluster DNS, invalid where the configuration gives none.
	DNSServiceIP netip.Addr
	// NodeSubnets and PodSubnets name subnets of the VPC.
	NodeSubnets, PodSubnets []string
	// IPFamilies are "ipv4" and "ipv6"; none means "ipv4".
	IPFamilies []string
	// PreviousNames are names under which the cluster was declared before.
	PreviousNames []string
	Pool          string
	Meshes        []string
	// SameAs names the cluster of another VRF whose ranges the cluster is to have, "" for none.
	SameAs string
	// CloudName is the name or ID that the cluster has in the cloud, under which existing may give it; "" is that of the cluster.
	CloudName string
	// OtherRanges are the ranges that the configuration gives for other uses than Pods and Services, by their names in the profile.
	OtherRanges map[string][]netip.Prefix
	// OtherExisting are those that existing gives for such uses. The cluster uses them beside OtherRanges.
	OtherExisting OtherExisting
	About
	Unknown Unknown
}

// OtherExisting are the ranges that existing gives for uses of a cluster beside Pods and Services.
type OtherExisting struct {
	// At is the place of the map; nil where existing gives nothing for such uses.
	At      Path
	Ranges  map[string][]netip.Prefix
	Unknown bool
}

// Families are the values of IPFamilies, in the order in which they are given.
var Families = []string{"ipv4", "ipv6"}

// Dual says whether the cluster is asked to have both families.
func (c Cluster) Dual() bool { return slices.Contains(c.IPFamilies, "ipv6") }

// IPv6Alone says whether the cluster is asked to have IPv6 and no IPv4.
func (c Cluster) IPv6Alone() bool { return slices.Equal(c.IPFamilies, []string{"ipv6"}) }

// GivenOtherRanges are the ranges that the configuration and existing give for other uses than Pods and Services, by use.
func (c Cluster) GivenOtherRanges() map[string][]netip.Prefix {
	if len(c.OtherExisting.Ranges) == 0 {
		return c.OtherRanges
	}
	given := maps.Clone(c.OtherExisting.Ranges)
	for use, ranges := range c.OtherRanges {
		given[use] = slices.Concat(ranges, given[use])
	}
	return given
}

// OtherRangesUnknown says whether it is not known yet which ranges are given for other uses than Pods and Services.
func (c Cluster) OtherRangesUnknown() bool {
	return c.Unknown.Has("other_ranges") || c.OtherExisting.Unknown
}

// Reserved is a range that is never allocated.
type Reserved struct {
	CIDR        netip.Prefix
	Description string
	Unknown     Unknown
}
