package clouds

import (
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestTheCatalogHasTheTypesOfItsPlatforms(t *testing.T) {
	want := []string{"alicloud", "aws", "azure", "baiducloud", "ctyun", "google", "huaweicloud", "ksyun", "tencentcloud", "volcengine"}
	if got := Default().Platforms(); !slices.Equal(got, want) {
		t.Error(got)
	}
	without := map[string][]Argument{ // as these clouds or their providers have it
		"baiducloud": {RouteTables, HubRoutes}, "google": {RouteTables, HubRoutes},
		"ksyun": {Peerings, RouteTables, HubRoutes}, "volcengine": {Peerings},
	}
	for _, name := range Default().Platforms() {
		platform := Default().Platform(name)
		for _, argument := range []Argument{VPCs, Subnets, Peerings, RouteTables, Routes, HubRoutes, Clusters} {
			if (len(platform.Of(argument)) == 0) != slices.Contains(without[name], argument) {
				t.Errorf("%s: types of %s: %v", name, argument, platform.Of(argument))
			}
		}
		for typeName, typ := range platform.Types {
			if typ.Name != typeName {
				t.Errorf("%s is named %s", typeName, typ.Name)
			}
		}
	}
}

func TestACloudIsDataOnly(t *testing.T) {
	catalog, err := Load(os.DirFS("testdata/made_up"))
	if err != nil {
		t.Fatal(err)
	}
	object := fake{m{"uuid": "n-1", "space": m{"prefixes": []any{"10.0.0.0/16", "fd00::/56"}}, "zone": "zone-1", "token": forbidden{}}}
	typ, fault := catalog.Match("examplecloud", VPCs, object, nil)
	if fault != nil {
		t.Fatal(fault)
	}
	o, faults := typ.Read(object, nil)
	if len(faults) > 0 || !reflect.DeepEqual(o.CIDRs, ranges("10.0.0.0/16")) || !reflect.DeepEqual(o.IPv6CIDRs, ranges("fd00::/56")) ||
		!reflect.DeepEqual(o.IDs, Refs{known("n-1")}) || o.Region != known("zone-1") {
		t.Errorf("%+v (%v)", o, faults)
	}
	route := fake{m{"to": "10.9.0.0/16", "via": "cable", "network": "n-1"}}
	typ, fault = catalog.Match("examplecloud", Routes, route, nil)
	if fault != nil {
		t.Fatal(fault)
	}
	if o, _ := typ.Read(route, nil); !reflect.DeepEqual(o.Routes, known([]ObjectRoute{routeOf("10.9.0.0/16", "idc")})) {
		t.Errorf("%+v", o.Routes)
	}
	_, fault = catalog.Match("examplecloud", Clusters, fake{m{}}, topology.Path{}.Attr("x"))
	if fault == nil || fault.At.String() != "x" {
		t.Errorf("%v", fault)
	}
}

func TestBrokenDataIsRefused(t *testing.T) {
	const head = "platform: p\nprovider: p/p\nversion: 1\nsource: s\n"
	for name, c := range map[string]struct{ text, fault string }{
		"no YAML":                   {"{", "p.yaml"},
		"a key that does not exist": {head + "kind: x\n", "field kind not found"},
		"no version": {
			"platform: p\nprovider: p/p\nsource: s\ntypes: {a: {argument: vpcs, cidrs: [c]}}\n", "needs its name, provider, version",
		},
		"no types":            {head, "needs types"},
		"a type that is null": {head + "types: {a: }\n", "a: is empty"},
		"an argument that does not exist": {
			head + "types: {a: {argument: vpc, cidrs: [c]}}\n", `a: there is no argument "vpc"`,
		},
		"a resource with elements": {
			head + "types: {a: {argument: vpcs, elements: e, cidrs: [c]}}\n", "only a data source has elements",
		},
		"a gateway of which only the ID and the region are read": {
			head + "types: {a: {argument: gateways, id: [id], region: r}}\n", "it needs marks",
		},
		"a VPC without ranges": {head + "types: {a: {argument: vpcs, id: [id]}}\n", "nothing is read that says what the object is"},
		"an attachment without VPC": {
			head + "types: {a: {argument: attachments, id: [id]}}\n", "nothing is read that says what the object is",
		},
		"a route without a destination": {
			head + "types: {a: {argument: routes, id: [id], route: {next_hop: n}}}\n", "a route needs the path of its destination",
		},
		"a VPC that is a route": {
			head + "types: {a: {argument: vpcs, cidrs: [c], route: {destination: [d]}}}\n",
			"only a route or a route table with routes_in has a route",
		},
		"routes in a VPC": {
			head + "types: {a: {argument: vpcs, cidrs: [c], routes_in: r, route: {destination: [d]}}}\n",
			"only route_tables and hub_routes have routes_in",
		},
		"a next hop that does not exist": {
			head + "types: {a: {argument: routes, route: {destination: [d], next_hop: n, hops: {x: tunnel}}}}\n",
			`there is no next hop "tunnel"`,
		},
		"a target that leads nowhere": {
			head + "types: {a: {argument: routes, route: {destination: [d], targets: [{path: t, hop: x}]}}}\n", `there is no next hop "x"`,
		},
		"summaries of a next hop that does not exist": {
			head + "types: {a: {argument: routes, route: {destination: [d], summaries: {x: [10.0.0.0/8]}}}}\n", `there is no next hop "x"`,
		},
		"a next hop by type and by target": {
			head + "types: {a: {argument: routes, route: {destination: [d], next_hop: n, targets: [{path: t, hop: vpn}]}}}\n",
			"next_hop and targets exclude each other",
		},
		"absent what is not read": {
			head + "types: {a: {argument: vpcs, id: [id], cidrs: [c], absent_when_new: [d]}}\n", "names d, which is not read",
		},
		"a repeated path that is not read": {
			head + "types: {a: {argument: vpcs, id: [id], cidrs: [c], repeats: {d: c}}}\n",
			"repeats names d and c, of which one is not read",
		},
		"a path that repeats one that is not read": {
			head + "types: {a: {argument: vpcs, id: [id], cidrs: [c], repeats: {c: d}}}\n",
			"repeats names c and d, of which one is not read",
		},
		"a path that repeats itself": {
			head + "types: {a: {argument: vpcs, id: [id], cidrs: [c], repeats: {c: c}}}\n",
			"repeats names c and c, of which one is not read",
		},
		"absent without an id": {
			head + "types: {a: {argument: vpcs, cidrs: [c], absent_when_new: [c]}}\n", "without an id nothing is new",
		},
		"absent unless, without an id": {
			head + "types: {a: {argument: vpcs, cidrs: [c], absent_unless: {c: flag}}}\n", "without an id nothing is new",
		},
		"absent both ways, without an id": {
			head + "types: {a: {argument: vpcs, cidrs: [c], absent_when_new: [c], absent_unless: {c: flag}}}\n",
			"without an id nothing is new",
		},
		"absent unless, of what is not read": {
			head + "types: {a: {argument: vpcs, id: [id], cidrs: [c], absent_unless: {d: flag}}}\n", "names d, which is not read",
		},
		"only without values":       {head + "types: {a: {argument: vpcs, cidrs: [c], only: {t: []}}}\n", "only has no value for t"},
		"a path with an empty step": {head + "types: {a: {argument: vpcs, cidrs: [c..d]}}\n", `the path "c..d" has an empty step`},
		"a VPC that is a route of a connection": {
			head + "types: {a: {argument: vpcs, cidrs: [c], connection: [v]}}\n", "only one of the connections is a route of a connection",
		},
		"a VPC that is a kind of hub": {
			head + "types: {a: {argument: vpcs, cidrs: [c], hub_kind: cen}}\n", "only a gateway has a hub_kind",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(fstest.MapFS{"p.yaml": {Data: []byte(c.text)}})
			if err == nil || !strings.Contains(err.Error(), c.fault) {
				t.Errorf("%v, expected %s", err, c.fault)
			}
		})
	}
}

func TestTwoFilesOfOnePlatformAreRefused(t *testing.T) {
	file := &fstest.MapFile{Data: []byte("platform: p\nprovider: p/p\nversion: 1\nsource: s\ntypes: {a: {argument: vpcs, cidrs: [c]}}\n")}
	if _, err := Load(fstest.MapFS{"a.yaml": file, "b.yaml": file}); err == nil ||
		!strings.Contains(err.Error(), "b.yaml: platform p is in another file") {
		t.Error(err)
	}
}

func TestPathsOfATypeAreAllThatItReads(t *testing.T) {
	got := Default().Platform("tencentcloud").Types["data.tencentcloud_vpc_route_tables"].Paths()
	expected := []string{
		"route_entry_infos", "route_entry_infos.destination_cidr_block", "route_entry_infos.next_hub", "route_entry_infos.next_type",
		"route_table_id", "vpc_id",
	}
	if !slices.Equal(got, expected) {
		t.Error(got)
	}
	if hops := Default().Platform("alicloud").Types["data.alicloud_route_entries"].Route.Hops; hops[""] != "other" ||
		hops["VpcPeer"] != "peering" {
		t.Errorf("merged words: %v", maps.Collect(maps.All(hops)))
	}
}

func TestNamesOfPlatformsAreThoseOfTheirData(t *testing.T) {
	if got, want := PlatformNames(), Default().Platforms(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
