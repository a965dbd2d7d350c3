package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// suggestionForOther returns where another range for a use beside Pods and Services comes from, nil where none is known: one that nothing
// has in use, outside of the supernets if possible. A use that must contain the Pods of its cluster gets a range around them.
func (n *freeNearby) suggestionForOther(c conflict.Claim) *suggestion {
	family := cidr.FamilyOf(c.Range)
	if pods := n.podsOf(c, family); len(pods) > 0 && c.OtherRange().Contains.Holds() {
		return n.aroundPods(c, pods)
	}
	used := slices.Clone(n.elsewhere.in(n.request.vrfsOf([]conflict.Claim{c})))
	for _, other := range n.claims {
		used = append(used, other.Range)
	}
	allowed := cidr.NewSet(usableBeside...).Minus(cidr.NewSet(used...))
	for _, free := range []cidr.Set{allowed.Minus(cidr.NewSet(n.supernets...)), allowed} {
		for _, length := range lengthsFrom(c.Range) {
			s := suggestion{claim: c, near: c.Range, length: length, free: cidr.NewSpace(free.Intersect(windowsOf(c, length, family)))}
			if _, ok := nearestOf(s); ok {
				return &s
			}
		}
	}
	return nil
}

// usableBeside are what clusters may use beside Pods and Services.
var usableBeside = append(slices.Clone(privateRanges), netip.MustParsePrefix("100.64.0.0/10"))

// windowsOf are the ranges that all limits of a use accept for a prefix length.
func windowsOf(c conflict.Claim, length int, family cidr.Family) cidr.Set {
	var all cidr.Set
	for i, l := range append(c.OtherRange().Limits, profile.Limit{}) {
		windows := cidr.NewSet(l.Room(length, family)...)
		if i > 0 {
			windows = windows.Intersect(all)
		}
		all = windows
	}
	return all
}

// podsOf are the Pod ranges of the cluster of a claim, of one address family.
func (n *freeNearby) podsOf(c conflict.Claim, family cidr.Family) []netip.Prefix {
	var pods []netip.Prefix
	for _, other := range n.claims {
		if other.Kind == conflict.Pod && isOf(other, c.Owner) && other.Range.IsValid() && cidr.FamilyOf(other.Range) == family {
			pods = append(pods, other.Range)
		}
	}
	return pods
}

// aroundPods is a range that contains some Pod ranges and breaks no rule: a supernet, or else the smallest one; nil where both break one.
func (n *freeNearby) aroundPods(c conflict.Claim, pods []netip.Prefix) *suggestion {
	smallest := pods[0]
	for !containsAll(smallest, pods) {
		smallest = netip.PrefixFrom(smallest.Addr(), smallest.Bits()-1).Masked()
	}
	for _, r := range append(slices.Clone(n.supernets), smallest) {
		if moved := withNewRange(c, r); containsAll(r, pods) && n.keepsRules(moved) {
			return &suggestion{claim: c, near: r, length: r.Bits(), free: cidr.NewSpace(cidr.NewSet(r)), shared: true}
		}
	}
	return nil
}

func containsAll(outer netip.Prefix, all []netip.Prefix) bool {
	return !slices.ContainsFunc(all, func(r netip.Prefix) bool { return !cidr.Contains(outer, r) })
}

// keepsRules says whether a claim that replaces the one with its owner and use breaks no rule.
func (n *freeNearby) keepsRules(c conflict.Claim) bool {
	if len(conflict.Ranges([]conflict.Claim{c})) > 0 {
		return false
	}
	return !slices.ContainsFunc(n.claims, func(other conflict.Claim) bool {
		_, broken := n.world.Check(c, other)
		return broken && c.Range.Overlaps(other.Range)
	})
}
