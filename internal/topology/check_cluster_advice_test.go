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

// TKE takes node blocks of 4 and 8 addresses by the documentation of its Terraform provider and not by that of
// its API, so they are a warning; nothing takes smaller ones.
func TestNodeBlocksThatSourcesDisagreeOn(t *testing.T) {
	for mask, want := range map[int][]string{
		24: nil, 28: nil, 29: {"warn it.node_cidr_mask node_block_too_small /29"},
		30: {"warn it.node_cidr_mask node_block_too_small /30"}, 31: nil,
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
