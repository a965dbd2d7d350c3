package conflict

import (
	"cmp"
	"maps"
	"slices"
)

// factGroups are facts by their comparison keys, in the order in which the first fact of each key came.
type factGroups struct {
	list []*equalFacts
	of   map[*comparisonKey]*equalFacts
	// empty counts the empty ones.
	empty int
}

// equalFacts are the facts with one comparison key.
type equalFacts struct {
	comparedBy *comparisonKey
	facts
	// networks are the facts by network, in the order in which the first of each came.
	networks []*inNetwork
	named    map[string]*inNetwork
	// empty counts the networks that have no facts any more; emptied says that no fact is left.
	empty   int
	emptied bool
}

// inNetwork are those of equalFacts that are in one network.
type inNetwork struct{ facts }

// facts are in the order in which they came.
type facts []*fact

func (fs *facts) add(f *fact) {
	if last := len(*fs) - 1; last < 0 || (*fs)[last].seq < f.seq {
		*fs = append(*fs, f)
		return
	}
	*fs = slices.Insert(*fs, fs.before(f.seq), f)
}

func (fs *facts) remove(f *fact) {
	i := fs.before(f.seq)
	*fs = slices.Delete(*fs, i, i+1)
}

// before counts the facts that came before a place in the order.
func (fs facts) before(seq int) int {
	i, _ := slices.BinarySearchFunc(fs, seq, func(f *fact, seq int) int { return cmp.Compare(f.seq, seq) })
	return i
}

// add puts a fact into the group of its comparison key.
func (bs *factGroups) add(f *fact) {
	b := bs.of[f.comparedBy]
	if b == nil {
		if bs.of == nil {
			bs.of = map[*comparisonKey]*equalFacts{}
		}
		b = &equalFacts{comparedBy: f.comparedBy, named: map[string]*inNetwork{}}
		bs.of[f.comparedBy], bs.list = b, append(bs.list, b)
	}
	if len(b.facts) == 0 && b.emptied {
		b.emptied = false
		bs.empty--
	}
	b.add(f)
}

// remove takes a fact out of its group. Empty groups are dropped once they are as many as others.
func (bs *factGroups) remove(f *fact) {
	b := bs.of[f.comparedBy]
	b.remove(f)
	if len(b.facts) > 0 {
		return
	}
	b.emptied = true
	if bs.empty++; 2*bs.empty > len(bs.list) {
		bs.list, bs.empty = slices.DeleteFunc(bs.list, func(b *equalFacts) bool { return b.emptied }), 0
		maps.DeleteFunc(bs.of, func(_ *comparisonKey, b *equalFacts) bool { return b.emptied })
	}
}

func (b *equalFacts) add(f *fact) {
	b.facts.add(f)
	in := b.named[f.claim.Network]
	if in == nil {
		in = &inNetwork{}
		b.named[f.claim.Network], b.networks = in, append(b.networks, in)
	} else if len(in.facts) == 0 {
		b.empty--
	}
	in.facts.add(f)
}

func (b *equalFacts) remove(f *fact) {
	b.facts.remove(f)
	in := b.named[f.claim.Network]
	if in.facts.remove(f); len(in.facts) > 0 {
		return
	}
	if b.empty++; 2*b.empty > len(b.networks) {
		isEmpty := func(in *inNetwork) bool { return len(in.facts) == 0 }
		b.networks, b.empty = slices.DeleteFunc(b.networks, isEmpty), 0
		maps.DeleteFunc(b.named, func(_ string, in *inNetwork) bool { return isEmpty(in) })
	}
}
