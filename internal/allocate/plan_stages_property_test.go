package allocate

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

// A stage changes none of its input: called a second time with the same input, after all later stages, it gives the same result.
func TestStagesChangeNoInput(outer *testing.T) {
	outer.Parallel()
	found, placedRanges := 0, 0
	rapid.Check(outer, func(t *rapid.T) {
		r := draw{t}.request()
		in := newInputs(r, r.allowing(profile.Default()))
		p := runStages(in, nil)
		if p.situation == nil {
			return
		}
		s, unknown := p.situation, unknownPaths(in.given)
		same := func(stage string, first, again any) {
			if !reflect.DeepEqual(first, again) {
				t.Errorf("%s: first %+v, then %+v", stage, first, again)
			}
		}
		report := p.check.report()
		checked := slices.Clone(report.findings)
		options := func() []conflict.Finding {
			findings := withFreeRanges(&s.inputs, p.result.Claims, report.findings)
			return p.withOtherProfiles(withOptions(s, p.result.Claims, p.result.Before, findings))
		}
		first := options()
		same("the options of findings, on their input", checked, report.findings)
		same("the options of findings", first, options())
		same("checkConflicts", report, checkConflicts(s, p.collected, len(unknown) > 0))
		if len(unknown) == 0 {
			same("place", p.placed, place(s, p.collected))
		}
		assembled := assemble(s, p.collected, p.placed)
		same("assemble", p.result.Allocations, assembled.Allocations)
		same("assemble", p.result.Released, assembled.Released)
		again, _ := readPrior(newInputs(r, r.allowing(profile.Default())), nil)
		same("collectDemands", p.collected, collectDemands(again, len(unknown) > 0))
		found, placedRanges = found+len(first), placedRanges+len(p.placed.chosen)
	})
	if found == 0 || placedRanges == 0 {
		outer.Errorf("%d findings and %d chosen ranges: the requests show nothing", found, placedRanges)
	}
}
