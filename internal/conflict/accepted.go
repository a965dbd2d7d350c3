package conflict

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The problems of accepted conflicts.
type (
	// NoKey says that an accepted conflict is not given by a key that a message printed.
	NoKey struct{ Key string }
	// UntilWithoutToday says that the provider has no date to compare the last days of acceptances with, so that they
	// never end. It only warns.
	UntilWithoutToday struct{ At []topology.Path }
)

// ReasonNeeded is the reason of topology.Missing for an accepted conflict without a reason.
type ReasonNeeded struct{}

// CheckAccepted checks accepted conflicts that are given at a place.
func CheckAccepted(at topology.Path, all map[string]topology.Acceptance) []topology.Fault {
	var faults []topology.Fault
	for _, text := range slices.Sorted(maps.Keys(all)) {
		here, reason := at.Attr("accepted_conflicts").Key(text), all[text].Reason
		if _, ok := ParseKey(text); !ok {
			faults = append(faults, topology.Fault{At: here, Problem: NoKey{Key: text}})
		}
		if reason == "" {
			faults = append(
				faults,
				topology.Fault{At: here.Attr("reason"), Problem: topology.Missing{Reason: ReasonNeeded{}}},
			)
		}
		faults = append(faults, topology.CheckPlaceholder(here.Attr("reason"), reason, topology.ReasonToAccept)...)
	}
	return faults
}

// WithoutToday returns the places of acceptances that have a last day, where no date is given to compare it with.
func (l Settings) WithoutToday(f topology.Facts) []topology.Path {
	if l.Today != "" || l.TodayUnknown {
		return nil
	}
	var places []topology.Path
	for _, a := range append(acceptances(topology.Path{}, l.Accepted), declaredAcceptances(f)...) {
		if a.Until != "" {
			places = append(places, a.at.Attr("until"))
		}
	}
	return places
}
