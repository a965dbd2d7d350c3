package provider

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// What the ledger holds for a planner and its state does not have is given to the demands that it was chosen for.
func TestWhatIsHeldForAPlanner(t *testing.T) {
	const demand = "pod|web|v4"
	r, other := netip.MustParsePrefix("10.64.0.0/20"), netip.MustParsePrefix("10.65.0.0/20")
	own := func(state ledger.State, kind, r, demand string) ledger.Own {
		return ledger.Own{State: state, Entry: entryOf(kind, "web", r, func(e *ledger.Entry) { e.Demand = demand })}
	}
	claim, hold := own(ledger.Claim, "pod", r.String(), demand), own(ledger.Hold, "pod", other.String(), demand)
	for name, test := range map[string]struct {
		own   []ledger.Own
		prior []ledger.Entry
		want  netip.Prefix // for the demand
		keys  int
	}{
		"a hold":                               {[]ledger.Own{hold}, nil, other, 1},
		"a claim that the state lacks":         {[]ledger.Own{claim}, nil, r, 1},
		"a claim of the state":                 {[]ledger.Own{claim}, []ledger.Entry{claim.Entry}, netip.Prefix{}, 0},
		"a hold of what the state has":         {[]ledger.Own{hold}, []ledger.Entry{hold.Entry}, other, 1},
		"a claim before a hold":                {[]ledger.Own{claim, hold}, nil, r, 1},
		"a claim behind a hold":                {[]ledger.Own{hold, claim}, nil, r, 1},
		"what was released is held for nobody": {[]ledger.Own{own(ledger.Claim, "released", r.String(), demand)}, nil, netip.Prefix{}, 0},
		"a hold of another class": {
			[]ledger.Own{{State: ledger.Hold, Entry: entryOf(
				"pod", "web", r.String(), inClass(ledger.Network, "prod"), func(e *ledger.Entry) { e.Demand = demand },
			)}},
			nil, netip.Prefix{}, 0,
		},
		"without a demand, it keeps others off": {[]ledger.Own{own(ledger.Hold, "pod", r.String(), "")}, nil, netip.Prefix{}, 1},
	} {
		l := ledgerPlan{view: ledger.View{Own: test.own}, prior: test.prior}
		held := l.held()
		if held[demand].Range != test.want || len(held) != test.keys {
			t.Errorf("%s: got %v, want %v", name, held, test.want)
		}
	}
}

// A hold is used for a range of its class, and one of ranges that repeat anywhere for one that repeats in other networks.
func TestWhatAHoldOfAClassIsFor(t *testing.T) {
	serving := map[ledger.Class][]ledger.Class{
		ledger.Unique: {ledger.Unique}, ledger.Network: {ledger.Network}, ledger.Shared: {ledger.Shared, ledger.Network},
	}
	for held, all := range serving {
		for wanted := range serving {
			if got := serves(held, wanted); got != slices.Contains(all, wanted) {
				t.Errorf("a hold of class %s for one of class %s: %t", held, wanted, got)
			}
		}
	}
}

// Conflicts with entries of others are new unless the ledger had both. A hold that has expired makes place, and is no claim.
func TestEntriesOfOthersAsClaims(t *testing.T) {
	others := ofOthers(
		entryOf("pod", "vault", "10.64.0.0/24"), entryOf("pod", "safe", "10.65.0.0/24"), entryOf("pod", "old", "10.66.0.0/24"),
	)
	others[2].Expired = true
	l := ledgerPlan{view: ledger.View{Own: claimedBy(entryOf("pod", "web", "10.64.0.0/20")), Others: others}}
	all, before := l.foreign()
	if len(all) != 2 || len(before) != 1 || before[0].Owner != "vault" {
		t.Errorf("all %v, before %v", all, before)
	}
	if expired := l.expired()[""]; len(expired) != 1 || expired[0] != others[2].Range {
		t.Errorf("expired %v", expired)
	}
}
