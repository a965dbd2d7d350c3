package clouds

import (
	"fmt"
	"testing"
)

// route is an object that is a route to a destination.
func route(vpcID, destination string, edits ...func(*ObjectRoute)) Object {
	r := ObjectRoute{Destination: text(destination), NextHop: text("vpn"), Skipped: known(false), Summary: known(false)}
	for _, edit := range edits {
		edit(&r)
	}
	return Object{VPC: refs(vpcID), Routes: known([]ObjectRoute{r})}
}

// inTable is a route of a route table.
func inTable(tableID string, o Object) Object {
	o.VPC, o.RouteTable = nil, refs(tableID)
	return o
}

// table is a route table with routes.
func table(id, vpcID string, routes ...Object) Object {
	o := Object{IDs: refs(id), VPC: refs(vpcID), Routes: known([]ObjectRoute{})}
	for _, r := range routes {
		o.Routes.Value = append(o.Routes.Value, r.Routes.Value...)
	}
	return o
}

func TestRoutesOfVPCs(t *testing.T) {
	skipped := func(r *ObjectRoute) { r.Skipped = known(true) }
	skippedLater := func(r *ObjectRoute) { r.Skipped = afterApply[bool]() }
	summary := func(r *ObjectRoute) { r.Summary = known(true) }
	toList := func(r *ObjectRoute) { r.NotARange, r.List = true, known("pl-1") }
	ownTable := func() world {
		v := vpc("vpc-1", "10.0.0.0/16")
		v.RouteTable = refs("rtb-1")
		return newWorld().add(VPCs, "prod", v).add(VPCs, "test", vpc("vpc-2", "10.1.0.0/16"))
	}
	for name, test := range map[string]struct {
		world          world
		want, unplaced string
	}{
		"by ID": {
			twoVPCs().add(Routes, "idc", route("vpc-1", "172.16.0.0/12")),
			"prod={idc=172.16.0.0/12 vpn} test={}",
			"",
		},
		"by key": {
			twoVPCs().add(Routes, "test/idc", route(notYet, "172.16.0.0/12")),
			"prod={} test={test/idc=172.16.0.0/12 vpn}",
			"",
		},
		"destination not known": {twoVPCs().add(Routes, "test/idc", route("vpc-2", notYet)), "prod={} test={?}", "?"},
		"by the VPC's own table": {
			ownTable().add(Routes, "idc", inTable("rtb-1", route("", "172.16.0.0/12"))),
			"prod={idc=172.16.0.0/12 vpn} test={}",
			"",
		},
		"by a table": {
			twoVPCs().add(RouteTables, "t", table("rtb-2", "vpc-2")).add(Routes, "idc", inTable("rtb-2", route("", "172.16.0.0/12"))),
			"prod={} test={idc=172.16.0.0/12 vpn}",
			"",
		},
		"by a labelled table": {
			twoVPCs().add(RouteTables, "t", labelled(table("rtb-2", notYet), "test", "", "")).add(
				Routes,
				"idc",
				inTable("rtb-2", route("", "172.16.0.0/12")),
			),
			"prod={} test={idc=172.16.0.0/12 vpn}",
			"",
		},
		"table not known yet": {ownTable().add(Routes, "idc", inTable(notYet, route("", "172.16.0.0/12"))), "prod={?} test={?}", "?"},
		"of a table not known yet": {
			twoVPCs().add(RouteTables, "t", table("rtb-2", notYet)).add(Routes, "idc", inTable("rtb-2", route("", "172.16.0.0/12"))),
			"prod={?} test={?}",
			"?",
		},
		"of a table whose name is not known yet": {
			twoVPCs().add(RouteTables, "t", Object{IDs: refs("rtb-2"), Names: refs(notYet), VPC: refs("vpc-2")}).
				add(Routes, "idc", inTable("group/main", route("", "172.16.0.0/12"))),
			"prod={?} test={?}", "?",
		},
		"of another table": {
			ownTable().add(Routes, "idc", inTable("rtb-9", route("", "172.16.0.0/12"))),
			"prod={} test={}",
			`nimbus.routes["idc"]`,
		},
		"by key, of another table": {
			ownTable().add(Routes, "prod/idc", inTable("rtb-9", route("", "172.16.0.0/12"))),
			"prod={prod/idc=172.16.0.0/12 vpn} test={}",
			"",
		},
		"of a table with routes": {
			twoVPCs().add(RouteTables, "t", table("rtb-1", "vpc-1", route("", "172.16.0.0/12"), route("", "10.9.0.0/16"))),
			"prod={t/10.9.0.0/16=10.9.0.0/16 vpn t/172.16.0.0/12=172.16.0.0/12 vpn} test={}",
			"",
		},
		"in a table, not known":   {twoVPCs().add(RouteTables, "t", table("rtb-1", "vpc-1", route("", notYet))), "prod={?} test={}", "?"},
		"that occupies nothing":   {twoVPCs().add(Routes, "local", route("vpc-1", "10.0.0.0/16", skipped)), "prod={} test={}", ""},
		"that may occupy nothing": {twoVPCs().add(Routes, "local", route("vpc-1", "10.0.0.0/16", skippedLater)), "prod={?} test={}", ""},
		"a summary": {
			twoVPCs().add(Routes, "all", route("vpc-1", "10.0.0.0/8", summary)),
			"prod={all=10.0.0.0/8 vpn summary} test={}",
			"",
		},
		"without a destination": {twoVPCs().add(Routes, "list", route("vpc-1", "")), "prod={} test={}", ""},
		"to a prefix list": {
			twoVPCs().add(Routes, "list", route("vpc-1", "", toList)), "prod={} test={}", `nimbus.routes["list"]`,
		},
		"of a table, to a prefix list": {
			twoVPCs().add(RouteTables, "t", table("rtb-1", "vpc-1", route("", "10.9.0.0/16"), route("", "", toList))),
			"prod={t/10.9.0.0/16=10.9.0.0/16 vpn} test={}", `nimbus.route_tables["t"]`,
		},
		"to a prefix list, that occupies nothing": {
			twoVPCs().add(Routes, "list", route("vpc-1", "", toList, skipped)), "prod={} test={}", "",
		},
		"to a prefix list, that may occupy nothing": {
			twoVPCs().add(Routes, "list", route("vpc-1", "", toList, skippedLater)), "prod={?} test={}", "?",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := test.world
			if of, is := w.given[RouteTables]; is {
				for key, o := range of.Of {
					o.Type = &Type{Name: "nimbus_table", Argument: RouteTables, RoutesIn: "routes"}
					of.Of[key] = o
				}
			}
			facts := w.joined(t)
			got := ofVPCs(facts, func(v VPC) string {
				return shownMap(v.Routes, func(r Route) string {
					out := fmt.Sprintf("%s %s", shownText(r.Destination), shownText(r.NextHop))
					if r.Summary.Value {
						out += " summary"
					}
					return out
				})
			})
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			wantUnplaced(t, facts, test.unplaced)
		})
	}
}
