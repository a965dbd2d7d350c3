package messages

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// InvalidInput is the rule of findings on input that cannot be checked.
const InvalidInput = "invalid_input"

// AuditRow is one finding of an audit, or a conflict of many with the first two of its parties. A text is "" where there is none.
type AuditRow struct {
	// Rule is the name of the rule, or InvalidInput. Level is error, warn or note.
	Rule, Level string
	// Title is the heading of the message, Summary one sentence, Text the whole message.
	Title, Summary, Text string
	First                AuditParty
	// Second is nil where the rule concerns a single range or a number.
	Second *AuditParty
	// Overlap is the range that both parties claim.
	Overlap                                        netip.Prefix
	Consequence, Suggestion, Source, PlatformError string
	// Reason and Until are those of an accepted finding.
	Reason, Until string
	// Hypothetical says that only what is tried out causes the finding.
	Hypothetical bool
}

// AuditParty is one party of a finding. Of input that cannot be checked only At is set.
type AuditParty struct {
	Kind, Name, Part   string
	Range              netip.Prefix
	Network, Allocator string
	// At is the place of the range in the arguments.
	At          topology.Path
	Description string
	Labels      map[string]string
}

// AuditRows are the findings of an audit by the key that accepts them.
func (p Writer) AuditRows(audited allocate.AuditResult) map[string]AuditRow {
	rows := map[string]AuditRow{}
	ofMany := map[bool][]conflict.Finding{} // those that come with what_if, and all others
	for _, f := range audited.Findings {
		key := f.Key().String()
		_, taken := rows[key]
		switch hypothetical := audited.Hypothetical[key]; {
		case f.Sample != "":
			ofMany[hypothetical] = append(ofMany[hypothetical], f)
		case taken && f.Number.Unit != "": // a second bound on one number, which is less serious
		default:
			rows[free(rows, key)] = p.auditRow(underKey{conflict.Group{Findings: []conflict.Finding{f}}, f.Key()}, hypothetical)
		}
	}
	for _, hypothetical := range []bool{false, true} {
		for _, g := range conflict.Groups(ofMany[hypothetical]) {
			for _, key := range g.Keys() {
				rows[free(rows, key.String())] = p.auditRow(underKey{g, key}, hypothetical)
			}
		}
	}
	for _, m := range Safe(p.FaultMessages(audited.Faults)) {
		key := InvalidInput + "|" + m.At.String() + "|" + m.Summary
		if _, taken := rows[key]; !taken {
			rows[key] = faultRow(m)
		}
	}
	return rows
}

// AuditLevels are the levels of rows, the most serious first.
var AuditLevels = []string{"error", "warn", Note}

// AuditCounts is how many rows there are of each level.
func AuditCounts(rows map[string]AuditRow) map[string]int64 {
	counts := map[string]int64{}
	for _, row := range rows {
		counts[row.Level]++
	}
	return counts
}

// faultRow is the row of input that cannot be checked. It is hypothetical where it is in what_if.
func faultRow(m Message) AuditRow {
	level := "error"
	if m.Warn {
		level = "warn"
	}
	what, _, _ := strings.Cut(m.Detail, "\n")
	return AuditRow{
		Rule: cmp.Or(m.Rule, InvalidInput), Level: level, Title: m.Summary,
		Summary: Line(fmt.Sprintf("%s: %s", m.At, what)), Text: m.Detail,
		Hypothetical: ArgumentOf(m.At) == "what_if", First: AuditParty{At: m.At},
	}
}

// free is a key of a row, with a number where another finding has the key: keys do not name all that parties differ in, such
// as their kinds.
func free(rows map[string]AuditRow, key string) string {
	for n, first := 2, key; ; n++ {
		if _, taken := rows[key]; !taken {
			return key
		}
		key = fmt.Sprintf("%s #%d", first, n)
	}
}

// underKey is what one key of a group accepts.
type underKey struct {
	group conflict.Group
	key   conflict.Key
}

func (p Writer) auditRow(u underKey, hypothetical bool) AuditRow {
	m, f := p.Group(u.group).Safe(), u.group.Under(u.key)[0]
	what, _, _ := strings.Cut(WhatIsWrong(u.group), "\n") // a list of many is part of the text
	row := AuditRow{
		Rule: f.Code, Level: auditLevel(f), Title: m.Summary, Summary: Line(what), Text: m.Detail,
		First: p.AuditParty(f.A), Overlap: f.Shared,
		Suggestion: Join(f.FreeRanges), Source: p.Catalog.Cite(f.Rule), PlatformError: f.Rule.ErrorCode, Hypothetical: hypothetical,
	}
	if f.B != nil {
		second := p.AuditParty(*f.B)
		row.Second = &second
	}
	if rule, known := rules.Find(f.Code, p.Catalog); known {
		row.Consequence = rule.EffectAt(f.Rule.Level)
	}
	if f.Accepted != nil {
		row.Reason, row.Until = Described(f.Accepted.Reason), Line(f.Accepted.Until)
	}
	return row
}

// auditLevel is the level of a finding in an audit: it is no plan, so that networks that meet without a
// cluster are as serious as their rule says. What is accepted is a note, and so is what the platform allows.
func auditLevel(f conflict.Finding) string {
	switch {
	case f.Accepted != nil || IsNote(f):
		return Note
	case f.SetLevel != 0:
		return f.SetLevel.String()
	}
	return f.Rule.Level.String()
}

// AuditParty is a claim as one party of a finding.
func (p Writer) AuditParty(c conflict.Claim) AuditParty {
	return AuditParty{
		Kind: c.Kind.String(), Name: c.Owner, Part: c.Part, Range: c.Range, Network: c.Network, Allocator: c.Holder,
		At: p.Place(c.At), Description: Described(c.Description), Labels: c.Labels,
	}
}
