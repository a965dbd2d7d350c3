package conflict_test

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
)

func TestKindsHaveWords(t *testing.T) {
	want := []string{
		"pod", "service", "other", "block", "subnet", "vpc", "site", "route", "reserved", "reserved", "reserved", "reserved", "supernet",
	}
	for k := conflict.Pod; k <= conflict.Supernet; k++ {
		if got := k.String(); got != want[k] {
			t.Errorf("kind %d: got %q, want %q", k, got, want[k])
		}
	}
}

func TestAReleasedGrowthReserveStaysTheSameFact(t *testing.T) {
	reserve := conflict.Claim{Owner: "shop", Kind: conflict.GrowthReserve, Range: prefix("10.0.0.0/14")}
	released := reserve
	released.Kind = conflict.Released
	if reserve.ID() != released.ID() || conflict.CompareClaims(reserve, released) != 0 {
		t.Errorf("identities: %+v, %+v", reserve.ID(), released.ID())
	}
	for kind := conflict.Pod; kind <= conflict.Supernet; kind++ {
		want := kind == conflict.Reserved || kind == conflict.GrowthReserve || kind == conflict.Released || kind == conflict.Existing
		if got := kind.Reservation(); got != want {
			t.Errorf("%s %d is a reservation: %t", kind, kind, got)
		}
	}
}
