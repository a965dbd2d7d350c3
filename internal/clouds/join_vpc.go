package clouds

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// vpcFacts are the VPCs with what belongs to them. What may belong to any of them makes the attribute of all of them unknown.
func (j *joiner) vpcFacts() Known[map[string]VPC] {
	out := map[string]VPC{}
	for _, e := range j.vpcs.entries {
		out[e.key] = VPC{
			Platform: j.platform.Name, Region: e.Region, CIDRBlocks: e.CIDRs, IPv6CIDRBlocks: e.IPv6CIDRs,
			Subnets: known(map[string]Known[string]{}), Routes: known(map[string]Route{}),
			Hubs: known([]string{}), Peers: known([]string{}),
		}
	}
	j.addBlocks(out)
	j.addSubnets(out)
	j.addHubs(out)
	j.addPeers(out)
	j.addRoutes(out)
	return whole(out, j.vpcs.afterApply)
}

// change changes the VPC of a name, or all of them where it is undecided which.
func change(vpcs map[string]VPC, name string, undecided bool, with func(v *VPC, undecided bool)) {
	if undecided {
		changeAll(vpcs, true, func(v *VPC) { with(v, true) })
		return
	}
	if v, is := vpcs[name]; is && name != "" {
		with(&v, false)
		vpcs[name] = v
	}
}

// changeAll changes all VPCs if a condition holds.
func changeAll(vpcs map[string]VPC, holds bool, with func(v *VPC)) {
	if !holds {
		return
	}
	for key, v := range vpcs {
		with(&v)
		vpcs[key] = v
	}
}

// addBlocks adds CIDR blocks that are objects of their own.
func (j *joiner) addBlocks(vpcs map[string]VPC) {
	for _, e := range j.of[VPCBlocks].entries {
		name, undecided := j.vpcOf(e, nil, e.VPC)
		change(vpcs, name, undecided, func(v *VPC, undecided bool) {
			v.CIDRBlocks = union(v.CIDRBlocks, orAfterApply(e.CIDRs, undecided))
			v.IPv6CIDRBlocks = union(v.IPv6CIDRBlocks, orAfterApply(e.IPv6CIDRs, undecided))
		})
	}
	changeAll(vpcs, j.of[VPCBlocks].afterApply, func(v *VPC) {
		v.CIDRBlocks, v.IPv6CIDRBlocks = afterApply[[]string](), afterApply[[]string]()
	})
}

// addSubnets adds the subnets, of which the IPv6 ranges become IPv6 blocks of the VPC where they are in none. So do the IPv4 ranges of
// subnets whose VPC has no blocks of its own.
func (j *joiner) addSubnets(vpcs map[string]VPC) {
	unknown := func(v *VPC) { v.Subnets = afterApply[map[string]Known[string]]() }
	blocks := newBlockIndex(known(vpcs))
	for _, e := range j.of[Subnets].entries {
		name, undecided := j.vpcOf(e, blocks.around(e.CIDRs), e.VPC)
		changeAll(vpcs, undecided, unknown)
		change(vpcs, name, undecided, func(v *VPC, undecided bool) {
			blocks := known([]string{})
			if e.Type.Blocks {
				blocks = e.CIDRs
			}
			if undecided {
				v.CIDRBlocks = union(v.CIDRBlocks, orAfterApply(blocks, len(blocks.Value) > 0))
				v.IPv6CIDRBlocks = union(v.IPv6CIDRBlocks, orAfterApply(e.IPv6CIDRs, len(e.IPv6CIDRs.Value) > 0))
				return
			}
			v.CIDRBlocks = withSubnets(v.CIDRBlocks, blocks)
			if !v.Subnets.AfterApply {
				v.Subnets.Value[e.key] = first(e.CIDRs)
			}
			v.IPv6CIDRBlocks = withSubnets(v.IPv6CIDRBlocks, e.IPv6CIDRs)
		})
	}
	changeAll(vpcs, j.of[Subnets].afterApply, func(v *VPC) {
		unknown(v)
		v.IPv6CIDRBlocks = afterApply[[]string]()
		v.CIDRBlocks = orAfterApply(v.CIDRBlocks, j.platform.subnetsAreBlocks())
	})
}

// orAfterApply is a list, or one that is known only after apply.
func orAfterApply(list Known[[]string], isAfterApply bool) Known[[]string] {
	if isAfterApply {
		return afterApply[[]string]()
	}
	return list
}

// withSubnets are blocks with the ranges of a subnet that are in none of them.
func withSubnets(blocks, ranges Known[[]string]) Known[[]string] {
	if blocks.AfterApply || ranges.AfterApply {
		return afterApply[[]string]()
	}
	var outside []string
	for _, r := range ranges.Value {
		p, fault := cidr.Parse(r)
		inside := fault == nil && slices.ContainsFunc(blocks.Value, func(block string) bool {
			b, fault := cidr.Parse(block)
			return fault == nil && cidr.Contains(b, p)
		})
		if !inside {
			outside = append(outside, r)
		}
	}
	return union(blocks, known(outside))
}

// addHubs adds the hubs that VPCs are attached to.
func (j *joiner) addHubs(vpcs map[string]VPC) {
	for _, e := range j.of[Attachments].entries {
		name, undecidedVPC := j.vpcOf(e, nil, e.VPC)
		hub, undecidedHub := j.hubOf(e)
		for _, id := range e.known() {
			j.attachedVPC[id] = name
		}
		change(vpcs, name, undecidedVPC, func(v *VPC, undecided bool) {
			switch {
			case undecided, undecidedHub:
				v.Hubs = afterApply[[]string]()
			case hub != "":
				v.Hubs = union(v.Hubs, known([]string{hub}))
			}
		})
	}
	changeAll(vpcs, j.of[Attachments].afterApply, func(v *VPC) { v.Hubs = afterApply[[]string]() })
}

// addPeers adds the VPCs that are connected by peering, at the side that asks for the connection.
func (j *joiner) addPeers(vpcs map[string]VPC) {
	peers := j.vpcs
	peers.label = LabelPeer
	for _, e := range j.of[Peerings].entries {
		name, undecidedVPC := j.vpcOf(e, nil, e.VPC)
		found, fault := peers.find(e, clues{label: e.Labels.Peer, refs: e.PeerVPC})
		peer, undecidedPeer := j.belongs(e, j.vpcs, found, fault)
		change(vpcs, name, undecidedVPC, func(v *VPC, undecided bool) {
			switch {
			case undecided, undecidedPeer:
				v.Peers = afterApply[[]string]()
			case peer != "":
				v.Peers = union(v.Peers, known([]string{peer}))
			}
		})
	}
	changeAll(vpcs, j.of[Peerings].afterApply, func(v *VPC) { v.Peers = afterApply[[]string]() })
}

// blockIndex finds the VPCs that have a range.
type blockIndex struct {
	names  []string
	blocks [][]netip.Prefix
	// undecided says that not all blocks are known.
	undecided bool
}

func newBlockIndex(vpcs Known[map[string]VPC]) blockIndex {
	x := blockIndex{undecided: vpcs.AfterApply}
	for _, name := range sortedKeys(vpcs.Value) {
		v := vpcs.Value[name]
		x.undecided = x.undecided || v.CIDRBlocks.AfterApply
		var blocks []netip.Prefix
		for _, block := range v.CIDRBlocks.Value {
			if p, fault := cidr.Parse(block); fault == nil {
				blocks = append(blocks, p)
			}
		}
		x.names, x.blocks = append(x.names, name), append(x.blocks, blocks)
	}
	return x
}

// around are the VPCs that have the range of a subnet.
func (x blockIndex) around(ranges Known[[]string]) *candidates {
	found := &candidates{undecided: x.undecided || ranges.AfterApply}
	text := first(ranges)
	p, fault := cidr.Parse(text.Value)
	if fault != nil {
		return found
	}
	for i, name := range x.names {
		if slices.ContainsFunc(x.blocks[i], func(b netip.Prefix) bool { return cidr.Contains(b, p) }) {
			found.names = append(found.names, name)
		}
	}
	return found
}
