package conflict

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Settings are what a configuration says about conflicts: levels of rules, accepted conflicts, and whether conflicts only
// warn.
type Settings struct {
	// Levels sets how serious rules are, by code: "error", "warn" or "off".
	Levels map[string]string
	// Accepted are the conflicts that the configuration accepts, by key.
	Accepted map[string]topology.Acceptance
	// Today is the date that Until of an acceptance is compared with, such as "2026-11-22"; "" compares
	// with none. TodayUnknown says that there is one, which is known only after apply.
	Today        string
	TodayUnknown bool
	// WarnOnly makes every conflict a warning.
	WarnOnly bool
	// ConfigChecked says that a ConfigCheck compares facts that others receive, so that an acceptance may be about them.
	ConfigChecked bool
	// Gone are names of parties that are known although they are not declared: they were declared before, released a range or
	// hold one.
	Gone []string
	// Renamed are current names of parties by previous ones, beside those that the facts give.
	Renamed map[string]string
}

// Levels are the values of Settings.Levels.
var Levels = []string{"error", "warn", Off}

// Off is the level of a rule that is not looked at.
const Off = "off"

// Apply sets the levels of findings and marks those that are accepted, by the settings or by the networks and hubs that take
// part. Findings of rules that are off are left out. unused are the places of acceptances that match no finding, whether or
// not the rule is off.
func (l Settings) Apply(findings []Finding, f topology.Facts) (kept []Finding, unused []topology.Path) {
	all := l.acceptances(f)
	for _, found := range findings {
		found.WarnOnly = l.WarnOnly
		key := found.Key()
		for i := range all {
			if all[i].appliesTo(found) {
				all[i].apply(&found, key, l.Today)
			}
		}
		switch l.Levels[found.Code] {
		case Off:
			continue
		case "error":
			found.SetLevel = profile.Error
		case "warn":
			found.SetLevel = profile.Warn
		}
		kept = append(kept, found)
	}
	for _, a := range all {
		if !a.used && a.visible(f, l) {
			unused = append(unused, a.at)
		}
	}
	return kept, unused
}

// acceptance is an accepted conflict whose key can be parsed, with the place that accepts it.
type acceptance struct {
	topology.Acceptance
	at   topology.Path
	text string
	key  Key
	// network and hub are the declaration that it is part of; "" for one of the allocator.
	network, hub string
	// used says that it covers a finding, or covered one that has grown since or whose acceptance has ended.
	used bool
}

// acceptances are those of the configuration and of facts, by the current names of parties.
func (l Settings) acceptances(f topology.Facts) []acceptance {
	all := append(acceptances(topology.Path{}, l.Accepted), declaredAcceptances(f)...)
	names := PartyNames(f)
	maps.Copy(names, l.Renamed)
	for i := range all {
		all[i].key = all[i].key.renamed(names)
	}
	return all
}

// acceptances reads those of a fact or an allocator at a place, in order.
func acceptances(at topology.Path, all map[string]topology.Acceptance) []acceptance {
	var list []acceptance
	for _, text := range slices.Sorted(maps.Keys(all)) {
		if key, ok := ParseKey(text); ok {
			list = append(list, acceptance{Acceptance: all[text], at: at.Attr("accepted_conflicts").Key(text), text: text, key: key})
		}
	}
	return list
}

// declaredAcceptances are the acceptances of hubs, sites and VPCs.
func declaredAcceptances(f topology.Facts) []acceptance {
	var list []acceptance
	add := func(attr, name, network, hub string, all map[string]topology.Acceptance) {
		for _, a := range acceptances(topology.Path{}.Attr(attr).Key(name), all) {
			a.network, a.hub = network, hub
			list = append(list, a)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.Hubs)) {
		add("hubs", name, "", name, f.Hubs[name].Accepted)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Sites)) {
		add("sites", name, name, "", f.Sites[name].Accepted)
	}
	for _, name := range slices.Sorted(maps.Keys(f.VPCs)) {
		add("vpcs", name, name, "", f.VPCs[name].Accepted)
	}
	return list
}

// appliesTo says whether the acceptance can be for a finding: the hub or network that it is part of takes part in the finding.
func (a acceptance) appliesTo(f Finding) bool {
	switch {
	case a.hub != "":
		return f.Hub == a.hub
	case a.network != "":
		return f.A.Network == a.network || f.B != nil && f.B.Network == a.network
	}
	return true
}

// visible says whether a finding of the acceptance would be found with these facts. Some acceptances are about parties that only other
// planners receive: those of networks and hubs and, with a ConfigCheck, those of an allocator between a party that it knows and one that
// it does not.
func (a acceptance) visible(f topology.Facts, l Settings) bool {
	parties := a.key.parties()
	knows := func(party Party) bool { return party.isAmong(f) || slices.Contains(l.Gone, party.Owner) }
	ofPlanner := func(party Party) bool { return party.Held }
	known, held := count(parties, knows), count(parties, ofPlanner)
	switch {
	case known == len(a.key.Parties):
		return true
	case a.network != "" || a.hub != "":
		return false
	case held == len(a.key.Parties): // blocks of planners
		return known > 0
	case held > 0: // one of another workspace, which no ConfigCheck looks at, or a block of this configuration, which one does
		return !l.ConfigChecked || !slices.ContainsFunc(parties, heldByBlocks)
	}
	return !l.ConfigChecked || known == 0
}

// heldByBlocks says whether a party of a key is held by a cidrplan_blocks.
func heldByBlocks(party Party) bool {
	_, byBlocks := topology.BlocksOf(party.Holder)
	return byBlocks
}

// count is the number of parties for which something holds.
func count(parties []Party, holds func(Party) bool) int {
	n := 0
	for _, party := range parties {
		if holds(party) {
			n++
		}
	}
	return n
}

// isAmong says whether a party is among the facts, or held by a planner whose claims are.
func (p Party) isAmong(f topology.Facts) bool {
	if p.Held {
		return slices.ContainsFunc(slices.Collect(maps.Values(f.Foreign)), func(c topology.Foreign) bool { return c.Allocator == p.Holder })
	}
	_, vpc := f.VPCs[p.Owner]
	_, site := f.Sites[p.Owner]
	_, reserved := f.Reserved[p.Owner]
	return vpc || site || f.HasOwner(p.Owner) || reserved
}

// apply accepts a finding that the acceptance covers, or notes why the acceptance does not cover it any more.
func (a *acceptance) apply(f *Finding, key Key, today string) {
	covers, over := a.key.Covers(key), a.Until != "" && a.Until < today // no day, "", is before every other one
	if covers || a.key.concerns(key) {
		a.used = true
	}
	switch {
	case f.Accepted != nil:
	case covers && !over:
		f.Accepted, f.Lapsed = &a.Acceptance, nil
	case covers:
		f.Lapsed = &Lapse{Key: a.text, Until: a.Until}
	case a.key.concerns(key) && f.Lapsed == nil:
		f.Lapsed = &Lapse{Key: a.text}
	}
}

// Lapse says why an acceptance does not cover a finding any more.
type Lapse struct {
	Key string
	// Until is the date after which it is over, "" where the conflict has grown beyond it.
	Until string
}
