package conflict_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/conflict"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/profile"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/topology"
)

// The kind of a hub decides what is compared on it, also where the hub is declared after other networks were compared and before
// those that are attached to it.
func TestConfigCheckKnowsHubsThatAreDeclaredBetweenNetworks(t *testing.T) {
	on := func(hub, name, platform, subnet string, blocks ...string) func(*registers) {
		v := topology.VPC{
			Platform:   platform,
			CIDRBlocks: prefixes(blocks...),
			Hubs:       []string{hub},
			Subnets:    map[string]netip.Prefix{"s": prefix(subnet)},
		}
		return func(r *registers) {
			r.register("vpc", name, conflict.Registration{Facts: topology.Facts{VPCs: map[string]topology.VPC{name: v}}}, nothing)
		}
	}
	seen := map[string]bool{}
	for _, kind := range profile.Default().HubKinds() {
		hub := func(r *registers) {
			r.register(
				"hub",
				"h",
				conflict.Registration{Facts: topology.Facts{Hubs: map[string]topology.Hub{"h": {Name: "h", Kind: kind}}}},
				nothing,
			)
		}
		first := []func(*registers){
			on("cen", "a", "alicloud", "172.16.0.0/25", "172.16.0.0/24"),
			on("cen", "b", "alicloud", "172.16.0.0/25", "172.16.0.0/24"),
		}
		then := []func(*registers){
			on("h", "p", "tencentcloud", "10.0.0.0/24", "10.0.0.0/16"),
			on("h", "q", "tencentcloud", "10.0.1.0/24", "10.0.0.0/16"),
		}
		reported := func(steps ...[]func(*registers)) []string {
			r := &registers{check: conflict.NewConfigCheck(profile.Default())}
			for _, step := range slices.Concat(steps...) {
				step(r)
			}
			return r.out
		}
		early, between := reported([]func(*registers){hub}, first, then), reported(first, []func(*registers){hub}, then)
		if !slices.Equal(early, between) {
			t.Errorf("%s: declared first\n%q\nand between\n%q", kind, early, between)
		}
		seen[fmt.Sprint(early)] = true
	}
	if len(seen) < 2 {
		t.Errorf("all kinds of hubs answer alike: %v", seen)
	}
}
