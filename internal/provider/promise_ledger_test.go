package provider

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// sharedLife is a life of some workspaces beside one ledger.
type sharedLife struct {
	*rapid.T
	tb   testing.TB
	d    *ledgertest.Database
	all  []*sharer
	done map[string]int
}

// refusable are errors that a plan may end with. Any other one is a defect.
var refusable = []string{
	"No Free Range", "Held Range Is Too Small", "Held Value Would Change", "Range Is Held by Another Planner", "Owner Is in Use",
	"Block Has Ranges of Others", "Ranges Must Not Be Released", "Allocator Cannot Be Replaced", "Blocks Cannot Be Replaced",
}

// reasons are the warnings of a plan that cannot have the values of a saved one.
var reasons = []string{"Held Range Was Lost", "Held Range Was Replaced", "Ledger Is Ahead of the State"}

// Plans that are saved and applied afterwards, killed applies, restored states, expired holds and destroys of several workspaces that share
// a supernet: what was planned is applied, no range moves, and no two states have the same addresses.
func TestPlansBesideALedger(t *testing.T) {
	d := ledgertest.New(t)
	done, lives := map[string]int{}, 40
	if testing.Short() {
		lives = 8
	}
	rapid.Check(t, func(rt *rapid.T) {
		if lives--; lives < 0 { // each waits for the database many times
			return
		}
		isEmptied(t, d)
		l := sharedLife{rt, t, d, nil, done}
		for i, owner := range []string{"shop/prod", "bank/prod", "lab"} {
			l.all = append(l.all, newSharer(t, d, owner, i == 2))
		}
		for step := range rapid.IntRange(3, 9).Draw(rt, "steps") {
			l.step(l.all[rapid.IntRange(0, len(l.all)-1).Draw(rt, "workspace")], dice{rt, fmt.Sprint(step)})
			l.disjoint()
		}
	})
	t.Logf("%v", done)
	if testing.Short() {
		return
	}
	for _, what := range []string{"applied", "applied later", "killed", "restored", "destroyed", "expired", "No Free Range"} {
		if done[what] == 0 {
			t.Errorf("nothing was %s: the test does not try it", what)
		}
	}
}

func (l sharedLife) step(w *sharer, d dice) {
	what := pick(
		d, "what",
		"edit and save", "edit and save", "apply saved", "apply saved", "apply", "apply", "kill", "restore", "destroy", "expire",
		"apply late", "apply late",
	)
	if w.given == nil {
		w.edit(d)
	}
	switch what {
	case "edit and save":
		w.edit(d)
		l.save(w)
	case "apply saved":
		l.applySaved(w, false, "applied later")
	case "apply", "kill":
		w.edit(d)
		if l.save(w) {
			l.applySaved(w, what == "kill", "applied")
		}
	case "restore":
		if len(w.before) > 0 {
			was := pick(d, "which state", w.before...)
			w.store(was.value, was.private)
			l.done["restored"]++
		}
	case "destroy":
		l.destroy(w)
	case "expire":
		l.expire()
	case "apply late": // after its holds expired, and others had the time to apply theirs
		w.edit(d)
		if l.save(w) {
			l.expire()
			for _, other := range l.all {
				if other != w && other.given == nil {
					other.edit(dice{d.T, d.label + " " + other.owner})
				}
				if other != w && l.save(other) {
					l.applySaved(other, false, "applied")
				}
			}
			l.applySaved(w, false, "applied later")
		}
	}
}

// expire lets all holds of the ledger end.
func (l sharedLife) expire() {
	l.d.Exec(l.tb, `UPDATE entry SET expires = now() - interval '1 hour' WHERE state = 'hold'`)
	l.done["expired"]++
}

// save plans and keeps the plan, unless it is refused.
func (l sharedLife) save(w *sharer) bool {
	config := w.config()
	planned := w.plan(config)
	if errors := l.errors(planned.Diagnostics); len(errors) > 0 {
		return false
	}
	w.saved = &savedBySharer{config, planned, w.state.number}
	return true
}

// errors are the errors among messages, each of which must be one that a workspace may get.
func (l sharedLife) errors(found []*tfprotov6.Diagnostic) []string {
	errors := summariesOf(found, false)
	for _, summary := range errors {
		if l.done[summary]++; !slices.Contains(refusable, summary) {
			for _, d := range found {
				l.Logf("%s\n%s", d.Summary, d.Detail)
			}
			l.Fatalf("a workspace got %q", summary)
		}
	}
	return errors
}

// applySaved applies a saved plan. Terraform refuses one that is not for the present state, and one whose second plan differs.
func (l sharedLife) applySaved(w *sharer, killed bool, what string) {
	saved := w.saved
	if w.saved = nil; saved == nil || saved.number != w.state.number {
		return
	}
	again := w.plan(saved.config)
	if len(l.errors(again.Diagnostics)) > 0 {
		return
	}
	if at := contradicts("", saved.planned.Value, again.Value); at != "" { // which Terraform refuses, with the warnings of this plan
		warned := summariesOf(again.Diagnostics, true)
		reason := slices.IndexFunc(warned, func(s string) bool { return slices.Contains(reasons, s) })
		if reason < 0 {
			l.Fatalf("%s: the plan and its apply: %s", w.owner, at)
		}
		l.done[warned[reason]]++
		return
	}
	a := w.resource()
	private, found := a.Apply(l.Context(), server.Application{
		Planned: func() tftypes.Value { return again.Value }, Creates: w.state.value.IsNull(), Private: again.Private,
	})
	if len(found) > 0 {
		l.Fatalf("%s: the apply reports %q: %s", w.owner, found[0].Summary, found[0].Detail)
	}
	if killed {
		l.done["killed"]++
		return
	}
	renumbered := map[string]bool{}
	if tokens, _ := values.Members(values.AttributesOf(again.Value)["renumber"]); len(tokens) > 0 {
		renumbered["a"] = true
	}
	if at := moved(w.ranges(w.state.value), w.ranges(again.Value), renumbered); at != "" {
		l.Fatalf("%s: %s", w.owner, at)
	}
	w.store(again.Value, private)
	l.done[what]++
	if next := w.plan(saved.config); len(l.errors(next.Diagnostics)) == 0 && !next.Value.Equal(w.state.value) {
		l.Fatalf("%s: after the apply a plan changes %s", w.owner, contradicts("", w.state.value, next.Value))
	}
}

// destroy destroys what a state has.
func (l sharedLife) destroy(w *sharer) {
	if w.state.value.IsNull() {
		return
	}
	found := w.resource().Destroy(l.Context(), server.Change{Prior: w.state.value, Private: w.state.private})
	if len(l.errors(found)) > 0 {
		return
	}
	w.store(values.Null(w.state.value.Type()), nil)
	l.done["destroyed"]++
}

// disjoint checks that what the ledger has as claims of different owners does not overlap, and that each state which the ledger knows
// as its present one has its ranges there.
func (l sharedLife) disjoint() {
	type used struct{ owner, r string }
	var all []used
	for _, w := range l.all {
		if serial, has := serialOf(w.state.value); has && serial == l.serial(w) {
			for _, r := range w.ranges(w.state.value) {
				all = append(all, used{w.owner, r})
			}
		}
	}
	for i, a := range all {
		for _, b := range all[:i] {
			if a.owner != b.owner && netip.MustParsePrefix(a.r).Overlaps(netip.MustParsePrefix(b.r)) {
				l.Fatalf("%s has %s and %s has %s", a.owner, a.r, b.owner, b.r)
			}
		}
	}
}

// serial is the number of the last apply of a workspace in the ledger, if its token is that of the state.
func (l sharedLife) serial(w *sharer) int64 {
	conn := l.d.Connect(l.tb)
	defer conn.Close(l.tb.Context()) //nolint:errcheck // it only reads
	var serial int64
	err := conn.QueryRow(l.tb.Context(), `SELECT coalesce(max(serial), -1) FROM planner WHERE owner = $1 AND token = $2`,
		w.owner, string(w.state.private[tokenKey])).Scan(&serial)
	if err != nil {
		l.Fatal(err)
	}
	return serial
}
