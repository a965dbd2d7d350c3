package provider

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// located is an answer whose paths are shown as the configuration has them: those of arguments in declare begin with
// declare, also in lists of parties.
func (p prose) located(result allocate.Result) allocate.Result {
	if len(p.declared) == 0 {
		return result
	}
	result.Findings, result.Unknown = p.locatedFindings(result.Findings), p.locatedPaths(result.Unknown)
	result.Unchecked = slices.Clone(result.Unchecked)
	for i, in := range result.Unchecked {
		result.Unchecked[i].Map, result.Unchecked[i].Names = p.shownIn(in.Map), slices.Clone(in.Names)
		for j, named := range in.Names {
			result.Unchecked[i].Names[j].At = p.shownIn(named.At)
		}
	}
	return result
}

func (p prose) locatedFindings(findings []conflict.Finding) []conflict.Finding {
	out := slices.Clone(findings)
	for i, f := range out {
		out[i].A.At, out[i].RestoredAt = p.shownIn(f.A.At), p.shownIn(f.RestoredAt)
		if f.B != nil {
			other := *f.B
			other.At = p.shownIn(other.At)
			out[i].B = &other
		}
	}
	return out
}

// locatedFaults are faults whose problems name further places.
func (p prose) locatedFaults(faults []topology.Fault) []topology.Fault {
	out := slices.Clone(faults)
	for i, f := range out {
		switch problem := f.Problem.(type) {
		case allocate.GrowthWaits:
			problem.Unknown = p.locatedPaths(problem.Unknown)
			out[i].Problem = problem
		case conflict.UntilWithoutToday:
			problem.At = p.locatedPaths(problem.At)
			out[i].Problem = problem
		}
	}
	return out
}

func (p prose) locatedPaths(paths []topology.Path) []topology.Path {
	out := slices.Clone(paths)
	for i, at := range out {
		out[i] = p.shownIn(at)
	}
	return out
}
