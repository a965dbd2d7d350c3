package conflict_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The table of rules lists kinds of options that exist, each once, and each kind is of some rule.
func TestTheTableOfRulesListsKindsOfOptions(t *testing.T) {
	lists, used := map[string][]string{"across resources": rules.OptionsAcross()}, map[topology.OptionKind]bool{}
	for _, r := range rules.All(profile.Default()) {
		lists[r.Code] = rules.OptionsOf(r.Code)
	}
	for name, kinds := range lists {
		if len(kinds) == 0 {
			t.Errorf("%s has no options", name)
		}
		for i, kind := range kinds {
			used[topology.OptionKind(kind)] = true
			if reasons[topology.OptionKind(kind)] == "" || slices.Contains(kinds[:i], kind) {
				t.Errorf("%s lists %q, which is no kind or is listed twice", name, kind)
			}
		}
	}
	for kind := range reasons {
		if !used[kind] {
			t.Errorf("no rule lists %q", kind)
		}
	}
}

// Options have the order of the table of rules; what a rule does not list comes last.
func TestOptionsHaveTheOrderOfTheTable(t *testing.T) {
	f := fatal(meeting("pod_overlaps_route", "10.64.0.0/20", pinnedPods("shop", "10.64.0.0/20"), routeOf("home", "vpn", "10.64.0.0/16")))[0]
	f.FreeRanges = prefixes("10.80.0.0/20")
	f.ExtraOptions = []topology.Option{
		{Kind: conflict.Fewer, Edits: []topology.Edit{topology.Remove(place("vpcs"))}},
		{Kind: conflict.Undone, Edits: []topology.Edit{topology.Remove(place("peers"))}},
	}
	var got []topology.OptionKind
	for _, o := range conflict.Groups([]conflict.Finding{f})[0].Options() {
		got = append(got, o.Kind)
	}
	want := []topology.OptionKind{conflict.OtherRange, conflict.Undone, conflict.Aggregate, conflict.Accepted, conflict.Fewer}
	if !slices.Equal(got, want) {
		t.Errorf("the options are %v, want %v", got, want)
	}
}
