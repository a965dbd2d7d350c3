package allocate

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Prior is the prior state of an allocator or of blocks.
type Prior struct {
	// Name is the one that the planner had, "" where that is not known.
	Name        string
	Facts       topology.Facts
	Allocations map[string]Allocation
	// Released are ranges that clusters released, by a key of their own.
	Released map[string]Released
	// Supernets are all that ranges were allocated from.
	Supernets []netip.Prefix
	// Existing, Renumber and Reclaim are those of the request before.
	Existing map[string]Existing
	Renumber map[string]string
	Reclaim  []string
	// Imported says that the state was restored from a lock and nothing was planned on it yet; Profiles are then
	// those with which clusters got their ranges.
	Imported bool
	Profiles map[string]string
}

// Released is what a cluster held and released. It stays reserved until it is reclaimed.
type Released struct {
	Cluster string
	Profile string
	// Order counts the plans that released something; the oldest has the lowest.
	Order int64
	Allocation
}

// readPrior reads what was held and released before: clusters that were renamed are found under their new
// names, those that are no longer declared or are to be renumbered have released what they held, and what reclaim names is free again.
// reused are the keys of released ranges that are used again because nothing else is free.
func readPrior(in *inputs, reused []string) (*situation, []topology.Fault) {
	prior, carriedOver := renamedPrior(in.request)
	s := &situation{inputs: *in, before: prior.Allocations, carriedOver: carriedOver}
	if in.request.Prior != nil {
		s.request.Prior = &prior
	}
	released, faults := reclaimed(in.request, releasedBefore(in.request, prior), prior.Reclaim)
	for _, key := range reused {
		delete(released, key)
	}
	s.released = released
	if in.request.Facts.OwnersUnknown() {
		return s, faults
	}
	r := s.release()
	s.released, s.renumbered, s.confirmed = r.released, r.renumbered, r.confirmed
	if s.request.Prior != nil {
		prior.Allocations = r.held
	}
	s.request.Existing = s.withoutOwn()
	faults = slices.Concat(faults, r.faults)
	return s, append(faults, s.releaseFaults(r.undeclared, r.guarded)...)
}

// renamedPrior is the prior state of a request under current names, empty where there is none. carriedOver are the clusters whose
// allocations were under a previous name.
func renamedPrior(r Request) (prior Prior, carriedOver map[string]bool) {
	carriedOver = map[string]bool{}
	if r.Prior == nil {
		return Prior{}, carriedOver
	}
	prior = *r.Prior
	if prior.Imported { // the tokens that are given acted before the state was lost
		prior.Renumber = r.Renumber
	}
	prior.Facts = prior.Facts.WithMirrors().Renamed(r.Facts.Renames())
	for _, name := range r.Facts.Owners() {
		owner, _ := r.Facts.Owner(name)
		for _, old := range owner.PreviousNames {
			_, held := prior.Allocations[old]
			if _, own := prior.Allocations[name]; own || !held || r.Facts.HasOwner(old) {
				continue
			}
			if len(carriedOver) == 0 {
				prior = prior.copied()
			}
			carriedOver[name] = true
			prior.rename(old, name)
		}
	}
	return prior, carriedOver
}

// copied is the prior state with copies of the maps that rename changes.
func (p Prior) copied() Prior {
	p.Allocations, p.Profiles, p.Renumber = maps.Clone(p.Allocations), maps.Clone(p.Profiles), maps.Clone(p.Renumber)
	p.Facts.Clusters, p.Facts.Blocks = maps.Clone(p.Facts.Clusters), maps.Clone(p.Facts.Blocks)
	return p
}

// rename moves what prior state has on a cluster or block to its new name.
func (p *Prior) rename(old, name string) {
	if profile, known := p.Profiles[old]; known {
		p.Profiles[name] = profile
	}
	renameKey(p.Allocations, old, name)
	renameKey(p.Facts.Clusters, old, name)
	renameKey(p.Facts.Blocks, old, name)
	if token, acted := p.Renumber[old]; acted {
		p.Renumber[name] = token
	}
}

// renameKey moves the value of a key to another one, if there is one.
func renameKey[T any](all map[string]T, old, name string) {
	if value, has := all[old]; has {
		all[name] = value
		delete(all, old)
	}
}

// knew says whether the state was written with the same entry of existing, so that the entry has no effect now.
func (p *Prior) knew(key string) bool {
	_, known := p.Existing[key]
	return known
}

// releasedBefore is what was released before this plan: by prior state, and by entries of existing that are new.
func releasedBefore(r Request, prior Prior) map[string]Released {
	all := maps.Clone(prior.Released)
	if all == nil {
		all = map[string]Released{}
	}
	for key, e := range r.Existing {
		_, known := prior.Existing[key]
		if _, released := all[key]; e.Cluster != "" && !known && !released {
			all[key] = Released{Cluster: e.Cluster, Profile: e.Profile, Allocation: Allocation{Ranges: e.Ranges()}}
		}
	}
	return all
}
