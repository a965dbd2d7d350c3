package provider

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// claimedBy are entries as the claims of the planner that asks.
func claimedBy(entries ...ledger.Entry) []ledger.Own {
	var own []ledger.Own
	for _, e := range entries {
		own = append(own, ledger.Own{Entry: e, State: ledger.Claim})
	}
	return own
}

// A planner whose claims belong to another state is refused: one without a state, or with other ranges, and without the ledger's token.
func TestPlansOfAnotherState(t *testing.T) {
	web, other := entryOf("pod", "web", "10.64.0.0/20"), entryOf("pod", "web", "10.65.0.0/20")
	who := ledger.Planner{Owner: "shop/prod", Name: "k8s"}
	held := ledger.Own{Entry: web, State: ledger.Hold}
	for name, test := range map[string]struct {
		plan ledgerPlan
		want string
	}{
		"nothing is claimed": {ledgerPlan{view: ledger.View{Own: []ledger.Own{held}, Token: "a", Confirmed: true}}, ""},
		"with its token":     {ledgerPlan{token: "a", view: ledger.View{Own: claimedBy(web), Token: "a", Confirmed: true}}, ""},
		"a new state": {
			ledgerPlan{view: ledger.View{Own: claimedBy(web), Token: "a", Confirmed: true}}, "Owner Is in Use",
		},
		"a new state, where no plan has found the first one": {ledgerPlan{view: ledger.View{Own: claimedBy(web), Token: "a"}}, ""},
		"a replacement": {ledgerPlan{replaces: true, view: ledger.View{Own: claimedBy(web), Token: "a", Confirmed: true}}, ""},
		"the same ranges without a token, as imported": {
			ledgerPlan{
				prior: []ledger.Entry{web}, request: allocate.Request{Prior: &allocate.Prior{}},
				view: ledger.View{Own: claimedBy(web), Token: "a", Confirmed: true},
			}, "",
		},
		"the same ranges, which a second state got after this one": {
			ledgerPlan{
				token: "b", hasSerial: true, serial: 2, prior: []ledger.Entry{web}, request: allocate.Request{Prior: &allocate.Prior{}},
				view: ledger.View{Serial: 2, Own: claimedBy(web), Token: "a"},
			}, "Owner Is in Use",
		},
		"the same ranges in an older ledger": {
			ledgerPlan{
				token: "b", hasSerial: true, serial: 3, prior: []ledger.Entry{web}, request: allocate.Request{Prior: &allocate.Prior{}},
				view: ledger.View{Serial: 2, Own: claimedBy(web), Token: "a", Confirmed: true},
			}, "",
		},
		"other ranges": {
			ledgerPlan{
				token: "b", prior: []ledger.Entry{other}, request: allocate.Request{Prior: &allocate.Prior{}},
				view: ledger.View{Own: claimedBy(web), Token: "a"},
			}, "Owner Is in Use",
		},
		"a state that got another name": {
			ledgerPlan{token: "a", view: ledger.View{Token: "a", Was: &ledger.Planner{Owner: who.Owner, Name: "old"}}}, "",
		},
		"a state of another owner": {
			ledgerPlan{token: "a", view: ledger.View{Token: "a", Was: &ledger.Planner{Owner: "bank/prod", Name: "k8s"}}},
			"Owner Has Changed",
		},
	} {
		t.Run(name, func(t *testing.T) {
			test.plan.who = who
			got := ""
			for _, m := range test.plan.refuse() {
				got += m.Summary
			}
			if !strings.HasPrefix(got, test.want) || test.want == "" && got != "" {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestWhetherTheLedgerKnowsALaterApply(t *testing.T) {
	claims := ledger.View{Serial: 3, Own: claimedBy(entryOf("pod", "web", "10.64.0.0/20"))}
	state := allocate.Request{Prior: &allocate.Prior{}}
	for name, test := range map[string]struct {
		plan ledgerPlan
		want bool
	}{
		"an older state":                 {ledgerPlan{hasSerial: true, serial: 2, request: state, view: claims}, true},
		"the same":                       {ledgerPlan{hasSerial: true, serial: 3, request: state, view: claims}, false},
		"an older ledger":                {ledgerPlan{hasSerial: true, serial: 4, request: state, view: claims}, false},
		"no state, and claims":           {ledgerPlan{view: claims}, true},
		"no state, and no claims":        {ledgerPlan{view: ledger.View{Serial: 3}}, false},
		"a replacement":                  {ledgerPlan{replaces: true, view: claims}, false},
		"no prior state, but its token":  {ledgerPlan{token: "a", view: claims}, false},
		"a state from before the ledger": {ledgerPlan{request: state, view: claims}, false},
	} {
		if got := test.plan.behind(); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

// An apply is planned where the ledger has something else than what is planned. Its number is behind those of the state and the ledger.
func TestSerialsOfPlans(t *testing.T) {
	web, data := entryOf("pod", "web", "10.64.0.0/20"), entryOf("pod", "data", "10.65.0.0/20")
	was := &ledger.Planner{Owner: "shop/prod", Name: "old"}
	same := ledgerPlan{hasSerial: true, serial: 3, view: ledger.View{Serial: 3, Own: claimedBy(web)}}
	for name, test := range map[string]struct {
		plan    ledgerPlan
		entries []ledger.Entry
		want    any
		applies bool
	}{
		"nothing changes": {same, []ledger.Entry{web}, int64(3), false},
		"a further entry": {same, []ledger.Entry{web, data}, int64(4), true},
		"an older state": {
			ledgerPlan{hasSerial: true, serial: 2, view: ledger.View{Serial: 3, Own: claimedBy(web)}}, []ledger.Entry{web}, int64(4), true,
		},
		"an older ledger": {
			ledgerPlan{hasSerial: true, serial: 5, view: ledger.View{Serial: 3, Own: claimedBy(web)}}, []ledger.Entry{web}, int64(6), true,
		},
		"a state without": {ledgerPlan{view: ledger.View{Own: claimedBy(web)}}, []ledger.Entry{web}, int64(1), true},
		"another name": {
			ledgerPlan{hasSerial: true, serial: 3, view: ledger.View{Serial: 3, Was: was, Own: claimedBy(web)}},
			[]ledger.Entry{web}, int64(4), true,
		},
	} {
		test.plan.token = "a"
		test.plan.serialFor(test.entries)
		o := test.plan.outcome
		if o.serial != test.want || (o.application != nil) != test.applies {
			t.Errorf("%s: got serial %v, %+v, want %v", name, o.serial, o.application, test.want)
		}
		a := o.application
		if a != nil && (a.Before != test.plan.view.Serial || a.Serial != test.want || a.token != "a" ||
			len(a.Entries) != len(test.entries)) {
			t.Errorf("%s: applies %+v", name, a)
		}
	}
}

func TestSerialsOfStates(t *testing.T) {
	three, later := tftypes.NewValue(tftypes.Number, 3), tftypes.NewValue(tftypes.Number, tftypes.UnknownValue)
	for name, test := range map[string]struct {
		state  map[string]tftypes.Value
		serial int64
		has    bool
	}{
		"a state of an older version": {nil, 0, false},
		"a state without a ledger":    {map[string]tftypes.Value{serialAttribute: tftypes.NewValue(tftypes.Number, nil)}, 0, false},
		"a plan":                      {map[string]tftypes.Value{serialAttribute: later}, 0, false},
		"a state with a ledger":       {map[string]tftypes.Value{serialAttribute: three}, 3, true},
	} {
		if serial, has := serialNumber(test.state); serial != test.serial || has != test.has {
			t.Errorf("%s: got %d, %t", name, serial, has)
		}
	}
}

// A claim keeps its class and its demand. A new entry says whether it takes what only expired holds use.
func TestEntriesKeepWhatTheLedgerKnowsOfThem(t *testing.T) {
	demanded := entryOf("pod", "web", "10.64.0.0/20", func(e *ledger.Entry) { e.Demand, e.Class = "pod/web", ledger.Shared })
	web, data, lab := entryOf("pod", "web", "10.64.0.0/20"), entryOf("pod", "data", "10.65.0.0/20"), entryOf("pod", "lab", "10.66.0.0/20")
	lab.VRF = "blue"
	expired := map[string][]netip.Prefix{"": {netip.MustParsePrefix("10.64.0.0/14")}}
	l := ledgerPlan{view: ledger.View{Own: claimedBy(demanded), TakenByExpired: expired}}
	entries := []ledger.Entry{web, data, lab}
	if elsewhere := l.classified(entries); len(elsewhere) > 0 {
		t.Fatalf("others have %v", elsewhere)
	}
	if entries[0].Class != ledger.Shared || entries[0].Demand != "pod/web" || entries[0].Takes {
		t.Errorf("a claim: %+v", entries[0])
	}
	if entries[1].Class != ledger.Unique || entries[1].Demand != "" || !entries[1].Takes {
		t.Errorf("a new entry over an expired hold: %+v", entries[1])
	}
	if entries[2].Takes {
		t.Errorf("a new entry in another VRF: %+v", entries[2])
	}
	moved := entryOf("pod", "web", "10.64.0.0/20", func(e *ledger.Entry) { e.Demand = "pod/web/1" })
	again := []ledger.Entry{moved}
	l.classified(again)
	if again[0].Demand != "pod/web/1" {
		t.Errorf("a demand of this plan: %q", again[0].Demand)
	}
}

// Ranges that the configuration gives may overlap with those of others as far as the rules permit it, and so may accepted conflicts.
func TestRangesThatMayOverlapWithOthers(t *testing.T) {
	given, accepted := netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("10.2.0.0/16")
	clusters := map[string]topology.Cluster{"a": {PodCIDRs: []netip.Prefix{given}}}
	l := ledgerPlan{request: allocate.Request{Facts: topology.Facts{Clusters: clusters}}}
	l.outcome.result.Findings = []conflict.Finding{
		{A: conflict.Claim{Range: accepted}, Accepted: &topology.Acceptance{}},
		{A: conflict.Claim{Range: netip.MustParsePrefix("10.3.0.0/16")}},
	}
	var got []netip.Prefix
	for r := range l.permitted() {
		got = append(got, r)
	}
	slices.SortFunc(got, netip.Prefix.Compare)
	if !slices.Equal(got, []netip.Prefix{given, accepted}) {
		t.Errorf("got %v", got)
	}
}

// A plan confirms the state that the ledger knows by its token, also where Terraform did not store the token, and confirms no other one.
func TestPlansConfirmTheirState(t *testing.T) {
	d := ledgertest.New(t)
	for name, test := range map[string]struct {
		applied bool
		token   func(p server.Private)
		want    int
	}{
		"with its token":                  {applied: true, want: 1},
		"without its token":               {applied: true, token: func(p server.Private) { delete(p, tokenKey) }, want: 1},
		"with the token of another state": {applied: true, token: func(p server.Private) { p[tokenKey] = []byte("x") }},
		"before its first apply":          {},
	} {
		t.Run(name, func(t *testing.T) {
			w := teamBlocks(t, d, name)
			if test.applied {
				w.applies(t)
			}
			if test.token != nil {
				test.token(w.state.private)
			}
			w.plan(w.config())
			if got := d.Count(t, `SELECT count(*) FROM planner WHERE owner = $1 AND confirmed`, name); got != test.want {
				t.Errorf("confirmed: %d, want %d", got, test.want)
			}
		})
	}
}

// The token of a tainted object, which a plan is not given, is that of the state which was read before.
func TestTokensOfStates(t *testing.T) {
	s := newSession(nil)
	a := &plannerResource{planner: planner{kind: plannerKind{typeName: "_allocator"}, run: &run{}}}
	s.tokens[a.named("k8s")] = "read before"
	a.run.Store(s)
	null, state := tftypes.NewValue(tftypes.Bool, nil), tftypes.NewValue(tftypes.Bool, true)
	private := map[string][]byte{tokenKey: []byte("given")}
	for name, c := range map[string]struct {
		change server.Change
		name   string
		want   string
	}{
		"an object with its private data":  {server.Change{Prior: state, Private: private}, "k8s", "given"},
		"an object without a token":        {server.Change{Prior: state}, "k8s", ""},
		"a tainted object":                 {server.Change{Prior: null}, "k8s", "read before"},
		"a new object":                     {server.Change{Prior: null}, "new", ""},
		"the second plan of a replacement": {server.Change{Prior: null, Private: private}, "k8s", "given"},
	} {
		if got := a.tokenOf(c.change, c.name); got != c.want {
			t.Errorf("%s: token %q, want %q", name, got, c.want)
		}
	}
}
