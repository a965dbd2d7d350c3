package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// NoLongerInSupernets says that supernets no longer contain ranges that clusters keep. It only warns, in the
// plan that changes the supernets.
type NoLongerInSupernets struct {
	// Removed are the supernets of before that contain the ranges, in the order of addresses.
	Removed  []netip.Prefix
	Clusters []ClusterOutside
}

// ClusterOutside is a cluster with those of its ranges that no supernet contains any more.
type ClusterOutside struct {
	Cluster string
	Ranges  profile.Ranges
}

// outsideSupernets warns of clusters whose ranges were in a supernet before and are in none now. Blocks have
// a warning each, in every plan: see checkInSupernets.
func (a *assembler) outsideSupernets() []topology.Fault {
	var faults faultList
	prior := a.request.Prior
	if prior == nil || a.request.OfBlocks || a.request.SupernetsUnknown() {
		return nil
	}
	var problem NoLongerInSupernets
	left := func(held netip.Prefix) bool {
		if !held.IsValid() || cidr.AnyContains(a.supernets, held) {
			return false
		}
		before := slices.IndexFunc(prior.Supernets, func(supernet netip.Prefix) bool { return cidr.Contains(supernet, held) })
		if before < 0 {
			return false
		}
		if removed := prior.Supernets[before]; !slices.Contains(problem.Removed, removed) {
			problem.Removed = append(problem.Removed, removed)
		}
		return true
	}
	for _, name := range slices.Sorted(maps.Keys(a.result.Allocations)) {
		held := a.result.Allocations[name].Ranges
		outside := profile.Ranges{Pods: slices.DeleteFunc(slices.Clone(held.Pods), func(pods netip.Prefix) bool { return !left(pods) })}
		for _, of := range []struct{ from, to *netip.Prefix }{
			{&held.Service, &outside.Service}, {&held.PodIPv6, &outside.PodIPv6}, {&held.ServiceIPv6, &outside.ServiceIPv6},
		} {
			if left(*of.from) {
				*of.to = *of.from
			}
		}
		outside.Further = held.Further
		for _, list := range outside.Further.Lists() {
			*list.Ranges = slices.DeleteFunc(slices.Clone(*list.Ranges), func(further netip.Prefix) bool { return !left(further) })
		}
		if len(outside.InUse()) > 0 {
			problem.Clusters = append(problem.Clusters, ClusterOutside{name, outside})
		}
	}
	if len(problem.Clusters) > 0 {
		slices.SortFunc(problem.Removed, cidr.Compare)
		faults.warn(topology.Path{}.Attr("supernets"), problem, a.leftOptions(problem)...)
	}
	return faults
}

// leftOptions keep the supernets, behind those that new ranges come from, or give the clusters other ranges.
func (s *situation) leftOptions(e NoLongerInSupernets) []topology.Option {
	var keep, move topology.Option
	for _, removed := range e.Removed {
		keep.Edits = append(keep.Edits, topology.Add(topology.Path{}.Attr("supernets"), removed))
	}
	move.Rebuilds = true
	for _, c := range e.Clusters[:min(len(e.Clusters), maxMoved)] {
		for _, o := range s.renumberOption(c.Cluster) {
			move.Add(o.Edits...) // mirrors and guards of several are the same
		}
	}
	if len(e.Clusters) > maxMoved || len(move.Edits) == 0 {
		return []topology.Option{keep}
	}
	return []topology.Option{keep, move}
}

// maxMoved is the number of clusters that one option renumbers.
const maxMoved = 24
