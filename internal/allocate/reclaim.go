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
	left := maps.Clone(all)
	for i, name := range r.Reclaim {
		acted, found := slices.Contains(before, name), false
		for key, released := range left {
			if key == name || released.Cluster == name {
				found = true
				if !acted {
					delete(left, key)
				}
			}
		}
		if name != everyone && name != "" && found == acted {
			problem := NothingToReclaim{Name: name, Acted: acted, Released: slices.Sorted(maps.Keys(left))}
			faults.warn(topology.Path{}.Attr("reclaim").At(i), problem, reclaimOptions(problem)...)
		}
	}
	return left, faults
}

// oldest are the keys of the released ranges that may be used again where nothing else is free: of those that are
// still released, the oldest first, and none that this plan releases.
func oldest(r Request, still map[string]Released) []string {
	if r.Prior == nil || !slices.Contains(r.Reclaim, everyone) {
		return nil
	}
	released := maps.Clone(r.Prior.Released)
	maps.DeleteFunc(released, func(key string, _ Released) bool { _, released := still[key]; return !released })
	return slices.SortedFunc(maps.Keys(released), func(a, b string) int {
		return cmp.Or(cmp.Compare(released[a].Order, released[b].Order), cmp.Compare(a, b))
	})
}
