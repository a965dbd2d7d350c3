package allocate

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// What is allocated from a supernet that holds everything is private, and a warning names what is not.
func TestSupernetsThatHoldPublicAddresses(t *testing.T) {
	for supernet, test := range map[string]struct {
		want string
		warn bool
	}{
		"0.0.0.0/0":    {"172.30.2.0/23", true},
		"8.0.0.0/5":    {"10.0.0.0/23", true},
		"9.0.0.0/16":   {"9.0.0.0/23", true},
		"10.0.0.0/8":   {"10.0.0.0/23", false},
		"192.0.2.0/23": {"192.0.2.0/23", true},
	} {
		t.Run(supernet, func(t *testing.T) {
			r := request(supernets(supernet), pods("a", 23), vpc("own", func(v *topology.VPC) { v.CIDRBlocks = prefixes("172.30.0.0/24") }))
			result := planned(t, r)
			if got := result.Allocations["a"].Pods; !slices.Equal(got, []netip.Prefix{prefix(test.want)}) {
				t.Errorf("got %v, want %s", got, test.want)
			}
			warned := slices.ContainsFunc(Check(r, profile.Default()), func(f topology.Fault) bool {
				_, public := f.Problem.(PublicSupernet)
				return public && f.Warn && f.At.String() == "supernets[0]"
			})
			if warned != test.warn {
				t.Errorf("warned: %v", warned)
			}
		})
	}
}
