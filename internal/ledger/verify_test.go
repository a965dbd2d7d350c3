package ledger_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

func TestVerifyNamesWhatDiffers(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, vpcs, block("open", "10.1.0.0/16", ""), block("closed", "10.2.0.0/16", bank.Owner))
	apply(t, d.Ledger, shop, pod("web", "10.0.0.0/20"), pod("old", "10.0.16.0/20"), pod("in", "10.1.0.0/20"))
	apply(t, d.Ledger, bank, pod("vault", "10.0.32.0/20"), pod("vault6", "fd00::/64"))
	plan(t, d.Ledger, shop, pod("new", "10.0.64.0/20"))
	shared := pod("free", "10.0.40.0/21")
	shared.Class = ledger.Shared
	inNetwork := func(cluster, network string) ledger.Entry {
		e := pod(cluster, "10.8.0.0/20")
		e.Class, e.Network = ledger.Network, network
		return e
	}
	third := ledger.Planner{Owner: "third", Name: "k8s"}
	apply(t, d.Ledger, third, inNetwork("there", "one"))

	v, err := d.Verify(t.Context(), ledger.StateOf{
		Planner: shop, Serial: 5, Token: "token of shop/prod",
		Entries: []ledger.Entry{
			pod("web", "10.0.0.0/20"), pod("in", "10.1.0.0/20"),
			pod("new", "10.0.64.0/20"), pod("api", "10.0.32.0/21"), pod("deep", "fd00::/56"), pod("hidden", "10.2.0.0/20"), shared,
			inNetwork("here", "two"), inNetwork("there too", "one"),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if v.Serial != 1 || v.OtherToken {
		t.Errorf("serial %d, other token %t", v.Serial, v.OtherToken)
	}
	for token, other := range map[string]bool{"": false, "token of shop/prod": false, "another": true} {
		v, err := d.Verify(t.Context(), ledger.StateOf{Planner: shop, Token: token})
		if err != nil || v.OtherToken != other {
			t.Errorf("token %q: other token %t, %v", token, v.OtherToken, err)
		}
	}
	fresh := ledger.StateOf{Planner: ledger.Planner{Owner: "new", Name: "k8s"}, Token: "a"}
	if v, err := d.Verify(t.Context(), fresh); err != nil || v.OtherToken {
		t.Errorf("of a planner that the ledger does not have: %+v, %v", v, err)
	}
	var got []string
	for _, x := range v.Differences {
		line := x.Range.String() + " " + x.Cluster + ": " + string(x.Kind)
		if x.Held {
			line += ", held"
		}
		if x.By != nil {
			line += ": " + x.By.Planner.Owner + " " + x.By.Range.String()
		}
		got = append(got, line)
	}
	same(t, "differences", got, []string{
		"10.0.16.0/20 old: not in the state",
		"10.0.32.0/21 api: not in the ledger",
		"10.0.32.0/21 api: of another planner: bank/prod 10.0.32.0/20",
		"10.0.40.0/21 free: not in the ledger",
		"10.0.64.0/20 new: not in the ledger, held",
		"10.2.0.0/20 hidden: not in the ledger",
		"10.2.0.0/20 hidden: of another planner: network 10.2.0.0/16",
		"10.8.0.0/20 here: not in the ledger",
		"10.8.0.0/20 there too: not in the ledger",
		"10.8.0.0/20 there too: of another planner: third 10.8.0.0/20",
		"fd00::/56 deep: not in the ledger",
		"fd00::/56 deep: of another planner: bank/prod fd00::/64",
	})
}

// An entry of another planner keeps one of the state out as in the database: not where one is inside of an open block of the other one, or
// of one for its owner, and not in another VRF or network, or among shared ranges.
func TestVerifyKnowsWhichEntriesMayOverlap(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, vpcs,
		block("open", "10.1.0.0/16", ""), block("ours", "10.2.0.0/16", shop.Owner), block("closed", "10.3.0.0/16", "third"))
	shared := func(cluster, r string) ledger.Entry {
		e := pod(cluster, r)
		e.Class = ledger.Shared
		return e
	}
	elsewhere := pod("web", "10.4.0.0/20")
	elsewhere.VRF = "blue"
	apply(t, d.Ledger, bank, pod("vault", "10.4.0.0/20"), shared("safe", "10.5.0.0/20"))
	for name, c := range map[string]struct {
		entry ledger.Entry
		by    string
	}{
		"inside of an open block":                         {pod("web", "10.1.16.0/20"), ""},
		"all of an open block":                            {pod("web", "10.1.0.0/16"), ""},
		"around an open block":                            {pod("web", "10.0.0.0/15"), "network"},
		"inside of a block for the owner":                 {pod("web", "10.2.16.0/20"), ""},
		"inside of a block for another owner":             {pod("web", "10.3.16.0/20"), "network"},
		"the same block":                                  {block("b", "10.1.0.0/16", ""), "network"},
		"a block in an open block":                        {block("b", "10.1.0.0/18", ""), ""},
		"an open block around a range":                    {block("b", "10.4.0.0/16", ""), ""},
		"an open block of the same range":                 {block("b", "10.4.0.0/20", ""), ""},
		"a block around a range of its owner":             {block("b", "10.4.0.0/16", bank.Owner), ""},
		"a block for another owner around it":             {block("b", "10.4.0.0/16", "third"), "bank/prod"},
		"a block inside of a range":                       {block("b", "10.4.0.0/21", ""), "bank/prod"},
		"the same range":                                  {pod("web", "10.4.0.0/20"), "bank/prod"},
		"in another VRF":                                  {elsewhere, ""},
		"two shared ranges":                               {shared("web", "10.5.0.0/20"), ""},
		"a range of its own and a shared one":             {pod("web", "10.5.0.0/20"), ""},
		"beside it":                                       {pod("web", "10.4.16.0/20"), ""},
		"shared, in a block for another owner":            {shared("web", "10.3.16.0/20"), "network"},
		"shared, around two delegated blocks":             {shared("web", "10.2.0.0/15"), "networknetwork"},
		"shared, in a block for the owner":                {shared("web", "10.2.16.0/20"), ""},
		"shared, in an open block":                        {shared("web", "10.1.16.0/20"), ""},
		"a block for another owner around a shared range": {block("b", "10.5.0.0/16", "third"), "bank/prod"},
		"a block for the owner around a shared range":     {block("b", "10.5.0.0/16", bank.Owner), ""},
		"shared, the whole block for the owner":           {shared("web", "10.2.0.0/16"), ""},
		"a block for the owner of the same shared range":  {block("b", "10.5.0.0/20", bank.Owner), ""},
		"a block for that owner inside a shared range":    {block("b", "10.5.0.0/21", bank.Owner), "bank/prod"},
	} {
		t.Run(name, func(t *testing.T) {
			v, err := d.Verify(t.Context(), ledger.StateOf{Planner: shop, Entries: []ledger.Entry{c.entry}})
			if err != nil {
				t.Fatal(err)
			}
			by := ""
			for _, x := range v.Differences {
				if x.Kind == ledger.OfAnother {
					by += x.By.Owner
				}
			}
			if by != c.by {
				t.Errorf("of %q, want %q", by, c.by)
			}
		})
	}
}

// A released range is in the ledger where the planner has one around it, also in another VRF, or of another cluster.
func TestVerifyOfReleasedRanges(t *testing.T) {
	d := ledgertest.New(t)
	apply(t, d.Ledger, shop, released("gone", "10.0.0.0/20"), pod("web", "10.1.0.0/20"))
	plan(t, d.Ledger, shop, released("held", "10.2.0.0/20"))
	elsewhere := released("gone", "10.0.0.0/20")
	elsewhere.VRF = "blue"
	for name, c := range map[string]struct {
		entry ledger.Entry
		known bool
	}{
		"the same":                   {released("gone", "10.0.0.0/20"), true},
		"in another VRF":             {elsewhere, true},
		"inside":                     {released("part", "10.0.8.0/21"), true},
		"around":                     {released("whole", "10.0.0.0/19"), false},
		"beside":                     {released("beside", "10.0.16.0/20"), false},
		"a Pod range inside":         {pod("new", "10.0.8.0/21"), false},
		"inside a Pod range":         {released("part", "10.1.8.0/21"), false},
		"inside of one that is held": {released("part", "10.2.8.0/21"), false},
	} {
		t.Run(name, func(t *testing.T) {
			v, err := d.Verify(t.Context(), ledger.StateOf{Planner: shop, Entries: []ledger.Entry{c.entry}})
			if err != nil {
				t.Fatal(err)
			}
			known := true
			for _, x := range v.Differences {
				known = known && x.Kind != ledger.NotInLedger
			}
			if known != c.known {
				t.Errorf("differences %+v", v.Differences)
			}
		})
	}
}
