package cli

import (
	"strings"
	"testing"
)

// A report has a table of conflicts, their messages, and what is not checked, as far as there are any.
func TestPartsOfAReportInMarkdown(t *testing.T) {
	const head, none = "## Address conflicts\n\n", "No conflicts. Found 1 VPC.\n"
	const table = "1 error, 0 warnings, 0 notes. Found 1 VPC.\n\n" +
		"| level | finding | first | second |\n|---|---|---|---|\n| error | Overlap | a |  |\n"
	const message = "\n<details><summary>Error: Overlap</summary>\n\n```text\nThey overlap.\n```\n</details>\n"
	const skipped = "\n### Not checked\n\n- b: unknown\n"
	conflicts := []finding{{Level: "error", Title: "Overlap", Text: "They overlap.", First: party{Address: "a"}}}
	for name, test := range map[string]struct {
		findings []finding
		skipped  []unchecked
		want     string
	}{
		"nothing":              {nil, nil, head + none},
		"a conflict":           {conflicts, nil, head + table + message},
		"what is not checked":  {nil, []unchecked{{Address: "b", Reason: "unknown"}}, head + none + skipped},
		"one of each of these": {conflicts, []unchecked{{Address: "b", Reason: "unknown"}}, head + table + message + skipped},
	} {
		var out strings.Builder
		r := report{Found: found{VPCs: 1}, Findings: test.findings, NotRead: test.skipped}
		r.Counts.Errors = int64(len(test.findings))
		if err := new(command).writeMarkdown(&out, r); err != nil || out.String() != test.want {
			t.Errorf("%s: got %v and\n%s\nwant\n%s", name, err, out.String(), test.want)
		}
	}
}
