package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// existingOwners are the declared clusters that entries of existing are about, by the keys of the entries.
func (r Request) existingOwners() map[string]string {
	owners := map[string]string{}
	for name := range r.Facts.Clusters {
		if key := r.existingKey(name); key != "" {
			owners[key] = name
		}
	}
	return owners
}

// existingSource is what says which Pod and Service ranges a cluster that exists has, beside its entry of existing.
type existingSource struct {
	// cluster is the declared cluster, and name its name; "" where none is declared.
	cluster topology.Cluster
	name    string
	// profile is that of the cluster, nil where it is not known.
	profile *profile.Profile
	// defaults says that its platform uses known ranges where none are given, known that the cluster or prior state gives them.
	defaults, known bool
}

func (r Request) existingSource(name string, catalog *profile.Catalog) existingSource {
	cl := r.Facts.Clusters[name]
	p, _ := catalog.Profile(cl.Profile)
	s := existingSource{cluster: cl, name: name, profile: p, defaults: hasDefaults(cl, catalog)}
	s.known = cl.PinnedRanges().Held() || cl.SameAs != "" || cl.Unknown.HasAny("pod_cidrs", "service_cidr", "same_as") ||
		r.Prior != nil && slices.ContainsFunc(r.Facts.OwnerNames(name), func(name string) bool {
			return r.Prior.Allocations[name].Ranges.Held()
		})
	return s
}

// existingGives checks that an entry of existing gives ranges. Ranges beside Pods and Services are enough of a cluster that is not
// declared. Of a declared cluster they are enough where something else says which Pod and Service ranges it has: otherwise other
// ranges would be allocated to it.
func (c *checker) existingGives(at topology.Path, e Existing, by existingSource) {
	given := len(e.PodCIDRs) > 0 || e.ServiceCIDR.IsValid() || e.Unknown.HasAny("pod_cidrs", "service_cidr")
	switch others := by.cluster.OtherExisting; {
	case given || by.defaults:
	case by.name == "" && (len(e.OtherRanges) > 0 || e.Unknown.Has(otherRanges)):
	case by.name == "" || len(others.At) == 0:
		c.add(at.Attr("pod_cidrs"), topology.Missing{Reason: PodsOrServicesNeeded{}}, by.rangesOption(at, e))
	case !by.known:
		c.add(
			at.Attr("pod_cidrs"), topology.Missing{Reason: RangesOfExistingNeeded{by.name}},
			by.rangesOption(at, e), by.othersOfCluster(at),
		)
	}
}

// rangesOption gives the entry of a cluster its ranges, with what has to be known of them.
func (s existingSource) rangesOption(at topology.Path, e Existing) topology.Option {
	services := topology.Set(at.Attr("service_cidr"), topology.ServiceRangeOfCluster)
	if s.profile != nil && s.profile.Pods.From == profile.Subnets {
		return topology.OptionOf(services)
	}
	edits := []topology.Edit{topology.Set(at.Attr("pod_cidrs"), topology.PodRangesOfCluster)}
	if s.profile != nil && lacksMask(s.cluster, e, s.profile) {
		edits = append(edits, topology.Set(at.Attr("node_cidr_mask"), topology.NodeBlockLength))
	}
	if s.profile != nil && lacksTail(s.cluster, e, s.profile) {
		edits = append(edits, services)
	}
	return topology.OptionOf(edits...)
}

// othersOfCluster gives a cluster that is still to be built its ranges beside Pods and Services, in place of the entry.
func (s existingSource) othersOfCluster(at topology.Path) topology.Option {
	edits, others := []topology.Edit{topology.Remove(at)}, s.cluster.OtherExisting.Ranges
	for _, use := range slices.Sorted(maps.Keys(others)) {
		of := topology.Path{}.Attr("clusters").Key(s.name).Attr(otherRanges).Key(use)
		edits = append(edits, topology.Set(of, append(topology.Texts(s.cluster.OtherRanges[use]), topology.Texts(others[use])...)))
	}
	return topology.OptionWhen(topology.NotBuilt, edits...)
}
