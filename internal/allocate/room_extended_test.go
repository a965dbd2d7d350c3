package allocate

import (
	"slices"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A larger Pod range that is not free has options for what keeps it, as far as the configuration can free that. One that the configuration
// gives has the option of the larger range.
func TestOptionsOfALargerPodRange(t *testing.T) {
	all := applied(t, request(onAzure, extending("a", 8)), turns(extending("b", 4), extending("c", 4))) // 10.0.8.0/22 and 10.0.12.0/22
	gone := applied(t, all, withoutClusters("b", "c"))
	given := applied(t, request(onAzure, extending("a", 8, pins("", "10.0.0.0/21"))))
	none := func(*Request) {}
	const (
		fewer   = `set clusters["a"].max_nodes 8`
		second  = `copy to clusters["a-2"]; set clusters["a-2"].max_nodes 1; set clusters["a"].max_nodes 8`
		moved   = `set renumber["a"] 1`
		without = `remove clusters["a"].max_nodes`
		asHeld  = `set clusters["a"].pod_cidrs [10.0.0.0/21]`
	)
	for name, test := range map[string]struct {
		before Request
		edit   func(*Request)
		want   []string
	}{
		"other clusters are in it":                  {all, none, []string{fewer, second, moved}},
		"a cluster is in it beside released ranges": {applied(t, all, withoutClusters("b")), none, []string{fewer, second, moved}},
		"ranges that this plan releases are in it":  {all, withoutClusters("b", "c"), []string{fewer, second, moved}},
		"a reserved range and others are in it, which leave no room for other ranges": {
			all, reserved("x", "10.0.0.0/8"),
			[]string{fewer, second + "; add supernets 172.21.0.0/23", moved + "; add supernets 172.21.0.0/19"},
		},
		"released ranges are in it":                     {gone, none, []string{`add reclaim b; add reclaim c`, fewer, second, moved}},
		"everything that is released may be used again": {gone, reclaim("*"), nil},
		"released and reserved ranges are in it": {
			gone, turns(reserved("x", "10.0.15.0/24"), reclaim("b")),
			[]string{`remove reserved["x"]; add reclaim c`, fewer, second, moved},
		},
		"no supernet contains it": {
			applied(t, gone, reclaim("b", "c")), supernets("10.0.0.0/21", "10.1.0.0/16"),
			[]string{`set clusters["a"].pod_cidrs [10.0.0.0/20]`, fewer, second, moved},
		},
		"no supernet contains it, and released ranges are in it": {
			gone, supernets("10.0.0.0/21", "10.1.0.0/16"),
			[]string{`add reclaim b; add reclaim c; set clusters["a"].pod_cidrs [10.0.0.0/20]`, fewer, second, moved},
		},
		"its pin is what is held": {
			given, extending("a", 9, pins("", "10.0.0.0/21")),
			[]string{`set clusters["a"].pod_cidrs [10.0.0.0/20]`, without, fewer},
		},
		"its pin is what is held, and the rest is taken": {
			given, turns(extending("a", 9, pins("", "10.0.0.0/21")), reserved("x", "10.0.15.0/24")), []string{without, fewer},
		},
		"its pin is not what is held": {
			gone, extending("a", 9, pins("", "10.0.0.0/22")), []string{
				without + "; " + asHeld, `set clusters["a"].max_nodes 4; ` + asHeld,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			edited := edited(test.before, extending("a", 9), test.edit)
			var got []topology.Option
			for _, f := range WithRoomOptions(edited, Plan(edited, profile.Default()), profile.Default()).Faults {
				if !f.Warn {
					got = append(got, f.Options...)
				}
			}
			for _, o := range got {
				pins := slices.ContainsFunc(o.Edits, func(e topology.Edit) bool { return e.At.String() == `clusters["a"].pod_cidrs` }) &&
					!strings.HasSuffix(editTexts(o.Edits), asHeld)
				if moves := strings.HasPrefix(editTexts(o.Edits), moved); o.Rebuilds != (pins || moves) {
					t.Errorf("%s: rebuilds: %t", editTexts(o.Edits), o.Rebuilds)
				}
			}
			wantOptions(t, got, test.want)
		})
	}
}
