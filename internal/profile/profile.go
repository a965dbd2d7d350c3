package profile

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Profile is a platform and container-network mode with its rules.
type Profile struct {
	// Name is what users write, such as "ack-flannel".
	Name string `yaml:"-"`
	// Platform is the platform whose file holds the profile.
	Platform string `yaml:"-"`
	// Like names the profile with whose data this one begins, "" for one that gives all its data itself.
	Like string `yaml:"like"`
	// Title names the mode in messages, such as "ACK with Flannel".
	Title string `yaml:"title"`
	// Words are the platform's own words for the mode; the first is the one that the cloud
	// resource takes.
	Words []string `yaml:"words"`
	// Output is the name of the object that carries the cloud resource's arguments.
	Output string `yaml:"output"`
	// Settings are arguments of the cloud resource that follow from the mode alone, beside its first word.
	Settings map[string]string `yaml:"settings"`
	// Anywhere is "any" when clusters may be in VPCs of every platform and in sites.
	Anywhere string `yaml:"platforms"`

	Pods     Pods     `yaml:"pods"`
	Services Services `yaml:"services"`
	Nodes    Nodes    `yaml:"nodes"`
	IPv6     IPv6     `yaml:"ipv6"`
	// Forbidden are ranges that neither Pods nor Services may use.
	Forbidden []Forbidden `yaml:"forbidden"`
	// OtherRanges are the ranges that clusters use beside Pods and Services, by name.
	OtherRanges map[string]OtherRange `yaml:"other_ranges"`
	// Overlap says what may share addresses with what.
	Overlap map[Pair]Rule `yaml:"overlap"`
	// Unnamed is what differs for claims that name no profile, where they count as claims of this one.
	Unnamed Unnamed `yaml:"unnamed"`
	Growth  Growth  `yaml:"growth"`
	Change  Change  `yaml:"change"`
	// NotKnown are parts of sentences on what no source says, for the guides. Nothing is checked there.
	NotKnown []string `yaml:"not_known"`
	// classE says that the argument AllowClassE is set, and allows 240.0.0.0/4 here.
	classE bool
}

// Unnamed is the level of rules on routes to Pods of clusters whose profile is not known, and why it is another one.
type Unnamed struct {
	Level  Level  `yaml:"level"`
	Reason string `yaml:"reason"`
}

// From says where Pods get their addresses.
type From string

const (
	// Own means Pod ranges that belong to the cluster alone.
	Own From = "own"
	// Shared means one range of the cluster whose last addresses are its Service range.
	Shared From = "shared"
	// Subnets means subnets of the VPC.
	Subnets From = "subnets"
)

// Pods are the rules for Pod addresses.
type Pods struct {
	From   From    `yaml:"from"`
	Limits []Limit `yaml:"limits"`
	// Default are the ranges that the platform uses when none is given.
	Default DefaultRanges `yaml:"default"`
	// Max bounds the Pods of one cluster.
	Max []Cap `yaml:"max"`
	// Subnets are the rules for the subnets that Pods use.
	Subnets PodSubnets `yaml:"subnets"`
}

// PodSubnets are the rules for subnets of the VPC that Pods use.
type PodSubnets struct {
	// OfNodes says that Pods use the subnets of their nodes where a cluster names no Pod subnets: each node takes an address for itself,
	// and one or its blocks for its Pods.
	OfNodes bool    `yaml:"of_nodes"`
	Limits  []Limit `yaml:"limits"`
	// Capacity is the rule for subnets that hold fewer Pods than are asked for.
	Capacity Rule `yaml:"capacity"`
	// WithNodes is the rule for a subnet that holds nodes as well.
	WithNodes Rule `yaml:"with_nodes"`
	// WithPods is the rule for a subnet that holds Pods of another cluster as well, WithOtherMode that for Pods of a cluster with another
	// profile, where it differs.
	WithPods      Rule `yaml:"with_pods"`
	WithOtherMode Rule `yaml:"with_other_mode"`
	// Missing is the rule for a cluster that names no Pod subnets; Allow means that the cloud needs none.
	Missing Rule `yaml:"missing"`
	// PodRange is the rule for a Pod range that is given although the mode has none.
	PodRange Rule `yaml:"pod_range"`
}

// Services are the rules for the Service range.
type Services struct {
	Limits []Limit `yaml:"limits"`
	// Default are the ranges that the platform uses when none is given.
	Default ServiceDefault `yaml:"default"`
	// DNS are the rules for the address of cluster DNS.
	DNS ServiceDNS `yaml:"dns"`
	// DefaultCount is how many Services a cluster is sized for when nothing is asked.
	DefaultCount int64 `yaml:"default_count"`
	// Lost counts the addresses of the range that never become Services.
	Lost int64 `yaml:"lost"`
	// LostRule says where Lost is from, where the other rules do not.
	LostRule Rule `yaml:"lost_rule"`
	// Counts is "addresses" when lost addresses count as Services (TKE), "usable" when not.
	Counts string `yaml:"counts"`
	// SizedShortest bounds the prefix lengths that are asked for or chosen, SizedLongest those that
	// are chosen, and where Services are in the Pod range also those asked for; 0 leaves it to
	// Limits. SizedRule says why.
	SizedShortest int  `yaml:"sized_shortest"`
	SizedLongest  int  `yaml:"sized_longest"`
	SizedRule     Rule `yaml:"sized_rule"`
}

// Nodes are the rules for the Pod addresses that each node uses.
type Nodes struct {
	// Blocks says how nodes get Pod addresses.
	Blocks Blocks `yaml:"blocks"`
	// Argument names the cloud resource's argument for the block's prefix length.
	Argument string `yaml:"argument"`
	// Shortest and Longest bound the block's prefix length.
	Shortest int `yaml:"shortest"`
	Longest  int `yaml:"longest"`
	// DefaultMask is the prefix length of the block where a cluster gives neither that nor a number of Pods; 0 where it follows from
	// the default number of Pods.
	DefaultMask int `yaml:"default_mask"`
	// AdvisedLongest bounds the lengths that are chosen, 0 where Longest does. A longer block is used only
	// where the configuration gives its length, and AdvisedRule is the warning.
	AdvisedLongest int  `yaml:"advised_longest"`
	AdvisedRule    Rule `yaml:"advised_rule"`
	// SizeRule says where these bounds are published.
	SizeRule Rule `yaml:"size_rule"`
	// Lost counts the addresses of each block that never become Pods.
	Lost int64 `yaml:"lost"`
	// LostRule says where Lost is from, where SizeRule does not.
	LostRule    Rule        `yaml:"lost_rule"`
	PodsPerNode PodsPerNode `yaml:"pods_per_node"`
	// MaxDifference bounds node mask minus Pod prefix length; 0 is no bound.
	MaxDifference     int  `yaml:"max_difference"`
	MaxDifferenceRule Rule `yaml:"max_difference_rule"`
	// RoutesPerNode counts the entries of the VPC's route table that each node uses.
	RoutesPerNode  int64 `yaml:"routes_per_node"`
	RouteQuota     int64 `yaml:"route_quota"`
	RouteQuotaRule Rule  `yaml:"route_quota_rule"`
	Caps           []Cap `yaml:"caps"`
	// SharedSubnet is the rule for a subnet that nodes of another cluster use as well.
	SharedSubnet Rule `yaml:"shared_subnet"`
}

// Blocks says how nodes get Pod addresses.
type Blocks string

const (
	// Fixed means one block of equal size for each node.
	Fixed Blocks = "fixed"
	// Dynamic means as many small blocks as the Pods of a node fill.
	Dynamic Blocks = "dynamic"
	// None means single addresses, from subnets of the VPC. Blocks from these are dynamic.
	None Blocks = "none"
)

// Cap bounds a number: the nodes or Pods of one cluster, the blocks of a VPC.
type Cap struct {
	Max  int64 `yaml:"max"`
	Rule `yaml:",inline"`
}

// Forbidden is a range that the platform needs for itself.
type Forbidden struct {
	CIDR netip.Prefix `yaml:"cidr"`
	// Exact means that only the range as a whole is forbidden, and parts of it are not.
	Exact bool `yaml:"exact"`
	// AllowedBy is AllowClassE where that argument of the planner allows the range, "" where nothing does.
	AllowedBy string `yaml:"allowed_by"`
	Rule      `yaml:",inline"`
}

// Forbids says whether the range must not be used.
func (f *Forbidden) Forbids(prefix netip.Prefix) bool {
	if f.Exact {
		return f.CIDR == prefix
	}
	return f.CIDR.Overlaps(prefix)
}

// Fits says whether a cluster of this profile can be in a VPC of the platform; the empty
// platform is a site.
func (p *Profile) Fits(platform string) bool {
	return p.Anywhere == "any" || p.Platform == platform || platform == Generic
}

// ForbiddenFor returns the forbidden ranges that overlap prefix, which the platform's data and
// the addresses that no network can use name.
func (p *Profile) ForbiddenFor(prefix netip.Prefix) []Forbidden {
	return forbidding(prefix, unusableBeside(prefix, p.classE, p.Forbidden), p.Forbidden)
}

// unusableBeside are the addresses at prefix that no network can use, without those that other rules forbid. usesClassE says that an
// argument of the planner allows those of 240.0.0.0/4.
func unusableBeside(prefix netip.Prefix, usesClassE bool, others []Forbidden) []Forbidden {
	all := forbiddenBeside(prefix, registries().Unusable, others)
	if !usesClassE {
		return all
	}
	all = slices.DeleteFunc(all, func(f Forbidden) bool { return f.CIDR == classE })
	return append(all, forbiddenBeside(prefix, registries().UnusableOfClassE, others)...)
}

// forbiddenBeside are those of a list that forbid a range, without those that other lists have rules on.
func forbiddenBeside(prefix netip.Prefix, list []Forbidden, others ...[]Forbidden) []Forbidden {
	var all []Forbidden
	for i := range list { // without a copy of each rule, since few forbid a range
		ruled := func(other []Forbidden) bool {
			return slices.ContainsFunc(other, func(f Forbidden) bool { return f.CIDR == list[i].CIDR })
		}
		if list[i].Forbids(prefix) && !slices.ContainsFunc(others, ruled) {
			all = append(all, list[i])
		}
	}
	return all
}

// forbidding are those that forbid a range. Where a range is forbidden as a whole, a rule on one of
// its parts is left out.
func forbidding(prefix netip.Prefix, lists ...[]Forbidden) []Forbidden {
	var hit []Forbidden
	for _, list := range lists {
		for i := range list {
			implied := func(h Forbidden) bool { return h.Exact && cidr.Contains(h.CIDR, list[i].CIDR) }
			if list[i].Forbids(prefix) && !slices.ContainsFunc(hit, implied) {
				hit = append(hit, list[i])
			}
		}
	}
	return hit
}
