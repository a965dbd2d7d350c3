package cli

import (
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/changes"
)

// A resource has a table where something changes, and sentences where there is something to say.
func TestChangesOfAResourceInMarkdown(t *testing.T) {
	const head = "## Changes of ranges\n\n### cidrplan&#95;allocator.a\n\n"
	const row = "| | name | ranges | use |\n|---|---|---|---|\n| + | shop |  | Pods |\n"
	changed := []changes.Change{{Kind: changes.Allocated, Owner: "shop", Part: changes.Pods}}
	for name, test := range map[string]struct {
		report changes.Report
		want   string
	}{
		"a change":                   {changes.Report{Changes: changed}, head + row},
		"a change beside another":    {changes.Report{Changes: changed, Unchanged: 1}, head + row + "\n1 other keeps its ranges.\n"},
		"a new name and no change":   {changes.Report{Previous: "a"}, head + "\nIt was a before.\n"},
		"neither changes nor others": {changes.Report{}, head},
	} {
		test.report.Address = "cidrplan_allocator.a"
		var out strings.Builder
		err := new(command).writeChangesMarkdown(&out, planned{reports: []changes.Report{test.report}})
		if err != nil || out.String() != test.want {
			t.Errorf("%s: got %v and\n%s\nwant\n%s", name, err, out.String(), test.want)
		}
	}
}
