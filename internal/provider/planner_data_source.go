package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// plannerDataSource is a planner that stores nothing.
type plannerDataSource struct {
	planner
	fields values.Fields
	typ    tftypes.Object
}

func newPlannerDataSource(p planner) *plannerDataSource {
	all := p.kind.arguments.Declarable().With(p.kind.results).With(id)
	return &plannerDataSource{p, all, all.Type()}
}

func (a *plannerDataSource) Schema() *tfprotov6.Schema { return a.fields.Schema(a.kind.preview) }

func (a *plannerDataSource) Validate(config tftypes.Value) []*tfprotov6.Diagnostic {
	return diagnostics(a.validate(config, noneLeft))
}

func (a *plannerDataSource) Read(_ context.Context, config tftypes.Value) (tftypes.Value, []*tfprotov6.Diagnostic) {
	session := a.run.Load()
	w := a.kind.arguments.Written(config)
	p := a.writer.From(w.Declared)
	request, unread := a.kind.read(w.Arguments)
	if found := p.Faults(p.Mark(request.Name), w.Faults); messages.Refuses(found) {
		return tftypes.Value{}, diagnostics(found)
	}
	request.Settings = session.lenient(request.Settings)
	session.mark(request.Facts.Foreign)
	p.Reported = session.isReported
	found, result := planAndReport(p, request, unread)
	if messages.Refuses(found) {
		return tftypes.Value{}, diagnostics(found)
	}
	contents := a.kind.encode(request, result)
	contents["id"] = request.Name
	return assembled(a.typ, values.AttributesOf(config), contents), diagnostics(found)
}
