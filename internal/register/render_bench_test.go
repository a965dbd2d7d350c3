package register_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/register"
)

// A thousand clusters with growth reserves and a released range each, in one supernet.
func BenchmarkRender(b *testing.B) {
	all := map[string]register.Claim{
		"supernet": {Kind: "supernet", Owner: "k8s", Allocator: "k8s", CIDR: netip.MustParsePrefix("10.0.0.0/8")},
	}
	for i := range 4000 {
		kind := []string{"kept", "pod", "service", "released"}[i%4]
		place := netip.AddrFrom4([4]byte{10, byte(i / 256), byte(i), 0})
		all[fmt.Sprint(i)] = register.Claim{
			Kind:      kind,
			Owner:     fmt.Sprint("cluster-", i/4),
			Allocator: "k8s",
			CIDR:      netip.PrefixFrom(place, 24),
		}
	}
	for _, format := range register.Formats {
		b.Run(format, func(b *testing.B) {
			for b.Loop() {
				register.Render(all, format, "en")
			}
		})
	}
}
