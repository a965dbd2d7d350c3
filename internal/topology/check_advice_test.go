package topology_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// briefly are faults by level, place and, of a rule that is broken, its code.
func briefly(faults []topology.Fault) []string {
	var lines []string
	for _, f := range faults {
		line := "error "
		if f.Warn {
			line = "warn "
		}
		line += f.At.String()
		if refused, ok := f.Problem.(topology.Refused); ok {
			line += fmt.Sprintf(" %s %s", refused.Code, refused.Value)
		} else {
			line += fmt.Sprintf(" %T", f.Problem)
		}
		lines = append(lines, line)
	}
	return lines
}

// A route to the very block of its VPC is reported, on every platform and in both families.
func TestRoutesToTheOwnBlock(t *testing.T) {
	yes := true
	own := []string{`warn it.routes["r"].destination route_to_own_block 10.0.0.0/16`}
	for name, test := range map[string]struct {
		route topology.Route
		want  []string
	}{
		"over a VPN":                  {topology.Route{NextHop: "vpn"}, own},
		"over a peering":              {topology.Route{NextHop: "peering"}, own},
		"without a next hop":          {topology.Route{}, own},
		"a summary":                   {topology.Route{NextHop: "vpn", Summary: &yes}, nil},
		"what may become a summary":   {topology.Route{NextHop: "vpn", Unknown: topology.Unknown{"summary"}}, nil},
		"a middlebox":                 {topology.Route{NextHop: "instance"}, nil},
		"a wider one":                 {topology.Route{NextHop: "vpn", Destination: prefix("10.0.0.0/15")}, nil},
		"a part of it":                {topology.Route{NextHop: "vpn", Destination: prefix("10.0.128.0/17")}, nil},
		"the second block":            {topology.Route{NextHop: "idc", Destination: prefix("10.9.0.0/16")}, []string{`warn it.routes["r"].destination route_to_own_block 10.9.0.0/16`}},
		"the IPv6 block":              {topology.Route{NextHop: "idc", Destination: prefix("fd00:1::/56")}, []string{`warn it.routes["r"].destination route_to_own_block fd00:1::/56`}},
		"a block that is not its own": {topology.Route{NextHop: "idc", Destination: prefix("10.8.0.0/16")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			for _, platform := range append([]string{""}, profile.Default().Platforms()...) {
				if !test.route.Destination.IsValid() {
					test.route.Destination = prefix("10.0.0.0/16")
				}
				v := topology.VPC{
					Name: "prod", Platform: platform, CIDRBlocks: prefixes("10.0.0.0/16", "10.9.0.0/16"), IPv6CIDRBlocks: prefixes("fd00:1::/56"),
					Routes: map[string]topology.Route{"r": test.route},
				}
				got := slices.DeleteFunc(briefly(topology.CheckVPC(here, v, profile.Default())), func(line string) bool {
					return !slices.Contains(own, line) && !slices.Contains(test.want, line)
				})
				if !slices.Equal(got, test.want) {
					t.Errorf("%s: got %q, want %q", platform, got, test.want)
				}
			}
		})
	}
}

// TKE accepts node blocks of 4 and 8 addresses by the documentation of its Terraform provider and not by that of
// its API, so they are a warning; nothing takes smaller ones.
func TestNodeBlocksThatSourcesDisagreeOn(t *testing.T) {
	for mask, want := range map[int][]string{
		24: nil, 28: nil, 29: {"warn it.node_cidr_mask node_block_too_small /29"}, 30: {"warn it.node_cidr_mask node_block_too_small /30"}, 31: nil,
	} {
		for _, name := range []string{"tke-global-router", "tke-cilium-overlay"} {
			cl := topology.Cluster{Name: "shop", VPC: "prod", Profile: name, Need: profile.Need{MaxNodes: 10, NodeMask: mask}}
			if got := briefly(topology.CheckCluster(here, cl, profile.Default())); !slices.Equal(got, want) {
				t.Errorf("%s /%d: got %q, want %q", name, mask, got, want)
			}
			p, _ := profile.Default().Profile(name)
			if _, err := p.NodeSize(cl.Need); (err != nil) != (mask > 30) {
				t.Errorf("%s /%d: %v", name, mask, err)
			}
		}
	}
}
