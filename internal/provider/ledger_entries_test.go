package provider

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

func TestClassesOfClaims(t *testing.T) {
	unique, pods, services := allocate.Request{}, allocate.Request{SharedPods: true}, allocate.Request{SharedServices: true}
	tests := map[string]struct {
		request       allocate.Request
		kind, network string
		want          ledger.Class
	}{
		"Pods":                                {unique, topology.ForeignPod, "prod", ledger.Unique},
		"Pods that repeat":                    {pods, topology.ForeignPod, "prod", ledger.Network},
		"Pods that repeat, in no network":     {pods, topology.ForeignPod, "", ledger.Shared},
		"Pods beside Services that repeat":    {services, topology.ForeignPod, "prod", ledger.Unique},
		"a growth reserve of Pods":            {pods, topology.ForeignKept, "prod", ledger.Network},
		"Services":                            {unique, topology.ForeignService, "prod", ledger.Unique},
		"Services that repeat":                {services, topology.ForeignService, "prod", ledger.Shared},
		"Services beside Pods that repeat":    {pods, topology.ForeignService, "prod", ledger.Unique},
		"released ranges":                     {unique, topology.ForeignReleased, "", ledger.Unique},
		"released ranges of what repeats":     {services, topology.ForeignReleased, "", ledger.Shared},
		"reserved ranges":                     {unique, topology.ForeignReserved, "", ledger.Shared},
		"ranges of existing clusters, blocks": {pods, topology.ForeignBlock, "", ledger.Unique},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := classOf(test.request, topology.Foreign{Kind: test.kind, Network: test.network}); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// A cluster has no owner that it is for, also if it has the name of a block.
func TestWhomAClaimIsFor(t *testing.T) {
	request := allocate.Request{Facts: topology.Facts{Blocks: map[string]topology.Block{"web": {DelegatedTo: "bank/prod"}}}}
	for kind, want := range map[string]string{topology.ForeignBlock: "bank/prod", topology.ForeignReleased: "", topology.ForeignPod: ""} {
		if got := delegateOf(request, topology.Foreign{Owner: "web", Kind: kind}); got != want {
			t.Errorf("%s is for %q, want %q", kind, got, want)
		}
	}
}

// An entry of another planner comes back as the claim that was written, under the name of its owner.
func TestEntriesOfOthersAreTheirClaims(t *testing.T) {
	claim := topology.Foreign{
		Owner: "web", Kind: topology.ForeignPod, CIDR: netip.MustParsePrefix("10.64.0.0/20"), Network: "prod", VRF: "blue",
		Hubs: []string{"cen"}, Peers: []string{"office"}, Meshes: []string{"flat"}, Profile: "ack-flannel",
		About: topology.About{Description: "the shop", Labels: map[string]string{"team": "web"}},
	}
	other := ledger.Other{
		Planner: ledger.Planner{Owner: "shop/prod", Name: "k8s"},
		Entry: ledger.Entry{
			Kind: claim.Kind, Cluster: claim.Owner, Range: claim.CIDR, VRF: claim.VRF, Network: claim.Network,
			Attributes: entryAttributes{
				Profile: claim.Profile, Hubs: claim.Hubs, Peers: claim.Peers, Meshes: claim.Meshes, Description: claim.Description,
				Labels: claim.Labels,
			}.text(),
		},
	}
	for owner, allocator := range map[string]string{"bank/prod": "shop/prod:k8s", "shop/prod": "k8s"} {
		want, got := claim, foreignOf(other, owner)
		want.Allocator, want.Ledger = allocator, "shop/prod"
		want.Here = owner == "shop/prod"
		if differs(got, want) || got.Ledger != want.Ledger || got.Here != want.Here {
			t.Errorf("for %s: got %+v, want %+v", owner, got, want)
		}
	}
	for delegate, want := range map[string]topology.Delegation{
		"": {}, "bank/prod": {}, "lab": {To: "lab", KeepsOut: "bank/prod"},
	} {
		other.Delegate = delegate
		if got := foreignOf(other, "bank/prod").Delegation; got != want {
			t.Errorf("delegated to %q: %+v, want %+v", delegate, got, want)
		}
	}
	other.Attributes = []byte(`{"profile": ["of a later version"]}`)
	if got := foreignOf(other, "bank/prod"); got.Profile != "" || got.CIDR != claim.CIDR {
		t.Errorf("with attributes that cannot be read: %+v", got)
	}
}

// differs compares claims as the ledger writes them.
func differs(a, b topology.Foreign) bool {
	text := func(c topology.Foreign) string {
		attributes := entryAttributes{c.Profile, c.Use, c.Hubs, c.Peers, c.Meshes, c.Description, c.Labels}
		return string(attributes.text()) + c.KeyInVRF() + c.Network + c.Allocator
	}
	return text(a) != text(b)
}

// A claim that foreign_claims gives as well is one claim.
func TestClaimsOfTheLedgerBesideThoseThatAreGiven(t *testing.T) {
	claim := func(allocator, r string) topology.Foreign {
		return topology.Foreign{Owner: "web", Kind: topology.ForeignPod, CIDR: netip.MustParsePrefix(r), Allocator: allocator}
	}
	given := map[string]topology.Foreign{"x": claim("k8s", "10.64.0.0/20")}
	all := withForeign(given, []topology.Foreign{
		claim("shop/prod:k8s", "10.64.0.0/20"), claim("shop/prod:k8s", "10.65.0.0/20"), claim("bank/prod:k8s", "10.65.0.0/20"),
	})
	if len(all) != 3 || len(given) != 1 {
		t.Errorf("got %v", all)
	}
	if got := withForeign(given, nil); len(got) != 1 {
		t.Errorf("without a ledger: %v", got)
	}
}

// Planned entries are those of the ledger if they agree in everything, whatever their order and the text of their attributes.
func TestWhenTheLedgerHasWhatIsPlanned(t *testing.T) {
	web, data := entryOf("pod", "web", "10.64.0.0/20"), entryOf("pod", "data", "10.64.16.0/20")
	web.Attributes = entryAttributes{Profile: "ack-flannel", Hubs: []string{"cen"}}.text()
	stored := web
	stored.Attributes = []byte(`{"hubs": ["cen"], "profile": "ack-flannel"}`)
	if !sameEntries([]ledger.Entry{web, data}, []ledger.Entry{data, stored}) {
		t.Error("the same entries in another order differ")
	}
	for name, edit := range map[string]func(*ledger.Entry){
		"class":      func(e *ledger.Entry) { e.Class = ledger.Shared },
		"network":    func(e *ledger.Entry) { e.Network = "prod" },
		"demand":     func(e *ledger.Entry) { e.Demand = "pod|web" },
		"attributes": func(e *ledger.Entry) { e.Attributes = entryAttributes{Profile: "ack-terway"}.text() },
		"cluster":    func(e *ledger.Entry) { e.Cluster = "site" },
	} {
		other := web
		if edit(&other); sameEntries([]ledger.Entry{other, data}, []ledger.Entry{stored, data}) {
			t.Errorf("entries that differ in %s are the same", name)
		}
	}
	if sameEntries([]ledger.Entry{web}, []ledger.Entry{stored, data}) {
		t.Error("fewer entries are the same")
	}
}
