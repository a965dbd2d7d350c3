package allocate

import (
	"cmp"
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// everyone names all clusters or all released ranges.
const everyone = "*"

// reclaimed is what stays released where a request frees some of it. A name acts once: one that was in reclaim before frees nothing
// that is released later.
func reclaimed(r Request, all map[string]Released, before []string) (map[string]Released, faultList) {
	var faults faultList
	rest := maps.Clone(all)
	for i, name := range r.Reclaim {
		acted, found := slices.Contains(before, name), false
		for key, released := range rest {
			if key == name || released.Cluster == name {
				found = true
				if !acted {
					delete(rest, key)
				}
			}
		}
		if name != everyone && name != "" && found == acted {
			problem := NothingToReclaim{Name: name, Acted: acted, Released: slices.Sorted(maps.Keys(rest))}
			faults.warn(topology.Path{}.Attr("reclaim").At(i), problem, reclaimOptions(problem)...)
		}
	}
	return rest, faults
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
