package clouds

import (
	"fmt"
	"testing"
)

// shownSites are the sites with what they end at.
func shownSites(facts Facts) string {
	return shownMap(facts.Sites, func(s Site) string {
		return fmt.Sprintf("%s hubs %s peers %s", shownList(s.CIDRBlocks), shownList(s.Hubs), shownList(s.Peers))
	})
}

func TestRoutesOfConnections(t *testing.T) {
	line := func(o Object, ranges ...string) Object { o.CIDRs = texts(ranges...); return o }
	routeOfLine := func(id string) Object { return line(Object{Connection: refs(id)}, "172.16.0.0/12") }
	base := func(own ...string) world {
		return twoVPCs().add(Gateways, "er", Object{IDs: refs("er-1")}).
			add(SiteGateways, "vpn", Object{IDs: refs("gw-1"), VPC: refs("vpc-2")}).
			add(Connections, "office", line(Object{IDs: refs("line-1"), SiteGateway: refs("gw-1")}, own...))
	}
	for name, test := range map[string]struct {
		world          world
		want, unplaced string
	}{
		"ends where its connection ends": {
			base().add(Connections, "lan", routeOfLine("line-1")), "lan=172.16.0.0/12 hubs  peers test", "",
		},
		"of a connection that ends at a hub": {
			twoVPCs().add(Gateways, "er", Object{IDs: refs("er-1")}).
				add(Connections, "office", line(Object{IDs: refs("line-1"), Hub: refs("er-1")})).
				add(Connections, "lan", routeOfLine("line-1")), "lan=172.16.0.0/12 hubs er peers ", "",
		},
		"of a labelled connection": {
			base().add(Connections, "office", labelled(line(Object{IDs: refs("line-1")}), "", "er", "")).
				add(Connections, "lan", routeOfLine("line-1")), "lan=172.16.0.0/12 hubs er peers ", "",
		},
		"beside the connection's own ranges": {
			base("10.9.0.0/16").add(Connections, "lan", routeOfLine("line-1")),
			"lan=172.16.0.0/12 hubs  peers test office=10.9.0.0/16 hubs  peers test", "",
		},
		"that the connection repeats": {
			base("10.9.0.0/16", "172.16.0.0/12").add(Connections, "lan", routeOfLine("line-1")),
			"lan=172.16.0.0/12 hubs  peers test office=10.9.0.0/16 hubs  peers test", "",
		},
		"of a new connection, by its key": {
			twoVPCs().add(SiteGateways, "test", Object{IDs: refs(notYet)}).
				add(Connections, "office", line(Object{IDs: refs(notYet), SiteGateway: refs(notYet)})).
				add(Connections, "office/lan", routeOfLine(notYet)), "office/lan=172.16.0.0/12 hubs ? peers ?", "?",
		},
		"of a new connection with a label, by its key": {
			twoVPCs().add(Connections, "office", labelled(line(Object{IDs: refs(notYet), SiteGateway: refs(notYet)}), "test", "", "")).
				add(Connections, "office/lan", routeOfLine(notYet)), "office/lan=172.16.0.0/12 hubs  peers test", "",
		},
		"of a new connection": {base().add(Connections, "lan", routeOfLine(notYet)), "lan=172.16.0.0/12 hubs ? peers ?", "?"},
		"of a new connection, while another one has its range": {
			base("172.16.0.0/12").add(Connections, "lan", routeOfLine(notYet)), "?", "?",
		},
		"labelled, of a new connection, while another one has its range": {
			base("172.16.0.0/12").add(Connections, "lan", labelled(routeOfLine(notYet), "prod", "", "")), "?", "?",
		},
		"labelled, of a new connection, while another one has no range": {
			base().add(Connections, "lan", labelled(routeOfLine(notYet), "prod", "", "")), "lan=172.16.0.0/12 hubs  peers prod", "?",
		},
		"of a connection that is not given": {
			base("10.9.0.0/16").add(Connections, "lan", routeOfLine("line-9")),
			"lan=172.16.0.0/12 hubs  peers  office=10.9.0.0/16 hubs  peers test", `nimbus.connections["lan"]`,
		},
		"labelled, of a connection that is not given": {
			base("10.9.0.0/16").add(Connections, "lan", labelled(routeOfLine("line-9"), "prod", "", "")),
			"lan=172.16.0.0/12 hubs  peers prod office=10.9.0.0/16 hubs  peers test", "",
		},
		"a hub has to a connection": {
			base().add(Connections, "office", line(Object{IDs: refs("line-1", "att-7"), Hub: refs("er-1")})).
				add(HubRoutes, "r", hubRoute("att-7", "10.9.0.0/16", "transit")), "r=10.9.0.0/16 hubs er peers ", "",
		},
		"a hub has over an attachment that is not known yet": {
			base().add(Connections, "office", line(Object{IDs: refs("line-1", "att-7"), Hub: refs("er-1")})).
				add(HubRoutes, "r", hubRoute(notYet, "10.9.0.0/16", "transit")), "?", "?",
		},
		"of a route of a connection": {
			newWorld().add(Connections, "a", line(Object{IDs: refs("a"), Connection: refs("b")}, "10.8.0.0/16")).
				add(Connections, "b", line(Object{IDs: refs("b"), Connection: refs("a")}, "10.9.0.0/16")),
			"a=10.8.0.0/16 hubs  peers  b=10.9.0.0/16 hubs  peers ", `nimbus.connections["a"] nimbus.connections["b"]`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			facts := test.world.joined(t)
			if got := shownSites(facts); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			wantUnplaced(t, facts, test.unplaced)
		})
	}
}

// The labels of a gateway count only where no VPC has the key of the connection, so they are open while further VPCs may come.
func TestLabelsOfAGatewayWhileFurtherVPCsMayCome(t *testing.T) {
	w := twoVPCs().add(Gateways, "er", Object{IDs: refs("er-1")}).
		add(SiteGateways, "vpn", labelled(Object{IDs: refs("gw-1"), VPC: refs("vpc-1")}, "", "er", "")).
		add(Connections, "office", Object{CIDRs: texts("10.9.0.0/16"), SiteGateway: refs("gw-1")})
	if got := shownSites(w.joined(t)); got != "office=10.9.0.0/16 hubs er peers " {
		t.Error(got)
	}
	if got := shownSites(w.unfinished(VPCs).joined(t)); got != "office=10.9.0.0/16 hubs ? peers ?" {
		t.Error(got)
	}
}
