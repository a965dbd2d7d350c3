package allocate

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// held returns what a cluster holds already, by prior state or else by existing, and the
// complete allocation where the state has it.
func (p *planner) held(name string) (ranges profile.Ranges, complete *Allocation) {
	if p.request.Prior != nil {
		if a, ok := p.request.Prior.Allocations[name]; ok {
			return a.Ranges, &a
		}
	}
	return p.request.ExistingOf(name).ranges(), nil
}

// ExistingOf is what the configuration says that a cluster holds; what it says to rest is not held.
func (r Request) ExistingOf(name string) Existing { return r.Existing[r.existingKey(name)] }

// existingKey is the key under which existing says what a cluster holds: its name, or else a previous
// one. "" where nothing is said.
func (r Request) existingKey(name string) string {
	if e, ok := r.Existing[name]; ok && e.Cluster == "" {
		return name
	}
	for _, old := range r.Facts.Clusters[name].PreviousNames {
		_, declared := r.Facts.Clusters[old]
		if e, ok := r.Existing[old]; ok && e.Cluster == "" && !declared {
			return old
		}
	}
	return ""
}

// existsWithIPv6 says whether existing gives the IPv6 Service range of a cluster, known or not yet.
func (r Request) existsWithIPv6(name string) bool {
	e := r.ExistingOf(name)
	return e.ServiceIPv6CIDR.IsValid() || e.Unknown.Has("service_ipv6_cidr")
}

// existingAt is the place where the configuration says what a cluster holds.
func (p *planner) existingAt(name string) topology.Path {
	return topology.Path{}.Attr("existing").Key(p.request.existingKey(name))
}

func (e Existing) ranges() profile.Ranges {
	if e.Unknown.Has("pod_cidrs") {
		e.PodCIDRs = nil // those that are known are not all
	}
	return profile.Ranges{
		Pods:         e.PodCIDRs,
		Service:      e.ServiceCIDR,
		NodeMask:     e.NodeMask,
		NodeIPv6Mask: e.NodeMask6,
		PodIPv6:      e.PodIPv6CIDR,
		ServiceIPv6:  e.ServiceIPv6CIDR,
		Aggregate:    e.Aggregate,
	}
}

// keeps checks that what is asked for now can be served by what the cluster holds, without a
// change to any of its outputs.
func (p *planner) keeps(name string, cl topology.Cluster, prof *profile.Profile, held profile.Ranges) {
	at := topology.Path{}.Attr("clusters").Key(name)
	changed := func(argument, was, wanted string) { p.changed(name, argument, was, wanted, held) }
	stays := p.keepsNetwork(name, cl, held)
	if p.otherProfile(name, cl, changed) {
		return
	}
	if _, lost := p.held(name); lost != nil && p.priorProfile(name) == "" && len(held.Pods) == 0 && prof.Pods.From != profile.Subnets {
		changed("profile", "one whose Pods live in subnets", cl.Profile)
		return
	}
	if len(cl.PodCIDRs) > 0 && len(held.Pods) > 0 && !slices.Equal(cl.PodCIDRs, held.Pods) && !cl.Unknown.Has("pod_cidrs") {
		switch {
		case prof.Growth.Pods != "append":
			changed("pod_cidrs", list(held.Pods), list(cl.PodCIDRs))
		case !appends(cl.PodCIDRs, held.Pods):
			p.fault(
				at.Attr("pod_cidrs"),
				NotAppended{Cluster: name, Profile: prof, Held: held.Pods, Wanted: cl.PodCIDRs},
				p.appendOptions(name, held)...)
			return // what these would serve is no matter
		}
	}
	for i, was := range []netip.Prefix{held.Service, held.PodIPv6, held.ServiceIPv6} {
		if pin := cl.Pins()[i]; pin.Range.IsValid() && was.IsValid() && pin.Range != was {
			changed(pin.Attr, was.String(), pin.Range.String())
		}
	}
	if was, ok := p.wasDual(name, prof); ok && was != cl.Dual() && !unknownAny(cl, "ip_families") {
		changed("ip_families", families(was), families(cl.Dual()))
	}
	if stays { // else these are subnets of another network
		p.keepsSubnets(name, cl, prof)
	}
	if was := max(held.Aggregate.Bits(), 0); len(held.Pods) > 0 && cl.ReserveLength != 0 && cl.ReserveLength != was {
		changed("reserve_prefix_length", fmt.Sprint(was), fmt.Sprint(cl.ReserveLength))
	}
	if cl.Need.NodeMask != 0 && held.NodeMask != 0 && cl.Need.NodeMask != held.NodeMask {
		changed("node_cidr_mask", fmt.Sprint(held.NodeMask), fmt.Sprint(cl.Need.NodeMask))
		return
	}
	if cl.Need.NodeMask6 != 0 && held.NodeIPv6Mask != 0 && cl.Need.NodeMask6 != held.NodeIPv6Mask {
		changed("node_ipv6_cidr_mask", fmt.Sprint(held.NodeIPv6Mask), fmt.Sprint(cl.Need.NodeMask6))
		return
	}
	held.Pods = grown(held.Pods, cl, prof)
	p.serves(at, name, cl, prof, held)
	p.serves6(name, cl, prof, held)
}

// otherProfile says whether a cluster holds its ranges with another profile than it is to have.
func (p *planner) otherProfile(name string, cl topology.Cluster, changed func(argument, was, wanted string)) bool {
	was := p.priorProfile(name)
	if was == "" || cl.Profile == was || cl.Unknown.Has("profile") {
		return false
	}
	changed("profile", was, cl.Profile)
	return true
}

// grown are the Pod ranges that a cluster holds with those that the configuration appends, once all
// of these are known.
func grown(held []netip.Prefix, cl topology.Cluster, prof *profile.Profile) []netip.Prefix {
	if prof.Growth.Pods == "append" && len(held) > 0 && appends(cl.PodCIDRs, held) && !cl.Unknown.Has("pod_cidrs") {
		return cl.PodCIDRs
	}
	return held
}

// appends says whether a list starts with another one.
func appends(to, held []netip.Prefix) bool {
	return len(to) >= len(held) && slices.Equal(to[:len(held)], held)
}

// keepsSubnets checks that Pods keep the subnets they live in, and that others are added only where the
// platform adds them to a cluster that exists.
func (p *planner) keepsSubnets(name string, cl topology.Cluster, prof *profile.Profile) {
	if p.request.Prior == nil || unknownAny(cl, "pod_subnets", "vpc") || p.request.Facts.Unknown.Has("vpcs") {
		return
	}
	at := topology.Path{}.Attr("clusters").Key(name).Attr("pod_subnets")
	vpc := p.request.Facts.VPCs[cl.VPC]
	held := p.request.Prior.Allocations[name].PodSubnets
	changed := func(outcome profile.Outcome, was, wanted string, back topology.Edit) {
		options := append([]topology.Option{topology.OptionOf(back)}, p.renumberOption(name)...)
		p.fault(at, Changed{Cluster: name, Argument: "pod_subnets", Held: was, Wanted: wanted, Outcome: outcome}, options...)
	}
	all := topology.Set(at, subnetNames(held)) // with those that are added where the platform adds them
	if prof.AddsSubnets() {
		all.Value = append(subnetNames(held), p.addedSubnets(name, cl)...)
	}
	for _, subnet := range held {
		now, known := vpc.Subnets[subnet.Name]
		switch {
		case !slices.Contains(cl.PodSubnets, subnet.Name):
			changed(
				prof.Change.SubnetRemoved, fmt.Sprintf("%s (%s)", subnet.Name, subnet.CIDR),
				cmp.Or(strings.Join(cl.PodSubnets, ", "), "none"), all,
			)
			return
		case known && now.IsValid() && now != subnet.CIDR:
			changed(prof.Change.SubnetRemoved, fmt.Sprintf("%s (%s)", subnet.Name, subnet.CIDR), fmt.Sprintf("%s (%s)", subnet.Name, now),
				topology.Set(topology.Path{}.Attr("vpcs").Key(cl.VPC).Attr("subnets").Key(subnet.Name), subnet.CIDR))
			return
		}
	}
	if len(p.addedSubnets(name, cl)) > 0 && !prof.AddsSubnets() {
		changed(prof.Change.SubnetAdded, strings.Join(subnetNames(held), ", "), strings.Join(cl.PodSubnets, ", "), all)
	}
}

func families(dual bool) string {
	if dual {
		return strings.Join(topology.Families, ", ")
	}
	return topology.Families[0]
}

// serves checks needs and sizes against what is held.
func (p *planner) serves(at topology.Path, name string, cl topology.Cluster, prof *profile.Profile, held profile.Ranges) {
	outgrown := func(argument string, wanted, largest int64) {
		p.fault(
			at.Attr(argument),
			Outgrown{Cluster: name, Wanted: wanted, Largest: largest, Held: held, Profile: prof},
			p.outgrownOptions(name, argument, wanted, largest)...)
	}
	usable := prof.Usable(profile.Ranges{Pods: held.Pods, Service: held.Service}, p.nodes[name]) // of IPv4
	if held.NodeMask != 0 {
		if largest := prof.PodsOfBlock(held.NodeMask); cl.Need.PodsPerNode > largest {
			outgrown("pods_per_node", cl.Need.PodsPerNode, largest)
		}
	}
	if p.nodes[name].Addresses != 0 && len(held.Pods) > 0 && cl.Need.MaxNodes > usable.Nodes && !p.growing[name] {
		outgrown("max_nodes", cl.Need.MaxNodes, usable.Nodes)
	}
	if largest := first(held.Pods); largest.IsValid() && cl.Need.PodLength != 0 && cl.Need.PodLength < largest.Bits() {
		outgrown("pod_prefix_length", int64(cl.Need.PodLength), int64(largest.Bits()))
	}
	if held.Service.IsValid() {
		if largest := prof.ServicesOf(held.Service.Bits()); cl.Need.MaxServices > largest {
			outgrown("max_services", cl.Need.MaxServices, largest)
		}
		if cl.Need.ServiceLength != 0 && cl.Need.ServiceLength < held.Service.Bits() {
			outgrown("service_prefix_length", int64(cl.Need.ServiceLength), int64(held.Service.Bits()))
		}
	}
}

// priorCluster is what was declared of a cluster that holds ranges.
func (p *planner) priorCluster(name string) (topology.Cluster, bool) {
	if p.request.Prior == nil {
		return topology.Cluster{}, false
	}
	if _, ok := p.request.Prior.Allocations[name]; !ok {
		return topology.Cluster{}, false
	}
	cl, ok := p.request.Prior.Facts.Clusters[name]
	return cl, ok
}

// wasDual says whether a cluster that state holds has both families. Where the state lost what was
// declared of it, its ranges tell, if the profile has any of its own for IPv6.
func (p *planner) wasDual(name string, prof *profile.Profile) (dual, known bool) {
	if cl, ok := p.priorCluster(name); ok {
		released := cl.SameAs != "" && p.request.Facts.Clusters[name].SameAs == "" // its families were those of another
		return cl.Dual(), !released || len(p.request.Facts.Clusters[name].IPFamilies) > 0
	}
	ranges, held := p.held(name)
	return ranges.Dual(), held != nil && (prof.IPv6.Pods == "own" || prof.IPv6.Services == "own")
}

// priorProfile is the profile with which a cluster got its ranges, "" where that is not known.
func (p *planner) priorProfile(name string) string {
	if cl, known := p.priorCluster(name); known {
		return cl.Profile
	}
	if p.request.Prior == nil {
		return ""
	}
	return p.request.Prior.Profiles[name]
}

// contradicted checks existing against prior state: a cluster cannot hold two things.
func (p *planner) contradicted() {
	if p.request.Prior == nil {
		return
	}
	for name := range p.request.Facts.Clusters {
		if p.request.existingKey(name) == "" {
			continue
		}
		e, at := p.request.ExistingOf(name), p.existingAt(name)
		a, ok := p.request.Prior.Allocations[name]
		if _, moves := p.renumbered[name]; moves {
			p.fault(
				at,
				topology.NotAccepted{
					Value: name,
					Why:   "the " + p.request.one() + " is renumbered, and this would give it its old ranges again",
				},
				topology.OptionOf(topology.Remove(at)),
				p.notRenumbered(name),
			)
		}
		if !ok {
			continue
		}
		if len(e.PodCIDRs) > 0 && !appends(a.Pods, e.PodCIDRs) && !e.Unknown.Has("pod_cidrs") {
			p.fault(
				at.Attr(p.request.rangeAttr()),
				Contradicted{Cluster: name, Held: list(a.Pods), Given: list(e.PodCIDRs)},
				asState(at, p.request.rangeAttr(), a.Pods)...)
		}
		for _, one := range []struct {
			attr        string
			given, held netip.Prefix
		}{{"service_cidr", e.ServiceCIDR, a.Service}, {"pod_ipv6_cidr", e.PodIPv6CIDR, a.PodIPv6}, {"service_ipv6_cidr", e.ServiceIPv6CIDR, a.ServiceIPv6}} {
			if one.given.IsValid() && one.given != one.held {
				p.fault(
					at.Attr(one.attr),
					Contradicted{Cluster: name, Held: shownRange(one.held, "none"), Given: one.given.String()},
					asState(at, one.attr, one.held)...)
			}
		}
		if e.NodeMask != 0 && e.NodeMask != a.NodeMask {
			p.fault(
				at.Attr("node_cidr_mask"),
				Contradicted{Cluster: name, Held: fmt.Sprint(a.NodeMask), Given: fmt.Sprint(e.NodeMask)},
				asState(at, "node_cidr_mask", a.NodeMask)...)
		}
		if e.NodeMask6 != 0 && e.NodeMask6 != a.NodeIPv6Mask {
			p.fault(
				at.Attr("node_ipv6_cidr_mask"),
				Contradicted{Cluster: name, Held: fmt.Sprint(a.NodeIPv6Mask), Given: fmt.Sprint(e.NodeMask6)},
				asState(at, "node_ipv6_cidr_mask", a.NodeIPv6Mask)...)
		}
	}
}

func list(prefixes []netip.Prefix) string {
	var texts []string
	for _, p := range prefixes {
		texts = append(texts, p.String())
	}
	return strings.Join(texts, ", ")
}

func first[T any](list []T) (zero T) {
	if len(list) == 0 {
		return zero
	}
	return list[0]
}
