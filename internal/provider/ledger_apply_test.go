package provider

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/server"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/values"
)

// teamBlocks is a workspace with a cidrplan_blocks beside a ledger. Its block is 10.64.0.0/23, or a later one where others have that.
func teamBlocks(t *testing.T, d *ledgertest.Database, owner string) *sharer {
	t.Helper()
	w := newSharer(t, d, owner, true)
	w.given = given{
		"name": "k8s", "supernets": []string{"10.64.0.0/16"}, "blocks": given{"a": given{"prefix_length": int64(23)}},
	}
	return w
}

// applies plans and applies a workspace, and stores its state.
func (w *sharer) applies(t *testing.T) {
	t.Helper()
	planned := w.plan(w.config())
	private, found := w.resource().Apply(t.Context(), applicationOf(w, planned.Value, planned.Private))
	if found := slices.Concat(summariesOf(planned.Diagnostics, true), summariesOf(found, true)); len(found) > 0 {
		t.Fatalf("%q", found)
	}
	w.store(planned.Value, private)
}

// applicationOf is an apply of a planned value, as the server gives it to a resource.
func applicationOf(w *sharer, planned tftypes.Value, private server.Private) server.Application {
	return server.Application{
		Planned: func() tftypes.Value { return planned }, Creates: w.state.value.IsNull(), Private: private,
	}
}

// entriesOfOwner counts the entries of an owner in the ledger, by their state.
func entriesOfOwner(t *testing.T, d *ledgertest.Database, owner string) string {
	t.Helper()
	claims := d.Count(t, `SELECT count(*) FROM entry WHERE owner = $1 AND state = 'claim'`, owner)
	holds := d.Count(t, `SELECT count(*) FROM entry WHERE owner = $1 AND state = 'hold'`, owner)
	return fmt.Sprintf("%d claims, %d holds", claims, holds)
}

func noLedger(s *session)      { s.ledger = nil }
func unknownLedger(s *session) { s.ledger = &sharedLedger{unknown: true} }

func TestAppliesBesideALedger(t *testing.T) {
	d := ledgertest.New(t)
	for name, test := range map[string]struct {
		change  func(s *session)                    // of the provider
		private func(p server.Private)              // of the plan
		value   func(v tftypes.Value) tftypes.Value // that was planned
		want    []string
		has     string
	}{
		"what was planned":    {has: "1 claims, 0 holds"},
		"without the ledger":  {change: noLedger, want: []string{"Ledger Is Not Configured"}, has: "0 claims, 1 holds"},
		"while it is unknown": {change: unknownLedger, want: []string{"Ledger Is Not Known"}, has: "0 claims, 1 holds"},
		"with damaged data": {
			private: func(p server.Private) { p[applicationKey] = []byte("{") }, want: []string{"Ledger Failed"}, has: "0 claims, 1 holds",
		},
		"that wrote no ledger": {private: func(p server.Private) { delete(p, applicationKey) }, has: "0 claims, 1 holds"},
		"of unknown ranges": {
			private: func(p server.Private) { delete(p, applicationKey) }, value: withoutRanges,
			want: []string{"Ledger Permits No Holds"}, has: "0 claims, 1 holds",
		},
		"of unknown ranges without a ledger": {
			change: noLedger, private: func(p server.Private) { delete(p, applicationKey) }, value: withoutRanges, has: "0 claims, 1 holds",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := teamBlocks(t, d, name)
			planned := w.plan(w.config())
			if found := summariesOf(planned.Diagnostics, true); len(found) > 0 {
				t.Fatalf("the plan reports %q", found)
			}
			a, value := w.resource(), planned.Value
			if test.change != nil {
				test.change(a.run.Load())
			}
			if test.private != nil {
				test.private(planned.Private)
			}
			if test.value != nil {
				value = test.value(value)
			}
			private, found := a.Apply(t.Context(), applicationOf(w, value, planned.Private))
			if got := summariesOf(found, true); !slices.Equal(got, test.want) {
				t.Errorf("the apply reports %q, want %q", got, test.want)
			}
			if got := entriesOfOwner(t, d, name); got != test.has {
				t.Errorf("the ledger has %s, want %s", got, test.has)
			}
			if private[applicationKey] != nil {
				t.Error("the state keeps what was to be written")
			}
			if (private[recordKey] != nil) != (len(test.want) == 0 && test.value == nil) {
				t.Errorf("the state has the record %q", private[recordKey])
			}
			applied := d.Count(t, `SELECT count(*) FROM planner WHERE owner = $1 AND token <> '' AND token = $2`,
				name, string(private[tokenKey]))
			if (applied == 1) != strings.HasPrefix(test.has, "1 claims") {
				t.Errorf("%d planners have the token %q of the state", applied, private[tokenKey])
			}
		})
	}
}

// withoutRanges is a planned value whose ranges are unknown.
func withoutRanges(v tftypes.Value) tftypes.Value {
	attributes := values.AttributesOf(v)
	attributes["cidrs"] = tftypes.NewValue(attributes["cidrs"].Type(), tftypes.UnknownValue)
	return tftypes.NewValue(v.Type(), attributes)
}

// An apply that the ledger refuses says that the state stays as it was.
func TestAnApplyOfAnOlderPlanIsRefused(t *testing.T) {
	d := ledgertest.New(t)
	w := teamBlocks(t, d, "shop/prod")
	older := w.plan(w.config())
	w.applies(t)
	w.given["blocks"].(given)["b"] = given{"prefix_length": int64(23)}
	w.applies(t)
	_, found := w.resource().Apply(t.Context(), applicationOf(w, older.Value, older.Private))
	if got := summariesOf(found, true); !slices.Equal(got, []string{"Plan Is Older Than the Ledger"}) {
		t.Fatalf("the apply reports %q", got)
	}
	if !strings.HasPrefix(found[0].Detail, "The state of this cidrplan_blocks stays as it was. ") {
		t.Error(found[0].Detail)
	}
}

func TestDestroysBesideALedger(t *testing.T) {
	d := ledgertest.New(t)
	for name, test := range map[string]struct {
		change  func(s *session)
		private func(p server.Private)
		want    []string
		has     string
	}{
		"with the token of the state": {has: "0 claims, 1 holds"},
		"without a token, after an apply that ended early": {
			private: func(p server.Private) { delete(p, tokenKey) }, has: "0 claims, 1 holds",
		},
		"with the token of another state": {
			private: func(p server.Private) { p[tokenKey] = []byte("x") }, want: []string{"Owner Is in Use"}, has: "1 claims, 0 holds",
		},
		"without the ledger":  {change: noLedger, want: []string{"Ledger Is Not Configured"}, has: "1 claims, 0 holds"},
		"while it is unknown": {change: unknownLedger, want: []string{"Ledger Is Not Known"}, has: "1 claims, 0 holds"},
	} {
		t.Run(name, func(t *testing.T) {
			w := teamBlocks(t, d, name)
			w.applies(t)
			a := w.resource()
			if test.change != nil {
				test.change(a.run.Load())
			}
			if test.private != nil {
				test.private(w.state.private)
			}
			found := a.Destroy(t.Context(), server.Change{Prior: w.state.value, Private: w.state.private})
			if got := summariesOf(found, true); !slices.Equal(got, test.want) {
				t.Errorf("the destroy reports %q, want %q", got, test.want)
			}
			if got := entriesOfOwner(t, d, name); got != test.has {
				t.Errorf("the ledger has %s, want %s", got, test.has)
			}
			late := d.Count(t, `
				SELECT count(*) FROM entry WHERE owner = $1 AND expires NOT BETWEEN now() + '71 hours' AND now() + '72 hours'`, name)
			if late > 0 {
				t.Error("it is held for another time than 72 hours")
			}
		})
	}
}

// A state that no ledger knows is destroyed without one.
func TestADestroyOfAStateWithoutLedger(t *testing.T) {
	d := ledgertest.New(t)
	w := teamBlocks(t, d, "shop/prod")
	a := w.resource()
	noLedger(a.run.Load())
	planned := a.Plan(t.Context(), server.Change{Config: w.config(), Prior: w.state.value})
	if found := a.Destroy(t.Context(), server.Change{Prior: planned.Value}); len(found) > 0 {
		t.Errorf("%q", summariesOf(found, true))
	}
}

// A plan that destroys blocks warns if other owners have ranges inside.
func TestAPlanThatDestroysBlocksOfOthers(t *testing.T) {
	d := ledgertest.New(t)
	full, empty := teamBlocks(t, d, "network"), teamBlocks(t, d, "lab")
	full.applies(t)
	empty.applies(t)
	guest := teamBlocks(t, d, "shop/prod")
	guest.given["supernets"] = []string{full.ranges(full.state.value)["a"]}
	guest.given["blocks"] = given{"a": given{"prefix_length": int64(25)}}
	guest.applies(t)
	withoutSerial := empty.plan(empty.config()).Value
	attributes := values.AttributesOf(withoutSerial)
	attributes[serialAttribute] = tftypes.NewValue(tftypes.Number, nil)
	for name, test := range map[string]struct {
		w      *sharer
		prior  tftypes.Value
		change func(s *session)
		want   []string
	}{
		"with ranges of others":           {w: full, prior: full.state.value, want: []string{"Block Has Ranges of Others"}},
		"without":                         {w: empty, prior: empty.state.value},
		"without the ledger":              {w: full, prior: full.state.value, change: noLedger},
		"while the ledger is unknown":     {w: full, prior: full.state.value, change: unknownLedger},
		"of a state that is in no ledger": {w: full, prior: tftypes.NewValue(withoutSerial.Type(), attributes)},
		"while the database is away": {
			w: full, prior: full.state.value, want: []string{"Ledger Is Not Available"},
			change: func(s *session) { s.ledger.Ledger = away(t) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := test.w.resource()
			if test.change != nil {
				test.change(a.run.Load())
			}
			found := a.warnOfChildren(t.Context(), server.Change{Prior: test.prior})
			if got := summariesOf(diagnostics(found), true); !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// away is a ledger whose server does not exist.
func away(t *testing.T) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(ledger.Config{ConnString: "host=no.such.host.invalid", Schema: "s"})
	if err != nil {
		t.Fatal(err)
	}
	return l
}
