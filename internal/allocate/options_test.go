package allocate

import (
	"maps"
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
	sameAs := topology.Remove(at.Attr("same_as"))
	set := func(argument string, value int64) topology.Edit {
		return topology.Set(at.Attr(argument), value)
	}
	for name, test := range map[string]struct {
		need   profile.Need
		before map[string]Allocation
		want   []topology.Edit
	}{
		"by nodes": {profile.Need{MaxNodes: 9}, nil, []topology.Edit{sameAs, set("max_nodes", 9)}},
		"by nodes and Services": {
			profile.Need{MaxNodes: 9, MaxServices: 7}, nil,
			[]topology.Edit{sameAs, set("max_nodes", 9), set("max_services", 7)},
		},
		"not without a number":        {profile.Need{PodLength: 20}, nil, nil},
		"not where it holds the same": {profile.Need{MaxNodes: 9}, map[string]Allocation{"dr": {}}, nil},
	} {
		r := request(blue(), cluster("shop", "ack-flannel", test.need), dr("dr", "blue", "shop"))
		o := optionFinder{situation: &situation{inputs: *newInputs(r, profile.Default()), before: test.before}}
		finding := conflict.Finding{A: conflict.Claim{
			Kind: conflict.Pod, Owner: "dr", Source: conflict.Assumed, ClusterRange: conflict.ClusterRange{SameAs: "shop"},
		}}
		var got []topology.Edit
		for _, option := range o.ownRanges(finding) {
			got = append(got, option.Edits...)
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}

func TestReleasedRangesThatExistingGives(t *testing.T) {
	released := conflict.Claim{Kind: conflict.Released, Source: conflict.Pinned, At: topology.Path{}.Attr("released").Key("old")}
	foreign, pod, other := released, released, released
	foreign.Source, pod.Kind, other.At = conflict.OtherWorkspace, conflict.Pod, topology.Path{}.Attr("released").Key("older")
	r := request(existing("old", Existing{Cluster: "shop"}))
	withState := r
	withState.Prior = &Prior{}
	for name, test := range map[string]struct {
		request Request
		claim   conflict.Claim
		want    string
	}{
		"existing gives it":                 {r, released, `existing["old"]`},
		"existing gives other ones":         {r, other, ""},
		"there is a state":                  {withState, released, ""},
		"it is of another workspace":        {r, foreign, ""},
		"it is the range of a cluster":      {r, pod, ""},
		"existing gives nothing, no state":  {request(), released, ""},
		"existing gives nothing, and state": {after(request(), Result{}), released, ""},
	} {
		o := optionFinder{situation: situationOf(test.request)}
		if got := o.restoredAs(test.claim).String(); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestTokensOfAllWhoHaveARange(t *testing.T) {
	claim := conflict.Claim{Kind: conflict.Pod, Owner: "shop", ClusterRange: conflict.ClusterRange{Mirrors: []string{"dr"}}}
	foreign, route := claim, claim
	foreign.Source, route.Kind = conflict.OtherWorkspace, conflict.Route
	renumbered := func(r *Request) { r.Renumber = map[string]string{"shop": "4"} }
	r := request(shop(), existing("dr", Existing{PodCIDRs: shopHolds.Pods}), renumbered)
	for name, test := range map[string]struct {
		claim   conflict.Claim
		tokens  map[string]string
		adopted map[string]topology.Path
	}{
		"a cluster and its mirror": {
			claim, map[string]string{"shop": "5", "dr": "1"}, map[string]topology.Path{"dr": topology.Path{}.Attr("existing").Key("dr")},
		},
		"a cluster of another workspace": {foreign, map[string]string{}, map[string]topology.Path{}},
		"a route":                        {route, map[string]string{}, map[string]topology.Path{}},
	} {
		o := optionFinder{situation: situationOf(r)}
		f := conflict.Finding{Tokens: map[string]string{}, Adopted: map[string]topology.Path{}}
		o.addTokens(f, test.claim)
		if !maps.Equal(f.Tokens, test.tokens) || !reflect.DeepEqual(f.Adopted, test.adopted) {
			t.Errorf("%s: got %v and %v, want %v and %v", name, f.Tokens, f.Adopted, test.tokens, test.adopted)
		}
	}
}

func TestOptionsThatAClusterWithRangesCanFollow(t *testing.T) {
	at := topology.Path{}.Attr("clusters").Key("shop")
	set := func(argument string) topology.Option {
		return topology.Option{Edits: []topology.Edit{topology.Set(at.Attr(argument), 1)}}
	}
	all := []topology.Option{set("node_cidr_mask"), set("node_ipv6_cidr_mask"), set("pod_cidrs"), set("max_nodes")}
	const mask, mask6 = `set clusters["shop"].node_cidr_mask 1`, `set clusters["shop"].node_ipv6_cidr_mask 1`
	const pin, nodes, token = `set clusters["shop"].pod_cidrs 1`, `set clusters["shop"].max_nodes 1`, `; set renumber["shop"] 7`
	existingAt := topology.Path{}.Attr("existing").Key("shop")
	for name, test := range map[string]struct {
		holds   bool
		source  conflict.Source
		adopted map[string]topology.Path
		want    []string
	}{
		"it holds none":      {false, conflict.Pinned, nil, []string{mask, mask6, pin, nodes}},
		"a pin that is held": {true, conflict.Pinned, nil, []string{pin + token, nodes}},
		"a pin that existing gives too": {
			true, conflict.Pinned, map[string]topology.Path{"shop": existingAt},
			[]string{pin + token + `; remove existing["shop"]`, nodes},
		},
		"a range that the planner chose":  {true, conflict.Allocated, nil, []string{pin, nodes}},
		"a default range of the platform": {true, conflict.Assumed, nil, []string{pin + token, nodes}},
	} {
		t.Run(name, func(t *testing.T) {
			s := situationOf(request(shop()))
			if test.holds {
				s.before = map[string]Allocation{"shop": {}}
			}
			o := optionFinder{situation: s}
			wantFindingOptions(t, o.ofHeld(conflict.Finding{
				A: conflict.Claim{Kind: conflict.Pod, Owner: "shop", Source: test.source, At: at.Attr("pod_cidrs")}, Adopted: test.adopted,
				Tokens: map[string]string{"shop": "7"}, ExtraOptions: all,
			}), test.want...)
		})
	}
}

func TestTokenThatWasGivenLast(t *testing.T) {
	in := func(given string, before map[string]string, edits ...func(*Request)) Request {
		r := request(append([]func(*Request){shop(previously("old"))}, edits...)...)
		if r.Renumber = map[string]string{"shop": given}; before != nil {
			r.Prior = &Prior{Renumber: before}
		}
		return r
	}
	for name, test := range map[string]struct {
		request     Request
		last, fresh string
	}{
		"none, and there is no state": {in("", nil), "", "1"},
		"one that is given first":     {in("a1", nil), "a1", "1"},
		"one that is given again":     {in("a1", map[string]string{"shop": "a1"}), "a1", "a2"},
		"another one":                 {in("b1", map[string]string{"shop": "a1"}), "b1", "a2"},
		"one that is gone":            {in("", map[string]string{"shop": "a1"}), "a1", "a2"},
		"one of a previous name":      {in("", map[string]string{"old": "a1"}), "a1", "1"},
		"one of another cluster":      {in("", map[string]string{"web": "a1"}), "", "1"},
	} {
		if got := situationOf(test.request).lastToken("shop"); got != test.last {
			t.Errorf("%s: the last token: got %q, want %q", name, got, test.last)
		}
		if got := test.request.freshToken("shop"); got != test.fresh {
			t.Errorf("%s: the next token: got %q, want %q", name, got, test.fresh)
		}
	}
}
