package ledger_test

import (
	"context"
	"errors"
	"maps"
	"slices"
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
	rapid.Check(t, func(rt *rapid.T) {
		emptied(t, conn)
		u := &universe{
			tb: t, d: d, conn: conn, done: done,
			claims: map[ledger.Planner]ranges{}, holds: map[ledger.Planner]ranges{}, serials: map[ledger.Planner]int64{},
			releases: map[ledger.Planner]int{}, quotas: map[string]int{}, limited: map[string]bool{}, tokens: map[string]ledger.Planner{},
		}
		for _, who := range []ledger.Planner{shop, bank, {Owner: bank.Owner, Name: "second"}, shop} {
			u.workspaces = append(u.workspaces, &workspace{
				who: who, first: who.Owner, l: d.Ledger, tokens: 100 * len(u.workspaces),
			})
		}
		actions := map[string]func(*rapid.T){"": u.check}
		for name, action := range map[string]func(*rapid.T, *workspace){
			"edit": u.edit, "edit again": u.edit, "save a plan": u.save, "apply": u.apply, "apply again": u.apply,
			"apply a saved plan": u.applySaved,
			"apply late":         u.applyLate, "destroy": u.destroy, "save another plan": u.save, "want everything": u.wantEverything,
			"restore a state":             u.restoreState,
			"replace":                     u.replace,
			"release by an administrator": u.releaseByAdmin,
			"lose the state":              u.loseState,
			"rename the owner":            u.renameOwner,
			"rename the owner again":      u.renameOwner,
		} {
			actions[name] = func(rt *rapid.T) {
				action(rt, u.workspaces[rapid.SampledFrom([]int{0, 0, 0, 1, 1, 1, 2, 2, 3}).Draw(rt, "workspace")])
			}
		}
		actions["limit an owner"], actions["limit another owner"] = u.limit, u.limit
		actions["expire"], actions["back up the ledger"], actions["restore the ledger"] = u.expire, u.backUp, u.restoreLedger
		rt.Repeat(actions)
	})
	t.Logf("%v", done)
	if testing.Short() {
		return // with too few lives for all of this
	}
	for _, what := range []string{
		"applied", "saved plan applied", "InUse", "lost", "no room", "crashed after commit", "destroyed", "replaced", "OwnerChanged",
		"quota", "owner renamed", "taken over",
	} {
		if done[what] == 0 {
			t.Errorf("there was no %q: the test does not try it", what)
		}
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
	u.holds[w.who], p.releases = held, u.releases[w.who]
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
	next, err := w.apply(context.Background(), p)
	if why := u.refusal(rt, err); why != "" {
		return why
	}
	u.claimed(w, p, next)
	if crash == "after" {
		u.done["crashed after commit"]++
		return "crashed after commit"
	}
	w.write(next)
	return ""
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
