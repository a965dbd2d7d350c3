package conflict

import (
	"cmp"
	"net/netip"
	"strconv"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// overlap names the parties of a broken rule: ranges of this workspace before those of others, then by kind, fixed ranges
// before allocated ones, and then by name, so that the first party is the one that moves more easily.
func overlap(v Violation, a, b Claim) Finding {
	if compareParties(b, a) < 0 {
		a, b = b, a
	}
	shared, _ := cidr.Overlap(a.Range, b.Range)
	return Finding{Code: v.Code, Rule: v.Rule, A: a, B: &b, Shared: shared, Hub: v.Hub, Third: v.Third, Mesh: v.Mesh}
}

// compareParties orders the parties of a finding.
func compareParties(a, b Claim) int {
	return cmp.Or(
		compareBools(a.Foreign(), b.Foreign()), cmp.Compare(a.Kind, b.Kind), compareBools(b.Fixed(), a.Fixed()), CompareClaims(a, b),
	)
}

// Ranges checks each range of a cluster or block against the limits of its platform. A mirror has the ranges of another
// cluster, of which they are reported.
func Ranges(claims []Claim) []Finding {
	var findings []Finding
	for _, c := range claims {
		if c.Kind == Other && !c.Foreign() {
			findings = append(findings, otherLimits(c)...)
		}
		if c.OfClusterOrBlock() && !c.Foreign() && c.Range.IsValid() && c.SameAs == "" && c.Source != Possible {
			findings = append(findings, ofRange(c)...)
		}
	}
	return findings
}

func ofRange(c Claim) []Finding {
	if c.Kind == Service && c.Profile.ManagesServices(c.Range) {
		return nil
	}
	prefix := c.Kind.String()
	if cidr.FamilyOf(c.Range) == cidr.V6 {
		prefix += "6"
	}
	findings := c.outsideContaining()
	for _, f := range c.ForbiddenFor(c.Range) {
		shared, _ := cidr.Overlap(f.CIDR, c.Range)
		findings = append(findings, Finding{Code: prefix + inForbidden, Rule: f.Rule, A: c, Shared: shared})
	}
	for _, l := range c.Limits() {
		switch l.FitOf(c.Range) {
		case profile.WrongLength:
			if c.Index > 0 && l.Level < profile.Error {
				continue // advice on sizes is for the range that a cluster starts with
			}
			findings = append(findings, Finding{Code: prefix + wrongLength, Rule: l.Rule, A: c, Shared: c.Range})
		case profile.Outside:
			findings = append(findings, Finding{Code: prefix + outside, Rule: l.Rule, A: c, Shared: c.Range})
		case profile.Fits:
		}
	}
	return findings
}

// Limits are those of the platform on a Pod or Service range. A block has none.
func (c Claim) Limits() []profile.Limit {
	switch {
	case c.Kind == Block:
		return nil
	case c.Kind == Service:
		return c.Profile.Services.Limits
	}
	return c.Profile.Pods.Limits
}

// ForbiddenFor returns the ranges that overlap prefix and that the cluster or block of the claim must not use.
func (c Claim) ForbiddenFor(prefix netip.Prefix) []profile.Forbidden {
	if c.Kind == Block {
		return c.Addresses.ForbiddenFor(prefix)
	}
	return c.Profile.ForbiddenFor(prefix)
}

// LimitsKey is the same for claims of one kind that have the same limits and must not use the same ranges.
func (c Claim) LimitsKey() string {
	if c.Kind == Block {
		return strconv.FormatBool(c.Addresses.ClassE)
	}
	return c.Profile.Name
}

// AllowedRanges is what the range of a claim may be taken from, with a prefix length, under the profile and where the cluster must
// have it, before any other claim is looked at. Advice counts like a limit, unless no window of it takes the
// length: then the length was asked for, and only the ranges of the advice count. Of a supernet that holds
// private and public addresses only the private ones count.
func AllowedRanges(c Claim, length int, family cidr.Family, from []netip.Prefix) cidr.Set {
	var parts []netip.Prefix
	for _, supernet := range from {
		parts = append(parts, profile.PrivatePart(supernet)...)
	}
	room := cidr.NewSet(parts...).Intersect(cidr.NewSet(profile.Limit{}.Room(length, family)...)) // of the family alone
	if within, _, ok := c.Containing(family); ok {
		room = room.Intersect(cidr.NewSet(within...))
	}
	for _, l := range c.Limits() {
		windows := l.Room(length, family)
		if len(windows) == 0 && l.Level < profile.Error {
			for _, w := range l.Windows {
				if cidr.FamilyOf(w.CIDR) == family {
					windows = append(windows, w.CIDR)
				}
			}
		}
		room = room.Intersect(cidr.NewSet(windows...))
	}
	for _, prefix := range from {
		for _, f := range c.ForbiddenFor(prefix) {
			if f.Broken() { // a remark keeps nobody off
				room = room.Minus(cidr.NewSet(f.CIDR))
			}
		}
	}
	return room
}
