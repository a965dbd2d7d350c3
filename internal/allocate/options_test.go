package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestTheNextTokenIsAnotherOne(t *testing.T) {
	for last, want := range map[string]string{
		"": "1", "1": "2", "9": "10", "2027-07": "2027-8", "move": "move-2", "move-2": "move-3",
		"99999999999999999999": "99999999999999999999-2",
	} {
		if got := nextToken(last); got != want {
			t.Errorf("after %q comes %q, want %q", last, got, want)
		}
	}
}

func TestRangesOfAMirrorOfItsOwn(t *testing.T) {
	at := topology.Path{}.Attr("clusters").Key("dr")
	sameAs := conflict.Edit{At: at.Attr("same_as"), Do: conflict.Remove{}}
	set := func(argument string, value int64) conflict.Edit {
		return conflict.Edit{At: at.Attr(argument), Do: conflict.Set{Values: []any{value}}}
	}
	for name, test := range map[string]struct {
		need   profile.Need
		before map[string]Allocation
		want   []conflict.Edit
	}{
		"by nodes": {profile.Need{MaxNodes: 9}, nil, []conflict.Edit{sameAs, set("max_nodes", 9)}},
		"by nodes and Services": {
			profile.Need{MaxNodes: 9, MaxServices: 7}, nil,
			[]conflict.Edit{sameAs, set("max_nodes", 9), set("max_services", 7)},
		},
		"not without a number":        {profile.Need{PodLength: 20}, nil, nil},
		"not where it holds the same": {profile.Need{MaxNodes: 9}, map[string]Allocation{"dr": {}}, nil},
	} {
		r := request(blue(), cluster("shop", "ack-flannel", test.need), dr("dr", "blue", "shop"))
		o := optionFinder{situation: &situation{inputs: *newInputs(r, profile.Default()), before: test.before}}
		finding := conflict.Finding{A: conflict.Claim{
			Kind: conflict.Pod, Owner: "dr", Source: conflict.Assumed, ClusterRange: conflict.ClusterRange{SameAs: "shop"},
		}}
		var got []conflict.Edit
		for _, option := range o.ownRanges(finding) {
			got = append(got, option.Edits...)
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}
