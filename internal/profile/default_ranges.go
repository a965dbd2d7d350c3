package profile

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// DefaultRanges are the ranges that a platform uses by itself if none is given.
type DefaultRanges struct {
	CIDRs []netip.Prefix `yaml:"cidrs"`
	Rule  `yaml:",inline"`
}

// Of returns those of a family. Where there are several, the platform chooses one of them, and nothing says which.
func (d DefaultRanges) Of(family cidr.Family) []netip.Prefix {
	var of []netip.Prefix
	for _, r := range d.CIDRs {
		if cidr.FamilyOf(r) == family {
			of = append(of, r)
		}
	}
	return of
}

// Only returns the one range of a family, the zero Prefix where there is none or the platform chooses.
func (d DefaultRanges) Only(family cidr.Family) netip.Prefix {
	if of := d.Of(family); len(of) == 1 {
		return of[0]
	}
	return netip.Prefix{}
}

// ServiceDefault are the Service ranges that a platform uses by itself if none is given.
type ServiceDefault struct {
	DefaultRanges `yaml:",inline"`
	// Managed says that the platform manages the range: it is the same in every cluster, it is in no network, and no argument of a
	// cloud resource gives it.
	Managed bool `yaml:"managed"`
}

// ManagesServices says whether a Service range is the one that the platform manages.
func (p *Profile) ManagesServices(r netip.Prefix) bool {
	d := p.Services.Default
	return d.Managed && r.IsValid() && r == d.Only(cidr.FamilyOf(r))
}

// checkDefault checks default ranges; most is the largest number of IPv4 ones.
func (c *Catalog) checkDefault(d DefaultRanges, most int, wrong complaint) {
	if len(d.CIDRs) == 0 {
		if d.Text != "" || d.Confidence != "" {
			wrong("no cidrs")
		}
		return
	}
	c.checkRule("rule", d.Rule, wrong)
	if d.Level == Error {
		wrong("level error: a platform does not refuse its own ranges")
	}
	if len(d.Of(cidr.V4)) > most || len(d.Of(cidr.V6)) > 1 {
		wrong("%v are more than %d of IPv4 and one of IPv6", d.CIDRs, most)
	}
	for i, r := range d.CIDRs {
		if !canonical(r) {
			wrong("%v is no range", r)
			continue
		}
		for _, before := range d.CIDRs[:i] {
			if r.Overlaps(before) {
				wrong("%v overlaps %v", r, before)
			}
		}
	}
}

// maxChoices bounds the IPv4 ranges of which a platform chooses one.
const maxChoices = 8

func (c *Catalog) checkDefaults(p *Profile, wrong complaint) {
	services := p.Services.Default
	c.checkDefault(services.DefaultRanges, maxChoices, wrong.of("services: default"))
	c.checkDefault(p.Pods.Default, 1, wrong.of("pods: default"))
	if services.Managed && len(services.Of(cidr.V4)) != 1 {
		wrong("services: default: a range that the platform manages is one")
	}
	if len(services.CIDRs) > 0 && p.Pods.From == Shared {
		wrong("services: default: the Service range is in the Pod range")
	}
	if len(p.Pods.Default.CIDRs) > 0 && p.Pods.From != Own {
		wrong("pods: default: there is no separate Pod range")
	}
}
