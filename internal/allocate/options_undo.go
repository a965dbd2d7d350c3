package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// undone is the option that takes back what was changed of the parties of a new finding since the last apply: blocks, links
// and routes of networks, and meshes of clusters. There is none where something else brought the finding.
func (o *optionFinder) undone(f conflict.Finding) []topology.Option {
	if o.request.Prior == nil || o.request.Prior.Imported || f.PreExisting || f.B == nil || f.A.Foreign() {
		return nil
	}
	u := undo{was: o.request.Prior.Facts, now: o.request.Facts}
	isNew, otherIsNew := isUse(f.A) && !f.Held, isUse(*f.B) && !f.B.Foreign() && !f.OtherHeld
	if isNew || otherIsNew { // which has an option for that, unless a cluster that was there only uses another range
		return u.otherUses(isNew, f.A, otherIsNew, *f.B)
	}
	var networks []string
	for _, name := range []string{f.A.Network, f.B.Network, f.Third} {
		if name != "" && !slices.Contains(networks, name) {
			networks = append(networks, name)
		}
	}
	for _, name := range networks {
		u.links(name)
	}
	for _, c := range []conflict.Claim{f.A, *f.B} {
		u.declaration(c)
		if f.Mesh != "" && c.OfCluster() && !c.Foreign() {
			at := topology.Path{}.Attr("clusters").Key(c.Owner).Attr("meshes")
			u.names(at, u.was.Clusters[c.Owner].Meshes, u.now.Clusters[c.Owner].Meshes)
		}
	}
	return u.option()
}

// option is the option of the edits, none where there are none.
func (u *undo) option() []topology.Option {
	if len(u.edits) == 0 {
		return nil
	}
	return []topology.Option{{Kind: conflict.Undone, Edits: u.edits}}
}

// isUse says whether a cluster or block uses the range.
func isUse(c conflict.Claim) bool { return c.OfClusterOrBlock() || c.Kind == conflict.Other }

// undo collects the edits that lead from the facts of now back to those of the last apply.
type undo struct {
	was, now topology.Facts
	edits    []topology.Edit
}

func (u *undo) set(at topology.Path, was, now any) {
	u.edits = append(u.edits, topology.Set(at, topology.BackTo{Was: was, Now: now}))
}

// names takes back a change of a list of names.
func (u *undo) names(at topology.Path, was, now []string) {
	if !slices.Equal(slices.Sorted(slices.Values(was)), slices.Sorted(slices.Values(now))) {
		u.set(at, append([]string{}, was...), append([]string{}, now...))
	}
}

// ranges takes back a change of a list of ranges.
func (u *undo) ranges(at topology.Path, was, now []netip.Prefix) {
	if !slices.Equal(was, now) {
		u.set(at, topology.Texts(was), topology.Texts(now))
	}
}

// links takes back what was changed of the hubs and peers of a network that was declared before.
func (u *undo) links(name string) {
	if was, ok := u.was.VPCs[name]; ok {
		if now, ok := u.now.VPCs[name]; ok {
			at := topology.Path{}.Attr("vpcs").Key(name)
			u.names(at.Attr("hubs"), was.Hubs, now.Hubs)
			u.names(at.Attr("peers"), was.Peers, now.Peers)
		}
	}
	if was, ok := u.was.Sites[name]; ok {
		if now, ok := u.now.Sites[name]; ok {
			at := topology.Path{}.Attr("sites").Key(name)
			u.names(at.Attr("hubs"), was.Hubs, now.Hubs)
			u.names(at.Attr("peers"), was.Peers, now.Peers)
		}
	}
}

// declaration takes back what was changed of the ranges, the subnet or the route that a claim comes from.
func (u *undo) declaration(c conflict.Claim) {
	switch c.Kind {
	case conflict.VPC:
		was, ok := u.was.VPCs[c.Owner]
		now := u.now.VPCs[c.Owner]
		if at := (topology.Path{}).Attr("vpcs").Key(c.Owner); ok {
			u.ranges(at.Attr("cidr_blocks"), was.CIDRBlocks, now.CIDRBlocks)
			u.ranges(at.Attr("ipv6_cidr_blocks"), was.IPv6CIDRBlocks, now.IPv6CIDRBlocks)
			u.ranges(at.Attr("advertised_cidrs"), was.AdvertisedCIDRs, now.AdvertisedCIDRs)
		}
	case conflict.Site:
		was, ok := u.was.Sites[c.Owner]
		now := u.now.Sites[c.Owner]
		if at := (topology.Path{}).Attr("sites").Key(c.Owner); ok {
			u.ranges(at.Attr("cidr_blocks"), was.CIDRBlocks, now.CIDRBlocks)
			u.ranges(at.Attr("advertised_cidrs"), was.AdvertisedCIDRs, now.AdvertisedCIDRs)
		}
	case conflict.Subnet:
		at := topology.Path{}.Attr("vpcs").Key(c.Owner).Attr("subnets").Key(c.Part)
		if was, ok := u.was.VPCs[c.Owner].Subnets[c.Part]; !ok {
			u.edits = append(u.edits, topology.Remove(at))
		} else if was != c.Range {
			u.set(at, was.String(), c.Range.String())
		}
	case conflict.Route:
		u.route(c)
	default: // ranges of clusters and what is reserved have options of their own
	}
}

// otherUses is the option that takes back which ranges clusters use beside Pods and Services, where these are what is new of two parties.
func (u *undo) otherUses(isNew bool, a conflict.Claim, otherIsNew bool, b conflict.Claim) []topology.Option {
	for _, party := range []struct {
		isNew bool
		conflict.Claim
	}{{isNew, a}, {otherIsNew, b}} {
		if _, before := u.was.Clusters[party.Owner]; party.isNew && (party.Kind != conflict.Other || !before) {
			return nil
		} else if party.isNew {
			u.otherUse(party.Claim)
		}
	}
	return u.option()
}

// otherUse takes back a change of the ranges that a cluster uses for a purpose beside Pods and Services.
func (u *undo) otherUse(c conflict.Claim) {
	at := topology.Path{}.Attr("clusters").Key(c.Owner).Attr("other_ranges").Key(c.Part)
	was, listed := u.was.Clusters[c.Owner].OtherRanges[c.Part]
	now, lists := u.now.Clusters[c.Owner].OtherRanges[c.Part]
	if lists && !listed {
		u.edits = append(u.edits, topology.Remove(at))
		return
	}
	u.ranges(at, was, now)
}

// route takes back what was changed of a route.
func (u *undo) route(c conflict.Claim) {
	at := topology.Path{}.Attr("vpcs").Key(c.Owner).Attr("routes").Key(c.Part)
	was, ok := u.was.VPCs[c.Owner].Routes[c.Part]
	now := u.now.VPCs[c.Owner].Routes[c.Part]
	if !ok {
		u.edits = append(u.edits, topology.Remove(at))
		return
	}
	if was.Destination != now.Destination {
		u.set(at.Attr("destination"), was.Destination.String(), now.Destination.String())
	}
	if was.NextHop != now.NextHop {
		u.set(at.Attr("next_hop"), was.NextHop, now.NextHop)
	}
	if was.Summary != nil && *was.Summary && (now.Summary == nil || !*now.Summary) {
		u.set(at.Attr("summary"), true, false)
	}
}
