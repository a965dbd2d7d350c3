package messages

import (
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/allocate"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
)

func TestBlocksThatAreTooSmall(t *testing.T) {
	p := Writer{OfBlocks: true}
	held := profile.Ranges{Block: prefix("10.0.0.0/24")}
	for argument, want := range map[string]string{
		"prefix_length": `Block "lb" now requests prefix_length = 20. It holds 10.0.0.0/24, which is a /24. `,
		"addresses":     `Block "lb" now requests addresses = 20. It holds 10.0.0.0/24, which has 24. `,
	} {
		wantParts(t, argument, p.outgrownBlock(argument, allocate.Outgrown{Cluster: "lb", Wanted: 20, Largest: 24, Held: held}), want)
	}
}
