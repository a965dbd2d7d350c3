package allocate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// settle finds out what a cluster has and what it still wants.
func (p *planner) settle(name string, cl topology.Cluster) {
	ranges, complete := p.held(name)
	prof, known := p.catalog.Profile(cl.Profile)
	if !known { // unknown until apply; what is held stays as it is
		prof, known = p.catalog.Profile(p.priorProfile(name))
	}
	if !known {
		if complete != nil {
			p.ranges[name] = ranges
		}
		return
	}
	at := p.request.all().Key(name)
	if complete == nil && (!ranges.Held() || p.restsAs(name, ranges)) {
		if own, ok := p.takeBack(name, cl, prof); ok {
			ranges, complete = own.Ranges, &own
		}
	}
	if cl.Block != nil {
		p.settleBlock(name, cl, prof, ranges, complete == nil)
		return
	}
	size := p.size(name, cl, prof, ranges)
	if complete == nil {
		p.sized(name, at, cl, prof, ranges)
	}
	if ranges.NodeMask == 0 {
		ranges.NodeMask = size.node.Mask
	}
	p.nodes[name] = size.node
	p.ranges[name] = ranges
	p.claimGrowthReserve(name, ranges.Aggregate)
	if prof.Pods.From == profile.Shared && !ranges.Service.IsValid() {
		ranges.Service = prof.ServiceTail(first(ranges.Pods), p.tails[name])
	}
	p.keeps(name, cl, prof, ranges)
	from := at // where what is held shows
	if complete == nil {
		from = p.existingAt(name)
	}
	ranges.Pods = p.pods(name, cl, prof, ranges.Pods, from, size.pod)
	ranges.Service = p.service(name, cl, prof, ranges, from, size.service)
	if cl.Dual() || ranges.Dual() {
		ranges = p.six(name, cl, prof, ranges, from, size.six)
	}
	p.ranges[name] = ranges
}

// restsAs says whether what existing says of a cluster is what rests as given up by it.
func (p *planner) restsAs(name string, given profile.Ranges) bool {
	_, released, ok := p.comesBack(name)
	same := func(a, b netip.Prefix) bool { return !a.IsValid() || a == b }
	return ok && (len(given.Pods) == 0 || slices.Equal(given.Pods, released.Pods)) && (given.NodeMask == 0 || given.NodeMask == released.NodeMask) &&
		(given.NodeIPv6Mask == 0 || given.NodeIPv6Mask == released.NodeIPv6Mask) &&
		same(given.Service, released.Service) &&
		same(given.Aggregate, released.Aggregate) &&
		same(given.PodIPv6, released.PodIPv6) &&
		same(given.ServiceIPv6, released.ServiceIPv6)
}

// takeBack gives a cluster what it gave up, where that serves what it asks for now.
func (p *planner) takeBack(name string, cl topology.Cluster, prof *profile.Profile) (Allocation, bool) {
	key, released, ok := p.comesBack(name)
	if !ok || released.Profile != "" && released.Profile != cl.Profile || released.Dual() && !cl.Dual() {
		return Allocation{}, false
	}
	faults := len(p.result.Faults)
	if cl.Block != nil {
		p.blockKeeps(name, cl, first(released.Pods))
	} else {
		p.nodes[name] = p.size(name, cl, prof, released.Ranges).node
		p.keeps(name, cl, prof, released.Ranges)
	}
	told := p.result.Faults[faults:]
	p.result.Faults = p.result.Faults[:faults]
	if slices.ContainsFunc(told, func(f topology.Fault) bool { return !f.Warn }) {
		delete(p.growing, name)
		return Allocation{}, false
	}
	p.back[name] = released.Ranges
	delete(p.released, key)
	return released.Allocation, true
}

// pods finds out which Pod ranges a cluster has, those that the configuration appends included, or
// wants one.
func (p *planner) pods(
	name string, cl topology.Cluster, prof *profile.Profile, held []netip.Prefix, from topology.Path, length int,
) []netip.Prefix {
	at := topology.Path{}.Attr("clusters").Key(name)
	owner := p.claimant(name, prof)
	held = grown(held, cl, prof)
	for i, pods := range held {
		p.claim(owner.podClaim(i, pods, heldAt(at, from, "pod_cidrs", i, len(cl.PodCIDRs) > i), len(cl.PodCIDRs) > 0))
	}
	switch {
	case len(held) > 0:
		if p.demand(name, prof, conflict.Pod, length, cidr.V4) {
			p.demands[len(p.demands)-1].reserve = p.ranges[name].Aggregate
		}
		return held
	case len(cl.PodCIDRs) > 0:
		for i, pinned := range cl.PodCIDRs {
			p.claim(owner.podClaim(i, pinned, at.Attr("pod_cidrs").At(i), true))
		}
		return cl.PodCIDRs
	}
	if p.demand(name, prof, conflict.Pod, length, cidr.V4) && cl.ReserveLength != 0 {
		d := &p.demands[len(p.demands)-1]
		if cl.ReserveLength > length {
			p.fault(
				at.Attr("reserve_prefix_length"),
				topology.Contradicting{
					Value: fmt.Sprint(cl.ReserveLength),
					Other: fmt.Sprintf("the Pod range of /%d", length),
					Gives: fmt.Sprintf("at most %d", length),
				},
				agreeing(at.Attr("reserve_prefix_length"), topology.AtMost(length))...)
		} else {
			d.podLength, d.length = length, cl.ReserveLength
		}
	}
	return nil
}

// service finds out which Service range a cluster has, or wants one.
func (p *planner) service(
	name string, cl topology.Cluster, prof *profile.Profile, has profile.Ranges, from topology.Path, length int,
) netip.Prefix {
	at := topology.Path{}.Attr("clusters").Key(name)
	if prof.Pods.From == profile.Shared { // its last part is no claim of its own
		if has.Service.IsValid() {
			return has.Service
		}
		return prof.ServiceTail(first(has.Pods), p.tails[name])
	}
	owner, held, assumed := p.claimant(name, prof), has.Service, p.assumed(name, cl, prof, has)
	switch {
	case held.IsValid():
		pinned := cl.ServiceCIDR.IsValid()
		p.claim(owner.claim(conflict.Service, held, heldAt(at, from, "service_cidr", -1, pinned), pinned))
		return held
	case cl.ServiceCIDR.IsValid():
		p.claim(owner.claim(conflict.Service, cl.ServiceCIDR, at.Attr("service_cidr"), true))
		return cl.ServiceCIDR
	case assumed.IsValid():
		p.claim(owner.assumedClaim(assumed, at))
		p.warn(at, Assumed{Cluster: name, Profile: prof, Range: assumed})
		return assumed
	}
	p.demand(name, prof, conflict.Service, length, cidr.V4)
	return netip.Prefix{}
}

// assumed is the Service range that the platform takes by itself, for a cluster that exists, or says
// which Pods it has and nothing of Services: it was built without one. The zero Prefix otherwise.
func (p *planner) assumed(name string, cl topology.Cluster, prof *profile.Profile, has profile.Ranges) netip.Prefix {
	silent := len(p.request.ExistingOf(name).PodCIDRs) > 0 ||
		cl.Need.MaxServices == 0 && cl.Need.ServiceLength == 0 && !unknownAny(cl, "service_cidr", "max_services", "service_prefix_length")
	if len(has.Pods) == 0 || !silent || p.existingUnknown(name) {
		return netip.Prefix{}
	}
	return prof.Services.Default.CIDR
}

// six finds out which IPv6 ranges a cluster has, or wants them.
func (p *planner) six(
	name string, cl topology.Cluster, prof *profile.Profile, ranges profile.Ranges, from topology.Path, size profile.Size6,
) profile.Ranges {
	at := topology.Path{}.Attr("clusters").Key(name)
	if ranges.NodeIPv6Mask == 0 {
		ranges.NodeIPv6Mask = size.NodeMask
	}
	owner := p.claimant(name, prof)
	claim := func(kind conflict.Kind, held netip.Prefix, at topology.Path, pinned bool) {
		if kind == conflict.Pod {
			p.claim(owner.pod6Claim(held, ranges.NodeIPv6Mask, at, pinned))
			return
		}
		p.claim(owner.claim(kind, held, at, pinned))
	}
	settle := func(kind conflict.Kind, held *netip.Prefix, pinned netip.Prefix, attr string, length int) {
		switch {
		case held.IsValid():
			claim(kind, *held, heldAt(at, from, attr, -1, pinned.IsValid()), pinned.IsValid())
		case pinned.IsValid():
			claim(kind, pinned, at.Attr(attr), true)
			*held = pinned
		case !cl.Unknown.Has(attr):
			p.demand(name, prof, kind, length, cidr.V6)
		}
	}
	settle(conflict.Pod, &ranges.PodIPv6, cl.PodIPv6CIDR, "pod_ipv6_cidr", size.Pod)
	settle(conflict.Service, &ranges.ServiceIPv6, cl.ServiceIPv6CIDR, "service_ipv6_cidr", size.Service)
	return ranges
}
