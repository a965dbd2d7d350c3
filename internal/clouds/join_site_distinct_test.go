package clouds

import "testing"

func TestOneNetworkBehindSeveralConnections(t *testing.T) {
	line := func(hub, vpc string, ranges ...string) Object {
		o := Object{CIDRs: texts(ranges...)}
		if hub != "" {
			o.Hub = refs(hub)
		}
		if vpc != "" {
			o.VPC = refs(vpc)
		}
		return o
	}
	base := func() world {
		return twoVPCs().add(Gateways, "er", Object{IDs: refs("er-1")}).add(Gateways, "er2", Object{IDs: refs("er-2")})
	}
	to := func(hub, destination string) Object {
		o := hubRoute("att-9", destination, "transit")
		o.Hub = refs(hub)
		return o
	}
	for name, test := range map[string]struct {
		world world
		want  string
	}{
		"redundant connections of a hub": {
			base().add(Connections, "a", line("er-1", "", "172.16.0.0/12")).
				add(Connections, "b", line("er-1", "", "172.16.0.0/12", "10.9.0.0/16")),
			"a=172.16.0.0/12 hubs er peers  b=10.9.0.0/16 hubs er peers ",
		},
		"redundant connections of a VPC": {
			base().add(Connections, "a", line("", "vpc-1", "172.16.0.0/12")).add(Connections, "b", line("", "vpc-1", "172.16.0.0/12")),
			"a=172.16.0.0/12 hubs  peers prod",
		},
		"connections of two hubs": {
			base().add(Connections, "a", line("er-1", "", "172.16.0.0/12")).add(Connections, "b", line("er-2", "", "172.16.0.0/12")),
			"a=172.16.0.0/12 hubs er peers  b=172.16.0.0/12 hubs er2 peers ",
		},
		"connections of a hub, one to a part of the other": {
			base().add(Connections, "a", line("er-1", "", "172.16.0.0/12")).add(Connections, "b", line("er-1", "", "172.16.0.0/16")),
			"a=172.16.0.0/12 hubs er peers  b=172.16.0.0/16 hubs er peers ",
		},
		"connections that end at nothing": {
			base().add(Connections, "a", line("", "", "172.16.0.0/12")).add(Connections, "b", line("", "", "172.16.0.0/12")),
			"a=172.16.0.0/12 hubs  peers  b=172.16.0.0/12 hubs  peers ",
		},
		"a route of a hub over the connection": {
			base().add(Connections, "line", line("er-1", "", "172.16.0.0/12")).add(HubRoutes, "a", to("er-1", "172.16.0.0/12")),
			"line=172.16.0.0/12 hubs er peers ",
		},
		"a route of a hub to a part": {
			base().add(Connections, "line", line("er-1", "", "172.16.0.0/12")).add(HubRoutes, "a", to("er-1", "172.16.8.0/24")),
			"line=172.16.0.0/12 hubs er peers ",
		},
		"a route of a hub to more": {
			base().add(Connections, "line", line("er-1", "", "172.16.0.0/16")).add(HubRoutes, "a", to("er-1", "172.16.0.0/12")),
			"a=172.16.0.0/12 hubs er peers ",
		},
		"routes of two route tables of a hub": {
			base().add(HubRoutes, "a", to("er-1", "172.16.0.0/12")).add(HubRoutes, "b", to("er-1", "172.16.0.0/12")),
			"a=172.16.0.0/12 hubs er peers ",
		},
		"a connection with redundant ones of IPv6": {
			base().add(Connections, "a", line("er-1", "", "2408:1::/48")).
				add(Connections, "b", line("er-1", "", "2408:1::/48", "10.9.0.0/16")),
			"a=2408:1::/48 hubs er peers  b=10.9.0.0/16 hubs er peers ",
		},
		"connections of which one ends at a hub that is not known yet": {
			base().add(Connections, "a", line("er-1", "", "172.16.0.0/12")).add(Connections, "b", line(notYet, "", "172.16.0.0/12")), "?",
		},
		"others of which one ends at a hub that is not known yet": {
			base().add(Connections, "a", line("er-1", "", "172.16.0.0/12")).add(Connections, "b", line(notYet, "", "10.9.0.0/16")),
			"a=172.16.0.0/12 hubs er peers  b=10.9.0.0/16 hubs ? peers ",
		},
		"a connection to everywhere": {
			base().add(Connections, "a", line("er-1", "", "0.0.0.0/0", "::/0", "10.9.0.0/16")), "a=10.9.0.0/16 hubs er peers ",
		},
		"the addresses of a hub itself": {
			base().add(Gateways, "er", Object{IDs: refs("er-1"), CIDRs: texts("10.8.0.0/24")}), "er/own=10.8.0.0/24 hubs er peers ",
		},
		"the addresses of a hub itself, not known yet": {
			base().add(Gateways, "er", Object{IDs: refs("er-1"), CIDRs: texts(notYet)}), "?",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := shownSites(test.world.joined(t)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestAConnectionToEverywhereAloneHasNoRange(t *testing.T) {
	facts := twoVPCs().add(Connections, "prod", Object{CIDRs: texts("0.0.0.0/0")}).joined(t)
	if got := shownSites(facts); got != "" {
		t.Error(got)
	}
	wantUnplaced(t, facts, `nimbus.connections["prod"]`)
	if got := facts.Unplaced.Value[`nimbus.connections["prod"]`].Missing; got != NoRange {
		t.Error(got)
	}
}
