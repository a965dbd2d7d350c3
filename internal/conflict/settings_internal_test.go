package conflict

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestPartiesAmongTheFacts(t *testing.T) {
	facts := topology.Facts{Foreign: map[string]topology.Foreign{"a": {Allocator: "east"}}, Sites: map[string]topology.Site{"idc": {}}}
	for name, test := range map[string]struct {
		party Party
		want  bool
	}{
		"of a planner whose claims are known": {Party{Owner: "shop", Held: true, Holder: "east"}, true},
		"of another planner":                  {Party{Owner: "shop", Held: true, Holder: "west"}, false},
		"a site":                              {Party{Owner: "idc"}, true},
		"a site that a planner is named with": {Party{Owner: "idc", Held: true, Holder: "west"}, false},
		"nothing":                             {Party{Owner: "shop"}, false},
	} {
		if got := test.party.isAmong(facts); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}
