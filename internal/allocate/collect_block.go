package allocate

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// blockCollector finds out what one block has and needs. A block has one range, of either family.
type blockCollector struct {
	collector
	block topology.Block
}

func newBlockCollector(s *situation, name string, b topology.Block) blockCollector {
	return blockCollector{newCollector(s, blockClaimant(name, b, s.catalog)), b}
}

// blockClaimant is a block whose range becomes a claim.
func blockClaimant(name string, b topology.Block, catalog *profile.Catalog) conflict.Claimant {
	return conflict.BlockClaimant(name, b, catalog.BlockAddresses(platformOf(b)))
}

// collectBlock finds out what a block has, or that it needs a range.
func collectBlock(s *situation, name string, b topology.Block) member {
	c := newBlockCollector(s, name, b)
	c.ranges(c.start(c.servedBy))
	return *c.found
}

// servedBy says whether what a block released serves what it asks for now.
func (c blockCollector) servedBy(released Released) bool {
	trial := newBlockCollector(c.situation, c.name, c.block)
	trial.checkHeld(released.Block)
	return !trial.found.faults.failed()
}

// ranges finds out which range a block has, or demands one.
func (c blockCollector) ranges(ranges profile.Ranges, adopted bool) {
	held, pin := ranges.Block, c.block.CIDR
	given := c.givenBy(adopted)
	switch {
	case held.IsValid():
		c.checkHeld(held)
	case pin.IsValid():
		held = pin
	default:
		c.demandRange()
	}
	if held.IsValid() {
		ranges.Block = held
		c.checkInSupernets(held)
		c.claim(c.owner.Claims(ranges, given)...)
	}
	c.found.ranges = ranges
}

// demandRange works out which size a block without a range needs.
func (c blockCollector) demandRange() {
	at, name, b := c.at, c.name, c.block
	if c.existingUnknown(name) || b.Unknown.HasAny("prefix_length", "addresses", "cidr", "ip_family") ||
		b.Addresses != 0 && b.Unknown.Has("platform") {
		return
	}
	family := c.request.familyOf(b)
	length := b.PrefixLength
	switch {
	case b.Addresses != 0:
		fit, sized := c.lengthFor(b, family)
		if !sized {
			return
		}
		length = max(fit, shortestLength)
	case length == 0:
		c.fault(at, topology.Empty{Reason: BlockWithoutSize{name}},
			topology.OptionOf(topology.Set(at.Attr("prefix_length"), topology.BlockLength)),
			topology.OptionOf(topology.Set(at.Attr("addresses"), topology.BlockAddresses)),
			topology.OptionOf(topology.Set(at.Attr("cidr"), topology.BlockRangeIfAny)))
		return
	case length > family.Bits():
		c.fault(at.Attr("prefix_length"), topology.OutOfRange{Value: int64(length), Min: 1, Max: int64(family.Bits())})
		return
	}
	c.demand(conflict.Block, length, family)
}

// lengthFor is the prefix length of a subnet that has as many addresses as a block asks for; sized is false
// where the platform has none, or says nothing of the addresses that it keeps.
func (c blockCollector) lengthFor(b topology.Block, family cidr.Family) (length int, sized bool) {
	name, at, platform := c.name, c.at.Attr("addresses"), c.catalog.Platform(platformOf(b))
	if !platform.Networks.Subnets.Reserved.Known() {
		c.fault(at, NoSubnetData{Block: name, Platform: platform}, byLength(c.at, b.Addresses, family))
		return 0, false
	}
	length, fault := platform.Networks.Subnets.LengthFor(b.Addresses, family)
	if fault != nil {
		c.fault(at, BlockSizeNotServed{Block: name, Platform: platform, SizeError: fault})
	}
	return length, fault == nil
}

// familyOf is the family of a block that is still to be chosen: IPv4 where nothing says another one.
func (r Request) familyOf(b topology.Block) cidr.Family {
	if family := b.RequestedFamily(); family != 0 {
		return family
	}
	ofIPv4 := func(supernet netip.Prefix) bool { return cidr.FamilyOf(supernet) != cidr.V6 }
	if !slices.ContainsFunc(r.Supernets, ofIPv4) {
		return cidr.V6
	}
	return cidr.V4
}

// checkHeld checks that what is asked for now can be served by the range that a block holds.
func (c blockCollector) checkHeld(held netip.Prefix) {
	at, name, b := c.at, c.name, c.block
	ranges := profile.Ranges{Block: held}
	changed := func(argument string, was, wanted any) { c.changed(argument, was, wanted, ranges) }
	outgrown := func(argument string, wanted, largest int64) {
		c.found.faults = append(c.found.faults, topology.Fault{
			At: at.Attr(argument), Warn: argument == "addresses" && c.askedBefore(name, b),
			Problem: Outgrown{Cluster: name, Wanted: wanted, Largest: largest, Held: ranges},
			Options: c.outgrownOptions(name, argument, wanted, largest),
		})
	}
	family := cidr.FamilyOf(held)
	switch requested := b.RequestedFamily(); {
	case b.CIDR.IsValid():
		if b.CIDR != held {
			changed("cidr", held, b.CIDR)
		}
	case b.Family != "" && requested != family:
		changed("ip_family", strings.ToLower(family.String()), b.Family)
	case requested != 0 && requested != family:
		changed("prefix_length", held.Bits(), b.PrefixLength)
	case b.PrefixLength != 0 && b.PrefixLength < held.Bits():
		outgrown("prefix_length", int64(b.PrefixLength), int64(held.Bits()))
	case !b.Unknown.Has("platform"):
		if usable := c.catalog.Platform(platformOf(b)).Networks.Subnets.Usable(held); b.Addresses > usable {
			outgrown("addresses", b.Addresses, usable)
		}
	}
}

// askedBefore says whether a block asked for the same when it got what it holds. Less may be known to serve it
// since then, as when more is known of its platform.
func (s *situation) askedBefore(name string, b topology.Block) bool {
	was, held := s.heldFacts(name).Blocks[name]
	return held && was.Addresses == b.Addresses && was.PrefixLength == b.PrefixLength && was.Platform == b.Platform
}

// checkInSupernets warns of a block that is in none of the supernets: it may belong to others.
func (c blockCollector) checkInSupernets(held netip.Prefix) {
	if c.request.Unknown.Has("supernets") || cidr.AnyContains(c.request.Supernets, held) {
		return
	}
	at := c.at
	if c.block.CIDR.IsValid() {
		at = at.Attr("cidr")
	}
	problem := OutsideSupernets{Block: c.name, Range: held, From: c.request.Supernets}
	c.warn(at, problem, c.outsideOptions(c.name, held)...)
}

func platformOf(b topology.Block) string {
	if b.Platform == "" {
		return profile.Generic
	}
	return b.Platform
}

// existingBlock checks what a block is said to hold.
func (c *checker) existingBlock(at topology.Path, name string, e Existing) {
	if e.Cluster == "" { // what is released has a key of its own
		topology.CheckKey(name, func(problem any) { c.add(at, problem) })
	}
	if !e.CIDR.IsValid() && !e.Unknown.Has("cidr") {
		c.add(at.Attr("cidr"), topology.Missing{})
	}
}
