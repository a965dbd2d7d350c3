package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
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
	p := a.prose.from(w.declared)
	request, unread := a.door.read(w.arguments)
	if messages := p.faults(p.mark(request.Name), w.faults); refuses(messages) {
		return tftypes.Value{}, diagnostics(messages)
	}
	request.Leniency = session.lenient(request.Leniency)
	session.mark(request.Facts.Foreign)
	messages, result := p.answer(request, unread)
	if refuses(messages) {
		return tftypes.Value{}, diagnostics(messages)
	}
	values := a.door.encode(request, result)
	values["id"] = request.Name
	return assembled(a.typ, attributesOf(config), values), diagnostics(messages)
}
