package conflict

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// level are the claims to one range: those of crowds by class, and all others; with what they were found to
// break.
type level struct {
	held    netip.Prefix
	singles []*entry
	crowds  []*crowd
	byClass map[int]*crowd
	causes  map[verdictKey]*cause
}

func newLevel(held netip.Prefix) *level {
	return &level{held: held, byClass: map[int]*crowd{}, causes: map[verdictKey]*cause{}}
}

func (l *level) add(e *entry) {
	if !e.crowded {
		l.singles = append(l.singles, e)
		return
	}
	k := l.byClass[e.class]
	if k == nil {
		k = newCrowd(e.Range)
		l.byClass[e.class] = k
		l.crowds = append(l.crowds, k)
	}
	k.add(e)
}

// verdictKey is the same for pairs that are told alike: what they break, and what marks know of them.
type verdictKey struct {
	code, text       string
	level            profile.Level
	hub, third, mesh string
	known            string
}

func (l *level) cause(v Violation, known string) *cause {
	key := verdictKey{v.Code, v.Rule.Text, v.Rule.Level, v.Hub, v.Third, v.Mesh, known}
	c := l.causes[key]
	if c == nil {
		c = &cause{named: map[int]bool{}}
		l.causes[key] = c
	}
	return c
}

// cause are the pairs of a range that are told alike.
type cause struct {
	// found are the places of those that are kept, named those of their parties.
	found []int
	named map[int]bool
	// partly says that there are more pairs.
	partly bool
}

// keeps says whether one more pair is kept: the first ones are, and those with a party that is in none yet.
func (c *cause) keeps(a, b, most int) bool {
	if len(c.found) >= most && c.named[a] && c.named[b] {
		c.partly = true
		return false
	}
	c.named[a], c.named[b] = true, true
	return true
}
