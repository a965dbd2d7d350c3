package topology

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
)

// A mirror is a cluster that is to have the same ranges as another one, its first, which is
// in another VRF: a disaster-recovery copy. It gives no sizes of its own.

// mirrored are the attributes that a mirror has from its first.
var mirrored = []string{
	"max_nodes", "pods_per_node", "max_services", "pod_prefix_length", "service_prefix_length", "node_cidr_mask", "node_ipv6_cidr_mask",
	"pod_cidrs", "service_cidr", "pod_ipv6_cidr", "service_ipv6_cidr", "reserve_prefix_length", "ip_families", "pool",
	"append_ranges", "further_service_cidrs", "further_pod_ipv6_cidrs", "further_service_ipv6_cidrs", "surge_nodes",
	"dns_service_ip",
}

// WithMirrors returns the facts with the sizes of every mirror filled in from its first. Without a mirror, these are the same facts.
func (f Facts) WithMirrors() Facts {
	if len(f.Mirrors()) == 0 {
		return f
	}
	clusters := maps.Clone(f.Clusters)
	for name, cl := range f.Clusters {
		first, declared := f.Clusters[cl.SameAs]
		if cl.SameAs == "" || !declared || first.SameAs != "" {
			continue
		}
		cl.Need, cl.ReserveLength, cl.IPFamilies, cl.Pool = first.Need, first.ReserveLength, first.IPFamilies, first.Pool
		cl.AppendRanges, cl.DNSServiceIP = first.AppendRanges, first.DNSServiceIP
		cl = cl.WithPins(first.PinnedRanges())
		cl.Unknown = slices.Clone(cl.Unknown)
		for _, attribute := range mirrored {
			if first.Unknown.Has(attribute) {
				cl.Unknown = append(cl.Unknown, attribute)
			}
		}
		clusters[name] = cl
	}
	f.Clusters = clusters
	return f
}

// dnsText is the address of cluster DNS that a cluster gives, "" for none.
func dnsText(cl Cluster) string {
	if !cl.DNSServiceIP.IsValid() {
		return ""
	}
	return cl.DNSServiceIP.String()
}

// Mirrors are the mirrors of each first, sorted.
func (f Facts) Mirrors() map[string][]string {
	mirrors := map[string][]string{}
	for name, cl := range f.Clusters {
		if cl.SameAs != "" {
			mirrors[cl.SameAs] = append(mirrors[cl.SameAs], name)
		}
	}
	for _, names := range mirrors {
		slices.Sort(names)
	}
	return mirrors
}

// mirror checks that a mirror gives nothing that it has from its first.
func (c *checker) mirror(at Path, cl Cluster) {
	if cl.SameAs == "" {
		return
	}
	given := []string{
		count(cl.Need.MaxNodes), count(cl.Need.PodsPerNode), count(cl.Need.MaxServices),
		count(cl.Need.PodLength), count(cl.Need.ServiceLength), count(cl.Need.NodeMask), count(cl.Need.NodeIPv6Mask),
		first(
			cl.PodCIDRs,
		), first([]netip.Prefix{cl.ServiceCIDR}), first([]netip.Prefix{cl.PodIPv6CIDR}), first([]netip.Prefix{cl.ServiceIPv6CIDR}),
		count(cl.ReserveLength), first(cl.IPFamilies), cl.Pool, first(cl.AppendRanges),
		first(cl.Further.Services), first(cl.Further.PodsIPv6), first(cl.Further.ServicesIPv6),
		count(cl.Need.SurgeNodes), dnsText(cl),
	}
	for i, attribute := range mirrored {
		if given[i] != "" {
			c.add(
				at.Attr(attribute),
				NotAccepted{Value: given[i], Reason: MirrorHasRangesOf{cl.SameAs}},
				OptionOf(Remove(at.Attr(attribute))),
			)
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

// mirror checks that a mirror and its first can have the same ranges.
func (c *factChecker) mirror(at Path, name string, cl Cluster) {
	original, declared := c.facts.Clusters[cl.SameAs]
	if cl.SameAs == "" || !declared && c.facts.Unknown.Has("clusters") {
		return
	}
	if cl.SameAs == name {
		c.add(at.Attr("same_as"), NotAccepted{Value: name, Reason: MirrorOfItself{}}, ownRanges(at))
		return
	}
	if !declared {
		known := slices.DeleteFunc(
			slices.Sorted(maps.Keys(c.facts.Clusters)),
			func(other string) bool { return other == name || c.facts.Clusters[other].SameAs != "" },
		)
		c.add(at.Attr("same_as"), Undeclared{Kind: ClusterName, Name: cl.SameAs, Known: known})
		return
	}
	if original.SameAs != "" {
		c.add(
			at.Attr("same_as"),
			NotAccepted{Value: cl.SameAs, Reason: MirrorOfMirror{original.SameAs}},
			OptionOf(Set(at.Attr("same_as"), original.SameAs)),
		)
		return
	}
	if cl.Profile != "" && original.Profile != "" && cl.Profile != original.Profile {
		c.add(at.Attr("profile"), Contradicting{Value: cl.Profile, Other: ArgumentValue{"same_as", cl.SameAs}, Gives: original.Profile},
			OptionOf(Set(at.Attr("profile"), original.Profile)), ownRanges(at))
	}
	c.mirrorMeshed(at.Attr("same_as"), name, cl)
	c.mirrorApart(at.Attr("same_as"), name, cl)
}

// mirrorMeshed checks that a mirror shares no flat mesh with its first, nor with earlier mirrors: members of a
// mesh are kept disjoint.
func (c *factChecker) mirrorMeshed(at Path, name string, cl Cluster) {
	for _, other := range c.earlierMirrors(name, cl) {
		for _, mesh := range cl.Meshes {
			if mesh == "" || !slices.Contains(c.facts.Clusters[other].Meshes, mesh) {
				continue
			}
			c.add(
				at,
				NotAccepted{Value: cl.SameAs, Reason: MirrorInMesh{other, mesh}},
				OptionOf(RemoveFrom(at[:len(at)-1].Attr("meshes"), mesh)),
				OptionOf(RemoveFrom(at[:len(at)-2].Key(other).Attr("meshes"), mesh)),
				ownRanges(at[:len(at)-1]),
			)
			return
		}
	}
}

// earlierMirrors are the clusters with the same ranges as a mirror: its first, and the mirrors before it by name.
func (c *factChecker) earlierMirrors(name string, cl Cluster) []string {
	earlier := []string{cl.SameAs}
	for _, other := range c.mirrors[cl.SameAs] {
		if other < name {
			earlier = append(earlier, other)
		}
	}
	return earlier
}

// mirrorApart checks that a mirror is in another VRF than its first, and than earlier mirrors.
func (c *factChecker) mirrorApart(at Path, name string, cl Cluster) {
	own, placed := c.network(cl.VPC)
	if !placed || own.unknown || c.networksUnknown() {
		return
	}
	for _, other := range c.earlierMirrors(name, cl) {
		theirs, placed := c.network(c.facts.Clusters[other].VPC)
		if placed && !theirs.unknown && theirs.name == own.name {
			c.add(
				at,
				NotAccepted{Value: cl.SameAs, Reason: MirrorInVRF{other, own.name}},
				ownRanges(at[:len(at)-1]),
				OptionOf(Set(at[:len(at)-1].Attr("vpc"), NetworkOfOtherVRF)),
			)
			return
		}
	}
}
