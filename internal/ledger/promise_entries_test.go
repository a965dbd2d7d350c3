package ledger_test

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestEntriesObeyTheRules lets planners of clusters and of blocks plan, apply and release at random, with entries of all kinds inside and
// beside each other. The ledger accepts what the rules permit, refuses the rest with the reason, and has exactly what was applied.
func TestEntriesObeyTheRules(t *testing.T) {
	d := ledgertest.New(t)
	conn := d.Connect(t)
	defer func() { _ = conn.Close(context.Background()) }() // the test is over
	done := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		emptied(t, conn)
		w := &world{
			t: rt, tb: t, d: d, conn: conn, done: done,
			wanted: map[ledger.Planner][]ledger.Entry{}, expired: map[ledger.Planner]bool{}, planners: []ledger.Planner{
				shop, bank, vpcs, {Owner: shop.Owner, Name: "blocks/own"},
			}}
		for range rapid.IntRange(5, 30).Draw(rt, "steps") {
			who := rapid.SampledFrom(w.planners).Draw(rt, "planner")
			steps := []string{"plan", "plan", "apply", "apply", "apply", "release", "expire"}
			switch rapid.SampledFrom(steps).Draw(rt, "step") {
			case "plan":
				w.edit(who)
				w.plan(who)
			case "apply":
				w.edit(who)
				w.apply(who)
			case "release":
				w.release(who)
			case "expire":
				expire(t, d, who)
				w.expired[who] = true
			}
			if a, b, found := unlawful(rowsOf(t, conn)); found {
				rt.Fatalf("two entries exclude each other:\n%+v\n%+v", a, b)
			}
		}
	})
	t.Logf("%v", done)
	if testing.Short() {
		return // with too few lives for all of this
	}
	for _, what := range []string{"plan", "plan Taken", "apply", "apply Taken", "release", "lost"} {
		if done[what] == 0 {
			t.Errorf("there was no %q: the test does not try it", what)
		}
	}
}

// reason names the type of an error that a planner may get. Any other one is a defect.
func (w *world) reason(err error, before []row, wanted []ledger.Entry) string {
	var taken ledger.Taken
	var children ledger.HasChildren
	switch {
	case err == nil:
		return ""
	case errors.As(err, &taken) && len(taken.Conflicts) > 0:
		return " Taken"
	case errors.As(err, &children) && len(children.Children) > 0:
		return " HasChildren"
	}
	w.t.Fatalf("unexpected error: %v\n%s\nwanted:\n%s",
		err, strings.Join(lines(before), "\n"), strings.Join(lines(rowsFor(ledger.Planner{}, wanted)), "\n"))
	return ""
}

// permitted says whether all other planners permit what a planner wants.
func (w *world) permitted(who ledger.Planner, before []row, wanted []ledger.Entry) bool {
	after := w.after(who, before, wanted)
	_, _, bad := unlawful(after)
	return !bad
}

// after are all rows if a planner gets what it wants.
func (w *world) after(who ledger.Planner, before []row, wanted []ledger.Entry) []row {
	others := slices.DeleteFunc(slices.Clone(before), func(r row) bool { return r.planner == who })
	for i, r := range others { // what was released gets nothing new, except what follows an own entry there
		others[i].opens = r.opens && (r.kind != "released" || !slices.ContainsFunc(rowsFor(who, wanted), func(e row) bool {
			return together(e, r) && mayContain(r, e) && !slices.ContainsFunc(before, func(own row) bool {
				return own.planner == who && together(own, e) && own.cidr().Bits() <= e.cidr().Bits() && own.cidr().Overlaps(e.cidr())
			})
		}))
	}
	return append(others, rowsFor(who, wanted)...)
}

// accepted says whether the ledger has to accept what a planner wants.
func (w *world) accepted(who ledger.Planner, before []row, wanted []ledger.Entry) bool {
	return w.permitted(who, before, wanted) && !givesAgain(wanted) && !crowded(w.after(who, before, wanted))
}

// plannable is accepted for a plan, in which only a block that is a claim can be released with what is inside.
func (w *world) plannable(who ledger.Planner, before []row, wanted []ledger.Entry) bool {
	return w.accepted(who, before, wanted) && !slices.ContainsFunc(wanted, func(e ledger.Entry) bool {
		return e.Kind == "released" && !slices.ContainsFunc(before, func(r row) bool {
			return r.planner == who && r.state == ledger.Claim && r.cidr() == e.Range && r.class == e.Class && r.network == e.Network
		})
	})
}

// givesAgain says whether a planner gives a range that it releases to another block of its own. With ranges of others inside, that may be
// refused although each of them has a lawful place: a planner keeps what it released.
func givesAgain(wanted []ledger.Entry) bool {
	return slices.ContainsFunc(wanted, func(released ledger.Entry) bool {
		return released.Kind == "released" && slices.ContainsFunc(wanted, func(e ledger.Entry) bool {
			return e.Kind != "released" && e.Range == released.Range
		})
	})
}

func (w *world) plan(who ledger.Planner) {
	before := rowsOf(w.tb, w.conn)
	wanted := w.taking(who, before)
	q := ledger.Question{Planner: who, VRFs: []string{""}, Ranges: []netip.Prefix{ten, prefix("fd00::/64")}}
	err := w.d.Plan(context.Background(), q, func(ledger.View) ledger.Decision { return ledger.Decision{Holds: wanted} })
	why := w.reason(err, before, wanted)
	w.done["plan"+why]++
	after := rowsOf(w.tb, w.conn)
	if why != "" {
		if w.plannable(who, before, wanted) {
			w.t.Fatalf("%v, although nobody else has it: %+v\n%+v", err, wanted, before)
		}
		if !slices.Equal(before, after) {
			w.t.Fatalf("a plan that was refused changed the ledger:\n%+v\n%+v", before, after)
		}
		return
	}
	if got, want := claimsOf(after), claimsOf(before); !slices.Equal(got, want) {
		w.t.Fatalf("a plan changed claims: %v, before %v", got, want)
	}
	others := func(r row) bool { return r.planner != who }
	if n := count(before, others) - count(after, others); n > 0 {
		w.done["lost"] += n
	}
}

// taking is what a planner wants, perhaps with the range of a hold of another planner that has expired.
func (w *world) taking(who ledger.Planner, before []row) []ledger.Entry {
	i := slices.IndexFunc(before, func(r row) bool {
		return r.planner != who && w.expired[r.planner] && r.state == ledger.Hold && r.class == ledger.Unique
	})
	if i < 0 || !rapid.Bool().Draw(w.t, "take") {
		return w.wanted[who]
	}
	e := pod("taken", before[i].text)
	if who.Name != "k8s" {
		e = block("taken", before[i].text, "")
	}
	wanted := append(slices.Clone(w.wanted[who]), e)
	if _, _, bad := unlawful(rowsFor(who, wanted)); bad {
		return w.wanted[who]
	}
	return wanted
}

func (w *world) apply(who ledger.Planner) {
	before := rowsOf(w.tb, w.conn)
	wanted := w.wanted[who]
	err := tryApplyAs(w.d.Ledger, who, wanted)
	why := w.reason(err, before, wanted)
	w.done["apply"+why]++
	after := rowsOf(w.tb, w.conn)
	switch why {
	case " Taken":
		if w.accepted(who, before, wanted) {
			w.t.Fatalf("%v, although nobody else has it: %+v\n%+v", err, wanted, before)
		}
	case "":
		if !w.permitted(who, before, wanted) {
			w.t.Fatalf("accepted, although others have it: %+v\n%+v", wanted, before)
		}
		own := slices.DeleteFunc(after, func(r row) bool { return r.planner != who })
		if got, want := lines(own), lines(rowsFor(who, wanted)); !slices.Equal(got, want) {
			w.t.Fatalf("the ledger has %q, applied was %q", got, want)
		}
		return
	}
	if !slices.Equal(before, after) {
		w.t.Fatalf("an apply that was refused changed the ledger:\n%+v\n%+v", before, after)
	}
}

func (w *world) release(who ledger.Planner) {
	before := rowsOf(w.tb, w.conn)
	err := w.d.Release(context.Background(), who, "token of "+who.Owner+" "+who.Name, grace)
	why := w.reason(err, before, nil)
	w.done["release"+why]++
	after := rowsOf(w.tb, w.conn)
	if why != "" {
		if !slices.Equal(before, after) {
			w.t.Fatalf("a release that was refused changed the ledger:\n%+v\n%+v", before, after)
		}
		return
	}
	claimed := func(r row) bool { return r.planner == who && r.state == ledger.Claim }
	if slices.ContainsFunc(after, claimed) {
		w.t.Fatalf("a claim is left: %+v", after)
	}
}

// tryApplyAs is an apply of what is planned on the ledger as it is.
func tryApplyAs(l *ledger.Ledger, who ledger.Planner, entries []ledger.Entry) error {
	v, err := l.Ask(context.Background(), ledger.Question{Planner: who})
	if err != nil {
		return err
	}
	return l.Apply(context.Background(), ledger.Applied{
		Planner: who, Before: v.Serial, Serial: v.Serial + 1, Token: "token of " + who.Owner + " " + who.Name, Entries: entries,
	})
}

// lines are rows in short, sorted.
func lines(rows []row) []string {
	var all []string
	for _, r := range rows {
		all = append(all, strings.Join([]string{
			r.planner.Owner, r.planner.Name, string(r.state), r.kind, r.cluster, r.text, string(r.class), r.network, r.delegate,
		}, " "))
	}
	slices.Sort(all)
	return all
}

func claimsOf(rows []row) []string {
	return lines(slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.state != ledger.Claim }))
}

func count(rows []row, f func(row) bool) int {
	n := 0
	for _, r := range rows {
		if f(r) {
			n++
		}
	}
	return n
}
