package main

import (
	"fmt"
	"strings"
)

// result counts the mutants of a package by what became of them.
type result struct {
	name   string
	counts map[status]int
}

// share is the part of the mutants that tests reach which they notice, in percent. A mutant that makes tests endless counts
// neither as noticed nor as missed.
func (r result) share() float64 {
	decided := r.counts[killed] + r.counts[lived]
	if decided == 0 {
		return 100
	}
	return 100 * float64(r.counts[killed]) / float64(decided)
}

// table is a table in Markdown with a row for each package.
func table(results []result) string {
	var b strings.Builder
	b.WriteString("\n| package | killed | timed out | lived | not reached | killed of killed and lived |\n|---|---|---|---|---|---|\n")
	for _, r := range results {
		c := r.counts
		fmt.Fprintf(&b, "| `%s` | %d | %d | %d | %d | %.1f %% |\n", r.name, c[killed], c[timedOut], c[lived], c[unreached], r.share())
	}
	return b.String()
}
