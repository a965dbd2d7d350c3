package allocate

import (
	"cmp"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// situation is where a plan starts: its inputs, and what was held and released before. Nothing changes it once it is read.
//
// The Prior of its request has current names, and no allocations that this plan releases.
type situation struct {
	inputs
	// before is what clusters and blocks held, by the names they have now.
	before map[string]Allocation
	// released is what stays reserved, including what this plan releases.
	released map[string]Released
	// renumbered is what clusters held that get other ranges because a token asks for it.
	renumbered map[string]Allocation
	// carriedOver are clusters that held their ranges under a previous name, confirmed those of which a new
	// token confirms that they move to another VPC with the ranges that they are pinned to.
	carriedOver, confirmed map[string]bool
}

// held returns what a cluster or block holds already, by prior state or else by existing. byState says that the state has it, and so
// the complete allocation.
func (s *situation) held(name string) (ranges profile.Ranges, byState bool) {
	if a, ok := s.allocated(name); ok {
		return a.Ranges, true
	}
	return s.existingRanges(name), false
}

// allocated is the allocation of a cluster or block by prior state.
func (s *situation) allocated(name string) (a Allocation, ok bool) {
	if s.request.Prior != nil {
		a, ok = s.request.Prior.Allocations[name]
	}
	return a, ok
}

// rangesOf are those that a cluster or block holds.
func (s *situation) rangesOf(name string) profile.Ranges {
	held, _ := s.held(name)
	return held
}

// heldBefore are the ranges that a cluster or block held before this plan.
func (s *situation) heldBefore(name string) profile.Ranges {
	if held := s.before[name].Ranges; held.Held() {
		return held
	}
	return s.rangesOf(name)
}

// heldFacts are the facts of prior state where a cluster or block holds ranges by it, and none where it does not.
func (s *situation) heldFacts(name string) topology.Facts {
	if s.request.Prior == nil {
		return topology.Facts{}
	}
	if _, holds := s.request.Prior.Allocations[name]; !holds {
		return topology.Facts{}
	}
	return s.request.Prior.Facts
}

// priorProfile is the profile with which a cluster got its ranges, "" where that is not known.
func (s *situation) priorProfile(name string) string {
	if was, known := s.heldFacts(name).Clusters[name]; known {
		return was.Profile
	}
	if s.request.Prior == nil {
		return ""
	}
	return s.request.Prior.Profiles[name]
}

// profileOf is the profile of a cluster. Where it is not known until apply, it is the one with which the cluster got its
// ranges, since what is held stays as it is.
func (s *situation) profileOf(name string) (*profile.Profile, bool) {
	if prof, known := s.catalog.Profile(s.request.Facts.Clusters[name].Profile); known {
		return prof, true
	}
	return s.catalog.Profile(s.priorProfile(name))
}

// wasDual says whether a cluster that state holds has both families. Where the state lost what was
// declared of it, its ranges show it, if the profile has any of its own for IPv6.
func (s *situation) wasDual(name string, prof *profile.Profile) (dual, known bool) {
	if cl, ok := s.heldFacts(name).Clusters[name]; ok {
		own := cl.SameAs != "" && s.request.Facts.Clusters[name].SameAs == "" // its families were those of another
		return cl.Dual(), !own || len(s.request.Facts.Clusters[name].IPFamilies) > 0
	}
	ranges, byState := s.held(name)
	return ranges.Dual(), byState && (prof.IPv6.Pods == "own" || prof.IPv6.Services == "own")
}

// lastReleased is what a cluster or block, by this or a previous name, released last, and its key.
func (s *situation) lastReleased(name string) (key string, released Released, ok bool) {
	if _, moves := s.renumbered[name]; moves {
		return "", Released{}, false
	}
	names := s.request.Facts.OwnerNames(name)
	for k, candidate := range s.released {
		if !slices.Contains(names, candidate.Cluster) || candidate.Cluster != name && s.request.Facts.HasOwner(candidate.Cluster) {
			continue
		}
		if !ok || cmp.Or(cmp.Compare(candidate.Order, released.Order), cmp.Compare(k, key)) > 0 {
			key, released, ok = k, candidate, true
		}
	}
	return key, released, ok
}

// named says whether a name is one of a cluster or block, now or before.
func (s *situation) named(name string) bool {
	declared := s.request.Facts.HasOwner(name)
	_, exists := s.request.Existing[name]
	_, released := s.released[name]
	if s.request.Prior != nil {
		_, held := s.request.Prior.Allocations[name]
		declared = declared || held
	}
	return declared || exists || released
}
