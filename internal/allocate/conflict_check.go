package allocate

import (
	"maps"
	"slices"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// conflictReport is which rules are broken among everything that is pinned, held or declared.
type conflictReport struct {
	findings []conflict.Finding
	// before are the claims that prior state held.
	before []conflict.Claim
	faults faultList
}

// checkConflicts looks for broken rules among everything that is pinned, held or declared. factsUnknown says that some facts are not known
// until apply.
func checkConflicts(s *situation, c collected, factsUnknown bool) conflictReport {
	return newConflictCheck(s, c, nil, factsUnknown).report()
}

// conflictCheck looks for broken rules.
type conflictCheck struct {
	*situation
	collected collected
	// tried is what an audit compares with what it tries out, nil for all else.
	tried *conflict.PriorClaims
	// before are the claims that prior state held, prior is which rules these broke; without a prior state both are empty.
	before       []conflict.Claim
	prior        conflict.PriorClaims
	factsUnknown bool
	// fromLedger are the claims of ranges that the ledger held for this plan, before others of the ledger got addresses of them.
	fromLedger []conflict.Claim
}

func newConflictCheck(s *situation, c collected, tried *conflict.PriorClaims, factsUnknown bool) conflictCheck {
	check := conflictCheck{situation: s, collected: c, tried: tried, factsUnknown: factsUnknown}
	if prior := s.request.Prior; prior != nil {
		check.before = s.priorClaims(c.released)
		was := conflict.NewWorld(prior.Facts, s.catalog)
		check.prior = conflict.NewPriorClaims(was, check.before, brokenAlone(was, check.before, prior.Facts))
	}
	return check
}

// report looks for all broken rules.
func (c conflictCheck) report() conflictReport {
	traits := []conflict.Traits{c.request.Settings.Traits(c.request.Facts), c.prior.Traits(), c.releasedTraits()}
	if c.tried != nil {
		traits = append(traits, c.tried.Traits())
	}
	overlaps, faults := c.overlaps(traits)
	report := c.graded(append(overlaps, brokenAlone(c.world, c.collected.claims, c.request.Facts)...))
	report.faults = append(faults, report.faults...)
	return report
}

// graded says of findings how serious they are, and leaves out those that are none.
func (c conflictCheck) graded(findings []conflict.Finding) conflictReport {
	if prior := c.request.Prior; prior != nil {
		c.prior.MarkPreExisting(findings)
		c.markHeldBefore(findings)
		if prior.Imported { // what was there before is not known, and a recovery is not stopped by it
			for i := range findings {
				findings[i].PreExisting = true
			}
		}
	}
	findings = c.markHeldFirst(findings)
	// before findings are left out: what was accepted when it was reported is no unused acceptance
	findings, faults := c.withSettings(findings)
	findings = slices.DeleteFunc(findings, func(f conflict.Finding) bool {
		return f.OutdatedAdvice() || f.PreExisting && f.B != nil && f.B.Kind == conflict.Released && !f.B.Foreign() ||
			c.heldBesideReleased(f)
	})
	conflict.Sort(findings)
	return conflictReport{findings: findings, before: c.before, faults: faults}
}

// MaxPairs is the number of pairs of ranges that share addresses up to which an audit lists every pair.
const MaxPairs = 50_000

// overlaps are the findings of two claims; of many equal ones as many as name each party. Claims of which a trait
// differs are not equal.
func (c conflictCheck) overlaps(traits []conflict.Traits) (findings []conflict.Finding, faults faultList) {
	claims := slices.Concat(c.collected.claims, c.fromLedger)
	if c.request.EveryPair {
		pairs := conflict.OverlappingPairs(claims)
		if pairs <= MaxPairs {
			return c.world.Overlaps(claims), nil
		}
		faults.fault(
			topology.Path{}.Attr("every_pair"),
			topology.TooMany{Of: topology.RangePairs, Count: pairs, Max: MaxPairs, Limit: topology.Limit{Argument: "every_pair"}},
		)
	}
	return c.world.SampledOverlaps(claims, traits...), faults
}

// brokenAlone are the findings that are not of two claims.
func brokenAlone(w conflict.World, claims []conflict.Claim, f topology.Facts) []conflict.Finding {
	return slices.Concat(conflict.Ranges(claims), w.Counts(f, claims), w.VPCs(f))
}

// withSettings sets the levels of findings by what the configuration says of them.
func (c conflictCheck) withSettings(findings []conflict.Finding) ([]conflict.Finding, faultList) {
	var faults faultList
	settings := c.request.Settings
	settings.Gone = c.namesBefore()
	findings, unused := settings.Apply(findings, c.request.Facts)
	if places := settings.WithoutToday(c.request.Facts); len(places) > 0 {
		faults.warn(places[0], conflict.UntilWithoutToday{At: places})
	}
	if c.factsUnknown {
		return findings, faults // what an acceptance is for may not be known yet
	}
	for _, at := range unused {
		faults.warn(at, UnusedAcceptance{Key: at[len(at)-1].Key})
	}
	return findings, faults
}

// namesBefore are the names of those that were declared before, or that released or hold something. Some are
// still declared.
func (c conflictCheck) namesBefore() []string {
	names := slices.Collect(maps.Keys(c.request.Existing))
	for _, released := range c.collected.released {
		names = append(names, released.Cluster)
	}
	if prior := c.request.Prior; prior != nil {
		was := prior.Facts
		names = slices.Concat(names, was.Owners(), slices.Collect(maps.Keys(was.VPCs)), slices.Collect(maps.Keys(was.Sites)))
	}
	return names
}
