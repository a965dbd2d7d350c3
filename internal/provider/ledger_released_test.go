package provider

import (
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// Of released ranges inside of each other, the ledger has the outermost one of each VRF. What is in use stays beside it.
func TestReleasedRangesInsideOfOthers(t *testing.T) {
	claim := func(kind, r, vrf string) topology.Foreign {
		return topology.Foreign{Kind: kind, CIDR: netip.MustParsePrefix(r), VRF: vrf}
	}
	around, within := claim(topology.ForeignReleased, "10.0.0.0/16", ""), claim(topology.ForeignReleased, "10.0.1.0/24", "")
	elsewhere, used := claim(topology.ForeignReleased, "10.0.1.0/24", "blue"), claim(topology.ForeignPod, "10.0.1.0/24", "")
	wide := claim(topology.ForeignPod, "10.0.0.0/8", "")
	inside := insideReleased(map[string]topology.Foreign{"a": around, "b": within, "c": elsewhere, "d": used, "e": wide})
	for name, c := range map[string]struct {
		claim topology.Foreign
		want  bool
	}{
		"the outermost one":         {around, false},
		"one inside":                {within, true},
		"in another VRF":            {elsewhere, false},
		"a range in use there":      {used, false},
		"a range in use around all": {wide, false},
	} {
		if got := inside(c.claim); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// A released range stays in the VRFs in which the ledger has its claims or, in the first plan with a ledger, the state has its ranges.
// Where neither says so, it stays in all.
func TestVRFsOfReleasedRanges(t *testing.T) {
	in := func(vrf string) func(*ledger.Entry) { return func(e *ledger.Entry) { e.VRF = vrf } }
	was := func(cluster, r, vrf string) ledger.Entry { return entryOf(topology.ForeignBlock, cluster, r, in(vrf)) }
	l := ledgerPlan{
		view: ledger.View{Own: claimedBy(was("known", "10.0.0.0/16", "red"))},
		prior: []ledger.Entry{
			was("known", "10.0.0.0/16", "blue"), was("adopted", "10.1.0.0/16", "red"), was("adopted", "10.1.0.0/16", "blue"),
			entryOf(topology.ForeignReleased, "old", "10.2.0.0/16", in("red")),
		},
	}
	var planned []ledger.Entry
	for _, vrf := range []string{"red", "blue", "green"} {
		planned = append(planned,
			entryOf(topology.ForeignReleased, "known", "10.0.0.0/16", in(vrf)),
			entryOf(topology.ForeignReleased, "adopted", "10.1.0.0/16", in(vrf)),
			entryOf(topology.ForeignReleased, "old", "10.2.0.0/16", in(vrf)))
	}
	planned = append(planned, was("known", "10.0.0.0/16", "green"))
	got := map[string]string{}
	for _, e := range l.whereUsed(planned) {
		got[e.Kind+" "+e.Cluster] += " " + e.VRF
	}
	for what, want := range map[string]string{
		"released known": " red", "released adopted": " red blue", "released old": " red blue green", "block known": " green",
	} {
		if got[what] != want {
			t.Errorf("%s is in%s, want%s", what, got[what], want)
		}
	}
}
