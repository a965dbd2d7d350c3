package ledger_test

import (
	"context"
	"errors"
	"flag"
	"maps"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// TestProtocolOverInterleavings lets workspaces plan, save plans, apply them at once or later, crash, destroy and restore at random. The
// two of one planner are two states with one owner.
func TestProtocolOverInterleavings(t *testing.T) {
	d := ledgertest.New(t)
	conn := d.Connect(t)
	defer func() { _ = conn.Close(context.Background()) }() // the test is over
	done := map[string]int{}
	for round := 1; ; round++ {
		rapid.Check(t, func(rt *rapid.T) {
			emptied(t, conn)
			rt.Repeat(newUniverse(t, d, conn, done).actions())
		})
		t.Logf("%v", done)
		untried := slices.DeleteFunc([]string{
			"applied", "saved plan applied", "InUse", "lost", "no room", "crashed after commit", "destroyed", "replaced", "OwnerChanged",
			"quota", "owner renamed", "taken over", "withdrawn plan refused", "frozen apply refused",
		}, func(what string) bool { return done[what] > 0 })
		if t.Failed() || testing.Short() || len(untried) == 0 {
			return // with -short, there are too few lives for all of this
		}
		if round == 4 {
			t.Fatalf("the test does not try %v", untried)
		}
		drawOthers(t)
	}
}

// drawOthers lets the next lives be other ones, also where the seed is given.
func drawOthers(t *testing.T) {
	t.Helper()
	given := flag.Lookup("rapid.seed").Value
	seed, err := strconv.ParseUint(given.String(), 10, 64)
	if err == nil && seed > 0 {
		err = given.Set(strconv.FormatUint(seed+1e6, 10))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// refusal names an error that a workspace may get. Any other one is a defect.
func (u *universe) refusal(rt *rapid.T, err error) string {
	var taken ledger.Taken
	var behind ledger.Behind
	var used ledger.InUse
	var changed ledger.OwnerChanged
	var quota ledger.QuotaExceeded
	name := ""
	switch {
	case err == nil:
		return ""
	case errors.As(err, &taken):
		name = "Taken"
	case errors.As(err, &behind):
		name = "Behind"
	case errors.As(err, &used):
		name = "InUse"
	case errors.As(err, &changed):
		name = "OwnerChanged"
	case errors.As(err, &quota):
		name = "quota"
	case errors.Is(err, errNoRoom):
		name = "no room"
	default:
		rt.Fatalf("unexpected error: %v", err)
	}
	u.done[name]++
	return name
}

func (u *universe) edit(rt *rapid.T, w *workspace) {
	cluster := rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(rt, "cluster")
	next := slices.DeleteFunc(slices.Clone(w.config), func(c string) bool { return c == cluster })
	if len(next) == len(w.config) {
		next = append(next, cluster)
	}
	w.config = slices.Sorted(slices.Values(next))
}

// plan plans, and notes the holds.
func (u *universe) plan(rt *rapid.T, w *workspace, config []string) (proposal, string) {
	before := u.holdsOf(w.who.Owner)
	p, err := w.plan(config)
	u.checkQuota(rt, w, before, err)
	why := u.refusal(rt, err)
	if u.checkOwner(rt, w, why); why != "" {
		return p, why
	}
	u.done["lost"] += len(p.lost)
	held := ranges{}
	maps.Copy(held, u.holds[w.who])
	for cluster, r := range p.ranges {
		delete(held, cluster)
		if u.claims[w.who][cluster] != r {
			held[cluster] = r
		}
	}
	u.holds[w.who] = held
	p.releases, p.withdrawn, p.restores = u.releases[w.who], u.withdrawn[w.who], u.restores
	return p, ""
}

// wantEverything plans for as many clusters as there is room for, when all holds are old.
func (u *universe) wantEverything(rt *rapid.T, w *workspace) {
	u.expire(rt)
	u.plan(rt, w, []string{"a", "b", "c", "d"})
}

func (u *universe) save(rt *rapid.T, w *workspace) {
	if p, why := u.plan(rt, w, w.config); why == "" {
		w.saved = append(w.saved, p)
	}
}

// commit applies a plan, perhaps with a crash before or after the ledger commits.
func (u *universe) commit(rt *rapid.T, w *workspace, p proposal) string {
	if !p.changed {
		return "nothing to do"
	}
	crash := rapid.SampledFrom([]string{"", "", "", "before", "after"}).Draw(rt, "crash")
	if crash == "before" {
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := w.apply(ended, p); !errors.Is(err, context.Canceled) {
			rt.Fatalf("error = %v, want that of the context", err)
		}
		return "crashed before commit"
	}
	serials, _ := planned(u.tb, u.conn)
	next, err := w.apply(context.Background(), p)
	why := u.refusal(rt, err)
	u.checkFrozen(rt, w.who, p, serials[w.who], why)
	if why != "" {
		return why
	}
	if serials, _ = planned(u.tb, u.conn); serials[w.who] != p.serial {
		rt.Fatalf("an apply of %v as serial %d left serial %d", w.who, p.serial, serials[w.who])
	}
	u.claimed(w, p, next)
	if crash == "after" {
		u.done["crashed after commit"]++
		return "crashed after commit"
	}
	w.write(next)
	return ""
}

// checkFrozen holds an apply against what was applied or released since its plan. serial was that of the ledger.
func (u *universe) checkFrozen(rt *rapid.T, who ledger.Planner, p proposal, serial int64, why string) {
	withdrawn := p.withdrawn < u.withdrawn[who] && p.restores == u.restores
	again := serial == p.serial && maps.Equal(u.claims[who], p.ranges)
	switch {
	case withdrawn && why == "":
		rt.Fatalf("an administrator released the claims of %v, and an apply that was planned before brings them back", who)
	case withdrawn:
		u.done["withdrawn plan refused"]++
	case serial != p.before && !again && why == "":
		rt.Fatalf("a plan of %v that saw serial %d was applied at serial %d", who, p.before, serial)
	case serial != p.before && !again:
		u.done["frozen apply refused"]++
	}
}

// freeze is an apply that began before another one of its workspace, and goes on after it.
func (u *universe) freeze(rt *rapid.T, w *workspace) {
	if p, why := u.plan(rt, w, w.config); why == "" {
		if rapid.Bool().Draw(rt, "edit in between") {
			u.edit(rt, w)
		}
		u.apply(rt, w)
		u.commit(rt, w, p)
	}
}

// apply plans twice, as Terraform does, and applies.
func (u *universe) apply(rt *rapid.T, w *workspace) {
	first, why := u.plan(rt, w, w.config)
	if why != "" {
		return
	}
	second, why := u.plan(rt, w, w.config)
	if why != "" || !first.equal(second) {
		rt.Fatalf("planned %+v, then %+v, %s", first, second, why)
	}
	switch why := u.commit(rt, w, second); why {
	case "":
		u.done["applied"]++
		if !maps.Equal(w.state.ranges, u.claims[w.who]) {
			rt.Fatalf("state %v, claims %v", w.state.ranges, u.claims[w.who])
		}
	case "nothing to do", "crashed before commit", "crashed after commit":
	default:
		rt.Fatalf("a plan that was made just now was refused: %s", why)
	}
}

// applySaved applies a saved plan, which Terraform refuses if the state has changed since. The plan at the start of the apply answers the
// same, unless another planner took an expired hold, and says so, or the ledger has another serial.
func (u *universe) applySaved(rt *rapid.T, w *workspace) {
	if len(w.saved) == 0 {
		return
	}
	i := rapid.IntRange(0, len(w.saved)-1).Draw(rt, "plan")
	p := w.saved[i]
	w.saved = slices.Delete(w.saved, i, i+1)
	if p.prior != w.state || !p.changed {
		return // Terraform refuses a stale plan, and plans nothing again that it is not to change
	}
	has := u.has(w.who, p)
	again, why := u.plan(rt, w, p.config)
	lost := slices.ContainsFunc(again.lost, func(l ledger.Lost) bool { return p.ranges[l.Cluster] == l.Range && l.To != w.who })
	switch {
	case again.before != p.before || why == "InUse" || why == "OwnerChanged" || why == "quota" || again.releases != p.releases:
		return // after an apply or destroy of the same owner, or of an older ledger
	case lost:
		return // with a warning that names who has it
	case !has:
		return // another plan of the same planner replaced the hold
	case why != "" || !again.equal(p):
		rt.Fatalf("the plan answers otherwise: %+v, %s, saved %+v", again, why, p)
	}
	switch why := u.commit(rt, w, again); why {
	case "":
		u.done["saved plan applied"]++
	case "Taken":
		rt.Fatalf("a range that the plan found free is taken: %+v", again)
	}
}

// has says whether the ranges of a plan are claims or holds of its planner, unless others took them.
func (u *universe) has(who ledger.Planner, p proposal) bool {
	for cluster, r := range p.ranges {
		if u.claims[who][cluster] != r && u.holds[who][cluster] != r {
			return false
		}
	}
	return true
}

// applyLate is an apply that began before other applies of its workspace and was frozen: nothing compares its state or plans again.
func (u *universe) applyLate(rt *rapid.T, w *workspace) {
	if len(w.saved) == 0 {
		return
	}
	p := w.saved[0]
	w.saved = w.saved[1:]
	if u.commit(rt, w, p) == "" {
		u.done["late plan applied"]++
	}
}
