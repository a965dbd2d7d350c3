package provider

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
)

// invalid is the rule of findings on input that cannot be checked.
const invalid = "invalid_input"

// auditRows writes the rows of an audit.
type auditRows struct{ messages.Writer }

// findings are the rows of an audit by key, and how many there are of each level.
func (p auditRows) findings(audited allocate.AuditResult) (rows, counts map[string]any) {
	rows = map[string]any{}
	numbers := map[string]int64{}
	ofMany := map[bool][]conflict.Finding{} // those that come with what_if, and all others
	for _, f := range audited.Findings {
		key := f.Key().String()
		switch hypothetical := audited.Hypothetical[key]; {
		case f.Sample != "":
			ofMany[hypothetical] = append(ofMany[hypothetical], f)
		case rows[key] != nil && f.Number.Name != "": // a second bound on one number, which is less serious
		default:
			rows[free(rows, key)] = p.counted(underKey{conflict.Group{Findings: []conflict.Finding{f}}, f.Key()}, hypothetical, numbers)
		}
	}
	for _, hypothetical := range []bool{false, true} {
		for _, g := range conflict.Groups(ofMany[hypothetical]) {
			for _, key := range g.Keys() {
				rows[free(rows, key.String())] = p.counted(underKey{g, key}, hypothetical, numbers)
			}
		}
	}
	for _, m := range messages.Safe(p.FaultMessages(audited.Faults)) {
		key := invalid + "|" + m.At.String() + "|" + m.Summary
		if rows[key] != nil {
			continue
		}
		row := faultRow(m)
		numbers[row["level"].(string)]++
		rows[key] = row
	}
	return rows, map[string]any{"errors": numbers["error"], "warnings": numbers["warn"], "notes": numbers["note"]}
}

// faultRow is the row of input that cannot be checked. It is hypothetical where it is in what_if.
func faultRow(m messages.Message) map[string]any {
	level := "error"
	if m.Warn {
		level = "warn"
	}
	what, _, _ := strings.Cut(m.Detail, "\n")
	return map[string]any{
		"rule": cmp.Or(m.Rule, invalid), "level": level, "summary": messages.Line(fmt.Sprintf("%s: %s", m.At, what)), "text": m.Detail,
		"hypothetical": messages.ArgumentOf(m.At) == "what_if", "first": map[string]any{"at": m.At.String()},
	}
}

// free is a key of a row, with a number where another finding has the key: keys do not name all that parties differ in, such
// as their kinds.
func free(rows map[string]any, key string) string {
	for n, first := 2, key; rows[key] != nil; n++ {
		key = fmt.Sprintf("%s #%d", first, n)
	}
	return key
}

// underKey is what one key of a group accepts.
type underKey struct {
	group conflict.Group
	key   conflict.Key
}

// counted is the row of a key, added to the numbers of rows by level.
func (p auditRows) counted(u underKey, hypothetical bool, numbers map[string]int64) map[string]any {
	row := p.row(u)
	row["hypothetical"] = hypothetical
	numbers[row["level"].(string)]++
	return row
}

// row is one finding as data, or a conflict of many with the first two of its parties.
func (p auditRows) row(u underKey) map[string]any {
	m, f := p.Group(u.group).Safe(), u.group.Under(u.key)[0]
	what, _, _ := strings.Cut(messages.WhatIsWrong(u.group), "\n") // a list of many is part of the text
	row := map[string]any{
		"rule": f.Code, "level": levelName(f), "summary": messages.Line(what), "text": m.Detail,
		"first": p.partyRow(f.A), "overlap": rangeOrNull(f.Shared), "source": textOrNull(p.Catalog.Cite(f.Rule)),
		"platform_error": textOrNull(f.Rule.ErrorCode),
	}
	if f.B != nil {
		row["second"] = p.partyRow(*f.B)
	}
	if rule, known := rules.Find(f.Code, p.Catalog); known {
		row["consequence"] = textOrNull(rule.EffectAt(f.Rule.Level))
	}
	if len(f.FreeRanges) > 0 {
		row["suggestion"] = messages.Join(f.FreeRanges)
	}
	if f.Accepted != nil {
		row["reason"], row["until"] = messages.Described(f.Accepted.Reason), textOrNull(messages.Line(f.Accepted.Until))
	}
	return row
}

// levelName is the level of a finding in an audit: it is no plan, so that networks that meet without a
// cluster are as serious as their rule says. What is accepted is a note, and so is what the platform allows.
func levelName(f conflict.Finding) string {
	switch {
	case f.Accepted != nil || messages.IsNote(f):
		return messages.Note
	case f.SetLevel != 0:
		return f.SetLevel.String()
	}
	return f.Rule.Level.String()
}

func (p auditRows) partyRow(c conflict.Claim) map[string]any {
	return map[string]any{
		"kind": c.Kind.String(), "name": c.Owner, "part": textOrNull(c.Part), "cidr": rangeOrNull(c.Range),
		"network": textOrNull(c.Network), "allocator": textOrNull(c.Holder), "at": p.Place(c.At).String(),
		"description": textOrNull(messages.Described(c.Description)), "labels": labelsOf(c),
	}
}

func labelsOf(c conflict.Claim) any {
	if len(c.Labels) == 0 {
		return nil
	}
	return c.Labels
}
