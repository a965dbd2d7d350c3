package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
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

func (a *auditDataSource) Read(_ context.Context, config tftypes.Value) (tftypes.Value, []*tfprotov6.Diagnostic) {
	w := a.arguments.Written(config)
	p := a.writer.From(w.Declared)
	request, unread := readRequest(w.Arguments)
	request.EveryPair = everyPair(w.Arguments)
	request.Settings = a.run.Load().lenient(request.Settings)
	request.Settings.WarnOnly = false // an audit stops nothing
	observed, faults := readObserved(w.Arguments)
	settings := takeDriftSettings(&request)
	whatIf, unreadTrial := readWhatIf(w.Arguments)
	audited := allocate.Audit(request, whatIf, a.writer.Catalog)
	audited.Faults = slices.Concat(w.Faults, w.Unused, unread, unreadTrial, faults, audited.Faults)
	audited.Findings = p.PlaceFindings(audited.Findings)
	rows := p.AuditRows(audited)
	if observed != nil {
		for _, d := range request.Drift(*observed, a.writer.Catalog) {
			p.AddDifference(rows, d, settings)
		}
	}
	findings, counts := auditValue(rows)
	return assembled(a.typ, values.AttributesOf(config), map[string]any{"findings": findings, "counts": counts}), nil
}

// everyPair says whether every pair of a conflict of many is asked for.
func everyPair(arguments map[string]tftypes.Value) bool {
	flag := (&values.Reader{}).Attributes(arguments, nil).Flag("every_pair")
	return flag != nil && *flag
}

// readWhatIf reads what is tried out; faults are what could not be read.
func readWhatIf(arguments map[string]tftypes.Value) (topology.WhatIf, []topology.Fault) {
	r := &values.Reader{}
	n := r.Attributes(arguments, nil).Child("what_if")
	if n == nil {
		return topology.WhatIf{}, nil
	}
	return topology.WhatIf{JoinedHubs: n.Texts("joined_hubs"), Peered: n.Texts("peered"), Meshed: n.Texts("meshed")}, r.Faults
}
