package conflict

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// peers checks blocks and subnets of two networks that are joined, or that a third network reaches.
func (w World) peers(a, b Claim, link topology.Link, through string) Violation {
	peer := w.Catalog.PeerRule(a.Platform, b.Platform)
	if link == topology.ThroughThird {
		if a.Kind == Subnet || b.Kind == Subnet {
			return Violation{}
		}
		return Violation{Code: ambiguous, Rule: peer, Third: through}
	}
	hubs, peered := w.Reach.DirectConnections(a.Network, b.Network)
	v := Violation{}
	if peered && a.Kind != Subnet && b.Kind != Subnet {
		v = Violation{Code: a.Kind.String() + "_overlaps_peer", Rule: peer}
	}
	for _, name := range hubs {
		if w.comparisonUnknown(name) {
			continue // what it compares is not known yet
		}
		joins := joinsOf(w.hubs[name], w.Catalog)
		if joins.Compares == "" { // a kind without data
			joins = profile.Joins{Compares: profile.WholeBlocks, Rule: peer}
		}
		if rule, compared := joined(a, b, joins); compared && (v.Code == "" || rule.Level > v.Rule.Level) {
			v = Violation{Code: a.Kind.String() + "_overlaps_peer", Rule: rule, Hub: name}
		}
	}
	return v
}

// comparisonUnknown says whether it is known only after apply what a hub compares.
func (w World) comparisonUnknown(hub string) bool {
	h, declared := w.hubs[hub]
	return !declared && w.hubsUnknown || h.Unknown.Has("kind") || h.Unknown.Has("protection_level")
}

// joined says whether a hub compares the two claims, and by which rule. Between VPCs a hub that
// compares subnets has no word on blocks, unless a VPC has no subnets and so counts as its blocks;
// sites always do.
func joined(a, b Claim, by profile.Joins) (profile.Rule, bool) {
	ofBlocks, withSite := a.Kind != Subnet && b.Kind != Subnet, a.Kind == Site || b.Kind == Site
	switch {
	case by.Compares == profile.EachSubnet && !withSite:
		return by.Rule, (a.Kind == Subnet || !a.SubnetsCompared) && (b.Kind == Subnet || !b.SubnetsCompared)
	case by.Compares == profile.Identical && !withSite:
		return by.Rule, ofBlocks && a.Range == b.Range
	default:
		return by.Rule, ofBlocks
	}
}
