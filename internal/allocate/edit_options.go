package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Options of problems with what is held: take the edit back, make it of a second cluster or block, or renumber.

// renumberAt is the place of the token of a cluster or block.
func renumberAt(name string) topology.Path { return topology.Path{}.Attr("renumber").Key(name) }

// renumberOption gives a cluster or block other ranges, together with those that have the same ranges, where state holds
// some. What would stop it goes along: guards, entries of existing, and pins to what is held.
func (s *situation) renumberOption(name string) []topology.Option {
	if s.request.Prior == nil {
		return nil
	}
	held, ok := s.request.Prior.Allocations[name]
	if !ok {
		return nil
	}
	option := topology.Option{Rebuilds: true, Edits: []topology.Edit{topology.Set(renumberAt(name), nextToken(s.lastToken(name)))}}
	names := []string{name}
	for _, other := range s.withSameRanges(name) {
		if a, holds := s.request.Prior.Allocations[other]; holds && slices.Equal(a.Pods, held.Pods) && a.Service == held.Service {
			names = append(names, other)
			option.Edits = append(option.Edits, topology.Set(renumberAt(other), nextToken(s.lastToken(other))))
		}
	}
	for _, one := range names {
		if key := s.request.existingKey(one); key != "" {
			option.Edits = append(option.Edits, topology.Remove(s.existingAt(one)))
		}
	}
	option.Edits = append(option.Edits, s.unguard(names)...)
	option.Edits = append(option.Edits, s.unpin(s.request.all().Key(name), name, held.Ranges)...)
	return []topology.Option{option}
}

// unguard takes clusters or blocks, and what guards them all, out of prevent_release.
func (s *situation) unguard(names []string) []topology.Edit {
	guards := []string{everyone}
	for _, name := range names {
		guards = append(guards, s.request.Facts.OwnerNames(name)...)
	}
	var edits []topology.Edit
	for i, guard := range s.request.PreventRelease {
		if slices.Contains(guards, guard) && slices.Index(s.request.PreventRelease, guard) == i {
			edits = append(edits, topology.RemoveFrom(topology.Path{}.Attr("prevent_release"), guard))
		}
	}
	return edits
}

// unpin removes from a cluster or block at a place the pins to what is held, and gives it the size of before where
// nothing else says one.
func (s *situation) unpin(at topology.Path, name string, held profile.Ranges) []topology.Edit {
	if pin := s.request.Facts.Blocks[name].CIDR; pin.IsValid() && pin == held.Block {
		return []topology.Edit{topology.Remove(at.Attr("cidr")), topology.Set(at.Attr("prefix_length"), pin.Bits())}
	}
	cl := s.request.Facts.Clusters[name]
	var edits []topology.Edit
	switch {
	case cl.SameAs != "": // the pins are those of another
		return nil
	case len(held.Pods) > 0 && appends(cl.PodCIDRs, held.Pods):
		edits = append(edits, topology.Remove(at.Attr("pod_cidrs")))
		if cl.Need.MaxNodes == 0 && cl.Need.PodLength == 0 {
			edits = append(edits, topology.Set(at.Attr("pod_prefix_length"), first(cl.PodCIDRs).Bits()))
		}
	}
	was := []netip.Prefix{held.Service, held.PodIPv6, held.ServiceIPv6}
	for i, pin := range cl.Pins() {
		if pin.Range.IsValid() && pin.Range == was[i] {
			edits = append(edits, topology.Remove(at.Attr(pin.Attr)))
		}
	}
	lists := held.Further.Lists()
	for i, list := range cl.Further.Lists() {
		if pinned := *list.Ranges; len(pinned) > 0 && appends(pinned, *lists[i].Ranges) {
			edits = append(edits, topology.Remove(at.Attr(list.Attr)))
		}
	}
	return edits
}

// second declares a cluster or block a second time, with what is asked for now but for what only one of the two can
// have, and takes the edit back. It is not offered where both would use the same subnets or are mirrors of another cluster.
func (s *situation) second(name string, back, further []topology.Edit) []topology.Option {
	cl, held := s.request.Facts.Clusters[name], s.rangesOf(name)
	if len(cl.PodSubnets) > 0 || cl.SameAs != "" || cl.Name != "" && cl.Name != name {
		return nil
	}
	to := s.copyOf(name)
	all := []topology.Edit{topology.Copy(s.request.all().Key(name), to)}
	if owner, _ := s.request.Facts.Owner(name); len(owner.PreviousNames) > 0 {
		all = append(all, topology.Remove(to.Attr("previous_names")))
	}
	all = append(append(append(all, s.unpin(to, name, held)...), further...), back...)
	return []topology.Option{topology.OptionWhen(topology.SecondOne, all...)}
}

// copyOf is the place of a second cluster or block beside one.
func (s *situation) copyOf(name string) topology.Path {
	return s.request.all().Key(topology.Fresh(name, s.named))
}

// notRenumbered takes the token back: the one of before, or none.
func (s *situation) notRenumbered(name string) topology.Option {
	if s.request.Prior != nil && s.request.Prior.Renumber[name] != "" {
		return topology.OptionOf(topology.Set(renumberAt(name), s.request.Prior.Renumber[name]))
	}
	return topology.OptionOf(topology.Remove(renumberAt(name)))
}

// unpinned removes the pins that keep a cluster or block where it is.
func (s *situation) unpinned(name string) topology.Option {
	return topology.Option{Edits: s.unpin(s.request.all().Key(name), name, s.heldBefore(name)), Rebuilds: true}
}

// renumberedTogether gives a token to all that have the same ranges.
func (s *situation) renumberedTogether(name string, staying []string) topology.Option {
	option := topology.Option{Rebuilds: true}
	for _, other := range staying {
		option.Edits = append(option.Edits, topology.Set(renumberAt(other), s.request.Renumber[name]))
	}
	option.Edits = append(option.Edits, s.unguard(staying)...)
	return option
}

// declaredBefore are the options where a previous name of a cluster or block is declared.
func (r Request) declaredBefore(name, old string) []topology.Option {
	fresh := func(name string) topology.Edit {
		return topology.Rename(r.all().Key(name), topology.Fresh(name, r.knows))
	}
	if owner, _ := r.Facts.Owner(old); slices.Contains(owner.PreviousNames, name) {
		return []topology.Option{topology.OptionWhen(topology.NamesExchanged, fresh(old), fresh(name))}
	}
	return []topology.Option{
		topology.OptionOf(topology.RemoveFrom(r.all().Key(name).Attr("previous_names"), old)),
		topology.OptionWhen(topology.NamesExchanged, fresh(old)),
	}
}
