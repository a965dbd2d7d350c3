package clouds

import (
	"fmt"
	"testing"
)

func TestSites(t *testing.T) {
	line := func(o Object, blocks ...string) Object {
		o.CIDRs = texts(blocks...)
		return o
	}
	ofGateway := func(id string) Object { return Object{SiteGateway: refs(id)} }
	base := func() world { return twoVPCs().add(Gateways, "er", Object{IDs: refs("er-1")}) }
	summary := func(r *ObjectRoute) { r.Summary = known(true) }
	hubRoute := func(hubID, destination string, edits ...func(*ObjectRoute)) Object {
		o := route("", destination, edits...)
		o.VPC, o.Hub = nil, refs(hubID)
		return o
	}
	for name, test := range map[string]struct {
		world          world
		want, unplaced string
	}{
		"to a VPC": {
			base().add(Connections, "idc", line(Object{VPC: refs("vpc-1")}, "172.16.0.0/12")),
			"idc=172.16.0.0/12 hubs  peers prod",
			"",
		},
		"to a hub": {
			base().add(Connections, "idc", line(Object{Hub: refs("er-1")}, "172.16.0.0/12")),
			"idc=172.16.0.0/12 hubs er peers ",
			"",
		},
		"by a label": {
			base().add(Connections, "idc", labelled(line(Object{}, "172.16.0.0/12"), "", "er", "")),
			"idc=172.16.0.0/12 hubs er peers ",
			"",
		},
		"by its gateway": {
			base().add(SiteGateways, "gw", Object{IDs: refs("gw-1"), VPC: refs("vpc-2")}).add(
				Connections,
				"idc",
				line(ofGateway("gw-1"), "172.16.0.0/12"),
			),
			"idc=172.16.0.0/12 hubs  peers test",
			"",
		},
		"by the key of its gateway": {
			base().add(SiteGateways, "test", Object{IDs: refs("gw-1"), VPC: refs(notYet)}).add(
				Connections,
				"idc",
				line(ofGateway("gw-1"), "172.16.0.0/12"),
			),
			"idc=172.16.0.0/12 hubs  peers test",
			"",
		},
		"gateway not known yet": {
			base().add(Connections, "idc", line(ofGateway(notYet), "172.16.0.0/12")),
			"idc=172.16.0.0/12 hubs ? peers ?",
			"?",
		},
		"of a gateway not given": {
			base().add(Connections, "idc", line(ofGateway("gw-9"), "172.16.0.0/12")),
			"idc=172.16.0.0/12 hubs  peers ",
			`nimbus.connections["idc"]`,
		},
		"ranges not known yet": {base().add(Connections, "prod", line(Object{}, notYet)), "?", "?"},
		"without ranges, as with BGP": {
			base().add(Connections, "prod", line(Object{})),
			"",
			`nimbus.connections["prod"]`,
		},
		"to nothing": {
			base().add(Connections, "idc", line(Object{}, "172.16.0.0/12")),
			"idc=172.16.0.0/12 hubs  peers ",
			`nimbus.connections["idc"]`,
		},
		"a route of a hub": {
			base().add(HubRoutes, "idc", hubRoute("er-1", "172.16.0.0/12")),
			"idc=172.16.0.0/12 hubs er peers ",
			"",
		},
		"a summary of a hub": {base().add(HubRoutes, "idc", hubRoute("er-1", "172.16.0.0/12", summary)), "", ""},
		"a summary, not known yet": {
			base().add(HubRoutes, "idc", hubRoute("er-1", "172.16.0.0/12", func(r *ObjectRoute) { r.Summary = afterApply[bool]() })),
			"?",
			"",
		},
		"by a label, VPC not known": {
			base().add(Connections, "idc", labelled(line(Object{VPC: refs(notYet)}, "172.16.0.0/12"), "", "er", "")),
			"idc=172.16.0.0/12 hubs er peers ",
			"",
		},
		"by a label, hub not known": {
			base().add(Connections, "idc", labelled(line(Object{Hub: refs(notYet)}, "172.16.0.0/12"), "test", "", "")),
			"idc=172.16.0.0/12 hubs  peers test",
			"",
		},
		"by a label that is not known yet, and may be none": {
			base().add(Connections, "idc", labelled(line(Object{VPC: refs("vpc-1")}, "172.16.0.0/12"), "", notYet, "")),
			"idc=172.16.0.0/12 hubs ? peers ?",
			"?",
		},
		"by a label, of a gateway with both not known": {
			base().add(SiteGateways, "gw", labelled(Object{IDs: refs("gw-1"), VPC: refs(notYet), Hub: refs(notYet)}, "", "er", "")).
				add(Connections, "idc", line(ofGateway("gw-1"), "172.16.0.0/12")),
			"idc=172.16.0.0/12 hubs er peers ",
			"",
		},
		"by a label, of a gateway not given": {
			base().add(Connections, "idc", labelled(line(ofGateway("gw-9"), "172.16.0.0/12"), "test", "", "")),
			"idc=172.16.0.0/12 hubs  peers test",
			"",
		},
		"by a label, of a gateway not known yet": {
			base().add(Connections, "idc", labelled(line(ofGateway(notYet), "172.16.0.0/12"), "", "er", "")),
			"idc=172.16.0.0/12 hubs er peers ",
			"",
		},
		"by a label, of a gateway with the key of a VPC": {
			base().add(SiteGateways, "test", Object{IDs: refs("gw-1"), VPC: refs("vpc-2")}).
				add(Connections, "idc", labelled(line(ofGateway("gw-1"), "172.16.0.0/12"), "", "er", "")),
			"idc=172.16.0.0/12 hubs er peers ",
			"",
		},
	} {
		t.Run(name, func(t *testing.T) {
			facts := test.world.joined(t)
			got := shownMap(facts.Sites, func(s Site) string {
				return fmt.Sprintf("%s hubs %s peers %s", shownList(s.CIDRBlocks), shownList(s.Hubs), shownList(s.Peers))
			})
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			wantUnplaced(t, facts, test.unplaced)
		})
	}
}
