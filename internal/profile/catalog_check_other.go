package profile

import (
	"net/netip"
	"regexp"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// otherName are the names that other ranges may have: the keys of a map in Terraform that need no quotes.
var otherName = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// checkOtherRanges checks the ranges of clusters beside Pods and Services.
func (c *Catalog) checkOtherRanges(p *Profile, wrong complaint) {
	containing := 0
	for _, name := range p.OtherNames() {
		o, wrong := p.OtherRanges[name], wrong.of("other_ranges: "+name)
		if !otherName.MatchString(name) {
			wrong("the name is no word in lower case")
		}
		if o.Title == "" || o.Description == "" {
			wrong("it needs a title and a description")
		}
		if o.Reach != Local && o.Reach != Routed {
			wrong("reach %q is neither %s nor %s", o.Reach, Local, Routed)
		}
		if o.Reach == Routed && len(o.Default.CIDRs) > 0 {
			wrong("a default of a routed range would be in use by every cluster of a network")
		}
		if o.Max < 0 {
			wrong("max %d", o.Max)
		}
		c.checkLimits(o.Limits, wrong)
		if !o.IPv6 && o.hasIPv6() {
			wrong("it has IPv6 ranges, but not ipv6: true")
		}
		c.checkOtherDefault(o, wrong.of("default"))
		c.checkOtherPairs(p, o, wrong)
		if o.Contains.Holds() {
			containing++
			c.checkContains(p, o, wrong.of("contains"))
		}
	}
	if containing > 1 {
		wrong("other_ranges: several contain Pods")
	}
	c.checkOtherDefaults(p, wrong.of("other_ranges"))
	for argument, a := range c.Output(p).Attributes {
		if o := p.OtherRanges[a.Use]; a.OfOtherRange() && !o.Contains.Holds() {
			wrong("other_ranges: %s.%s has the range for %q, which contains no Pods", p.Output, argument, a.Use)
		}
	}
}

// hasIPv6 says whether a default or a window of a limit is of IPv6.
func (o OtherRange) hasIPv6() bool {
	of := func(r netip.Prefix) bool { return r.IsValid() && cidr.FamilyOf(r) == cidr.V6 }
	return slices.ContainsFunc(o.Default.CIDRs, of) || slices.ContainsFunc(o.Limits, func(l Limit) bool { return l.binds(cidr.V6) })
}

func (c *Catalog) checkOtherDefault(o OtherRange, wrong complaint) {
	if len(o.Default.CIDRs) == 0 {
		if o.Default.Text != "" || o.Default.Confidence != "" {
			wrong("no cidrs")
		}
		return
	}
	c.checkRule("rule", o.Default.Rule, wrong)
	if o.Default.Level != Allow {
		wrong("level %s, not allow: it states what is in use", o.Default.Level)
	}
	count := map[cidr.Family]int{}
	for i, r := range o.Default.CIDRs {
		if !canonical(r) {
			wrong("%v is no range", r)
			continue
		}
		if slices.ContainsFunc(o.Default.CIDRs[:i], r.Overlaps) {
			wrong("%v overlaps another range", r)
		}
		count[cidr.FamilyOf(r)]++
		if o.Max > 0 && count[cidr.FamilyOf(r)] > o.Max {
			wrong("more than %d ranges", o.Max)
		}
		if slices.ContainsFunc(o.Limits, func(l Limit) bool { return l.FitOf(r) != Fits }) {
			wrong("%v breaks a limit of its own", r)
		}
	}
}

// checkOtherPairs checks what another range is compared with.
func (c *Catalog) checkOtherPairs(p *Profile, o OtherRange, wrong complaint) {
	if len(o.Overlap) == 0 && !o.Contains.Holds() {
		wrong("it overlaps nothing and contains nothing, so it has no effect")
	}
	for pair, rule := range o.Overlap {
		if !slices.Contains(OtherPairs, pair) {
			wrong("overlap %q is no pair", pair)
		}
		if pair == OtherOwnPods && p.Pods.From == Subnets || pair == OtherOwnServices && p.Pods.From == Shared {
			wrong("overlap %q: clusters have no such range of their own", pair)
		}
		c.checkRule("overlap "+pair, rule, wrong)
	}
	for _, of := range []struct {
		own, others OtherPair
		none        bool
	}{
		{OtherOwnPods, OtherPodsSameVPC, p.Pods.From == Subnets}, {OtherOwnServices, OtherServicesSameVPC, p.Pods.From == Shared},
	} {
		if o.Overlap[of.others].Broken() && !o.Overlap[of.own].Broken() && !of.none {
			wrong("overlap %q without %q: a cluster is in its own network", of.others, of.own)
		}
	}
	for _, pair := range PairsBesideRouted {
		if _, has := o.Overlap[pair]; o.Reach == Routed && !has {
			wrong("overlap %q is missing: other workspaces may choose such a range", pair)
		}
	}
}

func (c *Catalog) checkContains(p *Profile, o OtherRange, wrong complaint) {
	c.checkRule("pods", o.Contains.Pods, wrong)
	if p.Pods.From == Subnets {
		wrong("clusters have no Pod range")
	}
	if o.Max != 1 {
		wrong("max %d, not 1", o.Max)
	}
	for _, pair := range []OtherPair{OtherOwnPods, OtherOwnServices} {
		if o.Overlap[pair].Broken() {
			wrong("overlap %q contradicts it", pair)
		}
	}
}

// checkOtherDefaults checks that the defaults of a profile do not break its own rules.
func (c *Catalog) checkOtherDefaults(p *Profile, wrong complaint) {
	names := p.OtherNames()
	for i, name := range names {
		o := p.OtherRanges[name]
		for _, other := range names[:i] {
			if !Stricter(o.Overlap[OtherOwnOther], p.OtherRanges[other].Overlap[OtherOwnOther]).Broken() {
				continue
			}
			for _, r := range o.Default.CIDRs {
				if slices.ContainsFunc(p.OtherRanges[other].Default.CIDRs, r.Overlaps) {
					wrong("the defaults of %s and %s overlap", other, name)
				}
			}
		}
	}
}
