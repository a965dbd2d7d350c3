package allocate

import (
	"maps"
	"reflect"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// reclaimOptions are the options for a name in reclaim that has no effect: remove it, use the similar name that has released ranges,
// or remove it for one apply and set it again.
func reclaimOptions(e NothingToReclaim) []topology.Option {
	at := topology.Path{}.Attr("reclaim")
	without := topology.OptionOf(topology.RemoveFrom(at, e.Name))
	if e.Acted {
		again := topology.OptionWhen(topology.ReleasedUnused, topology.RemoveFrom(at, e.Name))
		again.Later = []topology.Edit{topology.Add(at, e.Name)}
		return []topology.Option{without, again}
	}
	options := []topology.Option{without}
	if near := topology.DidYouMean(e.Name, e.Released); near != "" {
		options = append(options, topology.OptionWhen(topology.ReleasedUnused, topology.RemoveFrom(at, e.Name), topology.Add(at, near)))
	}
	return options
}

// restoredOptions are the options for a cluster or block that is not in the imported lock.
func (s *situation) restoredOptions(name string) []topology.Option {
	existing := topology.Path{}.Attr("existing").Key(name)
	declared := s.request.all().Key(name)
	later := topology.OptionWhen(topology.NotBuilt, topology.Remove(declared))
	later.Later = []topology.Edit{topology.Restore(declared)}
	if _, is := s.request.Facts.Blocks[name]; is {
		return []topology.Option{
			topology.OptionWhen(topology.HoldsRanges, topology.Set(existing.Attr("cidr"), topology.RangeOfBlock)),
			later,
		}
	}
	var edits []topology.Edit
	cl := s.request.Facts.Clusters[name]
	prof, known := s.catalog.Profile(cl.Profile)
	if !known || prof.Pods.From != profile.Subnets {
		edits = append(edits, topology.Set(existing.Attr("pod_cidrs"), topology.PodRangesOfCluster))
	}
	edits = append(edits, topology.Set(existing.Attr("service_cidr"), topology.ServiceRangeOfCluster))
	if known && prof.Nodes.Blocks == profile.Fixed && cl.Need.NodeMask == 0 {
		edits = append(edits, topology.Set(existing.Attr("node_cidr_mask"), topology.NodeBlockLength))
	}
	return []topology.Option{topology.OptionWhen(topology.HoldsRanges, edits...), later}
}

// sharedNameOptions are the options if foreign claims have the planner's own name: use another name, or remove these claims.
func (r Request) sharedNameOptions(shared []topology.Foreign) []topology.Option {
	taken := func(name string) bool {
		return slices.ContainsFunc(
			slices.Collect(maps.Values(r.Facts.Foreign)),
			func(f topology.Foreign) bool { return f.Allocator == name },
		)
	}
	name := topology.OptionWhen(topology.OwnerElsewhere, topology.Set(topology.Path{}.Attr("name"), topology.Fresh(r.Name, taken)))
	var without []topology.Edit
	for _, key := range slices.Sorted(maps.Keys(r.Facts.Foreign)) {
		if slices.ContainsFunc(shared, func(f topology.Foreign) bool { return reflect.DeepEqual(f, r.Facts.Foreign[key]) }) {
			without = append(without, topology.Remove(topology.Path{}.Attr("foreign_claims").Key(key)))
		}
	}
	return []topology.Option{name, topology.OptionWhen(topology.ClaimsOutdated, without[:min(len(without), maxHolders)]...)}
}
