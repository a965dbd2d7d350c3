package cli

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/changes"
)

func TestWhatRangesOfAChangeAreFor(t *testing.T) {
	to := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}
	for want, change := range map[string]changes.Change{
		"Pods, 3 nodes":                 {Kind: changes.Allocated, Part: changes.Pods, To: to, Nodes: 3},
		"Pods":                          {Kind: changes.Allocated, Part: changes.PodsIPv6, To: to},
		"Pods, appended, 1 node in all": {Kind: changes.Appended, Part: changes.PodsIPv6, To: to, Nodes: 1, Services: 9},
		"Pods, extended to a larger range that contains it, 5 nodes": {Kind: changes.Extended, Part: changes.Pods, To: to, Nodes: 5},
		"Services, up to 9":                  {Kind: changes.Allocated, Part: changes.Services, To: to, Nodes: 3, Services: 9},
		"Services, moved, up to 9":           {Kind: changes.Moved, Part: changes.ServicesIPv6, To: to, Services: 9},
		"Services":                           {Kind: changes.Allocated, Part: changes.Services, To: to, Nodes: 3},
		"Services, released, stays reserved": {Kind: changes.ReleasedRanges, Part: changes.Services, Services: 9},
		"block":                              {Kind: changes.Allocated, Part: changes.Block, To: to, Nodes: 3, Services: 9},
		"new name of a":                      {Kind: changes.Renamed, PreviousName: "a"},
		"known after apply":                  {Kind: changes.Unknown},
		"conflict accepted":                  {Kind: changes.AcceptedConflict},
		"conflict no longer accepted":        {Kind: changes.NoLongerAccepted},
		"conflict accepted: lab (until 2027-06-30)": {
			Kind: changes.AcceptedConflict, Acceptance: changes.Acceptance{Reason: "lab", Until: "2027-06-30"},
		},
	} {
		if got := useText(change); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestSentencesOnAResourceAsAWhole(t *testing.T) {
	for name, test := range map[string]struct {
		report changes.Report
		want   []string
	}{
		"nothing to say": {changes.Report{}, nil},
		"one other":      {changes.Report{Unchanged: 1}, []string{"1 other keeps its ranges."}},
		"two others":     {changes.Report{Unchanged: 2}, []string{"2 others keep their ranges."}},
		"another name": {
			changes.Report{Previous: "cidrplan_allocator.a", Created: true},
			[]string{"It was cidrplan_allocator.a before.", "It is created."},
		},
		"destroyed": {changes.Report{Destroyed: true}, []string{"It is destroyed. Its ranges are not reserved afterwards."}},
		"forgotten": {
			changes.Report{Forgotten: true},
			[]string{"It is removed from the state and not destroyed. Its ranges are not reserved afterwards."},
		},
	} {
		if got := about(test.report); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
