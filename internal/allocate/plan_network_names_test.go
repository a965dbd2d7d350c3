package allocate

import (
	"maps"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

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
		t.Fatal(allReports(first))
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
		t.Errorf(
			"%d findings before:\n%s\nand %d now:\n%s", len(first.Findings), allReports(first), len(result.Findings), allReports(result),
		)
	}
	for _, f := range result.Findings {
		if !f.PreExisting {
			t.Errorf("%s is reported as new", f.Key())
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
		"its own": {
			vpc("ali", func(v *topology.VPC) { v.PreviousNames = []string{"x", "ali"} }), `vpcs["ali"].previous_names[1]`,
		},
		"one that two have": {
			edits(
				vpc("ali", func(v *topology.VPC) { v.PreviousNames = []string{"x"} }),
				vpc("hua", func(v *topology.VPC) { v.PreviousNames = []string{"x"} }),
			),
			`vpcs["hua"].previous_names[0]`,
		},
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
