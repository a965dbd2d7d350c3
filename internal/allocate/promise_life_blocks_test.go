package allocate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Whatever happens to blocks, they do what the model of an allocator does.
func TestLifeOfBlocks(t *testing.T) {
	t.Parallel()
	catalog := profile.Default()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := blocks(supernets(one(d, "room", "10.0.0.0/16", "10.0.0.0/26"), "fd00::/40"))
		for i := range d.number(0, 5, "blocks") {
			block(fmt.Sprint("b", i), d.block(fmt.Sprint("b", i)))(&r)
		}
		if d.chance(30, "reserved") {
			reserved("x", "10.0.0.16/28")(&r)
		}
		if d.chance(40, "reclaim") {
			r.Reclaim = []string{everyone}
		}
		liveThrough(d, r, d.blockTurn, catalog)
	})
}

func (d draw) block(label string) topology.Block {
	switch d.number(0, 4, label+" is") {
	case 0:
		return topology.Block{
			Addresses: int64(d.number(1, 60, label+" addresses")),
			Platform:  one(d, label+" platform", "", "alicloud", "huaweicloud"),
		}
	case 1:
		return topology.Block{PrefixLength: d.number(60, 66, label+" length")}
	case 2:
		return topology.Block{CIDR: d.blockPin(label)}
	default:
		return topology.Block{PrefixLength: d.number(26, 30, label+" length")}
	}
}

func (d draw) blockPin(label string) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(d.number(0, 63, label+" place"))}), d.number(26, 30, label+" pin")).
		Masked()
}

// blockTurn draws an edit of a request of blocks.
func (d draw) blockTurn(r Request, was life, buried declarations, label string) turn {
	r = edited(r)
	r.Renumber = maps.Clone(r.Renumber)
	all := r.Facts.Blocks
	kinds := []string{"new", "new", "reclaim", "guard", "restore", "squeeze", "reserve"}
	if len(all) > 0 {
		kinds = append(kinds, "drop", "drop", "rename", "lose", "renumber", "pin", "elsewhere", "shrink", "grow", "forget")
	}
	if len(buried) > 0 {
		kinds = append(kinds, "return", "return", "return")
	}
	kind := one(d, label+" kind", kinds...)
	name := ""
	if len(all) > 0 {
		name = one(d, label+" block", names(all)...)
	}
	switch kind {
	case "new":
		name = fmt.Sprint("b", d.number(0, 9, label+" name"))
		if _, taken := all[name]; taken {
			return turn{"nothing", true, r}
		}
		block(name, d.block(label))(&r)
		return turn{"new " + name, false, r}
	case "return":
		name = one(d, label+" returns", names(buried)...)
		if _, declared := all[name]; !declared {
			all[name] = buried[name].(topology.Block)
		}
		return turn{"return " + name, false, r}
	case "reserve":
		r.Facts.Reserved[label] = topology.Reserved{CIDR: d.blockPin(label)}
		return turn{"reserve " + r.Facts.Reserved[label].CIDR.String(), false, r}
	case "squeeze":
		r.Supernets = prefixes(one(d, label+" room", "10.0.0.0/16", "10.0.0.0/25", "10.0.0.0/26", "10.0.0.0/27"), "fd00::/40")
		return turn{"squeeze to " + r.Supernets[0].String(), true, r}
	case "drop", "restore":
		t := turn{kind + " " + name, kind == "drop", r}
		if kind == "drop" {
			delete(all, name)
			delete(r.Renumber, name)
		} else {
			t.r.Prior = &Prior{Allocations: r.Prior.Allocations, Released: r.Prior.Released, Imported: true}
		}
		return t
	case "rename", "lose":
		return d.rename(r, name, kind == "rename", was, label)
	case "reclaim", "guard", "renumber":
		return d.small(r, kind, name, topology.Cluster{}, was, label)
	}
	return d.resize(r, kind, name, was, label)
}

// resize gives a block another size or pin.
func (d draw) resize(r Request, kind, name string, was life, label string) turn {
	now, held := r.Facts.Blocks[name], was.held[name].Block
	b, calm := topology.Block{PreviousNames: now.PreviousNames}, held.IsValid()
	switch kind {
	case "pin":
		b.CIDR = held
	case "elsewhere":
		b.CIDR, calm = d.blockPin(label), false
	case "shrink":
		b.PrefixLength = min(held.Bits()+1, 128)
		calm = calm && (held.Addr().Is6() || b.PrefixLength <= 32)
	case "grow":
		b.PrefixLength, calm = max(held.Bits()-1, 1), false
	}
	r.Facts.Blocks[name] = b
	return turn{fmt.Sprintf("%s %s", kind, name), calm, r}
}

// Every range is disjoint from all others that are in use, and of the family and size that is asked for.
func TestBlocksAreDisjointAndLargeEnough(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := blocks(supernets("10.0.0.0/24", "fd00::/40"))
		for i := range d.number(1, 8, "blocks") {
			block(fmt.Sprint("b", i), d.block(fmt.Sprint("b", i)))(&r)
		}
		got := Plan(r, profile.Default())
		if got.Failed() {
			return
		}
		all := slices.Collect(maps.Values(got.Allocations))
		for i, a := range all {
			if slices.ContainsFunc(all[:i], func(b Allocation) bool { return a.Block.Overlaps(b.Block) }) {
				t.Errorf("%v is allocated twice", a.Block)
			}
		}
		for name, b := range r.Facts.Blocks {
			has, keeps := got.Allocations[name].Block, map[string]int64{"alicloud": 4, "huaweicloud": 5}[b.Platform]
			if want := b.PrefixLength; want != 0 && has.Bits() != want || want > 32 != has.Addr().Is6() && want != 0 {
				t.Errorf("%s asks for /%d and has %v", name, want, has)
			}
			if want := b.Addresses; want != 0 && (has.Addr().Is6() || int64(1)<<(32-has.Bits())-keeps < want) {
				t.Errorf("%s asks for %d addresses on %q and has %v", name, want, b.Platform, has)
			}
		}
	})
}

// Blocks are placed exactly when the supernets can hold them, as trying every place of each one shows.
func TestBlocksAreComplete(t *testing.T) {
	t.Parallel()
	u, placed, full := oracle.NewUniverse(prefix("10.0.0.0/28"), 32), 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t}
		r := blocks(supernets("10.0.0.0/29", "10.0.0.8/30", "10.0.0.12/31"))
		taken := []netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(d.number(0, 15, "reserved"))}), 32)}
		reserved("x", taken[0].String())(&r)
		var items []oracle.Item
		for i := range d.number(1, 5, "blocks") {
			length := d.number(29, 32, fmt.Sprint("length ", i))
			ofLength(fmt.Sprint("b", i), length)(&r)
			items = append(items, oracle.Item{Length: length, Allowed: r.Supernets, Forbidden: taken})
		}
		_, possible := u.Place(items, func(int, int) bool { return true })
		got := Plan(r, profile.Default())
		if possible == got.Failed() {
			t.Fatalf("can be placed: %t, and the plan says:\n%s", possible, allReports(got))
		}
		if possible {
			placed++
		} else {
			full++
		}
	})
	if placed < 5 || full < 5 {
		t.Errorf("placed %d times, and %d times not", placed, full)
	}
}
