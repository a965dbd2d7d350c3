package clouds

import "testing"

func TestRoutesToPrefixLists(t *testing.T) {
	toList := func(id string) func(*ObjectRoute) { return func(r *ObjectRoute) { r.List = text(id) } }
	lists := func(w world) world {
		return w.add(PrefixLists, "lan", Object{IDs: refs("pl-1"), CIDRs: texts("172.16.0.0/12", "10.9.0.0/16")})
	}
	routes := func(f Facts) string {
		return ofVPCs(f, func(v VPC) string { return shownMap(v.Routes, func(r Route) string { return r.NextHop.Value }) })
	}
	for name, test := range map[string]struct {
		world          world
		want, unplaced string
	}{
		"that are given": {
			lists(twoVPCs()).add(Routes, "r", route("vpc-1", "", toList("pl-1"))),
			"prod={r/10.9.0.0/16=vpn r/172.16.0.0/12=vpn} test={}", "",
		},
		"with entries that are objects of their own": {
			lists(twoVPCs()).add(PrefixLists, "z", Object{IDs: refs("pl-1"), CIDRs: texts("192.168.0.0/16")}).
				add(Routes, "r", route("vpc-1", "", toList("pl-1"))),
			"prod={r/10.9.0.0/16=vpn r/172.16.0.0/12=vpn r/192.168.0.0/16=vpn} test={}", "",
		},
		"of IPv6": {
			twoVPCs().add(PrefixLists, "lan", Object{IDs: refs("pl-6"), IPv6CIDRs: texts("2408:1::/48")}).
				add(Routes, "r", route("vpc-1", "", toList("pl-6"))), "prod={r/2408:1::/48=vpn} test={}", "",
		},
		"that are not given": {
			lists(twoVPCs()).add(Routes, "r", route("vpc-1", "", toList("pl-9"))), "prod={} test={}", `nimbus.routes["r"]`,
		},
		"of which not all are known": {
			lists(twoVPCs()).unfinished(PrefixLists).add(Routes, "r", route("vpc-1", "", toList("pl-9"))), "prod={?} test={}", "?",
		},
		"that are not known yet": {
			lists(twoVPCs()).add(Routes, "r", route("vpc-1", "", toList(notYet))), "prod={?} test={}", "?",
		},
		"whose ranges are not known yet": {
			twoVPCs().add(PrefixLists, "lan", Object{IDs: refs("pl-1"), CIDRs: texts(notYet)}).
				add(Routes, "r", route("vpc-1", "", toList("pl-1"))), "prod={?} test={}", "",
		},
		"that are not given, of a route that occupies nothing": {
			twoVPCs().add(Routes, "r", route("vpc-1", "", toList("pl-9"), func(r *ObjectRoute) { r.Skipped = known(true) })),
			"prod={} test={}", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			facts := test.world.joined(t)
			if got := routes(facts); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			wantUnplaced(t, facts, test.unplaced)
		})
	}
	facts := lists(twoVPCs()).add(Routes, "r", route("vpc-1", "", toList("pl-9"))).joined(t)
	if got, want := facts.Unplaced.Value[`nimbus.routes["r"]`], (Unplaced{"nimbus_route", "prefix_lists", "pl-9"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// A private block in a list of a route to the enterprise router is a summary as a route of its own is.
func TestASummaryInAPrefixList(t *testing.T) {
	w := twoVPCs().add(PrefixLists, "lan", Object{IDs: refs("pl-1"), CIDRs: texts("10.0.0.0/8", "10.9.0.0/16")})
	r := route("vpc-1", "", func(r *ObjectRoute) { r.List, r.NextHop = known("pl-1"), known("transit") })
	w = w.add(Routes, "r", r)
	summarized := *typeOf(Routes)
	summarized.Route = &RoutePaths{Summaries: map[string][]string{"transit": {"10.0.0.0/8"}}}
	r.Type, r.Counts = &summarized, known(true)
	w.given[Routes].Of["r"] = r
	got := ofVPCs(w.joined(t), func(v VPC) string {
		return shownMap(v.Routes, func(r Route) string { return map[bool]string{true: "summary"}[r.Summary.Value] })
	})
	if got != "prod={r/10.0.0.0/8=summary r/10.9.0.0/16=} test={}" {
		t.Error(got)
	}
}
