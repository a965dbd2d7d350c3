package addressmap

import (
	"net/netip"
	"testing"
)

// The last address of a range outside of supernets is a span of its own where nothing else is.
func TestTheLastAddressOfARange(t *testing.T) {
	pod := Use{Kind: Pod, Range: netip.MustParsePrefix("10.0.0.0/32"), Owner: "a"}
	spans := partition(netip.MustParsePrefix("10.0.0.0/31"), []Use{pod}, nil, false)
	if len(spans) != 2 || spans[1].String() != "10.0.0.1/32" || spans[1].Kind != Undeclared {
		t.Errorf("the spans are %v", spans)
	}
}
