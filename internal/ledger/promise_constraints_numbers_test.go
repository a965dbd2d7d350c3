package ledger_test

import (
	"context"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/ledger/ledgertest"
)

// nearby draws prefixes of any length that are often inside each other, also at the first and last addresses of a family.
func nearby(draw *rand.Rand) netip.Prefix {
	address := netip.MustParseAddr(pick(draw, "0.0.0.0", "10.0.0.0", "255.255.255.255", "::", "fd00:10:96::", "::10.0.0.0",
		"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).AsSlice()
	if draw.IntN(2) == 0 {
		address[draw.IntN(len(address))] ^= 1 << draw.IntN(8)
	}
	changed, _ := netip.AddrFromSlice(address) // of the length of an address
	return netip.PrefixFrom(changed, draw.IntN(changed.BitLen()+1)).Masked()
}

// TestNumbersOfOverlappingRangesOverlap holds what the constraints search by against the ranges themselves: a pair that overlaps and has
// numbers that do not would be accepted.
func TestNumbersOfOverlappingRangesOverlap(t *testing.T) {
	conn := ledgertest.New(t).Connect(t)
	defer func() { _ = conn.Close(context.Background()) }() // the test is over
	draw := rand.New(rand.NewPCG(seed(t), 0))
	var some, others []string
	overlaps := 0
	for range 20_000 {
		a, b := nearby(draw), nearby(draw)
		some, others = append(some, a.String()), append(others, b.String())
		if a.Overlaps(b) {
			overlaps++
		}
	}
	var found, hidden, apart int
	err := conn.QueryRow(t.Context(), `
		SELECT count(*) FILTER (WHERE a && b), count(*) FILTER (WHERE a && b AND NOT na && nb), count(*) FILTER (WHERE NOT na && nb)
		FROM (SELECT a, b, addresses_of(a) na, addresses_of(b) nb FROM unnest($1::text[]::cidr[], $2::text[]::cidr[]) p (a, b)) p`,
		some, others).Scan(&found, &hidden, &apart)
	if err != nil {
		t.Fatal(err)
	}
	if found != overlaps || found == 0 || apart == 0 || hidden > 0 {
		t.Errorf("%d of %d pairs overlap, want %d; of %d of them the numbers do not; %d pairs have numbers apart",
			found, len(some), overlaps, hidden, apart)
	}
}
