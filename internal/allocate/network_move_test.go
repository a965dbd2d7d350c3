package allocate

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// beijing is a second VPC of the platform of ali.
func beijing(edits ...func(*topology.VPC)) func(*Request) {
	return func(r *Request) {
		v := topology.VPC{Platform: "alicloud", CIDRBlocks: prefixes("192.168.8.0/24")}
		for _, edit := range edits {
			edit(&v)
		}
		r.Facts.VPCs["bj"] = v
	}
}

func withoutVPC(name string) func(*Request) {
	return func(r *Request) { delete(r.Facts.VPCs, name) }
}

// renamedVPC declares the VPC of name ali as bj.
func renamedVPC(previous ...string) func(*Request) {
	return func(r *Request) {
		v := r.Facts.VPCs["ali"]
		v.PreviousNames = previous
		r.Facts.VPCs["bj"] = v
		delete(r.Facts.VPCs, "ali")
	}
}

func edits(each ...func(*Request)) func(*Request) {
	return func(r *Request) {
		for _, edit := range each {
			edit(r)
		}
	}
}

func TestAHeldClusterDoesNotMoveToAnotherNetwork(t *testing.T) {
	ali := applied(t, request(shop()))
	both := applied(t, request(beijing(), shop()))
	pinned := applied(t, request(shop(pins("172.20.0.0/22", "10.0.0.0/19"))))
	moved := func(name string, e OtherNetwork) []problem {
		e.Cluster, e.Was, e.Held = name, "ali", shopHolds
		return []problem{{At: `clusters["` + name + `"].vpc`, Problem: e}}
	}
	unknown := func(v *topology.VPC) { v.Unknown = topology.Unknown{"previous_names"} }
	for name, test := range map[string]struct {
		r    Request
		edit func(*Request)
		want []problem
	}{
		"to another VPC that is new": {ali, edits(beijing(), shop(inVPC("bj"))), moved("shop", OtherNetwork{Now: "bj"})},
		"to one that was there":      {both, shop(inVPC("bj")), moved("shop", OtherNetwork{Now: "bj"})},
		"to one that was there, the old one undeclared": {
			both, edits(withoutVPC("ali"), shop(inVPC("bj"))), moved("shop", OtherNetwork{Now: "bj", Undeclared: true}),
		},
		"to one that may be the old one": {
			ali, edits(renamedVPC(), shop(inVPC("bj"))), moved("shop", OtherNetwork{Now: "bj", Undeclared: true, Renamable: true}),
		},
		"to a site": {applied(t, request(nodes("x", 4, inVPC("ali")), shop())), edits(func(r *Request) {
			r.Facts.Sites["idc"] = topology.Site{CIDRBlocks: prefixes("192.168.9.0/24")}
		}, shop(
			inVPC("idc"), func(cl *topology.Cluster) { cl.Profile = "kubernetes-routed" },
		)), append(
			[]problem{
				{
					At:      `clusters["shop"].profile`,
					Problem: Changed{Cluster: "shop", Argument: "profile", Held: "ack-flannel", Wanted: "kubernetes-routed"},
				},
			},
			moved("shop", OtherNetwork{Now: "idc", Site: true})...,
		)},
		"together with a new name": {
			ali, edits(beijing(), withoutClusters("shop"), nodes("new", 100, previously("shop"), inVPC("bj"))),
			moved("new", OtherNetwork{Now: "bj", Renamed: true}),
		},
		"pinned to what it holds": {
			pinned, edits(beijing(), shop(inVPC("bj"), pins("172.20.0.0/22", "10.0.0.0/19"))),
			moved("shop", OtherNetwork{Now: "bj", Pinned: true, PinnedPart: true}),
		},
		"with an old token":              {applied(t, ali, renumber("shop", "1")), edits(beijing(), shop(inVPC("bj"))), nil},
		"to a VPC under a new name":      {ali, edits(renamedVPC("ali"), shop(inVPC("bj"))), nil},
		"to one with several names":      {ali, edits(renamedVPC("x", "ali"), shop(inVPC("bj"))), nil},
		"to one whose names are unknown": {ali, edits(renamedVPC(), vpc("bj", unknown), shop(inVPC("bj"))), nil},
		"to one that is unknown": {
			ali, edits(beijing(), shop(func(cl *topology.Cluster) { cl.VPC, cl.Unknown = "", topology.Unknown{"vpc"} })), nil,
		},
		"while VPCs are unknown": {
			ali, edits(shop(inVPC("bj")), func(r *Request) { r.Facts.VPCs, r.Facts.Unknown = nil, topology.Unknown{"vpcs"} }), nil,
		},
		"from one that state has lost": {
			edited(ali, func(r *Request) { r.Prior = &Prior{Allocations: r.Prior.Allocations} }), edits(beijing(), shop(inVPC("bj"))), nil,
		},
		"from restored state": {
			edited(ali, func(r *Request) { r.Prior = &Prior{Allocations: r.Prior.Allocations, Imported: true} }),
			edits(beijing(), shop(inVPC("bj"))), nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := edited(test.r, test.edit)
			result := Plan(r, profile.Default())
			if name == "with an old token" { // it moved once, and not again
				if len(pick[OtherNetwork](result)) != 1 {
					t.Error(allReports(result))
				}
				return
			}
			wantFaults(t, onlyErrors(result), test.want...)
		})
	}
}

// onlyErrors are the faults of a result that are no warnings.
func onlyErrors(r Result) []topology.Fault {
	var errors []topology.Fault
	for _, f := range r.Faults {
		if !f.Warn {
			errors = append(errors, f)
		}
	}
	return errors
}

// Each option that the message names is tried.
func TestEachOptionForAMovedClusterWorks(t *testing.T) {
	ali := applied(t, request(shop()))
	pinned := pins("172.20.0.0/22", "10.0.0.0/19")
	withPins := applied(t, request(shop(pinned)))
	next := "10.0.32.0/19 172.20.4.0/22 /26"
	second := cluster("new", "ack-flannel", profile.Need{MaxNodes: 100, PodsPerNode: 64, MaxServices: 1000}, inVPC("bj"))
	for name, test := range map[string]struct {
		r        Request
		edit     func(*Request)
		want     map[string]string
		released map[string]string
	}{
		"back to the old VPC": {ali, edits(beijing(), shop()), map[string]string{"shop": shopHas}, map[string]string{}},
		"under another name": {
			ali, edits(beijing(), second), map[string]string{"shop": shopHas, "new": next}, map[string]string{},
		},
		"renumbered": {
			ali, edits(beijing(), shop(inVPC("bj")), renumber("shop", "1")), map[string]string{"shop": next},
			map[string]string{"shop": releasedShop},
		},
		"renumbered without its pins": {
			withPins, edits(beijing(), shop(inVPC("bj")), renumber("shop", "1")), map[string]string{"shop": next},
			map[string]string{"shop": releasedShop},
		},
		"pinned to what it holds, and a token": {
			ali, edits(beijing(), shop(inVPC("bj"), pinned), renumber("shop", "1")), map[string]string{"shop": shopHas},
			map[string]string{},
		},
		"a token for one with pins": {
			withPins, edits(beijing(), shop(inVPC("bj"), pinned), renumber("shop", "1")), map[string]string{"shop": shopHas},
			map[string]string{},
		},
		"the VPC was renamed": {ali, edits(renamedVPC("ali"), shop(inVPC("bj"))), map[string]string{"shop": shopHas}, map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			result := planned(t, edited(test.r, test.edit))
			wantRanges(t, result, test.want)
			wantReleased(t, result, test.released)
			// The next plan finds nothing to say.
			again := planned(t, after(edited(test.r, test.edit), result))
			wantRanges(t, again, test.want)
			wantFaults(t, pick[OtherNetwork](again))
		})
	}
	t.Run("a Service range inside the Pods is pinned with them", func(t *testing.T) {
		tke := func(vpc string, edits ...func(*topology.Cluster)) func(*Request) {
			return cluster(
				"t",
				"tke-global-router",
				profile.Need{MaxNodes: 10, PodsPerNode: 64, MaxServices: 100},
				append(edits, inVPC(vpc))...)
		}
		ten := func(r *Request) {
			for name, block := range map[string]string{"t1": "192.168.4.0/24", "t2": "192.168.5.0/24"} {
				r.Facts.VPCs[name] = topology.VPC{Platform: "tencentcloud", CIDRBlocks: prefixes(block)}
			}
		}
		r := applied(t, request(ten, tke("t1")))
		held := r.Prior.Allocations["t"].Ranges
		pin := func(cl *topology.Cluster) { cl.PodCIDRs = held.Pods }
		result := planned(t, edited(r, tke("t2", pin), renumber("t", "1")))
		if got := result.Allocations["t"]; got.Pods[0] != held.Pods[0] || got.Service != held.Service || len(result.Released) > 0 ||
			len(pick[OtherNetwork](result)) != 1 {
			t.Errorf("got %+v\n%s", got, allReports(result))
		}
	})
	t.Run("a mirror moves like its first", func(t *testing.T) {
		red := func(v *topology.VPC) { v.VRF = "red" }
		far := func(vpc string) func(*Request) {
			return func(r *Request) {
				r.Facts.Clusters["dr"] = topology.Cluster{VPC: vpc, Profile: "ack-flannel", SameAs: "shop"}
			}
		}
		r := applied(t, request(beijing(red), shop(), far("bj")))
		other := func(r *Request) {
			r.Facts.VPCs["sh"] = topology.VPC{Platform: "alicloud", CIDRBlocks: prefixes("192.168.7.0/24"), VRF: "red"}
		}
		found := pick[OtherNetwork](Plan(edited(r, other, far("sh")), profile.Default()))
		wantFaults(t, found, problem{At: `clusters["dr"].vpc`, Problem: OtherNetwork{Cluster: "dr", Was: "bj", Now: "sh", Held: shopHolds}})
	})
}
