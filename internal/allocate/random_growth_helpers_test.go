package allocate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// growingProfiles are profiles whose clusters can have further ranges or a larger one, with the platform of their VPC.
var growingProfiles = map[string]string{
	"cce-vpc-router": "huaweicloud", "kubernetes-overlay": "generic", "kubernetes-routed": "generic", "cilium": "generic",
	"kube-ovn": "generic", "gke": "google", "aks-overlay": "azure", "openshift-ovn": "generic", "tke-global-router": "tencentcloud",
}

// allowing names the ranges that may be appended to a cluster, where its profile asks for that.
func (d draw) allowing(cl topology.Cluster, name string) topology.Cluster {
	p, _ := profile.Default().Profile(cl.Profile)
	cl.AppendRanges = nil
	for _, ranges := range profile.Appended {
		if p.CanAppend(ranges) && d.chance(60, name+" appends "+ranges) {
			cl.AppendRanges = append(cl.AppendRanges, ranges)
		}
	}
	return cl
}

// furtherPins gives a cluster further ranges, where it may have them.
func (d draw) furtherPins(cl topology.Cluster, name string) topology.Cluster {
	p, _ := profile.Default().Profile(cl.Profile)
	if p.AcceptsFurtherPods(cl.AppendRanges) && len(cl.PodCIDRs) > 0 && d.chance(50, name+" further Pods") {
		cl.PodCIDRs = d.disjoint(3, 14, 22, name+" pin")
	}
	for _, list := range cl.Further.Lists() {
		if p.Appends(list.Kind, cl.AppendRanges) && (list.Family == cidr.V4 || cl.Dual()) && d.chance(20, name+" "+list.Attr) {
			*list.Ranges = d.further(list, name)
		}
	}
	return cl
}

// further are up to two ranges for a list, which no first range is.
func (d draw) further(list profile.FurtherList, name string) []netip.Prefix {
	if list.Family == cidr.V4 {
		return d.disjoint(2, 23, 25, name+" "+list.Attr)
	}
	place := d.number(0, 3, name+" "+list.Attr)
	if list.Kind == profile.PodRanges {
		return prefixes(fmt.Sprintf("fd00:%d::/58", 16+place))
	}
	return prefixes(fmt.Sprintf("fc00::%d:0/118", 16+place))
}

// waysToGrow are the ways in which clusters of a profile can ask for more than they hold.
func waysToGrow(of string) []string {
	p, _ := profile.Default().Profile(of)
	ways := []string{"nodes"}
	if p.AcceptsFurtherPods(profile.Appended) || p.Extends() {
		ways = append(ways, "pin")
	}
	if p.Extends() {
		ways = append(ways, "length")
	}
	if p.CanAppend(profile.ServiceRanges) {
		ways = append(ways, "services", "pin services")
		if p.IPv6.Dual && p.IPv6.Services == "own" {
			ways = append(ways, "pin IPv6 services")
		}
	}
	if p.CanAppend(profile.PodRanges) && p.IPv6.Dual && p.IPv6.Pods == "own" {
		ways = append(ways, "pin IPv6 pods")
	}
	return ways
}

// grow asks for more than a cluster holds, in one of the ways that there are for its profile, and says in which one.
func (d draw) grow(r Request, name string, held Allocation, label string) (Request, string) {
	r = edited(r)
	cl := r.Facts.Clusters[name]
	p, _ := profile.Default().Profile(cl.Profile)
	more := int64(one(d, label+" more", 1, 3, 20, 300))
	way := one(d, label+" way", slices.DeleteFunc(waysToGrow(cl.Profile), func(way string) bool {
		return strings.Contains(way, "IPv6") && !cl.Dual()
	})...)
	further := held.Further.Clone()
	switch way {
	case "nodes":
		cl.Need.MaxNodes, cl.Need.PodLength = held.Usable.Nodes-cl.Need.SurgeNodes+more, 0
	case "services":
		cl.Need.MaxServices, cl.Need.ServiceLength = held.Usable.Services+more, 0
	case "length":
		cl.Need.PodLength = held.Pods[0].Bits() - d.number(1, 3, label+" length")
	case "pin":
		cl.PodCIDRs = append(slices.Clone(held.Pods), d.prefix(18, 22, label+" pin"))
		cl.Need.PodLength, cl.Need.MaxNodes = 0, 0
		if p.Extends() {
			length := held.Pods[0].Bits() - d.number(1, 3, label+" length")
			cl.PodCIDRs = []netip.Prefix{netip.PrefixFrom(held.Pods[0].Addr(), length).Masked()}
		}
	case "pin services":
		cl.Further.Services = slices.Concat(further.Services, d.further(furtherServices, label))
	case "pin IPv6 services":
		cl.Further.ServicesIPv6 = slices.Concat(further.ServicesIPv6, d.further(furtherServices6, label))
	case "pin IPv6 pods":
		for _, r := range d.further(furtherPods6, label) {
			further.PodsIPv6 = append(further.PodsIPv6, netip.PrefixFrom(r.Addr(), held.PodIPv6.Bits()))
		}
		cl.Further.PodsIPv6 = further.PodsIPv6
	}
	r.Facts.Clusters[name] = cl
	return r, way
}

// grown lets one of some clusters use other ranges beside Pods and Services, or ask for more than it holds.
func (d draw) grown(r Request, clusters []string, label string) Request {
	if len(clusters) == 0 {
		return r
	}
	name := one(d, label+" grows", clusters...)
	cl := r.Facts.Clusters[name]
	if d.chance(50, label+" uses other ranges") {
		r.Facts.Clusters[name] = d.others(cl, label+name)
		return r
	}
	if cl.SameAs != "" || r.Prior == nil || len(r.Prior.Allocations[name].Pods) == 0 {
		return r
	}
	r.Facts.Clusters[name] = d.allowing(cl, label)
	r, _ = d.grow(r, name, r.Prior.Allocations[name], label)
	return r
}

// others gives a cluster ranges that it uses beside Pods and Services, where its profile has such uses. Many of them are where the first
// free ranges are.
func (d draw) others(cl topology.Cluster, name string) topology.Cluster {
	p, _ := profile.Default().Profile(cl.Profile)
	cl.OtherRanges = nil
	for _, use := range p.OtherNames() {
		if !d.chance(50, name+" "+use) {
			continue
		}
		ranges := []netip.Prefix{d.other(p.OtherRanges[use], name+" "+use)}
		if p.OtherRanges[use].Max == 0 && d.chance(30, name+" two "+use) {
			if second := d.other(p.OtherRanges[use], name+" second "+use); !second.Overlaps(ranges[0]) {
				ranges = append(ranges, second)
			}
		}
		if p.OtherRanges[use].IPv6 && cl.Dual() && d.chance(50, name+" "+use+" IPv6") {
			ranges = append(ranges, prefix(one(d, name+" "+use+" IPv6 range", "fd00:0:0:40::/64", "fd99::/64", "fc00::2:0/112")))
		}
		if cl.OtherRanges == nil {
			cl.OtherRanges = map[string][]netip.Prefix{}
		}
		cl.OtherRanges[use] = ranges
	}
	return cl
}

// other is an IPv4 range for a use of clusters: one around all Pods, or one of a length that the use accepts.
func (d draw) other(use profile.OtherRange, label string) netip.Prefix {
	ground := one(d, label+" ground", grounds[0], grounds[0], grounds[1], grounds[2], grounds[4])
	if use.Contains.Holds() {
		return ground
	}
	shortest, longest := 16, 22
	for _, l := range use.Limits {
		for _, w := range l.Windows {
			shortest, longest = max(shortest, w.Shortest), max(min(longest, w.Longest), w.Shortest)
		}
	}
	return d.within(ground, shortest, longest, label)
}
