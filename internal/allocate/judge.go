package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// judge looks for broken rules among everything that is pinned, held or declared.
func (p *planner) judge() {
	marks := []conflict.Traits{p.request.Leniency.Traits(p.request.Facts)}
	if p.earlier != nil {
		marks = append(marks, p.earlier.Traits())
	}
	if p.request.Prior != nil {
		p.noteEarlier()
		marks = append(marks, p.stood.Traits())
	}
	marks = append(marks, p.restMarks())
	p.weigh(append(p.overlaps(marks), alone(p.world, p.claims, p.request.Facts)...))
}

// noteEarlier notes what prior state held, and which rules that broke.
func (p *planner) noteEarlier() {
	prior := p.request.Prior
	p.result.Before = p.priorClaims()
	was := conflict.NewWorld(prior.Facts, p.catalog)
	p.stood = conflict.NewPriorClaims(was, p.result.Before, alone(was, p.result.Before, prior.Facts))
}

// weigh notes findings with how serious they are.
func (p *planner) weigh(findings []conflict.Finding) {
	p.result.Findings = findings
	if prior := p.request.Prior; prior != nil {
		p.stood.MarkPreExisting(p.result.Findings)
		p.heldBefore()
		if prior.Imported { // what was there before is not known, and a recovery is not stopped by it
			for i := range p.result.Findings {
				p.result.Findings[i].PreExisting = true
			}
		}
	}
	p.lenient() // before the rest is dropped: what was accepted when it was told is not accepted for nothing
	p.result.Findings = slices.DeleteFunc(p.result.Findings, func(f conflict.Finding) bool {
		return f.OutdatedAdvice() || f.PreExisting && f.B != nil && f.B.Kind == conflict.Released && !f.B.Foreign() || p.restsBeside(f)
	})
	conflict.Sort(p.result.Findings)
}

// MaxPairs is the number of pairs of ranges that share addresses up to which an audit lists every pair.
const MaxPairs = 50_000

// overlaps are the findings of two claims, of crowds as many as name each party. Claims of which a mark
// differs are told apart.
func (p *planner) overlaps(marks []conflict.Traits) []conflict.Finding {
	if p.request.EveryPair {
		if pairs := conflict.OverlappingPairs(p.claims); pairs <= MaxPairs {
			return p.world.Overlaps(p.claims)
		}
		p.fault(
			topology.Path{}.Attr("every_pair"),
			topology.TooMany{What: "pairs of ranges", Count: conflict.OverlappingPairs(p.claims), Max: MaxPairs, Why: "every_pair"},
		)
	}
	return p.world.SampledOverlaps(p.claims, marks...)
}

// alone are the findings that are not of two claims.
func alone(w conflict.World, claims []conflict.Claim, f topology.Facts) []conflict.Finding {
	return slices.Concat(conflict.Ranges(claims), w.Counts(f, claims))
}

// lenient sets the levels of findings by what the configuration says of them.
func (p *planner) lenient() {
	leniency := p.request.Leniency
	leniency.Gone = p.gone()
	findings, unused := leniency.Apply(p.result.Findings, p.request.Facts)
	p.result.Findings = findings
	if places := leniency.WithoutToday(p.request.Facts); len(places) > 0 {
		p.warn(places[0], conflict.UntilWithoutToday{At: places})
	}
	if len(p.result.Unknown) > 0 {
		return // what an acceptance is for may not be known yet
	}
	for _, at := range unused {
		p.warn(at, NothingAccepted{Key: at[len(at)-1].Key})
	}
}

// gone are the names of those that are not declared here and were, gave something up or hold it. Some are
// declared still.
func (p *planner) gone() []string {
	names := slices.Collect(maps.Keys(p.request.Existing))
	for _, released := range p.released {
		names = append(names, released.Cluster)
	}
	if prior := p.request.Prior; prior != nil {
		was := prior.Facts
		names = slices.Concat(
			names, slices.Collect(maps.Keys(was.Clusters)), slices.Collect(maps.Keys(was.VPCs)), slices.Collect(maps.Keys(was.Sites)),
		)
	}
	return names
}
