package allocate

import (
	"net/netip"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/drift"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Drift compares the facts of a request, and the ranges that existing and pins give, with what a cloud reports.
func (r Request) Drift(observed drift.Observed, catalog *profile.Catalog) []drift.Difference {
	declared := drift.Declared{Facts: r.Facts, Held: map[string]profile.Ranges{}, Released: map[string][]profile.Ranges{}}
	declared.Others = r.declaredOthers(catalog)
	result := Result{Allocations: map[string]Allocation{}}
	for name, e := range r.Existing {
		if e.Cluster != "" {
			declared.Released[e.Cluster] = append(declared.Released[e.Cluster], e.Ranges())
			continue
		}
		declared.Held[name] = e.Ranges()
	}
	for name, cl := range r.Facts.Clusters {
		key := r.existingKey(name)
		if key != "" && key != name {
			declared.Held[name] = declared.Held[key]
			delete(declared.Held, key)
		}
		if pinned := pinnedRanges(cl); !declared.Held[name].Held() && pinned.Held() {
			declared.Held[name] = pinned
		}
		if held := declared.Held[name]; held.Held() {
			result.Allocations[name] = Allocation{Ranges: held}
		}
	}
	routes, _ := r.RequiredRoutes(result, catalog)
	for _, needed := range routes {
		if _, isVPC := r.Facts.VPCs[needed.Network]; isVPC && needed.Action == topology.SendToPeer {
			declared.Required = append(declared.Required, drift.Required{
				Network: needed.Network, Cluster: needed.Cluster, Destination: needed.Destination,
			})
		}
	}
	return drift.Compare(declared, observed)
}

// declaredOthers are the ranges that clusters use beside Pods and Services by what is declared, the defaults of their platforms among
// them.
func (r Request) declaredOthers(catalog *profile.Catalog) map[string][]drift.OtherRange {
	r = r.withOtherExisting()
	all := map[string][]drift.OtherRange{}
	for name, e := range r.Existing {
		for use, ranges := range e.OtherRanges {
			of, _ := catalog.OtherUse(e.Profile, use)
			for _, p := range ranges {
				all[name] = append(all[name], drift.OtherRange{Use: use, Range: p, Routed: of.Reach == profile.Routed})
			}
		}
	}
	for name, cl := range r.Facts.Clusters {
		prof, _ := catalog.Profile(cl.Profile)
		for _, c := range conflict.ClusterClaimant(name, cl, prof).Others() {
			all[name] = append(all[name], drift.OtherRange{
				Use: c.Part, Range: c.Range, Default: c.Source == conflict.Assumed, Routed: c.Routed(),
			})
		}
	}
	return all
}

// pinnedRanges are the ranges that the configuration gives a cluster, as far as they are known.
func pinnedRanges(cl topology.Cluster) profile.Ranges {
	pins := cl.PinnedRanges()
	pins.Pods = slices.DeleteFunc(slices.Clone(pins.Pods), func(p netip.Prefix) bool { return !p.IsValid() })
	return pins
}
