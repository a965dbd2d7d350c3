package ledger_test

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"pgregory.net/rapid"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// secret is a value of attributes, which the history must not have.
const secret = "hunter2"

// checkHistory holds the history against the claims: each of them was claimed and not freed or released since. It has neither attributes
// nor tokens.
func (u *universe) checkHistory(rt *rapid.T, rows []row) {
	events, err := u.d.History(context.Background(), ledger.Filter{}, 0)
	if err != nil {
		rt.Fatal(err)
	}
	claims := map[string]int{}
	id := func(who ledger.Planner, kind, cluster, r, vrf string) string {
		return strings.Join([]string{who.Owner, who.Name, kind, cluster, r, vrf}, " ")
	}
	for i := range events {
		e := events[len(events)-1-i]
		if text := fmt.Sprintf("%+v", e); strings.Contains(text, secret) || strings.Contains(text, "token") {
			rt.Fatalf("the history has secrets: %s", text)
		}
		if e.Role == "" || e.At.IsZero() || e.Owner == "" || e.Name == "" {
			rt.Fatalf("the history does not say who and when: %+v", e)
		}
		for _, c := range e.Changes {
			key := id(e.Planner, c.Kind, c.Cluster, c.Range.String(), c.VRF)
			switch c.Change {
			case "claimed":
				claims[key]++
			case "freed", "released":
				// A hold that an administrator releases has no claim.
				claims[key] = max(0, claims[key]-1)
			}
		}
	}
	maps.DeleteFunc(claims, func(_ string, n int) bool { return n == 0 })
	now := map[string]int{}
	for _, r := range rows {
		if r.state == ledger.Claim {
			now[id(r.planner, r.kind, r.cluster, r.text, r.vrf)]++
		}
	}
	if !maps.Equal(claims, now) {
		rt.Fatalf("by the history the claims are %v, they are %v", claims, now)
	}
}
