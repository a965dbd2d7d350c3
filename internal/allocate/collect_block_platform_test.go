package allocate

import (
	"os"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// AWS keeps five addresses of each subnet, and accepts none smaller than a /28.
func TestBlocksOfUsableAddressesOnAWS(t *testing.T) {
	tests := map[string]struct {
		block topology.Block
		want  string
	}{
		"256 do not fit into a /24":  {topology.Block{Addresses: 256, Platform: "aws"}, "10.0.0.0/23"},
		"251 do":                     {topology.Block{Addresses: 251, Platform: "aws"}, "10.0.0.0/24"},
		"3 take the smallest subnet": {topology.Block{Addresses: 3, Platform: "aws"}, "10.0.0.0/28"},
		"an IPv6 subnet is a /64":    {topology.Block{Addresses: 3, Platform: "aws", Family: "ipv6"}, "fd00::/64"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			wantBlocks(
				t, planned(t, blocks(supernets("10.0.0.0/16", "fd00::/56"), block("a", test.block))), map[string]string{"a": test.want},
			)
		})
	}
}

// What a block got before more was known of its platform stays, and the plan says what it lacks. Who asks for
// more than that is refused.
func TestABlockKeepsWhatItGotBeforeItsPlatformWasKnownBetter(t *testing.T) {
	held := applied(t, blocks(block("a", topology.Block{PrefixLength: 24})))
	asked := topology.Block{Addresses: 256, Platform: "aws"}
	lacks := problem{
		At:      `blocks["a"].addresses`,
		Problem: Outgrown{Cluster: "a", Wanted: 256, Largest: 251, Held: profile.Ranges{Block: prefix("10.0.0.0/24")}},
		Warn:    true,
	}

	before := edited(held, block("a", asked))
	prior := *before.Prior
	prior.Facts = blocks(block("a", asked)).Facts // as an earlier version left it
	before.Prior = &prior
	got := Plan(before, profile.Default())
	wantFaults(t, got.Faults, lacks)
	wantBlocks(t, got, map[string]string{"a": "10.0.0.0/24"})

	lacks.Warn = false
	wantFaults(t, Plan(edited(held, block("a", asked)), profile.Default()).Faults, lacks)
}

// Where nobody knows how many addresses of a subnet a platform keeps, none are promised.
func TestUsableAddressesOnAPlatformWithoutDataAreRefused(t *testing.T) {
	one, err := profile.Load(os.DirFS("../profile/testdata/fictitious_one"))
	if err != nil {
		t.Fatal(err)
	}
	wantFaults(t, Plan(blocks(block("a", topology.Block{Addresses: 9, Platform: "fictitious-one"})), one).Faults,
		problem{At: `blocks["a"].addresses`, Problem: NoSubnetData{Block: "a", Platform: one.Platform("fictitious-one")}})
	ofLength := blocks(block("a", topology.Block{PrefixLength: 28, Platform: "fictitious-one"}))
	wantBlocks(t, Plan(ofLength, one), map[string]string{"a": "10.0.0.0/28"})
}
