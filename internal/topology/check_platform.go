package topology

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// refused reports the rules that a value breaks: all errors, or else all advice.
func (c *checker) refused(at Path, what string, value netip.Prefix, refusals []profile.BrokenRule) {
	serious := slices.ContainsFunc(refusals, func(r profile.BrokenRule) bool { return r.Rule.Level == profile.Error })
	for _, r := range refusals {
		if r.Rule.Broken() && (r.Rule.Level == profile.Error) == serious {
			c.faults = append(c.faults, Fault{At: at, Problem: Refused{What: what, Value: value.String(), BrokenRule: r}, Warn: !serious})
		}
	}
}

// platform checks blocks, subnets and routes against what the platform of the VPC takes.
func (c *checker) platform(at Path, v VPC, rules profile.Networks) {
	for i, block := range v.CIDRBlocks {
		if cidr.FamilyOf(block) == cidr.V4 { // told already
			refusals := rules.VPC.CheckBlock(block, i == 0)
			c.refused(at.Attr("cidr_blocks").At(i), "block", block, append(refusals, rules.VPC.CheckBeside(block, v.CIDRBlocks[:i])...))
		}
	}
	for i, block := range v.IPv6CIDRBlocks {
		if cidr.FamilyOf(block) == cidr.V6 {
			c.refused(at.Attr("ipv6_cidr_blocks").At(i), "block", block, rules.VPC.CheckBlock(block, false))
		}
	}
	for _, limit := range rules.VPC.MaxSecondary {
		if secondary := len(v.CIDRBlocks) - 1; int64(secondary) > limit.Max {
			c.faults = append(c.faults, Fault{
				At: at.Attr("cidr_blocks"), Warn: limit.Level < profile.Error,
				Problem: TooMany{What: "secondary blocks", Count: secondary, Max: int(limit.Max), Rule: limit.Rule},
				Options: []Option{OptionOf(Set(at.Attr("cidr_blocks"), v.CIDRBlocks[:limit.Max+1]))},
			})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v.Subnets)) {
		if subnet := v.Subnets[name]; subnet.IsValid() {
			c.refused(at.Attr("subnets").Key(name), "subnet", subnet, rules.Subnets.Check(subnet))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v.Routes)) {
		here := at.Attr("routes").Key(name).Attr("destination")
		route := v.Routes[name]
		if !route.Occupies() {
			continue
		}
		c.destination(here, route.Destination, v.Subnets, rules.Routes)
		// An instance may be a middlebox that the local route of the block was pointed to.
		if !route.LeadsToInstance() && !route.Unknown.Has("summary") {
			c.refused(
				here, "route to", route.Destination,
				rules.Routes.CheckOwnBlock(route.Destination, slices.Concat(v.CIDRBlocks, v.IPv6CIDRBlocks)),
			)
		}
	}
}

// destination checks that of a route against the platform and against the subnets.
func (c *checker) destination(at Path, destination netip.Prefix, subnets map[string]netip.Prefix, rules profile.Routes) {
	c.refused(at, "route to", destination, rules.Check(destination, netip.Prefix{}))
	for _, name := range slices.Sorted(maps.Keys(subnets)) {
		if subnet := subnets[name]; subnet.IsValid() {
			c.refused(at, fmt.Sprintf("beside subnet %s (%q) the route to", subnet, name), destination, rules.Check(destination, subnet))
		}
	}
}
