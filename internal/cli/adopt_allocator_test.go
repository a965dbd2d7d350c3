package cli

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestAcceptedConflictsThatAreWritten(t *testing.T) {
	before := func(key, until string) map[string]topology.Acceptance {
		return map[string]topology.Acceptance{key: {Reason: "lab", Until: until}}
	}
	found := map[string]messages.AuditRow{"a|b": {Level: "error", Title: "Pods overlap"}}
	const head = "\n# Conflicts that exist. Give each a reason and an end, or resolve it and remove its line.\n"
	const open, again, end = "accepted_conflicts = {\n", "# error: Pods overlap\n\"a|b\" = { reason = \"found by cidrplan\" }\n", "}\n"
	const accepted = `"c|d" = { reason = "lab"`
	for name, test := range map[string]struct {
		rows   map[string]messages.AuditRow
		before map[string]topology.Acceptance
		want   string
	}{
		"none":                    {nil, nil, ""},
		"one that was found":      {found, nil, head + open + again + end},
		"one that was accepted":   {nil, before("c|d", ""), open + accepted + " }\n" + end},
		"one with an end":         {nil, before("c|d", "2027-06-30"), open + accepted + ", until = \"2027-06-30\" }\n" + end},
		"one of each":             {found, before("c|d", ""), head + open + again + accepted + " }\n" + end},
		"one that is found again": {found, before("a|b", ""), head + open + again + end},
	} {
		w := &hclWriter{}
		w.acceptedConflicts(test.rows, test.before)
		if got := w.String(); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
		}
	}
}
