package allocate

import (
	"reflect"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// maxTrials is the number of ranges that may be missing for options to be tried out, each with a plan of its own.
const maxTrials = 32

// trial tries out what makes room for ranges that are missing.
type trial struct {
	request Request
	catalog *profile.Catalog
	lacking NoRoom
	before  Result
}

// works says whether an edited request has room, and no fault or conflict that it did not have before.
func (t trial) works(edited Request) bool {
	if len(t.lacking.Others) >= maxTrials || t.lacking.CutShort {
		return false
	}
	result := planMakingRoom(edited, t.catalog).withoutOptions()
	known, lacked := map[string][]any{}, map[string]bool{}
	for _, f := range t.before.Faults {
		known[f.At.String()] = append(known[f.At.String()], f.Problem)
		for _, name := range without(f.Problem) {
			lacked[name] = true
		}
	}
	for _, f := range result.Faults {
		lacking := without(f.Problem)
		if slices.ContainsFunc(lacking, func(name string) bool { return name == t.lacking.Cluster || !lacked[name] }) ||
			len(lacking) == 0 && !f.Warn && !containsProblem(known[f.At.String()], f.Problem) {
			return false
		}
	}
	return len(result.Findings) <= len(t.before.Findings)
}

// containsProblem compares what problems hold: pointers in them differ from plan to plan.
func containsProblem(list []any, problem any) bool {
	return slices.ContainsFunc(list, func(other any) bool { return reflect.DeepEqual(other, problem) })
}

// without are the clusters or blocks that lack a range by a problem.
func without(problem any) []string {
	switch e := problem.(type) {
	case NoRoom:
		return e.clusters()
	case NotExtended:
		return []string{e.Cluster}
	}
	return nil
}

// clusters are all that lack a range.
func (e NoRoom) clusters() []string {
	names := []string{e.Cluster}
	for _, other := range e.Others {
		names = append(names, other.Cluster)
	}
	return names
}
