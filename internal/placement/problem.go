package placement

import (
	"fmt"
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
)

// Problem is some ranges that are to be chosen.
type Problem struct {
	Groups []Group
	// Demands are the ranges to choose, each as the index of its group. They are placed in this order, so the largest come first.
	Demands []int
	// Disjoint says by the Separation of two groups whether ranges of the first must be disjoint from those of the second. Ranges
	// of different families never overlap, whatever it says.
	Disjoint [][]bool
}

// Group describes demands that are equal: it does not matter which of them gets which range.
type Group struct {
	// Length is the prefix length of each range.
	Length int
	Family cidr.Family
	// Supernets contain every range of the group. Earlier ones are filled first.
	Supernets []netip.Prefix
	// Free is what is free for the group before any range is chosen. Groups can share one; it is not changed.
	Free *cidr.Space
	// Separation is the row and column of the group in Problem.Disjoint.
	Separation int
}

// group is a Group of which no other has the same fields and must be disjoint from the same others.
type group struct {
	Group
	index    int
	disjoint []bool
	// seenBy are the separations whose ranges must be disjoint from those of this group, as a text.
	seenBy string
	// freeNumber is the same for groups with the same free addresses.
	freeNumber int
}

// avoids says whether ranges of the group must be disjoint from those of another one, or from each other where it is the same group.
func (g *group) avoids(other *group) bool {
	return g.Family == other.Family && g.disjoint[other.Separation]
}

// solver is a Problem with equal groups merged.
type solver struct {
	groups []*group
	// demands are the groups of the demands, in their order.
	demands []*group
	// work counts what searches did, up to maxRepairWork.
	work int
}

func newSolver(p Problem) *solver {
	type key struct {
		length              int
		family              cidr.Family
		supernets, disjoint string
		free                int
	}
	s := &solver{}
	of, known, free := make([]*group, len(p.Groups)), map[key]*group{}, newNumbering()
	for i, g := range p.Groups {
		row := p.Disjoint[g.Separation]
		k := key{g.Length, g.Family, fmt.Sprint(g.Supernets), flags(row), free.number(g.Free)}
		if known[k] == nil {
			known[k] = &group{
				Group:      g,
				index:      len(s.groups),
				disjoint:   row,
				seenBy:     flags(column(p.Disjoint, g.Separation)),
				freeNumber: k.free,
			}
			s.groups = append(s.groups, known[k])
		}
		of[i] = known[k]
	}
	for _, i := range p.Demands {
		s.demands = append(s.demands, of[i])
	}
	return s
}

func column(rows [][]bool, at int) []bool {
	values := make([]bool, len(rows))
	for i, row := range rows {
		values[i] = row[at]
	}
	return values
}

// flags writes booleans as a text that is the same for the same booleans.
func flags(values []bool) string {
	text := make([]byte, len(values))
	for i, value := range values {
		if value {
			text[i] = 1
		}
	}
	return string(text)
}

// numbering numbers spaces: those with the same addresses have the same number.
type numbering struct {
	bySpace map[*cidr.Space]int
	byText  map[string]int
}

func newNumbering() *numbering { return &numbering{map[*cidr.Space]int{}, map[string]int{}} }

func (n *numbering) number(space *cidr.Space) int {
	number, known := n.bySpace[space]
	if known {
		return number
	}
	var text []byte
	for _, block := range space.Blocks() {
		text = append(block.Addr().AppendTo(text), byte(block.Bits()), '\n')
	}
	number, known = n.byText[string(text)]
	if !known {
		number = len(n.byText)
		n.byText[string(text)] = number
	}
	n.bySpace[space] = number
	return number
}
