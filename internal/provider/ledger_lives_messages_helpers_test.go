package provider_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// reported is a kind of what Terraform reports in these lives: the summaries that match.
type reported struct {
	summary *regexp.Regexp
	// ended says that it comes only where a process or a connection was ended.
	ended bool
	// beside is what is reported with it, and says what to do.
	beside *regexp.Regexp
}

// expected are the kinds that may be reported. Errors of the provider say themselves how to resolve them.
var expected = []reported{
	{summary: regexp.MustCompile(`^(No Free Range|Held Range Was Lost|Plan Is Older Than the Ledger|Range Is Taken in the Ledger)\b`)},
	// Ranges that no plan chooses: p… are pinned, m… are mirrors of clusters whose ranges were chosen for another VRF.
	{summary: regexp.MustCompile(`^(Pod|Service) range \S+ of cluster "[pm]\S+ overlaps `)},
	{summary: regexp.MustCompile(` overlaps (Pod|Service) range \S+ of cluster "[pm]\S+ and \d+ more\b`)},
	{summary: regexp.MustCompile(`^Range Is Held by Another Planner\b`), beside: regexp.MustCompile(`range \S+ of "m\S+ overlaps`)},
	{summary: regexp.MustCompile(`^Argument Not Accepted\b`), beside: regexp.MustCompile(`"m\S+\]\.same_as = `)},
	{summary: regexp.MustCompile(`^Larger Pod Range Is Not Free\b`)},
	{summary: regexp.MustCompile(`^Block Has Ranges of Others\b`)}, // a destroy of the block that others allocate from
	{summary: regexp.MustCompile(`^Ledger Is Not Available \(`)},   // while the database restarts for longer than a plan waits
	// Of Terraform: its provider ended.
	{summary: regexp.MustCompile(`^(Plugin did not respond|Plugin error|Request cancelled|Failed to load plugin schemas)`), ended: true},
	{summary: regexp.MustCompile(`^Unrecognized remote plugin message:`), ended: true},
	// The same of OpenTofu.
	{summary: regexp.MustCompile(`^[Ff]ailed to (read|load|obtain|instantiate) .*(schema|provider)`), ended: true},
	// Of Terraform: what it planned is not what the ledger permits now. The warning says why, and to plan again.
	{
		summary: regexp.MustCompile(`^Provider produced inconsistent final plan$`),
		beside:  regexp.MustCompile(`Held Range Was (Lost|Replaced)|Ledger Is Ahead of the State`),
	},
	// Of Terraform: another apply came before a saved plan. It says to plan again.
	{summary: regexp.MustCompile(`^Saved plan is stale$`)},
}

// note counts what a command reports, and asks that each is of an expected kind.
func (l *ledgerLives) note(s *sharer, ended bool, args []string, out string) {
	all := diagnosticsIn(out)
	var together strings.Builder
	for _, d := range all {
		together.WriteString(d.String())
	}
	for _, d := range all {
		if l.count(d.Severity+": "+kindOf(d.Summary)) == 1 {
			l.t.Logf("the first one: %s: %q reports\n%s", s.owner, args, d)
		}
		own := d.Severity == "error" && strings.Contains(d.Address, "cidrplan_") && saysOptions(d)
		if own && !strings.Contains(d.Detail, "To resolve") {
			s.t.Errorf("%s: no option to resolve it: %s", s.owner, d)
		}
		if !isExpected(d, ended, together.String()) {
			l.count("messages of an unknown kind")
			s.t.Errorf("%s: %q (ended: %t) reports\n%s", s.owner, args, ended, d)
		}
	}
	if len(all) == 0 && strings.Contains(out, "panic") {
		s.t.Errorf("%s: %q\n%s", s.owner, args, out)
	}
}

var inQuotes = regexp.MustCompile(`\([^)]*"\)|"[^"]*"`)

// kindOf is a summary without names and ranges.
func kindOf(summary string) string {
	summary, _, _ = strings.Cut(summary, "\n")
	return strings.TrimSpace(inQuotes.ReplaceAllString(summary, ""))
}

// saysOptions says whether a diagnostic is of the provider, which then names options.
func saysOptions(d diagnostic) bool {
	return !slices.ContainsFunc([]string{"Plugin", "Provider produced", "Request cancelled"}, func(text string) bool {
		return strings.Contains(d.Summary, text)
	})
}

func isExpected(d diagnostic, ended bool, together string) bool {
	if d.Severity == "warning" {
		return true
	}
	for _, kind := range expected {
		if kind.summary.MatchString(d.Summary) && (ended || !kind.ended) && (kind.beside == nil || kind.beside.MatchString(together)) {
			return true
		}
	}
	return false
}

// figures are the counts of the lives, one a line.
func (l *ledgerLives) figures() string {
	var out strings.Builder
	for _, what := range l.sorted() {
		fmt.Fprintf(&out, "%6d %s\n", l.counts[what], what)
	}
	return out.String()
}
