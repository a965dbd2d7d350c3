package allocate

import (
	"slices"
	"sort"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Plan plans a request. It is the only planner: resource, data source and function call it.
//
// Where everything released may be used again, it uses the fewest of the oldest that make room.
func Plan(r Request, catalog *profile.Catalog) Result {
	r, shared := r.prepared()
	result := planMakingRoom(r, catalog).withOptions()
	result.Faults = optionsBesideHeld(r, result.Faults, catalog)
	if len(shared) > 0 {
		result.Faults = append(
			result.Faults,
			topology.Fault{
				At:      topology.Path{}.Attr("name"),
				Problem: SharedName{Name: r.Name, Claims: shared},
				Warn:    true,
				Options: r.sharedNameOptions(shared),
			},
		)
		sortByPlace(result.Faults)
	}
	return result
}

// planMakingRoom is Plan for a request whose own claims are not among those of others. Where nothing else is free, it uses what others
// hold in the ledger by holds that have expired.
func planMakingRoom(r Request, catalog *profile.Catalog) *stages {
	p := planReclaiming(r, catalog)
	if !p.result.lacksRoom() || !r.Ledger.hasExpired() {
		return p
	}
	if p.result.heldUnused { // what is held for the demands comes before what has expired
		held := r
		held.Ledger = r.Ledger.withoutExpired()
		if with := planReclaiming(held, catalog); !with.result.lacksRoom() && !with.result.heldUnused {
			return with
		}
	}
	r.Ledger = r.Ledger.beside(p.result.Chosen)
	if with := planReclaiming(r, catalog); !with.result.lacksRoom() {
		return with
	}
	return p
}

// planReclaiming plans a request. Where everything released may be used again, it uses the fewest of the oldest that make room, and
// that let demands have the ranges that the ledger holds for them.
func planReclaiming(r Request, catalog *profile.Catalog) *stages {
	p := plan(r, catalog, nil)
	old := oldest(r, p.result.Released)
	if len(old) == 0 || !p.result.lacksRoom() && !p.result.heldUnused {
		return p
	}
	keepsHeld := p.result.heldUnused && !plan(r, catalog, old).result.heldUnused
	if !keepsHeld && !p.result.lacksRoom() {
		return p
	}
	enough := sort.Search(len(old), func(i int) bool {
		with := plan(r, catalog, old[:i+1]).result
		return !with.lacksRoom() && !(keepsHeld && with.heldUnused)
	})
	if enough == len(old) {
		return p
	}
	return plan(r, catalog, old[:enough+1])
}

// allowing is the catalog with what the request allows. Where it is not known yet whether it does, nothing is
// refused because of it.
func (r Request) allowing(catalog *profile.Catalog) *profile.Catalog {
	if r.AllowClassE || r.Unknown.Has(profile.AllowClassE) {
		return catalog.AllowingClassE()
	}
	return catalog
}

// lacksRoom says whether some cluster or block found no room.
func (r Result) lacksRoom() bool {
	return slices.ContainsFunc(r.Faults, func(f topology.Fault) bool { return len(without(f.Problem)) > 0 })
}

// plan runs the stages with some released ranges used again.
func plan(r Request, catalog *profile.Catalog, reused []string) *stages {
	return runStages(newInputs(r, r.allowing(catalog)), reused)
}

// withOptions is the result of a plan with options of its findings, and with equal faults of many clusters or blocks as one.
func (p *stages) withOptions() Result {
	result := p.withoutOptions()
	if p.situation == nil {
		return result
	}
	findings := withFreeRanges(&p.inputs, p.collected.withFormer(result.Claims), result.Findings)
	findings = withOptions(p.situation, result.Claims, result.Before, findings)
	result.Findings = p.withOtherProfiles(findings)
	return result
}

// withoutOptions is withOptions without options of findings: few of those who try out a plan need them.
func (p *stages) withoutOptions() Result {
	result := p.result
	if p.situation != nil {
		result.Faults = p.given.combined(result.Faults)
		sortByPlace(result.Faults)
	}
	return result
}

// stages are what the stages of one plan found.
type stages struct {
	*situation // nil where the request itself is wrong
	reused     []string
	collected  collected
	check      conflictCheck
	placed     placed
	result     Result
}

// runStages makes a plan without options of its findings: it reads what was held before, collects what clusters and blocks have and
// need, checks that for conflicts, chooses ranges, and makes the result. reused are the keys of released ranges that are used again.
func runStages(in *inputs, reused []string) *stages {
	r := in.given
	unknown := unknownPaths(r)
	isUnknown := len(unknown) > 0
	faults := Check(r, in.catalog)
	p := &stages{reused: reused, result: newResult()}
	if !faultList(faults).failed() {
		s, priorFaults := readPrior(in, reused)
		priorFaults = append(priorFaults, checkPrior(s)...)
		p.situation, p.collected = s, collectDemands(s, isUnknown)
		if isUnknown {
			p.placed = postpone(s, p.collected, unknown)
		} else {
			p.placed = place(s, p.collected)
		}
		p.check = newConflictCheck(s, p.collected, nil, isUnknown).withHeld(p.placed.held)
		conflicts := p.check.report()
		p.result = assemble(s, p.collected, p.placed)
		p.result.Findings, p.result.Before = conflicts.findings, conflicts.before
		faults = slices.Concat(
			faults, priorFaults, p.collected.faults, conflicts.faults, p.check.givenOnFormer(), p.placed.faults, p.result.Faults,
		)
	}
	p.result.Faults, p.result.Unknown, p.result.Unchecked = faults, unknown, r.uncheckedNames()
	return p
}

func sortByPlace(faults []topology.Fault) {
	slices.SortStableFunc(faults, func(a, b topology.Fault) int { return strings.Compare(a.At.String(), b.At.String()) })
}
