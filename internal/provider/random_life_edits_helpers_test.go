package provider_test

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
)

// effect is what the edits of one turn did to a planner.
type effect struct {
	done []string
	// touched are the clusters or blocks that may hold something else, grown those of them that keep what they hold
	// and may have further ranges.
	touched, grown map[string]bool
	// added are new, or were there before, and placed counts those that are given new ranges.
	added  []string
	placed int
	// renamed are old names by new ones.
	renamed map[string]string
}

func (e *effect) note(format string, args ...any) {
	e.done = append(e.done, fmt.Sprintf(format, args...))
}

// edit changes up to three things, and which facts are unknown. Every edit is one that must not fail.
func (p *planner) edit(turn int, taken []netip.Prefix) *effect {
	p.reclaim, p.renamed = nil, [2]string{}
	for _, m := range p.members {
		m.previous = ""
	}
	places := p.places()
	for range p.IntN(4) {
		place := places[p.IntN(len(places))]
		p.unknown[place] = !p.unknown[place]
	}
	p.token += p.IntN(2)
	e := &effect{touched: map[string]bool{}, grown: map[string]bool{}, renamed: map[string]string{}}
	left := slices.DeleteFunc(slices.Sorted(maps.Keys(p.members)), func(name string) bool { return name == "pods" && p.ofBlocks() })
	for range 1 + p.IntN(3) {
		if len(left) < 2 || p.IntN(4) == 0 {
			p.add(e, fmt.Sprintf("c%d-%d", turn, len(e.done)))
			continue
		}
		i := p.IntN(len(left))
		p.change(e, left[i], fmt.Sprintf("%d-%d", turn, len(e.done)), taken)
		left = slices.Delete(left, i, i+1)
	}
	return e
}

// change edits one cluster or block, or what is around it.
func (p *planner) change(e *effect, name, label string, taken []netip.Prefix) {
	m := p.members[name]
	switch p.IntN(10) {
	case 0:
		delete(p.members, name)
		delete(p.tokens, name)
		p.former = append(p.former, name)
		e.touched[name] = true
		e.note("remove %s", name)
	case 1, 2:
		p.rename(e, name, "r"+label)
	case 3:
		m.pinned = false
		p.tokens[name] = label
		e.touched[name] = true
		e.placed++
		e.note("renumber %s", name)
	case 4:
		p.reclaim = []any{"*"}
		if len(p.former) > 0 && p.IntN(2) == 0 {
			p.reclaim = []any{p.former[p.IntN(len(p.former))]}
		}
		e.note("reclaim %v", p.reclaim)
	case 5:
		if free, ok := p.free(taken); ok {
			p.reserved = free
		}
		e.note("reserve %s", p.reserved)
	case 6:
		m.pinned = !m.pinned
		e.note("pin %s: %t", name, m.pinned)
	case 7, 8:
		p.changeNetworks(e, name, label)
	default:
		p.resize(e, name)
	}
}

// resize lets a cluster grow where its platform appends ranges, and else asks for less than before.
func (p *planner) resize(e *effect, name string) {
	m := p.members[name]
	if (m.profile == "cce-vpc-router" || m.appends()) && !m.pinned && (p.upstream == nil || p.upstream.ofBlocks()) {
		p.unknown = map[string]bool{} // growth of a cluster that exists is refused while a fact is unknown
		m.nodes += 1 + p.IntN(16)
		if m.appends() {
			m.services += p.IntN(200)
		}
		e.touched[name], e.grown[name] = true, true
		e.placed++
		e.note("grow %s", name)
		return
	}
	m.nodes, m.length = max(1, m.nodes/2), m.length+1
	e.note("shrink %s", name)
}

// add declares a cluster or block, now and then one that was declared before.
func (p *planner) add(e *effect, name string) {
	if len(p.former) > 0 && p.IntN(2) == 0 {
		name = p.former[p.IntN(len(p.former))]
	}
	if p.members[name] != nil || e.touched[name] {
		e.note("nothing")
		return
	}
	profiles := slices.Sorted(maps.Keys(homes))
	m := &member{profile: profiles[p.IntN(len(profiles))], nodes: 4 + p.IntN(20), length: 20 + p.IntN(5)}
	m.vpc = homes[m.profile][p.IntN(len(homes[m.profile]))]
	m.dual = m.profile == "kubernetes-routed" && p.IntN(2) == 0
	if p.IntN(3) == 0 {
		m.perNode = 32
	}
	if p.IntN(4) == 0 {
		m.length += 36 // of IPv6
	}
	p.members[name] = m
	e.touched[name] = true
	e.added = append(e.added, name)
	e.placed++
	e.note("add %s", name)
}

func (p *planner) rename(e *effect, name, to string) {
	m := p.members[name]
	delete(p.members, name)
	p.members[to], m.previous = m, name
	if token, ok := p.tokens[name]; ok {
		p.tokens[to] = token
		delete(p.tokens, name)
	}
	for _, place := range []string{"profile/", "nodes/", "services/", "perNode/", "length/"} { // what was unknown stays so
		p.unknown[place+to] = p.unknown[place+name]
	}
	e.renamed[to] = name
	e.note("rename %s to %s", name, to)
}

// changeNetworks renames a VPC, changes a route or moves a cluster to another VPC.
func (p *planner) changeNetworks(e *effect, name, label string) {
	m := p.members[name]
	switch kind := p.IntN(4); {
	case p.ofBlocks() || p.renamed[0] != "":
		e.note("nothing")
	case kind == 0:
		p.route = p.IntN(40)
		e.note("another route")
	case kind == 1 && len(homes[m.profile]) > 1:
		m.vpc = map[string]string{"own": "more", "more": "own"}[m.vpc]
		m.pinned = false
		p.tokens[name] = label
		e.touched[name] = true
		e.placed++
		e.note("move %s to %s", name, p.vpcs[m.vpc])
	default:
		what := slices.Sorted(maps.Keys(p.vpcs))[p.IntN(len(p.vpcs))]
		p.renamed = [2]string{fmt.Sprintf("%s-%s-%s", p.name, what, label), p.vpcs[what]}
		p.vpcs[what] = p.renamed[0]
		e.note("rename VPC %s to %s", p.renamed[1], p.renamed[0])
	}
}

// free is a /22 of a supernet that nothing of the life has.
func (p *planner) free(taken []netip.Prefix) (string, bool) {
	within := netip.MustParsePrefix(p.room())
	for range 20 {
		b := within.Masked().Addr().As4()
		n := p.IntN(1 << (22 - within.Bits()))
		b[1], b[2] = b[1]+byte(n>>6), b[2]+byte(n&63)<<2
		r := netip.PrefixFrom(netip.AddrFrom4(b), 22)
		if !slices.ContainsFunc(taken, r.Overlaps) {
			return r.String(), true
		}
	}
	return "", false
}

// room is the IPv4 range that the planner allocates from.
func (p *planner) room() string {
	first := asHCL(p.supernets[0])
	if of, chained := strings.CutPrefix(first, "cidrplan_blocks."); chained {
		return p.upstream.held[strings.Split(of, `"`)[1]].(string)
	}
	return strings.Trim(first, `"`)
}
