package placement

import (
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/oracle"
)

func prefixes(texts ...string) []netip.Prefix {
	var list []netip.Prefix
	for _, text := range texts {
		list = append(list, netip.MustParsePrefix(text))
	}
	return list
}

func space(ranges ...netip.Prefix) *cidr.Space { return cidr.NewSpace(cidr.NewSet(ranges...)) }

// groupOf is a group of IPv4 ranges of which all supernets are free but for some ranges.
func groupOf(length, separation int, supernets []netip.Prefix, taken ...netip.Prefix) Group {
	free := space(supernets...)
	free.RemoveAll(taken)
	return Group{Length: length, Family: cidr.V4, Supernets: supernets, Free: free, Separation: separation}
}

// allDisjoint is a table for n separations in which ranges of every two must be disjoint.
func allDisjoint(n int) [][]bool {
	table := make([][]bool, n)
	for i := range table {
		for range n {
			table[i] = append(table[i], true)
		}
	}
	return table
}

// oneEach demands one range of each group.
func oneEach(groups ...Group) Problem {
	p := Problem{Groups: groups}
	separations := 0
	for i, g := range groups {
		p.Demands, separations = append(p.Demands, i), max(separations, g.Separation+1)
	}
	p.Disjoint = allDisjoint(separations)
	return p
}

func texts(ranges []netip.Prefix) []string {
	list := make([]string, len(ranges))
	for i, r := range ranges {
		if r.IsValid() {
			list[i] = r.String()
		}
	}
	return list
}

// missing counts the demands without a range.
func missing(chosen []netip.Prefix) int {
	count := 0
	for _, r := range chosen {
		if !r.IsValid() {
			count++
		}
	}
	return count
}

// tiny draws problems in a universe of few addresses.
type tiny struct {
	*rand.Rand
	u oracle.Universe
}

func (d tiny) chance(percent int) bool { return d.IntN(100) < percent }

func (d tiny) piece() netip.Prefix {
	all := d.u.Prefixes()
	return all[d.IntN(len(all))]
}

// problem is one of up to six demands of up to four groups, the largest first.
func (d tiny) problem() Problem {
	var p Problem
	separations := 1 + d.IntN(4)
	p.Disjoint = make([][]bool, separations)
	for i := range p.Disjoint {
		p.Disjoint[i] = make([]bool, separations)
	}
	for i := range p.Disjoint {
		for j := range i + 1 {
			disjoint := d.chance(70)
			p.Disjoint[i][j], p.Disjoint[j][i] = disjoint, disjoint
		}
	}
	lists := [][]netip.Prefix{{d.u.Block}}
	if low, high, ok := cidr.Halves(d.u.Block); ok {
		lists = append(lists, []netip.Prefix{high, low}, []netip.Prefix{low})
	}
	for range 1 + d.IntN(4) {
		var taken []netip.Prefix
		for range d.IntN(4) {
			if piece := d.piece(); piece.Bits() > d.u.Block.Bits()+1 {
				taken = append(taken, piece)
			}
		}
		length := min(d.u.Unit, d.u.Block.Bits()+1+d.IntN(d.u.Unit-d.u.Block.Bits()+1))
		p.Groups = append(p.Groups, groupOf(length, d.IntN(separations), lists[d.IntN(len(lists))], taken...))
	}
	for length := d.u.Block.Bits(); length <= d.u.Unit; length++ {
		for i, g := range p.Groups {
			if g.Length == length {
				for range 1 + d.IntN(2) {
					p.Demands = append(p.Demands, i)
				}
			}
		}
	}
	return p
}

// wrong says what is wrong with ranges that are chosen for a problem, "" if nothing is.
func wrong(p Problem, chosen []netip.Prefix) string {
	for i, r := range chosen {
		g := p.Groups[p.Demands[i]]
		switch {
		case !r.IsValid():
			continue
		case r.Bits() != g.Length || !cidr.AnyContains(g.Supernets, r):
			return r.String() + " has another length or is in no supernet"
		case !g.Free.Contains(r):
			return r.String() + " is not free"
		}
		for j, other := range chosen[:i] {
			o := p.Groups[p.Demands[j]]
			if other.IsValid() && (p.Disjoint[g.Separation][o.Separation] || p.Disjoint[o.Separation][g.Separation]) && r.Overlaps(other) {
				return r.String() + " overlaps " + other.String()
			}
		}
	}
	return ""
}

// items are the demands of a problem for the oracle.
func items(p Problem) []oracle.Item {
	var all []oracle.Item
	for _, i := range p.Demands {
		var allowed []netip.Prefix
		g := p.Groups[i]
		for _, block := range g.Free.Blocks() {
			for _, supernet := range g.Supernets {
				if inside, ok := cidr.Overlap(block, supernet); ok {
					allowed = append(allowed, inside)
				}
			}
		}
		all = append(all, oracle.Item{Length: g.Length, Allowed: allowed})
	}
	return all
}

// possible says whether the oracle, which tries everything, finds a range for every demand.
func possible(u oracle.Universe, p Problem) bool {
	_, ok := u.Place(items(p), func(i, j int) bool {
		a, b := p.Groups[p.Demands[i]].Separation, p.Groups[p.Demands[j]].Separation
		return p.Disjoint[a][b]
	})
	return ok
}

func universe(t testing.TB, block string, unit int) oracle.Universe {
	t.Helper()
	return oracle.NewUniverse(netip.MustParsePrefix(block), unit)
}
