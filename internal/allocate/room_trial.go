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
	result := planMakingRoom(edited, t.catalog)
	known := map[string][]any{}
	for _, f := range t.before.Faults {
		known[f.At.String()] = append(known[f.At.String()], f.Problem)
	}
	for _, f := range result.Faults {
		if e, lacks := f.Problem.(NoRoom); lacks && slices.Contains(e.clusters(), t.lacking.Cluster) ||
			!lacks && !f.Warn && !containsProblem(known[f.At.String()], f.Problem) {
			return false
		}
	}
	return len(result.Findings) <= len(t.before.Findings)
}

// containsProblem compares what problems hold: pointers in them differ from plan to plan.
func containsProblem(list []any, problem any) bool {
	return slices.ContainsFunc(list, func(other any) bool { return reflect.DeepEqual(other, problem) })
}

// clusters are all that lack a range.
func (e NoRoom) clusters() []string {
	names := []string{e.Cluster}
	for _, other := range e.Others {
		names = append(names, other.Cluster)
	}
	return names
}
