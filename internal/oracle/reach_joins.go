package oracle

import (
	"maps"
	"net/netip"
	"slices"
)

// Land is a network with its addresses drawn in. A site has no subnets, and everybody knows it by
// its blocks. What a land advertises, if it does, is all that others know of it.
type Land struct {
	Vertex
	Site                        bool
	Blocks, Subnets, Advertised []netip.Prefix
}

// Atlas is lands by name, and what each hub compares: blocks, subnets, identical (blocks), or unknown
// where that is not known yet. A hub of which nothing is drawn compares blocks.
type Atlas struct {
	Lands    map[string]Land
	Compares map[string]string
}

// Piece is a block or subnet of a land, or a range that it advertises.
type Piece struct {
	Land               string
	Subnet, Advertised bool
	Range              netip.Prefix
}

// Meeting is how two pieces of two lands that share addresses get in each other's way: over hubs
// by name, sorted, with "" for a peering before them; or at thirds that both lands are connected to.
type Meeting struct{ Ways, Thirds []string }

// Meetings finds how every two pieces meet; those that do not are left out. The piece of the land
// that comes first by name is the first.
func (a Atlas) Meetings() map[[2]Piece]Meeting {
	g := Graph{}
	for name, land := range a.Lands {
		g[name] = land.Vertex
	}
	found := map[[2]Piece]Meeting{}
	for _, x := range g.Names() {
		for _, y := range g.Names() {
			word, through := g.Between(x, y)
			if x >= y || word == "apart" {
				continue
			}
			if word == "third" {
				for _, pair := range meet(a.blocks(x), a.blocks(y), share) {
					found[pair] = Meeting{Thirds: through}
				}
				continue
			}
			if g.Peered(x, y) {
				through = append([]string{""}, through...)
			}
			for _, way := range through {
				for _, pair := range a.over(way, x, y) {
					found[pair] = Meeting{Ways: append(found[pair].Ways, way)}
				}
			}
		}
	}
	return found
}

// over are the pieces of two connected lands that one way between them does not take.
func (a Atlas) over(way, x, y string) [][2]Piece {
	compares := a.Compares[way]
	if (a.Lands[x].Site || a.Lands[y].Site) && compares != "unknown" {
		compares = "blocks"
	}
	switch compares {
	case "unknown":
		return nil
	case "identical":
		return meet(a.blocks(x), a.blocks(y), func(p, q netip.Prefix) bool { return p == q })
	case "subnets":
		return meet(a.subnets(x), a.subnets(y), share)
	default:
		return meet(a.blocks(x), a.blocks(y), share)
	}
}

func (a Atlas) blocks(name string) (pieces []Piece) {
	for _, shown := range a.Lands[name].Advertised {
		pieces = append(pieces, Piece{Land: name, Advertised: true, Range: shown})
	}
	if len(pieces) > 0 {
		return pieces
	}
	for _, block := range a.Lands[name].Blocks {
		pieces = append(pieces, Piece{Land: name, Range: block})
	}
	return pieces
}

// subnets are those of a land, or its blocks where it has none.
func (a Atlas) subnets(name string) (pieces []Piece) {
	for _, subnet := range a.Lands[name].Subnets {
		pieces = append(pieces, Piece{Land: name, Subnet: true, Range: subnet})
	}
	if len(pieces) == 0 || len(a.Lands[name].Advertised) > 0 {
		return a.blocks(name)
	}
	return pieces
}

// meet are all pairs of which something holds.
func meet(xs, ys []Piece, holds func(p, q netip.Prefix) bool) [][2]Piece {
	pairs := map[[2]Piece]bool{} // a piece may be drawn twice
	for _, x := range xs {
		for _, y := range ys {
			if holds(x.Range, y.Range) {
				pairs[[2]Piece{x, y}] = true
			}
		}
	}
	return slices.Collect(maps.Keys(pairs))
}

// share says whether one address is in both; it tries those of the first, one by one.
func share(p, q netip.Prefix) bool {
	for address := p.Addr(); p.Contains(address); address = address.Next() {
		if q.Contains(address) {
			return true
		}
	}
	return false
}
