package ledger_test

import (
	"maps"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

func TestRangesThatBlocksKeepFromAnOwner(t *testing.T) {
	other := func(e ledger.Entry) ledger.Other { return ledger.Other{Planner: vpcs, Entry: e, State: ledger.Claim} }
	for name, c := range map[string]struct {
		others []ledger.Other
		want   string
	}{
		"nothing":                   {nil, ""},
		"a block for everyone":      {[]ledger.Other{other(block("a", "10.1.0.0/16", ""))}, ""},
		"a block for the owner":     {[]ledger.Other{other(block("a", "10.1.0.0/16", shop.Owner))}, ""},
		"a block for another owner": {[]ledger.Other{other(block("a", "10.1.0.0/16", bank.Owner))}, "10.1.0.0/16"},
		"no block":                  {[]ledger.Other{other(pod("a", "10.1.0.0/16"))}, ""},
		"a block that is not unique": {
			[]ledger.Other{other(ledger.Entry{Kind: "block", Range: ten, Delegate: "x", Class: ledger.Shared})}, "",
		},
		"a hold that has expired": {[]ledger.Other{{Entry: block("a", "10.1.0.0/16", bank.Owner), Expired: true}}, ""},
		"smaller blocks decide": {[]ledger.Other{
			other(block("all", "10.1.128.0/18", "")), other(block("own", "10.1.64.0/18", shop.Owner)),
			other(block("again", "10.1.64.0/20", bank.Owner)), other(block("a", "10.1.0.0/16", bank.Owner)),
		}, "10.1.0.0/18 10.1.64.0/20 10.1.192.0/18"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, r := range ledger.KeptFrom(shop.Owner, c.others)[""].Prefixes() {
				got += " " + r.String()
			}
			if got != c.want && got != " "+c.want {
				t.Errorf("got%s, want %s", got, c.want)
			}
		})
	}
	blue := other(block("a", "10.1.0.0/16", bank.Owner))
	blue.VRF = "blue"
	kept := ledger.KeptFrom(shop.Owner, []ledger.Other{blue})
	same(t, "VRFs", slices.Collect(maps.Keys(kept)), []string{"blue"})
	same(t, "in the VRF", kept["blue"].Prefixes(), []netip.Prefix{prefix("10.1.0.0/16")})
}
