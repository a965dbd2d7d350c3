package messages

import (
	"testing"

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
