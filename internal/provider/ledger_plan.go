package provider

import (
	"cmp"
	"context"
	"maps"
	"net/netip"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/cidr"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
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
	// application is what the apply of this plan writes into the ledger, nil for nothing.
	application *application
}

// application is what an apply writes into the ledger. It is kept in the private data of a plan.
type application struct {
	Before, Serial int64
	Entries        []ledger.Entry
	token          string
}

// planBeside plans a request, beside the ledger if there is one. unread are values that could not be read.
func (a *plannerResource) planBeside(
	ctx context.Context, c server.Change, p messages.Writer, request allocate.Request, unread []topology.Fault,
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
	l := ledgerPlan{
		session: a.run.Load(), writer: p, who: ledger.Planner{Owner: shared.owner, Name: request.Holder()}, request: request, serial: serial, hasSerial: has,
		token: a.tokenOf(c, request.Name), replaces: plannedBefore(c),
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
	view     ledger.View
	outcome  outcome
}

// question is what the planner asks: what others have of its own ranges, and in its supernets where it may choose or suggest ranges.
func (l *ledgerPlan) question() ledger.Question {
	alone := allocate.Plan(l.request, l.writer.Catalog)
	vrfs, _ := l.request.Facts.VRFs()
	return ledger.Question{
		Planner: l.who, Token: l.token, VRFs: vrfs, Ranges: l.ownRanges(alone), Supernets: l.request.AllSupernets(),
		Demands: len(alone.Chosen)+len(alone.Findings) > 0 || alone.Failed(),
		Full:    l.full(),
	}
}

// full says whether ranges may repeat where nothing connects them: then all entries in the supernets are compared by the rules.
func (l *ledgerPlan) full() bool { return l.request.SharedPods || l.request.SharedServices }

// ownRanges are the ranges that the planner has by its state or configuration.
func (l *ledgerPlan) ownRanges(alone allocate.Result) []netip.Prefix {
	entries, _ := entriesOf(l.request, alone)
	if prior := l.request.Prior; prior != nil {
		entries = append(entries, l.priorEntries()...)
	}
	var all []netip.Prefix
	for _, e := range entries {
		if e.Demand == "" && e.Kind != topology.ForeignReserved {
			all = append(all, e.Range)
		}
	}
	slices.SortFunc(all, cidr.Compare)
	return slices.Compact(all)
}

// priorEntries are the entries that the prior state would have in the ledger.
func (l *ledgerPlan) priorEntries() []ledger.Entry {
	prior := l.request.Prior
	if prior == nil {
		return nil
	}
	was := allocate.Request{Name: prior.Name, OfBlocks: l.request.OfBlocks, Facts: prior.Facts, Existing: prior.Existing}
	entries, _ := entriesOf(was, allocate.Result{Allocations: prior.Allocations, Released: prior.Released})
	return entries
}

// decide plans with what the ledger knows. It may be called again; the last call counts.
func (l *ledgerPlan) decide(view ledger.View) ledger.Decision {
	l.view, l.outcome = view, outcome{}
	nothing := ledger.Decision{Seen: l.token != "" && l.token == view.Token}
	if refused := l.refuse(); len(refused) > 0 {
		l.outcome.found = refused
		return nothing
	}
	request := l.besideOthers()
	l.outcome.found, l.outcome.result = planAndReport(l.writer, request, nil)
	if len(view.Lost) > 0 {
		l.outcome.found = append(l.outcome.found, l.writer.LostHolds(l.who, view.Lost))
	}
	if messages.Refuses(l.outcome.found) {
		return nothing
	}
	entries, known := entriesOf(l.request, l.outcome.result)
	if !known {
		l.outcome.serial = values.KnownAfterApply{}
		return nothing
	}
	if elsewhere := l.classified(entries); len(elsewhere) > 0 {
		l.outcome.found = append(l.outcome.found, l.writer.HeldByOthers(l.who, elsewhere))
		return nothing
	}
	l.serialFor(entries)
	return ledger.Decision{Holds: entries, Seen: nothing.Seen}
}

// refuse refuses a planner whose claims belong to another state.
func (l *ledgerPlan) refuse() []messages.Message {
	if was := l.view.Was; was != nil && was.Owner != l.who.Owner {
		return []messages.Message{l.writer.OwnerChanged(*was, l.who)}
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
	case sameRanges(claims, l.priorEntries()):
		return nil
	}
	return []messages.Message{l.writer.OwnerInUse(l.who)}
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

// sameRanges says whether two lists of entries have the same ranges of clusters and blocks.
func sameRanges(a, b []ledger.Entry) bool {
	ranges := func(entries []ledger.Entry) map[netip.Prefix]bool {
		all := map[netip.Prefix]bool{}
		for _, e := range entries {
			if e.Kind != topology.ForeignReserved && e.Kind != topology.ForeignExisting {
				all[e.Range] = true
			}
		}
		return all
	}
	return maps.Equal(ranges(a), ranges(b))
}

// besideOthers is the request with what the ledger knows: what others have of its own ranges as claims of other workspaces, what they
// have in the supernets, and what is held for this planner.
func (l *ledgerPlan) besideOthers() allocate.Request {
	request := l.request
	foreign, before := l.foreign()
	request.Facts.Foreign = withForeign(request.Facts.Foreign, foreign)
	l.session.mark(request.Facts.Foreign)
	if request.Prior != nil {
		prior := *request.Prior
		prior.Facts.Foreign = withForeign(prior.Facts.Foreign, before)
		request.Prior = &prior
	}
	request.Ledger = allocate.Ledger{Held: l.held(), Taken: l.view.Taken, Expired: l.view.TakenByExpired}
	if l.full() { // all that others have is among the claims
		request.Ledger.Taken, request.Ledger.Expired = nil, l.expired()
	}
	if !l.view.MayHold {
		return withUnknownLedger(request)
	}
	return request
}

// foreign are the entries of others that the planner compares with its own ranges. before are those of them that were there when the
// ledger got the own ranges: conflicts with them are not new. A hold that has expired is none: it makes place.
func (l *ledgerPlan) foreign() (all, before []topology.Foreign) {
	claimed := map[string][]netip.Prefix{}
	for _, e := range l.claims() {
		claimed[e.VRF] = append(claimed[e.VRF], e.Range)
	}
	own := map[string]cidr.Set{}
	for vrf, ranges := range claimed {
		own[vrf] = cidr.NewSet(ranges...)
	}
	for _, o := range l.view.Others {
		if o.Expired {
			continue
		}
		c := foreignOf(o, l.who.Owner)
		if all = append(all, c); own[o.VRF].Overlaps(o.Range) {
			before = append(before, c)
		}
	}
	return all, before
}

// expired are the ranges of holds of others that have expired, by VRF.
func (l *ledgerPlan) expired() map[string][]netip.Prefix {
	all := map[string][]netip.Prefix{}
	for _, o := range l.view.Others {
		if o.Expired {
			all[o.VRF] = append(all[o.VRF], o.Range)
		}
	}
	return all
}

// held are the ranges of the planner in the ledger that its state does not have, by the keys of their demands. Those without a demand
// only keep others off. Ranges that were released or reserved are held for no one.
func (l *ledgerPlan) held() map[string]allocate.Held {
	inState := map[entryID]bool{}
	for _, e := range l.priorEntries() {
		inState[withoutNetwork(e)] = true
	}
	held, firm := map[string]allocate.Held{}, map[string]bool{}
	for _, o := range l.view.Own {
		if o.State == ledger.Claim && inState[withoutNetwork(o.Entry)] || !slices.Contains(allocatedKinds, o.Kind) {
			continue
		}
		key := cmp.Or(o.Demand, topology.InLedger(o.Cluster, topology.Foreign{Owner: o.Cluster, Kind: o.Kind, CIDR: o.Range, VRF: o.VRF}.KeyInVRF()))
		h, demanded := held[key], allocate.IsDemandOf(key, o.Cluster, o.Kind)
		h.VRFs = append(h.VRFs, o.VRF)
		if !h.Range.IsValid() || demanded && !firm[key] { // others follow from the range that is demanded
			h.Range, h.Expired = o.Range, o.Expired
		}
		held[key], firm[key] = h, firm[key] || demanded && o.State == ledger.Claim
	}
	return held
}

// withoutNetwork identifies an entry by all but its network, which can get another name.
func withoutNetwork(e ledger.Entry) entryID {
	return entryID{kind: e.Kind, cluster: e.Cluster, rng: e.Range, vrf: e.VRF}
}

// allocatedKinds are the kinds of entries that a planner can choose.
var allocatedKinds = []string{topology.ForeignPod, topology.ForeignService, topology.ForeignBlock, topology.ForeignKept}

// classified gives the entries their classes: those that the ledger has as claims keep theirs, with their demands. It returns the
// ranges of the state that others have.
func (l *ledgerPlan) classified(entries []ledger.Entry) []messages.HeldElsewhere {
	c := classifier{entries: entries, claimed: map[entryID]bool{}, permitted: l.permitted()}
	claims := map[entryID]ledger.Entry{}
	for _, e := range l.claims() {
		claims[idOf(e)], c.claimed[idOf(e)] = e, true
	}
	for i, e := range entries {
		if was, claimed := claims[idOf(e)]; claimed {
			entries[i].Class = was.Class
			if e.Demand == "" {
				entries[i].Demand = was.Demand
			}
		}
	}
	return c.classify(l.view.Others)
}

// permitted are the ranges that the configuration gives, and those whose conflicts it accepts.
func (l *ledgerPlan) permitted() map[netip.Prefix]bool {
	all := map[netip.Prefix]bool{}
	for _, r := range l.request.GivenRanges() {
		all[r] = true
	}
	for _, f := range l.outcome.result.Findings {
		if f.Accepted != nil {
			all[f.A.Range] = true
		}
	}
	return all
}

// serialFor plans ledger_serial and what the apply writes. Where the ledger has exactly what is planned, nothing is written.
func (l *ledgerPlan) serialFor(entries []ledger.Entry) {
	if l.hasSerial && l.serial == l.view.Serial && l.view.Was == nil && sameEntries(entries, l.claims()) {
		l.outcome.serial = l.serial
		return
	}
	next := max(l.serial, l.view.Serial) + 1
	l.outcome.serial = next
	l.outcome.application = &application{Before: l.view.Serial, Serial: next, Entries: entries, token: l.token}
}

// sameEntries says whether the claims of a ledger are exactly the planned entries.
func sameEntries(planned, claims []ledger.Entry) bool {
	if len(planned) != len(claims) {
		return false
	}
	type rest struct {
		class                        ledger.Class
		demand, delegate, attributes string
	}
	restOf := func(e ledger.Entry) rest {
		return rest{e.Class, e.Demand, e.Delegate, string(readAttributes(e.Attributes).text())}
	}
	known := map[entryID]rest{}
	for _, e := range claims {
		known[idOf(e)] = restOf(e)
	}
	return !slices.ContainsFunc(planned, func(e ledger.Entry) bool {
		was, has := known[idOf(e)]
		return !has || was != restOf(e)
	})
}
