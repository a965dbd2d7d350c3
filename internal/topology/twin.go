package topology

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
)

// A twin is a cluster that is to have the very same ranges as another one, its first, which stands
// in another VRF: a disaster-recovery copy. It gives no sizes of its own.

// twinned are the attributes that a twin has from its first.
var twinned = []string{
	"max_nodes", "pods_per_node", "max_services", "pod_prefix_length", "service_prefix_length", "node_cidr_mask", "node_ipv6_cidr_mask",
	"pod_cidrs", "service_cidr", "pod_ipv6_cidr", "service_ipv6_cidr", "reserve_prefix_length", "ip_families", "pool",
}

// WithTwins returns the facts with the sizes of every twin filled in from its first.
func (f Facts) WithTwins() Facts {
	clusters := maps.Clone(f.Clusters)
	for name, cl := range f.Clusters {
		first, declared := f.Clusters[cl.SameAs]
		if cl.SameAs == "" || !declared || first.SameAs != "" {
			continue
		}
		cl.Need, cl.ReserveLength, cl.IPFamilies, cl.Pool = first.Need, first.ReserveLength, first.IPFamilies, first.Pool
		cl.PodCIDRs, cl.ServiceCIDR, cl.PodIPv6CIDR, cl.ServiceIPv6CIDR = first.PodCIDRs, first.ServiceCIDR, first.PodIPv6CIDR, first.ServiceIPv6CIDR
		cl.Unknown = slices.Clone(cl.Unknown)
		for _, attribute := range twinned {
			if first.Unknown.Has(attribute) {
				cl.Unknown = append(cl.Unknown, attribute)
			}
		}
		clusters[name] = cl
	}
	f.Clusters = clusters
	return f
}

// Twins are the twins of each first, sorted.
func (f Facts) Twins() map[string][]string {
	twins := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(f.Clusters)) {
		if first := f.Clusters[name].SameAs; first != "" {
			twins[first] = append(twins[first], name)
		}
	}
	return twins
}

// twin checks that a twin gives nothing that it has from its first.
func (c *checker) twin(at Path, cl Cluster) {
	if cl.SameAs == "" {
		return
	}
	given := []string{
		count(cl.Need.MaxNodes), count(cl.Need.PodsPerNode), count(cl.Need.MaxServices),
		count(cl.Need.PodLength), count(cl.Need.ServiceLength), count(cl.Need.NodeMask), count(cl.Need.NodeMask6),
		first(
			cl.PodCIDRs,
		), first([]netip.Prefix{cl.ServiceCIDR}), first([]netip.Prefix{cl.PodIPv6CIDR}), first([]netip.Prefix{cl.ServiceIPv6CIDR}),
		count(cl.ReserveLength), first(cl.IPFamilies), cl.Pool,
	}
	for i, attribute := range twinned {
		if given[i] != "" {
			why := fmt.Sprintf("with same_as the cluster has the ranges and sizes of cluster %q", cl.SameAs)
			c.add(at.Attr(attribute), NotTaken{Value: given[i], Why: why}, By(Remove(at.Attr(attribute))))
		}
	}
}

// count and first show a value that may be given, "" where it is not.
func count[N int | int64](n N) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func first[T any](list []T) string {
	if len(list) == 0 {
		return ""
	}
	if p, ok := any(list[0]).(netip.Prefix); ok && !p.IsValid() {
		return ""
	}
	return fmt.Sprint(list[0])
}

// twin checks that a twin and its first can have the same ranges.
func (c *factChecker) twin(name string, cl Cluster) {
	at := Path{}.Attr("clusters").Key(name)
	original, declared := c.facts.Clusters[cl.SameAs]
	switch {
	case cl.SameAs == "" || !declared && c.facts.Unknown.Has("clusters"):
	case cl.SameAs == name:
		c.add(at.Attr("same_as"), NotTaken{Value: name, Why: "the cluster names itself"}, ownRanges(at))
	case !declared:
		known := slices.DeleteFunc(
			slices.Sorted(maps.Keys(c.facts.Clusters)),
			func(other string) bool { return other == name || c.facts.Clusters[other].SameAs != "" },
		)
		c.add(at.Attr("same_as"), Undeclared{What: "cluster", Name: cl.SameAs, Known: known})
	case original.SameAs != "":
		c.add(
			at.Attr("same_as"),
			NotTaken{Value: cl.SameAs, Why: fmt.Sprintf("that cluster has the ranges of cluster %q itself", original.SameAs)},
			By(Set(at.Attr("same_as"), original.SameAs)),
		)
	default:
		if cl.Profile != "" && original.Profile != "" && cl.Profile != original.Profile {
			c.add(at.Attr("profile"), AtOdds{Value: cl.Profile, Other: fmt.Sprintf("same_as = %q", cl.SameAs), Gives: original.Profile},
				By(Set(at.Attr("profile"), original.Profile)), ownRanges(at))
		}
		c.twinMeshed(at.Attr("same_as"), name, cl)
		c.twinApart(at.Attr("same_as"), name, cl)
	}
}

// twinMeshed checks that a twin shares no flat mesh with its first, nor with earlier twins: members of a
// mesh are kept disjoint.
func (c *factChecker) twinMeshed(at Path, name string, cl Cluster) {
	for _, other := range c.earlierTwins(name, cl) {
		for _, mesh := range cl.Meshes {
			if mesh == "" || !slices.Contains(c.facts.Clusters[other].Meshes, mesh) {
				continue
			}
			c.add(at, NotTaken{
				Value: cl.SameAs, Why: fmt.Sprintf("the cluster and cluster %q are both members of mesh %q, and the ranges of all members of a flat mesh must be disjoint", other, mesh),
			}, By(Take(at[:len(at)-1].Attr("meshes"), mesh)), By(Take(at[:len(at)-2].Key(other).Attr("meshes"), mesh)), ownRanges(at[:len(at)-1]))
			return
		}
	}
}

// earlierTwins are the clusters with the same ranges as a twin: its first, and the twins before it by name.
func (c *factChecker) earlierTwins(name string, cl Cluster) []string {
	earlier := []string{cl.SameAs}
	for _, other := range c.twins[cl.SameAs] {
		if other < name {
			earlier = append(earlier, other)
		}
	}
	return earlier
}

// twinApart checks that a twin stands in another VRF than its first, and than earlier twins.
func (c *factChecker) twinApart(at Path, name string, cl Cluster) {
	own, placed := c.network(cl.VPC)
	if !placed || own.unknown || c.networksUnknown() {
		return
	}
	for _, other := range c.earlierTwins(name, cl) {
		theirs, placed := c.network(c.facts.Clusters[other].VPC)
		if placed && !theirs.unknown && theirs.name == own.name {
			c.add(at, NotTaken{
				Value: cl.SameAs, Why: fmt.Sprintf("the cluster and cluster %q are both in %s, and two clusters that reach each other, or may be joined one day, cannot have the same ranges", other, own),
			}, ownRanges(at[:len(at)-1]), By(Set(at[:len(at)-1].Attr("vpc"), Described("a VPC or site of another vrf"))))
			return
		}
	}
}

func (v vrf) String() string {
	if v.name == "" {
		return "the unnamed VRF"
	}
	return fmt.Sprintf("VRF %q", v.name)
}
