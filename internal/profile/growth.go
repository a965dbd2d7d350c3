package profile

import (
	"math"
	"net/netip"
	"slices"
)

// Growth says how ranges can grow once a cluster exists. What Terraform does with the changed arguments is in Change.
type Growth struct {
	// Pods says how Pod ranges grow.
	Pods Grows `yaml:"pods"`
	// MaxRanges bounds the number of Pod ranges or subnets where they can be added; 0 means that no number is published.
	MaxRanges int `yaml:"max_ranges"`
	// Text describes the growth, for the guides.
	Text    string   `yaml:"text"`
	Sources []string `yaml:"sources"`
	// Requires is what a cluster needs so that Pod ranges can be appended, where only some clusters of the profile have it. The
	// configuration then says that a cluster has it, in append_ranges.
	Requires Requirement `yaml:"requires"`
	// SameBase is the rule for a larger range that does not begin with the address of the range that it contains. It is Allow where the
	// platform accepts such a range.
	SameBase Rule `yaml:"same_base"`
	// Apply are the steps after which a cluster uses a Pod range that was added, or the larger one that contains it.
	Apply Instruction `yaml:"apply"`
	// Removal says whether a Pod range or subnet that was added can be removed again.
	Removal Removal `yaml:"removal"`
	// Services says how Service ranges grow.
	Services ServiceGrowth `yaml:"services"`
}

// Grows is how ranges of a cluster that exists can grow.
type Grows string

const (
	// Never means that no range can be added or extended.
	Never Grows = "none"
	// Append means further ranges.
	Append Grows = "append"
	// InSubnets means further subnets of the VPC.
	InSubnets Grows = "subnets"
	// Superset means a larger range that contains the range that a cluster has, where it has no IPv6 Pod range of its own.
	Superset Grows = "superset"
	// OutsideTerraform means further ranges that the platform adds and no argument of Terraform does. The configuration gives them, and
	// they count as used.
	OutsideTerraform Grows = "outside"
)

// Requirement is what a cluster needs, in words that follow "requires".
type Requirement struct {
	Text    string   `yaml:"text"`
	Sources []string `yaml:"sources"`
}

// Instruction is a step that a person does, beginning with a verb.
type Instruction struct {
	Text    string   `yaml:"text"`
	Sources []string `yaml:"sources"`
}

// Removal says whether what was added to a cluster can be removed again.
type Removal struct {
	// Text describes it, with contradictions between the sources.
	Text    string   `yaml:"text"`
	Sources []string `yaml:"sources"`
}

// ServiceGrowth says how Service ranges grow. The zero value means that no source describes it, so they cannot.
type ServiceGrowth struct {
	// How is Never or Append.
	How Grows `yaml:"how"`
	// MaxRanges bounds the number of Service ranges of one family; 0 means that no number is published.
	MaxRanges int      `yaml:"max_ranges"`
	Text      string   `yaml:"text"`
	Sources   []string `yaml:"sources"`
	// Requires is what a cluster needs so that Service ranges can be appended, as in Growth.
	Requires Requirement `yaml:"requires"`
	// Apply are the steps after which a cluster uses a Service range that was added.
	Apply Instruction `yaml:"apply"`
	// Removal says whether a Service range that was added can be removed again.
	Removal Removal `yaml:"removal"`
}

// The ranges that append_ranges names.
const (
	PodRanges     = "pods"
	ServiceRanges = "services"
)

// Appended are the values of append_ranges.
var Appended = []string{PodRanges, ServiceRanges}

// CanAppend says whether ranges can be appended to clusters of the profile that have what it requires.
func (p *Profile) CanAppend(ranges string) bool {
	return ranges == ServiceRanges && p.Growth.Services.How == Append || ranges == PodRanges && p.Growth.Pods == Append
}

// AppendRequires is what a cluster needs so that ranges can be appended. Its Text is empty where every cluster of the profile can.
func (p *Profile) AppendRequires(ranges string) Requirement {
	if ranges == ServiceRanges {
		return p.Growth.Services.Requires
	}
	return p.Growth.Requires
}

// Apply are the steps after which a cluster uses ranges that were added.
func (p *Profile) Apply(ranges string) Instruction {
	if ranges == ServiceRanges {
		return p.Growth.Services.Apply
	}
	return p.Growth.Apply
}

// Appends says whether ranges can be appended to a cluster with these append_ranges.
func (p *Profile) Appends(ranges string, allowed []string) bool {
	return p.CanAppend(ranges) && (p.AppendRequires(ranges).Text == "" || slices.Contains(allowed, ranges))
}

// AcceptsFurtherPods says whether a cluster that exists, with these append_ranges, can be given further Pod ranges by the configuration.
func (p *Profile) AcceptsFurtherPods(allowed []string) bool {
	return p.Growth.Pods == OutsideTerraform || p.Appends(PodRanges, allowed)
}

// Extends says whether the Pod range of clusters becomes part of a larger one when they grow.
func (p *Profile) Extends() bool { return p.Growth.Pods == Superset }

// Superset is the range of a prefix length around a Pod range that the platform can extend it to without breaking a rule, invalid where
// there is none.
func (p *Profile) Superset(held netip.Prefix, length int) netip.Prefix {
	if length >= held.Bits() || length < 0 {
		return netip.Prefix{}
	}
	larger := netip.PrefixFrom(held.Addr(), length).Masked()
	if p.Growth.SameBase.Broken() && larger.Addr() != held.Addr() {
		return netip.Prefix{}
	}
	return larger
}

// MaxPodRanges is the number of Pod ranges that one cluster with these append_ranges can have; Unlimited where no number is published.
func (p *Profile) MaxPodRanges(allowed []string) int {
	switch {
	case p.Pods.From == Subnets:
		return 0
	case !p.AcceptsFurtherPods(allowed):
		return 1
	case p.Growth.MaxRanges == 0:
		return Unlimited
	}
	return p.Growth.MaxRanges
}

// MaxServiceRanges is the number of Service ranges of one family that one cluster with these append_ranges can have.
func (p *Profile) MaxServiceRanges(allowed []string) int {
	switch {
	case !p.Appends(ServiceRanges, allowed):
		return 1
	case p.Growth.Services.MaxRanges == 0:
		return Unlimited
	}
	return p.Growth.Services.MaxRanges
}

// MaxRanges is the number of ranges of a kind and family that one cluster can have.
func (p *Profile) MaxRanges(kind string, allowed []string) int {
	if kind == ServiceRanges {
		return p.MaxServiceRanges(allowed)
	}
	return p.MaxPodRanges(allowed)
}

// Unlimited is a number of ranges that no cluster reaches.
const Unlimited = math.MaxInt32

// AddsSubnets says whether a cluster that exists can be given further Pod subnets without being rebuilt.
func (p *Profile) AddsSubnets() bool { return p.Growth.Pods == InSubnets }

func (c *Catalog) checkGrowth(p *Profile, wrong complaint) {
	g := p.Growth
	if !slices.Contains([]Grows{Never, Append, InSubnets, Superset, OutsideTerraform}, g.Pods) {
		wrong("pods %q, not none, append, subnets, superset or outside", g.Pods)
	}
	if g.SameBase.Text != "" {
		c.checkRule("same_base", g.SameBase, wrong)
	}
	if g.SameBase.Text != "" && g.Pods != Superset {
		wrong("same_base is for a superset")
	}
	if g.Pods == Superset && p.Pods.From != Own {
		wrong("pods %q, and Pods from %q", g.Pods, p.Pods.From)
	}
	if (g.Pods == InSubnets) != (p.Pods.From == Subnets) && g.Pods != Never {
		wrong("pods %q, and Pods from %q", g.Pods, p.Pods.From)
	}
	s := g.Services
	worded := (s.How == "") == (s.Text == "") && (s.Text == "") == (len(s.Sources) == 0)
	if !slices.Contains([]Grows{"", Never, Append}, s.How) || !worded {
		wrong("services %q, not none or append with a text and a source", s.How)
	}
	if p.Pods.From == Shared && (g.Pods == Append || g.Services.How == Append) {
		wrong("ranges that hold Services cannot be appended")
	}
	c.checkSources("text", g.Sources, wrong)
	c.checkSources("services", g.Services.Sources, wrong)
	for name, of := range map[string]struct {
		text    string
		sources []string
		allowed bool
	}{
		"apply":             {g.Apply.Text, g.Apply.Sources, slices.Contains([]Grows{Append, Superset, OutsideTerraform}, g.Pods)},
		"removal":           {g.Removal.Text, g.Removal.Sources, true},
		"requires":          {g.Requires.Text, g.Requires.Sources, g.Pods == Append},
		"services.apply":    {s.Apply.Text, s.Apply.Sources, s.How == Append},
		"services.removal":  {s.Removal.Text, s.Removal.Sources, s.How == Append},
		"services.requires": {g.Services.Requires.Text, g.Services.Requires.Sources, g.Services.How == Append},
	} {
		if (of.text == "") != (len(of.sources) == 0) || of.text != "" && !of.allowed {
			wrong("%s needs a text and a source, and ranges that can grow", name)
		}
		c.checkSources(name, of.sources, wrong)
	}
}
