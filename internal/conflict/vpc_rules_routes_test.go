package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The VPC has the further blocks 16.16.0.0/16 and, known later, another one.
func TestRoutesOfAVPCAgainstItsFurtherBlocks(t *testing.T) {
	in := func(destination string) []string {
		const text = `error it.routes["r"].destination: route_in_secondary_block|%s|home+home:r: no route leads into a further block`
		return []string{fmt.Sprintf(text, destination)}
	}
	tests := map[string]struct {
		destination string
		nextHop     string
		summary     bool
		want        []string
	}{
		"the whole block, and not a route to an own block beside": {"16.16.0.0/16", "vpn", false, in("16.16.0.0/16")},
		"a part of it":                   {"16.16.128.0/17", "vpn", false, in("16.16.128.0/17")},
		"a part of it, to an instance":   {"16.16.128.0/17", "instance", false, nil},
		"a part of it, to an endpoint":   {"16.16.128.0/17", "other", false, nil},
		"more than it":                   {"16.16.0.0/15", "vpn", false, nil},
		"a part of it, but a summary":    {"16.16.128.0/17", "vpn", true, nil},
		"beside it":                      {"16.17.0.0/16", "vpn", false, nil},
		"a part of the first block":      {"16.1.0.0/16", "vpn", false, nil},
		"a default route over all of it": {"0.0.0.0/0", "nat", false, nil},
	}
	catalog := fixtureVPCRules(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := topology.VPC{
				Name: "home", Platform: "fixture", CIDRBlocks: append(prefixes("16.0.0.0/12", "16.16.0.0/16"), netip.Prefix{}),
				Routes: map[string]topology.Route{
					"r": {Destination: prefix(test.destination), NextHop: test.nextHop, Summary: &test.summary},
				},
			}
			if got := findingsOfVPC(conflict.CheckVPC(it, v.Name, v, catalog)); !slices.Equal(got, test.want) {
				t.Errorf("findings:\n got %q\nwant %q", got, test.want)
			}
		})
	}
}
