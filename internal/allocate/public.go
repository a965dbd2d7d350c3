package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// public warns of a supernet that holds public or special-purpose addresses.
func (c *checker) public(at topology.Path, supernet netip.Prefix) {
	if !supernet.IsValid() {
		return
	}
	if rules := c.unusable(supernet); len(rules) > 0 {
		problem := UnusableSupernet{Range: supernet, Rules: rules, ClassE: profile.ClassE(supernet)}
		c.faults = append(c.faults, topology.Fault{At: at, Problem: problem, Warn: true})
		return
	}
	use, special := profile.SpecialPurpose(supernet)
	if !special && !profile.HoldsPublic(supernet) {
		return
	}
	problem := PublicSupernet{Range: supernet, Use: use.Use}
	if parts := profile.PrivatePart(supernet); parts[0] != supernet {
		problem.Private = c.allowed(parts)
	}
	c.faults = append(c.faults, topology.Fault{At: at, Problem: problem, Warn: true})
}

// allowed leaves out 240.0.0.0/4 unless the configuration allows allocations from it.
func (c *checker) allowed(parts []netip.Prefix) []netip.Prefix {
	if c.classE {
		return parts
	}
	return slices.DeleteFunc(parts, profile.ClassE)
}

// unusable returns the rules after which no network can use any address of a supernet, nil if some addresses can be used.
func (c *checker) unusable(supernet netip.Prefix) []profile.Rule {
	var never []netip.Prefix
	var rules []profile.Rule
	for _, f := range profile.Unusable() {
		if c.classE && profile.ClassE(f.CIDR) {
			continue
		}
		never = append(never, f.CIDR)
		if f.CIDR.Overlaps(supernet) {
			rules = append(rules, f.Rule)
		}
	}
	if !cidr.NewSet(never...).Contains(supernet) {
		return nil
	}
	return rules
}
