package oracle

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"net/netip"
)

// Planting describes problems that are made from a placement, so that they have one.
type Planting struct {
	// Ranges are placed on Places of length 24. Pairs of them must be disjoint; ranges of other pairs may be the same.
	Ranges, Places, Pairs int
	// Halves says that every second range is half a place.
	Halves bool
}

// Planted is a placement: which range is where in a supernet, and pairs of ranges, by index, that are disjoint.
type Planted struct {
	Supernet netip.Prefix
	Ranges   []netip.Prefix
	Pairs    [][2]int
}

func (p Planting) String() string {
	halves := ""
	if p.Halves {
		halves = " and halves"
	}
	return fmt.Sprintf("%d ranges and %d pairs on %d places%s", p.Ranges, p.Pairs, p.Places, halves)
}

// Plant makes a placement, always the same one of a seed.
func (p Planting) Plant(seed uint64) Planted {
	d := rand.New(rand.NewPCG(seed, 11))
	made := Planted{Supernet: netip.PrefixFrom(netip.AddrFrom4([4]byte{10}), 24-bits.Len(uint(p.Places-1)))}
	for i := range p.Ranges {
		length := 24
		if p.Halves && i%2 == 1 {
			length = 25
		}
		n := d.Uint64N(uint64(p.Places) << (length - 24))
		var four [4]byte
		binary.BigEndian.PutUint32(four[:], 10<<24+uint32(n)<<(32-length))
		made.Ranges = append(made.Ranges, netip.PrefixFrom(netip.AddrFrom4(four), length))
	}
	known := map[[2]int]bool{}
	for len(made.Pairs) < p.Pairs {
		i, j := d.IntN(p.Ranges), d.IntN(p.Ranges)
		pair := [2]int{min(i, j), max(i, j)}
		if known[pair] || made.Ranges[i].Overlaps(made.Ranges[j]) {
			continue
		}
		known[pair] = true
		made.Pairs = append(made.Pairs, pair)
	}
	return made
}
