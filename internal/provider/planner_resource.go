package provider

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// plannerResource is a planner whose allocations are stored in the state.
type plannerResource struct {
	planner
	fields values.Fields
	typ    tftypes.Object
}

func newPlannerResource(p planner) *plannerResource {
	d := p.kind
	all := d.arguments.PlannedDeclarable().With(d.resourceArguments).With(d.results).With(d.resourceResults).With(ledgerResults).With(id)
	return &plannerResource{p, all, all.Type()}
}

// holder is how claims name a planner of this type.
func (a *plannerResource) holder(name string) string {
	return allocate.Request{Name: name, OfBlocks: a.writer.OfBlocks}.Holder()
}

// named is how a configuration names a planner of this type.
func (a *plannerResource) named(name string) resourceName {
	return resourceName{"cidrplan" + a.kind.typeName, name}
}

func (a *plannerResource) Schema() *tfprotov6.Schema { return a.fields.Schema(a.kind.about) }

func (a *plannerResource) Validate(config tftypes.Value, writeOnly bool) []*tfprotov6.Diagnostic {
	return diagnostics(append(a.validate(config, allocate.DependsOnPrior), requireWriteOnly(config, writeOnly)...))
}

// heldKey marks in private state that ranges are held. A replacement is planned twice,
// the second time without prior state but with the private state of the first.
const heldKey = "held"

var heldMark = []byte(`true`)

// importedKey marks in private state that the allocations were imported and nothing was planned on them yet:
// it holds the profiles of those who hold ranges, which the state has no place for.
const importedKey = "imported"

func (a *plannerResource) Plan(ctx context.Context, c server.Change) server.Planned {
	planned := server.Planned{Private: markPlanned(c)}
	found := a.refuseReplacement(c)
	if messages.Refuses(found) {
		planned.Diagnostics = diagnostics(found)
		return planned
	}
	prior, found := a.priorOf(c)
	if prior != nil {
		planned.Private = planned.Private.With(heldKey, strconv.AppendBool(nil, holdsOrReleased(prior)))
	}
	if !messages.Refuses(found) {
		var write *application
		planned.Value, write, found = a.plan(ctx, c, prior)
		planned.Private = write.kept(planned.Private)
	}
	planned.Diagnostics = diagnostics(found)
	return planned
}

// plan returns the planned value, what its apply writes into the ledger, and what there is to report. With an error there is no value.
func (a *plannerResource) plan(
	ctx context.Context, c server.Change, prior *allocate.Prior,
) (value tftypes.Value, write *application, found []messages.Message) {
	none, session := tftypes.Value{}, a.run.Load()
	w := a.kind.arguments.Written(c.Config)
	p := a.writer.From(w.Declared)
	request, unread := a.kind.read(w.Arguments)
	request.Prior = prior
	if found := a.refuse(c, p, request, w.Faults); messages.Refuses(found) {
		return none, nil, found
	}
	request.Settings = session.lenient(request.Settings)
	request.Settings.ConfigChecked = session != nil
	if session != nil && session.ledger == nil {
		if found := a.refuseDelegation(p, request.Facts.Blocks); len(found) > 0 {
			return none, nil, found
		}
	}
	session.mark(request.Facts.Foreign)
	p.Reported = session.isReported
	valueOf := func(planned outcome) tftypes.Value {
		value := a.value(w.Planned(), c.Prior, request, planned)
		c.Prepare(value)
		return value
	}
	planned := a.planBeside(ctx, c, p, request, unread, valueOf)
	if messages.Refuses(planned.found) {
		return none, nil, planned.found
	}
	found = slices.Concat(planned.found, session.registerPlanner(p, request, planned.result))
	if messages.Refuses(found) {
		return none, nil, found
	}
	if session.sharedLedger() == nil { // which would know of allocations that the state lost
		found = append(found, a.warnOfNoPriorAllocations(p, request)...)
	}
	if planned.value == nil {
		value := valueOf(planned)
		planned.value = &value
	}
	return *planned.value, planned.application, found
}

// value is the planned value: the arguments, and what is computed. While it is not known which ledger it is, ledger_serial changes only
// together with something else.
func (a *plannerResource) value(
	arguments map[string]tftypes.Value, prior tftypes.Value, request allocate.Request, planned outcome,
) tftypes.Value {
	arguments["id"] = arguments["name"]
	computed := a.kind.computed(request, planned.result)
	if computed[serialAttribute] = planned.serial; !planned.waits {
		return assembled(a.typ, arguments, computed)
	}
	if serial, has := serialOf(prior); has {
		computed[serialAttribute] = serial
		if unchanged := assembled(a.typ, arguments, computed); unchanged.Equal(prior) {
			return unchanged
		}
	}
	computed[serialAttribute] = values.KnownAfterApply{}
	return assembled(a.typ, arguments, computed)
}

// refuse returns an error where nothing can be planned, whatever the ranges are.
func (a *plannerResource) refuse(c server.Change, p messages.Writer, request allocate.Request, faults []topology.Fault) []messages.Message {
	session := a.run.Load()
	for _, check := range []func() []messages.Message{
		func() []messages.Message { return p.Faults(p.Mark(request.Name), faults) },
		func() []messages.Message { return a.refuseUnknownKeys(p, request) },
		func() []messages.Message { return a.refuseAnew(c, request.Name) },
		func() []messages.Message { return session.refuseDuplicate(c, a.named(request.Name), nil) },
	} {
		if found := check(); messages.Refuses(found) {
			return found
		}
	}
	return nil
}

// priorOf reads the prior allocations from the state.
func (a *plannerResource) priorOf(c server.Change) (*allocate.Prior, []messages.Message) {
	if c.Creates() {
		return nil, nil
	}
	state := values.AttributesOf(c.Prior)
	if found := a.damaged(state, string(c.Private[recordKey])); len(found) > 0 {
		return nil, found
	}
	prior := a.kind.prior(state)
	prior.Imported = json.Unmarshal(c.Private[importedKey], &prior.Profiles) == nil && prior.Profiles != nil
	return prior, nil
}

// Forget reports the ranges that are removed from the state. A damaged state can be destroyed as well.
func (a *plannerResource) Forget(ctx context.Context, c server.Change) []*tfprotov6.Diagnostic {
	state := values.AttributesOf(c.Prior)
	prior := a.kind.prior(state)
	if _, has := serialOf(c.Prior); has && a.run.Load() != nil && a.run.Load().sharedLedger() == nil {
		return diagnostics([]messages.Message{a.writer.LedgerRemoved(prior.Name)})
	}
	found := a.warnOfDestruction(state, prior)
	if !messages.Refuses(found) {
		found = append(found, a.warnOfChildren(ctx, c)...)
	}
	return diagnostics(found)
}

// stored is what is kept beside a planned value that is stored now. created says that there was no such object before.
func (a *plannerResource) stored(planned tftypes.Value, private server.Private, created bool) server.Private {
	if !created {
		return private.With(importedKey, nil).With(recordKey, a.record(planned))
	}
	stored := server.Private{}.With(recordKey, a.record(planned))
	if all, _ := values.Members(values.AttributesOf(planned)[a.kind.main]); len(all) > 0 {
		return stored.With(heldKey, heldMark)
	}
	return stored
}

// See notes what the state has, which a plan for a tainted object is not given.
func (a *plannerResource) See(state tftypes.Value) {
	attributes := values.AttributesOf(state)
	held, _ := values.Members(attributes[a.kind.main])
	released, _ := values.Members(attributes["released"])
	_, shared := serialNumber(attributes)
	a.run.Load().sees(a.named(values.TextOf(attributes["name"])), len(held)+len(released) > 0, shared)
}

// Read notes the token of the state for a plan for a tainted object, and records the ranges of a state without a record.
func (a *plannerResource) Read(state tftypes.Value, private server.Private) server.Private {
	attributes := values.AttributesOf(state)
	if token := private[tokenKey]; token != nil {
		a.run.Load().knows(a.named(values.TextOf(attributes["name"])), string(token))
	}
	if private[recordKey] == nil {
		private = private.With(recordKey, a.record(state))
	}
	return private
}

func (a *plannerResource) Import(id string) (tftypes.Value, server.Private, []*tfprotov6.Diagnostic) {
	if !strings.ContainsAny(id, "{}[]\"\n<>") { // no sign of a lock, damaged or whole
		value, found := importedByName(a.typ, id, a.writer)
		return value, nil, diagnostics(found)
	}
	held, released, profiles, err := a.kind.unlock(id)
	if err != nil {
		return tftypes.Value{}, nil, diagnostics([]messages.Message{a.writer.UnreadableLock(err)})
	}
	result := allocate.Result{Allocations: held, Released: released}
	mark, err := json.Marshal(profiles)
	if err != nil {
		panic(err) // names and texts
	}
	value := assembled(
		a.typ, nil,
		map[string]any{a.kind.main: a.kind.encode(allocate.Request{}, result)[a.kind.main], "released": a.kind.releasedValue(result)},
	)
	return value, server.Private{importedKey: mark, recordKey: compact(lockOf(held, profiles, released, a.kind.lock))}, nil
}
