package conflict

import (
	"net/netip"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// rangeLevel are the claims to one range: samples by comparison key, and all others; with the rules that they break. Most ranges have
// one claim and break no rule, so their maps stay nil.
type rangeLevel struct {
	held         netip.Prefix
	singles      []*entry
	samples      []*sample
	byComparison map[int]*sample
	causes       map[verdictKey]*cause
}

func (l *rangeLevel) add(e *entry) {
	if !e.sampled {
		l.singles = append(l.singles, e)
		return
	}
	k := l.byComparison[e.comparison]
	if k == nil {
		if l.byComparison == nil {
			l.byComparison = map[int]*sample{}
		}
		k = newSample(e.Range)
		l.byComparison[e.comparison] = k
		l.samples = append(l.samples, k)
	}
	k.add(e)
}

// verdictKey is the same for pairs that are reported alike: with the same rule and the same traits.
type verdictKey struct {
	code, text       string
	level            profile.Level
	hub, third, mesh string
	known            string
}

func (l *rangeLevel) cause(v Violation, known string) *cause {
	key := verdictKey{v.Code, v.Rule.Text, v.Rule.Level, v.Hub, v.Third, v.Mesh, known}
	c := l.causes[key]
	if c == nil {
		if l.causes == nil {
			l.causes = map[verdictKey]*cause{}
		}
		c = &cause{named: map[int]bool{}}
		l.causes[key] = c
	}
	return c
}

// cause are the pairs of a range that are reported alike.
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
