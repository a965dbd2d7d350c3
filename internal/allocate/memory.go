package allocate

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Prior is the memory of an allocator.
type Prior struct {
	// Name is the one that the planner had, "" where that is not known.
	Name        string
	Facts       topology.Facts
	Allocations map[string]Allocation
	// Released are ranges that clusters gave up, by a name of their own.
	Released map[string]Released
	// Supernets are all that ranges were handed out from.
	Supernets []netip.Prefix
	// Existing, Renumber and Reclaim are those of the request before.
	Existing map[string]Existing
	Renumber map[string]string
	Reclaim  []string
	// Imported says that the memory was restored and nothing was planned on it yet; Profiles are then
	// those with which clusters got their ranges.
	Imported bool
	Profiles map[string]string
}

// Released is what a cluster held and gave up. It stays occupied until it is reclaimed.
type Released struct {
	Cluster string
	Profile string
	// Order counts the plans that released something; the oldest has the lowest.
	Order int64
	Allocation
}

// remember prepares the memory for a request: clusters that were renamed are found under their new
// names, and those that are gone or to be renumbered have given up what they held.
func (p *planner) remember() {
	prior := Prior{}
	if p.request.Prior != nil {
		prior = *p.request.Prior
		prior.Allocations, prior.Facts.Clusters, prior.Renumber = maps.Clone(
			prior.Allocations,
		), maps.Clone(
			prior.Facts.Clusters,
		), maps.Clone(
			prior.Renumber,
		)
		if prior.Imported { // the tokens that are given acted before the memory was lost
			prior.Renumber = maps.Clone(p.request.Renumber)
		}
		prior.Facts = prior.Facts.WithMirrors().Renamed(p.request.Facts.Renames())
		p.request.Prior = &prior
	}
	maps.Copy(p.released, prior.Released)
	for key, e := range p.request.Existing {
		_, known := prior.Existing[key]
		if _, rests := p.released[key]; e.Cluster != "" && !known && !rests {
			p.released[key] = Released{Cluster: e.Cluster, Profile: e.Profile, Allocation: Allocation{Ranges: e.ranges()}}
		}
	}
	p.rename(&prior)
	p.before = maps.Clone(prior.Allocations)
	p.reclaim(prior.Reclaim)
	p.release(&prior)
}

// rename carries what a cluster holds over to its new name.
func (p *planner) rename(prior *Prior) {
	clusters := p.request.Facts.Clusters
	for _, name := range slices.Sorted(maps.Keys(clusters)) {
		for _, old := range clusters[name].PreviousNames {
			a, held := prior.Allocations[old]
			_, declared := clusters[old]
			if _, own := prior.Allocations[name]; own || !held || declared {
				continue
			}
			prior.Allocations[name], p.carriedOver[name] = a, true
			delete(prior.Allocations, old)
			if profile, known := prior.Profiles[old]; known {
				prior.Profiles = maps.Clone(prior.Profiles)
				prior.Profiles[name] = profile
			}
			if was, known := prior.Facts.Clusters[old]; known {
				prior.Facts.Clusters[name] = was
				delete(prior.Facts.Clusters, old)
			}
			if token, acted := prior.Renumber[old]; acted {
				prior.Renumber[name] = token
			}
		}
	}
}

// restored asks for every cluster that a restored memory does not know: it may be new, or forgotten.
func (p *planner) restored() {
	if p.request.Prior == nil || !p.request.Prior.Imported {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(p.request.Facts.Clusters)) {
		_, held := p.request.Prior.Allocations[name]
		if cl := p.request.Facts.Clusters[name]; p.isMirror(cl) || cl.Block != nil && cl.Block.CIDR.IsValid() {
			continue // it has what another has, or is pinned to, be it new or forgotten
		}
		if _, _, rests := p.comesBack(name); !held && !rests && !p.request.ExistingOf(name).ranges().Held() {
			p.fault(p.request.all().Key(name), Restored{Cluster: name}, p.restoredOptions(name)...)
		}
	}
}

// everyone names all clusters or all released ranges.
const everyone = "*"

// reclaim frees the released ranges that the request names, and those that are used again for want
// of others. A name acts once: one that was left in frees nothing that is released later.
func (p *planner) reclaim(before []string) {
	for i, name := range p.request.Reclaim {
		acted, found := slices.Contains(before, name), false
		for key, released := range p.released {
			if key == name || released.Cluster == name {
				found = true
				if !acted {
					delete(p.released, key)
				}
			}
		}
		if name != everyone && name != "" && found == acted {
			problem := NothingToReclaim{Name: name, Acted: acted, Released: slices.Sorted(maps.Keys(p.released))}
			p.warn(topology.Path{}.Attr("reclaim").At(i), problem, reclaimOptions(problem)...)
		}
	}
	for _, key := range p.reused {
		delete(p.released, key)
	}
}

// release takes from clusters what they hold where they are gone or to be renumbered, and lets it
// rest.
func (p *planner) release(prior *Prior) {
	if p.request.Facts.Unknown.Has("clusters") {
		return
	}
	var order int64
	for _, released := range p.released {
		order = max(order, released.Order)
	}
	left := p.leftBehind(prior)
	var gone, guarded []Gone
	for _, name := range slices.Sorted(maps.Keys(prior.Allocations)) {
		_, declared := p.request.Facts.Clusters[name]
		if declared && (!p.moves(name, prior) || left[name]) {
			continue
		}
		a := prior.Allocations[name]
		if declared && p.confirms(name, prior, a.Ranges) {
			continue
		}
		if declared && pinnedTo(p.request.Facts.Clusters[name], a.Ranges) {
			p.stays(name)
			continue
		}
		delete(prior.Allocations, name)
		p.released[unused(name, p.released)] = Released{
			Cluster:    name,
			Profile:    cmp.Or(prior.Facts.Clusters[name].Profile, prior.Profiles[name]),
			Order:      order + 1,
			Allocation: a,
		}
		switch {
		case p.guarded(append([]string{everyone, name}, prior.Facts.Clusters[name].PreviousNames...)):
			guarded = append(guarded, Gone{Cluster: name, Held: a.Ranges})
		case declared:
			p.renumbered[name] = a
		default:
			gone = append(gone, Gone{Cluster: name, Held: a.Ranges})
		}
	}
	p.tellGone(prior, gone, guarded)
}

// stays refuses a token: what is held does not rest.
func (p *planner) stays(name string) {
	why := "the configuration pins the " + p.request.one() + " to what it holds, so it would keep its ranges"
	p.fault(
		topology.Path{}.Attr("renumber").Key(name), topology.NotAccepted{Value: p.request.Renumber[name], Why: why}, p.unpinned(name),
		p.notRenumbered(name),
	)
}

// guarded says whether what has one of the names must not be released.
func (p *planner) guarded(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(p.request.PreventRelease, name) })
}

// unused is a key for what a cluster gives up: its name, or the name with a number that no cluster
// can have.
func unused(name string, taken map[string]Released) string {
	key := name
	for n := 2; ; n++ {
		if _, ok := taken[key]; !ok {
			return key
		}
		key = fmt.Sprintf("%s~%d", name, n)
	}
}

// comesBack is what a cluster, by this or a previous name, gave up last, and its key.
func (p *planner) comesBack(name string) (key string, released Released, ok bool) {
	if _, moves := p.renumbered[name]; moves {
		return "", Released{}, false
	}
	names := append([]string{name}, p.request.Facts.Clusters[name].PreviousNames...)
	for k, candidate := range p.released {
		_, declared := p.request.Facts.Clusters[candidate.Cluster]
		if !slices.Contains(names, candidate.Cluster) || declared && candidate.Cluster != name {
			continue
		}
		if !ok || cmp.Or(cmp.Compare(candidate.Order, released.Order), cmp.Compare(k, key)) > 0 {
			key, released, ok = k, candidate, true
		}
	}
	return key, released, ok
}

// oldest are the keys of the released ranges that may be used again where all else is taken: of those
// that rest still, the oldest first, and none that is released only now.
func oldest(r Request, resting map[string]Released) []string {
	if r.Prior == nil || !slices.Contains(r.Reclaim, everyone) {
		return nil
	}
	released := maps.Clone(r.Prior.Released)
	maps.DeleteFunc(released, func(key string, _ Released) bool { _, rests := resting[key]; return !rests })
	return slices.SortedFunc(maps.Keys(released), func(a, b string) int {
		return cmp.Or(cmp.Compare(released[a].Order, released[b].Order), cmp.Compare(a, b))
	})
}
