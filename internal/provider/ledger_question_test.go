package provider

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What others use is not read where the planner holds ranges for all that is undecided. A plan that needs anything else asks for it.
func TestWhatHoldsLeaveOpen(t *testing.T) {
	demanded := func(key string) func(*ledger.Entry) { return func(e *ledger.Entry) { e.Demand = key } }
	web := entryOf("pod", "web", "10.64.0.0/20", demanded("pod|web"))
	moved := entryOf("pod", "web", "10.64.16.0/20", demanded("pod|web"))
	larger := entryOf("pod", "web", "10.64.0.0/20", demanded("pod|web|2"))
	given := entryOf("pod", "data", "10.64.32.0/20")
	unread := ledger.View{
		Asked:  ledger.Question{Demands: true, Undecided: []string{"web"}, Ranges: []netip.Prefix{netip.MustParsePrefix("10.64.0.0/16")}},
		Own:    []ledger.Own{{Entry: web, State: ledger.Hold}},
		Unread: true,
	}
	read := unread
	read.Unread = false
	fixed := read
	fixed.Asked.Demands, fixed.Asked.Undecided = false, nil
	again := unread
	again.Again = true
	chosen := allocate.Result{Chosen: []allocate.ChosenRange{{Demand: "pod|web", Range: web.Range}}}
	failed := chosen
	failed.Faults = []topology.Fault{{}}
	refused := []messages.Message{{Summary: "No"}}
	for name, test := range map[string]struct {
		view    ledger.View
		outcome outcome
		entries []ledger.Entry
		asks    bool
	}{
		"the range that is held":                      {unread, outcome{result: chosen}, []ledger.Entry{web}, false},
		"another range":                               {unread, outcome{result: chosen}, []ledger.Entry{moved}, true},
		"the range that is held, for another need":    {unread, outcome{result: chosen}, []ledger.Entry{larger}, true},
		"one more range, that is given":               {unread, outcome{result: chosen}, []ledger.Entry{web, given}, true},
		"a fault":                                     {unread, outcome{result: failed}, []ledger.Entry{web}, true},
		"a refusal":                                   {unread, outcome{result: chosen, found: refused}, []ledger.Entry{web}, true},
		"another range, and what others use is known": {read, outcome{result: chosen}, []ledger.Entry{moved}, false},
		"a cluster with ranges grows":                 {fixed, outcome{result: chosen}, []ledger.Entry{web}, true},
		"nothing is chosen":                           {fixed, outcome{}, []ledger.Entry{web}, false},
		"another range, and two questions were asked": {again, outcome{result: chosen}, []ledger.Entry{moved}, false},
	} {
		l := ledgerPlan{view: test.view, outcome: test.outcome}
		switch more := l.more(test.entries); {
		case (more != nil) != test.asks:
			t.Errorf("%s: asks %+v", name, more)
		case more != nil && (!more.Demands || len(more.Undecided) > 0):
			t.Errorf("%s: asks %+v, and what others use is not read", name, more)
		}
	}
}

// The first question asks for what others have in the ranges of the state and, with a demand, in the supernets.
func TestTheFirstQuestion(t *testing.T) {
	var web allocate.Allocation
	web.Pods = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/20")}
	prior := &allocate.Prior{Allocations: map[string]allocate.Allocation{"web": web}}
	clusters := func(names ...string) topology.Facts {
		f := topology.Facts{Clusters: map[string]topology.Cluster{}}
		for _, name := range names {
			f.Clusters[name] = topology.Cluster{}
		}
		return f
	}
	released := *prior
	released.Released = map[string]allocate.Released{"old": {Cluster: "old", Allocation: web}}
	reclaim := []string{"old"}
	for name, c := range map[string]struct {
		request         allocate.Request
		demands, inside bool
	}{
		"all have ranges":        {allocate.Request{Facts: clusters("web"), Prior: prior}, false, false},
		"one has none":           {allocate.Request{Facts: clusters("web", "data"), Prior: prior}, true, false},
		"there is no state":      {allocate.Request{Facts: clusters("web")}, true, false},
		"blocks are reclaimed":   {allocate.Request{OfBlocks: true, Prior: &released, Reclaim: reclaim}, false, true},
		"nothing is reclaimed":   {allocate.Request{OfBlocks: true, Prior: &released}, false, false},
		"nothing was released":   {allocate.Request{OfBlocks: true, Prior: prior, Reclaim: reclaim}, false, false},
		"clusters are reclaimed": {allocate.Request{Prior: &released, Reclaim: reclaim}, false, false},
	} {
		l := ledgerPlan{request: c.request}
		if q := l.question(); q.Demands != c.demands || q.Inside != c.inside {
			t.Errorf("%s: demands %t, inside %t", name, q.Demands, q.Inside)
		}
	}
}

// The ranges that the configuration or the state gives are known before the plan; reserved ones need no comparison.
func TestRangesThatNoPlanChose(t *testing.T) {
	chosen := entryOf("pod", "web", "10.64.0.0/20", func(e *ledger.Entry) { e.Demand = "pod|web" })
	given, reserved := entryOf("pod", "data", "10.64.16.0/20"), entryOf("reserved", "office", "10.64.32.0/20")
	if got := fixedRanges([]ledger.Entry{chosen, given, reserved}); len(got) != 1 || got[0] != given.Range {
		t.Errorf("got %v", got)
	}
}
