package allocate

import (
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// harmless are attributes whose value cannot change what is allocated: texts, limits that only
// warn, how a hub compares VPCs, and subnets, which are inside blocks of their VPC.
var harmless = []string{
	"description", "labels", "region", "route_quota", "id", "kind", "protection_level", "subnets", "node_subnets", "pod_subnets",
	"prevent_release",
	"accepted_conflicts", "rule_levels",
}

// matters says whether an unknown attribute can change what is allocated.
func matters(attribute string) bool { return !slices.Contains(harmless, attribute) }

// needsIPv6 says whether a cluster may need IPv6 ranges; else IPv6 blocks cannot change anything.
func needsIPv6(f topology.Facts) bool {
	for _, cl := range f.Clusters {
		if cl.Dual() || cl.Unknown.Has("ip_families") {
			return true
		}
	}
	return f.OwnersUnknown()
}

// addUnknownOfVPC adds what is not known of a VPC and of its routes that occupy addresses.
func addUnknownOfVPC(add func(topology.Path, topology.Unknown), at topology.Path, v topology.VPC) {
	add(at, v.Unknown)
	for route, rt := range v.Routes {
		if len(rt.Unknown) > 0 && !occupiesNothing(rt) {
			add(at.Attr("routes").Key(route), rt.Unknown)
		}
	}
}

// unknownPaths are the places of all facts that matter and are not known yet, in order.
func unknownPaths(r Request) []topology.Path {
	var paths []topology.Path
	ipv6 := needsIPv6(r.Facts)
	add := func(at topology.Path, unknown topology.Unknown) {
		for _, attribute := range unknown {
			switch {
			case attribute == "ipv6_cidr_blocks" && !ipv6:
			case attribute == topology.Everything:
				paths = append(paths, at)
			case matters(attribute):
				paths = append(paths, at.Attr(attribute))
			}
		}
	}
	root := topology.Path{}
	add(root, r.Unknown)
	// The VRF of blocks matters only beside foreign claims.
	add(root, slices.DeleteFunc(slices.Clone(r.Facts.Unknown), func(attribute string) bool {
		return attribute == "vrf" && len(r.Facts.Foreign) == 0 && !r.Facts.Unknown.Has("foreign_claims")
	}))
	for name, h := range r.Facts.Hubs {
		add(root.Attr("hubs").Key(name), h.Unknown)
	}
	for name, s := range r.Facts.Sites {
		add(root.Attr("sites").Key(name), s.Unknown)
	}
	for name, v := range r.Facts.VPCs {
		addUnknownOfVPC(add, root.Attr("vpcs").Key(name), v)
	}
	for _, name := range r.Facts.Owners() {
		if unknown := r.unknownOf(name); len(unknown) > 0 {
			add(r.all().Key(name), unknown)
		}
		if others := r.Facts.Clusters[name].OtherExisting; others.Unknown {
			paths = append(paths, others.At)
		}
	}
	for name, reserved := range r.Facts.Reserved {
		add(root.Attr("reserved").Key(name), reserved.Unknown)
	}
	for key, claim := range r.Facts.Foreign {
		at := root.Attr("foreign_claims").Key(key)
		add(at, claim.Unknown)
		if claim.Unknown.Has("kind") && !slices.Contains(claim.Unknown, topology.Everything) { // harmless of a hub only
			paths = append(paths, at.Attr("kind"))
		}
	}
	for name, pool := range r.Pools {
		add(root.Attr("pools").Key(name), pool.Unknown)
	}
	for name, e := range r.Existing {
		add(root.Attr("existing").Key(name), e.Unknown)
	}
	slices.SortFunc(paths, func(a, b topology.Path) int { return strings.Compare(a.String(), b.String()) })
	return slices.CompactFunc(paths, func(a, b topology.Path) bool { return a.String() == b.String() })
}

// unknownOf are the attributes of a cluster or block that are not known yet, without those that a block does
// not need.
func (r Request) unknownOf(name string) topology.Unknown {
	owner, _ := r.Facts.Owner(name)
	return slices.DeleteFunc(slices.Clone(owner.Unknown), func(attribute string) bool { return r.notNeeded(name, attribute) })
}

// notNeeded says whether the size and address family of a block are known without an attribute, or held.
func (r Request) notNeeded(name, attribute string) bool {
	b, is := r.Facts.Blocks[name]
	held := false
	if r.Prior != nil {
		_, held = r.Prior.Allocations[name]
	}
	switch {
	case !is || held && r.Renumber[name] != "":
		return false
	case held || b.CIDR.IsValid():
		return slices.Contains([]string{"prefix_length", "addresses", "cidr", "platform", "ip_family"}, attribute)
	}
	return attribute == "platform" && b.PrefixLength != 0
}

// occupiesNothing says whether a route occupies no addresses: it is a summary or a default route, whatever else is not known yet.
func occupiesNothing(r topology.Route) bool {
	return r.Summary != nil && *r.Summary || r.Destination.IsValid() && r.Destination.Bits() == 0
}
