package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// uncheckedNames are the names in a request that refer to maps which are known only after apply. Check passes
// over them, and one that turns out to be wrong fails the apply.
func (r Request) uncheckedNames() []topology.Unchecked {
	all := r.Facts.UncheckedNames()
	if r.Unknown.Has("pools") {
		var names []topology.Named
		for _, name := range slices.Sorted(maps.Keys(r.Facts.Clusters)) {
			if pool := r.Facts.Clusters[name].Pool; pool != "" {
				names = append(names, topology.Named{At: topology.Path{}.Attr("clusters").Key(name).Attr("pool"), Name: pool})
			}
		}
		all = appendUnchecked(all, topology.Path{}.Attr("pools"), names)
	}
	if r.Facts.OwnersUnknown() {
		all = appendUnchecked(all, r.all(), r.namesOfClusters())
	}
	return all
}

// namesOfClusters are the names of clusters or blocks that arguments beside these use.
func (r Request) namesOfClusters() []topology.Named {
	var names []topology.Named
	for _, name := range slices.Sorted(maps.Keys(r.Renumber)) {
		names = append(names, topology.Named{At: topology.Path{}.Attr("renumber").Key(name), Name: name})
	}
	for i, name := range r.PreventRelease {
		if !r.knows(name) {
			names = append(names, topology.Named{At: topology.Path{}.Attr("prevent_release").At(i), Name: name})
		}
	}
	return names
}

func appendUnchecked(all []topology.Unchecked, in topology.Path, names []topology.Named) []topology.Unchecked {
	if len(names) == 0 {
		return all
	}
	return append(all, topology.Unchecked{Map: in, Names: names})
}
