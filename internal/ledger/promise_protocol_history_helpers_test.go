package ledger_test

import (
	"context"
	"maps"
	"strings"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// secret is a value of attributes, which the history must not have.
const secret = "hunter2"

// checkHistory holds the history against the entries: the changes one after the other give exactly the claims and holds that there are. It
// has neither attributes nor tokens.
func (u *universe) checkHistory(rt *rapid.T, rows []row) {
	events, err := u.d.History(context.Background(), ledger.Filter{}, 0)
	if err != nil {
		rt.Fatal(err)
	}
	var text string
	err = u.conn.QueryRow(context.Background(), `SELECT coalesce(string_agg(h::text, ' '), '') FROM history h`).Scan(&text)
	if err != nil {
		rt.Fatal(err)
	}
	if strings.Contains(text, secret) || strings.Contains(text, "token") {
		rt.Fatalf("the history has secrets: %s", text)
	}
	states := map[string]ledger.State{}
	id := func(who ledger.Planner, kind, cluster, r, vrf string) string {
		return strings.Join([]string{who.Owner, who.Name, kind, cluster, r, vrf}, " ")
	}
	for i := range events {
		e := events[len(events)-1-i]
		if e.Role == "" || e.At.IsZero() || e.Owner == "" || e.Name == "" {
			rt.Fatalf("the history does not say who and when: %+v", e)
		}
		for _, c := range e.Changes {
			who := e.Planner
			if c.Change == "lost" {
				who = c.Planner
			}
			key := id(who, c.Kind, c.Cluster, c.Range.String(), c.VRF)
			switch was := states[key]; c.Change {
			case "held", "released": // an administrator releases holds as well
				states[key] = ledger.Hold
			case "claimed":
				states[key] = ledger.Claim
			default:
				gone := map[string]ledger.State{"freed": ledger.Claim, "dropped": ledger.Hold, "lost": ledger.Hold}
				if was != gone[c.Change] {
					rt.Fatalf("%s was %q, and was %s", key, was, c.Change)
				}
				delete(states, key)
			}
		}
	}
	now := map[string]ledger.State{}
	for _, r := range rows {
		now[id(r.planner, r.kind, r.cluster, r.text, r.vrf)] = r.state
	}
	if !maps.Equal(states, now) {
		rt.Fatalf("by the history there is %v, there is %v", states, now)
	}
}
