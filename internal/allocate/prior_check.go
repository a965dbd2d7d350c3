package allocate

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// checkPrior checks what is declared and what existing gives against prior state.
func checkPrior(s *situation) []topology.Fault {
	if s.request.Prior == nil {
		return nil
	}
	var faults faultList
	if s.request.Prior.Imported {
		faults = s.unknownToImport()
	}
	for _, name := range s.request.Facts.Owners() {
		if s.request.existingKey(name) != "" {
			s.checkExisting(&faults, name)
		}
	}
	return faults
}

// unknownToImport reports every cluster or block that an imported state does not know: it may be new, or forgotten.
func (s *situation) unknownToImport() faultList {
	var faults faultList
	for _, name := range s.request.Facts.Owners() {
		_, held := s.request.Prior.Allocations[name]
		if s.isMirror(name) || s.request.Facts.Blocks[name].CIDR.IsValid() {
			continue // it has what another has, or is pinned to, be it new or forgotten
		}
		if _, _, released := s.lastReleased(name); !held && !released && !s.request.ExistingOf(name).Ranges().Held() {
			faults.fault(s.request.all().Key(name), UnknownToImport{Cluster: name}, s.restoredOptions(name)...)
		}
	}
	return faults
}

// checkExisting checks what existing gives for a cluster or block against what the state holds: it cannot hold two things.
func (s *situation) checkExisting(faults *faultList, name string) {
	e, at := s.request.ExistingOf(name), s.existingAt(name)
	a, held := s.request.Prior.Allocations[name]
	if _, moves := s.renumbered[name]; moves && (s.existingRanges(name).Held() || len(e.Unknown) > 0) {
		faults.fault(
			at,
			topology.NotAccepted{
				Value:  name,
				Reason: ExistingRenumbered{s.request.nameKind()},
			},
			topology.OptionOf(topology.Remove(at)),
		)
	}
	if !held {
		return
	}
	contradicts := func(attr string, held, given any) {
		faults.fault(at.Attr(attr), ContradictsState{Cluster: name, Held: held, Given: given}, asState(at, attr, held)...)
	}
	switch {
	case appends(a.Pods, e.PodCIDRs) || e.Unknown.Has("pod_cidrs"):
	case s.mayStillExtend(name, e.PodCIDRs, a.Pods):
		problem := ContradictsState{Cluster: name, Held: a.Pods, Given: e.PodCIDRs}
		faults.warn(at.Attr("pod_cidrs"), problem, asState(at, "pod_cidrs", a.Pods)...)
	default:
		contradicts("pod_cidrs", a.Pods, e.PodCIDRs)
	}
	for _, one := range []struct {
		attr        string
		given, held netip.Prefix
	}{
		{"service_cidr", e.ServiceCIDR, a.Service}, {"pod_ipv6_cidr", e.PodIPv6CIDR, a.PodIPv6},
		{"service_ipv6_cidr", e.ServiceIPv6CIDR, a.ServiceIPv6}, {"cidr", e.CIDR, a.Block},
	} {
		if one.given.IsValid() && one.given != one.held {
			contradicts(one.attr, one.held, one.given)
		}
	}
	lists := a.Further.Lists()
	for i, list := range e.Further.Lists() {
		if held := *lists[i].Ranges; !appends(held, *list.Ranges) && !e.Unknown.Has(list.Attr) {
			contradicts(list.Attr, held, *list.Ranges)
		}
	}
	for _, one := range []struct {
		attr        string
		given, held int
	}{{"node_cidr_mask", e.NodeMask, a.NodeMask}, {"node_ipv6_cidr_mask", e.NodeIPv6Mask, a.NodeIPv6Mask}} {
		if one.given != 0 && one.given != one.held {
			contradicts(one.attr, one.held, one.given)
		}
	}
}
