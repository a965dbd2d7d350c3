package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// serialAttribute is the attribute with the number of the last apply that the ledger knows of.
const serialAttribute = "ledger_serial"

// ledgerResults are the attributes of a planner that its ledger determines.
var ledgerResults = values.Fields{
	serialAttribute: {
		Shape:    values.Number,
		Computed: true,
		Description: "Number of the last apply that the ledger knows of, null without a ledger. If state and ledger differ, the plan has " +
			"another number, and its apply makes them equal.",
	},
}

// outcome is a plan beside a ledger, or without one.
type outcome struct {
	found  []messages.Message
	result allocate.Result
	// serial is the planned value of ledger_serial, nil without a ledger.
	serial any
	// waits says that it is not known yet which ledger it is: ledger_serial stays if nothing else changes.
	waits bool
	// value is the planned value, nil where it is not made yet.
	value *tftypes.Value
	// application is what the apply of this plan writes into the ledger, nil for nothing.
	application *application
}

// application is what an apply writes into the ledger. It is kept in the private data of a plan.
type application struct {
	// Name is that of the planner in its configuration.
	Name           string
	Before, Serial int64
	Entries        []ledger.Entry
	token          string
}

// planBeside plans a request, beside the ledger if there is one. unread are values that could not be read. value makes the planned value,
// while the ledger writes holds.
func (a *plannerResource) planBeside(
	ctx context.Context, c server.Change, p messages.Writer, request allocate.Request, unread []topology.Fault,
	value func(outcome) tftypes.Value,
) outcome {
	shared := a.run.Load().sharedLedger()
	serial, has := serialOf(c.Prior)
	wrong := func(f topology.Fault) bool { return !f.Warn }
	switch {
	case shared == nil && has:
		return outcome{found: []messages.Message{p.LedgerRemoved(request.Name)}}
	case shared == nil || len(unread) > 0 || slices.ContainsFunc(allocate.Check(request, p.Catalog), wrong):
		found, result := planAndReport(p, request, unread)
		return outcome{found: found, result: result}
	case shared.unknown || request.Unknown.Has("name"):
		found, result := planAndReport(p, withUnknownLedger(request), nil)
		return outcome{found: found, result: result, waits: true}
	}
	p = p.Beside(shared.Schema())
	l := ledgerPlan{
		session:   a.run.Load(),
		writer:    p,
		who:       ledger.Planner{Owner: shared.owner, Name: request.Holder()},
		request:   request,
		serial:    serial,
		hasSerial: has,
		token:     a.tokenOf(c, request.Name),
		replaces:  plannedBefore(c),
		tainted:   c.Creates() && a.run.Load().isShared(a.named(request.Name)),
		prior:     priorEntries(request, p.Catalog),
		value:     value,
	}
	if err := shared.Plan(ctx, l.question(), l.decide); err != nil {
		return outcome{found: []messages.Message{p.LedgerFailed(l.who, err, false)}}
	}
	return l.outcome
}

// tokenOf is the token of a state. A plan for a tainted object is not given its private data, but the refresh before it was.
func (a *plannerResource) tokenOf(c server.Change, name string) string {
	if token := string(c.Private[tokenKey]); token != "" || !c.Creates() {
		return token
	}
	return a.run.Load().tokenOf(a.named(name))
}

// serialOf is ledger_serial of a state; has is false where it has none.
func serialOf(state tftypes.Value) (serial int64, has bool) {
	return serialNumber(values.AttributesOf(state))
}

func serialNumber(state map[string]tftypes.Value) (serial int64, has bool) {
	v, ok := state[serialAttribute]
	if !ok || v.IsNull() || !v.IsKnown() {
		return 0, false
	}
	serial, _ = values.NumberOf(v).Int64()
	return serial, true
}

// withUnknownLedger is a request whose new ranges wait for the ledger.
func withUnknownLedger(request allocate.Request) allocate.Request {
	request.Unknown = append(slices.Clone(request.Unknown), "ledger")
	return request
}

// ledgerPlan is the plan of one planner in the transaction of its ledger.
type ledgerPlan struct {
	session *session
	writer  messages.Writer
	who     ledger.Planner
	request allocate.Request
	// serial is that of the state, if it has one, token that of its private data.
	serial    int64
	hasSerial bool
	token     string
	// replaces says that a plan without prior state is the second one of a replacement.
	replaces bool
	// tainted says that the state has the planner, although the plan is given no prior state.
	tainted bool
	// prior are the entries that the prior state would have in the ledger.
	prior []ledger.Entry
	// value makes the planned value of an outcome.
	value   func(outcome) tftypes.Value
	view    ledger.View
	outcome outcome
}

// priorEntries are the entries that the prior state of a request would have in the ledger.
func priorEntries(request allocate.Request, catalog *profile.Catalog) []ledger.Entry {
	prior := request.Prior
	if prior == nil {
		return nil
	}
	was := allocate.Request{Name: prior.Name, OfBlocks: request.OfBlocks, Facts: prior.Facts, Existing: prior.Existing}
	entries, _ := entriesOf(was, allocate.Result{Allocations: prior.Allocations, Released: prior.Released}, catalog)
	return entries
}

// decide plans with what the ledger knows. It may be called again; the last call counts.
func (l *ledgerPlan) decide(view ledger.View) ledger.Decision {
	l.view, l.outcome = view, outcome{}
	// Terraform stores no private data of an object whose provider ended in an apply, and gives none of a tainted one without a refresh.
	if l.token == "" && (l.hasSerial || l.tainted) {
		l.token = view.Token
	}
	nothing := ledger.Decision{Seen: l.token != "" && l.token == view.Token}
	if refused := l.refuse(); len(refused) > 0 {
		l.outcome.found = refused
		return nothing
	}
	request := l.besideOthers()
	entries, known := l.planned(request)
	if !l.view.MayHold && !l.keeps(entries) { // what nobody may hold is chosen by the apply
		entries, known = l.planned(withUnknownLedger(request))
	}
	if more := l.more(entries); more != nil {
		return ledger.Decision{More: more}
	}
	decision := l.settle(entries, known, nothing)
	idle := known && l.outcome.application == nil && !messages.Refuses(l.outcome.found) // no earlier plan has a change to apply here
	if !idle {
		l.outcome.found = append(l.outcome.found, l.warnOfHolds()...)
	}
	return decision
}

// planned plans a request. It returns the entries of the plan, and whether all are known.
func (l *ledgerPlan) planned(request allocate.Request) (entries []ledger.Entry, known bool) {
	l.outcome.found, l.outcome.result = planAndReport(l.writer, request, nil)
	entries, known = entriesOf(l.request, l.outcome.result, l.writer.Catalog)
	return l.whereUsed(entries), known
}

// keeps says whether a plan succeeded, and chose only what an earlier plan holds: its apply must have the same ranges.
func (l *ledgerPlan) keeps(entries []ledger.Entry) bool {
	return !l.outcome.result.Failed() && !messages.Refuses(l.outcome.found) && l.has(entries)
}

// settle decides what is held of the entries of a plan. nothing is the decision to hold nothing.
func (l *ledgerPlan) settle(entries []ledger.Entry, known bool, nothing ledger.Decision) ledger.Decision {
	if l.behind() {
		l.outcome.found = append(l.outcome.found, l.writer.LedgerAhead(l.who, l.serial, l.view.Serial))
		if frees := l.frees(entries); known && len(frees) > 0 {
			l.outcome.found = append(l.outcome.found, l.writer.FreesUnseen(l.who, frees))
		}
	}
	if delegated := l.view.Delegated; len(delegated) > 0 {
		l.outcome.found = append(l.outcome.found, l.writer.DelegatedElsewhere(l.who, delegated))
	}
	if guests := l.uninvited(entries); len(guests) > 0 {
		l.outcome.found = append(l.outcome.found, l.writer.DelegatedWithGuests(l.who, guests))
	}
	if ending := l.ending(entries); len(ending) > 0 {
		l.outcome.found = append(l.outcome.found, l.writer.ReclaimsBlocks(l.who, ending))
	}
	if messages.Refuses(l.outcome.found) {
		return nothing
	}
	if !known {
		l.outcome.serial = values.KnownAfterApply{}
		return nothing
	}
	if elsewhere := l.classified(entries); len(elsewhere) > 0 {
		l.outcome.found = append(l.outcome.found, l.writer.HeldByOthers(l.who, elsewhere))
		return nothing
	}
	l.serialFor(entries)
	return ledger.Decision{Holds: entries, Seen: nothing.Seen, Meanwhile: func() {
		value := l.value(l.outcome)
		l.outcome.value = &value
	}}
}

// refuse refuses a planner whose claims belong to another state. A state without a token, such as that of an import, is the one with the
// claims if it has the same ranges. One with a token of its own is so only if the ledger is older, as one from a backup.
func (l *ledgerPlan) refuse() []messages.Message {
	if was := l.view.Was; was != nil && was.Owner != l.who.Owner {
		return []messages.Message{l.writer.OwnerChanged(ledger.OwnerChanged{Was: *was, Now: l.who})}
	}
	claims := l.claims()
	switch {
	case len(claims) == 0 || l.replaces:
		return nil
	case l.token == l.view.Token:
		return nil
	case l.request.Prior == nil:
		if !l.view.Confirmed { // an apply that ended before Terraform stored its state
			return nil
		}
	case (l.token == "" || l.serial > l.view.Serial) && sameRanges(claims, l.prior):
		return nil
	}
	return []messages.Message{l.writer.OwnerInUse(l.who)}
}

// behind says whether the ledger knows of an apply that the state does not have.
func (l *ledgerPlan) behind() bool {
	if l.hasSerial {
		return l.serial < l.view.Serial
	}
	return l.request.Prior == nil && l.token == "" && !l.replaces && len(l.claims()) > 0
}

// claims are the entries of the planner that an apply made.
func (l *ledgerPlan) claims() []ledger.Entry {
	var claims []ledger.Entry
	for _, o := range l.view.Own {
		if o.State == ledger.Claim {
			claims = append(claims, o.Entry)
		}
	}
	return claims
}

// serialFor plans ledger_serial and what the apply writes. Where the ledger has exactly what is planned, nothing is written.
func (l *ledgerPlan) serialFor(entries []ledger.Entry) {
	if l.hasSerial && l.serial == l.view.Serial && l.view.Was == nil && sameEntries(entries, l.claims()) {
		l.outcome.serial = l.serial
		return
	}
	next := max(l.serial, l.view.Serial) + 1
	l.outcome.serial = next
	l.outcome.application = &application{
		Name: l.request.Name, Before: l.view.Serial, Serial: next, Entries: entries, token: l.token,
	}
}
