package conflict

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A token, or another range for what existing has, rebuilds something. Other edits of existing correct what is written.
func TestOptionsThatRebuild(t *testing.T) {
	at := func(argument string) topology.Edit { return topology.Set(topology.Path{}.Attr(argument).Key("a"), "1") }
	for name, test := range map[string]struct {
		option topology.Option
		want   bool
	}{
		"a token":                       {topology.Option{Kind: Moved, Edits: []topology.Edit{at("renumber")}}, true},
		"a token and others":            {topology.Option{Kind: Moved, Edits: []topology.Edit{at("clusters"), at("renumber")}}, true},
		"another range in existing":     {topology.Option{Kind: OtherRange, Edits: []topology.Edit{at("existing")}}, true},
		"other ranges in existing":      {topology.Option{Kind: OtherRanges, Edits: []topology.Edit{at("existing")}}, true},
		"a correction of existing":      {topology.Option{Kind: Corrected, Edits: []topology.Edit{at("existing")}}, false},
		"another range of a cluster":    {topology.Option{Kind: OtherRange, Edits: []topology.Edit{at("clusters")}}, false},
		"other ranges of clusters":      {topology.Option{Kind: OtherRanges, Edits: []topology.Edit{at("clusters")}}, false},
		"a correction of a declaration": {topology.Option{Kind: Corrected, Edits: []topology.Edit{at("clusters")}}, false},
	} {
		if got := inOrder([]topology.Option{test.option}, nil)[0].Rebuilds; got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}
