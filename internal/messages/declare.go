package messages

import (
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The planner has each argument at a path of its own, such as vpcs["prod"]. Where the configuration sets the argument in
// declare, messages have the path of the configuration: declare.vpcs["prod"].

// From is the writer for arguments some of which are in declare: declared has their names.
func (p Writer) From(declared map[string]bool) Writer {
	p.Declared = declared
	return p
}

// Place returns the path at which the configuration has what the planner has at a path. A path of the configuration is returned
// as it is.
func (p Writer) Place(at topology.Path) topology.Path {
	if len(at) == 0 || !p.Declared[at[0].Attr] {
		return at
	}
	return append(topology.Path{}.Attr(topology.DeclareArgument), at...)
}

// ArgumentOf is the argument that a path begins with, also one in declare.
func ArgumentOf(at topology.Path) string { return withoutDeclare(at)[0].Attr }

// withoutDeclare is a path of the planner.
func withoutDeclare(at topology.Path) topology.Path {
	if len(at) > 1 && at[0].Attr == topology.DeclareArgument {
		return at[1:]
	}
	return at
}

// placeResult is a result with the paths of the configuration, also in lists of parties.
func (p Writer) placeResult(result allocate.Result) allocate.Result {
	if len(p.Declared) == 0 {
		return result
	}
	result.Findings, result.Unknown = p.PlaceFindings(result.Findings), p.placePaths(result.Unknown)
	result.Unchecked = slices.Clone(result.Unchecked)
	for i, in := range result.Unchecked {
		result.Unchecked[i].Map, result.Unchecked[i].Names = p.Place(in.Map), slices.Clone(in.Names)
		for j, named := range in.Names {
			result.Unchecked[i].Names[j].At = p.Place(named.At)
		}
	}
	return result
}

// PlaceFindings returns findings with the paths of the configuration.
func (p Writer) PlaceFindings(findings []conflict.Finding) []conflict.Finding {
	out := slices.Clone(findings)
	for i, f := range out {
		out[i].A.At, out[i].RestoredAt = p.Place(f.A.At), p.Place(f.RestoredAt)
		if f.B != nil {
			other := *f.B
			other.At = p.Place(other.At)
			out[i].B = &other
		}
	}
	return out
}

// PlaceFaults returns faults whose problems name further places with the paths of the configuration.
func (p Writer) PlaceFaults(faults []topology.Fault) []topology.Fault {
	out := slices.Clone(faults)
	for i, f := range out {
		switch problem := f.Problem.(type) {
		case allocate.GrowthPostponed:
			problem.Unknown = p.placePaths(problem.Unknown)
			out[i].Problem = problem
		case conflict.UntilWithoutToday:
			problem.At = p.placePaths(problem.At)
			out[i].Problem = problem
		}
	}
	return out
}

func (p Writer) placePaths(paths []topology.Path) []topology.Path {
	out := slices.Clone(paths)
	for i, at := range out {
		out[i] = p.Place(at)
	}
	return out
}

func givenTwiceText(e topology.GivenTwice) string {
	return Shown(e.Argument) +
		" is set both in declare and directly. Keep one of the two. cidrplan reports misspelled attributes only in declare."
}

func unusedText(e topology.UnusedAttributes) string {
	return "No argument has these attributes, so they are ignored: " + Listed(paths(e.At), 20) + ". " +
		"If they are meant for cidrplan, correct their names. Otherwise remove them, or keep them if other resources use the same objects."
}
