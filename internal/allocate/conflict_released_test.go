package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestTraitsOfClaimsBesideReleasedRanges(t *testing.T) {
	s := situationOf(request(shop(), existing("old", Existing{})), shopHolds)
	traits := conflictCheck{situation: s}.releasedTraits()
	held := conflict.Claim{Kind: conflict.Pod, Owner: "shop", Range: shopHolds.Pods[0]}
	other, foreign, route := held, held, held
	other.Range = prefix("10.0.32.0/19")
	foreign.Source, route.Kind = conflict.OtherWorkspace, conflict.Route
	released := func(key string) conflict.Claim {
		return conflict.Claim{Kind: conflict.Released, At: topology.Path{}.Attr("released").Key(key)}
	}
	elsewhere := released("old")
	elsewhere.Source = conflict.OtherWorkspace
	for name, test := range map[string]struct {
		claim conflict.Claim
		want  string
	}{
		"what the state holds":          {held, "true true false"},
		"what it does not hold":         {other, "false false false"},
		"a range of another workspace":  {foreign, ""},
		"a route":                       {route, ""},
		"released, as existing says":    {released("old"), "true"},
		"released, as the state says":   {released("x"), "false"},
		"released in another workspace": {elsewhere, ""},
	} {
		if got := traits.OfClaim(test.claim); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
	for name, test := range map[string]struct {
		a, b conflict.Claim
		want string
	}{
		"beside a released range":         {held, released("x"), "true true falsefalse"},
		"a released range beside another": {released("old"), held, "truetrue true false"},
		"neither is released":             {held, other, ""},
	} {
		if got := traits.OfPair(test.a, test.b); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
