package messages

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// located is an answer whose paths are shown as the configuration has them: those of arguments in declare begin with
// declare, also in lists of parties.
func (p Writer) located(result allocate.Result) allocate.Result {
	if len(p.Declared) == 0 {
		return result
	}
	result.Findings, result.Unknown = p.LocatedFindings(result.Findings), p.locatedPaths(result.Unknown)
	result.Unchecked = slices.Clone(result.Unchecked)
	for i, in := range result.Unchecked {
		result.Unchecked[i].Map, result.Unchecked[i].Names = p.ShownIn(in.Map), slices.Clone(in.Names)
		for j, named := range in.Names {
			result.Unchecked[i].Names[j].At = p.ShownIn(named.At)
		}
	}
	return result
}

// LocatedFindings returns findings with the places that the configuration has, also of arguments in declare.
func (p Writer) LocatedFindings(findings []conflict.Finding) []conflict.Finding {
	out := slices.Clone(findings)
	for i, f := range out {
		out[i].A.At, out[i].RestoredAt = p.ShownIn(f.A.At), p.ShownIn(f.RestoredAt)
		if f.B != nil {
			other := *f.B
			other.At = p.ShownIn(other.At)
			out[i].B = &other
		}
	}
	return out
}

// LocatedFaults are faults whose problems name further places.
func (p Writer) LocatedFaults(faults []topology.Fault) []topology.Fault {
	out := slices.Clone(faults)
	for i, f := range out {
		switch problem := f.Problem.(type) {
		case allocate.GrowthPostponed:
			problem.Unknown = p.locatedPaths(problem.Unknown)
			out[i].Problem = problem
		case conflict.UntilWithoutToday:
			problem.At = p.locatedPaths(problem.At)
			out[i].Problem = problem
		}
	}
	return out
}

func (p Writer) locatedPaths(paths []topology.Path) []topology.Path {
	out := slices.Clone(paths)
	for i, at := range out {
		out[i] = p.ShownIn(at)
	}
	return out
}
