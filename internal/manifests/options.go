package manifests

import (
	"math/big"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Names of the options.
const (
	RoutedOption   = "routed"
	ServicesOption = "service_cidrs"
	JoinOption     = "join_cidrs"
	NativeOption   = "non_masquerade_cidr"
)

// Options are what a text requires besides the allocation.
type Options struct {
	// Routed says that the network routes the Pod ranges, so that the plug-in does not encapsulate and translate.
	Routed bool
	// Services are further Service ranges of the cluster.
	Services []netip.Prefix
	// Join are the ranges between nodes and Pods that OVN uses, at most one of each family.
	Join []netip.Prefix
	// Native is the range of destinations to which Pods keep their own addresses; not valid for the Pod range itself.
	Native netip.Prefix
}

// joinOf is the join range of a family, which is not valid where there is none.
func (o Options) joinOf(family cidr.Family) netip.Prefix {
	for _, p := range o.Join {
		if cidr.FamilyOf(p) == family {
			return p
		}
	}
	return netip.Prefix{}
}

// unusedOption finds an option that has no effect on the format.
func (f format) unusedOption(_ Allocation, o Options) Problem {
	for _, option := range o.set() {
		if !slices.Contains(f.options, option) {
			return OptionUnused{option, f.name, namesOf(func(other format) bool { return slices.Contains(other.options, option) })}
		}
	}
	return nil
}

// set are the names of the options that are set.
func (o Options) set() []string {
	var out []string
	if o.Routed {
		out = append(out, RoutedOption)
	}
	if len(o.Services) > 0 {
		out = append(out, ServicesOption)
	}
	if len(o.Join) > 0 {
		out = append(out, JoinOption)
	}
	if o.Native.IsValid() {
		out = append(out, NativeOption)
	}
	return out
}

// wrongJoin finds join ranges of a family that the format or the cluster has not, those that overlap ranges of the cluster or of the
// tool, and those that have no address for each node.
func (f format) wrongJoin(a Allocation, o Options) Problem {
	count := map[cidr.Family]int{}
	for _, p := range o.Join {
		family := cidr.FamilyOf(p)
		count[family]++
		i := slices.IndexFunc(a.families(), func(of Family) bool { return of.family() == family })
		allowed := 0
		if i >= 0 && slices.Contains(f.joins, family) {
			allowed = 1
		}
		if count[family] > allowed {
			return OptionFamily{JoinOption, f.name, family, count[family], allowed}
		}
		if other, overlaps := overlapping(p, slices.Concat(a.pods(), a.services(), a.further(), f.fixed())); overlaps {
			return OptionOverlap{JoinOption, p, other}
		}
		nodes := a.families()[i].nodes()
		if longest := joinLength(family, nodes); p.Bits() > longest {
			return JoinTooSmall{f.name, p, nodes, longest}
		}
	}
	return nil
}

// fixed are the ranges that the tool uses for itself and that no option replaces.
func (f format) fixed() []netip.Prefix {
	var out []netip.Prefix
	for _, internal := range f.internal {
		if internal.option == "" {
			out = append(out, internal.cidr)
		}
	}
	return out
}

// joinLength is the longest prefix length of a join range in which so many nodes have an address each. It has more addresses than the
// nodes and three others require: those of the network and of the gateway, and that for broadcasts.
// Source: https://github.com/openshift/cluster-network-operator/blob/master/pkg/network/ovn_kubernetes.go (isV4NodeSubnetLargeEnough)
func joinLength(family cidr.Family, nodes *big.Int) int {
	return family.Bits() - new(big.Int).Add(nodes, big.NewInt(3)).BitLen()
}

// overlapping is the first of several ranges that overlaps a range.
func overlapping(p netip.Prefix, all []netip.Prefix) (netip.Prefix, bool) {
	i := slices.IndexFunc(all, func(other netip.Prefix) bool {
		_, shared := cidr.Overlap(p, other)
		return shared
	})
	if i < 0 {
		return netip.Prefix{}, false
	}
	return all[i], true
}
