package ledger_test

import (
	"context"
	"errors"
	"maps"
	"net/netip"
	"time"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

func (u *universe) destroy(rt *rapid.T, w *workspace) {
	if w.state == nil {
		return
	}
	if why := u.refusal(rt, w.l.Release(context.Background(), w.who, w.state.token, grace)); why != "" {
		return
	}
	if known, has := u.tokens[w.state.token]; has && known != w.who && len(u.claims[known]) > 0 {
		rt.Fatalf("a destroy of %v left the claims of %v, which has its token", w.who, known)
	}
	u.done["destroyed"]++
	u.destroyed(w.who)
	if !rapid.Bool().Draw(rt, "crash") {
		w.write(nil)
	}
}

// replace is an apply with -replace: a plan with the state, one without it, a destroy and an apply. What the planner has in the ledger
// stays what it is, unless holds expire in between and another planner takes them.
func (u *universe) replace(rt *rapid.T, w *workspace) {
	if w.state == nil {
		return
	}
	if _, why := u.plan(rt, w, w.config); why != "" {
		return
	}
	had, token := u.claims[w.who], w.state.token
	p, why := u.plan(rt, &workspace{who: w.who, l: w.l, replaces: true}, w.config)
	for cluster, r := range p.ranges {
		if had[cluster].IsValid() && had[cluster] != r {
			rt.Fatalf("the replacement of %v moves %q from %s to %s", w.who, cluster, had[cluster], r)
		}
	}
	if why != "" || u.refusal(rt, w.l.Release(context.Background(), w.who, token, grace)) != "" {
		return
	}
	u.destroyed(w.who)
	ends := rapid.SampledFrom([]string{"", "", "", "", "crash", "crash with the old state"}).Draw(rt, "ends")
	if ends != "crash with the old state" {
		w.write(nil)
	}
	if ends != "" {
		return
	}
	others := rapid.Bool().Draw(rt, "others plan in between")
	if others {
		u.wantEverything(rt, u.workspaces[rapid.IntRange(0, len(u.workspaces)-1).Draw(rt, "other")])
	}
	p.prior = &state{token: token}
	switch why := u.commit(rt, w, p); why {
	case "":
		u.done["replaced"]++
	case "nothing to do", "Taken", "Behind":
		if !others {
			rt.Fatalf("a replacement that was planned just now ends with %q", why)
		}
	}
}

// destroyed notes a release by a state, which changes nothing without claims.
func (u *universe) destroyed(who ledger.Planner) {
	if len(u.claims[who]) > 0 {
		u.released(who)
	}
}

// released notes that claims became holds.
func (u *universe) released(who ledger.Planner) {
	u.releases[who]++
	held := ranges{}
	maps.Copy(held, u.claims[who])
	for cluster, r := range u.holds[who] {
		if !held[cluster].IsValid() {
			held[cluster] = r
		}
	}
	maps.DeleteFunc(u.tokens, func(_ string, of ledger.Planner) bool { return of == who })
	if len(u.claims[who]) > 0 {
		u.holds[who], u.claims[who] = held, nil
	}
}

func (u *universe) releaseByAdmin(rt *rapid.T, w *workspace) {
	if !rapid.Bool().Draw(rt, "really") {
		return
	}
	frozen, why := u.plan(rt, w, w.config)
	var unknown ledger.UnknownPlanner
	who := w.who
	if was, has := u.tokens[w.token()]; has && rapid.Bool().Draw(rt, "of the owner that the ledger knows") {
		who = was
	}
	err := w.l.ReleaseByAdmin(context.Background(), who, rapid.SampledFrom([]time.Duration{0, grace}).Draw(rt, "grace"))
	if errors.As(err, &unknown) {
		return
	}
	if err != nil {
		rt.Fatal(err)
	}
	kept := maps.Clone(u.holds[who])
	maps.DeleteFunc(kept, func(cluster string, _ netip.Prefix) bool { return u.claims[who][cluster].IsValid() })
	maps.DeleteFunc(u.tokens, func(_ string, of ledger.Planner) bool { return of == who })
	if len(u.claims[who]) > 0 {
		u.released(who)
		u.withdrawn[who]++
	} else if len(kept) > 0 {
		u.done["holds released"]++
	}
	u.holds[who] = kept // what was claimed no plan relies on
	if why == "" && rapid.Bool().Draw(rt, "an apply goes on") {
		u.commit(rt, w, frozen)
	}
}

// expire makes all holds old.
func (u *universe) expire(*rapid.T) {
	u.d.Exec(u.tb, `UPDATE entry SET expires = now() - interval '1 hour' WHERE state = 'hold'`)
}

func (u *universe) restoreState(rt *rapid.T, w *workspace) {
	if len(w.backups) > 0 {
		restored := *rapid.SampledFrom(w.backups).Draw(rt, "backup") // a new state to Terraform, for which saved plans are stale
		w.write(&restored)
	}
}

func (u *universe) backUp(rt *rapid.T) {
	if err := snapshot(u.d, u.conn); err != nil {
		rt.Fatal(err)
	}
	u.snapshot.taken, u.snapshot.claims, u.snapshot.serials = true, maps.Clone(u.claims), maps.Clone(u.serials)
	u.snapshot.quotas, u.snapshot.tokens = maps.Clone(u.quotas), maps.Clone(u.tokens)
}

func (u *universe) restoreLedger(rt *rapid.T) {
	if !u.snapshot.taken {
		return
	}
	w := rapid.SampledFrom(u.workspaces).Draw(rt, "workspace")
	frozen, why := u.plan(rt, w, w.config)
	if err := restore(u.d, u.conn); err != nil {
		rt.Fatal(err)
	}
	u.restores++
	u.claims, u.serials, u.holds = maps.Clone(u.snapshot.claims), maps.Clone(u.snapshot.serials), map[ledger.Planner]ranges{}
	u.quotas, u.tokens = maps.Clone(u.snapshot.quotas), maps.Clone(u.snapshot.tokens)
	if why == "" && rapid.Bool().Draw(rt, "an apply goes on") {
		u.commit(rt, w, frozen)
	}
}
