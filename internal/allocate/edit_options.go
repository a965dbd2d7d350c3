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
func (p *planner) renumberOption(name string) []topology.Option {
	if p.request.Prior == nil {
		return nil
	}
	held, ok := p.request.Prior.Allocations[name]
	if !ok {
		return nil
	}
	option := topology.Option{Rebuilds: true, Edits: []topology.Edit{topology.Set(renumberAt(name), nextToken(p.lastToken(name)))}}
	names := []string{name}
	for _, mirror := range p.alike(name) {
		if a, holds := p.request.Prior.Allocations[mirror]; holds && slices.Equal(a.Pods, held.Pods) && a.Service == held.Service {
			names = append(names, mirror)
			option.Edits = append(option.Edits, topology.Set(renumberAt(mirror), nextToken(p.lastToken(mirror))))
		}
	}
	for _, one := range names {
		if key := p.request.existingKey(one); key != "" {
			option.Edits = append(option.Edits, topology.Remove(p.existingAt(one)))
		}
	}
	option.Edits = append(option.Edits, p.unguard(names)...)
	option.Edits = append(option.Edits, p.unpin(p.request.all().Key(name), name, held.Ranges)...)
	return []topology.Option{option}
}

// unguard takes clusters or blocks, and what guards them all, out of prevent_release.
func (p *planner) unguard(names []string) []topology.Edit {
	guards := []string{everyone}
	for _, name := range names {
		guards = append(append(guards, name), p.request.Facts.Clusters[name].PreviousNames...)
	}
	var edits []topology.Edit
	for i, guard := range p.request.PreventRelease {
		if slices.Contains(guards, guard) && slices.Index(p.request.PreventRelease, guard) == i {
			edits = append(edits, topology.RemoveFrom(topology.Path{}.Attr("prevent_release"), guard))
		}
	}
	return edits
}

// unpin removes from a cluster or block at a place the pins to what is held, and gives it the size of before where
// nothing else says one.
func (p *planner) unpin(at topology.Path, name string, held profile.Ranges) []topology.Edit {
	cl := p.request.Facts.Clusters[name]
	var edits []topology.Edit
	switch {
	case cl.SameAs != "": // the pins are those of another
		return nil
	case cl.Block != nil && cl.Block.CIDR.IsValid() && cl.Block.CIDR == first(held.Pods):
		return []topology.Edit{topology.Remove(at.Attr("cidr")), topology.Set(at.Attr("prefix_length"), cl.Block.CIDR.Bits())}
	case len(cl.PodCIDRs) > 0 && len(held.Pods) > 0 && appends(cl.PodCIDRs, held.Pods):
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
	return edits
}

// second declares a cluster or block a second time, with what is asked for now but for what only one of the two can
// have, and takes the edit back. It is not offered where both would use the same subnets or are mirrors of another cluster.
func (p *planner) second(name string, back, further []topology.Edit) []topology.Option {
	cl, held := p.request.Facts.Clusters[name], p.rangesOf(name)
	if len(cl.PodSubnets) > 0 || cl.SameAs != "" || cl.Name != "" && cl.Name != name {
		return nil
	}
	to := p.copyOf(name)
	all := []topology.Edit{topology.Copy(p.request.all().Key(name), to)}
	if len(cl.PreviousNames) > 0 {
		all = append(all, topology.Remove(to.Attr("previous_names")))
	}
	all = append(append(append(all, p.unpin(to, name, held)...), further...), back...)
	return []topology.Option{topology.OptionWhen(topology.Second, all...)}
}

// copyOf is the place of a second cluster or block beside one.
func (p *planner) copyOf(name string) topology.Path {
	return p.request.all().Key(topology.Fresh(name, p.named))
}

// rangesOf are those that a cluster or block holds.
func (p *planner) rangesOf(name string) profile.Ranges {
	held, _ := p.held(name)
	return held
}

// named says whether a name is one of a cluster or block, now or before.
func (p *planner) named(name string) bool {
	_, declared := p.request.Facts.Clusters[name]
	_, exists := p.request.Existing[name]
	_, rests := p.released[name]
	if p.request.Prior != nil {
		_, held := p.request.Prior.Allocations[name]
		declared = declared || held
	}
	return declared || exists || rests
}

// notRenumbered takes the token back: the one of before, or none.
func (p *planner) notRenumbered(name string) topology.Option {
	if p.request.Prior != nil && p.request.Prior.Renumber[name] != "" {
		return topology.OptionOf(topology.Set(renumberAt(name), p.request.Prior.Renumber[name]))
	}
	return topology.OptionOf(topology.Remove(renumberAt(name)))
}

// unreleased are the ranges that a cluster or block held before this plan.
func (p *planner) unreleased(name string) profile.Ranges {
	if held := p.before[name].Ranges; held.Held() {
		return held
	}
	return p.rangesOf(name)
}

// unpinned removes the pins that keep a cluster or block where it is.
func (p *planner) unpinned(name string) topology.Option {
	return topology.Option{Edits: p.unpin(p.request.all().Key(name), name, p.unreleased(name)), Rebuilds: true}
}

// renumberedTogether gives a token to all that have the same ranges.
func (p *planner) renumberedTogether(name string, staying []string) topology.Option {
	option := topology.Option{Rebuilds: true}
	for _, other := range staying {
		option.Edits = append(option.Edits, topology.Set(renumberAt(other), p.request.Renumber[name]))
	}
	option.Edits = append(option.Edits, p.unguard(staying)...)
	return option
}

// declaredBefore are the options where a previous name of a cluster or block is declared.
func (r Request) declaredBefore(name, old string) []topology.Option {
	fresh := func(name string) topology.Edit {
		free := topology.Fresh(name, r.knows)
		return topology.Rename(r.all().Key(name), r.all().Key(free))
	}
	if slices.Contains(r.Facts.Clusters[old].PreviousNames, name) {
		return []topology.Option{topology.OptionWhen(topology.Exchanged, fresh(old), fresh(name))}
	}
	return []topology.Option{
		topology.OptionOf(topology.RemoveFrom(r.all().Key(name).Attr("previous_names"), old)),
		topology.OptionWhen(topology.Exchanged, fresh(old)),
	}
}
