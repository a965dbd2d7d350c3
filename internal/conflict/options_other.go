package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// otherParty are the options on the side that moves less easily, and between networks those on both sides.
func (g Group) otherParty() []topology.Option {
	f := g.Findings[0]
	switch {
	case f.VPCPlatform != "":
		return g.ofVPC()
	case f.B == nil || g.Sampled() || f.A.OfClusterOrBlock() && f.A.Part != "":
		return nil
	case f.B.Kind == Supernet:
		return g.otherSupernets()
	case f.B.Foreign():
		return g.movesThere()
	}
	options := slices.Concat(
		g.ofAll(
			Aggregate,
			Finding.aggregate,
		),
		g.ofAll(LeadsTo, Finding.leadsTo),
		g.ofAll(Unused, Finding.unused),
		g.ofAll(Gone, Finding.gone),
		g.ofAll(
			Wider,
			func(f Finding) []topology.Edit { return g.narrow(*f.B) },
		),
		g.ofAll(Corrected, Finding.correctOther),
		g.ofAll(OtherRange, g.pinOther),
	)
	if !f.A.OfClusterOrBlock() && len(g.Findings) == 1 {
		options = append(options, option(Wider, g.narrow(f.A)...)...)
	}
	return options
}

// ofAll is an option that makes edits for each finding, none where one of them has none.
func (g Group) ofAll(why topology.OptionKind, edits func(Finding) []topology.Edit) []topology.Option {
	o := topology.Option{Kind: why}
	for _, f := range g.Findings {
		more := edits(f)
		if len(more) == 0 {
			return nil
		}
		o.Add(more...)
		if why == LeadsTo && o.Subject != "" && o.Subject != f.A.Network {
			return nil
		}
		if why == LeadsTo {
			o.Subject = f.A.Network
		}
	}
	return []topology.Option{o}
}

// ofRoute is an argument of the route that a claim is.
func (c Claim) ofRoute(attr string) topology.Path { return c.At[:len(c.At)-1].Attr(attr) }

func (f Finding) aggregate() []topology.Edit {
	if f.B.Kind != Route {
		return nil
	}
	return []topology.Edit{topology.Set(f.B.ofRoute("summary"), true)}
}

// leadsTo states that a route leads to the network of the other party, where the two networks are joined.
func (f Finding) leadsTo() []topology.Edit {
	if f.B.Kind != Route || f.B.Network == f.A.Network || f.A.Network == "" {
		return nil
	}
	over := "peering"
	if f.Hub != "" {
		over = "transit"
	}
	return []topology.Edit{topology.Set(f.B.ofRoute("next_hop"), over)}
}

// unused are the edits that free a range which nothing uses any more.
func (f Finding) unused() []topology.Edit {
	switch {
	case f.B.Kind != Reserved && f.B.Kind != Released:
		return nil
	case f.RestoredAt != nil:
		return []topology.Edit{topology.Remove(f.RestoredAt)}
	case f.B.Kind == Released:
		return []topology.Edit{topology.Add(topology.Path{}.Attr("reclaim"), f.B.Owner)}
	}
	return []topology.Edit{topology.Remove(f.B.At[:len(f.B.At)-1])}
}

// gone is the edit where what existing names is gone.
func (f Finding) gone() []topology.Edit {
	if f.B.Kind != Existing {
		return nil
	}
	return []topology.Edit{topology.Remove(f.B.At)}
}

// narrow is the edit that takes what the group shares out of a range of a network or out of a reserved range. There is none
// where nothing would be left.
func (g Group) narrow(c Claim) []topology.Edit {
	if !c.ofNetwork() && c.Kind != Reserved {
		return nil
	}
	var shared []netip.Prefix
	for _, f := range g.Findings {
		if f.Shared == c.Range {
			return nil
		}
		if cidr.Contains(c.Range, f.Shared) && !slices.Contains(shared, f.Shared) {
			shared = append(shared, f.Shared)
		}
	}
	return []topology.Edit{topology.Set(c.At, topology.PartInUse{Without: shared})}
}

func (f Finding) correctOther() []topology.Edit {
	if !f.B.byDefault() || f.B.Kind == Other { // see otherUses
		return nil
	}
	return []topology.Edit{topology.Set(f.B.declared(), topology.OutsideOf{f.A.Range})}
}

// pinOther gives the other party another range, where the configuration pins it.
func (g Group) pinOther(f Finding) []topology.Edit {
	if f.B.Source != Pinned || !f.B.OfClusterOrBlock() || f.B.SameAs != "" || f.B.Owner == f.A.Owner || len(f.OtherFreeRanges) == 0 {
		return nil
	}
	most := len(f.OtherFreeRanges)
	if len(g.Findings) > 1 {
		most = 1
	}
	edits := []topology.Edit{topology.Set(f.B.At, firstOf(f.OtherFreeRanges[:most]))}
	if f.OtherHeld {
		return append(edits, g.tokens(*f.B)...)
	}
	return append(edits, g.unadopted(*f.B)...)
}

// separations are the options that part the networks or the mesh that make the parties meet.
func (g Group) separations() []topology.Option {
	f := g.Findings[0]
	if f.B == nil || g.Sampled() {
		return nil
	}
	if f.Mesh != "" {
		return slices.Concat(
			g.ofAll(OutOfMesh, func(f Finding) []topology.Edit { return f.A.outOf(f.Mesh) }),
			g.ofAll(OutOfMesh, func(f Finding) []topology.Edit { return f.B.outOf(f.Mesh) }),
		)
	}
	return slices.Concat(
		g.ofAll(Apart, func(f Finding) []topology.Edit { return f.Separations }),
		g.ofAll(Apart, func(f Finding) []topology.Edit { return f.OtherSeparations }),
	)
}

// outOf takes the cluster out of a mesh. Of what another workspace has, its declaration is not known.
func (c Claim) outOf(mesh string) []topology.Edit {
	if c.Foreign() || !slices.Contains(c.Meshes, mesh) {
		return nil
	}
	return []topology.Edit{topology.RemoveFrom(topology.Path{}.Attr("clusters").Key(c.Owner).Attr("meshes"), mesh)}
}
