package conflict_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// A conflict of two allocators that was there before stays a warning where a VPC or the hub between them has
// another name now, in whichever order they are planned.
func TestConfigCheckKnowsRenamedNetworksByTheirPreviousNames(t *testing.T) {
	onHub := func(hub string, previous ...string) func(conflict.Registration) conflict.Registration {
		return func(g conflict.Registration) conflict.Registration {
			g = conflict.Registration{Facts: g.Facts.Renamed(topology.Renames{Hubs: map[string]string{"cen": hub}}), Claims: g.Claims}
			h := g.Facts.Hubs[hub]
			h.PreviousNames = previous
			g.Facts.Hubs[hub] = h
			return g
		}
	}
	moved := together(vpcFacts("new", "172.16.0.0/24"), clusterFacts("shop", "new", ""), holds("shop", "new", "10.0.0.0/16", ""))
	knows := func(g conflict.Registration, previous ...string) conflict.Registration {
		v := g.Facts.VPCs["new"]
		v.PreviousNames = previous
		g = together(g)
		g.Facts.VPCs["new"] = v
		return g
	}
	type registered struct {
		name        string
		now, before conflict.Registration
	}
	for name, test := range map[string]struct {
		steps []registered
		want  string
	}{
		"a VPC":                        {[]registered{{"east", knows(moved, "a"), shopA}, {"west", dataB, dataB}}, "warn"},
		"a VPC, known only afterwards": {[]registered{{"west", dataB, dataB}, {"east", knows(moved, "a"), shopA}}, "warn"},
		"a VPC without previous names": {[]registered{{"east", knows(moved), shopA}, {"west", dataB, dataB}}, "error"},
		"a hub": {
			[]registered{{"east", onHub("tr", "cen")(shopA), shopA}, {"west", onHub("tr")(dataB), dataB}}, "warn",
		},
		"a hub, known only afterwards": {
			[]registered{{"west", onHub("tr")(dataB), dataB}, {"east", onHub("tr", "cen")(shopA), shopA}}, "warn",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := &registers{check: conflict.NewConfigCheck(profile.Default())}
			var levels []string
			for _, one := range test.steps {
				by := topology.Origin{Kind: conflict.Allocator, Name: one.name}
				for _, f := range r.check.Register(by, one.now, one.before, conflict.Settings{}) {
					levels = append(levels, f.Unwired.Level.String())
				}
			}
			if !slices.Equal(levels, []string{test.want}) {
				t.Errorf("got %v, want %s", levels, test.want)
			}
		})
	}
}

// An acceptance keeps its key when a party is renamed.
func TestAcceptancesFollowPreviousNames(t *testing.T) {
	facts := func(previous ...string) topology.Facts {
		return topology.Facts{
			VPCs:     map[string]topology.VPC{"home": {PreviousNames: previous}},
			Clusters: map[string]topology.Cluster{"shop": {PreviousNames: []string{"store"}}},
		}
	}
	for name, test := range map[string]struct {
		factKey  string
		facts    topology.Facts
		accepted bool
	}{
		"of a VPC with a route":           {"pod_overlaps_route|10.64.0.0/20|house:vpn+shop", facts("house"), true},
		"of a cluster":                    {"pod_overlaps_route|10.64.0.0/20|home:vpn+store", facts(), true},
		"of both":                         {"pod_overlaps_route|10.64.0.0/20|house:vpn+store", facts("house"), true},
		"of a name that nothing had":      {"pod_overlaps_route|10.64.0.0/20|house:vpn+shop", facts("hut"), false},
		"of a name that something has":    {"pod_overlaps_route|10.64.0.0/20|shop:vpn+shop", facts("shop"), false},
		"of a party of another workspace": {"pod_overlaps_route|10.64.0.0/20|home:vpn+store@other", facts(), false},
	} {
		t.Run(name, func(t *testing.T) {
			l := conflict.Settings{Accepted: acceptedByKey(test.factKey)}
			kept, _ := l.Apply([]conflict.Finding{serious()}, test.facts)
			if got := kept[0].Accepted != nil; got != test.accepted {
				t.Errorf("accepted %t, want %t", got, test.accepted)
			}
		})
	}
}
