package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// optionTrials tries out options that need a free range, each with a plan of its own: a token of renumber, a second cluster, a range that
// is appended. Where the supernets have no room for the range, the option also adds one that has.
type optionTrials struct {
	request Request
	catalog *profile.Catalog
	// left is how many options may still be tried out. The others stay as they are.
	left int
}

// withRoom are some options, without those for which no room can be made.
func (t *optionTrials) withRoom(options []topology.Option) []topology.Option {
	var kept []topology.Option
	for _, o := range options {
		if !needsRange(o.Edits) {
			kept = append(kept, o)
			continue
		}
		if more, ok := t.room(o.Edits); ok {
			o.Add(more...)
			kept = append(kept, o)
		}
	}
	return kept
}

// needsRange says whether a plan with some edits chooses a range that a plan without them does not.
func needsRange(edits []topology.Edit) bool {
	return slices.ContainsFunc(edits, func(e topology.Edit) bool {
		_, copies := e.Do.(topology.Copying)
		_, sets := e.Do.(topology.Setting)
		return copies || sets && (e.At[0].Attr == "renumber" || e.At[len(e.At)-1].Attr == "append_ranges")
	})
}

// room are the edits that make room for the ranges which some edits need, none where there is room. ok is false where no edit makes
// room.
func (t *optionTrials) room(edits []topology.Edit) (more []topology.Edit, ok bool) {
	edited, names, ok := t.request.following(edits)
	if !ok || t.left <= 0 {
		return nil, true
	}
	t.left--
	result := planMakingRoom(edited, t.catalog).withoutOptions()
	lacking := lackingFor(result, names)
	if len(lacking) == 0 {
		return nil, true
	}
	for _, e := range lacking {
		try := trial{request: edited, catalog: t.catalog, before: result, lacking: e}
		options := slices.Concat(try.container(), try.supernets())
		if len(options) == 0 {
			return nil, false
		}
		more = append(more, options[0].Edits...)
	}
	return more, true
}

// lackingFor are the ranges that a plan misses for some clusters or blocks.
func lackingFor(result Result, names []string) []NoRoom {
	var lacking []NoRoom
	for _, f := range result.Faults {
		if e, lacks := f.Problem.(NoRoom); lacks && slices.ContainsFunc(e.clusters(), func(name string) bool {
			return slices.Contains(names, name)
		}) {
			lacking = append(lacking, e)
		}
	}
	return lacking
}

// findings returns findings with what makes room for their parties if they move. All are tried at once, and those of each message by
// themselves only where some have no room together.
func (t *optionTrials) findings(findings []conflict.Finding) []conflict.Finding {
	findings = slices.Clone(findings)
	for i, f := range findings {
		findings[i].MovedWith, findings[i].NoRoom = maps.Clone(f.MovedWith), maps.Clone(f.NoRoom)
	}
	reported := slices.DeleteFunc(slices.Clone(findings), func(f conflict.Finding) bool { return f.Level() == profile.Allow })
	groups := conflict.Groups(reported)
	var all []topology.Edit
	for _, g := range groups {
		all = append(all, g.Moving()...)
	}
	edited, names, ok := t.request.following(all)
	if len(all) == 0 || !ok {
		return findings
	}
	lacking := map[string]bool{}
	for _, e := range lackingFor(planMakingRoom(edited, t.catalog).withoutOptions(), names) {
		for _, name := range e.clusters() {
			lacking[name] = true
		}
	}
	for _, g := range groups {
		moving := g.Moving()
		if !slices.ContainsFunc(moving, func(e topology.Edit) bool { return lacking[e.At[len(e.At)-1].Key] }) {
			continue
		}
		more, fits := t.room(moving)
		for _, f := range g.Findings {
			for name := range f.Tokens {
				f.MovedWith[name], f.NoRoom[name] = slices.Concat(f.MovedWith[name], more), !fits
			}
		}
	}
	return findings
}
