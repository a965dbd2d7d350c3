package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// changeOptions are the options of an argument that would change what is held: what was there before, a second one with
// the new value, and renumbering.
func (s *situation) changeOptions(name string, back []topology.Edit) []topology.Option {
	options := append([]topology.Option{topology.OptionOf(back...)}, s.second(name, back, nil)...)
	return append(options, s.renumberOption(name)...)
}

// outgrownOptions are those of a need that outgrows what is held: as much as that serves, a second one, and renumbering.
func (s *situation) outgrownOptions(name, argument string, wanted, largest int64) []topology.Option {
	if largest < 1 {
		return s.renumberOption(name)
	}
	at := s.request.all().Key(name).Attr(argument)
	back := topology.Set(at, topology.AtMost(largest))
	if argument == "prefix_length" || argument == "pod_prefix_length" || argument == "service_prefix_length" {
		back = topology.Set(at, topology.AtLeast(largest))
	}
	var rest []topology.Edit
	if argument == "max_nodes" || argument == "max_services" || argument == "addresses" {
		rest = append(rest, topology.Set(s.copyOf(name).Attr(argument), max(wanted-largest, 1)))
	}
	options := append([]topology.Option{topology.OptionOf(back)}, s.second(name, []topology.Edit{topology.Set(at, largest)}, rest)...)
	return append(options, s.renumberOption(name)...)
}

// changed reports that an argument would change what a cluster or block holds.
func (c collector) changed(argument string, was, wanted any, held profile.Ranges) {
	name, at := c.name, c.at.Attr(argument)
	problem := Changed{Cluster: name, Argument: argument, Held: was, Wanted: wanted}
	if was == (ProfileOfSubnets{}) {
		c.fault(at, problem, topology.OptionOf(topology.Set(at, topology.PriorProfile)))
		return
	}
	back := c.takenBack(name, argument, was, held)
	options := c.changeOptions(name, back)
	if _, byState := c.held(name); !byState && !c.found.takesBack && c.request.existingKey(name) != "" {
		given := topology.Set(c.existingAt(name).Attr(argument), valueGiven(argument, name, c.request.Facts))
		options = []topology.Option{options[0], topology.OptionWhen(topology.HoldsRanges, given)}
	}
	c.fault(at, problem, options...)
}

// takenBack are the edits that restore what an argument was, where 0 is none, with what goes along.
func (s *situation) takenBack(name, argument string, was any, held profile.Ranges) []topology.Edit {
	at, cl := s.request.all().Key(name), s.request.Facts.Clusters[name]
	if was == 0 {
		return []topology.Edit{topology.Remove(at.Attr(argument))}
	}
	edits := []topology.Edit{topology.Set(at.Attr(argument), was)}
	switch {
	case argument == "ip_family" && s.request.Facts.Blocks[name].PrefixLength != 0:
		edits = append(edits, topology.Set(at.Attr("prefix_length"), held.Block.Bits()))
	case argument == "ip_families" && cl.Dual():
		for _, pin := range cl.Pins() {
			if pin.Family == cidr.V6 && pin.Range.IsValid() {
				edits = append(edits, topology.Remove(at.Attr(pin.Attr)))
			}
		}
	}
	return edits
}

// valueGiven is the value of an argument of a cluster or block that the configuration gives.
func valueGiven(argument, name string, f topology.Facts) any {
	if b, is := f.Blocks[name]; is {
		return map[string]any{"prefix_length": b.PrefixLength, "ip_family": b.Family, "cidr": b.CIDR}[argument]
	}
	cl := f.Clusters[name]
	switch argument {
	case "profile":
		return cl.Profile
	case "pod_cidrs":
		return cl.PodCIDRs
	case "ip_families":
		return families(cl.Dual())
	case "reserve_prefix_length":
		return cl.ReserveLength
	case "node_cidr_mask":
		return cl.Need.NodeMask
	case "node_ipv6_cidr_mask":
		return cl.Need.NodeIPv6Mask
	}
	for _, pin := range cl.Pins() {
		if pin.Attr == argument {
			return pin.Range
		}
	}
	for _, list := range cl.Further.Lists() {
		if list.Attr == argument {
			return *list.Ranges
		}
	}
	return nil
}

// appendOptions put the ranges that a cluster holds before those of an argument that are new.
func (s *situation) appendOptions(name, argument string, held, pinned []netip.Prefix) []topology.Option {
	at, all := s.request.all().Key(name).Attr(argument), slices.Clone(held)
	for _, r := range pinned {
		if !slices.ContainsFunc(all, r.Overlaps) {
			all = append(all, r)
		}
	}
	return append([]topology.Option{topology.OptionOf(topology.Set(at, all))}, s.renumberOption(name)...)
}

// asState are the options of existing that contradicts the state.
func asState(at topology.Path, attr string, held any) []topology.Option {
	if list, is := held.([]netip.Prefix); is && len(list) == 0 {
		return []topology.Option{topology.OptionOf(topology.Remove(at.Attr(attr)))}
	}
	if p, is := held.(netip.Prefix); is && !p.IsValid() {
		return []topology.Option{topology.OptionOf(topology.Remove(at))}
	}
	return []topology.Option{topology.OptionOf(topology.Remove(at)), topology.OptionOf(topology.Set(at.Attr(attr), held))}
}

// mirrorOptions are those of a cluster that holds other ranges than the one it is to mirror.
func (s *situation) mirrorOptions(name string) []topology.Option {
	own := topology.Remove(s.request.all().Key(name).Attr("same_as"))
	return append([]topology.Option{topology.OptionOf(own)}, s.renumberOption(name)...)
}

// ownAsExisting gives a mirror cluster the ranges that existing says it has.
func (s *situation) ownAsExisting(name string) topology.Option {
	at, held := s.request.all().Key(name), s.request.ExistingOf(name)
	edits := []topology.Edit{topology.Remove(at.Attr("same_as"))}
	if len(held.PodCIDRs) == 0 {
		edits = append(edits, topology.Set(at.Attr("max_nodes"), topology.MostNodes))
	}
	return topology.OptionWhen(topology.HoldsRanges, edits...)
}

// byLength asks for a block by its prefix length instead of usable addresses.
func byLength(at topology.Path, addresses int64, family cidr.Family) topology.Option {
	return topology.OptionOf(
		topology.Remove(at.Attr("addresses")),
		topology.Set(at.Attr("prefix_length"), cidr.LongestFor(uint64(addresses), family)),
	)
}

// outsideOptions are those of a block outside of the supernets.
func (s *situation) outsideOptions(name string, held netip.Prefix) []topology.Option {
	var options []topology.Option
	if !slices.ContainsFunc(s.request.Supernets, held.Overlaps) {
		options = append(options, topology.OptionWhen(topology.OwnAddresses, topology.Add(topology.Path{}.Attr("supernets"), held)))
	}
	if moving := s.renumberOption(name); len(moving) > 0 {
		return append(options, moving...)
	}
	if s.request.existingKey(name) == "" && s.request.Facts.Blocks[name].CIDR.IsValid() {
		options = append(
			options,
			topology.OptionWhen(
				topology.NotBuilt,
				s.unpin(s.request.all().Key(name), name, profile.Ranges{Block: held})...),
		)
	}
	return options
}

// withoutGrowth asks for as many nodes or Services as the ranges that a cluster has serve.
func withoutGrowth(d demand, has member, cl topology.Cluster) topology.Option {
	prof := d.claim().Profile
	if d.asksFor(cl) == "pod_prefix_length" {
		return topology.OptionOf(topology.Set(d.claim().At.Attr("pod_prefix_length"), topology.AtLeast(d.extends.Bits())))
	}
	serving := prof.Usable(has.ranges, has.node).Nodes - cl.Need.SurgeNodes
	if d.need() == "max_services" {
		serving = prof.ServicesIn(has.ranges.Services())
		if has.ranges.ServiceIPv6.IsValid() {
			serving = min(serving, prof.ServicesIn(has.ranges.ServicesIPv6()))
		}
	}
	return topology.OptionOf(topology.Set(d.claim().At.Attr(d.need()), topology.AtMost(serving)))
}
