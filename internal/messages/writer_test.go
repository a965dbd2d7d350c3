package messages

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestMapsOfNamesThatAreNotKnown(t *testing.T) {
	of := func(count int) []topology.Unchecked {
		var all []topology.Unchecked
		for i := range count {
			at := pathOf("vpcs").Key(fmt.Sprint("v", i)).Attr("subnets")
			names := []topology.Named{{At: pathOf(`clusters["a"].pod_subnets`), Name: "pods"}}
			all = append(all, topology.Unchecked{Map: at, Names: names})
		}
		return all
	}
	if got := unchecked(nil); got != nil {
		t.Errorf("nothing is unknown: got %v", got)
	}
	for count, parts := range map[int][]string{
		1: {`  - vpcs["v0"].subnets: clusters["a"].pod_subnets = "pods"` + "\n\n", "!\n  - and"}, 10: {`vpcs["v9"]`, "!\n  - and"},
		12: {"\n  - and 2 more\n\n"},
	} {
		wantParts(t, fmt.Sprint(count), unchecked(of(count))[0].Detail, parts...)
	}
}

func TestFactsThatAreNotKnown(t *testing.T) {
	facts := []topology.Path{pathOf(`vpcs["prod"].cidr_blocks`)}
	const during = " without ranges are allocated during apply: "
	for name, test := range map[string]struct {
		result allocate.Result
		blocks bool
		parts  []string
	}{
		"all clusters have ranges": {allocate.Result{Unknown: facts}, false, []string{"What clusters hold does not change.", "!" + during}},
		"a cluster without ranges": {
			allocate.Result{Unknown: facts, Deferred: []string{"shop"}}, false, []string{"Clusters" + during + "shop."},
		},
		"a cluster that may grow": {
			allocate.Result{Unknown: facts, Allocations: map[string]allocate.Allocation{
				"a": {PodsUnknown: true}, "b": {}, "c": {ExtensionUnknown: true},
			}}, false, []string{"during apply: a, c."},
		},
		"a block without a range": {allocate.Result{Unknown: facts, Deferred: []string{"lb"}}, true, []string{"Blocks" + during + "lb."}},
	} {
		wantParts(t, name, Writer{OfBlocks: test.blocks}.deferred(test.result)[0].Detail, test.parts...)
	}
	if got := (Writer{}).deferred(allocate.Result{Deferred: []string{"shop"}}); got != nil {
		t.Errorf("all is known: got %v", got)
	}
}

func TestAnErrorRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		messages []Message
		want     bool
	}{
		"nothing":                {nil, false},
		"a warning":              {[]Message{{Warn: true}}, false},
		"a warning and an error": {[]Message{{Warn: true}, {}}, true},
	} {
		if got := Refuses(test.messages); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

// A list of points has each item on a line of its own, and counts those beyond the limit.
func TestPoints(t *testing.T) {
	for n, want := range map[int]string{0: "", 2: "\n  - 1\n  - 2", maxNames: "\n  - 20", maxNames + 3: "\n  - 20\n  - and 3 more"} {
		var items []string
		for i := range n {
			items = append(items, strconv.Itoa(i+1))
		}
		if got := points(items); !strings.HasSuffix(got, want) || strings.Count(got, "\n") != min(n, maxNames)+min(1, max(0, n-maxNames)) {
			t.Errorf("%d items: %q", n, got)
		}
	}
}
