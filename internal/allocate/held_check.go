package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// checkHeld checks that what is asked for now can be served by what the cluster holds, without a
// change to any of its outputs.
func (c clusterCollector) checkHeld(held profile.Ranges) {
	name, cl, prof := c.name, c.cluster, c.profile
	changed := func(argument string, was, wanted any) { c.changed(argument, was, wanted, held) }
	stays := c.checkNetwork(&c.found.faults, name, cl, held)
	if c.checkProfile(held) {
		return
	}
	if _, byState := c.held(name); byState && c.priorProfile(name) == "" && len(held.Pods) == 0 && prof.Pods.From != profile.Subnets {
		changed("profile", ProfileOfSubnets{}, cl.Profile)
		return
	}
	if !c.checkPods(held) {
		return // what these would serve is no matter
	}
	for i, was := range []netip.Prefix{held.Service, held.PodIPv6, held.ServiceIPv6} {
		if pin := cl.Pins()[i]; pin.Range.IsValid() && was.IsValid() && pin.Range != was {
			changed(pin.Attr, was, pin.Range)
		}
	}
	c.checkFurther(held)
	if was, ok := c.wasDual(name, prof); ok && was != cl.Dual() && !cl.Unknown.Has("ip_families") {
		changed("ip_families", families(was), families(cl.Dual()))
	}
	if stays { // else these are subnets of another network
		c.checkSubnets()
	}
	if was := max(held.Aggregate.Bits(), 0); len(held.Pods) > 0 && cl.ReserveLength != 0 && cl.ReserveLength != was {
		changed("reserve_prefix_length", was, cl.ReserveLength)
	}
	if !c.checkMasks(held) || !c.checkArguments(held) {
		return
	}
	held.Pods, held.Further = grown(held.Pods, cl, prof), grownFurther(held.Further, cl, prof)
	c.checkServes(held)
	c.checkServes6(held)
}

// checkPods checks that a cluster keeps its Pod ranges, and says whether it can hold those that are asked for.
func (c clusterCollector) checkPods(held profile.Ranges) bool {
	cl := c.cluster
	if len(cl.PodCIDRs) == 0 || len(held.Pods) == 0 || slices.Equal(cl.PodCIDRs, held.Pods) || cl.Unknown.Has("pod_cidrs") {
		return true
	}
	switch {
	case c.profile.Extends():
		return c.checkExtended(held)
	case !mayAcceptFurtherPods(cl, c.profile):
		c.changed("pod_cidrs", held.Pods, cl.PodCIDRs, held)
	case !appends(cl.PodCIDRs, held.Pods):
		c.fault(
			c.at.Attr("pod_cidrs"),
			NotAppended{Cluster: c.name, Profile: c.profile, Held: held.Pods, Wanted: cl.PodCIDRs},
			c.appendOptions(c.name, "pod_cidrs", held.Pods, cl.PodCIDRs)...)
		return false
	}
	return true
}

// checkMasks checks that a cluster keeps the masks of its node blocks, and says whether it does.
func (c clusterCollector) checkMasks(held profile.Ranges) bool {
	for _, mask := range []struct {
		argument    string
		was, wanted int
	}{
		{"node_cidr_mask", held.NodeMask, c.cluster.Need.NodeMask},
		{"node_ipv6_cidr_mask", held.NodeIPv6Mask, c.cluster.Need.NodeIPv6Mask},
	} {
		if mask.wanted != 0 && mask.was != 0 && mask.wanted != mask.was {
			c.changed(mask.argument, mask.was, mask.wanted, held)
			return false
		}
	}
	return true
}

// checkProfile checks that a cluster keeps the profile with which it got its ranges, and says whether it does not.
func (c clusterCollector) checkProfile(held profile.Ranges) (changed bool) {
	was := c.priorProfile(c.name)
	if was == "" || c.cluster.Profile == was || c.cluster.Unknown.Has("profile") {
		return false
	}
	if before, known := c.catalog.Profile(was); known && before.ChangesTo(c.cluster.Profile) {
		return false
	}
	c.changed("profile", was, c.cluster.Profile, held)
	return true
}

// grown are the Pod ranges that a cluster holds with those that the configuration appends, once all
// of these are known.
func grown(held []netip.Prefix, cl topology.Cluster, prof *profile.Profile) []netip.Prefix {
	if larger, is := extended(held, cl, prof); is {
		return []netip.Prefix{larger}
	}
	if prof.AcceptsFurtherPods(cl.AppendRanges) && len(held) > 0 && appends(cl.PodCIDRs, held) && !cl.Unknown.Has("pod_cidrs") {
		return cl.PodCIDRs
	}
	return held
}

// appends says whether a list starts with another one.
func appends(to, held []netip.Prefix) bool {
	return len(to) >= len(held) && slices.Equal(to[:len(held)], held)
}

// checkSubnets checks that Pods keep the subnets they are in, and that others are added only where the
// platform adds them to a cluster that exists.
func (c clusterCollector) checkSubnets() {
	name, cl, prof := c.name, c.cluster, c.profile
	if c.request.Prior == nil || cl.Unknown.HasAny("pod_subnets", "vpc") || c.request.Facts.Unknown.Has("vpcs") {
		return
	}
	vpc := c.request.Facts.VPCs[cl.VPC]
	held := c.request.Prior.Allocations[name].PodSubnets
	if len(held) == 0 { // none were in use
		return
	}
	at := topology.Path{}.Attr("clusters").Key(name).Attr("pod_subnets")
	changed := func(outcome profile.Outcome, was, wanted any, back topology.Edit) {
		options := append([]topology.Option{topology.OptionOf(back)}, c.renumberOption(name)...)
		c.fault(at, Changed{Cluster: name, Argument: "pod_subnets", Held: was, Wanted: wanted, Outcome: outcome}, options...)
	}
	all := topology.Set(at, subnetNames(held)) // with those that are added where the platform adds them
	if prof.AddsSubnets() {
		all = topology.Set(at, append(subnetNames(held), c.addedSubnets(name, cl)...))
	}
	for _, subnet := range held {
		now, known := vpc.Subnets[subnet.Name]
		switch {
		case !slices.Contains(cl.PodSubnets, subnet.Name):
			changed(prof.Change.SubnetRemoved, HeldSubnet(subnet), cl.PodSubnets, all)
			return
		case known && now.IsValid() && now != subnet.CIDR:
			changed(prof.Change.SubnetRemoved, HeldSubnet(subnet), HeldSubnet{subnet.Name, now},
				topology.Set(topology.Path{}.Attr("vpcs").Key(cl.VPC).Attr("subnets").Key(subnet.Name), subnet.CIDR))
			return
		}
	}
	if len(c.addedSubnets(name, cl)) > 0 && !prof.AddsSubnets() {
		changed(prof.Change.SubnetAdded, subnetNames(held), cl.PodSubnets, all)
	}
}

// families are those of a cluster, which has IPv4 alone or both.
func families(dual bool) []string {
	if dual {
		return slices.Clone(topology.Families)
	}
	return topology.Families[:1:1]
}

// checkServes checks needs and sizes against what is held.
func (c clusterCollector) checkServes(held profile.Ranges) {
	at, name, cl, prof := c.at, c.name, c.cluster, c.profile
	outgrown := func(argument string, wanted, largest int64, further ...topology.Option) {
		c.fault(
			at.Attr(argument),
			Outgrown{Cluster: name, Wanted: wanted, Largest: largest, Held: held, Profile: prof},
			append(further, c.outgrownOptions(name, argument, wanted, largest)...)...)
	}
	usable := prof.Usable(profile.Ranges{Pods: held.Pods, Service: held.Service}, c.found.node) // of IPv4
	if held.NodeMask != 0 {
		if largest := prof.PodsOfBlock(held.NodeMask); cl.Need.PodsPerNode > largest {
			outgrown("pods_per_node", cl.Need.PodsPerNode, largest)
		}
	}
	grows := c.found.grows.pods || podRangesUnknown(cl, prof)
	if c.found.node.Addresses != 0 && len(held.Pods) > 0 && cl.Need.Nodes() > usable.Nodes && !grows {
		more := morePods(at, cl, prof, cl.Need.Nodes()-usable.Nodes, c.found.node)
		outgrown("max_nodes", cl.Need.MaxNodes, usable.Nodes-cl.Need.SurgeNodes, more...)
	}
	extends := prof.Extends() && grows
	if largest := first(held.Pods); largest.IsValid() && cl.Need.PodLength != 0 && cl.Need.PodLength < largest.Bits() && !extends {
		outgrown("pod_prefix_length", int64(cl.Need.PodLength), int64(largest.Bits()))
	}
	if held.Service.IsValid() {
		unknown := cl.Unknown.HasAny("append_ranges", "further_service_cidrs") && mayAppend(cl, prof, profile.ServiceRanges)
		grows := c.found.grows.services || unknown
		if largest := prof.ServicesIn(held.Services()); cl.Need.MaxServices > largest && !grows {
			more := moreServices(at, cl, prof, furtherServices, cl.Need.MaxServices-largest)
			outgrown("max_services", cl.Need.MaxServices, largest, more...)
		}
		if cl.Need.ServiceLength != 0 && cl.Need.ServiceLength < held.Service.Bits() {
			outgrown("service_prefix_length", int64(cl.Need.ServiceLength), int64(held.Service.Bits()))
		}
	}
}
