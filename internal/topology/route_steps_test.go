package topology_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestRouteStepsIntoANetwork(t *testing.T) {
	f := topology.Facts{
		VPCs: vpcs{
			"prod":   {Hubs: []string{"er", "cen", "er"}, Peers: []string{"pay"}},
			"dev":    {Hubs: []string{"cen"}},
			"pay":    {Peers: []string{"lab"}},
			"lab":    {},
			"alone":  {},
			"lonely": {Hubs: []string{"cen"}},
			"blue":   {VRF: "blue", Peers: []string{"prod"}},
		},
		Sites: sites{
			"idc":    {Hubs: []string{"cen", "er"}},
			"office": {Peers: []string{"prod"}},
			"plant":  {Hubs: []string{"er"}, Peers: []string{"idc"}},
			"red":    {VRF: "red", Hubs: []string{"cen"}},
		},
	}
	tests := map[string]struct {
		to   string
		want []string
	}{
		"a VPC on two hubs publishes to each, and every site behind them advertises it": {"prod", []string{
			"prod publish hub cen>prod", "idc advertise hub idc>cen",
			"prod publish hub er>prod", "idc advertise hub idc>er", "plant advertise hub plant>er",
			"office advertise peering office>prod", "pay route peering pay>prod",
		}},
		"other VPCs of a hub need nothing, since they send to it what they do not know": {
			"dev",
			[]string{"dev publish hub cen>dev", "idc advertise hub idc>cen"},
		},
		"a peer that has another one as well is not alone": {
			"pay",
			[]string{"lab route peering lab>pay alone", "prod route peering prod>pay"},
		},
		"a site publishes to its hub as a VPC does": {
			"plant",
			[]string{"plant publish hub er>plant", "idc advertise hub idc>er", "idc advertise peering idc>plant"},
		},
		"a network that is connected to nothing": {"alone", nil},
		"another VRF":                            {"blue", nil},
		"a network that is not declared":         {"undeclared", nil},
	}
	r := topology.NewReach(f)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, step := range r.RouteSteps(f, test.to) {
				text := fmt.Sprintf("%s %s %s %s>%s", step.Network, step.Action, step.Via, step.From, step.To)
				if step.Alone {
					text += " alone"
				}
				got = append(got, text)
				if over := step.Hub(); (over != "") != (step.Via == topology.ThroughHub) || over != "" && over != "cen" && over != "er" {
					t.Errorf("%s goes over the hub %q", text, over)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%q\nwant\n%q", got, test.want)
			}
		})
	}
}

// A network with a peer in another workspace is not asked to carry routes for it.
func TestNoRouteStepsOfOtherWorkspaces(t *testing.T) {
	f := topology.Facts{
		VPCs:    map[string]topology.VPC{"prod": {}},
		Foreign: map[string]topology.Foreign{"x": {Owner: "a", Network: "far", Allocator: "b", Peers: []string{"prod"}}},
	}
	r := topology.NewReach(f)
	if link, _ := r.Between("prod", "far@b"); link != topology.Direct {
		t.Fatalf("they stand %v to each other", link)
	}
	if steps := r.RouteSteps(f, "prod"); len(steps) > 0 {
		t.Errorf("got %+v", steps)
	}
}
