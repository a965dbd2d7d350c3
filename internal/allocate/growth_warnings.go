package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// growth warns of what is added to clusters that exist: ranges, which nothing takes back, and Pod
// subnets that the provider of the cloud does not pass on. Each is one warning for all clusters.
func (a *assembler) growth() []topology.Fault {
	var faults faultList
	var appended Appended
	var ignored SubnetsIgnored
	var larger ExtendedPods
	for _, name := range slices.Sorted(maps.Keys(a.result.Allocations)) {
		cl, isCluster := a.request.Facts.Clusters[name]
		prof, known := a.catalog.Profile(a.result.Profiles[name])
		if !known || !isCluster {
			continue
		}
		appended.Clusters = append(appended.Clusters, a.appended(name, cl, prof)...)
		if one, is := a.extendedRange(name, cl, prof); is {
			larger.Clusters = append(larger.Clusters, one)
		}
		if added := a.addedSubnets(name, cl); len(added) > 0 && prof.Change.SubnetAdded.Does == profile.Ignores {
			ignored.Clusters = append(ignored.Clusters, AddedSubnets{Cluster: name, Profile: prof, Added: added})
		}
	}
	if len(appended.Clusters) > 0 {
		faults.warn(a.request.all(), appended)
	}
	if len(larger.Clusters) > 0 {
		faults.warn(a.request.all(), larger)
	}
	if len(ignored.Clusters) > 0 {
		faults.warn(a.request.all(), ignored)
	}
	return faults
}

// appended are the ranges that are added behind those that a cluster has.
func (a *assembler) appended(name string, cl topology.Cluster, prof *profile.Profile) []AppendedRanges {
	was, now, node := a.rangesBefore(name), a.result.Allocations[name].Ranges, a.collected.members[name].node
	var all []AppendedRanges
	add := func(one AppendedRanges, had, has []netip.Prefix) {
		grown := len(had) > 0 && len(has) > len(had) && appends(has, had)
		if grown && !a.refused(topology.Path{}.Attr("clusters").Key(name).Attr(one.List)) {
			one.Cluster, one.Profile, one.Held, one.Added, one.SameAs = name, prof, had, has[len(had):], cl.SameAs
			if reserve := now.Aggregate; one.List == "pod_cidrs" && reserve.IsValid() {
				one.Reserve, one.Outside = reserve, outsideOf(reserve, one.Added)
			}
			all = append(all, one)
		}
	}
	if prof.AcceptsFurtherPods(profile.Appended) {
		add(AppendedRanges{
			List: "pod_cidrs", Kind: profile.PodRanges, Pinned: len(cl.PodCIDRs) > 0, Wanted: cl.Need.MaxNodes,
			Serves: prof.Usable(profile.Ranges{Pods: was.Pods}, node).Nodes - cl.Need.SurgeNodes, Surge: cl.Need.SurgeNodes,
		}, was.Pods, now.Pods)
	}
	for _, of := range []struct {
		list                  profile.FurtherList
		had, has              []netip.Prefix
		serves, surge, wanted int64
	}{
		{furtherServices, was.Services(), now.Services(), prof.ServicesIn(was.Services()), 0, cl.Need.MaxServices},
		{
			furtherPods6, was.PodsIPv6(), now.PodsIPv6(), prof.NodesIn6(was.PodsIPv6(), was.NodeIPv6Mask), cl.Need.SurgeNodes,
			cl.Need.MaxNodes,
		},
		{furtherServices6, was.ServicesIPv6(), now.ServicesIPv6(), prof.ServicesIn(was.ServicesIPv6()), 0, cl.Need.MaxServices},
	} {
		add(AppendedRanges{
			List: of.list.Attr, Kind: of.list.Kind, Pinned: len(*further(&cl.Further, of.list)) > 0,
			Serves: of.serves - of.surge, Surge: of.surge, Wanted: of.wanted,
		}, of.had, of.has)
	}
	return all
}

// refused says whether there is an error of an argument, or of an element of it: then nothing is appended.
func (a *assembler) refused(argument topology.Path) bool {
	return slices.ContainsFunc(a.collected.faults, func(f topology.Fault) bool {
		return !f.Warn && len(f.At) >= len(argument) && slices.Equal(f.At[:len(argument)], argument)
	})
}

// outsideOf are those of some ranges that are not in another one.
func outsideOf(in netip.Prefix, ranges []netip.Prefix) []netip.Prefix {
	return slices.DeleteFunc(slices.Clone(ranges), func(r netip.Prefix) bool { return cidr.Contains(in, r) })
}

// rangesBefore are the ranges that a cluster had before this plan, by state, by existing or as released
// ranges that it takes back.
func (a *assembler) rangesBefore(name string) profile.Ranges {
	if held, _ := a.held(name); held.Held() {
		return held
	}
	return a.collected.members[name].back
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
