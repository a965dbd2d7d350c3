package provider

import (
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// auditValue is what an audit computes: the rows by key, and how many there are of each level.
func auditValue(rows map[string]messages.AuditRow) (findings, counts map[string]any) {
	findings = map[string]any{}
	for key, row := range rows {
		findings[key] = auditRow(row)
	}
	numbers := messages.AuditCounts(rows)
	return findings, map[string]any{"errors": numbers["error"], "warnings": numbers["warn"], "notes": numbers[messages.Note]}
}

func auditRow(row messages.AuditRow) map[string]any {
	out := map[string]any{
		"rule": row.Rule, "level": row.Level, "summary": row.Summary, "text": row.Text, "hypothetical": row.Hypothetical,
		"first": auditParty(row.First), "overlap": rangeOrNull(row.Overlap), "consequence": textOrNull(row.Consequence),
		"suggestion": textOrNull(row.Suggestion), "source": textOrNull(row.Source), "platform_error": textOrNull(row.PlatformError),
		"reason": textOrNull(row.Reason), "until": textOrNull(row.Until),
	}
	if row.Second != nil {
		out["second"] = auditParty(*row.Second)
	}
	return out
}

func auditParty(c messages.AuditParty) map[string]any {
	if c.Kind == "" { // input that cannot be checked
		return map[string]any{"at": c.At.String()}
	}
	return map[string]any{
		"kind": c.Kind, "name": c.Name, "part": textOrNull(c.Part), "cidr": rangeOrNull(c.Range),
		"network": textOrNull(c.Network), "allocator": textOrNull(c.Allocator), "at": c.At.String(),
		"description": textOrNull(c.Description), "labels": labelsOf(c),
	}
}

func labelsOf(c messages.AuditParty) any {
	if len(c.Labels) == 0 {
		return nil
	}
	return c.Labels
}
