package ledger

import (
	"context"
	"encoding/json"
	"net/netip"
	"slices"
	"sync"

	"github.com/jackc/pgx/v5"
)

// Question is what a planner asks a ledger.
type Question struct {
	Planner
	// Token is the token in the state, "" without one. It identifies the planner among those of its owner, even if the ledger has it
	// under another name.
	Token string
	// VRFs are those that the planner allocates in; the unnamed one is "".
	VRFs []string
	// Ranges are those that the planner knows: of its state, its configuration and its networks.
	Ranges []netip.Prefix
	// Supernets are what it allocates from.
	Supernets []netip.Prefix
	// Elsewhere are ranges outside the supernets. The planner asks what is used there too, to propose free ranges.
	Elsewhere []netip.Prefix
	// Demands says that it may choose ranges, so it needs to know what is used in the supernets.
	Demands bool
	// Undecided are its clusters and blocks without ranges. Where the planner holds ranges for each of them, an earlier plan has chosen,
	// and what is used in the supernets is not read: View.Unread says so.
	Undecided []string
	// Guests asks what others have inside the blocks of the planner.
	Guests bool
	// Inside asks what other owners have inside the entries of the planner, also in released blocks: these cannot end.
	Inside bool
	// Full asks for all entries in the supernets, and not only those that overlap Ranges.
	Full bool
}

// View is what a ledger answers.
type View struct {
	// Asked is the question. Again says that it is the second further question (Decision.More) and so the last one.
	Asked Question
	Again bool
	// MayHold and MayApply say what the database role may do. Without MayHold nothing that is decided gets written.
	MayHold, MayApply bool
	// Was is the owner and name of the planner with the token in the ledger, if the question has other ones. An apply can change the
	// name, but never the owner.
	Was *Planner
	// Serial is that of the last apply, 0 without one. Token is that of the state that made it, Confirmed says that a plan has since
	// found it in a state.
	Serial    int64
	Token     string
	Confirmed bool
	Own       []Own
	// Others are the entries of other planners that overlap Ranges (with Full: or the supernets), except those inside own blocks.
	Others []Other
	// Taken is what others use in the supernets and elsewhere, merged, by VRF. Blocks that this planner may use and that contain a whole
	// supernet are not part of it. TakenByExpired is what only expired holds use, which may be taken if nothing else is free.
	Taken, TakenByExpired map[string][]netip.Prefix
	// Unread says that Taken was not read, since the own holds serve all that is undecided.
	Unread bool
	Lost   []Lost
	// Delegated are the blocks of others that contain a whole supernet and are for another owner: nothing can be allocated there.
	Delegated []Other
	// Guests has one entry of each owner in each block of this planner.
	Guests []Guest
	// Inside are the entries of other owners that have one of this planner around them, but for holds that have expired.
	Inside []Guest
}

// Guest is an entry of another planner in a block of the one that asks.
type Guest struct {
	Other
	Block netip.Prefix
}

// Decision is what a planner decided.
type Decision struct {
	// Holds are all entries that the planner plans. A hold that it has already gets a later expiry.
	Holds []Entry
	// Seen says that the state has the ledger's token.
	Seen bool
	// More is a further question that must be answered first, nil for none. Its planner is that of the first question. A plan asks at
	// most two further questions.
	More *Question
	// Meanwhile is called while the holds are written, if it is not nil. It has ended when Plan returns or decides again. It is not
	// called if the role cannot hold.
	Meanwhile func()
}

// Plan asks the ledger, and writes what decide chooses as holds while all other writers wait. decide may be called again if the database
// asks for that; the last decision counts. A role that cannot hold asks only.
func (l *Ledger) Plan(ctx context.Context, q Question, decide func(View) Decision) error {
	return l.transaction(ctx, q.Planner, func(ctx context.Context, tx pgx.Tx) error {
		q := q
		view, err := l.view(ctx, tx, &q)
		if err != nil {
			return err
		}
		decision := decide(view)
		for further := 1; decision.More != nil && !view.Again; further++ {
			more := *decision.More
			more.Planner = q.Planner // under the name that it has in the ledger
			if err := l.read(ctx, tx, more, &view); err != nil {
				return err
			}
			view.Again = further == 2
			decision = decide(view)
		}
		if !view.MayHold {
			return nil
		}
		entries, err := encoded(view.unclaimed(decision.Holds))
		if err != nil {
			return err
		}
		defer started(decision.Meanwhile)()
		_, err = tx.Exec(ctx, `SELECT `+l.name("hold")+`($1::text, $2::text, $3::boolean, $4::jsonb)`,
			q.Owner, q.Name, decision.Seen, entries)
		return err
	})
}

// started calls do at the same time as what follows. The returned function waits until do has ended.
func started(do func()) (wait func()) {
	var running sync.WaitGroup
	if do != nil {
		running.Go(do)
	}
	return running.Wait
}

// unclaimed leaves out entries that the planner has as claims: they need no hold.
func (v View) unclaimed(entries []Entry) []Entry {
	type id struct {
		kind, cluster, vrf, network string
		r                           netip.Prefix
	}
	idOf := func(e Entry) id { return id{e.Kind, e.Cluster, e.VRF, e.Network, e.Range} }
	claimed := map[id]bool{}
	for _, o := range v.Own {
		if o.State == Claim {
			claimed[idOf(o.Entry)] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return claimed[idOf(e)] })
}

// Ask answers a question and writes nothing.
func (l *Ledger) Ask(ctx context.Context, q Question) (View, error) {
	var v View
	err := l.reading(ctx, func(ctx context.Context, tx pgx.Tx) error {
		v = View{}
		return l.read(ctx, tx, q, &v)
	})
	return v, err
}

// encoded are entries as the functions of the ledger read them.
func encoded(entries []Entry) (string, error) {
	if len(entries) == 0 {
		return "[]", nil
	}
	text, err := json.Marshal(entries)
	return string(text), err
}
