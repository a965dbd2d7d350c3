package ledger_test

import (
	"errors"
	"slices"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// quotas are the quotas of holds that owners may have; 0 is none of its own.
var quotas = []int{0, 1, 2, 4}

// limit gives an owner a quota, before or after it plans for the first time.
func (u *universe) limit(rt *rapid.T) {
	owner := rapid.SampledFrom([]string{shop.Owner, bank.Owner}).Draw(rt, "owner")
	if quota := rapid.SampledFrom(quotas).Draw(rt, "quota"); quota > 0 {
		u.quotas[owner], u.limited[owner] = quota, true
		u.d.Exec(u.tb, `INSERT INTO owner (name, hold_quota) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET hold_quota = $2`,
			owner, quota)
	} else {
		delete(u.quotas, owner)
		u.d.Exec(u.tb, `UPDATE owner SET hold_quota = NULL WHERE name = $1`, owner)
	}
}

// holdsOf are the holds of an owner. A plan renews those of its own that have expired, so they count as well.
func (u *universe) holdsOf(owner string) int {
	var n int
	err := u.conn.QueryRow(u.tb.Context(), `SELECT count(*) FROM entry WHERE owner = $1 AND state = 'hold'`, owner).
		Scan(&n)
	if err != nil {
		u.tb.Fatal(err)
	}
	return n
}

// checkQuota holds a plan against the quota of its owner. before is how many holds the owner had.
func (u *universe) checkQuota(rt *rapid.T, w *workspace, before int, err error) {
	quota, after := u.quotas[w.who.Owner], u.holdsOf(w.who.Owner)
	var refused ledger.QuotaExceeded
	is := errors.As(err, &refused)
	switch {
	case is && (refused.More == 0 || quota == 0 || before+refused.More <= quota && refused.Holds+refused.More <= quota):
		rt.Fatalf("%v has %d holds of %d, and %d more are refused", w.who, before, quota, refused.More)
	case is && after != before:
		rt.Fatalf("a plan of %v that was refused changed %d holds to %d", w.who, before, after)
	case quota > 0 && after > max(before, quota):
		rt.Fatalf("%v has %d holds, quota %d, before %d", w.who, after, quota, before)
	}
}

// loseState removes a state without a call, as terraform state rm and the removal of a workspace do.
func (u *universe) loseState(_ *rapid.T, w *workspace) { w.write(nil) }

// renameOwner gives a workspace another owner in its configuration, or its first one again. Its saved plans have the other one.
func (u *universe) renameOwner(_ *rapid.T, w *workspace) {
	names := []string{w.first, "new owner of " + w.first}
	w.who.Owner = names[(slices.Index(names, w.who.Owner)+1)%2]
	w.saved = nil
}

// checkOwner is what a plan must find out of a state with a token: whether the ledger has it under another owner.
func (u *universe) checkOwner(rt *rapid.T, w *workspace, why string) {
	if w.state == nil || w.state.token == "" {
		return
	}
	known, has := u.tokens[w.state.token]
	if changed := has && known.Owner != w.who.Owner && len(u.claims[w.who]) == 0; changed != (why == "OwnerChanged") {
		rt.Fatalf("%v plans with the token of %v (known: %t): %q", w.who, known, has, why)
	}
}

// claimed notes an apply.
func (u *universe) claimed(w *workspace, p proposal, next *state) {
	var was string // the token that the ledger had
	for token, who := range u.tokens {
		if who == w.who {
			was = token
		}
	}
	switch {
	case p.prior == nil && was != "" && was != next.token:
		u.done["taken over"]++
	case p.prior != nil && w.who.Owner != w.first:
		u.done["owner renamed"]++
	}
	delete(u.tokens, was)
	u.tokens[next.token] = w.who
	u.claims[w.who], u.holds[w.who] = p.ranges, nil
}
