package clouds

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestClustersOfFacts(t *testing.T) {
	for name, test := range map[string]struct {
		object         Object
		want, unplaced string
	}{
		"all of it": {
			Object{Pods: texts("10.4.0.0/16", "10.5.0.0/16"), Services: texts("10.6.0.0/16"), NodeCIDRMask: text("25")},
			"shop=10.4.0.0/16,10.5.0.0/16 10.6.0.0/16 25", "",
		},
		"Services only":     {Object{Services: texts("10.6.0.0/16")}, "shop= 10.6.0.0/16 0", ""},
		"partly known":      {Object{Pods: texts(notYet), Services: texts("10.6.0.0/16")}, "shop=? 10.6.0.0/16 0", ""},
		"nothing known yet": {Object{Pods: texts(notYet), Services: texts(notYet)}, "?", "?"},
		"no range":          {Object{}, "", `nimbus.clusters["shop"]`},
	} {
		t.Run(name, func(t *testing.T) {
			facts := newWorld().add(Clusters, "shop", test.object).joined(t)
			got := shownMap(facts.Existing, func(c Cluster) string {
				return fmt.Sprintf("%s %s %d", shownList(c.PodCIDRs), shownText(c.ServiceCIDR), c.NodeCIDRMask.Value)
			})
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			wantUnplaced(t, facts, test.unplaced)
		})
	}
}

// An object that a resource and a data source give is one.
// isRead is an object that a data source read.
func isRead(o Object) Object {
	o.Type = nimbus().Platform("nimbus").Types["data.nimbus_vpcs"]
	return o
}

func TestObjectsThatAreGivenTwice(t *testing.T) {
	read := isRead
	alone := newWorld
	first, second := read(vpc("vpc-1", "10.0.0.0/16")), read(vpc("vpc-1", "10.1.0.0/16"))
	for name, test := range map[string]struct {
		world world
		want  string
	}{
		"by a resource and a data source": {twoVPCs().addOf(VPCs, "a", first), "prod=10.0.0.0/16 test=10.1.0.0/16"},
		"by two data sources": {
			alone().addOf(VPCs, "vpc-1", first).addOf(VPCs, "z", first), "z=10.0.0.0/16",
		},
		"by two data sources under names": {
			alone().addOf(VPCs, "b", first).addOf(VPCs, "a", first), "a=10.0.0.0/16",
		},
		"by two data sources of which each has a block that the other lacks": {
			alone().addOf(VPCs, "vpc-1", first).addOf(VPCs, "z", second), "z=10.1.0.0/16,10.0.0.0/16",
		},
		"one that is new": {
			alone().add(VPCs, "prod", vpc(notYet, "10.0.0.0/16")).addOf(VPCs, "a", second), "a=10.1.0.0/16 prod=10.0.0.0/16",
		},
	} {
		t.Run(name, func(t *testing.T) {
			facts := test.world.joined(t)
			if got := shownMap(facts.VPCs, func(v VPC) string { return shownList(v.CIDRBlocks) }); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			blocks := shownMap(facts.BlockExisting, shownText)
			if blocks != strings.Replace(test.want, ",10.0", " z/10.0.0.0/16=10.0", 1) {
				t.Errorf("blocks: got  %s\nwant %s", blocks, test.want)
			}
		})
	}
}

// A key or label may be any of the keys of an object that is given twice.
func TestEachKeyOfAnObjectThatIsGivenTwiceNamesIt(t *testing.T) {
	w := twoVPCs().addOf(VPCs, "found", isRead(vpc("vpc-1", "10.0.0.0/16"))).
		add(Subnets, "found/a", subnet("vpc-1", "10.0.1.0/24")).
		add(Subnets, "b", labelled(subnet("vpc-1", "10.0.2.0/24"), "found", "", ""))
	got := ofVPCs(w.joined(t), func(v VPC) string { return shownMap(v.Subnets, shownText) })
	if want := "prod={b=10.0.2.0/24 found/a=10.0.1.0/24} test={}"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// As long as a further object is not known at all, it may be the one that a data source read, which then has another key.
func TestWhatADataSourceReadMayBeAnotherObject(t *testing.T) {
	for _, test := range []struct {
		vpc  Object
		want string
	}{{isRead(vpc("vpc-3", "10.2.0.0/16")), "?"}, {Object{Type: typeOf(VPCs), IDs: refs("vpc-3")}, "third"}} {
		w := twoVPCs().addOf(VPCs, "third", test.vpc).add(Connections, "third", Object{CIDRs: texts("172.16.0.0/12")}).
			add(Connections, "idc", labelled(Object{CIDRs: texts("172.20.0.0/16")}, "third", "", ""))
		of := w.given[VPCs]
		of.AfterApply = true
		w.given[VPCs] = of
		for name, site := range w.joined(t).Sites.Value {
			if got := shownList(site.Peers); got != test.want {
				t.Errorf("%s: got %s, want %s", name, got, test.want)
			}
		}
	}
}

// The allocator refuses the name; until then it is that of one VPC, and not of all.
func TestAVPCWithAnEmptyKey(t *testing.T) {
	facts := newWorld().add(VPCs, "", vpc("vpc-1", "10.0.0.0/16")).joined(t)
	if got := ofVPCs(facts, func(v VPC) string { return shownList(v.CIDRBlocks) + shownMap(v.Routes, nil) }); got != "={10.0.0.0/16}" {
		t.Errorf("got %s", got)
	}
}

func TestArgumentsThatAreKnownAfterApply(t *testing.T) {
	openEnded := func(w world, argument Argument) world {
		objects := w.given[argument]
		objects.AfterApply = true
		w.given[argument] = objects
		return w
	}
	attributes := func(v VPC) string {
		return fmt.Sprintf("%s|%s|%s|%s|%s|%s", shownList(v.CIDRBlocks), shownList(v.IPv6CIDRBlocks), shownMap(v.Subnets, shownText),
			shownList(v.Hubs), shownList(v.Peers), shownMap(v.Routes, func(Route) string { return "" }))
	}
	one := func() world { return newWorld().add(VPCs, "prod", vpc("vpc-1", "10.0.0.0/16")) }
	for argument, want := range map[Argument]string{
		VPCs: "?", VPCBlocks: "prod={?|?||||}", Subnets: "prod={10.0.0.0/16|?|?|||}", Gateways: "prod={10.0.0.0/16|||||}",
		Attachments: "prod={10.0.0.0/16|||?||}", Peerings: "prod={10.0.0.0/16||||?|}", RouteTables: "prod={10.0.0.0/16|||||?}",
		Routes: "prod={10.0.0.0/16|||||?}", HubRoutes: "prod={10.0.0.0/16|||||}", SiteGateways: "prod={10.0.0.0/16|||||}",
		Connections: "prod={10.0.0.0/16|||||}", Clusters: "prod={10.0.0.0/16|||||}",
	} {
		t.Run(string(argument), func(t *testing.T) {
			facts := openEnded(one(), argument).joined(t)
			if got := ofVPCs(facts, attributes); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			for what, m := range map[Argument]bool{Gateways: facts.Hubs.AfterApply, Clusters: facts.Existing.AfterApply} {
				if m != (what == argument) {
					t.Errorf("%s known after apply: %t", what, m)
				}
			}
			if facts.Sites.AfterApply != (argument == Connections || argument == HubRoutes) {
				t.Errorf("sites known after apply: %t", facts.Sites.AfterApply)
			}
			wantUnplaced(t, facts, "?")
		})
	}
}

func TestFaultsOfJoining(t *testing.T) {
	withHub := func() world { return twoVPCs().add(Gateways, "er", Object{IDs: refs("er-1")}) }
	at := func(argument Argument, key string) topology.Path {
		return topology.Path{}.Attr("nimbus").Attr(string(argument)).Key(key)
	}
	for name, test := range map[string]struct {
		world world
		want  topology.Fault
	}{
		"a label that names nothing": {
			twoVPCs().add(Subnets, "a", labelled(subnet("vpc-1", "10.0.1.0/24"), "prood", "", "")),
			topology.Fault{At: at(Subnets, "a").Attr("vpc"), Problem: NoSuchOwner{VPCs, "prood", []string{"prod", "test"}}},
		},
		"a label of a peer that names nothing": {
			twoVPCs().add(Peerings, "a", labelled(Object{VPC: refs("vpc-1")}, "", "", "prood")),
			topology.Fault{At: at(Peerings, "a").Attr("peer"), Problem: NoSuchOwner{VPCs, "prood", []string{"prod", "test"}}},
		},
		"IDs of two VPCs": {
			twoVPCs().add(Subnets, "a", Object{VPC: refs("vpc-1", "vpc-2"), CIDRs: texts("10.9.1.0/24")}),
			topology.Fault{At: at(Subnets, "a"), Problem: TwoOwners{VPCs, "prod", "test"}},
		},
		"a label against the ID": {
			twoVPCs().add(Subnets, "a", labelled(subnet("vpc-1", "10.0.1.0/24"), "test", "", "")),
			topology.Fault{At: at(Subnets, "a"), Problem: Contradiction{"nimbus_subnet", VPCs, "test", ByLabel, "vpc-1", "prod"}},
		},
		"a key against the ID": {
			twoVPCs().add(Subnets, "prod/a", subnet("vpc-2", "10.1.1.0/24")),
			topology.Fault{At: at(Subnets, "prod/a"), Problem: Contradiction{"nimbus_subnet", VPCs, "prod", ByKey, "vpc-2", "test"}},
		},
		"a range against the ID": {
			twoVPCs().add(Subnets, "a", subnet("vpc-9", "10.1.1.0/24")),
			topology.Fault{At: at(Subnets, "a"), Problem: Contradiction{"nimbus_subnet", VPCs, "test", ByRange, "vpc-9", ""}},
		},
		"the only hub against the ID": {
			withHub().add(Attachments, "prod", Object{VPC: refs("vpc-1"), Hub: refs("er-9")}),
			topology.Fault{
				At:      at(Attachments, "prod"),
				Problem: Contradiction{"nimbus_attachment", Gateways, "er", ByBeingOnly, "er-9", ""},
			},
		},
		"a mask that is no length": {
			newWorld().add(Clusters, "shop", Object{Pods: texts("10.4.0.0/16"), NodeCIDRMask: text("many")}),
			topology.Fault{At: at(Clusters, "shop"), Problem: NotALength{"nimbus_cluster", "many"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := nimbus().Join(map[string]Given{"nimbus": test.world.given})
			if len(faults) != 1 || fmt.Sprint(faults[0]) != fmt.Sprint(test.want) {
				t.Errorf("got  %v\nwant %v", faults, test.want)
			}
		})
	}
}

func TestNamesOfTwoPlatforms(t *testing.T) {
	catalog := nimbus()
	other := *catalog.platforms["nimbus"]
	other.Name = "stratus"
	catalog.platforms["stratus"] = &other
	stratus := newWorld().add(VPCs, "prod", vpc("vpc-1", "10.2.0.0/16"))
	_, faults := catalog.Join(map[string]Given{"nimbus": twoVPCs().given, "stratus": stratus.given})
	want := `nimbus.vpcs["prod"]: clouds.NameTwice{Argument:vpcs Name:prod Platforms:[nimbus stratus]}`
	if len(faults) != 1 || fmt.Sprint(faults[0]) != want {
		t.Errorf("got %v, want %s", faults, want)
	}
}

func TestNodeMasksOfClusters(t *testing.T) {
	for mask, isLength := range map[string]bool{"0": true, "1": true, "128": true, "129": false, "-1": false, "many": false} {
		w := newWorld().add(Clusters, "shop", Object{Pods: texts("10.4.0.0/16"), NodeCIDRMask: text(mask)})
		facts, faults := nimbus().Join(map[string]Given{"nimbus": w.given})
		if got := facts.Existing.Value["shop"].NodeCIDRMask.Value; (len(faults) == 0) != isLength || isLength && fmt.Sprint(got) != mask {
			t.Errorf("%s: got %d, %v", mask, got, faults)
		}
	}
}
