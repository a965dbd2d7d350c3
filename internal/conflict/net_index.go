package conflict

import (
	"cmp"
	"maps"
	"slices"
)

// setApart prepares the indexed facts for a registration: the facts that it has are compared one by one, and so are the networks
// of which more is known now, since pairs in them may have been reported in another way before. past is what it has of prior
// state, nil where all prior states were read again. The facts of such networks are returned.
func (n *ConfigCheck) setApart(news, past *news) (restated []*fact) {
	for _, name := range slices.Sorted(maps.Keys(news.restated)) {
		restated = append(restated, n.byNetwork[name]...)
	}
	for _, f := range news.all {
		if f.like != nil {
			n.ranges.remove(f)
			f.like = nil
		}
	}
	n.learnPast(past)
	for _, f := range restated {
		if f.like != nil {
			n.put(f, n.likenessOf(f, true))
		}
	}
	for _, f := range news.all {
		if f.source == nil && f.seq < news.first && !news.by.isPlanner() {
			n.put(f, likeness{only: f})
		}
	}
	return restated
}

// learnPast puts facts to those that were like them in prior state.
func (n *ConfigCheck) learnPast(past *news) {
	again := func(f *fact) {
		if f != nil && f.like != nil {
			n.put(f, n.likenessOf(f, false))
		}
	}
	if past == nil {
		for _, f := range slices.SortedFunc(maps.Values(n.now.facts), func(f, g *fact) int { return cmp.Compare(f.seq, g.seq) }) {
			again(f)
		}
		return
	}
	for _, was := range past.all {
		again(n.now.facts[was.key])
	}
	for _, name := range slices.Sorted(maps.Keys(past.restated)) {
		for _, f := range n.byNetwork[name] {
			again(f)
		}
	}
}

// index puts the facts of a registration, and those of the networks of which more is known now, to those that are like them.
func (n *ConfigCheck) index(news *news, restated []*fact) {
	for _, f := range news.all {
		if f.source == nil {
			n.put(f, n.likenessOf(f, false))
		}
	}
	for _, f := range restated {
		n.put(f, n.likenessOf(f, false))
	}
}

// put indexes a fact by its likeness.
func (n *ConfigCheck) put(f *fact, like likeness) {
	known := n.likes[like]
	if known == nil {
		known = &like
		if like.only == nil {
			n.likes[like] = known
		}
	}
	if f.like == known {
		return
	}
	if f.like != nil {
		n.ranges.remove(f)
	}
	f.like = known
	n.ranges.add(f)
}
