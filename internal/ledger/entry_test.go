package ledger_test

import (
	"testing"
	"time"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger"
)

// Messages give the time at which a hold expires in UTC, wherever Terraform runs. A claim has none.
func TestUntilWhenAnEntryIsHeld(t *testing.T) {
	at := time.Date(2026, 12, 3, 7, 5, 59, 0, time.FixedZone("", 3600))
	for want, o := range map[string]ledger.Other{
		"":                     {State: ledger.Claim},
		"2026-12-03 06:05 UTC": {State: ledger.Hold, Expires: &at},
	} {
		if got := o.HeldUntil(); got != want {
			t.Errorf("%s: got %q, want %q", o.State, got, want)
		}
	}
}
