package conflict

import (
	"cmp"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// Group has the findings of one cause, at least one. They have the same rule, level and lapse. Besides, one party is in all of them,
// or they are between clusters with the same range, or each is a range that breaks the rule by itself.
type Group struct {
	Findings []Finding
	// Common is the party that is in all findings of several, nil where there is none.
	Common *Claim
	// LeftOut is the number of findings of a ConfigCheck that are not returned.
	LeftOut int
}

// Sampled says whether the findings are only some of the pairs of the group: each party is in one of them.
func (g Group) Sampled() bool {
	return slices.ContainsFunc(g.Findings, func(f Finding) bool { return f.Sample != "" })
}

// Groups puts findings of one cause together. Groups are in the order of their first findings, and the findings of a group keep
// their order.
func Groups(findings []Finding) []Group {
	classes := map[class][]int{}
	var sets [][]int
	for i, f := range findings {
		if f.joinable() {
			classes[f.class()] = append(classes[f.class()], i)
		} else {
			sets = append(sets, []int{i})
		}
	}
	for _, members := range classes {
		sets = append(sets, split(findings, members)...)
	}
	slices.SortFunc(sets, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	var groups []Group
	for _, set := range sets {
		groups = append(groups, groupOf(findings, set))
	}
	return groups
}

// class is what findings of one group have in common, beside a cause.
type class struct {
	code, text       string
	level            profile.Level
	preExisting      bool
	heldFirst        bool
	hub, third, mesh string
	alone            bool
	vpcPlatform      string
	lapsed           Lapse
}

func (f Finding) class() class {
	c := class{f.Code, f.Rule.Text, f.Level(), f.PreExisting, f.HeldFirst, f.Hub, f.Third, f.Mesh, f.B == nil, f.VPCPlatform, Lapse{}}
	if f.Lapsed != nil {
		c.lapsed = *f.Lapsed
	}
	return c
}

// joinable says whether a finding can be reported together with others.
func (f Finding) joinable() bool {
	return f.Number.Unit == "" && !(f.A.OfClusterOrBlock() && f.A.Part != "") && !f.OutsideOther()
}

// split parts the findings of one class by their causes. Each part keeps their order.
func split(findings []Finding, members []int) [][]int {
	if findings[members[0]].B == nil {
		return [][]int{members}
	}
	causes := map[ID]int{} // how many findings a party is in
	for _, i := range members {
		causes[findings[i].A.ID()]++
		causes[findings[i].B.ID()]++
	}
	parts := map[any][]int{}
	for _, i := range members {
		f := findings[i]
		var cause any = f.B.ID()
		switch {
		case f.A.OfClusterOrBlock() && f.B.OfClusterOrBlock() && f.A.Range == f.B.Range:
			cause = f.Shared
		case f.Sample != "":
			cause = f.Sample
		case causes[f.A.ID()] > causes[f.B.ID()]:
			cause = f.A.ID()
		}
		parts[cause] = append(parts[cause], i)
	}
	var sets [][]int
	for _, part := range parts {
		sets = append(sets, part)
	}
	return sets
}

func groupOf(findings []Finding, set []int) Group {
	g := Group{}
	for _, i := range set {
		g.Findings = append(g.Findings, findings[i])
	}
	first := g.Findings[0]
	if len(set) == 1 || first.B == nil || g.Sampled() {
		return g
	}
	for _, party := range []Claim{first.A, *first.B} {
		if !slices.ContainsFunc(g.Findings, func(f Finding) bool { return f.A.ID() != party.ID() && f.B.ID() != party.ID() }) {
			g.Common = &party
		}
	}
	return g
}

// Members are the parties beside the common one, each once, in the order of the findings.
func (g Group) Members() []Claim {
	var members []Claim
	seen := map[ID]bool{}
	for _, f := range g.Findings {
		for _, party := range []*Claim{&f.A, f.B} {
			if party == nil || g.Common != nil && party.ID() == g.Common.ID() || seen[party.ID()] {
				continue
			}
			seen[party.ID()] = true
			members = append(members, *party)
		}
	}
	return members
}
