package conflict

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// PartyNames are the current names of clusters, blocks, VPCs and sites by their previous names, for keys of accepted
// conflicts. A name that something declared has stays with that.
func PartyNames(f topology.Facts) map[string]string {
	names := f.Renames().Networks
	for _, name := range f.Owners() {
		owner, _ := f.Owner(name)
		for _, old := range owner.PreviousNames {
			names[old] = name
		}
	}
	maps.DeleteFunc(names, func(old, _ string) bool { return old == "" || Party{Owner: old}.isAmong(f) })
	return names
}

// renamed is the key with its parties under their current names. Parties of other workspaces keep theirs.
func (k Key) renamed(names map[string]string) Key {
	if len(names) == 0 {
		return k
	}
	var parties []string
	for _, party := range k.parties() {
		if now, known := names[party.Owner]; known && !party.Held {
			party.Owner = now
		}
		parties = append(parties, party.String())
	}
	k.Parties = eachOnce(parties)
	return k
}

// priorState is what an origin registered as prior state. It is read again when a rename becomes known later.
type priorState struct {
	by     topology.Origin
	source string
	given  Registration
}

// addBefore takes the prior state of an origin, with networks and hubs under the names that they have in
// anything registered so far. It returns what is new of prior states, nil where all of them were read again.
func (n *ConfigCheck) addBefore(by topology.Origin, source string, now, before Registration) *additions {
	n.priorStates = append(n.priorStates, priorState{by, source, before})
	if !n.learnNames(now.Facts) {
		return n.before.add(by, source, before.renamed(n.renames))
	}
	n.before = newPriorSnapshot(n.before.catalog)
	for _, p := range n.priorStates {
		n.before.add(p.by, p.source, p.given.renamed(n.renames))
	}
	return nil
}

// learnNames notes previous names and says whether one of a network or hub is new.
func (n *ConfigCheck) learnNames(f topology.Facts) (learned bool) {
	maps.Copy(n.parties, PartyNames(f))
	r := f.Renames()
	for old, name := range r.Networks {
		learned = learned || n.renames.Networks[old] != name
		n.renames.Networks[old] = name
	}
	for old, name := range r.Hubs {
		learned = learned || n.renames.Hubs[old] != name
		n.renames.Hubs[old] = name
	}
	return learned
}

// PartyNames are those of all facts registered so far.
func (n *ConfigCheck) PartyNames() map[string]string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return maps.Clone(n.parties)
}

// renamed is what was given, with networks and hubs under their current names.
func (g Registration) renamed(r topology.Renames) Registration {
	if r.Empty() {
		return g
	}
	own := topology.Renames{Networks: maps.Clone(r.Networks), Hubs: r.Hubs}
	maps.DeleteFunc(own.Networks, func(_, name string) bool { return g.Facts.Declares(name) })
	g.Facts, g.Claims = g.Facts.Renamed(r), slices.Clone(g.Claims)
	for i, c := range g.Claims {
		if c.Kind == Route || c.ofNetwork() {
			g.Claims[i].Owner = own.Network(c.Owner)
		}
		g.Claims[i].Network, g.Claims[i].GrowsIn = own.Network(c.Network), own.Network(c.GrowsIn)
	}
	return g
}
