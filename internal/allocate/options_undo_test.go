package allocate

import (
	"reflect"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestChangesOfDeclarationsAreTakenBack(t *testing.T) {
	yes, no := true, false
	subnet := conflict.Claim{Kind: conflict.Subnet, Owner: "own", Part: "x", Range: prefix("192.168.2.0/25")}
	routed := conflict.Claim{Kind: conflict.Route, Owner: "own", Part: "x"}
	at := topology.Path{}.Attr("vpcs").Key("own")
	subnetAt, summaryAt := at.Attr("subnets").Key("x"), at.Attr("routes").Key("x").Attr("summary")
	withSubnet := func(text string) topology.VPC { return topology.VPC{Subnets: prefixMap("x", text)} }
	withSummary := func(summary *bool) topology.VPC {
		return topology.VPC{Routes: map[string]topology.Route{"x": {Destination: prefix("10.0.0.0/8"), Summary: summary}}}
	}
	set := func(at topology.Path, was, now any) []topology.Edit {
		return []topology.Edit{topology.Set(at, topology.BackTo{Was: was, Now: now})}
	}
	for name, test := range map[string]struct {
		claim    conflict.Claim
		was, now topology.VPC
		want     []topology.Edit
	}{
		"a new subnet": {
			subnet, topology.VPC{}, withSubnet("192.168.2.0/25"), []topology.Edit{topology.Remove(subnetAt)},
		},
		"a subnet that stays": {subnet, withSubnet("192.168.2.0/25"), withSubnet("192.168.2.0/25"), nil},
		"a subnet that grows": {
			subnet, withSubnet("192.168.2.0/26"), withSubnet("192.168.2.0/25"), set(subnetAt, "192.168.2.0/26", "192.168.2.0/25"),
		},
		"a summary that stays":        {routed, withSummary(&yes), withSummary(&yes), nil},
		"a summary that is now none":  {routed, withSummary(&yes), withSummary(&no), set(summaryAt, true, false)},
		"a summary that is now unset": {routed, withSummary(&yes), withSummary(nil), set(summaryAt, true, false)},
		"a route that was no summary": {routed, withSummary(&no), withSummary(nil), nil},
	} {
		u := undo{
			was: topology.Facts{VPCs: map[string]topology.VPC{"own": test.was}},
			now: topology.Facts{VPCs: map[string]topology.VPC{"own": test.now}},
		}
		if u.declaration(test.claim); !reflect.DeepEqual(u.edits, test.want) {
			t.Errorf("%s: got %+v, want %+v", name, u.edits, test.want)
		}
	}
}

func TestOptionThatTakesBackWhatBroughtAFinding(t *testing.T) {
	peered := vpc("own", func(v *topology.VPC) { v.Peers = []string{"ali"} })
	meshed := func(r *Request) {
		cl := r.Facts.Clusters["shop"]
		cl.Meshes = []string{"mesh"}
		r.Facts.Clusters["shop"] = cl
	}
	route := &conflict.Claim{Kind: conflict.Route, Owner: "own", Network: "own", Part: "vpn"}
	site := conflict.Claim{Kind: conflict.Site, Owner: "far", Network: "far"}
	pods := conflict.Claim{Kind: conflict.Pod, Owner: "shop"}
	others := &conflict.Claim{Kind: conflict.Pod, Owner: "web"}
	const unpeered = `restore vpcs["own"].peers []; remove vpcs["own"].routes["vpn"]`
	for name, test := range map[string]struct {
		edit    func(*Request)
		finding conflict.Finding
		want    []string
	}{
		"a new peer and route":           {peered, conflict.Finding{A: site, B: route}, []string{unpeered}},
		"a new peer, and no other party": {peered, conflict.Finding{A: site}, nil},
		"a conflict of before":           {peered, conflict.Finding{A: site, B: route, PreExisting: true}, nil},
		"a new cluster":                  {peered, conflict.Finding{A: pods, B: route}, nil},
		"a new mesh": {
			meshed, conflict.Finding{A: pods, B: others, Held: true, OtherHeld: true, Mesh: "mesh"},
			[]string{`restore clusters["shop"].meshes []`},
		},
		"a new mesh that is not why": {meshed, conflict.Finding{A: pods, B: others, Held: true, OtherHeld: true}, nil},
		"another party that is new":  {meshed, conflict.Finding{A: pods, B: others, Held: true, Mesh: "mesh"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := situationOf(request(shop()), shopHolds)
			s.request = edited(s.request, test.edit)
			o := optionFinder{situation: s}
			wantFindingOptions(t, o.undone(test.finding), test.want...)
		})
	}
}
