package allocate

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Which rules are broken among pins and held ranges, before any range is chosen.
func TestCheckConflicts(t *testing.T) {
	toPods := vpc("ali", route("vpn", topology.Route{Destination: prefix("10.0.0.0/20"), NextHop: "vpn"}))
	pinned := shop(pins("172.20.0.0/22", "10.0.0.0/19"))
	accepting := func(r *Request) { accepts("pod_overlaps_route|10.0.0.0/20|ali:vpn+shop")(r) }
	tests := map[string]struct {
		request Request
		late    bool
		// findings are "code level", of which those that were there before say so.
		findings, faults []string
	}{
		"nothing is in conflict": {request: request(pinned)},
		"nothing is chosen yet":  {request: request(shop(), toPods)},
		"a pin in conflict":      {request: request(pinned, toPods), findings: []string{"pod_overlaps_route error"}},
		"a conflict that prior state knows": {
			request:  after(request(pinned, toPods), Result{Allocations: map[string]Allocation{"shop": {Ranges: shopHolds}}}),
			findings: []string{"pod_overlaps_route warn, pre-existing"},
		},
		"an acceptance of nothing": {request: request(pinned, accepting), faults: []string{"UnusedAcceptance"}},
		"an acceptance whose conflict may come with facts that are not known yet": {request: request(pinned, accepting), late: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, c := collectedOf(t, test.request, profile.Default())
			report := checkConflicts(s, c, test.late)
			var findings, faults []string
			for _, f := range report.findings {
				text := f.Code + " " + f.Level().String()
				if f.PreExisting {
					text += ", pre-existing"
				}
				findings = append(findings, text)
			}
			for _, text := range placesAndTypes(report.faults) {
				faults = append(faults, text[len(text)-len("UnusedAcceptance"):])
			}
			if !slices.Equal(findings, test.findings) || !slices.Equal(faults, test.faults) {
				t.Errorf("got %q and %q, want %q and %q", findings, faults, test.findings, test.faults)
			}
			if before := len(report.before) > 0; before != (test.request.Prior != nil) {
				t.Errorf("%d claims of prior state", len(report.before))
			}
		})
	}
}

func TestEveryPairIsListedUpToALimit(t *testing.T) {
	for owners, tooMany := range map[int]bool{20: false, 317: true} {
		r := request(func(r *Request) { r.EveryPair = true })
		c := conflictCheck{situation: &situation{inputs: *newInputs(r, profile.Default())}}
		for i := range owners {
			claim := conflict.Claim{Kind: conflict.Reserved, Owner: fmt.Sprint(i), Range: prefix("10.0.0.0/24")}
			c.collected.claims = append(c.collected.claims, claim)
		}
		pairs := owners * (owners - 1) / 2
		if _, faults := c.overlaps(nil); len(faults) > 0 != tooMany {
			t.Errorf("%d pairs: got the faults %v", pairs, faults)
		}
	}
}
