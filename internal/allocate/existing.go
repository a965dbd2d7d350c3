package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// ExistingOf is what the configuration says that a cluster holds; entries of released ranges are not held.
func (r Request) ExistingOf(name string) Existing { return r.Existing[r.existingKey(name)] }

// existingKey is the key under which existing says what a cluster holds: its name, or else its name in the cloud, or else a previous
// one. "" where nothing is said.
func (r Request) existingKey(name string) string {
	if e, ok := r.Existing[name]; ok && e.Cluster == "" {
		return name
	}
	owner, _ := r.Facts.Owner(name)
	for _, other := range append([]string{r.Facts.Clusters[name].CloudName}, owner.PreviousNames...) {
		if e, ok := r.Existing[other]; ok && e.Cluster == "" && !r.Facts.HasOwner(other) {
			return other
		}
	}
	return ""
}

// withoutOwn is what existing gives without what is known already: the ranges that a declared cluster or block of that name holds, or
// released and has not reclaimed. That is what a cloud reports of clusters that were built as planned, and of those that are not rebuilt
// yet with other ranges. Other ranges under such a name, and such ranges under another name, stay.
func (s *situation) withoutOwn() map[string]Existing {
	releasedBy := map[string][]profile.Ranges{}
	for _, released := range s.released {
		releasedBy[released.Cluster] = append(releasedBy[released.Cluster], released.Ranges)
	}
	out := maps.Clone(s.request.Existing)
	for _, name := range s.request.Facts.Owners() {
		key := s.request.existingKey(name)
		if key == "" {
			continue
		}
		own := releasedBy[name]
		if s.request.Prior != nil {
			own = append(slices.Clone(own), s.request.Prior.Allocations[name].Ranges)
		}
		if e := s.request.Existing[key]; len(e.Unknown) == 0 && slices.ContainsFunc(own, e.isPartOf) {
			delete(out, key)
		}
	}
	return out
}

// priorHas says whether an entry gives what prior state has of a cluster, with everything that it leaves out.
func (r Request) priorHas(name string, e Existing) bool {
	if r.Prior == nil || len(e.Unknown) > 0 {
		return false
	}
	names := r.Facts.OwnerNames(name)
	for _, released := range r.Prior.Released {
		if slices.Contains(names, released.Cluster) && e.isPartOf(released.Ranges) {
			return true
		}
	}
	return slices.ContainsFunc(names, func(name string) bool { return e.isPartOf(r.Prior.Allocations[name].Ranges) })
}

// DependsOnPrior says whether prior state decides about a fault or its options. A check of a request without prior state does not know
// that it has none. Such faults are that existing lacks a value, which nobody misses where prior state has it, and what is wrong with
// ranges or families of a cluster, which keeps those that it holds.
func DependsOnPrior(f topology.Fault) bool {
	switch problem := f.Problem.(type) {
	case topology.Missing:
		switch problem.Reason.(type) {
		case NodeBlockSizeNeeded, ServiceRangeSizeNeeded, DefaultNodeBlockTooLarge, ServiceRangeChosen, RangesOfExistingNeeded:
			return true
		}
		return false
	case topology.NotAccepted:
		if problem.Reason == (topology.IPv6NotRequested{}) {
			return true
		}
	}
	if len(f.At) < 3 || f.At[0].Attr != "clusters" {
		return false
	}
	_, contradicts := f.Problem.(topology.Contradicting)
	if _, misspelled := f.Problem.(topology.NotOneOf); misspelled {
		return false
	}
	argument := f.At[2].Attr
	return contradicts && argument != "profile" || argument == "ip_families" || clusterRanges(&topology.Cluster{}, argument) != nil
}

// isPartOf says whether an entry gives ranges that are all held. A cloud may report fewer than all: only the first of several Pod
// ranges, for example.
func (e Existing) isPartOf(held profile.Ranges) bool {
	given := e.Ranges()
	same := func(given, held netip.Prefix) bool { return !given.IsValid() || given == held }
	sameMask := func(given, held int) bool { return given == 0 || given == held }
	return given.Held() && same(given.Block, held.Block) && appends(held.Pods, given.Pods) && same(given.Service, held.Service) &&
		same(given.PodIPv6, held.PodIPv6) && same(given.ServiceIPv6, held.ServiceIPv6) && held.Further.StartsWith(given.Further) &&
		same(given.Aggregate, held.Aggregate) && sameMask(given.NodeMask, held.NodeMask) && sameMask(given.NodeIPv6Mask, held.NodeIPv6Mask)
}

// existsWithIPv6 says whether existing gives the IPv6 Service range of a cluster, known or not yet.
func (r Request) existsWithIPv6(name string) bool {
	e := r.ExistingOf(name)
	return e.ServiceIPv6CIDR.IsValid() || e.Unknown.Has("service_ipv6_cidr")
}

// Ranges are those that an entry gives, as far as they are known.
func (e Existing) Ranges() profile.Ranges {
	if e.Unknown.Has("pod_cidrs") {
		e.PodCIDRs = nil // those that are known are not all
	}
	for _, list := range e.Further.Lists() {
		if e.Unknown.Has(list.Attr) {
			*list.Ranges = nil
		}
	}
	return profile.Ranges{
		Further:      e.Further,
		Block:        e.CIDR,
		Pods:         e.PodCIDRs,
		Service:      e.ServiceCIDR,
		NodeMask:     e.NodeMask,
		NodeIPv6Mask: e.NodeIPv6Mask,
		PodIPv6:      e.PodIPv6CIDR,
		ServiceIPv6:  e.ServiceIPv6CIDR,
		Aggregate:    e.Aggregate,
	}
}

// GivenRanges are the ranges of clusters and blocks that the configuration gives, pinned or by existing.
func (r Request) GivenRanges() []netip.Prefix {
	var all []netip.Prefix
	for _, cl := range r.Facts.Clusters {
		all = append(all, cl.PinnedRanges().InUse()...)
		all = append(append(all, otherRangesOf(cl.OtherRanges)...), otherRangesOf(cl.OtherExisting.Ranges)...)
	}
	for _, b := range r.Facts.Blocks {
		all = append(all, b.CIDR)
	}
	for _, e := range r.Existing {
		held := e.Ranges()
		all = append(append(append(all, held.InUse()...), held.Aggregate), otherRangesOf(e.OtherRanges)...)
	}
	all = slices.DeleteFunc(all, func(p netip.Prefix) bool { return !p.IsValid() })
	slices.SortFunc(all, cidr.Compare)
	return slices.Compact(all)
}
