package conflict_test

import (
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// delegated is a block of a ledger that is for another owner than shop.
func delegated(c conflict.Claim) conflict.Claim {
	c.Delegation = topology.Delegation{To: "bank", KeepsOut: "shop"}
	return c
}

// The database refuses what is allocated in a block that is for another owner, so nobody can accept that. What is only declared it permits.
func TestDelegatedBlocksCanOnlyBeOverlappedByDeclaredRanges(t *testing.T) {
	block := heldBy("east", ofKind(conflict.Block, "data", "10.64.0.0/16"))
	pods := podsOf("shop", "10.64.0.0/20")
	met := func(a conflict.Claim, others ...conflict.Claim) conflict.Finding {
		return meeting("rule", "10.64.0.0/24", a, others...)
	}
	for name, test := range map[string]struct {
		findings   []conflict.Finding
		acceptable bool
	}{
		"Pods in a block for everyone": {fatal(met(pods, block)), true},
		"Pods":                         {fatal(met(pods, delegated(block))), false},
		"a growth reserve":             {fatal(met(ofKind(conflict.GrowthReserve, "shop", "10.64.0.0/20"), delegated(block))), false},
		"a reserved range":             {fatal(met(ofKind(conflict.Reserved, "vpn", "10.64.0.0/20"), delegated(block))), true},
		"a cluster that exists":        {fatal(met(ofKind(conflict.Existing, "old", "10.64.0.0/20"), delegated(block))), true},
		"no other party":               {fatal(met(pods)), true},
		"one of two findings": {
			fatal(met(pods, heldBy("west", ofKind(conflict.Block, "all", "10.0.0.0/8"))), met(pods, delegated(block))), false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := optionsOf(t, test.findings...)
			if acceptable := len(without(slices.Clone(got), "accepted")) < len(got); acceptable != test.acceptable {
				t.Errorf("acceptable: %t, in %q", acceptable, got)
			}
		})
	}
}
