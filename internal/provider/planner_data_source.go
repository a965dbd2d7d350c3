package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
)

// plannerDataSource is a planner without memory.
type plannerDataSource struct {
	planner
	fields fields
	typ    tftypes.Object
}

func newPlannerDataSource(p planner) *plannerDataSource {
	all := p.door.arguments.declarable().with(p.door.results).with(id)
	return &plannerDataSource{p, all, all.typ()}
}

func (a *plannerDataSource) Schema() *tfprotov6.Schema { return a.fields.schema(a.door.preview) }

func (a *plannerDataSource) Validate(config tftypes.Value) []*tfprotov6.Diagnostic {
	return diagnostics(a.validate(config))
}

func (a *plannerDataSource) Read(config tftypes.Value) (tftypes.Value, []*tfprotov6.Diagnostic) {
	session := a.run.Load()
	w := a.door.arguments.written(config)
	p := a.writer.From(w.declared)
	request, unread := a.door.read(w.arguments)
	if found := p.Faults(p.Mark(request.Name), w.faults); messages.Refuses(found) {
		return tftypes.Value{}, diagnostics(found)
	}
	request.Leniency = session.lenient(request.Leniency)
	session.mark(request.Facts.Foreign)
	found, result := p.Answer(request, unread)
	if messages.Refuses(found) {
		return tftypes.Value{}, diagnostics(found)
	}
	values := a.door.encode(request, result)
	values["id"] = request.Name
	return assembled(a.typ, attributesOf(config), values), diagnostics(found)
}
