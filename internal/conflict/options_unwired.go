package conflict

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// side is one party of a finding of a ConfigCheck, with the range of the other party.
type side struct {
	Claim
	// from is its origin, planner the planner that has it, the zero Origin where none has.
	from, planner topology.Origin
	held          bool
	other         netip.Prefix
}

func (f Finding) sides() (a, b side) {
	return side{
			f.A,
			f.Unwired.A,
			f.Unwired.APlanner,
			f.Held,
			f.B.Range,
		}, side{
			*f.B,
			f.Unwired.B,
			f.Unwired.BPlanner,
			f.OtherHeld,
			f.A.Range,
		}
}

// UnwiredOptions are the options that resolve a finding of a ConfigCheck, in the order of the table of rules. Each edit names its
// resource.
func (f Finding) UnwiredOptions() []topology.Option {
	a, b := f.sides()
	if len(f.Unwired.ABlocks) > 0 {
		return inOrder(f.oneName(a, b), rules.OptionsOf(f.Code))
	}
	return inOrder(distinctOptions(append(f.between(a, b), f.acceptedBy())), rules.OptionsAcross())
}

// between are the options that change one of two sides.
func (f Finding) between(a, b side) []topology.Option {
	switch {
	case (a.from.Kind == Blocks) != (b.from.Kind == Blocks):
		return f.betweenPlanners(a, b)
	case f.A.Kind == Block:
		return f.betweenBlocks(a, b)
	case f.A.Holder != "" && f.A.Owner == f.B.Owner:
		return clusterOfTwo(a, b)
	}
	return f.betweenOwners(a, b)
}

// in is an edit of an argument of the resource that has the party.
func (s side) in(e topology.Edit) topology.Edit { return e.Within(topology.Resource{Origin: s.from}) }

// planned is an edit of an argument of the planner that has the party.
func (s side) planned(e topology.Edit) topology.Edit {
	return e.Within(topology.Resource{Origin: s.planner})
}

// withToken are the edits that the planner needs to give the owner of a held range another one.
func (s side) withToken() []topology.Edit {
	if !s.held || s.planner.Name == "" {
		return nil
	}
	return []topology.Edit{s.planned(topology.Set(topology.Path{}.Attr("renumber").Key(s.Owner), topology.NewToken))}
}

// chosen says whether a planner chose the range.
func (s side) chosen() bool {
	return s.OfClusterOrBlock() && s.Source == Allocated && isPlanner(s.from)
}

// otherPin is the option that gives a pinned party another range.
func (s side) otherPin() []topology.Option {
	if s.Kind == Other {
		at := s.At
		if s.Source == Assumed {
			at = s.useAt()
		}
		return option(AnyRange, s.in(topology.Set(at, topology.OutsideOf{s.other})))
	}
	if !s.OfClusterOrBlock() || !s.Fixed() {
		return nil
	}
	return option(AnyRange, append([]topology.Edit{s.in(topology.Set(s.At, topology.OutsideOf{s.other}))}, s.withToken()...)...)
}

// passClaims is the option that gives the planner of a party the claims of the other party, so that it allocates around them.
func (s side) passClaims(o side) []topology.Option {
	if !s.chosen() {
		return nil
	}
	var known topology.Edit
	switch {
	case o.planner.Name != "" && (o.chosen() || o.Routed() || o.Kind.Reservation() && o.Kind != Reserved):
		known = s.in(topology.Add(topology.Path{}.Attr("foreign_claims"), topology.ClaimsOf(o.planner)))
	case o.from.Kind == "vpc" && s.from.Kind == Allocator:
		known = s.in(topology.Set(topology.Path{}.Attr("vpcs").Key(o.Owner), topology.Result{Of: o.from}))
	case o.from.Kind == "site" && s.from.Kind == Allocator:
		known = s.in(topology.Set(topology.Path{}.Attr("sites").Key(o.Owner), topology.Result{Of: o.from}))
	default:
		known = s.in(topology.Set(topology.Path{}.Attr("reserved").Key(o.Owner), topology.Entry{Attr: "cidr", Value: o.Range.String()}))
	}
	return option(Known, append([]topology.Edit{known}, s.withToken()...)...)
}

// otherSupernets is the option that lets the planner of a party allocate from addresses that the other one does not have.
func (s side) otherSupernets() []topology.Option {
	if !s.chosen() {
		return nil
	}
	return option(
		OtherSupernets,
		append([]topology.Edit{s.in(topology.Set(supernetsOf(s.Claim), topology.OutsideOf{s.other}))}, s.withToken()...)...)
}

// renameExisting are the options where existing of a planner names a range that another party has.
func (s side) renameExisting(o side) []topology.Option {
	if s.Kind != Existing {
		return nil
	}
	options := option(Gone, s.in(topology.Remove(s.At)))
	if s.OfBlock() == (o.Kind == Block) {
		options = slices.Concat(option(Named, s.in(topology.Rename(s.At, o.Owner))), options)
	}
	return options
}

// unused is the option that reclaims a range that was released.
func (s side) unused() []topology.Option {
	if s.Kind != Released {
		return nil
	}
	return option(Unused, s.in(topology.Add(topology.Path{}.Attr("reclaim"), s.Owner)))
}

// betweenOwners are the options for two ranges that no allocator was both given.
func (f Finding) betweenOwners(a, b side) []topology.Option {
	options := slices.Concat(
		a.passClaims(b), b.passClaims(a), a.otherPin(), b.otherPin(), a.unused(), b.unused(), a.renameExisting(b), b.renameExisting(a),
	)
	g := Group{Findings: []Finding{f}}
	for _, o := range slices.Concat(g.ofAll(Aggregate, Finding.aggregate), g.ofAll(LeadsTo, Finding.leadsTo)) {
		options = append(options, o.Within(topology.Resource{Origin: f.Unwired.B}))
	}
	for _, o := range g.ofAll(Wider, func(f Finding) []topology.Edit { return g.narrow(*f.B) }) {
		options = append(options, o.Within(topology.Resource{Origin: f.Unwired.B}))
	}
	if !f.A.OfClusterOrBlock() {
		for _, o := range option(Wider, g.narrow(f.A)...) {
			options = append(options, o.Within(topology.Resource{Origin: f.Unwired.A}))
		}
	}
	return slices.Concat(options, option(Apart, f.Separations...), option(Apart, f.OtherSeparations...))
}

// clusterOfTwo are the options where two allocators allocated for clusters of one name.
func clusterOfTwo(a, b side) []topology.Option {
	var options []topology.Option
	for _, s := range [][2]side{{b, a}, {a, b}} {
		cluster := topology.Path{}.Attr("clusters").Key(s[0].Owner)
		options = append(options, option(OneOnly, s[0].in(topology.Remove(cluster)))...)
		if a.Range == b.Range {
			options = append(options, option(OneOnly, s[0].allAs(s[1])...)...)
		}
		options = append(options, s[0].otherSupernets()...)
	}
	return options
}

// allAs are the edits that pin a cluster to what another allocator allocated for it. A new cluster has all ranges from there.
func (s side) allAs(o side) []topology.Edit {
	pins := []string{"pod_cidrs"}
	switch {
	case s.Kind == Service:
		pins = []string{"service_cidr"}
	case !s.held && s.Profile != nil && s.Profile.Pods.From != profile.Shared:
		pins = append(pins, "service_cidr")
	}
	var edits []topology.Edit
	for _, pin := range pins {
		given := topology.Result{Of: o.from, At: topology.Path{}.Attr("allocations").Key(o.Owner).Attr(pin)}
		edits = append(edits, s.in(topology.Set(topology.Path{}.Attr("clusters").Key(s.Owner).Attr(pin), given)))
	}
	return edits
}

// betweenPlanners are the options for a block and a range of a cluster, which two planners have.
func (f Finding) betweenPlanners(a, b side) []topology.Option {
	block, cluster := b, a
	if a.from.Kind == Blocks {
		block, cluster = a, b
	}
	options := slices.Concat(a.unused(), b.unused(), a.renameExisting(b), b.renameExisting(a))
	switch {
	case block.outOfUse() || cluster.outOfUse() || cluster.Kind == Other:
	case cidr.Contains(block.Range, cluster.Range):
		options = append(
			options,
			option(Meant, cluster.planned(topology.Set(supernetsOf(cluster.Claim), []string{block.Range.String()})))...)
	case cluster.OfCluster() && cidr.Contains(cluster.Range, block.Range):
		options = append(
			options,
			option(Meant, block.in(topology.Set(topology.Path{}.Attr("supernets"), []string{cluster.Range.String()})))...)
	}
	options = slices.Concat(
		options, a.otherPin(), b.otherPin(), a.passClaims(b), b.passClaims(a), a.otherSupernets(), b.otherSupernets(),
	)
	return append(options, option(OtherVRF, block.in(topology.Set(topology.Path{}.Attr("vrf"), block.from.Name)))...)
}

// betweenBlocks are the options for two blocks of two planners, or for one and what was released.
func (f Finding) betweenBlocks(a, b side) []topology.Option {
	options := slices.Concat(a.unused(), b.unused(), a.renameExisting(b), b.renameExisting(a), a.otherPin(), b.otherPin())
	if f.B.Kind == Block {
		inner, outer := b, a
		if a.Range.Bits() > b.Range.Bits() {
			inner, outer = a, b
		}
		options = append(
			options,
			option(Part, inner.in(topology.Set(topology.Path{}.Attr("supernets"), []string{outer.Range.String()})))...)
	}
	options = slices.Concat(options, a.passClaims(b), b.passClaims(a), a.otherSupernets(), b.otherSupernets())
	return append(options, option(OtherVRF, b.in(topology.Set(topology.Path{}.Attr("vrf"), b.from.Name)))...)
}

// oneName are the options for two networks of one name: both have the same blocks, or one has another name.
func (f Finding) oneName(a, b side) []topology.Option {
	renamed := func(s side) []topology.Option {
		at := topology.Path{}.Attr("name")
		if isPlanner(s.from) {
			at = s.At[:len(s.At)-1]
		}
		var edits []topology.Edit
		if s.held { // its clusters stay where they are
			names := topology.Path{}
			if isPlanner(s.from) {
				names = at
			}
			edits = append(edits, s.in(topology.Add(names.Attr("previous_names"), s.Owner)))
		}
		edits = append(edits, s.in(topology.Rename(at, s.Owner+"-2")))
		return option(Renamed, edits...)
	}
	return slices.Concat(
		option(
			Equal,
			b.in(topology.Set(b.At, topology.Texts(f.Unwired.ABlocks))),
		),
		option(Equal, a.in(topology.Set(a.At, topology.Texts(f.Unwired.BBlocks)))),
		renamed(a),
		renamed(b),
	)
}

// acceptedBy is the option that accepts the finding, in a resource that takes part and can: a planner, or a network.
func (f Finding) acceptedBy() topology.Option {
	o := Group{Findings: []Finding{f}}.acceptance()
	for _, from := range []topology.Origin{f.Unwired.A, f.Unwired.B, f.Unwired.AHome, f.Unwired.BHome} {
		if isPlanner(from) || from.Kind == "vpc" || from.Kind == "site" {
			return o.Within(topology.Resource{Origin: from})
		}
	}
	return o
}
