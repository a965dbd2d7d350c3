package provider

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/rules"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// auditDataSource reports all conflicts among facts as data, and never fails for one.
type auditDataSource struct {
	writer    messages.Writer
	run       *run
	arguments values.Fields
	fields    values.Fields
	typ       tftypes.Object
}

func newAuditDataSource(p messages.Writer, r *run) *auditDataSource {
	arguments := auditArguments(p.Catalog)
	all := arguments.Declarable().With(auditResults)
	return &auditDataSource{p, r, arguments, all, all.Type()}
}

func (a *auditDataSource) Schema() *tfprotov6.Schema {
	return a.fields.Schema(
		"Returns all conflicts among networks, routes and clusters as data, for `check` blocks, CSV files and pipelines. " +
			"It accepts the same facts as an allocator, allocates nothing, and does not fail for a conflict. " +
			"Use `what_if` to try out connected hubs, peered networks and clusters in a mesh.",
	)
}

// Validate has nothing to check: what is wrong with the facts is a finding.
func (a *auditDataSource) Validate(tftypes.Value) []*tfprotov6.Diagnostic { return nil }

func (a *auditDataSource) Read(config tftypes.Value) (tftypes.Value, []*tfprotov6.Diagnostic) {
	w := a.arguments.Written(config)
	p := a.writer.From(w.Declared)
	request, unread := readRequest(w.Arguments)
	request.EveryPair = everyPair(w.Arguments)
	request.Settings = a.run.Load().lenient(request.Settings)
	request.Settings.WarnOnly = false // an audit stops nothing
	audited := allocate.Audit(request, readWhatIf(w.Arguments), a.writer.Catalog)
	audited.Faults = slices.Concat(w.Faults, w.Unused, unread, audited.Faults)
	audited.Findings = p.LocatedFindings(audited.Findings)
	findings, counts := auditRows{p}.findings(audited)
	return assembled(a.typ, values.AttributesOf(config), map[string]any{"findings": findings, "counts": counts}), nil
}

// everyPair says whether every pair of a conflict of many is asked for.
func everyPair(arguments map[string]tftypes.Value) bool {
	flag := (&values.Reader{}).Attributes(arguments, nil).Flag("every_pair")
	return flag != nil && *flag
}

func readWhatIf(arguments map[string]tftypes.Value) topology.WhatIf {
	r := &values.Reader{} // what cannot be read is told as unread
	n := r.Attributes(arguments, nil).Child("what_if")
	if n == nil {
		return topology.WhatIf{}
	}
	return topology.WhatIf{JoinedHubs: n.Texts("joined_hubs"), Peered: n.Texts("peered"), Meshed: n.Texts("meshed")}
}

// invalid is the rule of findings that tell of input which cannot be judged.
const invalid = "invalid_input"

// auditRows writes the rows of an audit.
type auditRows struct{ messages.Writer }

// findings are the rows of an audit by key, and how many there are of each level.
func (p auditRows) findings(audited allocate.AuditResult) (rows, counts map[string]any) {
	rows = map[string]any{}
	numbers := map[string]int64{}
	crowds := map[bool][]conflict.Finding{} // those that come with what is tried out, and all others
	for _, f := range audited.Findings {
		key := f.Key().String()
		switch hypothetical := audited.Hypothetical[key]; {
		case f.Sample != "":
			crowds[hypothetical] = append(crowds[hypothetical], f)
		case rows[key] != nil && f.Number.Name != "": // a second bound on one number, which is less serious
		default:
			rows[free(rows, key)] = p.counted(underKey{conflict.Group{Findings: []conflict.Finding{f}}, f.Key()}, hypothetical, numbers)
		}
	}
	for _, hypothetical := range []bool{false, true} {
		for _, g := range conflict.Groups(crowds[hypothetical]) {
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

// faultRow is the row of input that cannot be judged as it is given. It is hypothetical where it is in what_if.
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
	said, _, _ := strings.Cut(messages.WhatIsWrong(u.group), "\n") // a list of many is part of the text
	row := map[string]any{
		"rule": f.Code, "level": levelName(f), "summary": messages.Line(said), "text": m.Detail,
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
		"kind": c.Kind.String(), "name": c.Owner, "part": textOrNull(c.Part), "cidr": rangeOrNull(c.Range), "network": textOrNull(c.Network),
		"allocator": textOrNull(
			c.Holder,
		), "at": p.Place(c.At).String(), "description": textOrNull(messages.Described(c.Description)), "labels": labelsOf(c),
	}
}

func labelsOf(c conflict.Claim) any {
	if len(c.Labels) == 0 {
		return nil
	}
	return c.Labels
}
