package profile

import (
	"net/netip"
	"slices"
)

// Profile is a platform and container-network mode with its rules.
type Profile struct {
	// Name is what users write, such as "ack-flannel".
	Name string `yaml:"-"`
	// Platform is the platform whose file holds the profile.
	Platform string `yaml:"-"`
	// Title names the mode in messages, such as "ACK with Flannel".
	Title string `yaml:"title"`
	// Word is the platform's own word for the mode.
	Word string `yaml:"word"`
	// Output is the name of the object that carries the cloud resource's arguments.
	Output string `yaml:"output"`
	// Anywhere is "any" when clusters may stand in VPCs of every platform and in sites.
	Anywhere string `yaml:"platforms"`

	Pods     Pods     `yaml:"pods"`
	Services Services `yaml:"services"`
	Nodes    Nodes    `yaml:"nodes"`
	// Forbidden are ranges that neither Pods nor Services may use.
	Forbidden []Forbidden `yaml:"forbidden"`
	// Overlap says what may share addresses with what.
	Overlap map[Pair]Rule `yaml:"overlap"`
	Growth  Growth        `yaml:"growth"`
}

// Pods are the rules for Pod ranges.
type Pods struct {
	Limits []Limit `yaml:"limits"`
}

// Services are the rules for the Service range.
type Services struct {
	Limits []Limit `yaml:"limits"`
	// DefaultCount is how many Services a cluster is sized for when nothing is asked.
	DefaultCount int64 `yaml:"default_count"`
	// Lost counts the addresses of the range that never become Services.
	Lost int64 `yaml:"lost"`
	// SizedLongest is the longest prefix that is chosen from a need; 0 leaves it to Limits.
	SizedLongest int `yaml:"sized_longest"`
}

// Nodes are the rules for the block of Pod addresses that each node takes.
type Nodes struct {
	// Argument names the cloud resource's argument for the block's prefix length.
	Argument string `yaml:"argument"`
	// Shortest and Longest bound the block's prefix length.
	Shortest int `yaml:"shortest"`
	Longest  int `yaml:"longest"`
	// Lost counts the addresses of each block that never become Pods.
	Lost        int64       `yaml:"lost"`
	PodsPerNode PodsPerNode `yaml:"pods_per_node"`
	// MaxDifference bounds node mask minus Pod prefix length; 0 is no bound.
	MaxDifference     int  `yaml:"max_difference"`
	MaxDifferenceRule Rule `yaml:"max_difference_rule"`
	// RoutesPerNode counts the entries of the VPC's route table that each node takes.
	RoutesPerNode  int64 `yaml:"routes_per_node"`
	RouteQuota     int64 `yaml:"route_quota"`
	RouteQuotaRule Rule  `yaml:"route_quota_rule"`
	Caps           []Cap `yaml:"caps"`
}

// PodsPerNode says how the platform counts Pods.
type PodsPerNode struct {
	Default int64 `yaml:"default"`
	Max     int64 `yaml:"max"`
	// Counts is "addresses" when lost addresses count as Pods (ACK), "usable" when not (CCE).
	Counts string `yaml:"counts"`
}

// Cap bounds the number of nodes of one cluster.
type Cap struct {
	Max  int64 `yaml:"max"`
	Rule `yaml:",inline"`
}

// Forbidden is a range that the platform needs for itself.
type Forbidden struct {
	CIDR netip.Prefix `yaml:"cidr"`
	Rule `yaml:",inline"`
}

// Growth says how ranges can grow once a cluster exists.
type Growth struct {
	// Pods is "none" or "append".
	Pods string `yaml:"pods"`
	// MaxRanges bounds the number of Pod ranges where they can be appended; 0 means one.
	MaxRanges int      `yaml:"max_ranges"`
	Sources   []string `yaml:"sources"`
}

// MaxPodRanges is the number of Pod ranges that one cluster can have.
func (p *Profile) MaxPodRanges() int { return max(1, p.Growth.MaxRanges) }

// Fits says whether a cluster of this profile can stand in a VPC of the platform; the empty
// platform is a site.
func (p *Profile) Fits(platform string) bool {
	return p.Anywhere == "any" || p.Platform == platform || platform == "generic"
}

// ForbiddenFor returns the forbidden ranges that overlap prefix, which the platform's data and
// the addresses that no network can use name.
func (p *Profile) ForbiddenFor(prefix netip.Prefix) []Forbidden {
	var hit []Forbidden
	for _, f := range slices.Concat(neverUsable, p.Forbidden) {
		if f.CIDR.Overlaps(prefix) {
			hit = append(hit, f)
		}
	}
	return hit
}
