package allocate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A block is a cluster with one range, of either family, which is its only Pod range here; so memory,
// search and conflicts are those of clusters. What it asks for, and what its range serves, is told below.

// settleBlock finds out what a block has, or that it wants a range; fresh says that state does not have
// what it holds.
func (p *planner) settleBlock(name string, cl topology.Cluster, prof *profile.Profile, ranges profile.Ranges, fresh bool) {
	prof = prof.ForSubnetsOf(platformOf(*cl.Block))
	at, pin := p.request.all().Key(name), cl.Block.CIDR
	from := at // where what is held shows
	if fresh {
		from = p.existingAt(name)
	}
	owner, held := p.claimant(name, prof), first(ranges.Pods)
	switch {
	case held.IsValid():
		p.blockKeeps(name, cl, held)
		p.claim(owner.claim(conflict.Block, held, heldAt(at, from, "cidr", -1, pin.IsValid()), pin.IsValid()))
	case pin.IsValid():
		held = pin
		p.claim(owner.claim(conflict.Block, pin, at.Attr("cidr"), true))
	default:
		p.wantBlock(name, cl, prof)
	}
	if held.IsValid() {
		ranges.Pods = []netip.Prefix{held}
		p.outside(name, cl, held)
	}
	p.ranges[name] = ranges
}

// wantBlock works out which size a block without a range needs.
func (p *planner) wantBlock(name string, cl topology.Cluster, prof *profile.Profile) {
	at, b := p.request.all().Key(name), *cl.Block
	if p.existingUnknown(name) || unknownAny(cl, "prefix_length", "addresses", "cidr", "ip_family") ||
		b.Addresses != 0 && cl.Unknown.Has("platform") {
		return
	}
	family := p.familyOf(b)
	length := b.PrefixLength
	switch {
	case b.Addresses != 0:
		fit, sized := p.lengthFor(name, b, family)
		if !sized {
			return
		}
		length = max(fit, least)
	case length == 0:
		p.fault(at, topology.Empty{Why: fmt.Sprintf("block %q has no size", name)},
			topology.OptionOf(topology.Set(at.Attr("prefix_length"), topology.Described("the prefix length of the block"))),
			topology.OptionOf(topology.Set(at.Attr("addresses"), topology.Described("the number of its usable addresses"))),
			topology.OptionOf(topology.Set(at.Attr("cidr"), topology.Described("its range, if it has one"))))
		return
	case length > family.Bits():
		p.fault(at.Attr("prefix_length"), topology.OutOfRange{Value: int64(length), Min: 1, Max: int64(family.Bits())})
		return
	}
	p.demand(name, prof, conflict.Block, length, family)
}

// lengthFor is the prefix length of a subnet that has as many addresses as a block asks for; sized is false
// where the platform has none, or says nothing of the addresses that it keeps.
func (p *planner) lengthFor(name string, b topology.Block, family cidr.Family) (length int, sized bool) {
	at, platform := p.request.all().Key(name).Attr("addresses"), p.catalog.Platform(platformOf(b))
	if !platform.Networks.Subnets.Reserved.Known() {
		p.fault(at, NoSubnetData{Block: name, Platform: platform}, byLength(p.request.all().Key(name), b.Addresses, family))
		return 0, false
	}
	length, fault := platform.Networks.Subnets.LengthFor(b.Addresses, family)
	if fault != nil {
		p.fault(at, UnsizedBlock{Block: name, Platform: platform, SizeError: fault})
	}
	return length, fault == nil
}

// familyOf is the family of a block that is still to be chosen: IPv4 where nothing tells.
func (p *planner) familyOf(b topology.Block) cidr.Family {
	if family := b.Said(); family != 0 {
		return family
	}
	six := func(supernet netip.Prefix) bool { return cidr.FamilyOf(supernet) == cidr.V6 }
	four := func(supernet netip.Prefix) bool { return !six(supernet) }
	if !slices.ContainsFunc(p.request.Supernets, four) {
		return cidr.V6
	}
	return cidr.V4
}

// blockKeeps checks that what is asked for now can be served by the range that a block holds.
func (p *planner) blockKeeps(name string, cl topology.Cluster, held netip.Prefix) {
	at, b := p.request.all().Key(name), *cl.Block
	ranges := profile.Ranges{Pods: []netip.Prefix{held}}
	changed := func(argument, was, wanted string) { p.changed(name, argument, was, wanted, ranges) }
	outgrown := func(argument string, wanted, largest int64) {
		p.result.Faults = append(p.result.Faults, topology.Fault{
			At: at.Attr(argument), Warn: argument == "addresses" && p.askedBefore(name, b),
			Problem: Outgrown{Cluster: name, Wanted: wanted, Largest: largest, Held: ranges},
			Options: p.outgrownOptions(name, argument, wanted, largest),
		})
	}
	family := cidr.FamilyOf(held)
	switch said := b.Said(); {
	case b.CIDR.IsValid():
		if b.CIDR != held {
			changed("cidr", held.String(), b.CIDR.String())
		}
	case b.Family != "" && said != family:
		changed("ip_family", strings.ToLower(family.String()), b.Family)
	case said != 0 && said != family:
		changed("prefix_length", fmt.Sprint(held.Bits()), fmt.Sprint(b.PrefixLength))
	case b.PrefixLength != 0 && b.PrefixLength < held.Bits():
		outgrown("prefix_length", int64(b.PrefixLength), int64(held.Bits()))
	case !cl.Unknown.Has("platform"):
		if usable := p.catalog.Platform(platformOf(b)).Networks.Subnets.Usable(held); b.Addresses > usable {
			outgrown("addresses", b.Addresses, usable)
		}
	}
}

// askedBefore says whether a block asked for the same when it got what it holds. Less may be known to serve it
// since then, as when more is known of its platform.
func (p *planner) askedBefore(name string, b topology.Block) bool {
	was, held := p.priorCluster(name)
	return held && was.Block != nil && was.Block.Addresses == b.Addresses && was.Block.PrefixLength == b.PrefixLength &&
		was.Block.Platform == b.Platform
}

// outside warns of a block that lies in none of the supernets: it may be of others.
func (p *planner) outside(name string, cl topology.Cluster, held netip.Prefix) {
	if p.request.Unknown.Has("supernets") || cidr.AnyContains(p.request.Supernets, held) {
		return
	}
	at := p.request.all().Key(name)
	if cl.Block.CIDR.IsValid() {
		at = at.Attr("cidr")
	}
	p.warn(at, OutsideSupernets{Block: name, Range: held, From: p.request.Supernets}, p.outsideOptions(name, cl, held)...)
}

func platformOf(b topology.Block) string {
	if b.Platform == "" {
		return profile.Generic
	}
	return b.Platform
}

// asBlock says whether two ask for the same, as far as they are blocks.
func asBlock(a, b topology.Cluster) bool {
	if a.Block == nil || b.Block == nil {
		return a.Block == b.Block
	}
	return *a.Block == *b.Block
}

// existingBlock checks what a block is said to hold.
func (c *checker) existingBlock(at topology.Path, name string, e Existing) {
	if e.Cluster == "" { // what rests stands under a key of its own
		topology.CheckKey(name, func(problem any) { c.add(at, problem) })
	}
	if len(e.PodCIDRs) == 0 && !e.Unknown.Has("cidr") {
		c.add(at.Attr("cidr"), topology.Missing{})
	}
}
