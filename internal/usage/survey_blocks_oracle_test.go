package usage

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// blocks draws a cidrplan_blocks whose ranges and facts are in the universe. What a plan allocates is its prior state.
func (u universe) blocks(t *rapid.T) allocate.Request {
	chance := func(what string, of int) bool { return rapid.IntRange(1, of).Draw(t, what) == 1 }
	r := request(supernets(u.pods))
	r.OfBlocks, r.ServiceSupernets, r.Pools = true, nil, nil
	r.Facts.VPCs, r.Facts.Blocks = nil, map[string]topology.Block{}
	if chance("a reserved range", 2) {
		r.Facts.Reserved["later"] = topology.Reserved{CIDR: u.draw(t, "reserved")}
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "foreign claims") {
		r.Facts.Foreign[fmt.Sprint(i)] = topology.Foreign{
			Owner: fmt.Sprint("far", i), Allocator: "another", CIDR: u.draw(t, fmt.Sprint("foreign", i)),
			Kind: rapid.SampledFrom(topology.ForeignKinds).Draw(t, fmt.Sprint("kind", i)),
		}
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "blocks") {
		name := fmt.Sprint("b", i)
		r.Facts.Blocks[name] = topology.Block{PrefixLength: rapid.IntRange(u.cell-2, u.cell).Draw(t, name)}
	}
	r = keepHeld(r)
	for _, name := range slices.Sorted(maps.Keys(r.Facts.Blocks)) {
		if chance(name+" is released", 4) {
			release(r, name, "")
		}
	}
	return r
}

// canHaveBlock asks the planner whether a further block can have a cell: all others are in use by blocks that are not declared.
func (u universe) canHaveBlock(r allocate.Request, cell netip.Prefix) bool {
	r.Existing = map[string]allocate.Existing{}
	for i, rest := range cidr.NewSet(u.all).Minus(cidr.NewSet(cell)).Prefixes() {
		r.Existing[fmt.Sprint("fill", i)] = allocate.Existing{CIDR: rest}
	}
	r.Facts.Blocks = maps.Clone(r.Facts.Blocks)
	r.Facts.Blocks["probe"] = topology.Block{PrefixLength: u.cell}
	return allocate.Plan(r, profile.Default()).Allocations["probe"].Ranges.Block == cell
}

// haveRoom asks the planner whether so many further blocks of a length have room.
func haveRoom(r allocate.Request, length, number int) bool {
	r.Facts.Blocks = maps.Clone(r.Facts.Blocks)
	for i := range number {
		r.Facts.Blocks[fmt.Sprint("further", i)] = topology.Block{PrefixLength: length}
	}
	result := allocate.Plan(r, profile.Default())
	for i := range number {
		if _, has := result.Allocations[fmt.Sprint("further", i)]; !has {
			return false
		}
	}
	return true
}

// Every figure of a cidrplan_blocks is what counting cell by cell gives, where the planner says which cells are free.
func TestFiguresOfBlocksAgreeWithThePlannerCellByCell(t *testing.T) {
	for name, u := range universes {
		t.Run(name, func(t *testing.T) {
			free, used := 0, 0
			rapid.Check(t, func(rt *rapid.T) {
				r := u.blocks(rt)
				o := &oracle{
					universe: u, request: r, counts: map[Use]int{}, in: map[string][]netip.Prefix{}, unusable: map[netip.Prefix][]ask{},
					can: func(r allocate.Request, _ ask, cell netip.Prefix) bool { return u.canHaveBlock(r, cell) },
				}
				for _, cell := range u.cells(r.Supernets[0]) {
					use := o.use(cell, u.canHaveBlock(r, cell))
					switch o.counts[use]++; use {
					case Free:
						o.free = append(o.free, cell)
					case Unusable:
						o.unusable[cell] = []ask{{}}
					}
				}
				o.in[""] = o.free // blocks are in no network
				got := surveyed(t, r).Figures(r.Supernets, "")
				compare(rt, got, o, r.Supernets, u.family.Bits())
				compareFacts(rt, got, o)
				fit := rapid.SampledFrom(got.Fits).Draw(rt, "length")
				if number := int(fit.Ranges.Int64()); fit.Length <= u.cell &&
					(!haveRoom(r, fit.Length, number) || haveRoom(r, fit.Length, number+1)) {
					rt.Fatalf("a plan does not allocate %d blocks of /%d, or allocates one more", number, fit.Length)
				}
				free, used = free+o.counts[Free], used+o.counts[Allocated]+o.counts[Released]+o.counts[Unusable]
			})
			if free == 0 || used == 0 {
				t.Errorf("%d cells are free and %d in use: too few to show anything", free, used)
			}
		})
	}
}
