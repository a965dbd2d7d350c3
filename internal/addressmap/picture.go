package addressmap

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Input is what a map is drawn of.
type Input struct {
	// Name is the allocator or cidrplan_blocks that the map is of, "" for claims of several.
	Name string
	// Claims are ranges in use, reserved ranges and supernets, by any key. Those without a range are left out.
	Claims map[string]topology.Foreign
	VPCs   map[string]topology.VPC
	Sites  map[string]topology.Site
	// Others are the ranges that clusters use beside Pods and Services and that are not among the claims, since no network routes them.
	Others []Use
	// Checked says that Conflicts are all conflicts that there are. Otherwise ranges that overlap in networks that are joined, as far
	// as the claims say, are shown as conflicts.
	Checked   bool
	Conflicts []Conflict
	// Pools are the names of the pools of each supernet of Name.
	Pools map[netip.Prefix][]string
	// Unusable are ranges, by VRF and ascending, in which the planner cannot allocate further ranges.
	Unusable map[string][]netip.Prefix
}

// Conflict is a rule that two ranges break.
type Conflict struct {
	A, B Party
	// Shared are the addresses that both use.
	Shared netip.Prefix
	// Code is the rule, "" where no rule was applied.
	Code string
	// Accepted says that the configuration accepts the conflict, Warning that it is not an error.
	Accepted, Warning bool
}

// Party is one of two uses in conflict.
type Party struct {
	Kind  Kind
	Owner string
	// Part is the route or subnet of the owner, or what it uses a range of Other for.
	Part string
}

// Use is a use of a range.
type Use struct {
	Kind  Kind
	Range netip.Prefix
	// Owner is the cluster, block, VPC or site, or for a supernet the allocator; Part is the route or subnet of a VPC, or what a cluster
	// uses a range of Other for.
	Owner, Part string
	// Network is the VPC or site that the range is used in, "" where it is in none.
	Network, VRF                    string
	Hubs, Peers                     []string
	Allocator, Profile, Description string
	// Pools are the names of the pools of a supernet.
	Pools []string
}

func (u Use) party() Party { return Party{u.Kind, u.Owner, u.Part} }

// Span is a run of addresses that are used alike.
type Span struct {
	interval
	// Kind is that of the first use.
	Kind Kind
	// Uses are all uses of the addresses, the one that is shown first and supernets last; none where nothing is declared.
	Uses []Use
	// Conflicts are those about the addresses. Shared says that several owners use them, and no rule is broken.
	Conflicts []Conflict
	Shared    bool
}

// blank says whether nothing is at the addresses, and no conflict about them, as about a supernet of two planners.
func (s Span) blank() bool { return s.Kind.unused() && len(s.Conflicts) == 0 }

// use is the use that is shown; the zero Use where nothing is.
func (s Span) use() Use {
	if len(s.Uses) == 0 {
		return Use{Kind: s.Kind}
	}
	return s.Uses[0]
}

// Area is a part of the address space that is drawn as a whole.
type Area struct {
	VRF   string
	Range netip.Prefix
	// Supernet says that the area is a supernet. Other areas are what is declared outside of supernets.
	Supernet bool
	// Owners are the allocators of a supernet, sorted.
	Owners []string
	// Pools are the names of the pools of a supernet.
	Pools []string
	// Spans are disjoint, ascending, and cover the area.
	Spans []Span
	// Around are uses that contain the area and more.
	Around []Use
}

// Picture is what a map shows: areas of supernets first, each sorted by VRF and address.
type Picture struct {
	Name  string
	Areas []Area
	// Elsewhere are the conflicts that are at no span, because one of the two uses is not drawn.
	Elsewhere []Conflict
}

// New makes the picture of an input. It depends on nothing but the input.
func New(in Input) Picture {
	p := Picture{Name: in.Name}
	byVRF := map[string][]Use{}
	var vrfs []string
	for _, u := range uses(in) {
		if _, known := byVRF[u.VRF]; !known {
			vrfs = append(vrfs, u.VRF)
		}
		byVRF[u.VRF] = append(byVRF[u.VRF], u)
	}
	slices.Sort(vrfs)
	var around []Area
	for _, vrf := range vrfs {
		all := byVRF[vrf]
		supernets := outermost(all, func(u Use) bool { return u.Kind == Supernet })
		for _, s := range supernets {
			p.Areas = append(p.Areas, newArea(vrf, s, all, true))
		}
		for _, block := range surroundings(all, supernets) {
			around = append(around, newArea(vrf, block, all, false))
		}
	}
	p.Areas = append(p.Areas, around...)
	marked := make([]bool, len(in.Conflicts))
	for i, a := range p.Areas {
		p.Areas[i].Spans = markUnusable(a.Spans, in.Unusable[a.VRF])
		markConflicts(p.Areas[i].Spans, in, marked)
	}
	for i, c := range in.Conflicts {
		if !marked[i] {
			p.Elsewhere = append(p.Elsewhere, c)
		}
	}
	return p
}

// outermost are the ranges of some uses that are in no other of them, ascending. Uses are sorted by range.
func outermost(all []Use, wanted func(Use) bool) []netip.Prefix {
	var out []netip.Prefix
	for _, u := range all {
		if wanted(u) && (len(out) == 0 || !cidr.Contains(out[len(out)-1], u.Range)) {
			out = append(out, u.Range)
		}
	}
	return out
}

// gathering are blocks of the address space that are one area each: the private ones, those for carriers and unique local ones.
var gathering = append(cidr.PrivateIPv4(), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("fd00::/8"))

// publicLength is the prefix length of the area around public ranges, by the length of an address.
var publicLength = map[int]int{32: 8, 128: 32}

// surroundings are the areas of what is declared outside of supernets; none where nothing is.
func surroundings(all []Use, supernets []netip.Prefix) []netip.Prefix {
	var out []netip.Prefix
	for _, root := range outermost(all, func(u Use) bool { return u.Kind != Supernet && !cidr.AnyContains(supernets, u.Range) }) {
		block, _ := root.Addr().Prefix(min(root.Bits(), publicLength[root.Addr().BitLen()]))
		for _, g := range gathering {
			if cidr.Contains(g, root) {
				block = g
			}
		}
		if len(out) == 0 || !cidr.Contains(out[len(out)-1], block) {
			out = append(out, block)
		}
	}
	slices.SortFunc(out, cidr.Compare)
	return slices.DeleteFunc(slices.Compact(out), func(p netip.Prefix) bool {
		return slices.ContainsFunc(out, func(o netip.Prefix) bool { return o != p && cidr.Contains(o, p) })
	})
}

// newArea is the area of a range with its spans. Of supernets outside of their own area nothing is shown but their range.
func newArea(vrf string, block netip.Prefix, all []Use, supernet bool) Area {
	a := Area{VRF: vrf, Range: block, Supernet: supernet}
	var inside []Use
	for _, u := range all {
		switch {
		case cidr.Contains(block, u.Range):
			inside = append(inside, u)
		case cidr.Contains(u.Range, block):
			a.Around = append(a.Around, u)
		}
	}
	if supernet {
		for _, u := range inside {
			if u.Kind == Supernet && u.Range == block {
				a.Owners, a.Pools = append(a.Owners, u.Owner), append(a.Pools, u.Pools...)
			}
		}
		slices.Sort(a.Owners)
		a.Owners = slices.Compact(a.Owners)
	} else {
		nested := outermost(inside, func(u Use) bool { return u.Kind == Supernet })
		inside = slices.DeleteFunc(inside, func(u Use) bool { return u.Kind != Supernet && cidr.AnyContains(nested, u.Range) })
	}
	a.Spans = partition(block, inside, a.Around, supernet)
	return a
}

// compareUses orders uses as a partition needs them: by range, the outer ones first.
func compareUses(a, b Use) int {
	return cmp.Or(
		cidr.Compare(a.Range, b.Range), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Part, b.Part),
		cmp.Compare(a.VRF, b.VRF), cmp.Compare(a.Allocator, b.Allocator), cmp.Compare(a.Network, b.Network),
		cmp.Compare(a.Profile, b.Profile), cmp.Compare(a.Description, b.Description), slices.Compare(a.Hubs, b.Hubs),
		slices.Compare(a.Peers, b.Peers),
	)
}
