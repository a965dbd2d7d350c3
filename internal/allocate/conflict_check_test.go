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
		request      Request
		factsUnknown bool
		// findings are "code level", and "code level, pre-existing" for pre-existing conflicts.
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
		"an acceptance of a conflict that facts may turn out to cause": {
			request: request(pinned, accepting), factsUnknown: true,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, c := collectedOf(t, test.request, profile.Default())
			report := checkConflicts(s, c, test.factsUnknown)
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
	for name, test := range map[string]struct {
		// groups are numbers of owners that have the same range.
		groups  []int
		tooMany bool
	}{
		"few pairs":            {[]int{20}, false},
		"as many as the limit": {[]int{316, 21, 5, 5}, false},
		"one more":             {[]int{316, 21, 5, 5, 2}, true},
	} {
		r := request(func(r *Request) { r.EveryPair = true })
		c := conflictCheck{situation: &situation{inputs: *newInputs(r, profile.Default())}}
		for i, owners := range test.groups {
			shared := prefix(fmt.Sprintf("10.0.%d.0/24", i))
			for k := range owners {
				claim := conflict.Claim{Kind: conflict.Reserved, Owner: fmt.Sprint(i, "-", k), Range: shared}
				c.collected.claims = append(c.collected.claims, claim)
			}
		}
		if _, faults := c.overlaps(nil); len(faults) > 0 != test.tooMany {
			t.Errorf("%s: got the faults %v", name, faults)
		}
	}
}

// Two groups of equal clusters are joined: the conflicts inside each group are older and do not represent those between them.
func TestNewConflictsAmongManyPreExistingOnesAreReported(t *testing.T) {
	const each = conflict.PairwiseLimit
	declared := func(hubs ...string) Request {
		r := request(func(r *Request) { r.Facts.VPCs = map[string]topology.VPC{} })
		for i := range 2 * each {
			name, hub := fmt.Sprintf("c%02d", i), hubs[i*len(hubs)/(2*each)]
			r.Facts.Hubs[hub] = topology.Hub{}
			r.Facts.VPCs[name] = topology.VPC{CIDRBlocks: prefixes(fmt.Sprintf("192.168.%d.0/24", i)), Hubs: []string{hub}}
			pin := pins(fmt.Sprintf("172.20.%d.0/24", i), "10.0.0.0/24")
			cluster(name, "kubernetes-routed", profile.Need{}, pin, inVPC(name))(&r)
		}
		return r
	}
	prior := declared("left", "right")
	r := declared("all")
	r.Prior = after(prior, Result{Allocations: map[string]Allocation{}}).Prior
	for name, cl := range prior.Facts.Clusters {
		r.Prior.Allocations[name] = Allocation{Ranges: profile.Ranges{Pods: cl.PodCIDRs, Service: cl.ServiceCIDR, NodeMask: 26}}
	}
	s, c := collectedOf(t, r, profile.Default())
	inNew := map[string]bool{}
	for _, f := range checkConflicts(s, c, false).findings {
		if !f.PreExisting {
			inNew[f.A.Owner], inNew[f.B.Owner] = true, true
		}
	}
	if len(inNew) != 2*each {
		t.Errorf("%d of %d clusters are in a new conflict", len(inNew), 2*each)
	}
}
