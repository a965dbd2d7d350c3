package allocate

import (
	"maps"
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
	ali := lived(t, request(shop()))
	both := lived(t, request(beijing(), shop()))
	pinned := lived(t, request(shop(pins("172.20.0.0/22", "10.0.0.0/19"))))
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
		"to another VPC that is new":             {ali, edits(beijing(), shop(inVPC("bj"))), moved("shop", OtherNetwork{Now: "bj"})},
		"to one that was there":                  {both, shop(inVPC("bj")), moved("shop", OtherNetwork{Now: "bj"})},
		"to one that was there, the old is gone": {both, edits(withoutVPC("ali"), shop(inVPC("bj"))), moved("shop", OtherNetwork{Now: "bj", Undeclared: true})},
		"to one that may be the old one":         {ali, edits(renamedVPC(), shop(inVPC("bj"))), moved("shop", OtherNetwork{Now: "bj", Undeclared: true, Renamable: true})},
		"to a site": {lived(t, request(nodes("x", 4, inVPC("ali")), shop())), edits(func(r *Request) {
			r.Facts.Sites["idc"] = topology.Site{CIDRBlocks: prefixes("192.168.9.0/24")}
		}, shop(inVPC("idc"), func(cl *topology.Cluster) { cl.Profile = "kubernetes-routed" })), append([]problem{{At: `clusters["shop"].profile`, Problem: Changed{Cluster: "shop", Argument: "profile", Held: "ack-flannel", Wanted: "kubernetes-routed"}}}, moved("shop", OtherNetwork{Now: "idc", Site: true})...)},
		"together with a new name":        {ali, edits(beijing(), gone("shop"), nodes("new", 100, previously("shop"), inVPC("bj"))), moved("new", OtherNetwork{Now: "bj", Renamed: true})},
		"pinned to what it holds":         {pinned, edits(beijing(), shop(inVPC("bj"), pins("172.20.0.0/22", "10.0.0.0/19"))), moved("shop", OtherNetwork{Now: "bj", Pinned: true, PinnedPart: true})},
		"with an old token":               {lived(t, ali, renumber("shop", "1")), edits(beijing(), shop(inVPC("bj"))), nil},
		"to a VPC under a new name":       {ali, edits(renamedVPC("ali"), shop(inVPC("bj"))), nil},
		"to one with several names":       {ali, edits(renamedVPC("x", "ali"), shop(inVPC("bj"))), nil},
		"to one whose names are unknown":  {ali, edits(renamedVPC(), vpc("bj", unknown), shop(inVPC("bj"))), nil},
		"to one that is unknown":          {ali, edits(beijing(), shop(func(cl *topology.Cluster) { cl.VPC, cl.Unknown = "", topology.Unknown{"vpc"} })), nil},
		"while VPCs are unknown":          {ali, edits(shop(inVPC("bj")), func(r *Request) { r.Facts.VPCs, r.Facts.Unknown = nil, topology.Unknown{"vpcs"} }), nil},
		"from one that state has lost":    {edited(ali, func(r *Request) { r.Prior = &Prior{Allocations: r.Prior.Allocations} }), edits(beijing(), shop(inVPC("bj"))), nil},
		"from a memory that was restored": {edited(ali, func(r *Request) { r.Prior = &Prior{Allocations: r.Prior.Allocations, Imported: true} }), edits(beijing(), shop(inVPC("bj"))), nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := edited(test.r, test.edit)
			result := Plan(r, profile.Default())
			if name == "with an old token" { // it moved once, and not again
				if len(pick[OtherNetwork](result)) != 1 {
					t.Error(told(result))
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
	ali := lived(t, request(shop()))
	pinned := pins("172.20.0.0/22", "10.0.0.0/19")
	withPins := lived(t, request(shop(pinned)))
	next := "10.0.32.0/19 172.20.4.0/22 /26"
	second := cluster("new", "ack-flannel", profile.Need{MaxNodes: 100, PodsPerNode: 64, MaxServices: 1000}, inVPC("bj"))
	for name, test := range map[string]struct {
		r     Request
		edit  func(*Request)
		want  map[string]string
		rests map[string]string
	}{
		"back to the old VPC":                  {ali, edits(beijing(), shop()), map[string]string{"shop": shopHas}, map[string]string{}},
		"under another name":                   {ali, edits(beijing(), second), map[string]string{"shop": shopHas, "new": next}, map[string]string{}},
		"renumbered":                           {ali, edits(beijing(), shop(inVPC("bj")), renumber("shop", "1")), map[string]string{"shop": next}, map[string]string{"shop": shopRests}},
		"renumbered without its pins":          {withPins, edits(beijing(), shop(inVPC("bj")), renumber("shop", "1")), map[string]string{"shop": next}, map[string]string{"shop": shopRests}},
		"pinned to what it holds, and a token": {ali, edits(beijing(), shop(inVPC("bj"), pinned), renumber("shop", "1")), map[string]string{"shop": shopHas}, map[string]string{}},
		"a token for one with pins":            {withPins, edits(beijing(), shop(inVPC("bj"), pinned), renumber("shop", "1")), map[string]string{"shop": shopHas}, map[string]string{}},
		"the VPC was renamed":                  {ali, edits(renamedVPC("ali"), shop(inVPC("bj"))), map[string]string{"shop": shopHas}, map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			result := planned(t, edited(test.r, test.edit))
			wantRanges(t, result, test.want)
			wantResting(t, result, test.rests)
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
		r := lived(t, request(ten, tke("t1")))
		held := r.Prior.Allocations["t"].Ranges
		pin := func(cl *topology.Cluster) { cl.PodCIDRs = held.Pods }
		result := planned(t, edited(r, tke("t2", pin), renumber("t", "1")))
		if got := result.Allocations["t"]; got.Pods[0] != held.Pods[0] || got.Service != held.Service || len(result.Released) > 0 ||
			len(pick[OtherNetwork](result)) != 1 {
			t.Errorf("got %+v\n%s", got, told(result))
		}
	})
	t.Run("a mirror moves like its first", func(t *testing.T) {
		red := func(v *topology.VPC) { v.VRF = "red" }
		far := func(vpc string) func(*Request) {
			return func(r *Request) {
				r.Facts.Clusters["dr"] = topology.Cluster{VPC: vpc, Profile: "ack-flannel", SameAs: "shop"}
			}
		}
		r := lived(t, request(beijing(red), shop(), far("bj")))
		other := func(r *Request) {
			r.Facts.VPCs["sh"] = topology.VPC{Platform: "alicloud", CIDRBlocks: prefixes("192.168.7.0/24"), VRF: "red"}
		}
		found := pick[OtherNetwork](Plan(edited(r, other, far("sh")), profile.Default()))
		wantFaults(t, found, problem{At: `clusters["dr"].vpc`, Problem: OtherNetwork{Cluster: "dr", Was: "bj", Now: "sh", Held: shopHolds}})
	})
}

// A renamed VPC, site or hub changes no verdict: what was there before is still known as such.
func TestRenamedNetworksKeepTheirVerdicts(t *testing.T) {
	conflicting := func(r *Request) {
		shop(pins("172.20.0.0/22", "10.0.0.0/19"))(r)
		r.Facts.Hubs["cen"] = topology.Hub{}
		r.Facts.Sites["idc"] = topology.Site{CIDRBlocks: prefixes("10.0.0.0/12"), Hubs: []string{"cen"}}
		vpc("ali", func(v *topology.VPC) {
			v.Hubs, v.Peers = []string{"cen"}, []string{"own"}
			v.Routes = map[string]topology.Route{"vpn": {Destination: prefix("10.0.16.0/20"), NextHop: "vpn"}}
		})(r)
		vpc(
			"far",
			func(v *topology.VPC) { v.CIDRBlocks, v.Peers = prefixes("172.20.1.0/24"), []string{"ali"} },
		)(
			r,
		) // joined by its own peers alone
	}
	r := request(conflicting)
	first := Plan(r, profile.Default())
	if len(first.Findings) < 3 {
		t.Fatal(told(first))
	}
	r = after(r, first)
	renamed := func(previous bool) func(*Request) {
		names := map[string]string{"ali": "bj", "idc": "dc", "cen": "tr"}
		was := func(name string) []string {
			if previous {
				return []string{name}
			}
			return nil
		}
		return func(r *Request) {
			v, s, h := r.Facts.VPCs["ali"], r.Facts.Sites["idc"], r.Facts.Hubs["cen"]
			v.PreviousNames, s.PreviousNames, h.PreviousNames = was("ali"), was("idc"), was("cen")
			v.Hubs, s.Hubs = []string{"tr"}, []string{"tr"}
			far := r.Facts.VPCs["far"]
			far.Peers = []string{"bj"}
			r.Facts.VPCs["far"] = far
			r.Facts.VPCs[names["ali"]], r.Facts.Sites[names["idc"]], r.Facts.Hubs[names["cen"]] = v, s, h
			delete(r.Facts.VPCs, "ali")
			delete(r.Facts.Sites, "idc")
			delete(r.Facts.Hubs, "cen")
			shop(inVPC("bj"), pins("172.20.0.0/22", "10.0.0.0/19"))(r)
		}
	}
	result := planned(t, edited(r, renamed(true)))
	if len(result.Findings) != len(first.Findings) {
		t.Errorf("%d findings before:\n%s\nand %d now:\n%s", len(first.Findings), told(first), len(result.Findings), told(result))
	}
	for _, f := range result.Findings {
		if !f.PreExisting {
			t.Errorf("%s is told as new", f.Key())
		}
	}
	if errors := onlyErrors(Plan(edited(r, renamed(false)), profile.Default())); len(errors) != 1 {
		t.Errorf("without previous names: %v", errors)
	}
	t.Run("and their acceptances", func(t *testing.T) {
		accepted := map[string]topology.Acceptance{}
		for _, f := range first.Findings {
			accepted[f.Key().String()] = topology.Acceptance{Reason: "known"}
		}
		r := edited(r, renamed(true))
		r.Settings.Accepted = maps.Clone(accepted)
		r.Prior = nil
		result := planned(t, r)
		for _, f := range result.Findings {
			if f.Accepted == nil {
				t.Errorf("%s is not accepted", f.Key())
			}
		}
		wantFaults(t, pick[UnusedAcceptance](result))
	})
}

// A claim of another workspace that knows a hub by its previous name is still in the way.
func TestClaimsOfOthersFollowPreviousNames(t *testing.T) {
	r := request(func(r *Request) {
		r.Facts.Hubs["tr"] = topology.Hub{PreviousNames: []string{"cen"}}
		vpc("ali", func(v *topology.VPC) { v.Hubs = []string{"tr"} })(r)
		r.SharedPods, r.SharedServices = true, true
		r.Facts.Foreign = map[string]topology.Foreign{
			"x": {
				Owner:     "x",
				Kind:      topology.ForeignPod,
				CIDR:      prefix("10.0.0.0/19"),
				Network:   "far",
				Hubs:      []string{"cen"},
				Allocator: "other",
				Profile:   "ack-flannel",
			},
		}
	}, shop())
	wantRanges(t, planned(t, r), map[string]string{"shop": "10.0.32.0/19 172.20.0.0/22 /26"})
}

func TestPreviousNamesOfNetworksAreChecked(t *testing.T) {
	for name, test := range map[string]struct {
		edit func(*Request)
		at   string
	}{
		"one that is declared": {vpc("ali", func(v *topology.VPC) { v.PreviousNames = []string{"hua"} }), `vpcs["ali"].previous_names[0]`},
		"its own":              {vpc("ali", func(v *topology.VPC) { v.PreviousNames = []string{"x", "ali"} }), `vpcs["ali"].previous_names[1]`},
		"one that two have":    {edits(vpc("ali", func(v *topology.VPC) { v.PreviousNames = []string{"x"} }), vpc("hua", func(v *topology.VPC) { v.PreviousNames = []string{"x"} })), `vpcs["hua"].previous_names[0]`},
		"one that a VPC and site have": {edits(vpc("ali", func(v *topology.VPC) { v.PreviousNames = []string{"x"} }), func(r *Request) {
			r.Facts.Sites["idc"] = topology.Site{CIDRBlocks: prefixes("192.168.9.0/24"), PreviousNames: []string{"x"}}
		}), `sites["idc"].previous_names[0]`},
		"of a hub that is declared": {func(r *Request) {
			r.Facts.Hubs["a"], r.Facts.Hubs["b"] = topology.Hub{PreviousNames: []string{"b"}}, topology.Hub{}
		}, `hubs["a"].previous_names[0]`},
		"twice": {vpc("ali", func(v *topology.VPC) { v.PreviousNames = []string{"x", "x"} }), `vpcs["ali"].previous_names[1]`},
	} {
		t.Run(name, func(t *testing.T) {
			faults := Check(request(test.edit), profile.Default())
			if len(faults) != 1 || faults[0].At.String() != test.at {
				t.Errorf("got %v, want one at %s", faults, test.at)
			}
		})
	}
}
