package allocate

import (
	"fmt"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What asks for a range is taken back for one plan: a new cluster as a whole, and of one that grew the number that grew.
func TestWhatAsksForARangeIsTakenBack(t *testing.T) {
	for name, test := range map[string]struct {
		was, is profile.Need
		kind    conflict.Kind
		held    bool
		want    string
	}{
		"a new cluster": {profile.Need{}, profile.Need{MaxNodes: 8}, conflict.Pod, false, `remove clusters["a"], restore clusters["a"]`},
		"more nodes": {
			profile.Need{MaxNodes: 8, MaxServices: 10}, profile.Need{MaxNodes: 16, MaxServices: 20}, conflict.Pod, true,
			`set clusters["a"].max_nodes 8, set clusters["a"].max_nodes 16`,
		},
		"more Services": {
			profile.Need{MaxNodes: 8, MaxServices: 10}, profile.Need{MaxNodes: 16, MaxServices: 20}, conflict.Service, true,
			`set clusters["a"].max_services 10, set clusters["a"].max_services 20`,
		},
		"as many nodes":               {profile.Need{MaxNodes: 8}, profile.Need{MaxNodes: 8}, conflict.Pod, true, ""},
		"fewer nodes":                 {profile.Need{MaxNodes: 8}, profile.Need{MaxNodes: 7}, conflict.Pod, true, ""},
		"a number for the first time": {profile.Need{}, profile.Need{MaxNodes: 8}, conflict.Pod, true, ""},
	} {
		r := Request{
			Facts: topology.Facts{Clusters: map[string]topology.Cluster{"a": {Need: test.is}}},
			Prior: &Prior{Facts: topology.Facts{Clusters: map[string]topology.Cluster{"a": {Need: test.was}}}},
		}
		if test.held {
			r.Prior.Allocations = map[string]Allocation{"a": {}}
		}
		now, later, ok := r.asBefore(MissingRange{Cluster: "a", Kind: test.kind})
		got := fmt.Sprintf("%s, %s", editText(now), editText(later))
		if ok != (test.want != "") || ok && got != test.want {
			t.Errorf("%s: %s, %t", name, got, ok)
		}
	}
}
