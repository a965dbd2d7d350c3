package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// declared says what a resource declares: what it is given is its state. Hubs, sites,
// VPCs and clusters are all of this kind.
type declared struct {
	typeName string
	about    string
	fields   values.Fields
	// check reads the configuration of the resource and checks it.
	check func(*values.Node) []topology.Fault
	// facts reads what the resource declares under a name.
	facts func(n *values.Node, name string) topology.Facts
	// sameThing are the arguments that say which thing is declared: resources of one name that agree in them declare it
	// together. Without them, no two resources may have one name.
	sameThing []string
}

// declaration is a resource that only declares.
type declaration struct {
	declared
	writer messages.Writer
	run    *run
	all    values.Fields
	typ    tftypes.Object
}

func newDeclaration(d declared, p messages.Writer, r *run) *declaration {
	all := d.fields.PlannedDeclarable().With(id)
	return &declaration{d, p, r, all, all.Type()}
}

func (d *declaration) Schema() *tfprotov6.Schema { return d.all.Schema(d.about) }

func (d *declaration) Validate(config tftypes.Value, writeOnly bool) []*tfprotov6.Diagnostic {
	w, r := d.fields.Written(config), &values.Reader{}
	n := r.Attributes(w.Arguments, nil)
	faults := slices.Concat(r.Faults, d.check(n), w.Faults, w.Unused)
	found := d.run.Load().once(d.writer.From(w.Declared).Faults(messages.MarkOf(d.typeName, n.Text("name")), faults))
	return diagnostics(append(found, requireWriteOnly(config, writeOnly)...))
}

func (d *declaration) Plan(_ context.Context, c server.Change) server.Planned {
	value, found := d.plan(c)
	return server.Planned{Value: value, Private: markPlanned(c), Diagnostics: diagnostics(found)}
}

// plan returns the planned value, and what there is to report. With an error there is no value.
func (d *declaration) plan(c server.Change) (tftypes.Value, []messages.Message) {
	none, session := tftypes.Value{}, d.run.Load()
	w := d.fields.Written(c.Config)
	contents := w.Planned()
	name := values.TextOf(contents["name"])
	if found := d.writer.Faults(messages.MarkOf(d.typeName, name), w.Faults); messages.Refuses(found) {
		return none, found
	}
	contents["id"] = contents["name"]
	planned := assembled(d.typ, contents, nil)
	if session == nil || d.facts == nil {
		return planned, nil
	}
	if found := session.refuseDuplicate(c, resourceName{"cidrplan_" + d.typeName, name}, d.sameThing); messages.Refuses(found) {
		return none, found
	}
	now, before := d.given(planned), conflict.Registration{}
	switch {
	case c.Creates():
	case imported(c.Prior): // what was there before is not known, and a recovery is not stopped by it
		before = now
	default:
		before = d.given(c.Prior)
	}
	writer := d.writer.From(w.Declared)
	found := session.checkVPCs(writer, messages.MarkOf(d.typeName, name), now.Facts, before.Facts)
	if messages.Refuses(found) {
		return none, found
	}
	return planned, append(found, session.register(writer, topology.Origin{Kind: d.typeName, Name: name}, now, before)...)
}

// imported says whether a state has no more than an import by name knows.
func imported(state tftypes.Value) bool {
	for name, value := range values.AttributesOf(state) {
		if name != "name" && name != "id" && !value.IsNull() {
			return false
		}
	}
	return true
}

// given is what the resource declares in a plan or state.
func (d *declaration) given(value tftypes.Value) conflict.Registration {
	n := (&values.Reader{}).Root(value, nil)
	return conflict.Registration{Facts: d.facts(n, n.Text("name"))}
}

func (d *declaration) Forget(context.Context, server.Change) []*tfprotov6.Diagnostic { return nil }

func (d *declaration) Apply(_ context.Context, a server.Application) (server.Private, []*tfprotov6.Diagnostic) {
	if a.Creates {
		return nil, nil
	}
	return a.Private, nil
}

func (d *declaration) Destroy(context.Context, server.Change) []*tfprotov6.Diagnostic { return nil }

func (d *declaration) See(tftypes.Value) {}

func (d *declaration) Read(_ tftypes.Value, private server.Private) server.Private { return private }

func (d *declaration) Import(id string) (tftypes.Value, server.Private, []*tfprotov6.Diagnostic) {
	value, found := importedByName(d.typ, id, d.writer)
	return value, nil, diagnostics(found)
}

// importedByName starts a state that has only its name; the update that follows fills in the rest.
func importedByName(t tftypes.Object, id string, p messages.Writer) (tftypes.Value, []messages.Message) {
	var bad []topology.Fault
	if id == "" {
		bad = append(bad, topology.Fault{At: topology.Path{}.Attr("name"), Problem: topology.Missing{Reason: topology.NameOfImport{}}})
	}
	topology.CheckName(id, func(problem topology.BadName) {
		bad = append(bad, topology.Fault{At: topology.Path{}.Attr("name"), Problem: problem})
	})
	if found := p.Faults("", bad); messages.Refuses(found) {
		return tftypes.Value{}, found
	}
	return assembled(t, nil, map[string]any{"name": id, "id": id}), nil
}
