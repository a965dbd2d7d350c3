package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// growth warns of what is added to clusters that exist: Pod ranges, which nothing takes back, and Pod
// subnets that the provider of the cloud does not pass on. Each is one warning for all clusters.
func (a *assembler) growth() []topology.Fault {
	var faults faultList
	var appended Appended
	var ignored SubnetsIgnored
	for _, name := range slices.Sorted(maps.Keys(a.result.Allocations)) {
		cl, isCluster := a.request.Facts.Clusters[name]
		prof, known := a.catalog.Profile(a.result.Profiles[name])
		if !known || !isCluster {
			continue
		}
		if pods, was := a.result.Allocations[name].Pods, a.podsBefore(name); prof.AcceptsFurtherPods(profile.Appended) && len(was) > 0 &&
			len(pods) > len(was) &&
			appends(pods, was) {
			appended.Clusters = append(appended.Clusters, AppendedPods{
				Cluster: name, Profile: prof, Held: was, Added: pods[len(was):],
				Nodes: prof.Usable(
					profile.Ranges{Pods: was},
					a.collected.members[name].node,
				).Nodes, Wanted: cl.Need.MaxNodes, Pinned: len(cl.PodCIDRs) > 0,
			})
		}
		if added := a.addedSubnets(name, cl); len(added) > 0 && prof.Change.SubnetAdded.Does == profile.Ignores {
			ignored.Clusters = append(ignored.Clusters, AddedSubnets{Cluster: name, Profile: prof, Added: added})
		}
	}
	if len(appended.Clusters) > 0 {
		faults.warn(a.request.all(), appended)
	}
	if len(ignored.Clusters) > 0 {
		faults.warn(a.request.all(), ignored)
	}
	return faults
}

// podsBefore are the Pod ranges that a cluster had before this plan, by state, by existing or as released
// ranges that it takes back.
func (a *assembler) podsBefore(name string) []netip.Prefix {
	if held, _ := a.held(name); len(held.Pods) > 0 {
		return held.Pods
	}
	return a.collected.members[name].back.Pods
}

// addedSubnets are the Pod subnets of a cluster that it does not hold, where it holds others.
func (s *situation) addedSubnets(name string, cl topology.Cluster) []string {
	if s.request.Prior == nil || cl.Unknown.Has("pod_subnets") {
		return nil
	}
	held := subnetNames(s.request.Prior.Allocations[name].PodSubnets)
	if len(held) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(cl.PodSubnets), func(subnet string) bool {
		return subnet == "" || slices.Contains(held, subnet)
	})
}

// subnetNames are the names of subnets, in their order.
func subnetNames(subnets []Subnet) []string {
	var names []string
	for _, s := range subnets {
		names = append(names, s.Name)
	}
	return names
}
