package messages

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Paths are those of the configuration, and arguments those of the planner, wherever an argument is set.
func TestPlaceAndArgumentOf(t *testing.T) {
	p, root := Writer{}.From(map[string]bool{"vpcs": true}), topology.Path{}
	inDeclare := root.Attr("declare").Attr("vpcs").Key("prod")
	for name, test := range map[string]struct {
		at             topology.Path
		want, argument string
	}{
		"an argument in declare":                  {root.Attr("vpcs").Key("prod"), `declare.vpcs["prod"]`, "vpcs"},
		"an argument that is set directly":        {root.Attr("sites").Key("idc"), `sites["idc"]`, "sites"},
		"a path of the configuration, in declare": {inDeclare, `declare.vpcs["prod"]`, "vpcs"},
		"declare itself":                          {root.Attr("declare"), "declare", "declare"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := p.Place(test.at).String(); got != test.want {
				t.Errorf("placed at %s, want %s", got, test.want)
			}
			if got := ArgumentOf(p.Place(test.at)); got != test.argument {
				t.Errorf("argument %s, want %s", got, test.argument)
			}
		})
	}
	if got := p.Place(nil); len(got) > 0 {
		t.Errorf("no path is placed at %s", got)
	}
}

// All places of a result are those of the configuration, and the result of the planner stays as it is.
func TestPlacesOfAResultAreThoseOfTheConfiguration(t *testing.T) {
	at := func() topology.Path { return pathOf(`vpcs["prod"].routes`) }
	other := conflict.Claim{At: at()}
	result := allocate.Result{
		Findings:  []conflict.Finding{{A: conflict.Claim{At: at()}, B: &other, RestoredAt: at()}, {A: conflict.Claim{At: at()}}},
		Unknown:   []topology.Path{at()},
		Unchecked: []topology.Unchecked{{Map: pathOf("hubs"), Names: []topology.Named{{At: at()}}}},
	}
	placesOf := func(r allocate.Result) []string {
		var places []string
		for _, f := range r.Findings {
			places = append(places, f.A.At.String(), f.RestoredAt.String())
			if f.B != nil {
				places = append(places, f.B.At.String())
			}
		}
		return append(places, r.Unknown[0].String(), r.Unchecked[0].Map.String(), r.Unchecked[0].Names[0].At.String())
	}
	const own, declared = `vpcs["prod"].routes`, `declare.vpcs["prod"].routes`
	for name, test := range map[string]struct {
		declared map[string]bool
		want     []string
	}{
		"no declare": {nil, []string{own, own, own, own, "", own, "hubs", own}},
		"the VPCs in declare": {
			map[string]bool{"vpcs": true}, []string{declared, declared, declared, declared, "", declared, "hubs", declared},
		},
	} {
		if got := placesOf(Writer{}.From(test.declared).placeResult(result)); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
	if got := placesOf(result); slices.Contains(got, declared) {
		t.Errorf("the result of the planner was changed: %q", got)
	}
}
